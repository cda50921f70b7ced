"""A look is printed, stored with the order and carried by its documents; without one nothing changes."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from looked import ADDRESS, ANSWERS, REGISTERED, house, lettered, swap, whole
from lotproof import api
from lotproof.findings import Refused
from lotproof.frozen import replace
from lotproof.looks.data import look_digest, look_from, look_json
from lotproof.looks.model import Look
from lotproof.looks.palette import palette
from lotproof.looks.shipped import shipped_look, shipped_looks
from lotproof.looks.values import STYLES
from lotproof.orders.digests import order_json, seal
from lotproof.orders.model import Order
from lotproof.orders.stored import read_order
from lotproof.readers.look.reading import read_look
from lotproof.readers.look.styles import StyleSheet
from lotproof.readers.package import open_package
from lotproof.readers.xml import visit
from lotproof.upkeep.beginning import begin
from lotproof.upkeep.houses import look
from lotproof.verify.verifying import read_seen
from lotproof.writers.docx.chosen import styles_of
from lotproof.writers.docx.looking import looked_styles
from lotproof.writers.docx.reference import reference
from lotproof.writers.docx.styles import SETTINGS
from lotproof.writers.pdf.setting import setting_of
from office import saved
from word_faults import faults

BODY, FIRST, FOOTER = "word/document.xml", "word/header2.xml", "word/footer0.xml"
INHERITED = re.compile(r"style \w+: no East Asian font or language")
"""What a reference does on purpose: its styles inherit, so that another font of Normal is a font of all."""

DATA = "customXml/item1.xml"


@pytest.fixture(scope="module")
def plain() -> Order:
    return api.build(ANSWERS).order


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> Order:
    """The order of a house with a letterhead, drawn up as a draft and read back from its own file."""
    built = api.build(ANSWERS, house=house(tmp_path_factory.mktemp("houses") / "agency", whole())).order
    return read_order(order_json(built))


@pytest.fixture(scope="module")
def files(order: Order) -> dict[str, bytes]:
    return dict(api.render(order))


def edited(content: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, edit(data.decode()).encode() if name == part else data)
    return made.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


# the order


def test_an_order_keeps_its_look_and_prints_the_same_from_its_file_alone(
    order: Order, files: dict[str, bytes], tmp_path: Path
) -> None:
    assert order.look == read_look(whole()).look
    assert order.look is not None
    assert order.look.sha256 == hashlib.sha256(whole()).hexdigest()
    built = api.build(ANSWERS, house=house(tmp_path / "agency", whole())).order
    assert dict(api.render(built)) == files


def test_an_order_without_a_look_does_not_speak_of_one(plain: Order) -> None:
    stored = json.loads(order_json(plain))
    assert not [key for key in stored if "look" in key]
    for document in api.documents(plain).values():
        assert "look" not in json.loads("".join(document.data))["shown"]


def test_a_look_is_printed_and_not_agreed(order: Order) -> None:
    bare = replace(order, look=None)
    assert seal(bare).digest == seal(order).digest
    assert read_order(order_json(bare)).look is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data["look"]["page"].update(left=1080), "LP142"),
        (lambda data: data.pop("look"), "LP142"),
        (lambda data: data.pop("look_digest"), "LP142"),
        (lambda data: data["look"]["page"].update(left=9000), "LP141"),
        (lambda data: data["look"]["styles"]["Clause"].update(colour="FFFFFF"), "LP141"),
        (lambda data: data["look"]["styles"]["Clause"].update(vanish=True), "LP141"),
        (lambda data: data["look"]["styles"]["Clause"].update(ascii='x"/><w:p/>'), "LP141"),
        (lambda data: data["look"]["styles"].update(Hidden={}), "LP141"),
        (lambda data: data["look"].update(macro="x"), "LP141"),
        (lambda data: data["look"]["logo"].update(content="AAAA"), "LP141"),
        (lambda data: data["look"].pop("logo"), "LP141"),
        (lambda data: data["look"]["header"][0]["runs"][0].update(text="a\u202eb"), "LP141"),
        (lambda data: data["look"]["header"][0]["runs"][0].update(colour="FFFFFF"), "LP141"),
        (lambda data: data["look"].update(header=data["look"]["header"] * 100), "LP141"),
        (lambda data: data.update(look=[]), "LP141"),
    ],
)
def test_a_look_in_an_order_file_is_as_strictly_read_as_a_word_file(
    order: Order, change: Callable[[dict[str, object]], object], code: str
) -> None:
    data = json.loads(order_json(order))
    change(data)
    with pytest.raises(Refused) as caught:
        read_order(json.dumps(data).encode())
    assert [finding.code for finding in caught.value.findings] == [code]


def test_a_look_that_ships_is_a_look() -> None:
    for name in shipped_looks():
        found = shipped_look(name)
        assert look_from(json.loads(look_json(found))) == found
        assert len(look_digest(found)) == 64


# what is printed


def test_the_letterhead_stands_beside_number_revision_digest_and_pages(files: dict[str, bytes]) -> None:
    for name in ("contract.docx", "checklist.docx"):
        first, other = part(files[name], FIRST), part(files[name], "word/header1.xml")
        assert "Unit 12, Harbour Road" in first
        assert "Riverside Sourcing" in first
        assert "HB-2027-118 B" in other
        for footer in (FOOTER, "word/footer1.xml", "word/footer2.xml"):
            text = part(files[name], footer)
            assert all(piece in text for piece in (REGISTERED, "HB-2027-118 B", "NUMPAGES", "PAGE "))
            assert re.search(r"[0-9a-f]{16}<", text)
        body = part(files[name], BODY)
        assert body.count("<w:titlePg/>") == 1
        assert body.index("<w:titlePg/>") < body.index("</w:sectPr>")


def test_documents_with_a_look_are_sound(files: dict[str, bytes]) -> None:
    found = {name: faults(content) for name, content in files.items() if name.endswith("docx")}
    assert found == {"contract.docx": [], "checklist.docx": []}
    assert [fault for fault in faults(whole()) if not INHERITED.match(fault)] == []


def test_a_draft_says_so_on_its_first_page_too(order: Order) -> None:
    draft = dict(api.render(replace(order, draft=True), formats=("docx",), kinds=("contract",)))["contract.docx"]
    assert "LotproofDraft" in part(draft, FIRST)
    assert "DRAFT" in part(draft, FIRST)
    assert api.verify(draft, "contract.docx").changes == ()


@pytest.mark.parametrize("density", sorted(SETTINGS))
@pytest.mark.parametrize("name", shipped_looks())
def test_a_look_as_it_ships_and_as_it_is_read_print_the_same_styles(name: str, density: str) -> None:
    given = shipped_look(name)
    read = read_look(reference(given, "look")).look
    first, second = (resolved(looked_styles(density, one)) for one in (given, read))
    for style, properties in first.items():
        for key, value in properties.items():
            other = second[style][key]
            off = abs(int(value) - int(other)) if isinstance(value, int) and isinstance(other, int) else value != other
            assert off <= (8 if key == "line" else 0), (style, key, value, other)  # proportions are rounded twice
    assert first != resolved(styles_of(density, None))


def resolved(xml: str) -> dict[str, Mapping[str, object]]:
    sheet = StyleSheet("test", {})
    visit(xml.encode(), sheet, "test", "styles.xml")
    return {name: sheet.resolved(sheet.named("paragraph", style.name)) for name, style in STYLES.items()}


def test_a_look_that_says_what_the_writer_says_changes_nothing() -> None:
    bare = Look(
        name="plain", sha256="0" * 64, page=None, styles=(), tables=(), header=(), footer=(), first=None, logo=None
    )
    same = read_look(reference(bare, "look")).look
    for density in SETTINGS:
        own = resolved(styles_of(density, None))
        for key, value in resolved(looked_styles(density, same)).items():
            assert {**value, "rule": own[key]["rule"]} == own[key] or key in ("CellWrite", "Warning")


def test_an_exact_pitch_never_cuts_a_letter() -> None:
    small = look_from(
        {
            "format": "lotproof-look/1",
            "name": "plain",
            "sha256": "0" * 64,
            "styles": {"Clause": {"size": 40, "line": 100, "rule": "exact"}},
        }
    )
    for density in SETTINGS:
        clause = resolved(looked_styles(density, small))["Clause"]
        assert int(str(clause["line"])) >= 10 * int(str(clause["size"]))


def test_the_looks_that_ship_differ_from_each_other_and_from_none(plain: Order) -> None:
    looks = (None, *map(shipped_look, shipped_looks()))
    printed = [
        dict(api.render(replace(plain, look=one), formats=("docx",), kinds=("contract",)))["contract.docx"]
        for one in looks
    ]
    assert len({part(content, "word/styles.xml") for content in printed}) == len(looks)
    assert len(set(re.findall(r'<w:pgMar w:top="[0-9]+"', "".join(part(content, BODY) for content in printed)))) == len(
        looks
    )


# verification


def test_a_contract_with_a_letterhead_is_intact_and_needs_no_other_file(files: dict[str, bytes]) -> None:
    for name in ("contract.docx", "checklist.docx", "checklist.xlsx"):
        report = api.verify(files[name], name)
        assert (report.changes, str(report.verdict)) == ((), "intact")


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        (FIRST, swap("Tel. 2345678", "Tel. 2345679")),
        (FIRST, swap("Harbour Road", "Harbor Road")),
        (FOOTER, swap("CR 1234567", "CR 1234507")),
        ("word/footer1.xml", swap("CR 1234567", "CR 1234507")),
        ("word/header1.xml", swap(">Riverside<", ">Seaside<")),
        (FIRST, lambda xml: re.sub(r"<w:drawing>.*?</w:drawing>", "", xml)),
    ],
)
def test_a_changed_letterhead_is_found(files: dict[str, bytes], name: str, edit: Callable[[str], str]) -> None:
    report = api.verify(edited(files["contract.docx"], name, edit), "contract.docx")
    assert report.changes
    assert str(report.verdict) != "intact"


def test_another_logo_is_found(files: dict[str, bytes]) -> None:
    given = lettered().logo
    assert given is not None
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(files["contract.docx"])) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b"x" if name == "word/media/logo.png" else b""))
    assert api.verify(made.getvalue(), "contract.docx").changes


def test_a_letterhead_changed_on_the_page_and_inside_is_found(order: Order, files: dict[str, bytes]) -> None:
    def both(xml: str) -> str:
        return xml.replace("2345678", "2345679")

    forged = edited(edited(files["contract.docx"], FIRST, both), DATA, both)
    assert api.verify(forged, "contract.docx").changes
    kept = api.verify(forged, "contract.docx", record=order)
    assert any("2345678" in str(change) for change in kept.changes)


def test_a_redline_goes_between_a_contract_with_a_look_and_one_without(order: Order, plain: Order) -> None:
    made = api.redline(plain, order)
    assert faults(made) == []
    assert api.redline(order, plain)


# houses


@pytest.mark.parametrize("name", shipped_looks())
def test_a_new_house_has_a_reference_that_is_whole(name: str, tmp_path: Path) -> None:
    written = begin(tmp_path / "riverside", appearance=name)
    content = written["reference.docx"]
    assert written == begin(tmp_path / "riverside", appearance=name)
    for place, data in written.items():
        (tmp_path / "riverside" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "riverside" / place).write_bytes(data)
    assert look(tmp_path / "riverside").findings == ()
    assert [fault for fault in faults(content) if not INHERITED.match(fault)] == []
    found = read_look(content).look
    assert found.first is not None
    assert [getattr(run, "text", "") for line in found.first[0] for run in line.runs] == ["Riverside"]


def test_house_check_says_what_a_reference_lacks_and_what_it_may_not_hold(tmp_path: Path) -> None:
    from looked import changed

    lacking = changed({"word/styles.xml": lambda xml: xml.replace('w:val="Clause"', 'w:val="Klausel"')})
    assert {finding.code for finding in look(house(tmp_path / "lacking", lacking)).findings} == {"LP921"}
    macro = changed({"word/vbaProject.bin": b"x"})
    assert {finding.code for finding in look(house(tmp_path / "macro", macro)).findings} == {"LP920"}
    with pytest.raises(Refused) as caught:
        api.build(ANSWERS, house=tmp_path / "macro")
    assert {finding.code for finding in caught.value.findings} == {"LP920"}


def test_libreoffice_keeps_a_look(tmp_path: Path, files: dict[str, bytes]) -> None:
    ours = {name: content for name, content in files.items() if name.endswith("docx")}
    content = saved({"reference.docx": whole(), **ours}, tmp_path)
    before, after = read_look(whole()).look, read_look(content["reference.docx"])
    assert after.findings == ()
    assert (after.look.page, after.look.tables, after.look.logo) == (before.page, before.tables, before.logo)
    lost = set(differing(dict(before.styles), dict(after.look.styles)))
    assert lost == set()
    assert before.first is not None
    assert after.look.first is not None
    texts = [
        [getattr(run, "text", "logo") for line in one for run in line.runs]
        for one in (*before.first, *after.look.first)
    ]
    assert texts[:2] == texts[2:]
    assert ADDRESS in texts[0]
    for name in ours:
        assert [str(change) for change in api.verify(content[name], name).changes] == []


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for style, properties in before.items():
        one, other = dict(properties), dict(after[style])  # type: ignore[call-overload]
        yield from ((style, key) for key in one.keys() | other.keys() if one.get(key) != other.get(key))


# other formats


@pytest.mark.parametrize("name", shipped_looks())
def test_a_page_takes_colours_and_fonts_and_stays_well_formed(plain: Order, name: str) -> None:
    page = dict(api.render(replace(plain, look=shipped_look(name)), formats=("html",), kinds=("contract",)))[
        "contract.html"
    ].decode()
    ET.fromstring(page.partition("\n")[2])
    clause = dict(dict(shipped_look(name).styles)["Clause"])
    assert f"--ink:#{clause['colour']}" in page
    assert f'font-family:"{clause["ascii"]}","{clause["east_asia"]}"' in page


def test_a_pdf_takes_sizes_and_margins_in_proportion(plain: Order) -> None:
    document = api.documents(plain)["contract"]
    usual = setting_of(document)
    modern = setting_of(replace(document, look=shipped_look("modern")))
    assert (usual.body, usual.margin) == (10, 21)
    assert (modern.body, modern.margin) == (9.0, 19.9)


@pytest.mark.parametrize("name", shipped_looks())
@pytest.mark.parametrize("kind", ["contract", "checklist", "arrival", "summary"])
def test_nothing_that_is_printed_with_a_look_is_unseen(plain: Order, name: str, kind: str) -> None:
    printed = replace(plain, look=shipped_look(name))
    content = dict(api.render(printed, formats=("docx",), kinds=(kind,)))[f"{kind}.docx"]
    seen = read_seen(open_package(content, kind))
    assert [mark for unit in seen.units for mark in unit.marks] == []


def test_a_light_title_on_a_dark_ground_is_dark_where_there_is_no_ground() -> None:
    bare = {"format": "lotproof-look/1", "name": "plain", "sha256": "0" * 64}
    said = look_from({**bare, "styles": {"Title": {"colour": "FFFFFF", "shade": "000000"}}})
    assert palette(said).title == palette(said).ink


def test_what_stands_at_the_right_edge_does_so_on_a_page_that_lies_on_its_side(files: dict[str, bytes]) -> None:
    stops = [
        re.findall(r'<w:tab w:val="right" w:pos="([0-9]+)"/>', part(files[name], FIRST))
        for name in ("contract.docx", "checklist.docx")
    ]
    upright, lying = (int(found[0]) for found in stops)
    assert upright == 9700
    assert lying > 14_000


def test_the_contents_move_closer_together_under_a_high_letterhead(plain: Order) -> None:
    given = lettered()
    assert given.first is not None
    high = replace(given, first=(given.first[0] * 3, given.first[1]))
    pitches = []
    for one in (given, high):
        content = dict(api.render(replace(plain, look=one), formats=("docx",), kinds=("contract",)))["contract.docx"]
        line = re.search(r'<w:pStyle w:val="TOC1"/>.*?w:line="([0-9]+)"', part(content, BODY))
        assert line is not None
        pitches.append(int(line[1]))
    assert pitches[0] > pitches[1]
