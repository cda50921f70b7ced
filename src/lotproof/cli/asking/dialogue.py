"""The conversation of `lotproof new`: puts the steps of the flow, takes what is typed, goes back, jumps, and saves after every answer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from lotproof.catalog.model import Category, Question
from lotproof.cli.asking.draft import LEFT, Draft
from lotproof.cli.asking.kept import Kept
from lotproof.cli.asking.picking import numbers, speaking_of
from lotproof.cli.asking.screen import Screen, Stopped
from lotproof.findings import Severity
from lotproof.frozen import replace
from lotproof.questions import flow as f
from lotproof.questions.cards import Card
from lotproof.questions.origins import TABLE, Origin, origin_table
from lotproof.questions.paths import value_at
from lotproof.questions.problems import Problem, blank
from lotproof.questions.steps import TERMS, Flow, Step, is_stated
from lotproof.questions.typed import YES_OR_NO, Ambiguous, Misread, Understood, understand
from lotproof.questions.values import read_value
from lotproof.wording.lexicon import vague

_FREE = ("words", "text")
"""Types of answers that are somebody's own words."""


class Dialogue:
    """One person, one answers file."""

    def __init__(
        self, screen: Screen, draft: Draft, category: Category, today: datetime.date, kept: Kept | None = None
    ) -> None:
        self.screen, self.draft, self.category, self.today, self.kept = screen, draft, category, today, kept
        self.flow = Flow(category)
        data = dict(draft.data)
        put = frozenset(data.pop(LEFT, ()))
        self.origins: dict[str, Any] = dict(data.pop(TABLE, {}))
        self.state = f.begin(category, kept.unfolded(data) if kept else data, put)
        followed = frozenset(name for name, row in self.origins.items() if row.get("how") == "suggestion")
        self.state = replace(self.state, followed=followed)
        self.last: Step | None = None

    # saving

    def _save(self) -> None:
        left = sorted(self.state.put)
        head = {
            key: self.state.data[key] for key in ("format", "category", "house", "confirmed") if key in self.state.data
        }
        data = {**head, LEFT: left, **{k: v for k, v in self.state.data.items() if k not in head}}
        data = dict(self.kept.folded(data)) if self.kept else data
        if self.origins:
            data[TABLE] = self.origins
        self.draft.save(data)

    def _origin(self, step: Step, how: str) -> None:
        if step.kind == "answer":
            place = step.path.index(TERMS) + 3 if TERMS in step.path else len(step.path)
            origin = origin_table({step.path[:place]: Origin(how, self.today)})  # a table of rows has one origin
            self.origins = {**self.origins, **origin}

    def answered(self) -> int:
        """Return how many answers there are."""
        return sum(step.kind == "answer" for step in self._answered())

    # the loop

    def run(self) -> bool:
        """Put every open step; True when nothing is open any more, False when the person has stopped."""
        try:
            while True:
                step = f.next_question(self.flow, self.state)
                if step is None:
                    if not self._end():
                        return True
                    continue
                self._put(step)
        except Stopped:
            self._save()
            return False

    def _end(self) -> bool:
        """Offer a last look; True when an answer was put again, which may have opened a question."""
        self.screen.line()
        self.screen.tell("done", self.draft.path)
        while True:
            self.screen.tell("closing")
            typed = self.screen.read("")
            if not typed:
                return False
            if (step := self._command(typed, None)) is not None:
                self._put(step)
                return True

    def _put(self, step: Step | None) -> None:
        """Put a step, and those that a command leads to, until one is answered."""
        while step is not None:
            step = self._clauses(step) if step.kind == "clauses" else self._one(step)

    def _one(self, step: Step) -> Step | None:
        """Put one step; return the step to put next, or None to go on with what is open."""
        if self.kept and (cards := self.kept.offered(step, self.state.data)):
            there, moved = self._pick(step, cards)
            if there:
                return moved
        self._show(step)
        current = value_at(self.state.data, step.path)
        while True:
            typed = self.screen.read(step.id)
            if typed.startswith((":", "<")):
                moved = self._command(typed, step)
                if moved is not step:
                    return moved
                continue
            if not typed:
                if step.kind != "answer" or not blank(current, step.question.type):
                    if step.kind in ("table", "row") and current is None:
                        self._take(step, False, "typed")
                    else:
                        self.state = replace(self.state, at=(step.section, step.path))
                    return None
                self.state = f.leave(self.state, step)
                self._save()
                return None
            followed = typed.startswith("=")
            if (value := self._offer(typed, step) if followed else self._understood(step.question, typed)) is None:
                continue
            if step.kind == "answer":
                value = self._both_languages(step.question, value) if not followed else value
                if not self._fits(step, value):
                    continue
            self._take(step, value, "suggestion" if followed else "typed", followed=followed)
            return None

    def _pick(self, step: Step, cards: tuple[Card, ...]) -> tuple[bool, Step | None]:
        """Offer the parties that the house keeps; return whether the step is done with, and the one to put next."""
        assert self.kept is not None
        self.screen.line()
        self.screen.line(self.flow.title(step.section, self.screen.language), dim=True)
        self.screen.tell("parties")
        for number, card in enumerate(cards, 1):
            self.screen.line(f"{number:>3}  {card.id}: {' / '.join(card.names)}", 2)
        while True:
            typed = self.screen.read(self.screen.say("party"))
            if not typed:
                return False, None
            if typed.startswith((":", "<")):
                moved = self._command(typed, step)
                if moved is not step:
                    return True, moved
                continue
            places = numbers(typed, len(cards))
            chosen = cards[places[0] - 1] if len(places) == 1 else self.kept.named(typed, step)
            if chosen is None:
                self.screen.tell("no_match")
                continue
            self.state = replace(self.state, data=self.kept.taken(self.state.data, step, chosen))
            self._save()
            return True, None

    def _take(self, step: Step, value: Any, how: str, *, followed: bool = False) -> None:
        self.state = f.answer(self.flow, self.state, step, value, followed=followed)
        self._origin(step, how)
        self._save()

    # what is typed

    def _offer(self, typed: str, step: Step) -> Any:
        """Return the suggestion that ``=`` or ``=2`` takes, as TOML holds it."""
        offered = self._offered(step)
        number = (
            int(typed[1:])
            if typed[1:].isascii() and typed[1:].isdigit() and len(typed) < 5
            else 1
            if typed == "="
            else 0
        )
        if not 1 <= number <= len(offered):
            self.screen.tell("no_offer")
            return None
        value = offered[number - 1]
        return self._understood(step.question, value) if isinstance(value, str) else value

    def _understood(self, question: Question, typed: str) -> Any:
        """Return what a text says, after asking where it says two things; None where it says nothing that fits."""
        read = understand(question, typed, self.category.units)
        match read:
            case Misread(message):
                self.screen.line(self.screen.said(message), 2)
                return None
            case Ambiguous(readings):
                self.screen.tell("which", len(readings))
                for number, one in enumerate(readings, 1):
                    self.screen.line(f"{number}  {self.screen.said(one.shown)}", 2)
                chosen = self.screen.read("1 2")
                if not (chosen.isascii() and chosen.isdigit() and 1 <= int(chosen[:3]) <= len(readings)):
                    self.screen.tell("again")
                    return None
                read = readings[int(chosen[:3]) - 1]
        assert isinstance(read, Understood)
        if read.shown != typed:
            self.screen.line(f"{self.screen.say('understood')}: {self.screen.said(read.shown)}", 2)
        return read.raw

    def _both_languages(self, question: Question, value: Any) -> Any:
        """Ask for the other language of somebody's own words, where the contract has two."""
        languages = value_at(self.state.data, ("order", "languages"))
        if question.type != "words" or not isinstance(value, Mapping) or len(value) != 1 or languages != "en-zh":
            return value
        other = "zh" if "en" in value else "en"
        typed = self.screen.read(self.screen.say("in_chinese" if other == "zh" else "in_english"))
        return {**value, other: typed} if typed else value

    def _fits(self, step: Step, value: Any) -> bool:
        """Say whether an answer can be taken; tell what is wrong with it, what is to be known, and what nobody could check."""
        problems: list[Problem] = []
        read_value(step.question, value, self.category.units, problems.append)
        for problem in problems:
            self.screen.line(f"{problem.code}: {self.screen.said(problem.message)}", 2)
            if problem.severity is not Severity.NOTE:
                self.screen.line(f"{self.screen.say('mend')}: {self.screen.said(problem.hint)}", 2)
        if any(problem.severity is Severity.REFUSE for problem in problems):
            return False
        return step.question.type not in _FREE or self._measurable(value)

    def _measurable(self, value: Any) -> bool:
        """Show vague words and what to ask for instead; the person may keep them."""
        language = self.screen.language
        found = [one for text in (value.values() if isinstance(value, Mapping) else [value]) for one in vague(text)]
        found = [one for one in found if one.expression.severity != "info"]
        for one in found:
            self.screen.tell("vague", one.quote, one.expression.why[language], one.expression.ask[language], indent=2)
        return not found or not self.screen.read(self.screen.say("keep"))

    # what is shown

    def _show(self, step: Step) -> None:
        screen, language = self.screen, self.screen.language
        question = step.question
        every = [(one.section, one.path) for one in f.steps(self.flow, self.state)]
        here = (step.section, step.path)
        number = every.index(here) + 1 if here in every else len(every)
        screen.line()
        screen.line(f"{screen.say('place', number, len(every))}  {self.flow.title(step.section, language)}", dim=True)
        if where := self._where(step):
            screen.line(where)
        screen.line(question.text[language], bold=True)
        if question.why:
            screen.line(question.why[language], 2)
        for number, (_, words) in enumerate(question.choices, 1):
            screen.line(f"{number}  {words[language]}", 4)
        low, high = (
            f"{b:f} {question.unit}".rstrip() if b is not None else "" for b in (question.minimum, question.maximum)
        )
        if low and high:
            screen.tell("between", low, high, indent=2)
        elif low or high:
            screen.tell("least" if low else "most", low or high, indent=2)
        if question.type == "flag":
            screen.tell("yes_no", indent=2)
        if offered := self._offered(step):
            shown = "   ".join(f"={'' if n == 1 else n} {self._value(value)}" for n, value in enumerate(offered, 1))
            screen.line(f"{screen.say('offered')}: {shown}", 2)
        elif question.example:
            screen.line(f"{screen.say('example')}: {question.example}", 2)
        current = value_at(self.state.data, step.path)
        if step.kind == "answer" and not blank(current, question.type):
            screen.line(f"{screen.say('now')}: {self._value(current)}", 2)
        elif step.kind == "answer":
            screen.line(f"{screen.say('blank')}: {screen.say(_blank(step))}", 2)

    def _where(self, step: Step) -> str:
        """Name the clause, the item or the row that a step belongs to."""
        parts = []
        path = step.path
        if path[0] == "goods" and len(path) > 1:
            item = value_at(self.state.data, (*path[:2], "item"))
            parts.append(f"{self.screen.say('item')} {item or int(path[1]) + 1}")
        if TERMS in path and step.kind != "clauses":
            place = path.index(TERMS)
            clause = self.category.clauses[str(path[place + 1])]
            parts.append(self._title(clause.id))
            rows = [part for part in path[place + 2 :] if isinstance(part, int)]
            parts += [f"{self.screen.say('row')} {row + 1}" for row in rows]
        elif path[0] != "goods" and len(path) > 1 and isinstance(path[1], int):
            parts.append(f"{self.screen.say('row')} {path[1] + 1}")
        return ", ".join(parts)

    def _title(self, clause: str) -> str:
        return "".join(
            p for p in self.category.clauses[clause].sentences["title"][self.screen.language] if isinstance(p, str)
        )

    def _offered(self, step: Step) -> tuple[Any, ...]:
        offered = f.suggestions(self.flow, self.state, step)
        kept = self.kept.answers(step) if self.kept else ()
        return (self.today, *offered) if step.id == "order.date" else (*kept, *(o for o in offered if o not in kept))

    # commands

    def _command(self, typed: str, step: Step | None) -> Step | None:
        """Do what a command says; return the step to put next, the same one to put it again."""
        word, _, rest = typed.partition(" ")
        match word:
            case "<" | ":b" | ":back":
                back = f.previous(self.flow, self.state, step)
                if back is None:
                    self.screen.tell("first")
                return back or step
            case ":j" | ":jump":
                return self._jump(rest.strip()) or step
            case ":r" | ":review":
                self._review()
                return step
            case ":e" | ":edit":
                return self._edit(rest.strip()) or step
            case ":x" if step is not None:
                self.state = f.leave(self.state, step)
                self._save()
                return None
            case ":d" if step is not None:
                return self._remove(step)
            case ":i" if step is not None:
                return self._by_item(step)
            case ":h" | ":help" | ":?":
                self.screen.tell("help", indent=2)
                return step
        self.screen.tell("unknown", word)
        return step

    def _jump(self, typed: str) -> Step | None:
        there = [s for s in self.flow.sections if any(True for _ in f.section_steps(self.flow, self.state, s))]
        if not typed:
            self.screen.tell("sections")
            for number, section in enumerate(there, 1):
                self.screen.line(f"{number:>2}  {self.flow.title(section, self.screen.language)}", 2)
            typed = self.screen.read(self.screen.say("to_section"))
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:3]) <= len(there):
            return next(iter(f.section_steps(self.flow, self.state, there[int(typed[:3]) - 1])))
        if typed in there:
            return next(iter(f.section_steps(self.flow, self.state, typed)))
        self.screen.tell("no_section")
        return None

    def _answered(self) -> list[Step]:
        """Return the steps that have an answer, in order; the numbers of the review count them."""
        seen: dict[str, Step] = {}
        for step in f.steps(self.flow, self.state):
            if (
                step.kind == "answer"
                and not blank(value_at(self.state.data, step.path), step.question.type)
                or step.kind in ("table", "clauses")
            ):
                seen.setdefault(step.id, step)
        return list(seen.values())

    def _review(self) -> None:
        section = ""
        self.screen.tell("review", bold=True)
        for number, step in enumerate(self._answered(), 1):
            if step.section != section:
                section = step.section
                self.screen.line(self.flow.title(section, self.screen.language), 2)
            self.screen.line(f"{number:>3}  {step.id}: {self._reads(step)}", 4)
        self.screen.tell("to_edit")

    def _reads(self, step: Step) -> str:
        if step.kind == "clauses":
            return ", ".join(c for c in step.clauses if is_stated(self.state.data, c)) or "-"
        value = value_at(self.state.data, step.path)
        return ("-" if value is None else "+") if step.kind == "table" else self._value(value)

    def _value(self, value: Any) -> str:
        """Return an answer as it is shown."""
        match value:
            case bool():
                return self.screen.said(YES_OR_NO[value])
            case Mapping():
                return " // ".join(str(text) for text in value.values())
            case list() | tuple():
                return "; ".join(self._value(one) for one in value)
            case _:
                return str(value)

    def _edit(self, typed: str) -> Step | None:
        answered = self._answered()
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= len(answered):
            return answered[int(typed[:6]) - 1]
        found = next((step for step in f.steps(self.flow, self.state) if step.id == typed), None)
        if found is None:
            self.screen.tell("no_number")
        return found

    def _remove(self, step: Step) -> Step | None:
        place = next((i for i in range(len(step.path) - 1, 0, -1) if isinstance(step.path[i], int)), None)
        if place is None or step.kind != "answer" or value_at(self.state.data, step.path[: place + 1]) is None:
            self.screen.tell("not_a_row")
            return step
        self.state = f.remove_row(self.state, step.path[: place + 1])
        self.origins = {}
        self._save()
        self.screen.tell("removed")
        return None

    def _by_item(self, step: Step) -> Step | None:
        """State the clause of a step for each item by itself."""
        if step.path[0] != TERMS or step.kind == "clauses" or len(value_at(self.state.data, ("goods",)) or ()) < 2:
            self.screen.tell("not_by_item")
            return step
        clause = str(step.path[1])
        self.state = f.by_item(self.state, clause)
        self._save()
        return next((s for s in f.section_steps(self.flow, self.state, step.section) if clause in s.path), None)

    # which clauses

    def _clauses(self, step: Step) -> Step | None:
        """Let the person take some of many clauses by number or by a word."""
        chosen = {c for c in step.clauses if is_stated(self.state.data, c)}
        listed = speaking_of(self.category, step.clauses, value_at(self.state.data, ("order", "trouble")))
        self.screen.line()
        self.screen.line(f"{self.flow.title(step.section, self.screen.language)}", dim=True)
        self.screen.line(step.question.text[self.screen.language], bold=True)
        self._list(listed, chosen)
        self.screen.tell("pick")
        while True:
            typed = self.screen.read(step.id)
            if typed.startswith((":", "<")):
                moved = self._command(typed, step)
                if moved is not step:
                    return moved
                continue
            if not typed:
                if step.needed and not chosen:
                    self.screen.tell("needed")
                    continue
                self._take(step, tuple(c for c in step.clauses if c in chosen), "typed")
                return None
            if typed in ("all", "全选", "none", "清空"):
                chosen = set(step.clauses) if typed in ("all", "全选") else set()
            elif typed in step.clauses:
                chosen ^= {typed}
            elif places := numbers(typed, len(listed)):
                chosen ^= {listed[place - 1] for place in places}
            else:
                found = [c for c in listed if typed.casefold() in f"{c} {self._title(c)}".casefold()]
                self._list(listed, chosen, set(found)) if found else self.screen.tell("no_match")
                continue
            self.screen.line(f"{self.screen.say('picked')}: {', '.join(sorted(chosen)) or '-'}", 2)

    def _list(self, listed: tuple[str, ...], chosen: set[str], only: set[str] | None = None) -> None:
        for number, clause in enumerate(listed, 1):
            if only is None or clause in only:
                mark = "*" if clause in chosen else " "
                self.screen.line(f"{mark}{number:>3}  {self._title(clause)}", 1)


def _blank(step: Step) -> str:
    if step.question.optional:
        return "left_optional"
    return "left_term" if TERMS in step.path else "left_group"
