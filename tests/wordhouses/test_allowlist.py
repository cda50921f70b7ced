"""What a contract.docx may hold: each thing that goes beyond is refused by its place and reason, before anything is rendered."""

from __future__ import annotations

import pytest

from lotproof.findings import Finding, Refused
from lotproof.frozen import replace
from lotproof.wordhouses import rendering
from lotproof.wordhouses.filling import walk
from lotproof.wordhouses.rendering import read_template, render
from lotproof.wordhouses.values import Missing, Table
from word_templates import R, W, p, run, table, template

DEEP = "{{ " + "(" * 180 + "a" + ")" * 180 + " }}"

PAYLOADS = [
    # runs code
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ order.__init__.__globals__ }}",
    "{{ order._private }}",
    "{{ _order }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ self.__init__ }}",
    "{{ self }}",
    "{{ order|attr('__class__') }}",
    "{{ '%s'|format(order) }}",
    "{{ '{0.__class__}'.format(order) }}",
    "{{ order['__class__'] }}",
    "{{ goods|map(attribute='__class__')|list }}",
    "{{ goods|selectattr('item', 'eq', 'x') }}",
    "{{ order.number.upper() }}",
    "{% set x = order %}",
    "{% macro m() %}{% endmacro %}",
    "{% call x() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = order %}{% endwith %}",
    "{% do goods.append(1) %}",
    # reads files
    "{% include '/etc/passwd' %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% extends '/etc/passwd' %}",
    # loops for ever, or fills the memory
    "{% for i in range(999999999) %}{% endfor %}",
    "{% for i in [1, 2, 3] %}{% endfor %}",
    "{% for i in 'a' * 999999999 %}{% endfor %}",
    "{% for a, b in goods %}{% endfor %}",
    "{% for a in 'abcdef' %}{% endfor %}",
    "{% for a in order.number|upper %}{% endfor %}",
    "{% for i in goods recursive %}{% endfor %}",
    "{% for i in goods if i.item %}{% endfor %}",
    "{{ 'a' * 999999999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 1 + 1 }}",
    "{{ -1 }}",
    "{{ 'a' ~ 'b' }}",
    "{{ order.number|center(999999999) }}",
    "{{ order.number|indent(999999999) }}",
    "{{ order.number|replace('', 'xxxxxxxx') }}",
    "{{ goods|batch(1) }}",
    "{{ goods|join(order.number) }}",
    "{{ 'x'|join('" + "y" * 250 + "') }}",
    "{{ [goods, goods] }}",
    "{{ {'a': goods} }}",
    "{{ goods[0] }}",
    "{{ goods[:9] }}",
    DEEP,
    "{{ a" + " and a" * 60 + " }}",
    # prints what it should not
    "{{ order.number|safe }}",
    "{{ order.number|default('x') }}",
    "{{ order.number if order.number }}",
    "{% autoescape false %}{% endautoescape %}",
    "{% raw %}{% endraw %}",
    "{% block x %}{% endblock %}",
    "{% if x is defined %}{% endif %}",
    "{% if order.number in goods %}{% endif %}",
    "{{p order.number }}",
    "{{r order.number }}",
    "{%- if order.number %}{% endif %}",
    "{% cellbg 'ff0000' %}",
    "{% colspan 9 %}",
    "{% if order.number %}{% else x %}{% endif %}",
    "{% if a %}{% if b %}{% endif %}x{% endif %}".replace("{% if b %}", "{% if b and %}"),
    "{{ }}",
    "{{ order.number, order.date }}",
]


def refused(content: bytes) -> tuple[Finding, ...]:
    with pytest.raises(Refused) as caught:
        read_template(content, "agency/contract.docx")
    return caught.value.findings


def codes(content: bytes) -> set[str]:
    return {finding.code for finding in refused(content)}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_outside_of_the_allowlist_is_refused_by_its_place_before_anything_is_rendered(
    payload: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "render", None)
    found = refused(template("First.", payload))
    assert {finding.code for finding in found} <= {"LP954", "LP950"}
    assert found[0].code == "LP954"
    assert found[0].where.startswith("agency/contract.docx: paragraph 2 (")


