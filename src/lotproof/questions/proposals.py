"""What the factory has answered, beside what the buyer has: proposals, of which none counts before the buyer confirms it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from lotproof.catalog.model import Category, Question
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.questions.origins import TABLE as ORIGIN
from lotproof.questions.origins import Origin, origin_table
from lotproof.questions.paths import Path, value_at, written
from lotproof.questions.problems import Problem, blank
from lotproof.questions.setting import placed, standing
from lotproof.questions.values import read_value

Status: TypeAlias = Literal["new", "same", "differs", "refused"]


class Reply(Frozen, kw_only=True):
    """
    What the factory has written.

    Attributes:
        item: code of the item whose row it stands in, for an answer of one item.
        value: as TOML would hold it.
        where: sheet and cell.
    """

    path: Path
    item: str
    value: Any
    where: str
    remark: str = ""


class Proposal(Frozen, kw_only=True):
    """
    A reply beside the buyer's answer.

    Attributes:
        yours, theirs: as TOML holds them; None for a blank.
        status: ``new`` where the buyer has none; ``refused`` where it cannot be an answer, with the reason in ``why``.
    """

    path: Path
    question: Question
    yours: Any
    theirs: Any
    status: Status
    where: str
    remark: str = ""
    why: Message | None = None

    @property
    def open(self) -> bool:
        """It is for the buyer to say yes or no."""
        return self.status in ("new", "differs")


def propose(
    data: Mapping[str, Any], category: Category, replies: Iterable[Reply], questions: Mapping[Path, Question]
) -> tuple[Proposal, ...]:
    """
    Put each reply beside the buyer's answer, in the order of the questions.

    Args:
        data: the buyer's answers, as TOML holds them.
        questions: what the factory is asked for this order, by path.
    """
    rows = data.get("goods")
    items = [row.get("item") for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    made: dict[Path, Proposal] = {}
    strange: list[Proposal] = []
    for reply in replies:
        path, why = reply.path, None
        if reply.item and reply.item in items and isinstance(path[1], int):
            path = (path[0], items.index(reply.item), *path[2:])
        elif reply.item:
            why = say("the order has no item {item}", item=quoted(reply.item))
        question = questions.get(path)
        if question is None or why:
            question = question or Question(key=str(path[-1]), type="text", text={"en": "", "zh": ""}, why={})
            strange.append(
                _proposal(reply, path, question, None, category, why or say("it is not asked of the supplier"))
            )
        else:
            made[path] = _proposal(reply, path, question, value_at(data, standing(data, path)), category)
    return (*(made[path] for path in questions if path in made), *strange)


def _proposal(
    reply: Reply, path: Path, question: Question, yours: Any, category: Category, why: Message | None = None
) -> Proposal:
    yours = None if blank(yours, question.type) else yours
    problems: list[Problem] = []
    theirs = None if why else read_value(question, reply.value, category.units, problems.append)
    refused = [problem for problem in problems if problem.severity == "refuse"]
    if refused and not why:
        why = say("{message}: {hint}", message=refused[0].message, hint=refused[0].hint)
    same = yours is not None and read_value(question, yours, category.units, lambda _: None) == theirs
    status: Status = "refused" if why else "new" if yours is None else "same" if same else "differs"
    return Proposal(
        path=path,
        question=question,
        yours=yours,
        theirs=reply.value,
        status=status,
        where=reply.where,
        remark=reply.remark,
        why=why,
    )


def chosen(proposals: Iterable[Proposal], names: Iterable[str]) -> tuple[Proposal, ...]:
    """
    Return the proposals of some names.

    Raises:
        Refused: a name is none of them, or one that cannot be an answer (LP191).
    """
    known = {written(proposal.path): proposal for proposal in proposals}
    plain = {name.replace('"', ""): proposal for name, proposal in known.items()}
    taken: dict[Path, Proposal] = {}
    found: list[Finding] = []
    for name in names:
        proposal = known.get(name) or plain.get(name)
        if proposal is None:
            message, hint = say("{name} is no proposal of this workbook", name=quoted(name)), did_you_mean(name, known)
        elif proposal.status == "refused":
            message = say("{name} cannot be accepted: {why}", name=quoted(name), why=proposal.why or "")
            hint = say("ask the supplier for another answer, or write your own into the answers file")
        else:
            taken[proposal.path] = proposal
            continue
        found.append(Finding(where="--accept", code="LP191", message=message, hint=hint))
    if found:
        raise Refused(found)
    return tuple(taken.values())


def changes(data: Mapping[str, Any], accepted: Iterable[Proposal], on: datetime.date, by: str = "") -> dict[Path, Any]:
    """
    Return what changes in an answers file by proposals that the buyer accepts: each answer, and its origin.

    Args:
        on: the day on which the buyer confirms them.
        by: who confirms them.
    """
    origin = Origin("supplier", on, by)
    made: dict[Path, Any] = {}
    for proposal in accepted:
        made[standing(data, proposal.path)] = proposal.theirs
        name, row = next(iter(origin_table({proposal.path: origin}).items()))
        made[ORIGIN, name] = row
    return made


def changed(data: Mapping[str, Any], made: Mapping[Path, Any]) -> Mapping[str, Any]:
    """Return answers with some of them changed."""
    for path, value in made.items():
        data = placed(data, path, value)
    return data
