"""What the data inside says, against the sentences inside: whoever rewrites a sentence has to rewrite what was agreed, and its digest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lotproof.documents.speaking import TOOL
from lotproof.findings import Refused
from lotproof.frozen import Frozen
from lotproof.houses import House, load_house
from lotproof.messages import Message, say
from lotproof.orders.freezing import AgreedWords, agreed_words
from lotproof.orders.inside import Inside
from lotproof.orders.model import LanguageTexts, Order, TermText
from lotproof.orders.tables import Rows, Tables
from lotproof.verify.model import Change, Seen
from lotproof.wording.inlines import Inlines, Value, plain

DATA = "LP704"
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_TABLES = ("parties", "goods", "plan", "shares", "prices")
"""The tables that are laid out again from what was agreed alone."""


def data_changes(inside: Inside, seen: Seen) -> tuple[Change, ...]:
    """Return what is wrong with the data of a file: digests that it does not give, and sentences that do not say what was agreed."""
    found: list[Change] = []
    sealed = inside.sealed
    if not inside.proven:
        about = say("what was agreed does not give the digest that stands beside it: it was changed after it was built")
        found.append(_change("order", "", sealed.digest, "", about))
    if not inside.texts_proven:
        about = say(
            "the sentences inside do not give the digest that stands beside them: they were changed after they were printed"
        )
        found.append(_change("sentences", "", "", "", about))
    stated = dict(seen.stated)
    wanted = {
        "lotproof.digest": sealed.digest,
        "lotproof.kind": inside.printed.kind,
        "lotproof.status": "draft" if inside.order.draft else "final",
    }
    for name, value in wanted.items():
        if stated.get(name, value) != value:
            about = say("a property of the file differs from its data")
            found.append(_change(f"property {name}", "", value, stated[name], about))
    found += _reworded(inside)
    return tuple(found)


class _Compared(Frozen):
    """Two texts that have to say the same: what it is about, as the sentence has it, as what was agreed gives it."""

    clause: str
    what: Message
    sentence: str
    agreed: str


def _reworded(inside: Inside) -> Iterator[Change]:
    order = inside.order
    try:
        house = load_house(order.header.category, order.header.house)
    except Refused:
        return  # a house or category of another version: nothing to word the data by
    exact = inside.printed.tool == TOOL
    for code in inside.printed.languages:
        if code not in house.category.languages or code not in house.templates.labels:
            continue
        for one in _compared(inside, house, code):
            if _differ(one, exact=exact):
                about = say("{what}: the sentences say one thing, what was agreed another", what=one.what)
                yield _change(one.clause, "", one.sentence, one.agreed, about)


def _differ(one: _Compared, *, exact: bool) -> bool:
    """Say whether two texts say different things; of another version's words only the numbers are compared."""
    if exact:
        return one.sentence != one.agreed
    return sorted(_DIGITS.findall(one.sentence)) != sorted(_DIGITS.findall(one.agreed))


def _compared(inside: Inside, house: House, code: str) -> Iterator[_Compared]:
    texts = inside.order.texts[code]
    states = any(one.title for one in texts.terms.values())
    try:
        agreed = agreed_words(inside.order, house, code)
        tables = dict(_tables(inside.order, house, code, texts))
    except (KeyError, IndexError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        what = say("what was agreed cannot be put into words ({error})", error=type(error).__name__)
        yield _Compared("order", what, "", "?")
        return
    for term, words in agreed.items() if states else ():
        if term in texts.terms:
            yield from _term(term, texts.terms[term], words)
        else:
            yield _Compared(term, say("the term"), "", words.required)
    terms = {term.id for term in inside.order.spec.terms}
    yield from (
        _Compared(term, say("the term"), said.title, "") for term, said in texts.terms.items() if term not in terms
    )
    for name, (printed, again) in tables.items():
        keys = [plain(row[0]) for row in again]
        for place, (row, other) in enumerate(zip(printed, again, strict=False)):
            yield from _row(f"{name}.{place + 1}", keys[place], row, other)
        if len(printed) != len(again):
            yield _Compared(name, say("the rows of the table"), str(len(printed)), str(len(again)))


def _term(term: str, printed: TermText, words: AgreedWords) -> Iterator[_Compared]:
    if printed.required:
        yield _Compared(term, say("the limit"), plain(printed.required), words.required)
    elif printed.duty:
        said = [i.text for i in printed.duty if isinstance(i, Value)]
        if words.required not in plain(printed.duty):
            yield _Compared(term, say("the limit"), _nearest(said, words.required), words.required)
    pairs: tuple[tuple[Message, Sequence[str], Sequence[str]], ...] = (
        (say("an entry of the table"), [plain(entry) for entry in printed.entries], words.entries),
        (say("the sample"), printed.samples, words.samples),
        (say("the pass rule"), printed.rules, words.rules),
        (say("the defect class"), (printed.defect_class,), (words.defect_class,)),
    )
    for what, mine, theirs in pairs:
        if len(mine) != len(theirs):
            yield _Compared(term, what, "; ".join(mine), "; ".join(theirs))
        else:
            yield from (_Compared(term, what, a, b) for a, b in zip(mine, theirs, strict=True))


def _nearest(said: Sequence[str], wanted: str) -> str:
    """Return the value of a sentence that stands where the limit should."""
    words = set(wanted.split())
    return max(said, key=lambda text: len(words & set(text.split())), default="")


def _tables(order: Order, house: House, code: str, texts: LanguageTexts) -> Iterator[tuple[str, tuple[Rows, Rows]]]:
    again = Tables(order, house, house.category.languages[code], {})
    for name in _TABLES:
        if name in texts.tables:
            yield name, (texts.tables[name], getattr(again, name)())


def _row(key: str, first: str, printed: tuple[Inlines, ...], again: tuple[Inlines, ...]) -> Iterator[_Compared]:
    mine, theirs = ([plain(cell) for cell in row] for row in (printed, again))
    what = say("the row of {first}", first=first)
    if len(mine) != len(theirs):
        yield _Compared(key, what, " | ".join(mine), " | ".join(theirs))
    else:
        yield from (_Compared(key, what, a, b) for a, b in zip(mine, theirs, strict=True))


def _change(clause: str, number: str, was: str, now: str, about: Message) -> Change:
    return Change(code=DATA, kind="data", clause=clause, number=number, was=was, now=now, about=about)
