"""Names that a file of a case may have: the same on every system, and none that hides something."""

from __future__ import annotations

import re
import unicodedata

from lotproof.cases.model import FOLDERS, STAMPS
from lotproof.characters import forbidden
from lotproof.messages import Message, say

MOST_IN_NAME = 180
"""Bytes of a name in UTF-8: room is left for systems and archives that add an ending."""

MOST_DEPTH = 8
"""Folders below the folder of a case."""

_NEVER = frozenset('<>:"|?*\\/')
_DEVICES = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])(?:\..*)?", re.IGNORECASE | re.DOTALL
)


def fault_of(name: str) -> Message | None:
    """Return why a file or folder may not be called ``name``; None where it may."""
    if not name or name in (".", ".."):
        return say("it names no file")
    if name.startswith("."):
        return say("it begins with a dot: such files are hidden")
    if name[-1] in ". ":
        return say("it ends with a dot or a blank, which Windows drops")
    if name[0] == " ":
        return say("it begins with a blank")
    if _DEVICES.fullmatch(name):
        return say("it is the name of a device on Windows")
    wrong = sorted(_NEVER.intersection(name))
    if wrong:
        return say("it holds {characters: }, which Windows does not allow", characters=wrong)
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return say("it is no text in UTF-8")
    if size > MOST_IN_NAME:
        return say("it has {size} bytes; {most} at most", size=size, most=MOST_IN_NAME)
    hidden = next(forbidden(name), None)
    if hidden is not None:
        return say("it holds {character}", character=hidden[1])
    return None


def folded(path: str) -> str:
    """
    Return what two paths share that some system takes for the same: case and Unicode form make no difference.

    It is the canonical caseless match of the Unicode standard (definition D145).
    """
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())


def is_kept_path(path: str) -> bool:
    """Say whether a path of a manifest lies in a folder of a case and has names that lotproof gives: nothing leads out of it."""
    folder, *names = path.split("/")
    return folder in (*FOLDERS, STAMPS) and 0 < len(names) <= MOST_DEPTH and not any(map(fault_of, names))
