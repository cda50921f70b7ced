"""The dossier of a case as files: the document, the draft of the claim, and an archive of all evidence with the manifest."""

from __future__ import annotations

import datetime
import hashlib
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lotproof.cases.folder import open_regular, read_small, reason, shown
from lotproof.cases.hashing import Tick
from lotproof.cases.model import MANIFEST
from lotproof.cases.pictures import measured
from lotproof.cases.telling import Told
from lotproof.documents.dossier import MOST_PHOTOS, ORDER_FILE, claim_text, dossier
from lotproof.documents.nodes import Picture
from lotproof.findings import Finding, Refused
from lotproof.messages import Message, say
from lotproof.writers import WRITERS

DOCUMENT, ARCHIVE = "dossier.docx", "dossier.zip"

MOST_PHOTO = 12_000_000
"""Bytes of a photograph that is printed; a larger one is enclosed and named."""

MOST_PRINTED = 80_000_000
"""Bytes of all photographs that are printed."""

_MOMENT = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20


def dossier_files(told: Told, today: datetime.date, languages: tuple[str, ...]) -> dict[str, bytes]:
    """Return name and bytes of the document, and of the draft of the claim in each language where there is one."""
    document = dossier(
        told.order, told.story, told.records, today, told.case.head, printed_photos(told), languages, told.sealed
    )
    files = {DOCUMENT: WRITERS["docx"](document)}
    for language in languages:
        text = claim_text(told.order, told.story, language, told.sealed)
        if text:
            files[f"claim.{language}.txt"] = text.encode()
    return files


def printed_photos(told: Told) -> dict[str, Picture]:
    """Return the photographs that are printed beside claims: JPEG and PNG, the first of each claim, as long as there is room."""
    found: dict[str, Picture] = {}
    room = MOST_PRINTED
    sizes = {one.path: one.size for one in told.records.evidence}
    for claim in told.story.claims:
        for path in claim.photos[:MOST_PHOTOS]:
            if path in found or sizes[path] > min(MOST_PHOTO, room):
                continue
            picture = _picture(told.root / path)
            if picture is not None:
                found[path] = picture
                room -= len(picture.content)
    return found


def _picture(path: Path) -> Picture | None:
    try:
        with open_regular(path) as file:
            looked = measured(file)
        content = read_small(path, MOST_PHOTO)
    except OSError:
        return None
    if looked is None:
        return None
    format_, width, height, turn = looked
    return Picture(format=format_, content=content, width=width, height=height, turn=turn, words=())


def write_archive(told: Told, target: Path, more: Mapping[str, bytes], tick: Tick = lambda _: None) -> None:
    """
    Write an archive of the case: every file as it was recorded, the manifest, and ``more`` at the top.

    Nothing is compressed, names are sorted and times left out, so that the same case gives the same bytes. The order's own file is not
    in it: it names the end client. The archive gets its name once it is whole.

    Args:
        tick: told of the bytes of each piece.

    Raises:
        Refused: a file is not what was recorded, or nothing can be written there (LP863).
    """
    beside = target.with_name(f".{target.name}.part")
    try:
        with open(beside, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, content in sorted({**more, MANIFEST: read_small(told.root / MANIFEST, 1 << 30)}.items()):
                archive.writestr(_entry(name), content)
            for one in sorted(told.records.evidence, key=lambda one: one.path):
                if one.path != ORDER_FILE:
                    _add(archive, told.root / one.path, one.path, one.size, one.sha256, tick)
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, target)
    except OSError as error:
        raise Refused([_unwritten(str(target), say("cannot be written: {why}", why=reason(error)))]) from None
    finally:
        beside.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, path: Path, name: str, size: int, sha256: str, tick: Tick) -> None:
    digest = hashlib.sha256()
    entry = _entry(name)
    entry.file_size = size
    with open_regular(path) as file, archive.open(entry, "w", force_zip64=size > zipfile.ZIP64_LIMIT // 2) as out:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
            tick(len(chunk))
    if digest.hexdigest() != sha256:
        raise Refused([_unwritten(name, say("is not what was recorded"))])


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _unwritten(where: str, message: Message) -> Finding:
    hint = say(
        "see that there is room and that the folder is yours, compare the case with lotproof case verify, and run it again"
    )
    return Finding(where=shown(where), code="LP863", message=message, hint=hint)
