"""Registration numbers of companies: the unified social credit code of the mainland, numbers of Hong Kong and Taiwan."""

from __future__ import annotations

import re
import unicodedata

from lotproof.messages import Message, say

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of a unified social credit code; it has no I, O, S, V, Z."""

_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{15,20}(?![0-9A-Z])")
_DIGITS = re.compile(r"(?<![0-9])[0-9]{7,8}(?![0-9])")


def credit_code(text: str) -> str:
    """
    Return the unified social credit code that ``text`` gives, or what stands in its place there, in half-width capitals.

    The first run of 15 to 20 letters and digits; without one the whole text, its spaces removed.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    found = _CODE.search(plain) or _CODE.search(plain.replace(" ", "").replace("-", ""))
    return found[0] if found else plain.replace(" ", "")


def malformed(code: str) -> Message | None:
    """Say why ``code`` is no unified social credit code, or nothing (GB 32100-2015: 18 characters of a set of 31)."""
    if len(code) != 18:
        return say("it has {count} characters, not 18", count=len(code))
    foreign = sorted({c for c in code if c not in ALPHABET})
    return say("{characters} never stands in one", characters=foreign) if foreign else None


def check_character(code: str) -> str:
    """
    Return the check character that belongs to the first 17 characters of a unified social credit code.

    GB 32100-2015: weights 3^i mod 31, and 31 less the remainder of their sum. A few genuine codes of the pilot cities have another one.
    """
    total = sum(ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(code[:17]))
    return ALPHABET[(31 - total % 31) % 31]


def has_number(text: str) -> bool:
    """Say whether ``text`` gives a company number of 7 or 8 digits, as Hong Kong and Taiwan number companies."""
    return _DIGITS.search(unicodedata.normalize("NFKC", text).replace("-", "")) is not None
