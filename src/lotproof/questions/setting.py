"""Answers given one by one beside a file: ``payment.deposit_percent=30``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lotproof.catalog.model import Category
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import replace
from lotproof.messages import Message, reason, say
from lotproof.questions.given import given, toml_value
from lotproof.questions.origins import Origin
from lotproof.questions.parties import PARTIES, PARTY
from lotproof.questions.paths import Path, Place, known_paths, parsed, place_of, value_at, written
from lotproof.questions.source import Source

FLAG = Origin("flag")
"""The origin of such an answer; it has no day, so that the same command gives the same bytes on any day."""

_MAX = 2_000
_EXAMPLE = say("write --set payment.deposit_percent=30")


class Unsettable(ValueError):
    """An answer that cannot be put where it was meant to stand: why not, and what to do instead."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(f"{message}: {hint}")
        self.message, self.hint = message, hint


def with_settings(
    source: Source, settings: Iterable[str], category: Category, places_of: Sequence[str] = (), salt: str = ""
) -> Source:
    """
    Return a source with other answers in some places.

    Args:
        settings: each ``PATH=VALUE``: the value bare, or as TOML writes it.
        places_of: where each stands, as findings show it (``orders.csv: C7``); an option of the command line where none is given.
        salt: of the order, where it is not that of the source.

    Raises:
        Refused: with every setting that cannot be read, names no answer, or stands twice (LP181).
    """
    found: list[Finding] = []
    places: dict[Path, str] = {}
    data: Mapping[str, Any] = source.data
    for number, setting in enumerate(settings, 1):
        here = places_of[number - 1] if number <= len(places_of) else "--set"
        try:
            if number > _MAX:
                raise Unsettable(say("more than {most:,} settings", most=_MAX), say("write them into the file"))
            place, value = _read(setting, category, data)
            key = (*place.path, place.language) if place.language else place.path
            if key in places:
                raise Unsettable(say("{key} is set twice", key=quoted(written(key))), say("keep one of the two"))
            data = placed(data, standing(data, key), value)
            places[key] = here
        except Unsettable as wrong:
            found.append(Finding(where=here, code="LP181", message=wrong.message, hint=wrong.hint))
            if number > _MAX:
                break
    if found:
        raise Refused(found)
    if salt:
        data = placed(data, ("order", "salt"), salt)
    origins = {(path[:-1] if path[-1] in ("en", "zh") else path): FLAG for path in places}
    return replace(source, data=data, places={**source.places, **places}, origins={**source.origins, **origins})


def misnamed(names: Iterable[str], source: Source, category: Category) -> Iterator[tuple[str, Unsettable]]:
    """Yield each name that is none of an answer, as :func:`with_settings` would refuse it whatever its value is."""
    for name in names:
        try:
            _read(f"{name}=", category, source.data)
        except Unsettable as wrong:
            yield name, wrong


def placed(data: Mapping[str, Any], path: Path, value: Any) -> Mapping[str, Any]:
    """
    Return ``data`` with ``value`` at ``path``; tables that are missing are made, rows are not.

    Raises:
        Unsettable: something on the way is no table, or there is no such row.
    """
    first, *rest = path
    there = data.get(str(first))
    if not rest:
        return {**data, str(first): value}
    if isinstance(rest[0], int):
        if not isinstance(there, list) or rest[0] >= len(there) or not isinstance(there[rest[0]], Mapping):
            rows = len(there) if isinstance(there, list) else 0
            message = say("{name} has no row {row}", name=first, row=rest[0] + 1)
            raise Unsettable(message, say("it has {rows}; add the row to the file", rows=rows))
        row = placed(there[rest[0]], tuple(rest[1:]), value)
        return {**data, str(first): [*there[: rest[0]], row, *there[rest[0] + 1 :]]}
    if isinstance(there, str) and rest in (["en"], ["zh"]):
        from lotproof.characters import has_chinese

        there = {"zh" if has_chinese(there) else "en": there} if there else {}
    if there is not None and not isinstance(there, Mapping):
        raise Unsettable(say("{name} is no table in the file", name=first), say("make it one"))
    return {**data, str(first): placed(there or {}, tuple(rest), value)}


def standing(data: Mapping[str, Any], path: Path) -> Path:
    """Return a path as the file has it: ``[terms.machinery.noise]`` is a table in a table."""
    at = path.index("terms") if "terms" in path else -1
    if at < 0 or at + 1 >= len(path):
        return path
    above = value_at(data, path[: at + 1])
    folder, _, inner = str(path[at + 1]).partition(".")
    if (
        isinstance(above, Mapping)
        and path[at + 1] not in above
        and isinstance(above.get(folder), Mapping)
        and inner in above[folder]
    ):
        return (*path[: at + 1], folder, inner, *path[at + 2 :])
    return path


def _read(setting: str, category: Category, data: Mapping[str, Any]) -> tuple[Place, Any]:
    name, sign, text = setting.partition("=")
    name, text = name.strip(), text.strip()
    if not sign or not name:
        raise Unsettable(say("{setting} is no PATH=VALUE", setting=quoted(setting)), _EXAMPLE)
    try:
        path = parsed(name)
    except ValueError as error:
        message = say("{name} is no name of an answer, {why}", name=quoted(name), why=reason(error))
        raise Unsettable(message, _EXAMPLE) from None
    place = place_of(path, category)
    if place is None and (name in PARTIES or (name.partition(".")[0] in PARTIES and name.endswith(f".{PARTY}"))):
        hint = say("give the house that keeps it: --house DIR; or write name, registration and address themselves")
        raise Unsettable(say("{given} is no party without a house", given=quoted(text)), hint)
    if place is None:
        hint = did_you_mean(name, (*known_paths(category), *_rows(path, category, data)))
        raise Unsettable(say("{name} is no answer of {category}", name=quoted(name), category=category.id), hint)
    if place.question.key == "salt":
        raise Unsettable(say("the salt is not set here, where others may read it"), say("keep it in the file"))
    if text[:1] in ('"', "'", "[", "{"):
        try:
            return place, toml_value(text)
        except ValueError as error:
            raise Unsettable(say("{text} is no value, {why}", text=quoted(text), why=reason(error)), _EXAMPLE) from None
    return place, text if place.language else given(place.question, text)


def _rows(path: Path, category: Category, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return names in the row that a path means, so that a slip in its key is found whatever the row."""
    if len(path) > 1 and isinstance(path[1], int):
        return tuple(written((g.id, path[1], q.key)) for g in category.groups if g.repeat for q in g.questions)
    return ()
