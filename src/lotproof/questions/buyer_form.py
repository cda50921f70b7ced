"""The workbook in which a buyer answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Category, Group
from lotproof.messages import in_language
from lotproof.questions.forms import (
    ENTRY_COLUMNS,
    HEADS,
    NONE,
    ROWS_OF_A_TABLE,
    TABLE_WIDTHS,
    WIDTHS,
    Form,
    FormCell,
    FormSheet,
    answer_cells,
    help_text,
    label,
    row_of,
    switch,
    table_head,
    table_row,
    title_of,
)
from lotproof.questions.origins import TABLE as ORIGIN
from lotproof.questions.paths import Path, written
from lotproof.questions.reading import FORMAT, HOUSE, REVISIONS

SPARE_ITEMS, SPARE_ROWS, SPARE_CLAUSES = 60, 40, 40
_ROWS = {"goods": SPARE_ITEMS, "own_terms": 20}


def answers_form(
    category: Category, data: Mapping[str, Any], language: str = "en", notes: Mapping[Path, str] | None = None
) -> Form:
    """
    Return the workbook in which a buyer answers: a sheet a group, one for the clauses, one for the tables.

    Args:
        data: answers to begin with, as TOML holds them, the salt among them; clauses by their whole id.
        notes: why an answer is asked again, by its path.
    """
    made = _Sheets(category, data, language, notes or {})
    sheets = (
        made.start(),
        *(made.rows(group) if group.repeat else made.group(group) for group in category.groups),
        made.clauses(),
        made.tables(),
        made.own_values(),
        made.defects(),
        *made.origins(),
    )
    return Form(title=category.title[language], kind="answers", language=language, sheets=sheets)


_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "start": {"en": "Start", "zh": "说明"},
        "clauses": {"en": "Specification", "zh": "规格条款"},
        "tables": {"en": "Tables", "zh": "表格"},
        "own": {"en": "Values of single items", "zh": "单个货号的数值"},
        "defects": {"en": "Defects", "zh": "缺陷"},
        "origin": {"en": "Origin", "zh": "来源"},
        "wanted": {
            "en": "Is this agreed? Left blank, its provision is not printed.",
            "zh": "是否约定？留空则不列入该条款。",
        },
        "taken": {"en": "Does this clause stand in the order?", "zh": "本条是否列入订单？"},
        "how": {
            "en": "Answer in the light cells only. An empty cell is a blank. Quantities: number and unit, such as 12.5 mm; "
            "a number alone is taken in the unit beside it. Decimal point, no thousands separator. No formulas.",
            "zh": "仅在浅色单元格内填写，留空表示未答。数量填写数值和单位，如12.5 mm；仅填数值时按旁列单位。小数用点号，不用千位分隔符，不用公式。",
        },
        "table": {
            "en": "A row for each size, part or place. In the empty rows at the end, write the key of the table first.",
            "zh": "每个尺寸、部件或部位一行。在末尾空行中请先填写表格代码。",
        },
        "value": {
            "en": 'Other values of one item. Key: goods[1].terms."clause".answer, where 1 is the row of the item.',
            "zh": '某一货号的不同数值。代码：goods[1].terms."条款".项目，其中1为货号所在行。',
        },
        "class": {
            "en": "Another class: up at will, down with a reason, a critical one never",
            "zh": "其他类别：可加重；减轻须说明理由；致命缺陷不得减轻",
        },
        "house": {"en": "House whose provisions are printed?", "zh": "采用哪套合同文本？"},
        "confirmed": {
            "en": "Clauses marked M? that you have checked and confirm: one id a line",
            "zh": "已核实并确认的 M? 条款：每行一个编号",
        },
        "fixed": {"en": "Leave it as it is", "zh": "请勿修改"},
        "reason": {"en": "Reason", "zh": "理由"},
    }
)


class _Sheets:
    """Makes the sheets of a buyer's workbook."""

    def __init__(self, category: Category, data: Mapping[str, Any], language: str, notes: Mapping[Path, str]) -> None:
        self.category, self.data, self.language, self.notes = category, data, language, notes
        self.minimum = {clause for m in category.minimum for clause in m.clauses}

    def say(self, key: str) -> str:
        return _WORDS[key][self.language]

    def head(self, title: str, note: str = "", heads: tuple[str, ...] = HEADS) -> tuple[tuple[FormCell, ...], ...]:
        return (
            (FormCell(text=title, role="title"),),
            (FormCell(text=note or self.say("how"), role="plain"),),
            tuple(label(head, self.language) for head in heads),
        )

    def sheet(self, name: str, rows: Iterator[tuple[FormCell, ...]], *head: tuple[FormCell, ...]) -> FormSheet:
        return FormSheet(name=name, widths=WIDTHS, rows=(*head, *rows), frozen=len(head))

    def start(self) -> FormSheet:
        revised = {c.id: c.revision for c in self.category.clauses.values() if c.revision > 1}

        def rows() -> Iterator[tuple[FormCell, ...]]:
            for key, value in (
                ("format", FORMAT),
                ("category", self.category.id),
                *(((REVISIONS, "\n".join(f"{k} = {v}" for k, v in revised.items())),) if revised else ()),
            ):
                yield FormCell(text=key), NONE, FormCell(text=self.say("fixed")), NONE, NONE, FormCell(text=value)
            house = FormCell(text=str(self.data.get("house") or HOUSE), role="text")
            yield FormCell(text="house"), NONE, FormCell(text=self.say("house"), role="strong"), NONE, NONE, house
            confirmed = FormCell(text="\n".join(self.data.get("confirmed") or ()), role="text")
            asked = FormCell(text=self.say("confirmed"), role="strong")
            yield FormCell(text="confirmed"), NONE, asked, FormCell(text=self.note(("confirmed",))), NONE, confirmed

        return self.sheet(self.say("start"), rows(), *self.head(self.category.title[self.language]))

    def note(self, path: Path) -> str:
        return in_language(self.notes.get(path, ""), self.language)

    def group(self, group: Group) -> FormSheet:
        raw = self.data.get(group.id)
        table = raw if isinstance(raw, Mapping) else {}

        def rows() -> Iterator[tuple[FormCell, ...]]:
            if group.optional:
                note = self.note((group.id,))
                yield switch(group.id, "", self.say("wanted"), note, self.language, on=raw is not None)
            for question in group.questions:
                path = (group.id, question.key)
                yield row_of(written(path), "", question, self.language, table.get(question.key), self.note(path))

        return self.sheet(group.title[self.language], rows(), *self.head(group.title[self.language]))

    def rows(self, group: Group) -> FormSheet:
        raw = self.data.get(group.id)
        items = raw if isinstance(raw, list) else []
        columns = [
            (question, suffix)
            for question in group.questions
            for suffix in (("", ".zh") if question.type == "words" else ("",))
        ]
        head = (
            (FormCell(text=group.title[self.language], role="title"),),
            (FormCell(text=self.say("how"), role="plain"),),
            (NONE, *(FormCell(text=q.text[self.language], role="strong") for q, _ in columns)),
            (NONE, *(FormCell(text=help_text(q, self.language)) for q, _ in columns)),
            (label("key", self.language), *(FormCell(text=q.key + suffix, role="head") for q, suffix in columns)),
        )

        def rows() -> Iterator[tuple[FormCell, ...]]:
            for index in range(len(items) + _ROWS.get(group.id, 20)):
                row = items[index] if index < len(items) else {}
                cells = {q.key: answer_cells(q, row.get(q.key), self.language) for q in group.questions}
                yield (
                    FormCell(text=written((group.id, index))),
                    *(cells[q.key][1 if suffix else 0] for q, suffix in columns),
                )

        widths = (14, *(28 if q.type == "words" else 18 for q, _ in columns))
        return FormSheet(name=group.title[self.language], widths=widths, rows=(*head, *rows()), frozen=len(head))

    def clauses(self) -> FormSheet:
        def rows() -> Iterator[tuple[FormCell, ...]]:
            terms = self.data.get("terms", {})
            for clause in self.category.clauses.values():
                path = ("terms", clause.id)
                marks = " ".join(f"{name}: {mark}" for name, mark in clause.confidence.items())
                note = "\n".join(
                    part for part in (self.note(path), f"{clause.defect_class}; {marks}; {clause.source}") if part
                )
                title = title_of(clause, self.language)
                yield switch(written(path), title, self.say("taken"), note, self.language, on=clause.id in terms)
                for question in clause.questions:
                    here = (*path, question.key)
                    if question.type != "entries":
                        value = terms.get(clause.id, {}).get(question.key)
                        yield row_of(written(here), title, question, self.language, value, self.note(here))

        return self.sheet(self.say("clauses"), rows(), *self.head(self.say("clauses")))

    def tables(self) -> FormSheet:
        head = table_head(self.say("tables"), self.say("table"), self.language)
        return FormSheet(name=self.say("tables"), widths=TABLE_WIDTHS, rows=(*head, *self._tables()), frozen=len(head))

    def _tables(self) -> Iterator[tuple[FormCell, ...]]:
        terms = self.data.get("terms", {})
        for clause in self.category.clauses.values():
            for question in clause.questions:
                if question.type == "entries":
                    path = ("terms", clause.id, question.key)
                    rows = terms.get(clause.id, {}).get(question.key) or []
                    for index in range(max(ROWS_OF_A_TABLE, len(rows) + 2)):
                        row = rows[index] if index < len(rows) else {}
                        yield table_row(written(path), clause, question, row, self.language, told=not index)
        for index, item in enumerate(self.data.get("goods") or ()):
            for clause_id, answers in item.get("terms", {}).items():
                clause = self.category.clauses[clause_id]
                for question in clause.questions:
                    own: Path = ("goods", index, "terms", clause_id, question.key)
                    for row in (answers.get(question.key) or ()) if question.type == "entries" else ():
                        yield table_row(written(own), clause, question, row, self.language, told=True)
        free = FormCell(role="text")
        for _ in range(SPARE_ROWS):
            yield free, NONE, NONE, *(free for _ in range(2 + len(ENTRY_COLUMNS)))

    def own_values(self) -> FormSheet:
        def rows() -> Iterator[tuple[FormCell, ...]]:
            for index, item in enumerate(self.data.get("goods") or ()):
                for clause_id, answers in item.get("terms", {}).items():
                    clause = self.category.clauses[clause_id]
                    path: Path = ("goods", index, "terms", clause_id)
                    topic = f"{item.get('item', '')} {title_of(clause, self.language)}"
                    yield switch(written(path), topic, self.say("taken"), "", self.language, on=True)
                    for question in clause.questions:
                        if question.type != "entries":
                            here = (*path, question.key)
                            yield row_of(written(here), topic, question, self.language, answers.get(question.key))
            free = FormCell(role="text")
            for _ in range(SPARE_CLAUSES):
                yield free, NONE, NONE, NONE, NONE, free, free

        return self.sheet(self.say("own"), rows(), *self.head(self.say("own"), self.say("value")))

    def defects(self) -> FormSheet:
        moved = {row.get("id"): row for row in self.data.get("defects") or ()}
        heads = tuple(label(head, self.language) for head in HEADS[:-1])
        reason = (FormCell(text=f"reason{suffix}", role="head") for suffix in ("", ".zh"))

        def rows() -> Iterator[tuple[FormCell, ...]]:
            for defect in self.category.defects:
                row = moved.get(defect.id, {})
                texts = row.get("reason", "")
                texts = texts if isinstance(texts, Mapping) else {"en": texts}
                yield (
                    FormCell(text=f"defects.{defect.id}"),
                    FormCell(text=defect.name[self.language], role="strong"),
                    FormCell(text=defect.border[self.language]),
                    FormCell(text=defect.defect_class),
                    NONE,
                    FormCell(text=str(row.get("class", "")), role="choice", choices=("critical", "major", "minor")),
                    *(FormCell(text=str(texts.get(code, "")), role="text") for code in ("en", "zh")),
                )

        head = (*self.head(self.say("defects"), self.say("class"))[:2], (*heads, *reason))
        return FormSheet(name=self.say("defects"), widths=(*WIDTHS, 32), rows=(*head, *rows()), frozen=len(head))

    def origins(self) -> Iterator[FormSheet]:
        table = self.data.get(ORIGIN)
        if not table:
            return
        heads = (label("key", self.language), *(FormCell(text=name, role="head") for name in ("of", "how", "on", "by")))
        rows = (
            (
                FormCell(text=ORIGIN),
                *(FormCell(text=str(v)) for v in (name, row["how"], row.get("on", ""), row.get("by", ""))),
            )
            for name, row in table.items()
        )
        yield FormSheet(name=self.say("origin"), widths=(10, 44, 14, 14, 30), rows=(heads, *rows), frozen=1)
