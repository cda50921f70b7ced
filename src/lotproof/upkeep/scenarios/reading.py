"""
Scenarios of a house: what its contracts must say, in ``scenarios/*.toml``.

::

    format = "lotproof-scenario/1"
    name = "Money goes through the platform"
    answers = "scenarios/answers/mugs.toml"     # or: category = "ceramic_tableware", with nothing answered
    set = ["payment.deposit_percent=20"]        # answers that differ
    must = ["advance payment (预付款) of 20%", { text = "30 days", in = "contract.remedies" }]
    must_not = ["letter of credit"]
    golden = "own"                              # the provisions in this house's words, in a .txt beside this file
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.sources import MAX_DIGITS, line_of, parse_toml
from lotproof.templates import FULL, PROFILES
from lotproof.templates.folders import MOST_BYTES, HouseFolder, files

FORMAT = "lotproof-scenario/1"
FOLDER = "scenarios"

MOST_WANTED, LONGEST = 400, 4_000
"""Expectations of a scenario, and characters of each."""

GOLDENS = ("own", "all")
"""What a golden holds: the provisions in the words of the house itself, or the whole document."""

DOCUMENTS = ("contract", "checklist")

_KEYS = frozenset(
    {
        "format",
        "name",
        "answers",
        "category",
        "set",
        "languages",
        "profile",
        "document",
        "must",
        "must_not",
        "golden",
    }
)


class Wanted(Frozen, kw_only=True):
    """A sentence, a part of one, or a number that must or must not be printed; ``part`` is the provision or table, empty for anywhere."""

    text: str
    part: str


class Scenario(Frozen, kw_only=True):
    """
    What a contract of a house must say under some answers.

    Attributes:
        file: with the folder of the house, as messages show it.
        path: of the file.
        answers: content of the answers file; empty where ``category`` is built with nothing answered.
        settings: answers that differ, each ``PATH=VALUE``.
        languages: to print; those of the order where None.
        golden: of :data:`GOLDENS`, or empty.
    """

    name: str
    file: str
    path: Path
    answers: bytes
    answers_name: str
    category: str
    settings: tuple[str, ...]
    languages: tuple[str, ...] | None
    profile: str
    document: str
    must: tuple[Wanted, ...]
    must_not: tuple[Wanted, ...]
    golden: str

    @property
    def golden_path(self) -> Path:
        """The file that the golden stands in."""
        return self.path.with_suffix(".txt")


def read_scenarios(house: HouseFolder) -> tuple[Scenario, ...]:
    """
    Read the scenarios of a house, by the names of their files.

    Raises:
        Refused: with everything that is wrong in them: LP101, LP902, LP930, and LP931 for a path that leads out of the house.
    """
    found: list[Scenario] = []
    findings: list[Finding] = []
    for path in files(house, FOLDER):
        try:
            found.append(_scenario(house, path))
        except Refused as refused:
            findings += refused.findings
    names: dict[str, str] = {}
    for one in found:
        if one.name in names:
            message = say("{name} is the name of {other} too", name=quoted(one.name), other=names[one.name])
            hint = say("give each scenario a name of its own")
            findings.append(Finding(where=f"{one.file}: name", code="LP930", message=message, hint=hint))
        names[one.name] = one.file
    if findings:
        raise Refused(findings)
    return tuple(found)


def _scenario(house: HouseFolder, path: Path) -> Scenario:
    name = f"{house.path.name}/{FOLDER}/{path.name}"
    data, text = parse_toml(path.read_bytes(), name)
    findings = [
        Finding(where=f"{name}:{line_of(text, (key,))}: {key}", code="LP930", message=message, hint=hint)
        for key, message, hint in _faults(data)
    ]
    answers = data.get("answers")
    content = b""
    if isinstance(answers, str):
        try:
            content = read_inside(house, answers)
        except ValueError as error:
            where = f"{name}:{line_of(text, ('answers',))}: answers"
            message = say("{path}: {why}", path=quoted(answers), why=error.args[0])
            hint = say('name a file inside the house: answers = "scenarios/answers/mugs.toml"')
            findings.append(Finding(where=where, code="LP931", message=message, hint=hint))
    if findings:
        raise Refused(findings)
    languages = data.get("languages")
    return Scenario(
        name=data.get("name", path.stem),
        file=name,
        path=path,
        answers=content,
        answers_name=f"{house.path.name}/{answers}" if answers else name,
        category=data.get("category", ""),
        settings=tuple(data.get("set", ())),
        languages=tuple(languages.split("-")) if languages else None,
        profile=data.get("profile", FULL),
        document=data.get("document", "contract"),
        must=tuple(map(_wanted, data.get("must", ()))),
        must_not=tuple(map(_wanted, data.get("must_not", ()))),
        golden=data.get("golden", ""),
    )


def read_inside(house: HouseFolder, given: str) -> bytes:
    """
    Return a file inside the folder of a house.

    Raises:
        ValueError: with the reason as a message: the path leads out of the house, through a link, or to no file of a bearable size.
    """
    parts = PurePosixPath(given).parts
    if not parts or given.startswith("/") or ".." in parts or any(c in given for c in "\\:\0"):
        raise ValueError(say("leads out of the house"))
    path = house.path
    try:
        for part in parts:
            path /= part
            if path.is_symlink():
                raise ValueError(say("is a link, or lies behind one"))
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise OSError
        return path.read_bytes()
    except OSError:
        raise ValueError(say("is no file, or has more than {most:,} bytes", most=MOST_BYTES)) from None


def _faults(data: Mapping[str, Any]) -> Iterator[tuple[str, Message, Message]]:
    """LP930: what is wrong in a scenario: key, message, hint."""
    if data.get("format") != FORMAT:
        given = quoted(data.get("format", "missing"))
        yield (
            "format",
            say("format is {given}", given=given),
            say('write format = "{format}" at the top', format=FORMAT),
        )
    for key in sorted(data.keys() - _KEYS):
        yield key, say("unknown key {key}", key=quoted(key)), did_you_mean(key, _KEYS)
    name = data.get("name", "a")
    if not isinstance(name, str) or not name.strip() or len(name) > 200:
        yield "name", say("is no name of 1 to 200 characters"), say('write name = "The deposit is an advance payment"')
    sources = [key for key in ("answers", "category") if isinstance(data.get(key), str) and data[key]]
    if len(sources) != 1:
        message = say("needs answers or a category, and not both")
        yield (
            "answers",
            message,
            say('write answers = "scenarios/answers/mugs.toml", or category = "ceramic_tableware"'),
        )
    settings = data.get("set", [])
    if not isinstance(settings, list) or not all(isinstance(one, str) and "=" in one for one in settings):
        yield "set", say("is no list of PATH=VALUE"), say('write set = ["payment.deposit_percent=20"]')
    for key, known in (
        ("profile", PROFILES),
        ("document", DOCUMENTS),
        ("golden", GOLDENS),
        ("languages", _languages()),
    ):
        if key in data and data[key] not in known:
            yield (
                key,
                say("unknown {key} {value}", key=key, value=quoted(data[key])),
                did_you_mean(str(data[key]), known),
            )
    for key in ("must", "must_not"):
        rows = data.get(key, [])
        if not isinstance(rows, list) or len(rows) > MOST_WANTED or not all(map(_is_wanted, rows)):
            message = say("is no list of at most {most} texts and numbers", most=MOST_WANTED)
            hint = say('write {key} = ["within 7 days", {{ text = "30%", in = "contract.payment" }}]', key=key)
            yield key, message, hint
    if not any(data.get(key) for key in ("must", "must_not", "golden")):
        yield (
            "must",
            say("expects nothing"),
            say('write must = ["a sentence"], must_not = ["a number"], or golden = "own"'),
        )


def _languages() -> tuple[str, ...]:
    from lotproof.shipped import languages

    known = languages()
    return (*known, *(f"{one}-{other}" for one in known for other in known if one != other))


def _is_wanted(row: Any) -> bool:
    if isinstance(row, Mapping):
        if row.keys() - {"text", "in"} or not isinstance(row.get("in", ""), str):
            return False
        row = row.get("text")
    if isinstance(row, str):
        return bool(row.strip()) and len(row) <= LONGEST
    if isinstance(row, Decimal):  # an exponent would be written out, however large it is
        return (
            row.is_finite() and -MAX_DIGITS <= row.adjusted() <= MAX_DIGITS and len(row.as_tuple().digits) <= MAX_DIGITS
        )
    return isinstance(row, int) and not isinstance(row, bool) and abs(row) < 10**MAX_DIGITS


def _wanted(row: Any) -> Wanted:
    part = row.get("in", "") if isinstance(row, Mapping) else ""
    text = row["text"] if isinstance(row, Mapping) else row
    return Wanted(text=f"{text:f}" if isinstance(text, Decimal) else str(text), part=part)
