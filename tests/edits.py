"""
What people do to a contract or a checklist after it was written, as edits of its XML.

Nothing here knows how files are verified: an edit works on the text of a part by pattern, and says which clause it touched and what
stood there before and after.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from lotproof import api
from lotproof.orders.model import Order

ROOT = Path(__file__).parents[1]
ANSWERS = {"mugs": "stoneware-mugs", "machine": "vffs-packing-machine"}
BODY = "word/document.xml"
_BYTES = "surrogateescape"
"""How the bytes of pictures go through a text and come back as they were."""

_SPACE = "[ \u00a0\u202f]"

Parts = dict[str, str]


@dataclass(frozen=True)
class Edited:
    """A file after an edit, and what should be named."""

    parts: Mapping[str, str]
    clause: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class Edit:
    """An edit: what it is called, which file it is done to, and what it does."""

    name: str
    file: str
    change: Callable[[Source], Edited]


@dataclass(frozen=True)
class Source:
    """A file that was built, by its parts, and the order that it was built of."""

    order: Order
    parts: Mapping[str, str] = field(repr=False)

    def row(self, term: str, language: str = "en") -> str:
        """Return the row of a table that states a term."""
        title = _xml(self.order.texts[language].terms[term].title)
        return next(row for row in rows(self.parts[BODY]) if f">{title}<" in row)

    def put(
        self, old: str, new: str, part: str = BODY, *, clause: str, was: str = "", now: str = "", count: int = 1
    ) -> Edited:
        """Return the file with something in the place of something else."""
        assert old in self.parts[part], (part, old[:200])
        return Edited({**self.parts, part: self.parts[part].replace(old, new, count)}, clause, was, now)

    def clause_starting(self, text: str) -> str:
        """Return the id of the provision's paragraph that begins with a text."""
        for provision in self.order.texts["en"].provisions:
            place = 0
            for paragraph in provision.paragraphs:
                if "full" in paragraph.profiles:
                    place += 1
                    said = "".join(i if isinstance(i, str) else getattr(i, "text", "") for i in paragraph.words)
                    if said.startswith(text):
                        return f"{provision.id}.{place}"
        raise LookupError(text)


def rows(xml: str) -> list[str]:
    """Return the rows of all tables."""
    return re.findall(r"<w:tr>.*?</w:tr>", xml)


def runs(xml: str) -> list[str]:
    """Return the runs that hold text."""
    return re.findall(r"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>[^<]*</w:t></w:r>", xml)


def text_of(xml: str) -> str:
    """Return the text of some XML."""
    return (
        "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
    )


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraphs(xml: str) -> list[str]:
    """Return the paragraphs of some XML."""
    return re.findall(r"<w:p>.*?</w:p>", xml)


def controls(xml: str) -> list[str]:
    """Return the content controls of some XML."""
    return re.findall(r"<w:sdt>.*?</w:sdt>", xml)


def paragraph(inside: str) -> str:
    """Return a paragraph."""
    return f"<w:p>{inside}</w:p>"


@cache
def source(file: str) -> Source:
    """Return a file of an example: ``mugs/contract.docx``, ``machine/en/checklist.docx``."""
    example, *languages, name = file.split("/")
    order = _order(example)
    wanted = (languages[0],) if languages else None
    content = dict(api.render(order, wanted))[name]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return Source(order, {one: package.read(one).decode(errors=_BYTES) for one in package.namelist()})


@cache
def _order(example: str) -> Order:
    return api.build((ROOT / "examples" / ANSWERS[example] / "answers.toml").read_bytes()).order


def packed(parts: Mapping[str, str]) -> bytes:
    """Return a package, deflated as any zip program does it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content.encode(errors=_BYTES))
    return made.getvalue()


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# what is changed in the text of a term


def in_term(term: str, pattern: str, new: str, *, language: str = "en") -> Callable[[Source], Edited]:
    """Change the first match of a pattern in the texts of a term's row, its title apart."""

    def change(given: Source) -> Edited:
        row = given.row(term, language)
        title = _xml(given.order.texts[language].terms[term].title)
        before, _, after = row.partition(f">{title}<")
        for one in runs(after):
            said = re.sub(r"<[^>]*>", "", one)
            found = re.search(pattern, said)
            if found:
                changed = one.replace(said, said[: found.start()] + found.expand(new) + said[found.end() :])
                edited = f"{before}>{title}<{after.replace(one, changed, 1)}"
                return given.put(row, edited, clause=term, was=found[0], now=found.expand(new))
        raise LookupError(f"{term}: no {pattern}")

    return change


def digits(term: str, *, language: str = "en") -> Callable[[Source], Edited]:
    """Make a number of a term another one: its last digit."""

    def change(given: Source) -> Edited:
        row = given.row(term, language)
        for one in runs(row)[2:]:
            said = re.sub(r"<[^>]*>", "", one)
            found = re.search(r"(?<![A-Z0-9])[0-9][0-9.,]*(?![0-9])", said)
            if found:
                last = found[0].rstrip(".,")
                other = last[:-1] + str((int(last[-1]) + 3) % 10)
                changed = one.replace(said, said[: found.start()] + other + said[found.start() + len(last) :])
                return given.put(row, row.replace(one, changed, 1), clause=term, was=last, now=other)
        raise LookupError(term)

    return change


