"""The language in which a command speaks: what ``--lang`` says, else ``LOTPROOF_LANG``, else English."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import click

LANGUAGES = ("en", "zh")
VARIABLE = "LOTPROOF_LANG"
"""The environment variable; it never chooses the languages of a contract."""

_KEY = "lotproof.language"
_Command = TypeVar("_Command", bound=Callable[..., object])


def lang_option(what: str) -> Callable[[_Command], _Command]:
    """Return the option ``--lang`` of a command, whose parameter is ``language``; ``what`` is in that language besides the findings."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        callback=_chosen,
        is_eager=True,  # the other options may have findings
        help=f"Language of {what} and of findings; {VARIABLE} or en if not given.",
    )


def speak_given(ctx: click.Context, _param: click.Parameter, given: str | None) -> str | None:
    """Take ``--lang`` of a command that has a language of its own where none is given."""
    if given in LANGUAGES:
        speak(ctx, given)
    return given


def preset() -> str:
    """
    Return the language that the environment names.

    Raises:
        UsageError: there is no such language.
    """
    given = os.environ.get(VARIABLE, "")
    if given and given not in LANGUAGES:
        raise click.UsageError(f"{VARIABLE} is {given!r}: write {' or '.join(LANGUAGES)}")
    return given or LANGUAGES[0]


def speak(ctx: click.Context, language: str) -> None:
    """Let the command of a context, and those around it, speak a language."""
    ctx.meta[_KEY] = language


def spoken() -> str:
    """Return the language in which the command that runs speaks."""
    ctx = click.get_current_context(silent=True)
    return str(ctx.meta.get(_KEY, LANGUAGES[0])) if ctx else LANGUAGES[0]


def _chosen(ctx: click.Context, _param: click.Parameter, given: str | None) -> str:
    language = given or preset()
    speak(ctx, language)
    return language
