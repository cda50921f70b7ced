"""
A template walked through with the values of an order before anything is rendered.

The walk knows the place of each tag: what is unknown is refused there, what is unanswered is found there, and how often loops turn and how
much is printed is counted, so that rendering ends soon and small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.wordhouses.expressions import LOOP, NotAllowed, evaluate, path_of, paths
from lotproof.wordhouses.tags import DEEPEST, MORE_PARTS, PARTS, Tag, Tagged, large
from lotproof.wordhouses.values import Missing, Table

MOST_TURNS = 20_000
"""Turns of all loops together."""

MOST_PRINTED = 2_000_000
"""Characters that all values together print."""


class Branches(Frozen):
    """A condition with its branches: the tag of each (None for ``else``) and what it prints."""

    branches: tuple[tuple[Tag | None, tuple[Node, ...]], ...]


class Loop(Frozen):
    """A loop: its tag, and what each turn prints."""

    tag: Tag
    body: tuple[Node, ...]


Node: TypeAlias = Tag | Branches | Loop


class Walked(Frozen, kw_only=True):
    """
    What a template comes to with the values of an order.

    Attributes:
        parts: the names of lotproof's own parts in the order in which they are printed.
        findings: what is unanswered, each once with its place.
    """

    parts: tuple[str, ...]
    findings: tuple[Finding, ...]


def structure(tagged: Tagged) -> dict[str, tuple[Node, ...]]:
    """
    Return the conditions and loops of each story.

    Raises:
        Refused: one is not closed, or closes what is not open (LP950); too many within each other (LP956).
    """
    findings: list[Finding] = []
    found = {story: _nested(tags, findings) for story, tags in tagged.tags.items()}
    if findings:
        raise Refused(findings)
    return found


def check_names(nodes: Mapping[str, tuple[Node, ...]], values: Mapping[str, Any]) -> tuple[Finding, ...]:
    """LP955: names that no order has, in whatever branch they stand; ``values`` are those of any order of the house."""
    findings: list[Finding] = []
    for story in nodes.values():
        _Names(values, findings).walk(story, {})
    return tuple(dict.fromkeys(findings))


def walk(nodes: Mapping[str, tuple[Node, ...]], values: Mapping[str, Any]) -> Walked:
    """
    Print a template without printing it.

    Raises:
        Refused: a name that the order does not have (LP955), an expression whose values do not fit (LP954), too many turns or too
            much text (LP956).
    """
    walker = _Walker(values)
    for story in nodes.values():
        walker.walk(story, {})
    if walker.refused:
        raise Refused(dict.fromkeys(walker.refused))
    return Walked(parts=tuple(walker.parts), findings=tuple(dict.fromkeys(walker.found)))


def lacking(parts: Sequence[str], name: str) -> Iterator[Finding]:
    """LP959: what every contract prints and this one does not, or twice."""
    for part in (*PARTS, *MORE_PARTS):
        times = parts.count(part)
        if times == 1 or (not times and part in MORE_PARTS):
            continue
        if not times:
            message = say(
                "the contract does not print {part}, so that it would not hold what the checklist inspects", part=part
            )
            hint = say(
                "write {{{{ {part} }}}} into a paragraph of its own, where no condition leaves it out", part=part
            )
        else:
            message = say("the contract prints {part} {times} times", part=part, times=times)
            hint = say("print it once: whoever reads two could read two different ones")
        yield Finding(where=name, code="LP959", message=message, hint=hint)


def _nested(tags: Sequence[Tag], findings: list[Finding]) -> tuple[Node, ...]:
    open_: list[tuple[Tag, list[tuple[Tag | None, list[Node]]]]] = []
    top: list[Node] = []

    def out() -> list[Node]:
        return open_[-1][1][-1][1] if open_ else top

    for tag in tags:
        match tag.kind:
            case "if" | "for":
                if len(open_) >= DEEPEST:
                    findings.append(
                        large(tag.where, say("more than {most} conditions and loops within each other", most=DEEPEST))
                    )
                    return ()
                open_.append((tag, [(tag, [])]))
            case "elif" | "else":
                begun = open_[-1] if open_ else None
                if begun is None or begun[0].kind != "if" or begun[1][-1][0] is None:
                    findings.append(_unopened(tag))
                    return ()
                begun[1].append((tag if tag.kind == "elif" else None, []))
            case "endif" | "endfor":
                if not open_ or open_[-1][0].kind != tag.kind.removeprefix("end"):
                    findings.append(_unopened(tag))
                    return ()
                opened, branches = open_.pop()
                if opened.kind == "for":
                    out().append(Loop(opened, tuple(branches[0][1])))
                else:
                    out().append(Branches(tuple((one, tuple(body)) for one, body in branches)))
            case "comment":
                pass
            case _:
                out().append(tag)
    for opened, _ in open_:
        message = say("{tag} is never closed", tag=quoted(opened.text))
        findings.append(
            Finding(
                where=opened.where,
                code="LP950",
                message=message,
                hint=say("write {{% end{word} %}} where it ends", word=opened.kind),
            )
        )
    return tuple(top)


def _unopened(tag: Tag) -> Finding:
    message = say("{tag} belongs to nothing that is open there", tag=quoted(tag.text))
    return Finding(
        where=tag.where,
        code="LP950",
        message=message,
        hint=say("each {{% if %}} has one {{% endif %}}, each {{% for %}} one {{% endfor %}}, one within the other"),
    )


class _Names:
    """Looks every name up, in branches that are not taken too; a list stands for its first entry."""

    def __init__(self, values: Mapping[str, Any], findings: list[Finding]) -> None:
        self.values, self.findings = values, findings

    def walk(self, nodes: Sequence[Node], scope: Mapping[str, Any]) -> None:
        for node in nodes:
            match node:
                case Tag():
                    if node.node is not None:
                        self._paths(node, scope)
                case Branches(branches):
                    for tag, body in branches:
                        if tag is not None:
                            self._paths(tag, scope)
                        self.walk(body, scope)
                case Loop(tag, body):
                    self._paths(tag, scope)
                    many = self._find(path_of(tag.node), scope)
                    first = many[0] if isinstance(many, tuple) and many else _ANY
                    self.walk(body, {**scope, tag.name: first, "loop": _LOOP})

    def _paths(self, tag: Tag, scope: Mapping[str, Any]) -> None:
        for path in paths(tag.node):
            found = _looked_up(path, scope, self.values)
            if isinstance(found, _Unknown):
                self.findings.append(unknown(tag, path, found))

    def _find(self, path: tuple[str, ...], scope: Mapping[str, Any]) -> Any:
        return _looked_up(path, scope, self.values)


class _Unknown:
    """What a name gives that there is not."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name, self.known = name, known


