"""What houses say on top of the catalogue is compared and brought in as their provisions are."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from house_folders import head, write_house
from lotproof.changes.model import Kind
from lotproof.cli import main
from lotproof.templates.folders import read_house, stack
from lotproof.upkeep.base_lock import read_lock
from lotproof.upkeep.house_updates import update
from lotproof.upkeep.said_catalogue import catalogue_own, compare_catalogues, compare_said
from lotproof.upkeep.three_way import Outcome

HANDLE = "ceramic_tableware.handle_strength"


def house(
    folder: Path, version: str, n: int, crazing: str, base: str = "standard", base_version: str = "0.1.0"
) -> Path:
    """Write a house that asks for a sample of n handles, and a class for crazing."""
    write_house(folder, head(folder.name.partition("@")[0], version, base, base_version))
    place = folder / "catalog" / "ceramic_tableware"
    place.mkdir(parents=True, exist_ok=True)
    top = f'id = "{HANDLE}"\nreplaces = "{HANDLE}"\n'
    (place / "handle_strength.toml").write_text(f'{top}[sample]\nplan = "fixed"\nn = {n}\nper = "lot"\n', "utf-8")
    defect = f'[[defect]]\nid = "crazing"\nreplaces = "crazing"\nclass = "{crazing}"\n'
    (place / "defects.toml").write_text(defect, "utf-8")
    return folder


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An agency at two versions, and a client's house that replaces one of its clauses."""
    folder = tmp_path_factory.mktemp("houses")
    house(folder / "agency@1.0.0", "1.0.0", 5, "major")
    house(folder / "agency", "2.0.0", 6, "critical")
    client = house(folder / "client", "1.0.0", 9, "major", "agency", "1.0.0")
    (client / "catalog" / "ceramic_tableware" / "defects.toml").unlink()
    return folder


def test_clauses_and_defects_are_compared_by_what_they_ask(houses: Path) -> None:
    changes = compare_catalogues(stack(houses / "agency@1.0.0"), stack(houses / "agency"))
    assert [(one.kind, one.where) for one in changes] == [(Kind.SAMPLE, HANDLE), (Kind.CLASS, "defect.crazing")]
    assert changes[1].title["zh"].startswith("釉裂")
    run = CliRunner().invoke(main, ["house", "diff", "standard", str(houses / "agency@1.0.0")], standalone_mode=False)
    assert 'was  { plan = "fixed", n = 3, per = "lot" }' in run.stdout
    assert "1 changes of meaning" in run.stdout  # crazing is major in the catalogue too


def test_what_the_base_changed_in_its_catalogue_arrives_or_is_in_conflict(houses: Path) -> None:
    found = update(houses / "client")
    assert {one.id: one.outcome for one in found.clauses} == {
        HANDLE: Outcome.CONFLICT,
        "defect.crazing": Outcome.ARRIVES,
    }
    run = CliRunner().invoke(main, ["house", "update", str(houses / "client")], standalone_mode=False)
    assert 'en  base as seen  sample = { plan = "fixed", n = 5, per = "lot" }' in run.stdout
    assert 'en  this house    sample = { plan = "fixed", n = 9, per = "lot" }' in run.stdout
    lock = read_lock(read_house(houses / "client"))
    assert lock is not None
    assert lock.texts[HANDLE]["sample"]["n"] == 5
    assert update(houses / "client").files == {}


def test_a_clause_of_its_own_has_its_place_and_a_category_stands_against_nothing(houses: Path, tmp_path: Path) -> None:
    own = catalogue_own(read_house(houses / "client"))
    assert [(name, one.replaces, one.where) for name, one in own.items()] == [
        (HANDLE, True, "client/catalog/ceramic_tableware/handle_strength.toml:1")
    ]
    other = house(tmp_path / "other", "1.0.0", 3, "major")
    asked = 'id = "ceramic_tableware"\ndefects = ["crazing"]\n'
    (other / "catalog" / "ceramic_tableware" / "category.toml").write_text(asked, "utf-8")
    assert "category.ceramic_tableware" not in catalogue_own(read_house(other))


@pytest.mark.parametrize(
    ("key", "old", "new", "kind"),
    [
        ("method", {"en": "weighed dry", "zh": "干称"}, {"en": "weighed wet", "zh": "湿称"}, Kind.METHOD),
        ("standards", ["ISO 1"], ["ISO 2"], Kind.STANDARD),
        ("wording", {"en": "at most 3 g", "zh": "至多3 g"}, {"en": "at most 4 g", "zh": "至多4 g"}, Kind.NUMBER),
        ("wording", {"en": "the mass", "zh": "质量"}, {"en": "the weight", "zh": "重量"}, Kind.WORDING),
        ("minutes", 4, 5, Kind.CHECK),
    ],
)
def test_each_key_of_a_clause_tells_what_its_change_is_about(key: str, old: object, new: object, kind: Kind) -> None:
    sides = [{"title": {"en": "Mass", "zh": "质量"}, key: value} for value in (old, new)]
    assert [change.kind for change in compare_said("a.b", *sides)] == [kind]
    assert compare_said("a.b", sides[0], sides[0]) == ()
