"""Whether a reader sees a text, as Word resolves styles, colours and sizes."""

from __future__ import annotations

import pytest

from lotproof.readers.xml import visit
from lotproof.verify.looks import Look, Looks, look_of, said
from word_packages import W


def styles(xml: str) -> Looks:
    """Return the styles of some XML."""
    found = Looks()
    visit(f'<w:styles xmlns:w="{W}">{xml}</w:styles>'.encode(), found, "x.docx", "word/styles.xml")
    return found


@pytest.mark.parametrize(
    ("properties", "beneath", "why"),
    [
        ({"w:vanish": "1"}, "", "hidden text"),
        ({"w:color": "FFFFFF"}, "", "white text"),
        ({"w:color": "FFFFFF"}, "1F2933", ""),
        ({"w:color": "1F2933"}, "1F2933", "text in the colour of what lies under it"),
        ({"w:color": "D9DEE3"}, "", "text too pale to be read"),
        ({"w:color": "9AA5B1"}, "", ""),
        ({"w:color": "auto"}, "000000", ""),
        ({"w:sz": "1pt"}, "", "text of 1 point"),
        ({"w:sz": "0.2mm"}, "", "text of 0.566929 point"),
        ({"w:cs": "1", "w:szCs": "2"}, "", "text of 1 point"),
        ({"w:spacing": "-10pt"}, "", "letters pressed together"),
        ({"w:fitText": "1"}, "", "letters pressed together"),
        ({"w:color": "FFFFFF", "w:shd": "000000"}, "", ""),
        ({"w:color": "000000", "w:highlight": "black"}, "", "text in the colour of what lies under it"),
        ({"w:sz": "4"}, "", "text of 2 point"),
        ({"w:sz": "12"}, "", ""),
        ({"w:w": "10"}, "", "letters pressed together"),
        ({"w:spacing": "-200"}, "", "letters pressed together"),
        ({"w:position": "400"}, "", "letters moved off their line"),
        ({":noFill": "1"}, "", "letters without a colour"),
        ({"w:vanish": "0", "w:b": "1"}, "", ""),
    ],
)
def test_what_is_not_seen_is_said_to_be(properties: dict[str, str], beneath: str, why: str) -> None:
    assert look_of(tuple(properties.items()), beneath).unseen == why


def test_a_style_inherits_from_what_it_is_based_on_and_over_the_defaults() -> None:
    looks = styles(
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish w:val="0"/><w:color w:val="000000"/></w:rPr></w:style>'
    )
    assert looks.default == "a"
    assert looks.properties(("a",)) == {"w:sz": "21", "w:color": "FFFFFF"}
    assert look_of(tuple(looks.properties(("b",)).items()), "").unseen == "hidden text"
    assert look_of(tuple(looks.properties(("b", "c")).items()), "") == Look()


def test_styles_that_are_based_on_each_other_come_to_an_end() -> None:
    looks = styles(
        '<w:style w:styleId="a"><w:basedOn w:val="b"/><w:rPr><w:strike/></w:rPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    assert look_of(tuple(looks.properties(("a",)).items()), "").struck


@pytest.mark.parametrize(
    ("attributes", "seen"),
    [
        ({"val": "solid", "color": "000000", "fill": "FFFFFF"}, "000000"),
        ({"val": "pct95", "color": "auto", "fill": "FFFFFF"}, "0C0C0C"),
        ({"val": "horzStripe", "color": "000000", "fill": "FFFFFF"}, "7F7F7F"),
        ({"val": "clear", "color": "000000", "fill": "EDF1F5"}, "EDF1F5"),
        ({"val": "nil", "fill": "000000"}, ""),
    ],
)
def test_a_shading_is_seen_as_its_pattern_shows_it(attributes: dict[str, str], seen: str) -> None:
    assert said("w:shd", attributes) == seen


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ('<w:spacing w:line="1" w:lineRule="exact"/>', "a line without height"),
        ('<w:ind w:left="-20000"/>', "text beside the page"),
        ('<w:ind w:left="1000mm"/>', "text beside the page"),
        ('<w:framePr w:x="-20000"/>', "text in a frame"),
        ('<w:spacing w:line="276" w:lineRule="exact"/><w:ind w:left="720"/>', ""),
    ],
)
def test_a_style_takes_its_text_out_of_sight_and_that_of_styles_based_on_it(properties: str, why: str) -> None:
    looks = styles(
        f'<w:style w:type="paragraph" w:styleId="a"><w:pPr>{properties}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"/>'
    )
    assert [looks.out_of_sight(style) for style in "abc"] == [why, why, ""]
    everywhere = styles(f"<w:docDefaults><w:pPrDefault><w:pPr>{properties}</w:pPr></w:pPrDefault></w:docDefaults>")
    assert everywhere.out_of_sight("c") == why
