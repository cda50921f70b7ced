"""How the fields of a form are called in a workbook."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

PHONE = "phone"
"""The label that names the sheet for a phone; a document whose labels lack it has no such sheet."""

_ILLEGAL = re.compile(r"[^A-Za-z0-9_.]")


def field_name(tag: str, sheet: str = "") -> str:
    """
    Return the defined name of a field: ``lp_`` and its tag with other characters as underscores, and a checksum.

    Args:
        sheet: :data:`PHONE` for the field's cell on the sheet for a phone, whose name begins with ``lpn_``.
    """
    return f"{'lpn' if sheet == PHONE else 'lp'}_{_named(tag)}"


@lru_cache(maxsize=4096)
def _named(tag: str) -> str:
    return f"{_ILLEGAL.sub('_', tag)}_{zlib.crc32(tag.encode()):08x}"
