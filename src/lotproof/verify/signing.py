"""What somebody writes who signs: a name, a position, a place, a day. Anything else between signatures is a sentence of the contract."""

from __future__ import annotations

import re

_LONGEST = 60
_MOST_WORDS = 8
_MOST_CHINESE = 16

_DAY = re.compile(
    r"[0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?|[0-9]{1,2}[-./ ](?:[0-9]{1,2}|[A-Za-z]{3,9})[-./ ,]{1,2}[0-9]{4}|[A-Za-z]{3,9} [0-9]{1,2},? [0-9]{4}"
)
_SMALL = frozenset(
    {"of", "and", "for", "the", "de", "da", "di", "van", "von", "der", "den", "bin", "al", "in", "at", "on"}
)
_POSITIONS = frozenset(
    [
        "manager",
        "director",
        "general",
        "managing",
        "sales",
        "export",
        "import",
        "purchasing",
        "sourcing",
        "quality",
        "legal",
        "authorised",
        "authorized",
        "representative",
        "signatory",
        "president",
        "vice",
        "owner",
        "partner",
        "head",
        "chief",
        "executive",
        "officer",
        "deputy",
        "assistant",
        "department",
        "company",
        "buyer",
        "seller",
        "chairman",
        "chairwoman",
    ]
)
"""What a position is called, in small letters too."""

_AGREES = re.compile("[不除非免条款第附则须应]|except|clause|void|not ", re.IGNORECASE)


def is_signing(text: str) -> bool:
    """
    Say whether a text is what a signer fills in.

    A number that is no day, a word in small letters, a sentence, or more than a few words are something else: who adds them between
    the signatures changes the contract.
    """
    rest = _DAY.sub(" ", text.strip())
    if len(text.strip()) > _LONGEST or any(c.isdigit() for c in rest) or _AGREES.search(rest):
        return False
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in rest)
    words = re.findall(r"[^\W\d_]+", "".join(" " if "\u4e00" <= c <= "\u9fff" else c for c in rest))
    if chinese > _MOST_CHINESE or len(words) > _MOST_WORDS:
        return False
    return all(word[0].isupper() or word in _SMALL or word in _POSITIONS for word in words)
