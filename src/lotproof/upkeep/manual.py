"""The catalogue as a manual: a page for each category and block, in Markdown, and the table of what each minimum is covered by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.catalog.checking.relations import standards
from lotproof.catalog.compiling import compile_category, lineage
from lotproof.catalog.describing import facts, sample, satisfied_by, spoken
from lotproof.catalog.loading import build_category
from lotproof.catalog.model import CLASSES, Category, Clause, Defect, Question
from lotproof.catalog.source import Source
from lotproof.upkeep.reviewing import states
from lotproof.wording.sentences import Program

NOTE = "<!-- Made by `lotproof catalog docs` from spec_catalog/. Do not edit. -->"
STAGES = {
    "documents": "Documents",
    "quantity": "Quantity",
    "cartons": "Cartons",
    "packing": "Packing",
    "unit": "The unit",
    "measurement": "Measurements",
    "function": "Function",
    "laboratory": "Laboratory",
    "destructive": "Destructive tests, last",
}
MARKS = (
    "V: seen in the source named. M: well known, not looked up. M?: uncertain, confirm before use. typ: trade practice."
)
BRINGS = {"inspector": "the inspector", "factory": "the factory", "laboratory": "the laboratory", "nobody": ""}


def pages(source: Source) -> dict[str, str]:
    """Return the Markdown of every page by its file name."""
    categories = [
        build_category(compile_category(source, name))
        for name in sorted((f.data["id"] for f in source.categories), key=lambda n: (len(lineage(source, n)), n))
    ]
    folders: dict[str, dict[str, Clause]] = {}
    for category in categories:
        for clause in category.clauses.values():
            folders.setdefault(clause.id.split(".")[0], {}).setdefault(clause.id, clause)
    listed = [row for file in source.standards for row in file.data["standard"]]
    examples = {file.data["id"]: file.data["example"] for _, file in source.clauses}
    reviewed = {state.clause: state.reviewed for state in states(source)}
    known = {category.id for category in categories}
    made = {"README.md": _index(categories, folders, known)}
    makers: list[tuple[str, Category | None, list[Clause]]] = [
        (c.id, c, list(folders.get(c.id, {}).values())) for c in categories
    ]
    makers += [(name, None, list(clauses.values())) for name, clauses in sorted(folders.items()) if name not in known]
    for name, of, own in makers:
        writer = _Page(name, of, own, listed, examples, reviewed)
        made[f"{name}.md"] = "\n".join(writer.lines()) + "\n"
    return made


class _Page:
    """One page: the clauses of one folder in full, what is inherited by name."""

    def __init__(
        self,
        name: str,
        category: Category | None,
        own: Sequence[Clause],
        known: Sequence[Mapping[str, Any]],
        examples: Mapping[str, Sequence[Mapping[str, Any]]],
        reviewed: Mapping[str, str],
    ) -> None:
        self.name, self.category, self.own = name, category, own
        self.known, self.examples, self.reviewed = known, examples, reviewed

    def lines(self) -> Iterator[str]:
        title = f"{self.category.title['en']} {self.category.title['zh']}" if self.category else f"Block {self.name}"
        yield from (NOTE, "", f"# {title}", "")
        if self.category:
            yield from self._front(self.category)
        else:
            yield from ("These clauses are written once and offered by every category that names the block.", "")
        yield from self._clauses()
        if self.category:
            yield from self._defects(self.category)
        yield from self._standards()

    def _front(self, category: Category) -> Iterator[str]:
        yield f"Id for an answers file: `{category.id}`. `lotproof questions {category.id}` prints a blank one."
        if category.lineage[:-1]:
            yield f"Inherits from {', '.join(f'[{name}]({name}.md)' for name in category.lineage[:-1])}."
        yield (
            f"Up to {category.each_up_to} units are inspected one by one, more by sampling."
            if category.basis == "each"
            else "Lots are inspected by sampling."
        )
        yield from ("", "## What no contract goes without", "", "| Item | 项目 | Stated by |", "|---|---|---|")
        for minimum in category.minimum:
            yield f"| {minimum.title['en']} | {minimum.title['zh']} | {satisfied_by(minimum, category, 'en', '`{}`')} |"
        inherited: dict[str, list[Clause]] = {}
        for clause in category.clauses.values():
            folder = clause.id.split(".")[0]
            if folder != category.id:
                inherited.setdefault(folder, []).append(clause)
        if inherited:
            yield from ("", "## Offered as well", "", "| From | Clauses |", "|---|---|")
            for folder, clauses in inherited.items():
                names = ", ".join(f"[{_title(c, 'en')}]({folder}.md#{_anchor(c.id)})" for c in clauses)
                yield f"| [{folder}]({folder}.md) | {names} |"
        yield ""

    def _clauses(self) -> Iterator[str]:
        stage = ""
        for clause in self.own:
            if clause.stage != stage:
                stage = clause.stage
                yield from (f"## {STAGES[stage]}", "")
            yield from self._clause(clause)

    def _clause(self, clause: Clause) -> Iterator[str]:
        yield f'<a id="{_anchor(clause.id)}"></a>'
        yield from ("", f"### {_title(clause, 'en')} {_title(clause, 'zh')}", "")
        marks = [f"`{clause.id}`", clause.defect_class, "laboratory" if clause.where == "laboratory" else clause.nature]
        marks += ["destructive"] if clause.destructive else []
        marks += [f"{clause.minutes:f} min {'in all' if clause.sample.plan == 'once' else 'a unit'}"]
        marks += ["**confirm before use**"] if clause.unverified else []
        yield from (" · ".join(marks), "")
        said = {name: _said(sentences["en"]) for name, sentences in clause.sentences.items()}
        yield from (f"> {said['wording']}", f"> {_said(clause.sentences['wording']['zh'])}", "")
        brings = BRINGS[clause.brought_by]
        rows = [
            ("Method", said["method"]),
            ("Instrument", said["instrument"] + (f" (brought by {brings})" if brings else "")),
            ("Sample", sample(clause.sample, "en")),
            ("The inspector", said["action"]),
            *(("Asked", _asked(question)) for question in clause.questions),
            *(("For example", example["required"]["en"]) for example in self.examples.get(clause.id, ())),
            ("Evidence", ", ".join(clause.evidence)),
            ("Source", f"{clause.source} ({', '.join(f'{k} {v}' for k, v in clause.confidence.items())})"),
            ("Reviewed", self.reviewed.get(clause.id) or "not yet"),
        ]
        yield from ("| | |", "|---|---|")
        for name, text in rows:
            yield f"| {name} | {_cell(text)} |"
        yield ""

    def _defects(self, category: Category) -> Iterator[str]:
        yield from (
            "## Defects",
            "",
            "The buyer confirms each number. A critical defect cannot be moved to a lighter class.",
            "",
        )
        yield from ("| Class | Defect | 缺陷 | Border of the class |", "|---|---|---|---|")
        for wanted in CLASSES:
            for defect in category.defects:
                if defect.defect_class == wanted:
                    yield _defect(defect)
        yield ""

    def _standards(self) -> Iterator[str]:
        cited = sorted({name for clause in self.own for name in clause.standards})
        if not cited:
            return
        yield from ("## Standards", "", "| Standard | About | Chinese twin | Status | Mark |", "|---|---|---|---|---|")
        for name in cited:
            row = standards(name, self.known)[0]
            twin = row.get("gb")
            same = "same text" if twin and twin["relation"] == "same" else "for reference"
            gb = f"{twin['number']} ({same})" if twin else ""
            state = "current" if row["status"] == "current" else f"withdrawn: {row['successor']}"
            yield f"| {name} | {_cell(row['title']['en'])} | {gb} | {state} | {row['confidence']} |"
        yield from ("", MARKS)


def _index(categories: Sequence[Category], folders: Mapping[str, Mapping[str, Clause]], known: set[str]) -> str:
    """Return the first page: the tree, the blocks, and what covers each item of each minimum."""
    total = sum(len(clauses) for clauses in folders.values())
    lines = [
        NOTE,
        "",
        "# The catalogue",
        "",
        f"{total} clauses in {len(categories)} categories and {len(set(folders) - known)} blocks.",
        MARKS,
        "",
        "| Category | 类别 | Own clauses | Offered in all | Defects |",
        "|---|---|---|---|---|",
    ]
    for category in sorted(categories, key=lambda c: c.lineage):
        indent = "&nbsp;" * 4 * (len(category.lineage) - 1)
        own = len(folders.get(category.id, {}))
        lines.append(
            f"| {indent}[{category.title['en']}]({category.id}.md) | {category.title['zh']} | {own} "
            f"| {len(category.clauses)} | {len(category.defects)} |"
        )
    lines += ["", "| Block | Clauses |", "|---|---|"]
    lines += [f"| [{name}]({name}.md) | {len(folders[name])} |" for name in sorted(set(folders) - known)]
    lines += ["", "## What covers each minimum", "", "| Category | Item | Stated by |", "|---|---|---|"]
    for category in categories:
        for minimum in category.minimum:
            if minimum.category == category.id:
                lines.append(
                    f"| {category.title['en']} | {minimum.title['en']} | {satisfied_by(minimum, category, 'en', '`{}`')} |"
                )
    return "\n".join(lines) + "\n"


def _defect(defect: Defect) -> str:
    return f"| {defect.defect_class} | {defect.name['en']} | {defect.name['zh']} | {_cell(defect.border['en'])} |"


def _asked(question: Question) -> str:
    known = "; ".join(facts(question, "en"))
    why = f" {question.why['en']}" if question.why else ""
    return f"`{question.key}` {question.text['en']}" + (f" [{known}]" if known else "") + why


def _title(clause: Clause, language: str) -> str:
    return _said(clause.sentences["title"][language])


def _anchor(clause: str) -> str:
    return clause.split(".", 1)[1]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _said(program: Program) -> str:
    return spoken(program, "⟨{}⟩")
