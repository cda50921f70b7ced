"""Rules, countings and needs in words, English and Chinese."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from lotproof.clocks.counting import INCLUSIVE, Span
from lotproof.clocks.model import Anchor, Deadline, Need
from lotproof.clocks.rules import Clock, Texts

LANGUAGES = ("en", "zh")

BEYOND: Texts = MappingProxyType(
    {
        "en": "the day lies beyond the calendar: check the numbers of the order",
        "zh": "日期超出日历范围：请核对订单中的数字",
    }
)

_UNITS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "days": ("day", "days", "天"),
        "working_days": ("working day", "working days", "个工作日"),
        "weeks": ("week", "weeks", "周"),
        "months": ("month", "months", "个月"),
    }
)

Steps = Sequence[Span | None]
"""The steps of a start; None for one whose number is blank."""


def rule(clock: Clock, starts: Sequence[tuple[Anchor, Steps]]) -> Texts:
    """Return a rule in words: ``30 days after the actual receipt of the goods``; anchors with equal steps stand together."""
    together: dict[tuple[Span | None, ...], list[Anchor]] = {}
    for anchor, steps in starts:
        together.setdefault(tuple(steps), []).append(anchor)
    parts = list(together.items())
    between = {"earliest": ("; or ", "；或"), "first": ("; else ", "；否则为"), "latest": ("; or ", "；或")}[clock.pick]
    said = {
        "en": between[0].join(_rule_en(clock, steps, anchors) for steps, anchors in parts),
        "zh": between[1].join(_rule_zh(clock, steps, anchors) for steps, anchors in parts),
    }
    if clock.pick == "latest":
        return {"en": f"{said['en']}, whichever is later", "zh": f"{said['zh']}，以较晚者为准"}
    if clock.pick == "earliest" and len(parts) > 1:
        return {"en": f"{said['en']}, whichever is earlier", "zh": f"{said['zh']}，以较早者为准"}
    return said


def _rule_en(clock: Clock, steps: Steps, anchors: Sequence[Anchor]) -> str:
    word = {"latest": "the latest of: ", "earliest": "the earliest of: "}.get(clock.pick, "")
    names = (word if len(anchors) > 1 else "") + "; ".join(a.title["en"] for a in anchors)
    if not steps:
        return names
    amounts = " and ".join(_amount_en(step) for step in steps)
    return f"{amounts} {'before' if clock.before else 'after'}: {names}"


def _rule_zh(clock: Clock, steps: Steps, anchors: Sequence[Anchor]) -> str:
    word = {"latest": "（以最晚者为准）", "earliest": "（以最早者为准）"}.get(clock.pick, "")
    names = "、".join(a.title["zh"] for a in anchors) + (word if len(anchors) > 1 else "")
    if not steps:
        return names
    amounts = "加".join(_amount_zh(step) for step in steps)
    return f"{names}{'前' if clock.before else '后'}{amounts}"


def _amount_en(step: Span | None) -> str:
    if step is None:
        return "[blank]"
    one, several, _ = _UNITS[step.unit]
    return f"{step.count} {one if step.count == 1 else several}"


def _amount_zh(step: Span | None) -> str:
    return "［空白］" if step is None else f"{step.count}{_UNITS[step.unit][2]}"


def counted(found: Deadline, language: str) -> str:
    """
    Say what drove the date, and what the other countings give: ``from arrival 2027-06-12, that day counted; at most 2027-06-19``.

    Empty where there is no date.
    """
    driver = found.driven_by
    if driver is None:
        return ""
    title = next(a.title[language] for a in found.anchors if a.name == driver.anchor)
    english = language == "en"
    back = driver.day < driver.anchor_day
    text = f"{'back ' if back else ''}from {title} {driver.anchor_day}"
    if not english:
        text = f"自{title}（{driver.anchor_day}）{'倒推' if back else '起'}"
    same = [c for c in found.countings if c.day == driver.day]
    if len(same) == len(found.countings):
        return text
    if len({c.counting for c in same}) == 1:
        text += _first_day(driver.counting, english=english)
    if len({c.zone for c in same}) == 1 < len({c.zone for c in found.countings}):
        text += f", in {driver.zone}" if english else f"，按{driver.zone}时间"
    last = max(c.day for c in found.countings)
    return text + (f"; the latest counting gives {last}" if english else f"；最晚的算法为{last}")


def _first_day(counting: str, *, english: bool) -> str:
    if counting == INCLUSIVE:
        return ", that day counted" if english else "，当日计入"
    return ", that day not counted" if english else "，当日不计入"


def needs(found: Deadline, language: str) -> str:
    """Say what has to be entered before a date can be given: ``enter --event opening=DATE``; empty where nothing is lacking."""
    joined = (" or ", ", and ") if language == "en" else ("或", "，以及")
    return joined[1].join(joined[0].join(_need(need, language) for need in group) for group in found.needs)


def _need(need: Need, language: str) -> str:
    english = language == "en"
    match need.kind:
        case "event":
            return f"--event {need.name}=DATE" if english else f"--event {need.name}=日期"
        case "choice":
            option = "--lead" if need.name == "choice.lead_days" else "--buffer"
            return f"{option} DAYS" if english else f"{option} 天数"
        case _:
            return f"the answer {need.name}" if english else f"答案 {need.name}"


def status(found: Deadline, today: datetime.date, language: str) -> str:
    """Say how far a date is away: ``in 7 days``, ``today``, ``37 days ago``; empty where there is none."""
    if found.day is None:
        return ""
    days = (found.day - today).days
    if language == "zh":
        return "今天" if not days else f"{days}天后" if days > 0 else f"{-days}天前"
    if not days:
        return "today"
    unit = "day" if abs(days) == 1 else "days"
    return f"in {days} {unit}" if days > 0 else f"{-days} {unit} ago"


def ends(found: Deadline) -> str:
    """Say at what time of the buyer the day ends in China, or the due time: ``18:00``; empty where the day ends for the buyer first."""
    if found.ends is None or found.day is None or found.ends.date() > found.day:
        return ""
    return f"{found.ends:%H:%M}"


def buffer(days: int | None) -> Texts:
    """Say how many days of buffer were taken off, or that none were chosen."""
    if days is None:
        return {
            "en": "no buffer was chosen: --buffer 5 takes five days off",
            "zh": "未选定缓冲天数：--buffer 5 可提前五天",
        }
    return {"en": f"{days} days of buffer are taken off", "zh": f"已减去{days}天缓冲"}


def also_starts(anchors: Sequence[Anchor]) -> Texts:
    """Say that anchors which nobody has entered may start the clock too, and perhaps earlier."""
    return {
        "en": "may start earlier, not entered: " + ", ".join(anchor.name for anchor in anchors),
        "zh": "可能更早起算，尚未填写：" + "、".join(f"{a.title['zh']}（{a.name}）" for a in anchors),
    }


def planned(anchor: Anchor) -> Texts:
    """Say that the clock is counted from a day that lies ahead."""
    return {
        "en": f"counted from a day that lies ahead: {anchor.title['en']}",
        "zh": f"自尚未到来的日期起算：{anchor.title['zh']}",
    }


def no_time(anchor: Anchor) -> Texts:
    """Say that the day of an event is known and its time is not."""
    return {
        "en": f"no time was entered, and it may be early in the day: --event {anchor.name}=2026-03-04T16:30",
        "zh": f"未填写时刻，可能在当日较早时间：--event {anchor.name}=2026-03-04T16:30",
    }


def no_holidays(places: Sequence[str], years: Sequence[int], *, back: bool) -> Texts:
    """Say for which years no holidays of which places are known, and to what that leads."""
    shown = ", ".join(map(str, years[:4])) + (" ..." if len(years) > 4 else "")
    whose = " and ".join(f"the {place}'s" for place in places)
    whose_zh = "、".join({"buyer": "买方", "seller": "卖方"}[place] for place in places)
    return {
        "en": f"no holidays of {whose} place for {shown}: only weekends are left out"
        + (", so the real day may be earlier" if back else ""),
        "zh": f"未提供{whose_zh}所在地{shown}年的节假日，仅扣除周末" + ("，实际日期可能更早" if back else ""),
    }