@pytest.mark.parametrize(
    "allowed",
    [
        "{{ order.number }}",
        "{{ order.number|upper|trim }}",
        "{{ goods|length }}",
        "{{ 'a' if order.number == 'x' else 'b' }}",
        "{% if payment.deposit_percent > 0 and not order.date %}x{% elif a %}y{% else %}z{% endif %}",
        "{% for item in goods %}{{ loop.index }} {{ item.item }}{% endfor %}",
        "{# a note to ourselves #}",
        "\u201c{{ order.number|join(\u201c, \u201d) }}\u201d",
    ],
)
def test_what_contracts_need_is_allowed(allowed: str) -> None:
    assert read_template(template(allowed)).nodes


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (template(p("a"), table(["b", "c"], ["d", "{{ x() }}"])), "table 1, row 2, cell 2"),
        (template("a", header="{{ x() }}"), "header 1: paragraph 1"),
        (template("a", footnotes="{{ x() }}"), "footnotes 1: paragraph 1"),
        (template("a", "b", p("{", "{ x", "() }", "}")), "paragraph 3"),
    ],
)
def test_each_refusal_names_its_place_and_its_words(content: bytes, where: str) -> None:
    (found,) = refused(content)
    assert where in found.where
    assert "x()" in found.where
    assert "calls" in found.message


@pytest.mark.parametrize(
    "body",
    [
        ["{{ order.number"],
        ["{{ order.number }", "}"],
        ["a } brace"],
        ["{% if a %}"],
        ["{% endif %}"],
        ["{% for a in goods %}{% endif %}"],
        ["{% else %}"],
        ["{% if a %}{% else %}{% else %}{% endif %}"],
        ["{% if a %}{% for b in goods %}{% endif %}{% endfor %}"],
        ["{% for b in goods %}{% else %}{% endfor %}"],
    ],
)
def test_tags_that_do_not_close_are_refused_where_they_open(body: list[str]) -> None:
    found = refused(template("First.", *body))
    assert {finding.code for finding in found} == {"LP950"}
    assert "paragraph 2" in found[0].where


@pytest.mark.parametrize(
    "body",
    [
        ["See {{ goods_table }}"],
        ["{{ goods_table }}{{ signatures }}"],
        [table(["{{ spec_exhibit }}"])],
        ["Pay {%p if order.number %}", "{%p endif %}"],
        ["{%p if order.number %}{%p endif %}"],
        ["{%tr for a in goods %}"],
        [table(["{%tr for a in goods %}", "Words"], ["{%tr endfor %}", ""])],
        [table(["{%tc for a in goods %} words"], ["{%tc endfor %}"])],
        ["{%r if order.number %}words{%r endif %}"],
        ["<w:p><w:pPr><w:sectPr/></w:pPr>" + run("{{ signatures }}") + "</w:p>"],
    ],
)
def test_a_tag_that_would_take_words_away_is_refused(body: list[str]) -> None:
    assert codes(template(*body)) == {"LP953"}


def field(instruction: str) -> str:
    return f'<w:fldSimple w:instr="{instruction}"><w:r><w:t>x</w:t></w:r></w:fldSimple>'


def split_field(*pieces: str) -> str:
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return begin + "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces) + end


