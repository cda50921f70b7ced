"""What a line of the manifest says of a file, as JSON and back; what no line of ours could say is not read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof.cases.exif import degrees, is_offset, read_time
from lotproof.cases.model import FORMATS, Entry, Picture, Place
from lotproof.cases.names import is_kept_path

_HEX = re.compile(r"[0-9a-f]{64}")
_DEGREES = re.compile(r"-?[0-9]{1,3}\.[0-9]{6}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def entry_data(
    *,
    what: str,
    path: str,
    sha256: str,
    size: int,
    units: tuple[str, ...] = (),
    terms: tuple[str, ...] = (),
    note: str = "",
    duplicate_of: str = "",
    picture: Picture | None = None,
    stamped: str = "",
) -> dict[str, Any]:
    """Return what a line says of a file; what is empty is left out."""
    data: dict[str, Any] = {"what": what, "path": path, "sha256": sha256, "size": size}
    more = {
        "units": list(units),
        "terms": list(terms),
        "note": note,
        "duplicate_of": duplicate_of,
        "stamped": stamped,
        "picture": None if picture is None else _picture_json(picture),
    }
    return data | {key: value for key, value in more.items() if value}


def entry_of(data: Mapping[str, Any]) -> Entry:
    """
    Return the entry that the data of a line stand for.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: no line of ours has such data.
    """
    recorded = _text(data, "recorded")
    if not _TIME.fullmatch(recorded):
        raise ValueError("recorded")
    path, sha256 = _text(data, "path"), _text(data, "sha256")
    if not is_kept_path(path) or not _HEX.fullmatch(sha256) or not _HEX.fullmatch(_text(data, "hash")):
        raise ValueError("path")
    if type(data["seq"]) is not int or type(data["size"]) is not int or data["size"] < 0:
        raise ValueError("size")
    picture = data.get("picture")
    return Entry(
        seq=data["seq"],
        prev=_text(data, "prev"),
        hash=data["hash"],
        recorded=datetime.datetime.fromisoformat(recorded),
        what=_text(data, "what"),
        path=path,
        sha256=sha256,
        size=data["size"],
        units=tuple(map(_as_text, data.get("units", []))),
        terms=tuple(map(_as_text, data.get("terms", []))),
        note=_as_text(data.get("note", "")),
        duplicate_of=_as_text(data.get("duplicate_of", "")),
        picture=None if picture is None else _picture(picture),
        stamped=_as_text(data.get("stamped", "")),
    )


def _picture_json(picture: Picture) -> dict[str, Any]:
    data: dict[str, Any] = {"format": picture.format, "whole": picture.whole}
    data |= {key: value for key, value in (("taken", picture.taken), ("offset", picture.offset)) if value}
    if picture.place is not None:
        data["place"] = {"latitude": picture.place.latitude, "longitude": picture.place.longitude}
    return data


def _picture(data: Mapping[str, Any]) -> Picture:
    place = data.get("place")
    taken, offset = _as_text(data.get("taken", "")), _as_text(data.get("offset", ""))
    if type(data["whole"]) is not bool or (taken and read_time(taken) != taken) or (offset and not is_offset(offset)):
        raise ValueError("picture")
    if _text(data, "format") not in FORMATS:
        raise ValueError("format")
    return Picture(
        format=_text(data, "format"),
        whole=data["whole"],
        taken=taken,
        offset=offset,
        place=None
        if place is None
        else Place(latitude=_degrees(place, "latitude", 90), longitude=_degrees(place, "longitude", 180)),
    )


def _degrees(place: Mapping[str, Any], key: str, most: int) -> str:
    text = _text(place, key)
    if not _DEGREES.fullmatch(text) or degrees(Decimal(text), most) != text:
        raise ValueError(key)
    return text


def _text(data: Mapping[str, Any], key: str) -> str:
    return _as_text(data[key])


def _as_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
