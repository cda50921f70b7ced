"""Where the sentences of an order came from: house, file, paragraph, the conditions that let them print, and the answers in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lotproof.documents.contract import contract
from lotproof.documents.nodes import Document
from lotproof.documents.numbering import numbers, term_numbers
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import replace
from lotproof.messages import say
from lotproof.orders.digests import Seal
from lotproof.orders.model import LanguageTexts, Order, ProvisionText
from lotproof.sources import line_of, parse_toml
from lotproof.templates import FULL, Provision, house_folder, load_folder, load_templates, shipped_houses
from lotproof.templates.folders import HouseFolder, catalogue_files, stack
from lotproof.upkeep.explained import Explained, Replaced, Sentence, Term, Words
from lotproof.upkeep.origins import Origin, origins
from lotproof.upkeep.scenarios.pieces import on_one_line, references
from lotproof.wording.inlines import plain
from lotproof.wording.uncompiling import sentence_of, test_of


def words_of(order: Order, folder: Path | None) -> Words | None:
    """
    Return the houses that an order was printed from: those of a folder, else the one that ships, as far as it goes; None where neither is at hand.

    Raises:
        Refused: the folder is another house than the one that the order names (LP939), or is wrong.
    """
    if folder is None:
        kept = order.provenance.houses
        ships = kept[0][0] if kept else order.header.house
        if ships not in shipped_houses():
            return None
        return Words(houses=stack(house_folder(ships)), templates=(load_templates(ships),))
    houses = stack(folder)
    if houses[-1].id != order.header.house:
        message = say(
            "is the house {house}, and the order names {named}", house=houses[-1].id, named=order.header.house
        )
        hint = say("give the folder of the house that the order was built with")
        raise Refused([Finding(where=str(folder), code="LP939", message=message, hint=hint)])
    return Words(houses=houses, templates=tuple(load_folder(house.path) for house in houses))


def explain(
    order: Order,
    wanted: str,
    words: Words | None,
    profile: str = FULL,
    languages: tuple[str, ...] = (),
    sealed: Seal | None = None,
) -> tuple[Explained | Term, ...]:
    """
    Say where what an order prints came from.

    Args:
        order: as stored, or as a document carries it; of the latter, only what the document prints is known.
        wanted: what to explain: an entry of the list of provisions (``K18``), a number as printed (``6``, ``6.2``, ``B``, ``A7``), the id of a
            provision or a term (``contract.payment``), or a paragraph of one (``contract.payment[3]``).
        words: :func:`words_of` the order.
        profile: of the contract whose numbers are meant.
        languages: to print; those of the order if none are given.
        sealed: the digests of an order of which some sections are hidden.

    Raises:
        Refused: the order prints no such thing (LP938).
    """
    printed = _Printed(order, words, profile, languages or order.header.languages, sealed)
    found = printed.find(wanted.strip())
    if not found:
        message = say("the order prints no {wanted}", wanted=quoted(wanted))
        raise Refused([Finding(where="REF", code="LP938", message=message, hint=did_you_mean(wanted, printed.known()))])
    return found


class _Printed:
    def __init__(
        self, order: Order, words: Words | None, profile: str, languages: tuple[str, ...], sealed: Seal | None
    ) -> None:
        self.order, self.words, self.profile = order, words, profile
        self.languages = tuple(code for code in languages if code in order.texts) or tuple(order.texts)[:1]
        self.document: Document = contract(order, self.languages, sealed, profile)
        self.numbers = numbers(self.document.blocks)
        self.refs = dict(zip(self.languages, references(self.document), strict=True))
        first = self.texts(self.languages[0])
        self.provisions = {p.id: p for p in (*first.provisions, *first.exhibits) if profile in p.profiles}
        templates = words.templates[-1] if words else None
        self.sources = {p.id: p for p in (*templates.provisions, *templates.exhibits)} if templates else {}
        if templates and templates.id != order.header.house:  # the house that ships, of one that is not at hand
            self.sources = {i: p for i, p in self.sources.items() if i not in {w for w, *_ in order.provenance.worded}}
        self.terms = term_numbers(order)

    def texts(self, language: str) -> LanguageTexts:
        return self.order.texts[language]

    def known(self) -> list[str]:
        entries = {entry for p in self.provisions.values() for entry in p.reference.split()}
        return sorted({*entries, *self.provisions, *self.numbers.values(), *self.terms, *self.terms.values()})

    def find(self, wanted: str) -> tuple[Explained | Term, ...]:
        name, _, place = wanted.partition("[")
        if place.rstrip("]").isdigit() and name in self.provisions:
            explained = self.explained(name)
            sentences = tuple(s for s in explained.sentences if str(s.place) == place.rstrip("]"))
            return (_only(explained, sentences),) if sentences else ()
        by_reference = [p.id for p in self.provisions.values() if wanted.upper() in p.reference.split()]
        ids = [wanted] if wanted in self.provisions else by_reference
        ids += [anchor for anchor, number in self.numbers.items() if number == wanted and anchor in self.provisions]
        if ids:
            return tuple(self.explained(id_) for id_ in dict.fromkeys(ids))
        for term, number in self.terms.items():
            if wanted in (term, number):
                return (self.term(term, number),)
        head = wanted.partition(".")[0]
        for anchor, number in self.numbers.items():
            if number == head and anchor in self.provisions:
                explained = self.explained(anchor)
                sentences = tuple(s for s in explained.sentences if s.number == wanted)
                return (_only(explained, sentences),) if sentences else ()
        return ()

    def term(self, term_id: str, number: str) -> Term:
        term = next(t for t in self.order.spec.terms if t.id == term_id)
        text = {code: on_one_line(plain(self.texts(code).terms[term_id].duty)) for code in self.languages}
        file = _clause_file(self.words.houses if self.words else (), term.clause)
        return Term(id=term_id, number=number, clause=term.clause, revision=term.revision, file=file, text=text)

    def explained(self, id_: str) -> Explained:
        texts = {
            code: next(p for p in (*self.texts(code).provisions, *self.texts(code).exhibits) if p.id == id_)
            for code in self.languages
        }
        source = self.sources.get(id_)
        house, version, file = self._origin(id_, source)
        first = texts[self.languages[0]]
        return Explained(
            id=id_,
            number=self.numbers.get(id_, ""),
            heading={code: text.heading for code, text in texts.items()},
            reference=first.reference or (source.reference if source else ""),
            house=house,
            version=version,
            file=file,
            moved=self._moved(),
            when=source.when if source else (),
            sentences=self._sentences(texts, source),
            replaced=self._replaced(id_, house),
        )

    def _origin(self, id_: str, source: Provision | None) -> tuple[str, str, str]:
        """Return house, version and file, as the order has kept them, else as the house at hand has them."""
        kept = self.order.provenance
        for worded, house, file in kept.worded:
            if worded == id_:
                return house, dict(kept.houses).get(house, ""), file
        if source is None:
            ships = kept.houses[0] if kept.houses else ("", "")
            return (*ships, "")
        versions = dict(kept.houses) or dict(self.words.templates[-1].houses if self.words else ())
        if not kept.houses and kept.house_version and source.house == self.order.header.house:
            return source.house, kept.house_version, source.file
        return source.house, versions.get(source.house, ""), source.file

    def _moved(self) -> bool:
        if self.words is None:
            return False
        at_hand, kept = self.words.templates[-1], self.order.provenance
        versions = {self.order.header.house: kept.house_version, **dict(kept.houses)}
        return bool(versions.get(at_hand.id)) and versions[at_hand.id] != at_hand.version

    def _sentences(self, texts: Mapping[str, ProvisionText], source: Provision | None) -> tuple[Sentence, ...]:
        first = texts[self.languages[0]]
        found: dict[str, Sequence[Origin | None]] = {
            code: origins(source, text, code) if source else [None] * len(text.paragraphs)
            for code, text in texts.items()
        }
        sentences = []
        place = 0
        for index, paragraph in enumerate(first.paragraphs):
            if self.profile not in paragraph.profiles:
                continue
            place += 1
            of = {code: found[code][index] for code in self.languages}
            leads = {origin.index for origin in of.values() if origin is not None}
            origin = of[self.languages[0]]
            known = source is not None and origin is not None and len(leads) == 1
            text = {
                code: on_one_line(plain(texts[code].paragraphs[index].words, dict(self.refs[code])))
                for code in self.languages
            }
            sentences.append(
                Sentence(
                    number=self.numbers.get(f"{first.id}.{place}", ""),
                    text=text,
                    place=origin.index + 1 if known and origin else 0,
                    where=self._where(source, origin.index) if known and source and origin else "",
                    when=source.paragraphs[origin.index].when if known and source and origin else (),
                    tests=tuple((test_of(t), held) for t, held in origin.trace.tests) if known and origin else (),
                    answers=_answers(of) if known else (),
                )
            )
        return tuple(sentences)

    def _where(self, source: Provision, index: int) -> str:
        """Return file and line of a paragraph."""
        assert self.words is not None, "the provision came from a house at hand"
        house = next(h for h in self.words.houses if h.id == source.house)
        path = house.path.joinpath(*source.file.split("/")[1:])
        text = path.read_text(encoding="utf-8-sig")
        return f"{source.file}:{line_of(text, ('paragraph', index))}"

    def _replaced(self, id_: str, house: str) -> Replaced | None:
        """Return the words of the nearest house beneath that has this provision otherwise."""
        ids = [one.id for one in self.words.houses] if self.words else []
        if self.words is None or house not in ids:
            return None
        for templates in reversed(self.words.templates[: ids.index(house)]):
            for provision in (*templates.provisions, *templates.exhibits):
                if provision.id == id_:
                    paragraphs = tuple(
                        {code: sentence_of(p.sentences[code]) for code in self.languages if code in p.sentences}
                        for p in provision.paragraphs
                        if self.profile in p.profiles
                    )
                    version = dict(templates.houses)[provision.house]
                    return Replaced(house=provision.house, version=version, file=provision.file, paragraphs=paragraphs)
        return None


def _clause_file(houses: Sequence[HouseFolder], clause: str) -> str:
    """Return the file of the topmost house that words a clause of the catalogue; empty where none does."""
    for house in reversed(houses):
        for path in catalogue_files(house) if house.base else ():
            name = f"{house.path.name}/{path.relative_to(house.path).as_posix()}"
            if path.name != "category.toml" and parse_toml(path.read_bytes(), name)[0].get("id") == clause:
                return name
    return ""


def _only(explained: Explained, sentences: tuple[Sentence, ...]) -> Explained:
    return replace(explained, sentences=sentences)


def _answers(of: Mapping[str, Origin | None]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    found: dict[str, dict[str, str]] = {}
    for code, origin in of.items():
        for step in origin.trace.steps if origin else ():
            if step.kind == "value":
                found.setdefault(step.name, {})[code] = on_one_line(step.text)
    return tuple(found.items())