def related(kind: str, target: str, *, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rIdX" Type="{R}/{kind}" Target="{target}"{mode}/>'


@pytest.mark.parametrize(
    "instruction",
    ["INCLUDETEXT c:/x.docx", "INCLUDEPICTURE http://x/y.png", "DDE excel", "DDEAUTO c:/cmd.exe", "LINK Excel.Sheet.12 c:/x", "IMPORT x",
     "DATABASE x", "MACROBUTTON x", "AUTOTEXT x", "ASK x", "FILLIN x", "DATE", "TIME", "DOCPROPERTY x", "RD x", "QUOTE x", "= 1+1",
     "HYPERLINK file://server/x", ""],
)  # fmt: skip
def test_a_field_that_fetches_or_changes_by_itself_is_refused(instruction: str) -> None:
    for content in (field(instruction), split_field(instruction), split_field(instruction[:3], instruction[3:])):
        assert codes(template("a", p(content))) == {"LP951"}


@pytest.mark.parametrize(
    "instruction",
    ["PAGE", " NUMPAGES ", "REF _Ref1 \\h", "TOC \\o", "HYPERLINK \\l here", "HYPERLINK https://example.org"],
)
def test_a_field_that_counts_or_refers_stays(instruction: str) -> None:
    assert read_template(template(p(field(instruction)), p(split_field(instruction)))).nodes


@pytest.mark.parametrize(
    "element",
    ['<w:altChunk r:id="x"/>', '<w:subDoc r:id="x"/>', "<w:r><w:object/></w:r>", "<w:r><w:control/></w:r>", "<w:ins><w:r/></w:ins>", "<w:del/>",
     "<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>", "<w:r><w:rPr><w:strike/></w:rPr><w:t>x</w:t></w:r>",
     '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr></w:sdt>', '<w:r><w:commentReference w:id="1"/></w:r>'],
)  # fmt: skip
def test_what_runs_or_hides_is_refused(element: str) -> None:
    found = refused(template("a", p("words", element)))
    assert {finding.code for finding in found} == {"LP951"}
    assert "paragraph 2" in found[0].where


@pytest.mark.parametrize(
    ("relation", "wanted"),
    [
        (related("attachedTemplate", "http://x/y.dotm"), {"LP506"}),
        (related("attachedTemplate", "file:///C:/x.dotx"), {"LP951"}),
        (related("image", "http://x/y.png"), {"LP506"}),
        (related("oleObject", "file:///x"), {"LP506"}),
        (related("hyperlink", "file:///x"), {"LP506"}),
        (related("hyperlink", "other.docx"), {"LP951"}),
        (related("aFChunk", "chunk.htm", external=False), {"LP507"}),
        (related("oleObject", "embeddings/x.bin", external=False), {"LP951"}),
        (related("package", "embeddings/x.xlsx", external=False), {"LP951"}),
        (related("vbaProject", "vbaProject.bin", external=False), {"LP951"}),
        (related("font", "fonts/x.odttf", external=False), {"LP951"}),
        (related("glossaryDocument", "glossary.xml", external=False), {"LP951"}),
        (related("comments", "comments.xml", external=False), {"LP951"}),
    ],
)
def test_nothing_outside_and_nothing_active_is_taken_over(relation: str, wanted: set[str]) -> None:
    assert codes(template("a", relations=relation)) == wanted


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"word/vbaProject.bin": b"x"}, {"LP507"}),
        ({"word/activeX/activeX1.xml": "<a/>"}, {"LP507"}),
        ({"../evil.xml": "<a/>"}, {"LP504"}),
        ({"word/theme1.xml": "<a>{{ x }}</a>"}, {"LP952"}),
        ({"docProps/core.xml": "<a>{% if x %}</a>"}, {"LP952"}),
        ({"word/x.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}, {"LP505"}),
        ({"word/x.xml": "<a>" * 500 + "</a>" * 500}, {"LP503"}),
        ({"word/x.xml": "<a>" + " " * 4_100_000 + "</a>"}, {"LP503"}),
        ({"word/x.xml": "<a>"}, {"LP501"}),
        ({"word/x.xml": "<a>" * 220 + "</a>" * 220}, {"LP503"}),
        ({"word/document.xml": f'<w:document xmlns:w="{W}">{"<w:tbl>" * 9}{"</w:tbl>" * 9}</w:document>'}, {"LP503"}),
        ({"word/document.xml": f'<w:document xmlns:w="{W}">{" " * 2_000_001}</w:document>'}, {"LP503"}),
    ],
)
def test_hostile_packages_are_refused(parts: dict[str, str | bytes], wanted: set[str]) -> None:
    assert codes(template("a", parts=parts)) == wanted


def test_a_picture_is_a_picture() -> None:
    relation = related("image", "media/a.png", external=False)
    png, emf = b"\x89PNG\r\n\x1a\n", b"\x01\x00\x00\x00"
    assert read_template(template("a", relations=relation, parts={"word/media/a.png": png})).nodes
    assert codes(template("a", relations=relation, parts={"word/media/a.png": emf})) == {"LP951"}


def test_a_tag_in_a_property_is_refused() -> None:
    alt = '<w:r><w:drawing><x:docPr xmlns:x="y" descr="{{ order.number }}"/></w:drawing></w:r>'
    assert codes(template(p(alt))) == {"LP952"}
    assert codes(template(p("a", split_field("PAGE {{ order.number }}")))) == {"LP952"}


