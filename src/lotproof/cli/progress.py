"""A bar for what takes longer than a second, on a terminal alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import click

from lotproof.messages import in_language, say

_WIDTH = 30
_STEP = 0.1


@contextmanager
def bar(quiet: bool, of: Callable[[int], str] | None = None) -> Iterator[Callable[[int], Callable[[int], None]]]:
    """
    Give what counts bytes: called with all that there are, it returns what is told of each piece, from any thread.

    Args:
        quiet: show nothing.
        of: says how much there is, in other units than bytes.
    """
    counting = _Bar(shown=not quiet and sys.stderr.isatty(), of=of or size)
    try:
        yield counting.start
    finally:
        counting.end()


class _Bar:
    def __init__(self, *, shown: bool, of: Callable[[int], str]) -> None:
        self.of = of
        self.wanted, self.total, self.done, self.drawn = shown, 0, 0, False
        self.started = self.last = time.monotonic()
        self.lock = Lock()

    def start(self, total: int) -> Callable[[int], None]:
        self.total = total
        return self.tick

    def tick(self, count: int) -> None:
        with self.lock:
            self.done += count
            now = time.monotonic()
            if self.wanted and now - self.started > 1 and now - self.last > _STEP:
                self.last, self.drawn = now, True
                self._draw()

    def _draw(self) -> None:
        share = min(1.0, self.done / self.total) if self.total else 1.0
        full = int(share * _WIDTH)
        line = f"[{'#' * full}{'.' * (_WIDTH - full)}] {share:4.0%} of {self.of(self.total)}"
        click.echo(f"\r{line:<60}", err=True, nl=False)

    def end(self) -> None:
        if self.drawn:
            click.echo("\r" + " " * 60 + "\r", err=True, nl=False)


def size(count: int) -> str:
    """Return a number of bytes for people: ``812 bytes``, ``3.4 MB``."""
    if count < 1_000:
        return f"{count} byte{'' if count == 1 else 's'}"
    for unit, factor in (("KB", 1_000), ("MB", 1_000_000)):
        if count < factor * 1_000:
            return f"{count / factor:.1f} {unit}"
    return f"{count / 1_000_000_000:.1f} GB"


def waiting(language: str | None, quiet: bool) -> Callable[[], None]:
    """Return what says on stderr that another process is writing into the case."""

    def said() -> None:
        if not quiet:
            what = say("another lotproof is writing into the case: waiting for it")
            click.echo(in_language(what, language or "en"), err=True)

    return said
