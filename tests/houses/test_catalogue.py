"""A house's own clauses and defects on top of the catalogue: added, replaced, stricter, left out; what is loosened is named."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from lotproof import api
from lotproof.catalog.compiling import compile_category
from lotproof.catalog.overlay import Layer, Overlaid, compile_overlaid, overlaid
from lotproof.catalog.source import Source, SourceFile, read_source
from lotproof.findings import Refused, Severity
from lotproof.houses import categories_of
from lotproof.orders.digests import order_json
from lotproof.orders.stored import read_order
from lotproof.shipped import shipped
from lotproof.sources import parse_toml
from lotproof.templates.folders import stack
from lotproof.upkeep.houses import look

ANSWERS = (Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()
MUGS = "ceramic_tableware"
HANDLE = f"{MUGS}.handle_strength"
WHY = 'why = { en = "our client asks for it", zh = "客户要求" }\n'
STRICTER = f'[[tighten]]\nclause = "{HANDLE}"\nsample = {{ plan = "fixed", n = 5, per = "lot" }}\n{WHY}'
LIPSTICK = """
[[defect]]
id = "lipstick"
class = "minor"
photo = true
source = "house"
confidence = "typ"
name = { en = "mark that does not wash off", zh = "洗不掉的印痕" }
border = { en = "Mark over 1 mm that stays after washing: minor.", zh = "洗涤后仍留有大于1 mm的印痕：次要。" }
"""


@pytest.fixture(scope="session")
def source() -> Source:
    return read_source(shipped("spec_catalog"))


def layer(house: str = "river", **files: str) -> Layer:
    """Return what a house says; ``ceramic_tableware__category`` names ``catalog/ceramic_tableware/category.toml``."""
    read = []
    for name, text in files.items():
        path = Path(house, "catalog", f"{name.replace('__', '/')}.toml")
        read.append(SourceFile(path, str(path), parse_toml(text.encode(), path.name)[0], text))
    return Layer(house=house, files=tuple(read))


def clause(over: Overlaid, name: str = HANDLE, category: str = MUGS) -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in compile_overlaid(over, category)["clauses"] if c["id"] == name)
    return found


def named(over: Overlaid) -> list[tuple[str, str, str]]:
    return [(change.what, change.id, change.house) for change in over.changes]


def test_no_house_changes_nothing(source: Source) -> None:
    assert compile_overlaid(overlaid(source, ()), MUGS) == compile_category(source, MUGS)


def test_a_house_makes_a_clause_stricter_for_a_category(source: Source) -> None:
    over = overlaid(source, [layer(ceramic_tableware__category=f'id = "{MUGS}"\n{STRICTER}')])
    assert clause(over)["sample"]["n"] == 5
    assert named(over) == [("tightened", HANDLE, "river")]


def test_what_a_house_asks_of_a_category_holds_for_those_beneath_it(source: Source) -> None:
    weight = "consumer_goods.net_weight"
    asked = f'id = "consumer_goods"\n[[tighten]]\nclause = "{weight}"\ndefect_class = "critical"\n{WHY}'
    over = overlaid(source, [layer(consumer_goods__category=asked)])
    assert clause(over, weight)["defect_class"] == "critical"
    assert clause(over, weight, "moulded_plastic")["defect_class"] == "critical"
    assert compile_overlaid(over, "machinery") == compile_category(source, "machinery")


def test_the_house_above_decides(source: Source) -> None:
    client = STRICTER.replace("n = 5", "n = 8")
    lower = layer("river", ceramic_tableware__category=f'id = "{MUGS}"\n{STRICTER}')
    upper = layer("client", ceramic_tableware__category=f'id = "{MUGS}"\n{client}')
    assert clause(overlaid(source, [lower, upper]))["sample"]["n"] == 8


def test_a_clause_that_is_replaced_stands_whatever_was_tightened_beneath_it(source: Source) -> None:
    agency = layer("river", ceramic_tableware__category=f'id = "{MUGS}"\n{STRICTER}')
    own = f'id = "{HANDLE}"\nreplaces = "{HANDLE}"\nsample = {{ plan = "fixed", n = 32, per = "lot" }}\n'
    client = layer("client", ceramic_tableware__handle_strength=own)
    assert clause(overlaid(source, [agency, client]))["sample"]["n"] == 32
    assert clause(overlaid(source, [client, agency]))["sample"]["n"] == 5


def test_a_clause_that_is_replaced_stands_whatever_a_category_that_ships_has_tightened(source: Source) -> None:
    tightened = next(
        (file.data["id"], row["clause"])
        for file in source.categories
        for row in file.data.get("tighten", ())
        if "sample" in row
    )
    category, name = tightened
    sample = '{ plan = "fixed", n = 77, per = "lot" }'
    folder, _, stem = name.partition(".")
    own = f'id = "{name}"\nreplaces = "{name}"\nsample = {sample}\n'
    over = overlaid(source, [layer(**{f"{folder}__{stem}": own})])
    assert clause(over, name, category)["sample"]["n"] == 77


def test_a_clause_that_is_replaced_keeps_what_the_house_does_not_say(source: Source) -> None:
    own = f'id = "{HANDLE}"\nreplaces = "{HANDLE}"\nminutes = 9\n'
    over = overlaid(source, [layer(ceramic_tableware__handle_strength=own)])
    before = clause(overlaid(source, ()))
    assert clause(over) == {**before, "minutes": 9}
    assert named(over) == [("replaced", HANDLE, "river")]


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ('defect_class = "minor"', "minor is not graver"),
        ('sample = { plan = "fixed", n = 2, per = "lot" }', "the sample is not larger"),
        (
            '[[question]]\nkey = "load"\ntype = "quantity"\nunit = "kg"\nmin = 0.05\nmax = 50\ntext = { en = "Load", zh = "载荷" }',
            "min 0.05 is wider",
        ),
        (
            '[[question]]\nkey = "load"\ntype = "quantity"\nunit = "kg"\nmin = 0.1\ntext = { en = "Load", zh = "载荷" }',
            "max 50 is left out",
        ),
    ],
)
def test_what_is_loosened_is_named(source: Source, own: str, why: str) -> None:
    text = f'id = "{HANDLE}"\nreplaces = "{HANDLE}"\n{own}\n'
    over = overlaid(source, [layer(ceramic_tableware__handle_strength=text)])
    (loosened,) = (change for change in over.changes if change.what == "loosened")
    assert loosened.id == HANDLE
    assert why in loosened.why


def test_what_is_loosened_is_measured_by_the_house_beneath(source: Source) -> None:
    agency = layer("river", ceramic_tableware__category=f'id = "{MUGS}"\n{STRICTER}')
    own = f'id = "{HANDLE}"\nreplaces = "{HANDLE}"\nsample = {{ plan = "fixed", n = 4, per = "lot" }}\n'
    client = layer("client", ceramic_tableware__handle_strength=own)
    assert ("loosened", HANDLE, "client") in named(overlaid(source, [agency, client]))
    assert ("loosened", HANDLE, "client") not in named(overlaid(source, [client]))


def test_defects_are_added_and_made_graver(source: Source) -> None:
    graver = '[[defect]]\nid = "crazing"\nreplaces = "crazing"\nclass = "critical"\n'
    over = overlaid(
        source,
        [
            layer(
                ceramic_tableware__category=f'id = "{MUGS}"\ndefects = ["lipstick"]\n',
                ceramic_tableware__defects=graver + LIPSTICK,
            )
        ],
    )
    defects = {row["id"]: row for row in compile_overlaid(over, MUGS)["defects"]}
    assert defects["crazing"]["class"] == "critical"
    assert defects["crazing"]["name"]["en"] == "crazing"
    assert defects["lipstick"]["name"]["zh"] == "洗不掉的印痕"
    assert named(over) == [("replaced", "crazing", "river"), ("added", "lipstick", "river")]
    lighter = overlaid(source, [layer(ceramic_tableware__defects=graver.replace("critical", "minor"))])
    assert ("loosened", "crazing", "river") in named(lighter)


def test_what_is_left_out_is_named(source: Source) -> None:
    asked = f'id = "{MUGS}"\n[[without]]\nclauses = ["{HANDLE}"]\n{WHY}'
    over = overlaid(source, [layer(ceramic_tableware__category=asked)])
    assert HANDLE not in [c["id"] for c in compile_overlaid(over, MUGS)["clauses"]]
    assert named(over) == [("removed", HANDLE, "river")]


@pytest.mark.parametrize(
    "files",
    [
        {"ceramic_tableware__handle_strength": f'id = "{HANDLE}"\n'},
        {"ceramic_tableware__other": f'id = "{MUGS}.other"\nreplaces = "{MUGS}.other"\n'},
        {"ceramic_tableware__defects": '[[defect]]\nid = "crazing"\nclass = "critical"\n'},
        {"ceramic_tableware__defects": '[[defect]]\nid = "lipstik"\nreplaces = "lipstik"\nclass = "critical"\n'},
    ],
)
def test_nothing_is_redefined_unsaid(source: Source, files: dict[str, str]) -> None:
    with pytest.raises(Refused) as caught:
        overlaid(source, [layer(**files)])
    assert [finding.code for finding in caught.value.findings] == ["LP903"]


HOUSE = 'format = "lotproof-house/1"\nid = "river"\nversion = "1.0"\ntitle = { en = "River", zh = "河" }\nbase = "standard"\nbase_version = "0.1.0"\n'


@pytest.fixture(scope="session")
def river(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("houses") / "river"
    (folder / "catalog" / MUGS).mkdir(parents=True)
    (folder / "house.toml").write_text(HOUSE, encoding="utf-8")
    asked = f'id = "{MUGS}"\ndefects = ["lipstick"]\n{STRICTER}'
    (folder / "catalog" / MUGS / "category.toml").write_text(asked, encoding="utf-8")
    (folder / "catalog" / MUGS / "defects.toml").write_text(LIPSTICK, encoding="utf-8")
    return folder


def test_an_order_is_built_with_the_clauses_of_the_house_and_the_checklist_asks_for_them(river: Path) -> None:
    order = api.build(ANSWERS, house=river).order
    (term,) = (term for term in order.spec.terms if term.clause == HANDLE)
    assert [sample.n for sample in term.samples] == [5]
    files = dict(api.render(order, formats=("txt",)))
    for name in ("contract.txt", "checklist.txt"):
        assert "mark that does not wash off" in files[name].decode()
        assert "n = 5" in files[name].decode()


def test_what_a_house_eases_is_kept_by_the_order_and_named_by_the_gate(tmp_path: Path) -> None:
    folder = tmp_path / "river"
    (folder / "catalog" / MUGS).mkdir(parents=True)
    (folder / "house.toml").write_text(HOUSE, encoding="utf-8")
    asked = f'id = "{MUGS}"\n[[without]]\ndefects = ["crazing"]\n{WHY}'
    (folder / "catalog" / MUGS / "category.toml").write_text(asked, encoding="utf-8")
    lighter = f'id = "{HANDLE}"\nreplaces = "{HANDLE}"\nsample = {{ plan = "fixed", n = 2, per = "lot" }}\n'
    (folder / "catalog" / MUGS / "handle_strength.toml").write_text(lighter, encoding="utf-8")
    built = api.build(ANSWERS, house=folder)
    gate = api.check(read_order(order_json(built.order)), built.findings, datetime.date(2027, 1, 5))
    report = api.gate_files(built.order, gate, "en", ("txt",))["gate.txt"].decode()
    for named in (HANDLE, "crazing"):
        assert named in report
    plain = api.build(ANSWERS)
    assert not [finding for finding in plain.findings if finding.code in ("LP971", "LP972")]


def test_a_house_is_checked_as_the_catalogue_is(river: Path, tmp_path: Path) -> None:
    assert [finding for finding in look(river).findings if finding.severity is not Severity.NOTE] == []
    folder = tmp_path / "river"
    (folder / "catalog" / MUGS).mkdir(parents=True)
    (folder / "house.toml").write_text(HOUSE, encoding="utf-8")
    asked = f'id = "{MUGS}"\nparent = "consumer_goods"\n[[tighten]]\nclause = "{MUGS}.handle_strenght"\ndefect_class = "critical"\n{WHY}'
    (folder / "catalog" / MUGS / "category.toml").write_text(asked, encoding="utf-8")
    lighter = f'id = "{HANDLE}"\nreplaces = "{HANDLE}"\ndefect_class = "minor"\nwording = {{ en = "Good handle.", zh = "把手良好。" }}\n'
    (folder / "catalog" / MUGS / "handle_strength.toml").write_text(lighter, encoding="utf-8")
    looked = look(folder)
    assert {finding.code for finding in looked.findings} >= {"LP325", "LP333", "LP970", "LP971"}
    assert ("loosened", HANDLE, "river") in looked.changed
    (loosened,) = (finding for finding in looked.findings if finding.code == "LP971")
    assert loosened.severity is Severity.OPEN
    assert loosened.where.startswith(f"river/catalog/{MUGS}/handle_strength.toml:1")


def test_files_of_a_house_lie_in_folders_of_its_own(river: Path, tmp_path: Path) -> None:
    folder = tmp_path / "river"
    (folder / "catalog").mkdir(parents=True)
    (folder / "house.toml").write_text(HOUSE, encoding="utf-8")
    (folder / "catalog" / MUGS).symlink_to(river / "catalog" / MUGS)
    with pytest.raises(Refused) as caught:
        categories_of(folder)(MUGS, "answers")
    assert [finding.code for finding in caught.value.findings] == ["LP902"]
    (folder / "catalog" / MUGS).unlink()
    (folder / "catalog" / "handle.toml").write_text(LIPSTICK, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        categories_of(folder)(MUGS, "answers")
    assert "lies in no folder" in str(caught.value.findings[0].message)


def test_a_house_may_have_a_category_of_its_own(tmp_path: Path, source: Source) -> None:
    own = 'id = "espresso_cups"\nrevision = 1\nparent = "ceramic_tableware"\ntitle = { en = "Espresso cups", zh = "浓缩咖啡杯" }\n'
    over = overlaid(source, [layer(espresso_cups__category=own)])
    made = compile_overlaid(over, "espresso_cups")
    assert made["lineage"][-2:] == [MUGS, "espresso_cups"]
    assert HANDLE in [c["id"] for c in made["clauses"]]
    assert stack(river_of(tmp_path, own))[-1].id == "river"
    assert categories_of(tmp_path / "river")("espresso_cups", "answers").title["en"] == "Espresso cups"
    with pytest.raises(Refused) as caught:
        categories_of(tmp_path / "river")("espreso_cups", "answers")
    assert [finding.code for finding in caught.value.findings] == ["LP201"]


def river_of(folder: Path, category: str) -> Path:
    place = folder / "river" / "catalog" / "espresso_cups"
    place.mkdir(parents=True)
    (folder / "river" / "house.toml").write_text(HOUSE, encoding="utf-8")
    (place / "category.toml").write_text(category, encoding="utf-8")
    return folder / "river"
