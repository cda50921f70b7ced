"""Options that take several values, one by one or with commas: ``--format docx,pdf --format txt``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click


def listed(
    what: str, known: Iterable[str]
) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[str, ...]]:
    """
    Return the callback of such an option.

    Args:
        what: the values are called in an error: ``formats``.
    """
    names = tuple(known)

    def read(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
        wanted = tuple(part.strip() for text in given for part in text.split(","))
        unknown = [name for name in wanted if name not in names]
        if unknown:
            raise click.BadParameter(f"{', '.join(unknown)}: {what} are {', '.join(names)}")
        return wanted

    return read
