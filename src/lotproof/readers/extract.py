"""
Run in a process of its own by :mod:`lotproof.readers.pdf`: text of a PDF from stdin, as JSON to stdout.

The library that parses is written in C++ and the file is somebody else's: this process may take so much memory and time and no more,
and what becomes of it is no danger to the one that started it. It imports nothing of lotproof.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress

MEMORY, SECONDS = 1_500_000_000, 30
MOST_PAGES, MOST_CHARACTERS = 2_000, 8_000_000


def main() -> None:
    """Print ``{"pages": [...]}`` or ``{"fault": ...}``: ``password``, ``damaged``, ``pages`` or ``characters``."""
    _bound()
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        _say({"fault": "password" if "password" in str(error).lower() else "damaged"})
        return
    if len(document) > MOST_PAGES:
        _say({"fault": "pages"})
        return
    pages: list[str] = []
    length = 0
    for number in range(len(document)):
        text = ""
        with suppress(pypdfium2.PdfiumError):
            text = document[number].get_textpage().get_text_range()
        length += len(text)
        if length > MOST_CHARACTERS:
            _say({"fault": "characters"})
            return
        pages.append(text)
    _say({"pages": pages})


def _bound() -> None:
    with suppress(ImportError):  # no such limits on Windows, where the time limit of the parent remains
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
