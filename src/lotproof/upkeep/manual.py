"""The catalogue as a manual: a page for each category and block, in Markdown, and the table of what each minimum is covered by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.catalog.compiling import compile_category, lineage
from lotproof.catalog.loading import build_category
from lotproof.catalog.model import Category, Clause, Defect, Minimum, Question, SampleRule
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
    standards = [row for file in source.standards for row in file.data["standard"]]
    examples = {file.data["id"]: file.data["example"] for _, file in source.clauses}
    reviewed = {state.clause: state.reviewed for state in states(source)}
    known = {category.id for category in categories}
    made = {"README.md": _index(categories, folders, known)}
    makers: list[tuple[str, Category | None, list[Clause]]] = [
        (c.id, c, list(folders.get(c.id, {}).values())) for c in categories
    ]
    makers += [(name, None, list(clauses.values())) for name, clauses in sorted(folders.items()) if name not in known]
    for name, of, own in makers:
        writer = _Page(name, of, own, folders, standards, examples, reviewed)
        made[f"{name}.md"] = "\n".join(writer.lines()) + "\n"
    return made


class _Page:
    """One page: the clauses of one folder in full, what is inherited by name."""

    def __init__(
        self,
        name: str,
        category: Category | None,
        own: Sequence[Clause],
        folders: Mapping[str, Mapping[str, Clause]],
        standards: Sequence[Mapping[str, Any]],
        examples: Mapping[str, Sequence[Mapping[str, Any]]],
        reviewed: Mapping[str, str],
    ) -> None:
        self.name, self.category, self.own, self.folders = name, category, own, folders
        self.standards, self.examples, self.reviewed = standards, examples, reviewed

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
            yield f"| {minimum.title['en']} | {minimum.title['zh']} | {_stated_by(minimum, category)} |"
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
        facts = [f"`{clause.id}`", clause.defect_class, "laboratory" if clause.where == "laboratory" else clause.nature]
        facts += ["destructive"] if clause.destructive else []
        facts += [f"{clause.minutes:f} min {'in all' if clause.sample.plan == 'once' else 'a unit'}"]
        facts += ["**confirm before use**"] if clause.unverified else []
        yield from (" · ".join(facts), "")
        said = {name: _spoken(sentences["en"]) for name, sentences in clause.sentences.items()}
        yield from (f"> {said['wording']}", f"> {_spoken(clause.sentences['wording']['zh'])}", "")
        brings = BRINGS[clause.brought_by]
        rows = [
            ("Method", said["method"]),
            ("Instrument", said["instrument"] + (f" (brought by {brings})" if brings else "")),
            ("Sample", _sample(clause.sample)),
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
        for wanted in ("critical", "major", "minor"):
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
            for row in self.standards:
                number = row["number"]
                if name in (number, f"{number}:{row.get('edition')}", f"{number}-{row.get('edition')}"):
                    twin = row.get("gb")
                    gb = (
                        f"{twin['number']} ({'same text' if twin['relation'] == 'same' else 'for reference'})"
                        if twin
                        else ""
                    )
                    state = "current" if row["status"] == "current" else f"withdrawn: {row['successor']}"
                    yield f"| {name} | {_cell(row['title']['en'])} | {gb} | {state} | {row['confidence']} |"
                    break
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
                lines.append(f"| {category.title['en']} | {minimum.title['en']} | {_stated_by(minimum, category)} |")
    return "\n".join(lines) + "\n"


def _stated_by(minimum: Minimum, category: Category) -> str:
    if minimum.defect_list:
        return "the defect list"
    if minimum.every_term:
        return "every clause"
    there = [c for c in minimum.clauses if c in category.clauses]
    return ", ".join(f"`{name}`" for name in (minimum.answers or there))


def _defect(defect: Defect) -> str:
    return f"| {defect.defect_class} | {defect.name['en']} | {defect.name['zh']} | {_cell(defect.border['en'])} |"


def _asked(question: Question) -> str:
    low, high = ("" if b is None else f"{b:f}" for b in (question.minimum, question.maximum))
    facts = [f"{low} to {high} {question.unit}".strip()] if low and high else [question.unit] if question.unit else []
    if question.choices:
        facts.append("one of: " + ", ".join(text["en"] for _, text in question.choices))
    if question.suggest:
        facts.append(f"offered: {', '.join(question.suggest)}")
    why = f" {question.why['en']}" if question.why else ""
    return f"`{question.key}` {question.text['en']}" + (f" [{'; '.join(facts)}]" if facts else "") + why


def _sample(rule: SampleRule) -> str:
    of = f"{rule.of['en']}, " if rule.of else ""
    match rule.plan:
        case "fixed":
            return f"{of}n = {rule.n} for each {'machine' if rule.per == 'unit' else 'lot'}, Ac {rule.ac}"
        case "level":
            ac = "Ac by the AQL of its class" if rule.by_class else f"Ac {rule.ac}"
            return f"{of}inspection level {rule.level}, {ac}"
        case "each":
            return f"{of}every unit"
        case "aql":
            return f"{of}the plan of the order, by class"
        case _:
            return f"{of}once for the lot"


def _title(clause: Clause, language: str) -> str:
    return _spoken(clause.sentences["title"][language])


def _anchor(clause: str) -> str:
    return clause.split(".", 1)[1]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _spoken(program: Program) -> str:
    """Return a sentence with the names of its values in place; of a condition, what it adds."""
    parts = []
    for item in program:
        if isinstance(item, str):
            parts.append(item)
        elif "v" in item:
            parts.append(f"⟨{'.'.join(item['v'])}⟩")
        elif "ref" in item:
            parts.append(item["ref"])
        else:
            parts.append(" / ".join(s for branch in ("then", "else") if (s := _spoken(item[branch]))))
    return "".join(parts)
