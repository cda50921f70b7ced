"""The terminal: one line in, wrapped lines out; no colour is needed to read any of it."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Iterator

import click

from lotproof.cli.asking.says import SAYS
from lotproof.messages import in_language

WIDTH = 78


class Stopped(Exception):
    """The person has closed the input or asked to stop."""


class Screen:
    """Speaks one language; reads what is typed."""

    def __init__(self, language: str) -> None:
        self.language = language
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - input() edits lines with it

    def say(self, key: str, *values: object) -> str:
        """Return one of :data:`SAYS`, filled in."""
        return SAYS[key][self.language == "zh"].format(*values)

    def said(self, text: str) -> str:
        """Return what the program says about an answer, in the person's language."""
        return in_language(text, self.language)

    def line(self, text: str = "", indent: int = 0, *, bold: bool = False, dim: bool = False) -> None:
        """Print a text, wrapped."""
        for part in text.split("\n"):
            for wrapped in _wrapped(part, WIDTH - indent) or [""]:
                shown = " " * indent + wrapped
                click.echo(click.style(shown, bold=bold or None, dim=dim or None) if bold or dim else shown)

    def tell(self, key: str, *values: object, indent: int = 0, bold: bool = False) -> None:
        """Print one of :data:`SAYS`."""
        self.line(self.say(key, *values), indent, bold=bold)

    def read(self, prompt: str) -> str:
        """
        Return what is typed, without spaces at its ends.

        Raises:
            Stopped: the input has ended, or Ctrl-C was pressed.
        """
        try:
            typed = input(f"{prompt} > ").strip()
        except (EOFError, KeyboardInterrupt):
            click.echo("")
            raise Stopped from None
        if typed in (":q", ":quit"):
            raise Stopped
        return typed


def _wrapped(text: str, width: int) -> list[str]:
    """Wrap a text at ``width`` columns; a Chinese character takes two and may stand at the end of any line."""
    if text.isascii():
        return textwrap.wrap(text, width, break_long_words=True, break_on_hyphens=False)
    return list(_wide(text, width))


def _wide(text: str, width: int) -> Iterator[str]:
    line, used, gap = "", 0, -1
    for character in text:
        columns = 2 if "\u1100" <= character <= "\uffe6" else 1
        if used + columns > width:
            if columns == 1 and character != " " and gap > 0:
                yield line[:gap]
                line = line[gap + 1 :]
            else:
                yield line
                line = ""
            used, gap = sum(2 if "\u1100" <= c <= "\uffe6" else 1 for c in line), -1
        if character == " " or columns == 2:
            gap = len(line) if character == " " else -1
        line, used = line + character, used + columns
    if line:
        yield line
