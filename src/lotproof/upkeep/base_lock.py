"""
``base.lock``: what a house has seen of the houses beneath it, so that it can be told what has changed since.

A digest for each clause, and the text of those that the house replaces or removes. The file is TOML in one canonical form, so that version control shows
what an update has brought; nobody edits it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.questions.toml_text import key_text, toml_text
from lotproof.sources import parse_toml
from lotproof.templates.folders import MOST_BYTES, HouseFolder
from lotproof.upkeep.said import Said, digest_of, path_of_lock

FORMAT = "lotproof-base-lock/1"

_MOST_BYTES = 10 * MOST_BYTES
_DIGEST = re.compile(r"[0-9a-f]{16}")
_HEAD = """# What this house has seen of the houses beneath it: a digest for each clause, and the text of those that it replaces or removes.
# Written by lotproof house new and lotproof house update. Keep it under version control; edit nothing here.
"""


class Lock(Frozen, kw_only=True):
    """
    What a house has seen.

    Attributes:
        base, version: id and version of the house beneath it.
        digests: by id.
        texts: by id, of those whose text is known.
    """

    base: str
    version: str
    digests: Mapping[str, str]
    texts: Mapping[str, Said]


def lock_of(base: str, version: str, said: Mapping[str, Said]) -> Lock:
    """Return everything that a house says as a lock with all texts."""
    return Lock(base=base, version=version, digests={name: digest_of(one) for name, one in said.items()}, texts=said)


def lock_text(lock: Lock, touched: Iterable[str]) -> str:
    """Return the file; ``touched`` are the ids whose text it keeps. The same lock gives the same bytes."""
    lines = [
        _HEAD,
        f"format = {toml_text(FORMAT)}\nbase = {toml_text(lock.base)}\nversion = {toml_text(lock.version)}\n\n[digest]\n",
        *(f"{key_text(name)} = {toml_text(lock.digests[name])}\n" for name in sorted(lock.digests)),
    ]
    for name in sorted(set(touched) & lock.texts.keys() & lock.digests.keys()):
        lines.append(f"\n[text.{key_text(name)}]\n")
        lines += (f"{key_text(field)} = {toml_text(value)}\n" for field, value in sorted(lock.texts[name].items()))
    return "".join(lines)


def read_lock(house: HouseFolder) -> Lock | None:
    """
    Return what a house has seen; None where it keeps no lock.

    Raises:
        Refused: the file is none of ours, or somebody has edited it (LP941).
    """
    path = path_of_lock(house)
    name = f"{house.path.name}/{path.name}"
    if path.is_symlink() or (path.exists() and (not path.is_file() or path.stat().st_size > _MOST_BYTES)):
        raise _refused(name, say("is a link, no file, or has more than {most:,} bytes", most=_MOST_BYTES))
    if not path.exists():
        return None
    try:
        data, _ = parse_toml(path.read_bytes(), name)
    except Refused:  # such as the marks that version control leaves where two have changed it
        raise _refused(name, say("is no lock of this program")) from None
    digests: Any = data.get("digest")
    texts: Any = data.get("text", {})
    if (
        data.get("format") != FORMAT
        or not isinstance(data.get("base"), str)
        or not isinstance(data.get("version"), str)
        or not _digests(digests)
        or not isinstance(texts, Mapping)
    ):
        raise _refused(name, say("is no lock of this program"))
    for clause, said in texts.items():
        if not isinstance(said, Mapping) or digest_of(said) != digests.get(clause):
            raise _refused(name, say("{clause} does not give its digest: the file was edited", clause=clause))
    return Lock(base=data["base"], version=data["version"], digests=digests, texts=texts)


def _digests(raw: Any) -> bool:
    return isinstance(raw, Mapping) and all(isinstance(one, str) and _DIGEST.fullmatch(one) for one in raw.values())


def _refused(where: str, message: Message) -> Refused:
    hint = say(
        "take it from version control again; without the file, lotproof house update --from OLD asks the earlier base itself"
    )
    return Refused([Finding(where=where, code="LP941", message=message, hint=hint)])
