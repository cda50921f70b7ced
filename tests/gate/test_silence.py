"""What an order leaves unsaid, and what is applied instead: by route and law, out of the dated rules."""

from __future__ import annotations

import datetime
import json
import tomllib
from itertools import product

import pytest
from jsonschema import Draft202012Validator

from gate_orders import LATHE, SHIRTS, answers, changed, gate, line_of
from lotproof.gate.model import Silence
from lotproof.gate.rules import build_rules, shipped_rules
from lotproof.gate.saying import applied
from lotproof.gate.silence import _SILENT, regimes
from lotproof.shipped import shipped

RULES = shipped_rules()
FOLDER = shipped("spec_catalog")


def law(governing: str | None, cisg: str | None, name: str = SHIRTS) -> str:
    """The answers of an example under another law."""
    return changed(
        (line_of("law", "governing", name), f'governing = "{governing}"\n' if governing else ""),
        (line_of("law", "cisg", name), f'cisg = "{cisg}"\n' if cisg else ""),
        name=name,
    )


def topics(text: str) -> dict[str, Silence]:
    """The silences of some answers, by topic."""
    return {silence.topic.id: silence for silence in gate(text).silence}


@pytest.mark.parametrize("name", ["silence", "gate", "platform"])
def test_the_files_have_the_shape_of_their_schema(name: str) -> None:
    schema = json.loads((FOLDER / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    data = tomllib.loads((FOLDER / "rules" / f"{name}.toml").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    plain = json.loads(json.dumps(data, default=str))
    assert [e.json_path + ": " + e.message for e in Draft202012Validator(schema).iter_errors(plain)] == []


def test_every_topic_is_known_to_the_program_and_every_rule_has_a_topic() -> None:
    assert {t.id for t in RULES.topics} == set(_SILENT)
    assert {r.topic for r in RULES.silence} == set(_SILENT)
    pairs = [(r.topic, r.regime) for r in RULES.silence]
    assert len(set(pairs)) == len(pairs)
    assert all(r.sources for r in RULES.silence)


def test_a_rule_of_a_source_that_is_not_listed_is_refused() -> None:
    data = tomllib.loads((FOLDER / "rules" / "silence.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((FOLDER / "rules" / "gate.toml").read_text(encoding="utf-8"))
    data["rule"][0]["source"] = ["nowhere"]
    with pytest.raises(KeyError):
        build_rules(words, data)


@pytest.mark.parametrize(
    ("governing", "cisg", "wanted"),
    [
        ("prc", "excluded", ("prc",)),
        ("prc", "applies", ("cisg", "prc")),
        ("england", "applies", ("cisg",)),
        ("england", "excluded", ()),
        ("prc", None, ()),
        (None, "excluded", ()),
    ],
)
def test_the_law_gives_the_rules_that_fill_a_silence(
    governing: str | None, cisg: str | None, wanted: tuple[str, ...]
) -> None:
    assert regimes({"governing": governing, "cisg": cisg}) == wanted


@pytest.mark.parametrize(
    ("governing", "cisg"), list(product(["prc", "england", "other", None], ["applies", "excluded", None]))
)
def test_a_law_without_rules_here_is_not_known(governing: str | None, cisg: str | None) -> None:
    text = law(governing, cisg)
    if governing == "other":
        text = text.replace('governing = "other"\n', 'governing = "other"\nother = "the law of France"\n')
    known = regimes({"governing": governing, "cisg": cisg})
    for silence in topics(text).values():
        expected = next(
            (r for r in known if any(x.topic == silence.topic.id and x.regime == r for x in RULES.silence)), None
        )
        assert [r.regime for r in silence.rules] == ([expected] if expected else [])
        lines = [line for line, _ in applied(silence, datetime.date(2027, 2, 10), RULES.as_of, "en")]
        assert any("not known" in line for line in lines) is (expected is None)


def test_the_platform_fills_a_silence_on_its_own_orders_only() -> None:
    quantity = '[terms."all.quantity"]\nunder = 0\nover = 2\n'
    blank = '[terms."all.quantity"]\n'
    on_platform = topics(changed((quantity, blank)))["quantity"]
    assert [r.regime for r in on_platform.rules] == ["platform"]
    assert "80 % packed" in on_platform.rules[0].text["en"]
    assert "100 % produced" in on_platform.rules[0].text["en"]
    elsewhere = topics(changed((line_of("notice", "visible_days", SHIRTS), ""), name=SHIRTS))
    assert all(r.regime != "platform" for s in elsewhere.values() for r in s.rules)


def test_a_blank_plan_is_filled_by_the_platforms_default_inspection() -> None:
    found = topics(changed((line_of("inspection", "aql_major"), "")))["sample"]
    assert "inspection.aql_major" in found.wheres
    assert found.rules[0].regime == "platform"
    assert all(part in found.rules[0].text["en"] for part in ("10 pieces", "level II", "AQL 0 / 2.5 / 4.0"))


@pytest.mark.parametrize(
    ("group", "key", "topic", "article"),
    [
        ("notice", "visible_days", "visible", "621"),
        ("notice", "latent_months", "latent", "622"),
        ("remedies", "plan_days", "remedies", "582"),
        ("delivery", "late_cap_percent", "late", "584"),
        ("delivery", "ship_date", "delivery", "511"),
    ],
)
def test_a_blank_is_filled_by_the_civil_code(group: str, key: str, topic: str, article: str) -> None:
    found = topics(changed((line_of(group, key, SHIRTS), ""), name=SHIRTS))[topic]
    assert found.wheres == (f"{group}.{key}",)
    assert article in found.rules[0].text["en"]
    assert article not in "".join(r.text["en"] for r in topics(answers(SHIRTS)).get(topic, found).rules) or (
        topic not in topics(answers(SHIRTS))
    )


def test_what_is_said_is_no_silence() -> None:
    assert set(topics(answers())) == {"unstated", "warranty", "liability"}
    assert set(topics(answers(LATHE))) == {"unstated", "packaging", "warranty", "liability"}


@pytest.mark.parametrize(
    ("today", "age"),
    [("2027-02-10", "73 days"), ("2026-11-29", "0 days"), ("2026-01-01", "0 days"), ("2030-11-28", "4 years")],
)
def test_a_page_without_a_date_has_the_age_of_the_rules_file(today: str, age: str) -> None:
    (text, source), *_ = applied(topics(answers())["unstated"], datetime.date.fromisoformat(today), RULES.as_of, "en")
    assert text.startswith("Not covered")
    assert f"as of {RULES.as_of}, which is {age} ago" in source
    assert source.endswith("mark V")


def test_a_statute_has_the_age_of_its_own() -> None:
    lines = applied(topics(answers())["warranty"], datetime.date(2027, 2, 10), RULES.as_of, "en")
    assert lines[0][1] == "Civil Code of the People's Republic of China, of 2021-01-01, which is 6 years ago; mark V"