def test_there_is_an_end_to_tags_and_to_their_depth() -> None:
    assert codes(template(*["{{ order.number }}" * 100] * 11)) == {"LP956"}
    deep = "{% if a %}" * 9 + "{% endif %}" * 9
    assert codes(template(deep)) == {"LP956"}
    assert codes(template("{{ order." + "n" * 500 + " }}")) == {"LP954"}
    assert codes(template("x" * 200_000 + "{{" * 20_000)) == {"LP950"}


def test_there_is_an_end_to_turns_and_to_what_is_printed() -> None:
    many = Table(goods=tuple(Table(item="x") for _ in range(200)))
    nested = "{% for a in goods %}{% for b in goods %}{% for c in goods %}{% endfor %}{% endfor %}{% endfor %}"
    with pytest.raises(Refused) as caught:
        walk(read_template(template("a", nested)).nodes, many)
    assert caught.value.findings[0].code == "LP956"
    assert "paragraph 2" in caught.value.findings[0].where
    long = Table(goods=tuple(Table(item="x" * 100_000) for _ in range(30)))
    with pytest.raises(Refused) as caught:
        walk(read_template(template("{% for a in goods %}{{ a.item }}{% endfor %}")).nodes, long)
    assert caught.value.findings[0].code == "LP956"


def test_what_jinja_is_given_is_checked_once_more_and_has_an_end() -> None:
    checked = read_template(template("words"))
    for text in ("{{ x.__class__ }}", "{% for i in 'abc' %}{% endfor %}", "{{ x() }}"):
        parts = {**checked.tagged.parts}
        parts[checked.tagged.packaged.main] = parts[checked.tagged.packaged.main].replace(b"words", text.encode())
        with pytest.raises(Refused) as caught:
            render(replace(checked, tagged=replace(checked.tagged, parts=parts)), {"x": "y"})
        assert [finding.code for finding in caught.value.findings] == ["LP958"]
    rows = table(["{%tr for a in goods %}"], ["{{ a.item }}" + "y" * 400_000], ["{%tr endfor %}"])
    many = Table(goods=tuple(Table(item="x") for _ in range(50)))
    with pytest.raises(Refused) as caught:
        render(read_template(template(rows)), many)
    assert [finding.code for finding in caught.value.findings] == ["LP956"]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{{ ordr.number }}", "LP955", "did you mean order"),
        ("{{ order.nmber }}", "LP955", "did you mean number"),
        ("{% for a in goods %}{{ a.itme }}{% endfor %}", "LP955", "did you mean item"),
        ("{{ goods }}", "LP954", "names"),
        ("{{ order }}", "LP954", "names"),
        ("{% for a in order.number %}{% endfor %}", "LP954", "names"),
        ("{% if order.number > 3 %}{% endif %}", "LP954", "names"),
        ("{{ order.number|join }}", "LP954", "names"),
        ("{{ order.bell }}", "LP954", "names"),
        ("{{ order.items }}", "LP955", "known"),
    ],
)
def test_what_the_values_do_not_give_is_refused_at_its_tag(text: str, code: str, said: str) -> None:
    values = Table(order=Table(number="HB-1", bell="a\x07b"), goods=(Table(item="M"),))
    with pytest.raises(Refused) as caught:
        walk(read_template(template("a", text)).nodes, values)
    found = caught.value.findings[0]
    assert (found.code, "paragraph 2" in found.where) == (code, True)
    assert said in found.hint


def test_a_missing_value_is_a_finding_at_its_place_and_never_nothing() -> None:
    values = Table(order=Table(number=Missing("order.number")))
    (found,) = walk(read_template(template("a", "b", "No. {{ order.number|upper }}")).nodes, values).findings
    assert (found.code, "paragraph 3" in found.where, found.severity.value) == ("LP957", True, "open")
    hidden = template("{% if order.number %}No. {{ order.number }}{% endif %}")
    assert walk(read_template(hidden).nodes, values).findings == ()


def shown(properties: str = "", paragraph: str = "", text: str = "The buyer waives all claims.") -> str:
    """Return a paragraph of one run with properties of both."""
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def celled(cell: str = "", row: str = "", whole: str = "", words: str = "") -> str:
    inner = f"<w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{words or shown()}</w:tc></w:tr>"
    return f'<w:tbl><w:tblPr>{whole}</w:tblPr><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>{inner}</w:tbl>'


