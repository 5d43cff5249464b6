// Makes each table sortable by its heading cells: up, down, and back to the order it came in.
(() => {
  "use strict";
  const WORDS = ["critical", "high", "medium", "low", "info"];
  const STATES = ["fail", "unknown", "not-done", "warn", "waived", "pass", "not-applicable"];
  const SUM = /^(Total$|(… )?[\d,]+ more\b)/; // what stands for several rows, and so below them
  const UNITS = new Map([["ms", 0.001], ["s", 1], ["min", 60], ["h", 3600]]);

  // What a cell is sorted by: a state, a severity, a time such as "2 h 5 min", a figure, the rate in
  // "3 of 4 (75.0 %)"; NaN where it is none.
  const rank = (cell) => {
    const state = cell.querySelector(".state");
    if (state) return STATES.findIndex((name) => state.classList.contains("state-" + name));
    const text = cell.textContent.replace(/,/g, "").replace("−", "-").trim();
    if (WORDS.includes(text)) return WORDS.indexOf(text);
    const less = text.includes("<") ? 1e-9 : 0;
    if (/^(< )?([\d.]+ (ms|s|min|h) ?)+$/.test(text)) {
      const parts = [...text.matchAll(/([\d.]+) (ms|s|min|h)/g)];
      return parts.reduce((sum, [, figure, unit]) => sum + figure * UNITS.get(unit), -less);
    }
    const found = /^(?:\d+ of \d+ \()?(?:< )?([+-]?\d+(?:\.\d+)?)(?: (?:%|points))?\)?$/.exec(text);
    return found ? Number(found[1]) - less : NaN;
  };

  // What has no figure stands last, whichever way the others are sorted.
  const compare = (order) => (a, b) => {
    const [x, y] = [rank(a), rank(b)];
    if (Number.isNaN(x) && Number.isNaN(y)) {
      return order * a.textContent.localeCompare(b.textContent, "en", { numeric: true });
    }
    return Number.isNaN(x) ? 1 : Number.isNaN(y) ? -1 : order * (x - y);
  };

  for (const table of document.querySelectorAll(".table > table")) {
    const body = table.tBodies[0];
    // A table that adds up, step by step to a total in bold, has an order of its own.
    if (!body || body.rows.length < 3 || body.querySelector("strong:not(.state)")) continue;
    const rows = [...body.rows];
    const sums = [];
    while (rows.length && SUM.test(rows.at(-1).cells[0].textContent)) sums.unshift(rows.pop());
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (before === "descending") return body.append(...rows, ...sums);
        const order = before === "ascending" ? -1 : 1;
        head.setAttribute("aria-sort", order > 0 ? "ascending" : "descending");
        const by = compare(order);
        body.append(...[...rows].sort((a, b) => by(a.cells[column], b.cells[column])), ...sums);
      });
    });
  }
})();
