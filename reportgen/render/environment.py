"""The one door of Jinja: two sandboxes, in which a value can only come out as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from types import NoneType, TracebackType
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    pass_context,
)
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reportgen.errors import TemplateFailedError
from reportgen.model.figures import one_decimal
from reportgen.model.profile import Profile
from reportgen.render.escape import Markdown, code, text
from reportgen.render.filters import FILTERS, PROFILE_FILTERS
from reportgen.render.folders import our_templates, template_folders
from reportgen.render.wording import NOT_KNOWN, clipped, moment_text

LONGEST_TEXT = 1_000
"""Characters of one value that a page prints; longer ones lose their middle, and say so."""

# Filters that give back a part, an order or a number of what they get. Jinja's others join, format or mark
# text as HTML (`escape`, `tojson`, `urlize`, `safe`, …), or are not the same every time (`random`).
_FILTERS = (
    *("abs", "attr", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby"),
    *("int", "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr"),
    *("reverse", "round", "select", "selectattr", "slice", "sort", "string", "sum", "title", "trim"),
    *("unique", "upper"),
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Markup is only ever printed: what a macro returned is not cut, formatted or added to."""

    intercepted_binops = frozenset(("+", "%", "*"))

    def __init__(
        self,
        files: BaseLoader,
        finalize: Callable[[object], Markup] | None = None,
        extensions: Sequence[type[Extension]] = (),
    ) -> None:
        super().__init__(
            loader=files,
            finalize=finalize,
            extensions=extensions,
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,  # each template is compiled for one or two pages: folding constants costs more
        )
        self.files = files
        del self.globals["lipsum"]  # it prints something else each time

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:  # type: ignore[explicit-override]  # Python 3.12 has the decorator
        return not isinstance(obj, Markup) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: object) -> Callable[..., str] | None:  # type: ignore[explicit-override]  # likewise
        return (
            None if isinstance(getattr(value, "__self__", None), Markup) else super().wrap_str_format(value)
        )

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:  # type: ignore[explicit-override]  # likewise
        if isinstance(left, Markup) or isinstance(right, Markup):
            raise TemplateRuntimeError(
                f"`{operator}` would join text unescaped: print the parts side by side"
            )
        return super().call_binop(context, operator, left, right)


class _NoTilde(Extension):
    """Refuses `a ~ b`, which joins with HTML's escapes, and not with Markdown's."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:  # type: ignore[explicit-override]  # likewise
        for token in stream:
            if token.type == "tilde":
                raise TemplateSyntaxError(
                    "`~` would join text unescaped: print the parts side by side",
                    token.lineno,
                    stream.name,
                    stream.filename,
                )
            yield token


def printed(value: object) -> Markup:
    """Turn what a template prints into Markdown; `TypeError` for what has no one way to be printed."""
    if isinstance(value, Markup):
        return value
    source = value if isinstance(value, Markdown) else text(clipped(_plain(value), LONGEST_TEXT))
    return Markup(source.source)  # noqa: S704 - it comes out of an escaper


_WORDS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, str),
    (Undefined, str),  # which raises: it is a StrictUndefined
    (NoneType, lambda _: NOT_KNOWN),
    (bool, lambda value: "yes" if value else "no"),
    (int, "{:,}".format),
    (Fraction, one_decimal),
    (Decimal, "{:f}".format),
    (datetime, moment_text),
)


def _plain(value: object) -> str:
    found = next((words for kind, words in _WORDS if isinstance(value, kind)), None)
    if found is None:
        raise TypeError(f"a template can print text, numbers and dates, and not a {type(value).__name__}")
    return found(value)


def _code(value: object) -> Markdown:
    """Print a name or a path in a code span."""
    return value if isinstance(value, Markdown) else code(clipped(_plain(value), LONGEST_TEXT))


def _join(values: Iterable[object], between: str = ", ") -> Markdown:
    """Print several values in a row, each escaped, with punctuation between them."""
    if between.strip(" ,;/·"):
        raise ValueError(f"join() puts punctuation between values, and not {between!r}")
    return Markdown(between.join(str(printed(value)) for value in values))


def _of_profile(word: Callable[[Any, Profile], object]) -> Callable[[Context, object], object]:
    """Make a filter of a function that needs the profile: it takes that of the report."""

    @pass_context
    def filtered(context: Context, value: object) -> object:
        return word(value, context["profile"])

    return filtered


@lru_cache(maxsize=8)
def markdown_environment(templates: Path | None) -> _Sandbox:
    """Return the sandbox for Markdown: whatever is printed and is not Markdown already is escaped for it."""
    environment = _Sandbox(_loader(templates), finalize=printed, extensions=[_NoTilde])
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters |= {"code": _code, "join": _join}
    environment.filters |= {name: _of_profile(word) for name, word in PROFILE_FILTERS.items()}
    environment.filters |= FILTERS
    return environment


@lru_cache(maxsize=8)
def html_environment(templates: Path | None) -> _Sandbox:
    """Return the sandbox for the page around the Markdown, which escapes for HTML."""
    environment = _Sandbox(_loader(templates))
    del environment.filters["random"]
    return environment


def _loader(templates: Path | None) -> ChoiceLoader:
    """Look in the user's folder, then in ours; `builtin/…` is always ours, so that theirs can extend it."""
    loaders = [FileSystemLoader(folder) for folder in template_folders(templates)]
    return ChoiceLoader([*loaders, PrefixLoader({"builtin": loaders[-1]})])


def run(environment: _Sandbox, name: str, context: Mapping[str, object]) -> str:
    """Render one template. `TemplateFailedError` says which file and line could not be rendered, and why."""
    try:
        return environment.get_template(name).render(context)
    except TemplateNotFound as error:
        raise _missing(str(error.name), name) from error
    except TemplateSyntaxError as error:
        where = _place(error.filename or error.name or name)
        raise TemplateFailedError(f"{where}:{error.lineno}: {error.message}", _HINT) from error
    except Exception as error:
        where = _line_of(error.__traceback__) or name
        kind = "" if isinstance(error, (TemplateRuntimeError, SecurityError)) else f"{type(error).__name__}: "
        raise TemplateFailedError(f"{where}: {kind}{error}", _HINT) from error


def source(environment: _Sandbox, name: str) -> str:
    """Return a file of the templates folders as it is: a style sheet, a script."""
    try:
        return environment.files.get_source(environment, name)[0]
    except TemplateNotFound as error:
        raise _missing(name, name) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateFailedError(f"{name} cannot be read: {error}", _HINT) from error


_HINT = "mend the template, or take it out of your templates folder to use ours"


def _missing(name: str, needed_by: str) -> TemplateFailedError:
    return TemplateFailedError(
        f"there is no template {name!r}, which {needed_by} needs",
        "put it into your templates folder, under markdown/ or html/",
    )


def _line_of(traceback: TracebackType | None) -> str:
    """Find the innermost template line that ran; Jinja gives its frames the template's file and line."""
    found = ""
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if filename.endswith(".j2"):
            found = f"{_place(filename)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return found


def _place(filename: str) -> str:
    """Print a template's path: our own relative to our folder, the user's as it is."""
    path = Path(filename)
    ours = our_templates()
    return path.relative_to(ours.parent).as_posix() if path.is_relative_to(ours) else path.as_posix()