BLACK = '<w:color w:val="000000"/>'
HIDDEN = [
    shown('<w:color w:val="FFFFFF"/>'),
    shown('<w:color w:val="000000" w:themeColor="background1"/>'),
    shown('<w:sz w:val="2"/>'),
    shown('<w:sz w:val="1pt"/>'),
    shown('<w:cs/><w:szCs w:val="2"/>'),
    shown('<w:w w:val="1"/>'),
    shown('<w:spacing w:val="-200"/>'),
    shown('<w:position w:val="-3000"/>'),
    shown('<w:fitText w:val="1"/>'),
    shown('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'),
    shown(f'{BLACK}<w:shd w:val="clear" w:fill="000000"/>'),
    shown(f'{BLACK}<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>'),
    shown(BLACK, '<w:shd w:val="clear" w:fill="000000"/>'),
    shown('<w:rFonts w:ascii="Wingdings"/>'),
    shown("<w:rtl/>"),
    shown("", '<w:spacing w:line="1" w:lineRule="exact"/>'),
    shown("", '<w:ind w:left="20000"/>'),
    shown("", '<w:ind w:left="-1000mm"/>'),
    shown("", '<w:framePr w:x="-20000" w:y="-9000"/>'),
    celled(row="<w:hidden/>"),
    celled(row='<w:trHeight w:val="1" w:hRule="exact"/>'),
    celled(cell='<w:tcW w:w="1" w:type="dxa"/>'),
    celled(cell='<w:shd w:val="clear" w:fill="000000"/>', words=shown(BLACK)),
    celled(whole='<w:tblInd w:w="20000" w:type="dxa"/>'),
    celled(whole='<w:tblpPr w:tblpX="-20000"/>'),
    p('<w:bdo w:val="rtl"><w:r><w:t>30</w:t></w:r></w:bdo>'),
    p("<w:r><w:pict><w:txbxContent>" + shown() + "</w:txbxContent></w:pict></w:r>"),
    '<w:p><w:pPr><w:sectPr><w:pgSz w:w="100" w:h="100"/></w:sectPr></w:pPr></w:p>',
    '<w:p><w:pPr><w:sectPr><w:pgMar w:left="-20000"/></w:sectPr></w:pPr></w:p>',
    "within \u202e03\u202c days",
    "no\u200bclaims",
    "the p\u0430yment",
]


@pytest.mark.parametrize("block", HIDDEN, ids=range(len(HIDDEN)))
def test_text_that_the_other_party_would_not_see_is_refused_at_its_place(block: str) -> None:
    found = refused(template("First.", block))
    assert {finding.code for finding in found} == {"LP951"}
    assert all(finding.where.startswith("agency/contract.docx") for finding in found)


@pytest.mark.parametrize(
    ("run_", "paragraph"),
    [
        ('<w:color w:val="FFFFFF"/>', ""),
        ("<w:vanish/>", ""),
        ('<w:sz w:val="2"/>', ""),
        ("<w:strike/>", ""),
        ("", '<w:spacing w:line="1" w:lineRule="exact"/>'),
        ("", '<w:ind w:left="20000"/>'),
        ("", '<w:framePr w:x="-20000"/>'),
    ],
)
def test_a_style_hides_no_text_either(run_: str, paragraph: str) -> None:
    style = f'<w:style w:type="paragraph" w:styleId="H"><w:pPr>{paragraph}</w:pPr><w:rPr>{run_}</w:rPr></w:style>'
    styles = {"word/styles.xml": f'<w:styles xmlns:w="{W}">{style}</w:styles>'}
    assert codes(template("First.", p("The buyer waives all claims.", style="H"), parts=styles)) == {"LP951"}


def test_a_style_that_nothing_uses_and_ordinary_looks_are_no_reason() -> None:
    grey = shown(
        '<w:color w:val="595959"/><w:sz w:val="16"/><w:rtl w:val="0"/>', '<w:ind w:left="720" w:hanging="360"/>'
    )
    table_ = celled(
        '<w:tcW w:w="0" w:type="auto"/><w:shd w:val="clear" w:fill="1F2933"/>', words=shown('<w:color w:val="FFFFFF"/>')
    )
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    assert read_template(template(grey, table_, "{{ order.number }}", parts={"word/styles.xml": styles})).nodes
