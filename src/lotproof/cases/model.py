"""What stands in the manifest of a case: the case itself, and a line for each file."""

from __future__ import annotations

import datetime

from lotproof.frozen import Frozen

FORMAT = "lotproof-case/1"
MANIFEST = "manifest.jsonl"
LOCK = ".lotproof.lock"
ORDER_FILE = "contract/order.json"
STAMPS = "stamps"

FOLDERS = ("contract", "inspection", "arrival", "messages", "claim")
"""The folders of a case, in the order of its story; time stamps have one of their own, :data:`STAMPS`."""


FORMATS = frozenset({"", "jpeg", "png", "heif", "gif", "webp", "tiff", "mp4"})
"""Formats of pictures and films; empty for what is none."""


class Place(Frozen, kw_only=True):
    """Where a picture was taken: decimal degrees, north and east positive, with six places."""

    latitude: str
    longitude: str


class Picture(Frozen, kw_only=True):
    """
    What a picture says of itself.

    Attributes:
        format: of :data:`FORMATS`.
        whole: it is not cut off, as far as its outer structure says.
        taken: local time of the camera, ``2027-06-12T10:03:11``; empty where it is not known.
        offset: of that time from UTC, ``+02:00``; empty where it is not known.
        place: None where it is not known.
    """

    format: str
    whole: bool = True
    taken: str = ""
    offset: str = ""
    place: Place | None = None


class Entry(Frozen, kw_only=True):
    """
    A line of the manifest.

    Attributes:
        seq: 0 for the case itself, then one more for each line.
        prev: hash of the line before (hex); empty in the first.
        hash: SHA-256 of the line's canonical JSON without this key (hex).
        recorded: when it was written, in UTC.
        what: a kind of ``spec_catalog/rules/evidence.toml``; ``case``, ``order`` and ``stamp`` are our own.
        path: below the folder of the case, with ``/``; empty in the first line.
        sha256, size: of the file; hex and bytes.
        units: units that it shows, as :func:`~lotproof.records.rows.drawn_units` names them.
        terms: ids of the terms that it belongs to.
        duplicate_of: path of the file of which it is a declared copy, else empty.
        picture: what a picture says of itself; None for files of another kind.
        stamped: hash of the line that a time stamp covers, else empty.
    """

    seq: int
    prev: str
    hash: str
    recorded: datetime.datetime
    what: str
    path: str
    sha256: str
    size: int
    units: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    note: str = ""
    duplicate_of: str = ""
    picture: Picture | None = None
    stamped: str = ""


class Case(Frozen, kw_only=True):
    """
    A case as its manifest tells it.

    Attributes:
        number, revision, digest: of the order.
        entries: every line that can be read but the first, in the order of the manifest.
        head: hash of the last line (hex).
    """

    number: str
    revision: str
    digest: str
    entries: tuple[Entry, ...]
    head: str

    def files(self) -> dict[str, Entry]:
        """Return the files by path, each with the labels that were given last."""
        return {entry.path: entry for entry in self.entries}
