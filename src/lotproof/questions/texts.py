"""Answers that are words: texts, codes, patterns, choices, lists."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from lotproof.catalog.model import Question
from lotproof.characters import forbidden, has_chinese, mixed_words, normal_form
from lotproof.findings import Severity, did_you_mean, quoted
from lotproof.messages import say
from lotproof.questions.problems import LANGUAGES, MAX_ROWS, Problem, Report, example, inside, shown, wrong_type

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z", re.ASCII)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z", re.ASCII)
_PATTERN = re.compile(r"[ -~]+\Z", re.ASCII)

MAX_CODE = 40
"""Longest code or pattern, in characters."""


def read_text(raw: str, max_length: int, report: Report) -> str | None:
    """
    Return ``raw`` in normal form C, or None after reporting what may not stand in it.

    Reports LP111 (too long), LP109 (characters that cannot be seen), LP110 (alphabets mixed in a word), LP118 (not in normal
    form C), LP103 (spaces at its ends, or nothing else).
    """
    if len(raw) > max_length:
        message = say(
            "{count:,} characters, more than the {most:,} that fit: {given} ...",
            count=len(raw),
            most=max_length,
            given=quoted(raw[:30]),
        )
        report(
            Problem(code="LP111", message=message, hint=say("shorten it, and put the long text into a named exhibit"))
        )
        return None
    bad = list(forbidden(raw))
    if bad:
        position, name = bad[0]
        if len(bad) > 1:
            name = say("{name} and {count} more", name=name, count=len(bad) - 1)
        message = say(
            "character {position} is {name}, which a reader cannot see: {given}",
            position=position + 1,
            name=name,
            given=quoted(raw),
        )
        report(Problem(code="LP109", message=message, hint=say("delete the text and type it again")))
        return None
    for word in mixed_words(raw):
        message = say("{word} mixes letters of two alphabets, which may look alike", word=quoted(word))
        report(
            Problem(
                code="LP110", severity=Severity.OPEN, message=message, hint=say("type the word again in one alphabet")
            )
        )
    normal = normal_form(raw)
    if normal != raw:
        message = say("{given} is stored in Unicode normal form C", given=quoted(raw))
        report(
            Problem(code="LP118", severity=Severity.NOTE, message=message, hint=say("nothing to do: it looks the same"))
        )
    if not normal.strip():
        message = say("only spaces") if normal else say("an empty text")
        report(Problem(code="LP103", message=message, hint=say("write the answer, or leave the whole answer empty")))
        return None
    if normal != normal.strip():
        report(
            Problem(
                code="LP103", message=say("spaces at the ends of {given}", given=quoted(raw)), hint=say("remove them")
            )
        )
        return None
    return normal


def text(question: Question, raw: Any, report: Report) -> str | None:
    """Read one text."""
    if not isinstance(raw, str):
        wrong_type(question, raw, say("text between quotes"), report)
        return None
    return read_text(raw, question.max_length, report)


def words(question: Question, raw: Any, report: Report) -> Mapping[str, str] | None:
    """Read somebody's own words: one text, or one for each language."""
    if isinstance(raw, str):
        read = read_text(raw, question.max_length, report)
        return None if read is None else {"zh" if has_chinese(read) else "en": read}
    if not isinstance(raw, Mapping):
        wrong_type(question, raw, say("text, or a table such as {{ en = ..., zh = ... }}"), report)
        return None
    texts: dict[str, str] = {}
    for language, given in raw.items():
        there = inside(report, language)
        if language not in LANGUAGES:
            hint = say("languages are {known: and }", known=LANGUAGES)
            there(
                Problem(code="LP102", message=say("unknown language {language}", language=quoted(language)), hint=hint)
            )
        elif not isinstance(given, str):
            wrong_type(question, given, say("text between quotes"), there)
        elif given and (read := read_text(given, question.max_length, there)) is not None:
            texts[language] = read
    return texts or None


def identifier(question: Question, raw: Any, report: Report) -> str | None:
    """Read a code of letters, digits, dot, hyphen and underscore."""
    limit = min(question.max_length, MAX_CODE)
    if not isinstance(raw, str):
        wrong_type(question, raw, say("letters and digits between quotes"), report)
        return None
    if len(raw) > limit or not _IDENTIFIER.match(raw):
        hint = say(
            "use letters, digits, dot, hyphen and underscore, {most} characters at most, {example}",
            most=limit,
            example=example(question),
        )
        report(Problem(code="LP116", message=say("{given} is not a code", given=quoted(raw)), hint=hint))
        return None
    return raw


def pattern(question: Question, raw: Any, report: Report) -> str | None:
    """Read a pattern of printable ASCII characters."""
    if not isinstance(raw, str) or len(raw) > MAX_CODE or not _PATTERN.match(raw):
        form = say(
            "a pattern of at most {most} printable ASCII characters (# a digit, @ a capital letter)", most=MAX_CODE
        )
        wrong_type(question, raw, form, report)
        return None
    return raw


def choice(question: Question, raw: Any, report: Report) -> str | None:
    """Read one of the values offered; LP126 says what is to be known about it."""
    values = [value for value, _ in question.choices]
    if isinstance(raw, str) and raw in values:
        for value, note in question.notes:
            if value == raw:
                hint = say("nothing to do, if that is what you agreed")
                report(Problem(code="LP126", severity=Severity.NOTE, message=say("{note}", note=note), hint=hint))
        return raw
    refused = next((why for value, why in question.refused if value == raw), None)
    if refused:
        report(
            Problem(
                code="LP113",
                message=say("{given} cannot be taken: {why}", given=shown(raw), why=refused),
                hint=example(question),
            )
        )
        return None
    hint = did_you_mean(raw, values) if isinstance(raw, str) else example(question)
    report(Problem(code="LP113", message=say("{given} is not one of the choices", given=shown(raw)), hint=hint))
    return None


def flag(question: Question, raw: Any, report: Report) -> bool | None:
    """Read true or false."""
    if isinstance(raw, bool):
        return raw
    wrong_type(question, raw, say("true or false"), report)
    return None


def date(question: Question, raw: Any, report: Report) -> datetime.date | None:
    """Read a day, as TOML writes it or between quotes."""
    if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime):
        return raw
    match = _DATE.match(raw) if isinstance(raw, str) else None
    try:
        if match:
            return datetime.date(*map(int, match.groups()))
    except ValueError:
        pass
    report(Problem(code="LP115", message=say("{given} is not a date", given=shown(raw)), hint=example(question)))
    return None


def texts(question: Question, raw: Any, report: Report) -> tuple[str, ...] | None:
    """Read a list of texts, none of them twice."""
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        wrong_type(question, raw, say("a list of texts"), report)
        return None
    if len(raw) > MAX_ROWS:
        message = say("{count:,} entries, more than the {most} that fit", count=len(raw), most=MAX_ROWS)
        report(Problem(code="LP111", message=message, hint=say("put the list into a named exhibit")))
        return None
    kept: dict[str, None] = {}
    for index, item in enumerate(raw):
        there = inside(report, index)
        read = read_text(item, question.max_length, there)
        if read in kept:
            there(Problem(code="LP114", message=say("{name} stands twice", name=quoted(read)), hint=say("remove one")))
        elif read is not None:
            kept[read] = None
    return tuple(kept) if len(kept) == len(raw) else None
