"""
What a document carries of its order, and the order read back from it.

Beside the sections of the agreed data that its reader may see stand the sentences that the document prints, in its languages and
no others, and how it was printed: enough to print it again, on any machine, without catalogue, house or network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, cast

from lotproof.findings import Finding, Refused
from lotproof.frozen import fields, frozen
from lotproof.orders.digests import FORMAT, Said, Seal, canonical, section_digests
from lotproof.orders.model import SECTIONS, Hidden, LanguageTexts, Order, Provenance, TermText
from lotproof.orders.stored import section_of, value_of

_MAX_DEPTH = 60


@frozen(kw_only=True)
class Printed:
    """
    How a document was printed.

    Attributes:
        kind: ``contract``, ``checklist``, ``arrival`` or ``summary``.
        languages: codes, in print order.
        profile: of a contract; empty for the other kinds.
        tool: program and version (``lotproof 0.1.0``); another version may lay out a page otherwise.
    """

    kind: str
    languages: tuple[str, ...]
    profile: str
    tool: str


@frozen(kw_only=True)
class Share:
    """
    What a kind of document carries.

    Attributes:
        sections: of the agreed data, in full; the others by digest.
        provisions: carry the provisions and exhibits of its profile; else only which exhibits there are, for the numbers of terms.
        terms: the fields of :class:`~lotproof.orders.model.TermText` that it prints.
        tables: the tables that it prints.
    """

    sections: tuple[str, ...]
    provisions: bool
    terms: tuple[str, ...]
    tables: tuple[str, ...]


@frozen(kw_only=True)
class Inside:
    """
    An order as a document carries it.

    Attributes:
        order: what its reader may see; a hidden section is :class:`~lotproof.orders.model.Hidden`. It has no salt and no provenance
            but the program that printed it, and its texts are those that the document prints.
        sealed: digests and salts, by which the document can be written again.
        proven: the sections give the order's digest.
        texts_proven: sentences and way of printing give the digest that stands beside them.
        data: the JSON as it stands in the file.
    """

    order: Order
    sealed: Seal
    printed: Printed
    proven: bool
    texts_proven: bool
    data: str

    @property
    def hidden(self) -> tuple[str, ...]:
        """The sections that stand there by their digest alone."""
        return tuple(name for name in SECTIONS if isinstance(getattr(self.order, name), Hidden))


def carried(sealed: Seal, printed: Printed, share: Share, labels: Iterable[str], controlling: str = "") -> str:
    """
    Return what a document carries, as canonical JSON.

    Args:
        labels: keys of the labels that it prints.
        controlling: a language whose name a reading copy prints.
    """
    kept = {code: _kept(sealed.said.language(code), printed, share, labels) for code in printed.languages}
    if controlling and controlling not in kept:
        kept[controlling] = {"name": sealed.said.language(controlling)["name"]}
    how = canonical(
        {name: list(v) if isinstance(v := getattr(printed, name), tuple) else v for name in fields(printed)}
    )
    texts = canonical(kept).decode()
    digest = _texts_digest(how.decode(), texts)
    return sealed.disclosed(share.sections, f',"shown":{how.decode()},"texts":{texts},"texts_digest":"{digest}"')


def order_inside(text: str, name: str) -> Inside:
    """
    Read what a document carries.

    Args:
        text: JSON as :func:`carried` gives it.
        name: what findings call the file.

    Raises:
        Refused: it is no data of an order that this version reads (LP702).
    """
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_no_number)
        _refuse_deep(data)
        if data["format"] != FORMAT:
            raise ValueError(f"format {data['format']!r}")
        return _inside(data, text)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused([_unreadable(name, error)]) from None


def _inside(data: Mapping[str, Any], text: str) -> Inside:
    printed = Printed(
        kind=str(data["shown"]["kind"]),
        languages=tuple(map(str, data["shown"]["languages"])),
        profile=str(data["shown"]["profile"]),
        tool=str(data["shown"]["tool"]),
    )
    if not printed.languages:
        raise ValueError("no language")
    given = data["sections"]
    if set(given) != set(SECTIONS):
        raise ValueError("not the sections of an order")
    texts = data["texts"]
    ordered = [*printed.languages, *(code for code in texts if code not in printed.languages)]
    read = {code: _texts(texts[code], printed.profile) for code in ordered}
    sections = {
        name: cast("Any", section_of(name, one["data"]) if "data" in one else Hidden(name, str(one["digest"])))
        for name, one in given.items()
    }
    tool = Provenance(
        tool=printed.tool,
        answers="",
        answers_sha256="",
        catalogue_sha256="",
        house_version="",
        house_sha256="",
        findings=(),
    )
    order = Order(**sections, salt="", draft=bool(data["draft"]), texts=read, provenance=tool)
    digests = section_digests(data)
    shown = {name: one for name, one in given.items() if "data" in one}
    sealed = Seal(
        data={name: one["data"] for name, one in shown.items()},
        texts={name: canonical(one["data"]).decode() for name, one in shown.items()},
        salts={name: str(one["salt"]) for name, one in shown.items()},
        sections=digests,
        digest=str(data["digest"]),
        draft=order.draft,
        said=Said(read),
    )
    whole = hashlib.sha256(canonical({"format": FORMAT, "sections": digests})).hexdigest()
    how, kept = (canonical(data[part]).decode() for part in ("shown", "texts"))
    return Inside(
        order=order,
        sealed=sealed,
        printed=printed,
        proven=whole == data["digest"],
        texts_proven=_texts_digest(how, kept) == data["texts_digest"],
        data=text,
    )


def _texts_digest(how: str, texts: str) -> str:
    return hashlib.sha256(f'{{"shown":{how},"texts":{texts}}}'.encode()).hexdigest()


# writing


def _kept(said: Mapping[str, Any], printed: Printed, share: Share, labels: Iterable[str]) -> dict[str, Any]:
    """Return what a document prints of the sentences of one language."""

    def of_profile(part: Mapping[str, Any]) -> dict[str, Any]:
        if not share.provisions or printed.profile not in part["profiles"]:
            return {"id": part["id"]}
        kept = {name: value for name, value in part.items() if name != "profiles"}
        return {**kept, "paragraphs": [p["words"] for p in part["paragraphs"] if printed.profile in p["profiles"]]}

    every = said["labels"]
    return {
        "name": said["name"],
        "title": said["title"],
        "labels": {key: every[key] for key in labels},
        "provisions": [p for one in said["provisions"] if len(p := of_profile(one)) > 1],
        "exhibits": [of_profile(one) for one in said["exhibits"]],
        "terms": {term: {name: texts[name] for name in share.terms} for term, texts in said["terms"].items()},
        "tables": {name: said["tables"][name] for name in share.tables},
    }


# reading


def _texts(kept: Mapping[str, Any], profile: str) -> LanguageTexts:
    def provision(part: Mapping[str, Any]) -> dict[str, Any]:
        if len(part) == 1:
            return {**_STUB, **part}
        return {
            **part,
            "profiles": [profile],
            "paragraphs": [{"words": words, "profiles": [profile]} for words in part["paragraphs"]],
        }

    texts: LanguageTexts = value_of(
        LanguageTexts,
        {
            "name": kept["name"],
            "title": kept.get("title", ""),
            "labels": kept.get("labels", {}),
            "provisions": [provision(one) for one in kept.get("provisions", [])],
            "exhibits": [provision(one) for one in kept.get("exhibits", [])],
            "terms": {term: {**_SILENT, **one} for term, one in kept.get("terms", {}).items()},
            "tables": kept.get("tables", {}),
        },
    )
    return texts


_STUB: Mapping[str, Any] = {"reference": "", "heading": "", "profiles": [], "paragraphs": [], "tables": [], "slots": []}
_SILENT: Mapping[str, Any] = {name: "" if name in ("title", "defect_class") else [] for name in fields(TermText)}


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return made


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is no number of an order")


def _refuse_deep(data: Any) -> None:
    level = [data]
    for _ in range(_MAX_DEPTH):
        level = [
            v for one in level for v in (one.values() if isinstance(one, dict) else one) if isinstance(v, dict | list)
        ]
        if not level:
            return
    raise ValueError("nested deeper than any order")


def _unreadable(name: str, error: Exception) -> Finding:
    """LP702: the data inside is no order."""
    why = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    return Finding(
        where=name,
        code="LP702",
        message=f"the data inside is no order that this version reads: {why[:200]}",
        hint="ask for the file as lotproof wrote it; if it comes from a newer lotproof, install that",
    )
