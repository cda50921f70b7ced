"""
What a document carries of its order, and the order read back from it.

Beside the sections of the agreed data that its reader may see stand the sentences that the document prints, in its languages and
no others, and how it was printed: enough to print it again, on any machine, without catalogue, house or network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, cast

from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen, fields
from lotproof.messages import as_it_stands, say
from lotproof.orders.digests import FORMAT, Pieces, Said, Seal, canonical_digest, canonical_text, order_digest
from lotproof.orders.model import SECTIONS, Hidden, LanguageTexts, Order, Provenance, TermText
from lotproof.orders.stored import read_look, section_of, value_of
from lotproof.requirements import Statistic

if TYPE_CHECKING:
    from lotproof.looks.model import Look

MAX_DATA = 8_000_000
"""Characters of the data of one document; sixteen times the largest contract of the benchmark has a quarter of it."""

_MAX_EACH = 20_000
"""Machines that are judged one by one, and units of which one term has a figure each: a checklist has a place for each."""


class Printed(Frozen, kw_only=True):
    """
    How a document was printed.

    Attributes:
        kind: ``contract``, ``checklist``, ``arrival`` or ``summary``.
        languages: codes, in print order.
        profile: of a contract; empty for the other kinds.
        tool: program and version (``lotproof 0.1.0``); another version may lay out a page otherwise.
        look: of the house; the data does not speak of one where there is none.
        page: of a contract that was printed from a house's ``contract.docx``: the SHA-256 (hex) of what its pages say, which it carries
            beside the order. Empty for every other document, and then no key of the data.
    """

    kind: str
    languages: tuple[str, ...]
    profile: str
    tool: str
    look: Look | None = None
    page: str = ""


class Share(Frozen, kw_only=True):
    """
    What a kind of document carries.

    Attributes:
        sections: of the agreed data, in full; the others by digest.
        provisions: carry the provisions and exhibits of its profile; else only which exhibits there are, for the numbers of terms.
        terms: the fields of :class:`~lotproof.orders.model.TermText` that it prints.
        tables: the tables that it prints.

    Fields and tables come in groups; documents that share a group share its text.
    """

    sections: tuple[str, ...]
    provisions: bool
    terms: tuple[tuple[str, ...], ...]
    tables: tuple[tuple[str, ...], ...]


class Inside(Frozen, kw_only=True):
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


def carried(sealed: Seal, printed: Printed, share: Share, labels: Iterable[str], controlling: str = "") -> Pieces:
    """
    Return what a document carries; together the pieces are canonical JSON.

    Args:
        labels: keys of the labels that it prints.
        controlling: a language whose name a reading copy prints.
    """
    keys = sorted(labels)
    texts = {code: list(_kept(sealed.said, code, printed, share, keys)) for code in printed.languages}
    if controlling and controlling not in texts:
        name = canonical_text(sealed.said.language(controlling)["name"])
        texts[controlling] = [f'{{"name":{name}}}']
    pieces = [',"shown":', *_how(printed), ',"texts":{']
    for place, code in enumerate(sorted(texts)):
        pieces += [f'{"," if place else ""}"{code}":', *texts[code]]
    digest = hashlib.sha256(f"{{{''.join(pieces)[1:]}}}}}".encode()).hexdigest()
    return sealed.disclosed(share.sections, (*pieces, f'}},"texts_digest":"{digest}"'))


def _how(printed: Printed) -> Iterator[str]:
    """Yield how a document was printed as canonical JSON; a look is a piece of its own, which the documents of an order share."""
    said = {n: list(v) if isinstance(v := getattr(printed, n), tuple) else v for n in fields(printed) if n != "look"}
    if not printed.page:
        del said["page"]
    whole = canonical_text(said)
    if printed.look is None:
        yield whole
        return
    from lotproof.looks.data import look_json

    before, name, after = whole.partition(',"page":' if printed.page else ',"profile":')
    yield from (f'{before},"look":', look_json(printed.look), f"{name}{after}")


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
        if len(text) > MAX_DATA:
            raise ValueError(f"more than {MAX_DATA:,} characters")
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_no_number)
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
        look=read_look(data["shown"]),
        page=str(data["shown"].get("page", "")),
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
    order = Order(**sections, salt="", draft=bool(data["draft"]), texts=read, provenance=tool, look=printed.look)
    _refuse_endless(order)
    shown = {name: one for name, one in given.items() if "data" in one}
    agreed = {name: canonical_text(one["data"]) for name, one in shown.items()}
    digests = {
        name: canonical_digest(name, agreed[name], one["salt"]) if name in agreed else str(one["digest"])
        for name, one in given.items()
    }
    sealed = Seal(
        data={name: one["data"] for name, one in shown.items()},
        texts=agreed,
        salts={name: str(one["salt"]) for name, one in shown.items()},
        sections=digests,
        digest=str(data["digest"]),
        draft=order.draft,
        said=Said(read),
    )
    how, kept = (canonical_text(data[part]) for part in ("shown", "texts"))
    return Inside(
        order=order,
        sealed=sealed,
        printed=printed,
        proven=order_digest(digests) == data["digest"],
        texts_proven=_texts_digest(how, kept) == data["texts_digest"],
        data=text,
    )


def _texts_digest(how: str, texts: str) -> str:
    return hashlib.sha256(f'{{"shown":{how},"texts":{texts}}}'.encode()).hexdigest()


# writing


def _kept(said: Said, code: str, printed: Printed, share: Share, labels: list[str]) -> Iterator[str]:
    """Yield what a document prints of the sentences of one language, as the pieces of one object."""
    profile = printed.profile if share.provisions else ""

    def of_profile(part: Mapping[str, Any]) -> dict[str, Any]:
        if not profile or profile not in part["profiles"]:
            return {"id": part["id"]}
        kept = {name: value for name, value in part.items() if name != "profiles"}
        return {**kept, "paragraphs": [p["words"] for p in part["paragraphs"] if profile in p["profiles"]]}

    yield '{"exhibits":'
    yield said.piece(code, ("exhibits", profile), lambda texts: [of_profile(one) for one in texts["exhibits"]])
    every = said.language(code)
    named = canonical_text({"labels": {key: every["labels"][key] for key in labels}, "name": every["name"]})
    yield f',{named[1:-1]},"provisions":'
    yield said.piece(
        code,
        ("provisions", profile),
        lambda texts: [kept for one in texts["provisions"] if len(kept := of_profile(one)) > 1],
    )
    for what, groups in (("tables", share.tables), ("terms", share.terms)):
        for place, group in enumerate(groups):
            yield "," if place else f',"{what}":['
            yield said.piece(code, (what, *group), _PICKS[what](group))
        yield "]" if groups else f',"{what}":[]'
    yield f',"title":{canonical_text(every["title"])}}}'


def _some_tables(names: tuple[str, ...]) -> Callable[[Any], Any]:
    return lambda texts: {name: texts["tables"][name] for name in names}


def _some_fields(names: tuple[str, ...]) -> Callable[[Any], Any]:
    return lambda texts: {term: {name: said[name] for name in names} for term, said in texts["terms"].items()}


_PICKS: Mapping[str, Callable[[tuple[str, ...]], Callable[[Any], Any]]] = {
    "tables": _some_tables,
    "terms": _some_fields,
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

    terms: dict[str, Any] = {}
    for group in kept.get("terms", []):
        for term, said in group.items():
            terms.setdefault(term, dict(_SILENT)).update(said)
    texts: LanguageTexts = value_of(
        LanguageTexts,
        {
            "name": kept["name"],
            "title": kept.get("title", ""),
            "labels": kept.get("labels", {}),
            "provisions": [provision(one) for one in kept.get("provisions", [])],
            "exhibits": [provision(one) for one in kept.get("exhibits", [])],
            "terms": terms,
            "tables": {name: rows for group in kept.get("tables", []) for name, rows in group.items()},
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


def _refuse_endless(order: Order) -> None:
    """Refuse numbers that would make a document without end."""
    machines = sum(line.quantity or 0 for line in order.goods.lines) if order.inspection.basis == "each" else 0
    figures = [
        sample.n // sample.per_unit
        for term in order.spec.terms
        for sample in term.samples
        if sample.per_unit and getattr(term.requirement, "statistic", "") in (Statistic.MEAN, Statistic.STDEV)
    ]
    if machines > _MAX_EACH or any(number > _MAX_EACH for number in figures):
        raise ValueError("more machines than any order has")


def _unreadable(name: str, error: Exception) -> Finding:
    """LP702: the data inside is no order."""
    why = (
        say("{key} is missing", key=str(error)[:60]) if isinstance(error, KeyError) else as_it_stands(str(error)[:200])
    )
    return Finding(
        where=name,
        code="LP702",
        message=say("the data inside is no order that this version reads: {why}", why=why),
        hint=say("ask for the file as lotproof wrote it; if it comes from a newer lotproof, install that"),
    )
