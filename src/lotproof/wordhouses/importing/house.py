"""
``lotproof house import``: an agency's own contract as the files of a house, and a list of what is left to do.

Nothing of the contract is lost: each paragraph stands in a provision, or in ``mapping.toml`` with its place and why it was not taken over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.questions.toml_text import quoted_text
from lotproof.templates import load_templates
from lotproof.templates.folders import FORMAT, MOST_BYTES, MOST_FILES
from lotproof.wordhouses.importing.guesses import guess, known_answers, replaced
from lotproof.wordhouses.importing.items import FIRST_MARK, Blank, Item, take_in
from lotproof.wordhouses.importing.sections import Divided, Section, divide

MAPPING = "mapping.toml"
MAPPING_FORMAT = "lotproof-mapping/1"
BASE = "standard"

WHY: Mapping[str, Message] = MappingProxyType(
    {
        "title": say("the title of the contract: a contract has one of its own"),
        "empty": say("no words that a contract could print"),
        "table": say("a table: the order prints its own; what else it says belongs into a paragraph"),
        "header": say("a header"),
        "footer": say("a footer"),
        "footnote": say("a footnote"),
        "endnote": say("an endnote"),
        "comment": say("a comment"),
        "text box": say("a text box"),
        "tracked": say("a tracked change: accept or reject it in Word"),
        "hidden": say("hidden text"),
        "signs": say("signs of a font that other programs do not have"),
        "braces": say("braces, which a provision takes for a place to fill in"),
        "many": say("more sections than a house holds"),
    }
)
"""Why a passage was not taken over."""

_CITED = re.compile(
    r"\b(?:clause|article|section|paragraph)s?\s+[0-9IVX]{1,4}(?:\.[0-9]{1,3}){0,3}|第[0-9\u4e00-\u9fa5]{1,4}[条款]",
    re.IGNORECASE,
)


class Imported(Frozen, kw_only=True):
    """
    A house made of a contract.

    Attributes:
        files: content by name, ``mapping.toml`` last.
        findings: what is left to do, each with its place in the contract.
        sections: file and id of each, and the id that it is guessed to replace.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    sections: tuple[tuple[str, str, str], ...]


def import_house(content: bytes, name: str, house: str, mapping: Mapping[str, str] = MappingProxyType({})) -> Imported:
    """
    Make a house of a contract.

    Args:
        content: a Word file.
        name: what findings call it.
        house: id of the house.
        mapping: what some blanks stand for, by their letters: ``{"A": "payment.deposit_percent"}``.

    Raises:
        Refused: it cannot be read, or should not be (LP500 to LP507); a value of the mapping that no order has (LP955); it holds no
            section (LP963).
    """
    taken = take_in(content, name)
    divided = divide(taken.items)
    if not divided.sections:
        message = say("no section was found in it, so that no house can be made of it")
        hint = say("give headings a heading style, or numbers such as 1. or 第一条, and import it again")
        raise Refused([Finding(where=name, code="LP963", message=message, hint=hint)])
    _check(mapping)
    return _Writer(divided, taken.blanks, taken.unread, name, mapping).house(content, house)


