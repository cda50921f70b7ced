"""Deadlines as ``lotproof deadlines`` prints them: a table of 80 columns for people, and JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from lotproof.cli.columns import padded, wrapped
from lotproof.clocks import saying
from lotproof.clocks.model import SHANGHAI, Deadline
from lotproof.clocks.rules import Source, shipped_rules
from lotproof.findings import Finding, Severity
from lotproof.frozen import Frozen
from lotproof.messages import say

_INDENT = 12
_AWAY = 14

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "digest": "digest",
            "today": "Today is {today}. Counted in {zones}; the earliest date is printed.",
            "and": " and ",
            "next": "NEXT",
            "past": "PAST",
            "not known": "NOT KNOWN",
            "done": "NO LONGER RUNNING",
            "nothing": "No clock has a date yet.",
            "enter": "enter {needs}",
            "unconfirmed": "NOT CONFIRMED: {keys} blank in the order",
            "ended": "needless since {event} {day}",
            "kept": "{event} {day}",
            "ran": "ran until {event} {day}",
            "late": ", {days} late by the latest counting",
            "rule": "Rule: {rule}",
            "source": "Source: {source}",
            "counting": "{way} in {zone}, from {start}: {day}",
            "inclusive": "first day counted",
            "exclusive": "first day not counted",
            "undated": "page without a date",
            "superseded": "for orders before {day}",
            "as_of": "Published rules as of {day}, {age} old: the order page decides.",
            "more": "--explain says what to do and by which rule; --published adds the published windows.",
            "advice": "No legal advice.",
            "buyer": "buyer",
            "seller": "seller",
            "platform": "platform",
            "by": "{who}, by {time}; ",
            "day": "the end of the day",
            "from": "{who}, from this day on; ",
            "on": "{who}, on this day; ",
            "times": "Times are those of {zone}: the day ends then in China, or a due time is reached.",
            "missing": "Until you enter {needs}:",
        },
        "zh": {
            "digest": "摘要值",
            "today": "今天是{today}。按{zones}计算，列出最早日期。",
            "and": "和",
            "next": "即将到期",
            "past": "已过",
            "not known": "未知",
            "done": "不再计算",
            "nothing": "尚无可确定的日期。",
            "enter": "请填写 {needs}",
            "unconfirmed": "未确认：订单中{keys}为空",
            "ended": "自{event}（{day}）起无需办理",
            "kept": "{event}（{day}）",
            "ran": "计至{event}（{day}）",
            "late": "，按最晚算法迟{days}",
            "rule": "规则：{rule}",
            "source": "来源：{source}",
            "counting": "{zone}，{way}，自{start}：{day}",
            "inclusive": "首日计入",
            "exclusive": "首日不计入",
            "undated": "页面未载日期",
            "superseded": "适用于{day}前的订单",
            "as_of": "公开规则截至{day}（距今{age}）：以订单页面为准。",
            "more": "--explain 说明应做事项及规则；--published 另列公开的期限。",
            "advice": "本输出不构成法律意见。",
            "buyer": "买方",
            "seller": "卖方",
            "platform": "平台",
            "by": "{who}，该日{time}前；",
            "day": "24:00",
            "from": "{who}，自该日起；",
            "on": "{who}，于该日；",
            "times": "所列时刻为{zone}时间：中国当日结束之时，或设定的截止时间。",
            "missing": "须填写 {needs}：",
        },
    }
)


class Heading(Frozen, kw_only=True):
    """
    What stands above the dates.

    Attributes:
        number: of the order, with its revision.
        zone: name of the buyer's zone; None counts in Shanghai alone.
        language: ``en`` or ``zh``.
    """

    number: str
    digest: str
    today: datetime.date
    zone: str | None
    language: str


def notes(zone: str | None) -> tuple[Finding, ...]:
    """LP410: no zone was given, so that everything is counted as if the buyer were in China."""
    if zone is not None:
        return ()
    return (
        Finding(
            where="--zone",
            code="LP410",
            severity=Severity.NOTE,
            message=say("the buyer's time zone is not known: every date is counted in Asia/Shanghai alone"),
            hint=say("give it, such as --zone Europe/Berlin"),
        ),
    )


# --- for people ------------------------------------------------------------------------------------------------------------------


def page(heading: Heading, found: Sequence[Deadline], *, explain: bool) -> Iterator[str]:
    """Yield the lines for people: what lies ahead, the nearest first; what is past, the last first; what is not known; what is done."""
    words = _WORDS[heading.language]
    zones = words["and"].join(dict.fromkeys((heading.zone or str(SHANGHAI), str(SHANGHAI))))
    yield f"{heading.number}, {words['digest']} {heading.digest[:16]}".lstrip(", ")
    yield from wrapped(words["today"].format(today=heading.today, zones=zones), 0)
    if any(saying.ends(d) for d in found):
        yield from wrapped(words["times"].format(zone=heading.zone), 0)
    groups = {
        "next": [d for d in found if d.status in ("today", "ahead")],
        "past": [d for d in reversed(found) if d.status == "past"],
        "not known": [d for d in found if d.status == "not known"],
        "done": [d for d in found if d.status == "done"],
    }
    for name, deadlines in groups.items():
        if deadlines or name == "next":
            yield ""
            yield words[name]
            if name == "not known" and not explain:
                yield from _lacking(heading, deadlines)
            else:
                yield from (line for d in deadlines for line in _rows(heading, d, explain=explain))
        if not deadlines and name == "next":
            yield words["nothing"]
    as_of = shipped_rules().as_of
    age = (heading.today - as_of).days
    yield ""
    yield from wrapped(words["as_of"].format(day=as_of, age=_days(max(age, 0), heading.language)), 0)
    yield from wrapped(("" if explain else words["more"] + " ") + words["advice"], 0)


def _lacking(heading: Heading, found: Sequence[Deadline]) -> Iterator[str]:
    """Yield what has to be entered, and under each what it would give a date to."""
    words, language = _WORDS[heading.language], heading.language
    titles: dict[str, list[str]] = {}
    for deadline in found:
        needs = saying.needs(deadline, language) or "; ".join(remark[language] for remark in deadline.remarks)
        titles.setdefault(needs, []).append(deadline.title[language])
    for needs, listed in titles.items():
        yield from wrapped(words["missing"].format(needs=needs), 2)
        yield from (line for title in listed for line in wrapped(title, 4))


def _rows(heading: Heading, found: Deadline, *, explain: bool) -> Iterator[str]:
    """Yield the lines of one deadline: date, distance and title; under it how it was counted, or what is lacking."""
    language = heading.language
    title = found.title[language] + (f" ({found.code})" if found.code else "")
    first, *others = wrapped(title, _INDENT + _AWAY)
    away = "" if found.status == "done" else saying.status(found, heading.today, language)
    yield padded(str(found.day or ""), _INDENT) + padded(away, _AWAY) + first[_INDENT + _AWAY :]
    yield from others
    for line in (*_counted(heading, found), *(_explained(heading, found) if explain else ())):
        yield from wrapped(line, _INDENT)


def _counted(heading: Heading, found: Deadline) -> Iterator[str]:
    words, language = _WORDS[heading.language], heading.language
    if found.ended is not None:
        event = shipped_rules().events[found.ended.name].title[language]
        ran = found.kind == "from" and found.day is not None and found.ended.day >= found.day
        kept = words["kept" if found.late_days is not None else "ran" if ran else "ended"]
        kept = kept.format(event=event, day=found.ended.day)
        yield kept + (words["late"].format(days=_days(found.late_days, language)) if found.late_days else "")
        return
    if found.needs:
        yield words["enter"].format(needs=saying.needs(found, language))
    if found.day is not None:
        time = saying.ends(found) or words["day"]
        yield words[found.kind].format(who=words[found.who], time=time) + saying.counted(found, language)
    if found.unconfirmed:
        yield words["unconfirmed"].format(keys=", ".join(found.unconfirmed))
    yield from (remark[language] for remark in found.remarks)


def _explained(heading: Heading, found: Deadline) -> Iterator[str]:
    words, language = _WORDS[heading.language], heading.language
    yield found.todo[language]
    yield words["rule"].format(rule=found.rule[language])
    for c in found.countings:
        yield words["counting"].format(
            way=words[c.counting], zone=c.zone, start=f"{c.anchor} {c.anchor_day}", day=c.day
        )
    for source in found.sources:
        yield words["source"].format(source=_source(source, language))


def _source(source: Source, language: str) -> str:
    words = _WORDS[language]
    if source.confidence == "agreed":
        return f"{source.title[language]} ({source.id})"
    age = str(source.dated) if source.dated else words["undated"]
    if source.superseded:
        age += "; " + words["superseded"].format(day=source.superseded)
    return f"{source.title[language]} ({source.where}; {age}; {source.confidence})"


def _days(count: int, language: str) -> str:
    if language == "zh":
        return f"{count}天"
    return f"{count} day" if count == 1 else f"{count} days"


# --- for programs ----------------------------------------------------------------------------------------------------------------


def page_json(heading: Heading, found: Sequence[Deadline]) -> dict[str, Any]:
    """Return everything that was counted as JSON: days as ISO 8601, texts in both languages."""
    return {
        "order": heading.number,
        "digest": heading.digest,
        "today": heading.today.isoformat(),
        "zones": list(dict.fromkeys((heading.zone or str(SHANGHAI), str(SHANGHAI)))),
        "rules_as_of": shipped_rules().as_of.isoformat(),
        "deadlines": [_deadline_json(d, heading) for d in found],
    }


def _deadline_json(found: Deadline, heading: Heading) -> dict[str, Any]:
    driver = found.driven_by
    return {
        "id": found.id,
        "code": found.code,
        "kind": found.kind,
        "who": found.who,
        "published": found.published,
        "status": found.status,
        "title": dict(found.title),
        "what_to_do": dict(found.todo),
        "date": _iso(found.day),
        "days_left": None if found.day is None else (found.day - heading.today).days,
        "ends": None if found.ends is None else found.ends.isoformat(),
        "driven_by": None
        if driver is None
        else {"anchor": driver.anchor, "counting": driver.counting, "zone": driver.zone},
        "countings": [
            {
                "anchor": c.anchor,
                "anchor_date": _iso(c.anchor_day),
                "zone": c.zone,
                "counting": c.counting,
                "date": _iso(c.day),
            }
            for c in found.countings
        ],
        "anchors": [
            {"name": a.name, "in": "order" if a.stated else "events", "date": _iso(a.day), "title": dict(a.title)}
            for a in found.anchors
        ],
        "needs": [[{"kind": need.kind, "name": need.name} for need in group] for group in found.needs],
        "rule": dict(found.rule),
        "sources": [
            {
                "id": s.id,
                "title": dict(s.title),
                "where": s.where,
                "dated": _iso(s.dated),
                "superseded": _iso(s.superseded),
                "confidence": s.confidence,
            }
            for s in found.sources
        ],
        "confirmed": not found.unconfirmed,
        "unconfirmed": list(found.unconfirmed),
        "ended": None if found.ended is None else {"event": found.ended.name, "date": _iso(found.ended.day)},
        "remarks": [dict(remark) for remark in found.remarks],
    }


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
