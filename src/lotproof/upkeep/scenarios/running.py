"""Running the scenarios of a house: build each, and say what is printed and should not be, or is not and should."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from lotproof.api import build
from lotproof.documents.checklist import checklist
from lotproof.documents.contract import contract
from lotproof.documents.nodes import Document
from lotproof.findings import Refused, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.houses import categories_of
from lotproof.messages import Message, say
from lotproof.orders.model import Order
from lotproof.questions.printing import answers_text
from lotproof.templates import Templates, load_folder
from lotproof.templates.folders import HouseFolder, stack
from lotproof.upkeep.scenarios.pieces import Piece, on_one_line, pieces
from lotproof.upkeep.scenarios.reading import Scenario, Wanted, read_scenarios
from lotproof.writers.txt import write

DIFF_LINES, DIFF_WIDTH = 24, 200
"""Lines of a golden that differs, and characters of each, that are shown."""

NO_SALT = "0" * 32
"""The salt of an order with nothing answered: it is thrown away at once."""


class Failure(Frozen, kw_only=True):
    """What a scenario found: ``must``, ``must_not``, ``golden``, or ``error`` where its order cannot be built; the lines say more."""

    kind: str
    message: Message
    lines: tuple[str, ...] = ()


class Outcome(Frozen, kw_only=True):
    """
    What came of a scenario.

    Attributes:
        golden: the golden as it would be now; empty where none is wanted, or nothing could be built.
        seconds: that it took, by the clock that was given.
        order, document, pieces: what was looked at; None and empty where nothing could be built.
    """

    scenario: Scenario
    failures: tuple[Failure, ...]
    golden: str
    seconds: float
    order: Order | None
    document: Document | None
    pieces: tuple[Piece, ...]


class HouseOutcomes(Frozen, kw_only=True):
    """A house and the outcomes of its scenarios, in their order."""

    house: HouseFolder
    houses: tuple[HouseFolder, ...]
    templates: Templates
    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The scenarios that failed."""
        return tuple(outcome for outcome in self.outcomes if outcome.failures)


def run_scenarios(
    houses: Sequence[HouseFolder],
    clock: Callable[[], float],
    *,
    accept: bool = False,
    told: Callable[[int], Callable[[int], None]] | None = None,
) -> HouseOutcomes:
    """
    Run the scenarios of the topmost of some houses.

    Args:
        houses: as :func:`lotproof.templates.folders.stack` gives them.
        clock: seconds, from anywhere.
        accept: take the goldens as they are now; the caller writes them.
        told: called with the number of scenarios, gives what is called with each 1 that is done.

    Raises:
        Refused: the house or one of its scenarios is wrong.
    """
    top = houses[-1]
    scenarios = read_scenarios(top)
    templates = load_folder(top.path)
    step = told(len(scenarios)) if told else None
    outcomes = []
    for scenario in scenarios:
        outcomes.append(_run(scenario, top, templates, clock, accept))
        if step:
            step(1)
    return HouseOutcomes(
        house=top,
        houses=tuple(houses),
        templates=templates,
        outcomes=tuple(outcomes),
    )


def of_the_stack(path: Path) -> tuple[tuple[HouseFolder, ...], ...]:
    """Return the stack of every house that a house stands on and that does not ship, the lowest first, and its own last."""
    houses = stack(path)
    return tuple(houses[: place + 1] for place, house in enumerate(houses) if house.base)


def _run(
    scenario: Scenario, house: HouseFolder, templates: Templates, clock: Callable[[], float], accept: bool
) -> Outcome:
    started = clock()
    unseen = None
    try:
        order = _order(scenario, house)
        if order.word is not None and scenario.document == "contract":
            unseen = Failure(
                kind="error",
                message=say("the contract of this house is a Word file, whose words no scenario reads"),
                lines=('document = "checklist"',),
            )
        languages = scenario.languages or order.header.languages
        laid_out = (
            contract(order, languages, None, scenario.profile)
            if scenario.document == "contract"
            else checklist(order, languages)
        )
    except Refused as refused:
        lines = tuple(f"{f.where}: {f.code} {f.message}" for f in refused.findings[:DIFF_LINES])
        unseen = Failure(kind="error", message=say("its order cannot be built"), lines=lines)
    if unseen is not None:
        return Outcome(
            scenario=scenario,
            failures=(unseen,),
            golden="",
            seconds=clock() - started,
            order=None,
            document=None,
            pieces=(),
        )
    found = pieces(laid_out)
    golden = golden_text(scenario, laid_out, found, templates)
    failures = [*_misplaced(scenario, found, templates), *_expectations(scenario, found)]
    if golden and not accept:
        failures += _golden(scenario, golden)
    return Outcome(
        scenario=scenario,
        failures=tuple(failures),
        golden=golden,
        seconds=clock() - started,
        order=order,
        document=laid_out,
        pieces=found,
    )


def _order(scenario: Scenario, house: HouseFolder) -> Order:
    content = scenario.answers or _blank(scenario.category, house.path).encode()
    places = [f"{scenario.file}: set[{number}]" for number in range(1, len(scenario.settings) + 1)]
    built = build(content, scenario.answers_name, settings=scenario.settings, house=house.path, places_of=places)
    return built.order


@lru_cache(maxsize=8)
def _blank(category: str, folder: Path) -> str:
    """Return answers that say what the goods are and nothing else; an item without a code would be refused."""
    return answers_text(
        categories_of(folder)(category, "category"), {"order": {"salt": NO_SALT}, "goods": [{"item": "ITEM-1"}]}
    )


