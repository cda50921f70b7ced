"""Templates of the shapes of docxtpl's own: what passes is rendered as docxtpl renders it, values escaped, and a planted error is named by its place."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

from lotproof.findings import Refused
from lotproof.wordhouses.rendering import read_template
from rendered import differing, made_up
from word_templates import p, run, table, template


def order(document: Any) -> None:
    document.add_heading("Dear {{ customer_name }},", 1)
    document.add_paragraph("Your order of {{ total }}{% if in_france %} is shipped from France{% endif %}:")
    for text in (
        "{%p for item in items %}",
        "{{ item.desc }}: {{ item.qty }}",
        "{%p endfor %}",
        "{%p if paid %}",
        "Paid.",
        "{%p else %}",
        "Not paid.",
        "{%p endif %}",
    ):
        document.add_paragraph(text)


def nested(document: Any) -> None:
    for text in (
        "{%p for dish in dishes %}",
        "A dish called {{ dish.name }}, with:",
        "{%p for one in dish.parts %}",
        "{{ loop.index }} {{ one }}",
        "{%p endfor %}",
        "{%p endfor %}",
    ):
        document.add_paragraph(text)


def rows(document: Any) -> None:
    grid = document.add_table(rows=4, cols=2)
    for row, texts in enumerate(
        (
            ("Name", "Value"),
            ("{%tr for line in lines %}", ""),
            ("{{ line.name }}", "{{ line.value }}"),
            ("{%tr endfor %}", ""),
        )
    ):
        for column, text in enumerate(texts):
            grid.cell(row, column).text = text


def header_and_footer(document: Any) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ title }} \u201cquoted\u201d"
    section.footer.paragraphs[0].text = "{% if date %}{{ date }}{% endif %} & more"
    document.add_paragraph(
        "{{ title|upper }} {% for one in dates %}{{ one }}{% endfor %} {{ dates|join(', ') }}{# a note #}"
    )


def runs(document: Any) -> None:
    paragraph = document.add_paragraph("Before {")
    for text in ("{ na", "me", " }", "} between {% ", "if name %}yes", "{% endif", " %} after  two spaces"):
        paragraph.add_run(text).bold = True


def saved(make: Callable[[Any], None]) -> bytes:
    document = Document()
    make(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("make", [order, nested, rows, header_and_footer, runs])
def test_what_is_allowed_is_rendered_as_docxtpl_renders_it(make: Callable[[Any], None]) -> None:
    content = saved(make)
    assert differing(content, read_template(content)) == []


@pytest.mark.parametrize(
    "content",
    [
        template(table(["{%tc for a in heads %}", "{{ a.name }}", "{%tc endfor %}"], ["x", "y", "z"])),
        template(table(["{%tr for a in rows %}", ""], ["{% vm %}Same", "{{ a.name }}"], ["{%tr endfor %}", ""])),
        template(table(["{%tc for a in rows %}", "{% hm %}Wide", "{%tc endfor %}"])),
        template(p(run("{%r if a %}"), run("shown"), run("{%r endif %}"), run(" always"))),
        template("{#p a note #}", "{{ a }}", footnotes="{{ b }}"),
        template("{% if a %}one", "two", "three{% endif %}"),
    ],
    ids=["columns", "merged down", "merged across", "runs", "notes", "paragraphs"],
)
def test_the_tags_of_docxtpl_itself_do_what_they_do_there(content: bytes) -> None:
    assert differing(content, read_template(content)) == []


def test_the_comparison_sees_a_difference() -> None:
    content = saved(order)
    assert differing(saved(nested), read_template(content)) != []
    assert "&" in str(made_up(read_template(content)))


def test_a_planted_error_is_named_by_its_place() -> None:
    body = [
        "First.",
        "Second.",
        "{% if a %}Third.{% endif %}",
        "Fourth.",
        "{% if a %}Fifth.{% endif %}{% endif %}",
        "Sixth.",
    ]
    with pytest.raises(Refused) as caught:
        read_template(template(*body))
    (found,) = caught.value.findings
    assert (found.code, found.where) == ("LP950", "contract.docx: paragraph 5 ({% if a %}Fifth.{% endif %}{% endif %})")
