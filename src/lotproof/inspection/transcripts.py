"""
Values that somebody copied from the report of an inspection company in a form of its own.

The company must use its form, so a person copies: a TOML file says which file by its hash, on which page each value stands, and who copied.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.documents.checklist import checklist
from lotproof.documents.nodes import Document
from lotproof.documents.verdict import row_numbers
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.inspection.form import Given, stray
from lotproof.inspection.printed import places_of
from lotproof.messages import Message, say
from lotproof.orders.digests import Seal, seal
from lotproof.orders.model import Order
from lotproof.records.model import Rung, Source, Transcript
from lotproof.records.recording import Filled, Form, Units, Written, record
from lotproof.records.rows import field_tag
from lotproof.records.values import is_blank
from lotproof.sources import parse_toml
from lotproof.wording.inlines import plain

FORMAT = "lotproof-transcript/1"

_KEYS = frozenset({"format", "order", "report", "transcribed", "fields"})


def read_transcript(
    content: bytes, name: str, order: tuple[Order, Seal] | None, report: tuple[bytes, str] | None, units: Units
) -> Given:
    """
    Read values that were copied from a report.

    Args:
        order: under which they are judged, with its digests; a transcript carries none.
        report: content and name of the report.

    Raises:
        Refused: it is no TOML (LP101) or no whole transcript (LP819), or the report is missing or another one (LP818).
    """
    data, _ = parse_toml(content, name)
    if data.get("format") != FORMAT:
        why = say("its format is {found}, not {wanted}", found=quoted(data.get("format")), wanted=FORMAT)
        raise Refused([_incomplete(name, why, _FORMS)])
    if order is None:
        raise Refused(
            [
                _incomplete(
                    name, say("a transcript carries no order"), say("give the order: --order with its order.json")
                )
            ]
        )
    reading = _Reading(name, data)
    agreed, sealed = order
    document = checklist(agreed, sealed=sealed)
    transcript, filled = reading.read(document)
    if reading.data.get("order") != sealed.digest:
        reading.findings.append(_of_another_order(name, sealed.digest))
    reading.refuse(report)
    form = Form(
        order=agreed, digest=sealed.digest, kind="checklist", languages=document.languages, places=places_of(document)
    )
    source = Source(name=name, format="toml", sha256=hashlib.sha256(content).hexdigest(), transcript=transcript)
    return Given(order=agreed, sealed=sealed, record=record(form, filled, source, units))


class _Reading:
    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        self.name, self.data = name, data
        self.findings: list[Finding] = []
        self.sha256 = ""

    def read(self, document: Document) -> tuple[Transcript, Filled]:
        """Return who copied what, and the values."""
        for key in self.data.keys() - _KEYS:
            self.findings.append(
                _incomplete(self.name, say("unknown key {key}", key=quoted(key)), did_you_mean(key, _KEYS))
            )
        self.sha256 = self._text("report", "sha256").lower()
        by = self._text("transcribed", "by")
        if is_blank(by):
            hint = say('write the name of the person who copied the values: by = "Anna Schmidt"')
            self.findings.append(
                _incomplete(f"{self.name}: transcribed.by", say("nobody says who copied the values"), hint)
            )
        places = places_of(document)
        fields = self.data.get("fields")
        if not isinstance(fields, Mapping):
            fields = {}
            hint = say("keep the table [fields] as lotproof inspect --transcribe prints it")
            self.findings.append(_incomplete(self.name, say("it has no fields"), hint))
        written, pages, strays = [], dict[str, int](), []
        for tag, entry in fields.items():
            value, page = self._entry(str(tag), entry)
            if value is None or is_blank(value):
                continue
            if tag not in places:
                strays.append(stray(self.name, str(tag)))
                continue
            pages[str(tag)] = page
            where = f"{self.name}: fields.{tag}"
            written.append(Written(tag=str(tag), text=value, where=where, rung=Rung.KEY))
        transcript = Transcript(
            file=self._text("report", "file"),
            sha256=self.sha256,
            by=by.strip(),
            on=self._day(),
            pages=MappingProxyType(pages),
        )
        filled = Filled(written=tuple(written), present=frozenset(places), findings=tuple(strays[:1_000]))
        return transcript, filled

    def refuse(self, report: tuple[bytes, str] | None) -> None:
        """LP818: the report is not there, or is another one; and everything else that stops the reading."""
        if report is None:
            hint = say("give it: --transcribe with the path of the report")
            self.findings.append(_other_report(self.name, say("the report that was copied from is not given"), hint))
        else:
            content, file = report
            found = hashlib.sha256(content).hexdigest()
            if found != self.sha256:
                message = say(
                    "{file} has the SHA-256 {found}, the values were copied from {wanted}",
                    file=file,
                    found=found[:16],
                    wanted=self.sha256[:16] or "?",
                )
                hint = say(
                    "give the very file that was copied from; if it is the right one, print a blank transcript of it and copy again"
                )
                self.findings.append(_other_report(self.name, message, hint))
        if self.findings:
            raise Refused(self.findings)

    def _entry(self, tag: str, entry: Any) -> tuple[str | None, int]:
        """Return value and page of a field; a value without a page cannot be found again."""
        where = f"{self.name}: fields.{tag}"
        hint = say('write it as {{ value = "62.4", page = 3 }}')
        if (
            not isinstance(entry, Mapping)
            or not isinstance(entry.get("value"), str)
            or entry.keys() - {"value", "page"}
        ):
            self.findings.append(_incomplete(where, say("this is no value with its page"), hint))
            return None, 0
        value, page = entry["value"], entry.get("page")
        if is_blank(value):
            return None, 0
        if not isinstance(page, int) or isinstance(page, bool) or page < 1:
            self.findings.append(_incomplete(where, say("nobody says on which page of the report it stands"), hint))
            return value, 0
        return value, page

    def _value(self, *path: str) -> Any:
        found: Any = self.data
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    def _text(self, *path: str) -> str:
        found = self._value(*path)
        return found if isinstance(found, str) else ""

    def _day(self) -> datetime.date | None:
        found = self._value("transcribed", "on")
        return found if type(found) is datetime.date else None


def blank_transcript(order: Order, report: bytes, name: str) -> str:
    """
    Return the TOML file into which the values of a report are copied.

    Args:
        report: content of the company's own report; name: of its file.
    """
    sealed = seal(order)
    document = checklist(order, sealed=sealed)
    rows = row_numbers(order, "checklist")
    language = document.languages[0]
    titles = {}
    for tag, (check, number) in rows.items():
        text = order.texts[language].terms[check.term.id]
        required = text.required if check.entry is None else text.entries[check.entry]
        titles[tag] = f"{number} {text.title}: {plain(required)}"
    lines = [
        f"# Values copied from {_comment(name)}. Write each value as the report states it, with the page it stands on; leave out what it does not state.",
        f'format = "{FORMAT}"',
        f'order = "{sealed.digest}"',
        "",
        "[report]",
        f"file = {_string(name)}",
        f'sha256 = "{hashlib.sha256(report).hexdigest()}"',
        "",
        "[transcribed]",
        'by = ""  # who copied',
        "# on = 2027-05-21  # on which day",
        "",
        "[fields]",
        *_fields(document, titles),
    ]
    return "\n".join(lines) + "\n"


def _fields(document: Document, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each field, and before each row what it is."""
    of_row = {field_tag(tag, "result"): tag for tag in titles}
    places = places_of(document)
    heads: dict[str, str] = {}
    for tag in places:
        row = of_row.get(tag)
        if row is not None:
            heads |= {t: row for t in places if t == tag or t.startswith(f"{row}.")}
    before = ""
    for tag, place in places.items():
        row = heads.get(tag, tag.rpartition(".")[0])
        if row != before:
            yield f"# {_comment(titles.get(row, row))}"
            before = row
        choices = f"  # {', '.join(value for value, _ in place.choices)}" if place.choices else ""
        yield f'{_string(tag)} = {{ value = "", page = 0 }}{choices}'


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:300]


def _string(text: str) -> str:
    plain_text = "".join(c if c.isprintable() else "?" for c in text)
    return '"' + plain_text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_FORMS = say(
    "give the file that lotproof inspect --transcribe REPORT --order ORDER has printed, with the values copied into it"
)


def _incomplete(where: str, message: Message, hint: Message) -> Finding:
    """LP819: a transcript that is not whole."""
    return Finding(where=where, code="LP819", message=message, hint=hint)


def _of_another_order(where: str, digest: str) -> Finding:
    """LP819: a transcript that was printed for another order, or another revision of it."""
    message = say("the transcript was printed for another order or revision; this one is {digest}", digest=digest[:16])
    hint = say("give the order that it was printed for, or print a blank transcript for this one and copy again")
    return _incomplete(f"{where}: order", message, hint)


def _other_report(where: str, message: Message, hint: Message) -> Finding:
    """LP818: the report is not the one that was copied from."""
    return Finding(where=where, code="LP818", message=message, hint=hint)
