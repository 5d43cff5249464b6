"""Audit to what the sections print: one function a section, and VIEWS is the table of them."""