def golden_text(scenario: Scenario, document: Document, found: Sequence[Piece], templates: Templates) -> str:
    """
    Return the golden of a scenario as it would be now; empty where it wants none.

    ``own`` holds the provisions in the words of the house itself, without numbers: what a house beneath changes shows nothing there.
    """
    if scenario.golden == "all":
        return write(document).decode().replace(document.digest, "[digest]")
    if not scenario.golden:
        return ""
    return "".join(f"{line}\n" for line in _own_lines(found, own_parts(templates)))


def own_parts(templates: Templates) -> frozenset[str]:
    """Return the ids of the provisions and exhibits that a house words itself."""
    return frozenset(p.id for p in (*templates.provisions, *templates.exhibits) if p.house == templates.id)


def _own_lines(found: Sequence[Piece], own: frozenset[str]) -> Iterator[str]:
    before = ""
    for piece in found:
        part = piece.part.partition("/")[0]
        if part not in own or "/" in piece.part:
            continue
        if part != before:
            yield f"[{part}]"
        before = part
        yield f"{piece.language}: {piece.bare}"


def _misplaced(scenario: Scenario, found: Sequence[Piece], templates: Templates) -> Iterator[Failure]:
    """Say what is looked for where nothing can stand: what must not be printed there never is."""
    known = {piece.part.partition("/")[0] for piece in found if piece.part}
    known |= {p.id for p in (*templates.provisions, *templates.exhibits)}
    known |= {left.id for left in templates.removed}
    for kind, rows in (("must", scenario.must), ("must_not", scenario.must_not)):
        for part in dict.fromkeys(wanted.part for wanted in rows):
            if part and part.partition("/")[0] not in known:
                message = say("in = {part} is no provision, exhibit or table of this house", part=quoted(part))
                yield Failure(kind=kind, message=message, lines=(did_you_mean(part, known),))


def _expectations(scenario: Scenario, found: Sequence[Piece]) -> Iterator[Failure]:
    for wanted in scenario.must:
        if not holders(wanted, found):
            message = say("{text} is not printed", text=quoted(wanted.text, 200))
            if wanted.part:
                message = say("{text} is not printed in {part}", text=quoted(wanted.text, 200), part=wanted.part)
            yield Failure(kind="must", message=message, lines=_nearest(wanted, found))
    for wanted in scenario.must_not:
        for index in holders(wanted, found)[:1]:
            piece = found[index]
            at = " ".join(part for part in (piece.number, piece.anchor or piece.part) if part)
            message = say("{text} is printed: {where}", text=quoted(wanted.text, 200), where=at)
            yield Failure(kind="must_not", message=message, lines=(piece.text[:DIFF_WIDTH],))


def holders(wanted: Wanted, found: Sequence[Piece]) -> tuple[int, ...]:
    """Return the pieces (by index) that print what is wanted."""
    text = on_one_line(wanted.text)
    return tuple(
        index
        for index, piece in enumerate(found)
        if (not wanted.part or piece.part.partition("/")[0] == wanted.part or piece.part == wanted.part)
        and prints(piece.text, text)
    )


def prints(text: str, wanted: str) -> bool:
    """Say whether a text prints another; a number is not found in a longer one: ``30`` neither in ``130`` nor in ``30.5``."""
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not (_goes_on(text, start - 1, -1) and wanted[0].isdigit()) and not (
            _goes_on(text, end, 1) and wanted[-1].isdigit()
        ):
            return True
        start = text.find(wanted, start + 1)
    return False


def _goes_on(text: str, at: int, step: int) -> bool:
    """Say whether a number goes on at a place of a text."""
    if not 0 <= at < len(text):
        return False
    return text[at].isdigit() or (text[at] in ".," and 0 <= at + step < len(text) and text[at + step].isdigit())


def _nearest(wanted: Wanted, found: Sequence[Piece]) -> tuple[str, ...]:
    """Return the piece that shares most of its words with what is wanted; nothing where none shares half of them."""
    words = frozenset(on_one_line(wanted.text).split()) or frozenset(wanted.text)
    inside = [p for p in found if not wanted.part or p.part.partition("/")[0] == wanted.part]
    if not inside:
        return ()
    best = max(inside, key=lambda piece: len(words & frozenset(piece.text.split())))
    shared = len(words & frozenset(best.text.split()))
    return (f"nearest: {best.number} {best.text[:DIFF_WIDTH]}",) if shared * 2 >= len(words) and len(words) > 1 else ()


def _golden(scenario: Scenario, golden: str) -> Iterator[Failure]:
    path = scenario.golden_path
    if path.is_symlink() or not path.is_file():
        yield Failure(
            kind="golden", message=say("{name} is not there: lotproof house test --accept writes it", name=path.name)
        )
        return
    before = path.read_text(encoding="utf-8", errors="replace")
    if before != golden:
        lines = [
            line[:DIFF_WIDTH]
            for line in difflib.unified_diff(before.splitlines(), golden.splitlines(), lineterm="", n=0)
            if not line.startswith(("---", "+++"))
        ]
        if len(lines) > DIFF_LINES:
            lines = [*lines[:DIFF_LINES], f"... {len(lines) - DIFF_LINES} more"]
        yield Failure(kind="golden", message=say("{name} says otherwise", name=path.name), lines=tuple(lines))