# rows and paragraphs


def drop_row(term: str) -> Callable[[Source], Edited]:
    """Take out the row of a term."""

    def change(given: Source) -> Edited:
        row = given.row(term)
        return given.put(row, "", clause=term, was=given.order.texts["en"].terms[term].title)

    return change


def double_row(term: str, old: str, new: str) -> Callable[[Source], Edited]:
    """Put in the row of a term once more, with another text in it."""

    def change(given: Source) -> Edited:
        row = given.row(term)
        assert old in row
        return given.put(row, row + row.replace(old, new), clause=term, now=new)

    return change


def swap_rows(one: str, other: str) -> Callable[[Source], Edited]:
    """Let two terms change places."""

    def change(given: Source) -> Edited:
        a, b = given.row(one), given.row(other)
        body = given.parts[BODY].replace(a, "@A@").replace(b, a).replace("@A@", b)
        title = given.order.texts["en"].terms
        return Edited(
            {**given.parts, BODY: body}, f"{one}|{other}", title[one].title[:8] + "|" + title[other].title[:8]
        )

    return change


def in_clause(start: str, old: str, new: str) -> Callable[[Source], Edited]:
    """Change words of a provision's paragraph, whichever spaces stand in them."""

    def change(given: Source) -> Edited:
        whole = clause(given, start)
        found = re.search(re.escape(old).replace("\\ ", _SPACE), whole)
        assert found is not None, whole[:300]
        edited = whole.replace(found[0], new, 1)
        return given.put(whole, edited, clause=given.clause_starting(start), was=found[0], now=new)

    return change


def clause(given: Source, start: str) -> str:
    """Return the paragraph that begins with a text."""
    wanted = re.compile(re.escape(start).replace("\\ ", _SPACE))
    return next(p for p in paragraphs(given.parts[BODY]) if wanted.match(text_of(p)))


def drop_clause(start: str) -> Callable[[Source], Edited]:
    """Take out a paragraph of a provision, with its row where the languages stand beside each other."""

    def change(given: Source) -> Edited:
        body = given.parts[BODY]
        whole = next((r for r in rows(body) if text_of(r).startswith(start)), None) or clause(given, start)
        return given.put(whole, "", clause=given.clause_starting(start), was=start)

    return change


def behind_clause(start: str, xml: str, now: str) -> Callable[[Source], Edited]:
    """Put something in behind a paragraph of a provision."""

    def change(given: Source) -> Edited:
        whole = clause(given, start)
        return given.put(whole, whole + xml, clause=given.clause_starting(start), now=now)

    return change


def in_row(term: str, edit: Callable[[str], str], was: str = "", now: str = "") -> Callable[[Source], Edited]:
    """Do something to the XML of a term's row."""

    def change(given: Source) -> Edited:
        row = given.row(term)
        edited = edit(row)
        assert edited != row
        return given.put(row, edited, clause=term, was=was, now=now)

    return change


def around_run(number: int, before: str, after: str = "", properties: str = "") -> Callable[[str], str]:
    """Return an edit that puts XML around a run, or properties into it; runs are counted from the back where negative."""

    def edit(row: str) -> str:
        one = runs(row)[number]
        other = one
        if properties:
            other = (
                one.replace("<w:rPr>", f"<w:rPr>{properties}")
                if "<w:rPr>" in one
                else one.replace("<w:r>", f"<w:r><w:rPr>{properties}</w:rPr>")
            )
        place = row.rindex(one) if number < 0 else row.index(one)
        return f"{row[:place]}{before}{other}{after}{row[place + len(one) :]}"

    return edit


# data


def in_data(
    edit: Callable[[dict[str, Any]], None], clause: str, was: str = "", now: str = ""
) -> Callable[[Source], Edited]:
    """Do something to the JSON that the file carries."""

    def change(given: Source) -> Edited:
        part = given.parts["customXml/item1.xml"]
        start = part.index(">", part.index("<lp:order")) + 1
        end = part.index("</lp:order>")
        text = part[start:end].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        data = json.loads(text)
        edit(data)
        again = _xml(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
        return Edited({**given.parts, "customXml/item1.xml": part[:start] + again + part[end:]}, clause, was, now)

    return change


def term_in(data: dict[str, Any], term: str) -> dict[str, Any]:
    """Return the agreed data of a term."""
    found: dict[str, Any] = next(one for one in data["sections"]["spec"]["data"]["terms"] if one["id"] == term)
    return found


# parts


def add_part(
    given: Source, name: str, content: str, kind: str, content_type: str, number: str = "rId90", of: str = BODY
) -> Parts:
    """Return the parts with one more, which another part refers to."""
    folder, _, file = of.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    target = name.removeprefix(f"{folder}/")
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    relation = f'<Relationship Id="{number}" Type="{office}/{kind}" Target="{target}"/></Relationships>'
    types = given.parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    )
    return {
        **given.parts,
        name: content,
        rels: given.parts.get(rels, empty).replace("</Relationships>", relation),
        "[Content_Types].xml": types,
    }


def each(
    names: Iterator[str] | tuple[str, ...], make: Callable[[str], Callable[[Source], Edited]]
) -> Iterator[tuple[str, Any]]:
    """Yield an edit for each of some names."""
    for name in names:
        yield name, make(name)