_ANY = Missing("")
_LOOP = Table(dict.fromkeys(LOOP, 0))


def _looked_up(path: tuple[str, ...], scope: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    first, *others = path
    if first in scope:
        value = scope[first]
    elif first in values:
        value = values[first]
    else:
        return _Unknown(first, [*scope, *values])
    for name in others:
        if isinstance(value, Missing):
            return value
        if not isinstance(value, Mapping) or name not in value:
            return _Unknown(name, sorted(value) if isinstance(value, Mapping) else [])
        value = value[name]
    return value


def unknown(tag: Tag, path: tuple[str, ...], found: _Unknown) -> Finding:
    """LP955: a tag names what no order has."""
    message = say("{tag} names {name}, which no order has", tag=quoted(tag.text), name=".".join(path)[:60])
    return Finding(where=tag.where, code="LP955", message=message, hint=did_you_mean(found.name, found.known))


class _Walker:
    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.parts: list[str] = []
        self.found: list[Finding] = []
        self.refused: list[Finding] = []
        self.turns = self.printed = 0

    def walk(self, nodes: Sequence[Node], scope: Mapping[str, Any]) -> None:
        for node in nodes:
            match node:
                case Tag(kind="part"):
                    self.parts.append(node.name)
                case Tag():
                    if node.node is not None:
                        self._print(node, scope)
                case Branches(branches):
                    for tag, body in branches:
                        if tag is None or self._value(tag, scope):
                            self.walk(body, scope)
                            break
                case Loop():
                    self._loop(node, scope)

    def _loop(self, loop: Loop, scope: Mapping[str, Any]) -> None:
        many = self._value(loop.tag, scope)
        if isinstance(many, Missing):
            return
        if not isinstance(many, tuple):
            self.refused.append(_unfit(loop.tag, say("a loop goes over a list, such as goods")))
            return
        for place, entry in enumerate(many):
            self.turns += 1
            if self.turns > MOST_TURNS:
                raise Refused([large(loop.tag.where, say("its loops turn more than {most:,} times", most=MOST_TURNS))])
            self.walk(loop.body, {**scope, loop.tag.name: entry, "loop": _turn(place, len(many))})

    def _print(self, tag: Tag, scope: Mapping[str, Any]) -> None:
        value = self._value(tag, scope)
        if isinstance(value, Missing):
            self.found.append(
                Finding(
                    where=tag.where,
                    code="LP957",
                    severity=Severity.OPEN,
                    message=say("{tag} has no answer and prints a blank", tag=quoted(tag.text)),
                    hint=say("answer it, or put it behind a condition: {{% if {name} %}}", name=value.name or "name"),
                )
            )
        elif value is None or isinstance(value, Mapping | tuple | bool):
            self.refused.append(_unfit(tag, say("a list, a group or a yes or no is no text")))
        else:
            text = str(getattr(value, "shown", value))
            self.printed += len(text)
            if self.printed > MOST_PRINTED:
                raise Refused(
                    [large(tag.where, say("its values print more than {most:,} characters", most=MOST_PRINTED))]
                )
            if any(ord(sign) < 32 and sign not in "\n\t" or sign in "\x7f\ufffe\uffff" for sign in text):
                self.refused.append(_unfit(tag, say("the value holds a control character")))

    def _value(self, tag: Tag, scope: Mapping[str, Any]) -> Any:
        def lookup(path: tuple[str, ...]) -> Any:
            found = _looked_up(path, scope, self.values)
            if isinstance(found, _Unknown):
                self.refused.append(unknown(tag, path, found))
                return Missing("")
            return found

        try:
            return evaluate(tag.node, lookup)
        except NotAllowed as error:
            self.refused.append(_unfit(tag, error.why))
            return Missing("")


def _turn(place: int, many: int) -> Table:
    return Table(
        {
            "first": place == 0,
            "last": place == many - 1,
            "index": place + 1,
            "index0": place,
            "length": many,
            "revindex": many - place,
            "revindex0": many - place - 1,
        }
    )


def _unfit(tag: Tag, why: Message) -> Finding:
    """LP954: the values of this order do not fit an expression."""
    message = say("{tag} is not allowed: {why}", tag=quoted(tag.text), why=why)
    hint = say(
        "a contract takes names with attributes, conditions, loops over names and a few filters: docs/word-houses.md"
    )
    return Finding(where=tag.where, code="LP954", message=message, hint=hint)
