"""A case and its story as commands read and print them: 80 columns for people, and JSON."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lotproof.cases.telling import Told, tell_case
from lotproof.cli.columns import wrapped
from lotproof.cli.output import finding_json
from lotproof.consistency.model import Agreement, Claim, Record, Seen, Story, TermLine
from lotproof.consistency.rules import label, shipped_rules
from lotproof.documents.consistency import StoryPage, standing
from lotproof.documents.speaking import Speaker
from lotproof.messages import in_language
from lotproof.records import saying

FORMAT = "lotproof-consistency/1"

MOST_PATHS = 5
"""Files of a line that are printed for people."""


def given_story(
    case: str,
    flags: Sequence[str],
    file: str | None,
    zone: str | None,
    holidays: Sequence[str],
    today: str | None,
    total: Callable[[int], Any],
    waiting: Callable[[], None],
) -> tuple[Told, datetime.date]:
    """Read the case and everything that was said beside it; return its story and the day of the count."""
    from lotproof.cli.days import read_today
    from lotproof.cli.deadlines import given_holidays
    from lotproof.cli.files import read_file
    from lotproof.clocks.happened import read_happened

    happened = read_happened(flags, (Path(file).name, read_file(file)) if file else None, zone)
    known = given_holidays(holidays)
    day = read_today(today) or datetime.datetime.now(happened.zone).date()
    return tell_case(case, happened, known, day, total=total, waiting=waiting), day


def page(told: Told, today: datetime.date, language: str, *, everything: bool = False) -> Iterator[str]:
    """Yield the lines of the report."""
    story = told.story
    said = StoryPage(Speaker(told.order, (language,), told.sealed), told.order, story)
    number = " ".join(part for part in (told.case.number or "[____]", told.case.revision) if part)
    yield label("on", language, number=number, today=today.isoformat())
    yield from wrapped(said.headline(language), 0)
    yield from wrapped(said.counted(language), 0)
    yield ""
    yield label("claims", language)
    for place, claim in enumerate(story.claims, 1):
        yield from _claim(told, said, place, claim, language)
    if not story.claims:
        yield from wrapped(label("no_claims", language), 2)
    yield ""
    yield label("mismatches", language)
    for one in story.mismatches:
        code = shipped_rules().codes[one.code]
        where = said.title(one.where, language)
        yield from wrapped(f"{one.code} {code.title[language]}: {where}: {in_language(one.message, language)}", 2)
        yield from (line for path in one.paths[:MOST_PATHS] for line in wrapped(path, 6))
        yield from wrapped(code.mend[language], 4)
    if not story.mismatches:
        yield from wrapped(label("no_mismatches", language), 2)
    yield ""
    yield label("matrix", language)
    for line in story.terms:
        if everything or line.agreement is not Agreement.AGREES:
            yield from _line(told, said, line, language)
    yield ""
    yield label("clocks", language)
    for clock in story.clocks:
        if clock.day is not None and clock.status != "done":
            state = label("not_known" if clock.status == "not known" else clock.status, language)
            yield from wrapped(f"{clock.day.isoformat()} ({state}) {clock.title[language]}", 2)
    yield ""
    yield from wrapped(label("advice", language), 0)


def _claim(told: Told, said: StoryPage, place: int, claim: Claim, language: str) -> Iterator[str]:
    state = label(standing(claim), language)
    join = "、" if language == "zh" else ", "
    by = join.join(label(f"record_{record.value}", language) for record in Record if record in claim.by)
    yield from wrapped(f"{place}. {said.title(claim.line, language)}: {state} ({by})", 2)
    for reason in claim.reasons:
        yield from wrapped(f"- {in_language(reason, language)}", 5)
    for path in claim.photos[:MOST_PATHS]:
        yield from wrapped(path, 5)


def _line(told: Told, said: StoryPage, line: TermLine, language: str) -> Iterator[str]:
    key = "differ" if line.agreement is Agreement.DIFFERS else line.agreement.value
    codes = f" [{' '.join(line.codes)}]" if line.codes else ""
    yield from wrapped(f"{said.title(line.tag, language)}: {label(key, language)}{codes}", 2)
    if line.why is not None:
        yield from wrapped(in_language(line.why, language), 4)
    for name, seen in (("inspection", line.inspection), ("arrival", line.arrival)):
        if seen is not None:
            yield from wrapped(
                f"{label(name, language)}: {saying.said(seen.result, language)}{_range(seen, language)}", 4
            )


def _range(seen: Seen, language: str) -> str:
    if seen.lowest is None or seen.highest is None:
        return ""
    return ", " + label("range", language, low=f"{seen.lowest:f}", high=f"{seen.highest:f}")


# JSON


def page_json(told: Told, today: datetime.date, language: str) -> dict[str, Any]:
    """Return the story as JSON."""
    story = told.story
    said = StoryPage(Speaker(told.order, (language,), told.sealed), told.order, story)
    return {
        "format": FORMAT,
        "order": {"number": told.case.number, "revision": told.case.revision, "digest": told.case.digest},
        "head": told.case.head,
        "today": today.isoformat(),
        "one_story": story.one_story,
        "codes": list(story.codes),
        "records": {
            "inspection": story.inspection.path if story.inspection else None,
            "arrival": story.arrival.path if story.arrival else None,
        },
        "counts": {one.value: sum(line.agreement is one for line in story.terms) for one in Agreement},
        "claims": [_claim_json(said, told, claim, language) for claim in story.claims],
        "mismatches": [
            {
                "code": one.code,
                "where": one.where,
                "message": in_language(one.message, language),
                "mend": shipped_rules().codes[one.code].mend[language],
                "files": list(one.paths),
            }
            for one in story.mismatches
        ],
        "terms": [_line_json(said, told, line, language) for line in story.terms],
        "facts": [
            {
                "fact": one.id,
                "contract": one.contract,
                "inspection": one.inspection,
                "arrival": one.arrival,
                "agreement": one.agreement.value,
                "codes": list(one.codes),
            }
            for one in story.facts
        ],
        "clocks": _clocks_json(story, language),
        "findings": [finding_json(finding) for finding in story.findings],
    }


def _claim_json(said: StoryPage, told: Told, claim: Claim, language: str) -> Mapping[str, Any]:
    return {
        "row": claim.line,
        "title": said.title(claim.line, language),
        "against": claim.against.value,
        "supported": claim.supported,
        "by": [record.value for record in claim.by],
        "reasons": [in_language(reason, language) for reason in claim.reasons],
        "photos": list(claim.photos),
    }


def _line_json(said: StoryPage, told: Told, line: TermLine, language: str) -> Mapping[str, Any]:
    return {
        "row": line.tag,
        "title": said.title(line.tag, language),
        "agreement": line.agreement.value,
        "why": in_language(line.why, language) if line.why is not None else "",
        "codes": list(line.codes),
        "inspection": _seen_json(line.inspection),
        "arrival": _seen_json(line.arrival),
    }


def _seen_json(seen: Seen | None) -> Mapping[str, Any] | None:
    if seen is None:
        return None
    return {
        "result": seen.result.outcome.value,
        "causes": [cause.value for cause in seen.result.causes],
        "measured": seen.measured.outcome.value,
        "n": seen.n,
        "read": seen.read,
        "outside": seen.outside,
        "lowest": None if seen.lowest is None else f"{seen.lowest:f}",
        "highest": None if seen.highest is None else f"{seen.highest:f}",
        "values": list(seen.values),
        "where": seen.where,
    }


def _clocks_json(story: Story, language: str) -> list[Mapping[str, Any]]:
    return [
        {
            "id": clock.id,
            "title": clock.title[language],
            "day": clock.day.isoformat() if clock.day else None,
            "status": clock.status,
            "late_days": clock.late_days,
        }
        for clock in story.clocks
    ]