def read_mapping(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what the blanks of a ``mapping.toml`` stand for, as far as somebody has said so."""
    rows = data.get("blank", [])
    found = {}
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping) and isinstance(row.get("value"), str) and row["value"].strip():
            found[str(row.get("name"))] = row["value"].strip()
    return found


def _check(mapping: Mapping[str, str]) -> None:
    known = [one.path for one in known_answers()]
    findings = [
        Finding(
            where=f"{MAPPING}: blank {letter}",
            code="LP955",
            message=say("{value} is no answer of an order", value=quoted(value)),
            hint=did_you_mean(value, known),
        )
        for letter, value in mapping.items()
        if value not in known
    ]
    if findings:
        raise Refused(findings)


class _Writer:
    def __init__(
        self,
        divided: Divided,
        blanks: Mapping[str, Blank],
        unread: Sequence[tuple[str, int]],
        name: str,
        mapping: Mapping[str, str],
    ) -> None:
        self.divided, self.blanks, self.unread, self.name, self.mapping = divided, blanks, unread, name, mapping
        self.base = load_templates(BASE)
        self.findings: list[Finding] = []
        self.unplaced = list(divided.unplaced)
        self.rows: list[str] = []
        self.sections: list[tuple[str, str, str]] = []
        self.ids = {p.id for p in (*self.base.provisions, *self.base.exhibits)}
        self.names: dict[str, str] = {}
        self.listed: set[str] = set()

    def house(self, content: bytes, house: str) -> Imported:
        files = {"house.toml": self._house(house)}
        position, positions = 1, _positions()
        for section in self.divided.sections:
            if len(files) >= MOST_FILES - 2:
                self._leave(section, "many")
                continue
            id_, replaces = self._id(section)
            position = positions[replaces] if replaces else position  # equal positions print in the order of the files
            text = self._provision(section, id_, replaces, position)
            file = f"contract/{len(files):03}-{id_.partition('.')[2].replace('_', '-')}.toml"
            if len(text.encode()) > MOST_BYTES:
                self._leave(section, "many")
                continue
            files[file] = text
            self.sections.append((file, id_, replaces))
        mapping = self._mapping(hashlib.sha256(content).hexdigest())
        return Imported(
            files={**{name: text.encode() for name, text in files.items()}, MAPPING: mapping.encode()},
            findings=tuple(self.findings),
            sections=tuple(self.sections),
        )

    def _house(self, house: str) -> str:
        title = quoted_text(house.replace("-", " ").title())
        return (
            f"# Made of {_comment(self.name)} by lotproof house import; what is left to do stands in {MAPPING}.\n"
            f'format = "{FORMAT}"\nid = "{house}"\nversion = "0.1.0"\ntitle = {{ en = {title}, zh = {title} }}\n'
            f'base = "{BASE}"\nbase_version = "{self.base.version}"\n'
        )

    def _id(self, section: Section) -> tuple[str, str]:
        taken = {one for _, _, one in self.sections}
        # one that prints under a condition would hand it down, and the agency's section has none
        provisions = [(p.id, p.heading) for p in self.base.provisions if p.id not in taken and not p.when]
        found = replaced(section.heading, provisions)
        if found:
            return found, found
        words = "_".join(re.findall(r"[a-z0-9]+", section.heading.get("en", "").casefold()))[:40].strip("_")
        if not words[:1].isalpha():
            words = f"section_{words}".rstrip("_") if section.heading else "preamble"
        base = f"contract.{words}"
        id_, number = base, 1
        while id_ in self.ids:
            number += 1
            id_ = f"{base}_{number}"
        self.ids.add(id_)
        return id_, ""

    def _provision(self, section: Section, id_: str, replaces: str, position: int) -> str:
        heading = dict(section.heading) or {"en": "Preamble", "zh": "序言"}
        missing = {language for language in ("en", "zh") if language not in heading}
        for language in missing:
            heading[language] = next(iter(heading.values()))
        lines = [
            f"# {_comment(section.number)} {_comment(next(iter(heading.values())))}".replace("#  ", "# "),
            f'id = "{id_}"',
        ]
        if replaces:
            lines.append(f'replaces = "{replaces}"  # a guess, by its heading')
        else:
            lines += [f'reference = "own"\nsource = {quoted_text(self.name)}', f"position = {position}"]
        said = {language: self._sentence(text, id_, heading, language) for language, text in heading.items()}
        lines += ["", "[heading]", *(f"{language} = {quoted_text(said[language])}" for language in ("en", "zh"))]
        for place, paragraph in enumerate(section.paragraphs, 1):
            kept = self._kept(paragraph, f"{id_}.{place}")
            if not kept:
                continue
            lines += ["", "[[paragraph]]"]
            for language in ("en", "zh"):
                if language in kept:
                    lines.append(
                        f"{language} = {quoted_text(self._sentence(kept[language].text, id_, heading, language))}"
                    )
                else:
                    missing.add(language)
                    lines.append(f"# {language} is missing")
        if missing:
            self.findings.append(self._lacks(section, id_, sorted(missing)))
        return "\n".join(lines) + "\n"

    def _kept(self, paragraph: Mapping[str, Item], where: str) -> dict[str, Item]:
        kept = {}
        for language, item in paragraph.items():
            if "{" in item.text or "}" in item.text:
                self.unplaced.append((item, "braces"))
                continue
            kept[language] = item
            for match in _CITED.finditer(item.text):
                said = quoted_text(match[0])
                self.rows.append(
                    f"[[reference]]\nin = {quoted_text(where)}\nplace = {quoted_text(item.place)}\nsays = {said}\n"
                )
        marks = {language: [sign for sign in item.text if sign in self.blanks] for language, item in kept.items()}
        if len(marks) == 2 and all(len(one) == 1 for one in marks.values()):
            english, chinese = marks["en"][0], marks["zh"][0]
            self.names[chinese] = self._name(english)
        return kept

    def _sentence(self, text: str, id_: str, heading: Mapping[str, str], language: str) -> str:
        out = []
        for sign in text:
            if sign not in self.blanks:
                out.append(sign)
                continue
            name = self._name(sign)
            if sign not in self.listed:
                self._row(self.blanks[sign], name, id_, heading, language)
                self.listed.add(sign)
            value = self.mapping.get(name)
            out.append(f"{{{{ {value} }}}}" if value else f"[blank {name}]")
        return "".join(out)

    def _name(self, sign: str) -> str:
        """Return the letters of a blank: no digits, so that two languages do not seem to differ in their numbers."""
        if sign not in self.names:
            number, letters = len(set(self.names.values())), ""
            while True:
                number, rest = divmod(number, 26)
                letters = chr(ord("A") + rest) + letters
                if not number:
                    break
                number -= 1
            self.names[sign] = letters
        return self.names[sign]

    def _row(self, blank: Blank, name: str, id_: str, heading: Mapping[str, str], language: str) -> None:
        found = guess(blank, " ".join(heading.values()))
        value = self.mapping.get(name, "")
        self.rows.append(
            f"[[blank]]\nname = {quoted_text(name)}\nin = {quoted_text(id_)}\nlanguage = {quoted_text(language)}\n"
            f"place = {quoted_text(blank.place)}\nshown = {quoted_text(blank.shown)}\nbefore = {quoted_text(_marked(blank.before))}\n"
            f"after = {quoted_text(_marked(blank.after))}\nguess = {quoted_text(found)}\nconfidence = {quoted_text('guess' if found else 'none')}\n"
            f"value = {quoted_text(value)}\n"
        )
        if not value and name not in {self.names[sign] for sign in self.listed}:
            message = say("{shown} stands for no answer yet: blank {name}", shown=quoted(blank.shown), name=name)
            hint = (
                say(
                    "it may be {guess}: write value in {mapping}, and import again with --mapping",
                    guess=found,
                    mapping=MAPPING,
                )
                if found
                else say(
                    "write value in {mapping}, such as payment.deposit_percent, and import again with --mapping",
                    mapping=MAPPING,
                )
            )
            self.findings.append(self._finding("LP964", blank.place, message, hint))

    def _lacks(self, section: Section, id_: str, missing: Sequence[str]) -> Finding:
        message = say("{id} has no text in {languages}", id=id_, languages=missing)
        return self._finding("LP965", section.place, message, say("write it in both languages"))

    def _leave(self, section: Section, why: str) -> None:
        for paragraph in section.paragraphs:
            self.unplaced += [(item, why) for item in paragraph.values()]
        for language, text in section.heading.items():
            heading = Item(
                text=text,
                language=language,
                number=section.number,
                place=section.place,
                kind="heading",
                cell=(0, 0, 0),
                original=text,
                why="",
            )
            self.unplaced.append((heading, why))

    def _mapping(self, digest: str) -> str:
        lines = [
            "# What lotproof house import has left open. Write what a blank stands for behind value, such as payment.deposit_percent, and import again",
            "# with --mapping. A guess is a guess: it goes by the words beside the blank. A reference names a clause by its number: write",
            "# {{ 'contract.payment' | clause }} in its place. What was not taken over stands at the end, word by word.",
            f'format = "{MAPPING_FORMAT}"\nsource = {quoted_text(self.name)}\nsha256 = "{digest}"\n',
            *self._section_rows(),
            *self.rows,
        ]
        for item, why in self.unplaced:
            self.findings.append(
                self._finding(
                    "LP963",
                    item.place,
                    say("{text} was not taken over: {why}", text=quoted(item.original.strip()), why=WHY[why]),
                    say("write it into a provision of the house, if a contract is to say it"),
                    Severity.NOTE,
                )
            )
            lines.append(
                f"[[unplaced]]\nplace = {quoted_text(item.place)}\nwhy = {quoted_text(str(WHY[why]))}\ntext = {quoted_text(item.original)}\n"
            )
        for kind, count in self.unread:
            message = say("{count} of {kind} hold no text that could be read", count=count, kind=kind)
            hint = say("put a logo into reference.docx, and write what else is said there into a provision")
            self.findings.append(self._finding("LP963", self.name, message, hint, Severity.NOTE))
            lines.append(f"[[unread]]\nkind = {quoted_text(kind)}\ncount = {count}\n")
        return "\n".join(lines)

    def _section_rows(self) -> Iterator[str]:
        for (file, id_, replaces), section in zip(self.sections, self.divided.sections, strict=False):
            heading = next(iter(section.heading.values()), "")
            yield (
                f"[[section]]\nfile = {quoted_text(file)}\nid = {quoted_text(id_)}\nnumber = {quoted_text(section.number)}\n"
                f"heading = {quoted_text(_marked(heading))}\nguess = {quoted_text(replaces)}\nconfidence = {quoted_text('guess' if replaces else 'none')}\n"
            )

    def _finding(
        self, code: str, place: str, message: Message, hint: Message, severity: Severity = Severity.OPEN
    ) -> Finding:
        where = place if place == self.name else f"{self.name}: {place}"
        return Finding(where=where, code=code, severity=severity, message=message, hint=hint)


def _positions() -> dict[str, int]:
    """Return the position of each provision of the house beneath."""
    from lotproof.shipped import shipped
    from lotproof.sources import parse_toml

    found = {}
    for path in sorted((shipped("templates") / BASE / "contract").glob("*.toml")):
        data, _ = parse_toml(path.read_bytes(), path.name)
        found[str(data["id"])] = int(data["position"])
    return found


def _marked(text: str) -> str:
    return "".join("[...]" if FIRST_MARK <= ord(sign) <= 0xF8FF else sign for sign in text)


def _comment(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in _marked(text))[:80]
