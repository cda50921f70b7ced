"""A house laid over those beneath it, read once for every check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen
from lotproof.sources import line_of
from lotproof.templates import PROFILES, Provision, Templates, load_folder
from lotproof.templates.compiling import Source, merge
from lotproof.templates.folders import PARTS, HouseFolder
from lotproof.translations import read_translations
from lotproof.wording.conditions import Conditions, read_conditions
from lotproof.wording.sentences import Program, SentenceError, compile_sentence

_OPTIONS = ("when", "profiles")


class LaidParagraph(Frozen, kw_only=True):
    """
    A paragraph as it would be printed.

    Attributes:
        source: the file that it stands in.
        programs: compiled sentences per language; one outside the allowlist is not among them.
        when: of the provision and of the paragraph together.
    """

    index: int
    source: Source
    programs: Mapping[str, Program]
    when: Conditions
    profiles: tuple[str, ...]

    @property
    def place(self) -> str:
        """File, line and paragraph, for messages."""
        line = line_of(self.source.text, ("paragraph", self.index))
        return f"{self.source.name}:{line}: {self.source.data['id']}[{self.index + 1}]"


class Laid(Frozen, kw_only=True):
    """
    A provision or an exhibit as it is printed with a house, whoever worded it.

    Attributes:
        own: the house that is checked has worded it.
        bare: it prints tables or lines to fill in, besides its paragraphs.
    """

    id: str
    house: str
    own: bool
    source: Source
    when: Conditions
    profiles: tuple[str, ...]
    bare: bool
    paragraphs: tuple[LaidParagraph, ...]

    @property
    def place(self) -> str:
        """File, line and id, for messages."""
        return f"{self.source.name}:{line_of(self.source.text, ('when',))}: {self.id}"


class Stacked(Frozen, kw_only=True):
    """
    Everything that a house prints, with what is beneath it.

    Attributes:
        provisions: by id.
        removed: id of each provision that is left out, with the house that does.
        beneath: provisions and exhibits of the house beneath, by id; none where that is refused.
    """

    house: HouseFolder
    provisions: Mapping[str, Laid]
    removed: Mapping[str, str]
    beneath: Mapping[str, Provision]

    @property
    def own(self) -> Iterator[Laid]:
        """The provisions that the house words itself."""
        return (laid for laid in self.provisions.values() if laid.own)


def lay(houses: Sequence[HouseFolder], templates: Templates | None) -> Stacked:
    """
    Read a house with everything beneath it; a file that is wrong is left out, as it is reported elsewhere.

    Args:
        houses: the one that ships first.
        templates: the same compiled, where that went through: no sentence is compiled twice.
    """
    sources: dict[str, Source] = {}
    removed: dict[str, str] = {}
    ignored: list[Finding] = []
    for house in houses:
        for part in PARTS:
            try:
                merge(sources, house, part, read_translations(house.path), ignored)
            except Refused:
                continue
        for gone in house.removes:
            if sources.pop(gone.id, None) is not None:
                removed[gone.id] = house.id
    top = houses[-1]
    beneath = _beneath(houses)
    known = {
        (p.id, p.house): p
        for one in (templates or beneath,)
        if one is not None
        for p in (*one.provisions, *one.exhibits)
    }
    provisions = {}
    for id_, source in sources.items():
        same = known.get((id_, source.house))
        compiled = [p.sentences for p in same.paragraphs] if same is not None else None
        provisions[id_] = _laid(id_, source, source.house == top.id, compiled)
    there = (*beneath.provisions, *beneath.exhibits) if beneath is not None else ()
    return Stacked(house=top, provisions=provisions, removed=removed, beneath={p.id: p for p in there})


def _beneath(houses: Sequence[HouseFolder]) -> Templates | None:
    """Return what a house stands on, compiled; None where that is refused, or there is nothing."""
    if len(houses) < 2:
        return None
    try:
        return load_folder(houses[-2].path)
    except Refused:
        return None


def _laid(id_: str, source: Source, own: bool, compiled: Sequence[Mapping[str, Program]] | None) -> Laid:
    data = source.data
    profiles = tuple(data.get("profiles", PROFILES))
    when = _conditions(data.get("when"))
    paragraphs = []
    for index, paragraph in enumerate(data.get("paragraph", ())):
        programs = compiled[index] if compiled is not None else _programs(paragraph)
        paragraphs.append(
            LaidParagraph(
                index=index,
                source=source,
                programs=programs,
                when=(*when, *_conditions(paragraph.get("when"))),
                profiles=tuple(paragraph.get("profiles", profiles)),
            )
        )
    return Laid(
        id=id_,
        house=source.house,
        own=own,
        source=source,
        when=when,
        profiles=profiles,
        bare=bool(data.get("tables") or data.get("slot")),
        paragraphs=tuple(paragraphs),
    )


def _conditions(data: Any) -> Conditions:
    return read_conditions(data) if isinstance(data, Mapping) else ()


def _programs(paragraph: Mapping[str, Any]) -> dict[str, Program]:
    found = {}
    for language, text in paragraph.items():
        if language not in _OPTIONS and isinstance(text, str):
            try:
                found[language] = compile_sentence(text)
            except SentenceError:
                continue
    return found
