"""
Mutations: each paragraph of a house is dropped, and each of its numbers changed, to see which no scenario notices.

Nothing is built again. A mutation changes the words of one paragraph and no others, so it is enough to put the words of that paragraph together once
more, from the compiled sentence and what its places were filled with, and to ask of each scenario what it would say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from lotproof.findings import quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.templates import Paragraph, Provision
from lotproof.upkeep.origins import origins
from lotproof.upkeep.scenarios.pieces import on_one_line, references
from lotproof.upkeep.scenarios.running import HouseOutcomes, Outcome, holders, own_parts, prints
from lotproof.wording.tracing import Step, texts

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")

Edit = Callable[[str, Step], str]
"""Gives the words that a mutation makes of a step in a language."""


class Unnoticed(Frozen, kw_only=True):
    """
    A mutation that no scenario notices.

    Attributes:
        id: ``contract.payment[3]``: the third paragraph of the provision.
        what: what was done to it.
    """

    id: str
    what: Message


class Mutated(Frozen):
    """How many mutations were tried, and those that nothing noticed."""

    tried: int
    unnoticed: tuple[Unnoticed, ...]


def mutate(tested: HouseOutcomes, told: Callable[[int], Callable[[int], None]] | None = None) -> Mutated:
    """
    Try every mutation of the provisions that the house of some scenarios words itself.

    A number is changed in all languages at once, as ``house check`` sees a number that differs between two. A paragraph that can be dropped
    without notice is listed once, and its numbers are not.

    Args:
        tested: scenarios that all passed.
        told: called with the number of paragraphs, gives what is called with each 1 that is done.
    """
    own = own_parts(tested.templates)
    provisions = [p for p in (*tested.templates.provisions, *tested.templates.exhibits) if p.id in own]
    seen = [_Seen(outcome, provisions) for outcome in tested.outcomes]
    step = told(sum(len(p.paragraphs) for p in provisions)) if told else None
    tried = 0
    unnoticed: list[Unnoticed] = []
    for provision in provisions:
        for index, paragraph in enumerate(provision.paragraphs):
            printing = [one for one in seen if (provision.id, index) in one.printed]
            name = f"{provision.id}[{index + 1}]"
            tried += 1
            if not any(one.notices((provision.id, index), None) for one in printing):
                what = say("dropped") if printing else say("dropped; no scenario prints it")
                unnoticed.append(Unnoticed(id=name, what=what))
            else:
                for what, edit in _edits(paragraph, printing, (provision.id, index)):
                    tried += 1
                    if not any(one.notices((provision.id, index), edit) for one in printing):
                        unnoticed.append(Unnoticed(id=name, what=what))
            if step:
                step(1)
    return Mutated(tried, tuple(unnoticed))


class _Seen:
    """What a scenario looked at, arranged for many questions."""

    def __init__(self, outcome: Outcome, provisions: Sequence[Provision]) -> None:
        assert outcome.order is not None and outcome.document is not None, "the scenario passed"
        scenario, document = outcome.scenario, outcome.document
        self.must = [(w, frozenset(holders(w, outcome.pieces))) for w in scenario.must]
        self.must_not = scenario.must_not
        self.golden = scenario.golden
        self.pieces = outcome.pieces
        self.refs = dict(zip(document.languages, references(document), strict=True))
        self.printed: dict[tuple[str, int], dict[int, tuple[Step, ...]]] = {}
        at = {(piece.anchor, piece.language): index for index, piece in enumerate(outcome.pieces) if piece.anchor}
        for language in document.languages:
            said = outcome.order.texts[language]
            there = {p.id: p for p in (*said.provisions, *said.exhibits)}
            for provision in provisions:
                if provision.id not in there:
                    continue
                place = 0
                text = there[provision.id]
                for paragraph, origin in zip(text.paragraphs, origins(provision, text, language), strict=True):
                    if scenario.profile not in paragraph.profiles:
                        continue
                    place += 1
                    piece = at.get((f"{provision.id}.{place}", language))
                    if piece is not None and origin is not None:
                        self.printed.setdefault((provision.id, origin.index), {})[piece] = origin.trace.steps

    def notices(self, key: tuple[str, int], edit: Edit | None) -> bool:
        """Say whether the scenario fails when a paragraph is dropped, or printed with other words."""
        there = self.printed[key]
        after = {} if edit is None else {piece: self._words(piece, steps, edit) for piece, steps in there.items()}
        if self.golden and any(
            after.get(piece) != self._words(piece, steps, _as_it_is) for piece, steps in there.items()
        ):
            return True
        for wanted, held in self.must:
            if held <= there.keys() and not any(prints(after.get(p, ""), on_one_line(wanted.text)) for p in held):
                return True
        return any(
            prints(text, on_one_line(wanted.text))
            for wanted in self.must_not
            for piece, text in after.items()
            if not wanted.part or self.pieces[piece].part == wanted.part
        )

    def _words(self, piece: int, steps: tuple[Step, ...], edit: Edit) -> str:
        language = self.pieces[piece].language
        refs = self.refs[language]
        return on_one_line("".join(refs.get(s.name, s.name) if s.kind == "ref" else edit(language, s) for s in steps))


def _as_it_is(_language: str, step: Step) -> str:
    return step.text


def _edits(paragraph: Paragraph, printing: Sequence[_Seen], key: tuple[str, int]) -> Iterator[tuple[Message, Edit]]:
    """Yield what is done to the numbers of a paragraph: those that are written in it, then the answers that it prints."""
    places: dict[tuple[str, int], dict[tuple[str, int], list[tuple[int, int]]]] = {}
    for language, program in paragraph.sentences.items():
        counted: dict[str, int] = {}
        for place, text in texts(program):
            for match in _NUMBER.finditer(text):
                counted[match.group()] = counted.get(match.group(), 0) + 1
                which = (match.group(), counted[match.group()])
                places.setdefault(which, {}).setdefault((language, place), []).append(match.span())
    shown = [
        (one.pieces[piece].language, step)
        for one in printing
        for piece, steps in one.printed[key].items()
        for step in steps
    ]
    used = {(language, step.place) for language, step in shown if step.kind == "text"}
    for (number, _), at in places.items():
        if used & at.keys():
            yield say("{number} changed to {other}", number=number, other=changed(number)), _in_text(at)
    names = {step.name: step.text for _, step in shown if step.kind == "value" and _is_number(step.text)}
    for name, text in names.items():
        yield say("{name} changed, printed as {text}", name=name, text=quoted(text)), _in_value(name)


def changed(number: str) -> str:
    """Return another number of the same look: ``30`` becomes ``31``, ``0.5`` becomes ``0.6``, ``9`` becomes ``0``."""
    return f"{number[:-1]}{(int(number[-1]) + 1) % 10}"


def _is_number(text: str) -> bool:
    """Say whether an answer is a number, an amount or a date, as a third of it is digits: ``USD 2,556.00``, ``14 May 2027``."""
    return 0 < len(text) <= 3 * sum(c.isdigit() for c in text)


def _in_text(at: Mapping[tuple[str, int], Sequence[tuple[int, int]]]) -> Edit:
    def edit(language: str, step: Step) -> str:
        text = step.text
        for start, end in at.get((language, step.place), ()) if step.kind == "text" else ():
            text = text[:start] + changed(text[start:end]) + text[end:]
        return text

    return edit


def _in_value(name: str) -> Edit:
    def edit(_language: str, step: Step) -> str:
        if step.kind != "value" or step.name != name:
            return step.text
        return _NUMBER.sub(lambda match: changed(match.group()), step.text)

    return edit
