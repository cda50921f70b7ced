"""Bad input through the real command line: what is wrong, where, and how to mend it, all at once; nothing is written."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocxDocument

from terminal import Done, lotproof, process
from workbooks import opened

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
MUGS = (EXAMPLES / "stoneware-mugs" / "answers.toml").read_text(encoding="utf-8")
MACHINE = (EXAMPLES / "vffs-packing-machine" / "answers.toml").read_text(encoding="utf-8")
BUILT = ["checklist.docx", "checklist.xlsx", "contract.docx", "order.json"]


@dataclass(frozen=True)
class Run:
    """A finished command and the folder it was to write to."""

    code: int
    out: str
    err: str
    folder: Path

    def findings(self) -> list[tuple[str, str, str]]:
        """Place, what is wrong (severity, code, message) and mend of each finding, as people read them."""
        found = re.findall(r"^(\S.*)\n  (\w+ LP\d{3}: .*)\n  mend: (.+)$", self.err, re.MULTILINE)
        return [(where, what, mend) for where, what, mend in found]

    def stopping(self) -> list[tuple[str, str]]:
        """Place, severity and code of what stops a final."""
        return [(where, what[:11]) for where, what, _ in self.findings() if not what.startswith("note")]


def build(tmp_path: Path, content: str | bytes, *arguments: str, through: Callable[..., Done] = lotproof) -> Run:
    """Build from an answers file with this content."""
    answers, folder = tmp_path / "answers.toml", tmp_path / "out"
    answers.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = through("build", str(answers), "-o", str(folder), *arguments)
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode(), folder)


def edited(old: str, new: str, text: str = MUGS) -> str:
    """Replace what stands in the file once at least."""
    assert old in text
    return text.replace(old, new, 1)


def without_goods(text: str = MUGS) -> str:
    """Cut the goods out."""
    return text[: text.index("[[goods]]")] + text[text.index("[delivery]") :]


def line_with(text: str, what: str) -> int:
    """The first line that holds ``what``, counted from 1."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if what in line)


def assert_refused(run: Run, where: str, code: str, mend: str) -> str:
    """Exit code 1, the finding with its place and mend on stderr, nothing on stdout, nothing written; returns the message."""
    assert run.code == 1, run.err
    assert run.out == ""
    assert not run.folder.exists()
    assert "Traceback" not in run.err
    assert re.search(r"\d+ to mend(, \d+ open)?; nothing was written", run.err)
    matching = [f for f in run.findings() if f[0] == where and f[1].startswith(f"refuse {code}: ")]
    assert matching, run.err
    assert mend in matching[0][2], matching
    return matching[0][1]


# --- a process and the same command in this one ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "arguments"),
    [
        (MUGS, ["--final"]),
        (MACHINE, ["--json"]),
        (MUGS.replace("4800", "-1"), []),
        (MUGS.replace("4800", "-1"), ["--json"]),
        (MUGS.replace("4800", '""'), []),
        (MUGS, ["--lang", "fr"]),
        (MUGS, ["--nonsense"]),
    ],
)
def test_a_process_of_its_own_leaves_and_prints_and_writes_as_the_command_does_here(
    tmp_path: Path, content: str, arguments: list[str]
) -> None:
    runs = []
    for through in (process, lotproof):
        run = build(tmp_path, content, *arguments, through=through)
        runs.append((run, built_in(run.folder) if run.folder.exists() else {}))
        shutil.rmtree(run.folder, ignore_errors=True)
    assert runs[0] == runs[1]
    assert runs[0][0].out or runs[0][0].err


# --- each kind of fault ------------------------------------------------------------------------------------------------

FAULTS = tomllib.loads((Path(__file__).parent / "bad_input.toml").read_text(encoding="utf-8"))["fault"]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_a_fault_is_named_with_file_line_key_and_mend_and_nothing_is_written(
    tmp_path: Path, fault: dict[str, Any]
) -> None:
    new, key = fault["new"], fault["key"]
    text = edited(fault["old"], new)
    run = build(tmp_path, text)
    found = {re.sub(r":\d+:", ":", where): where for where, _, _ in run.findings()}
    assert f"answers.toml: {key}" in found, run.err
    where = found[f"answers.toml: {key}"]
    message = assert_refused(run, where, fault["code"], fault["mend"])
    assert len(message) < 400
    if new:
        line = text[: text.rindex(new.split("\n")[fault.get("row", 1) - 1])].count("\n") + 1
        assert where == f"answers.toml:{line}: {key}"


def test_an_order_without_goods_is_refused(tmp_path: Path) -> None:
    assert_refused(build(tmp_path, without_goods()), "answers.toml:1: goods", "LP108", "[[goods]]")
    run = build(tmp_path, edited("[order]", "goods = []\n[order]", without_goods()))
    assert_refused(run, "answers.toml:6: goods", "LP108", "[[goods]]")


@pytest.mark.parametrize(
    "letters",
    ["x", "好", "\\u0041", "1e5 ", "a.", "é"],
    ids=["ascii", "chinese", "escapes", "numbers", "dots", "latin"],
)
def test_a_text_of_ten_megabytes_is_named_briefly(tmp_path: Path, letters: str) -> None:
    length = 10_000_000 // max(1, len(letters))
    run = build(tmp_path, edited("HRB 123456", letters * length), through=process)
    message = assert_refused(
        run, f"answers.toml:{line_with(MUGS, 'HRB 123456')}: buyer.registration", "LP111", "exhibit"
    )
    assert len(message) < 200
    assert len(run.err) < 1000


def test_a_quantity_a_number_and_a_key_of_ten_megabytes_are_named_briefly(tmp_path: Path) -> None:
    long = "9" * 10_000_000
    run = build(tmp_path, edited('limit = "16 kg"', f'limit = "{long} kg"'), through=process)
    assert_refused(
        run, f"answers.toml:{line_with(MUGS, '16 kg')}: terms.packaging.carton_gross_weight.limit", "LP112", ""
    )
    other = build(tmp_path, edited("unit_price = 1.42", f"unit_price = 1.{long}"), through=process)
    assert_refused(other, f"answers.toml:{line_with(MUGS, '1.42')}: goods[1].unit_price", "LP101", "measured")
    key = build(tmp_path, edited("revision =", f"{long} ="), through=process)
    assert key.code == 1
    assert max(len(r.err) for r in (run, other, key)) < 1500


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    line = line_with(MUGS, "Speicherstrasse")
    run = build(tmp_path, MUGS.encode().replace(b"Speicherstrasse", b"Speicherstra\xdfe", 1))
    assert_refused(run, f"answers.toml:{line}", "LP101", "UTF-8")


def test_two_spellings_of_one_clause_are_refused(tmp_path: Path) -> None:
    text = MUGS + '\n[terms.packaging.carton_drop]\nheight = "700 mm"\n'
    run = build(tmp_path, text)
    where = f"answers.toml:{line_with(text, '[terms.packaging.carton_drop]')}: terms.packaging.carton_drop"
    assert_refused(run, where, "LP114", "one table")


# --- all at once --------------------------------------------------------------------------------------------------------

MANY = [
    ('revision = "B"', "revision = 2", "order.revision", "LP103"),
    ('salt = "c2d94b7f0a6e48d3915f7b3c8e1d2a60"', 'salt = "0"', "order.salt", "LP117"),
    ('house = "standard"', 'house = "x"', "house", "LP202"),
    ("HRB 123456", "HRB\u200b123456", "buyer.registration", "LP109"),
    ("contact = ", "contract = ", "buyer.contract", "LP102"),
    ("quantity = 4800", "quantity = -1", "goods[1].quantity", "LP105"),
    ("unit_price = 1.56", "unit_price = 1e3", "goods[2].unit_price", "LP112"),
    ("aql_minor = 4.0", "aql_minor = 4.1", "inspection.aql_minor", "LP107"),
    ('currency = "USD"', 'currency = "ZZZ"', "payment.currency", "LP113"),
    ("ship_date = 2027-05-14", "ship_date = 2026-05-14", "delivery.ship_date", "LP140"),
    ('limit = "16 kg"', 'limit = "16 m"', "terms.packaging.carton_gross_weight.limit", "LP104"),
    ('key = "cadmium"', 'key = "lead" ', "terms.ceramic_tableware.lead_cadmium_release.entries[2].key", "LP114"),
    ('share = "100 %"', 'share = "90 %"', "terms.consumer_goods.material_composition.parts", "LP106"),
]


def faulty() -> str:
    """The example with a fault of every kind."""
    text = MUGS
    for old, new, _, _ in MANY:
        text = edited(old, new, text)
    return text


def test_all_faults_of_a_file_are_named_at_once(tmp_path: Path) -> None:
    text = faulty()
    run = build(tmp_path, text)
    assert run.code == 1
    for _, new, key, code in MANY:
        assert_refused(run, f"answers.toml:{line_with(text, new)}: {key}", code, "")
    assert f"{len(MANY)} to mend" in run.err


def test_json_is_one_document_with_every_finding(tmp_path: Path) -> None:
    text = faulty()
    run = build(tmp_path, text, "--json")
    assert run.code == 1
    assert run.err == ""
    assert not run.folder.exists()
    findings = json.loads(run.out)["findings"]
    refusing = {(f["where"], f["code"]) for f in findings if f["severity"] == "refuse"}
    assert refusing == {(f"answers.toml:{line_with(text, new)}: {key}", code) for _, new, key, code in MANY}
    assert all(f["message"] and f["hint"] for f in findings)


@pytest.mark.parametrize("count", [2_000, 100_000])
def test_a_flood_of_unknown_keys_is_counted_not_listed(tmp_path: Path, count: int) -> None:
    flood = "".join(f"nam{number} = 1\n" for number in range(count))
    run = build(tmp_path, edited("[buyer]\n", f"[buyer]\n{flood}"), through=process)
    assert run.code == 1
    assert len(run.findings()) == 1001
    assert f"{count - 1000:,} findings more" in run.err
    assert f"answers.toml:{line_with(MUGS, '[buyer]') + 1000}: buyer.nam999" in run.err


# --- mixed alphabets: reported, and no final ----------------------------------------------------------------------------


def test_mixed_alphabets_are_reported_and_stop_only_a_final(tmp_path: Path) -> None:
    text = edited("HRB 123456, Amtsgericht", "HRB 123456, \u0410mtsgericht")
    where = f"answers.toml:{line_with(text, 'HRB')}: buyer.registration"
    draft = build(tmp_path, text)
    assert draft.code == 0
    assert draft.stopping() == [(where, "open LP110:")]
    assert sorted(path.name for path in draft.folder.iterdir()) == BUILT
    assert draft.out.startswith("DRAFT ")
    final = build(tmp_path / "out", text, "--final")
    assert final.code == 1
    assert final.out == ""
    assert not final.folder.exists()
    assert final.stopping() == [(where, "open LP110:")]


def test_a_blank_is_open_however_it_is_written(tmp_path: Path) -> None:
    for new in ('place = ""', 'place = { en = "", zh = "" }', "place = {}", ""):
        run = build(tmp_path, edited('place = { en = "Chaozhou", zh = "潮州" }', new), "--final")
        assert run.code == 1
        assert [(re.sub(r":\d+:", "", where), what) for where, what in run.stopping()] == [
            ("answers.toml order.place", "open LP120:")
        ]
        assert not run.folder.exists()


# --- places -------------------------------------------------------------------------------------------------------------


def built_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    answers = EXAMPLES / "stoneware-mugs" / "answers.toml"
    for folder in (tmp_path / "file" / "sub", tmp_path / "file"):
        done = lotproof("build", str(answers), "-o", str(folder))
        assert done.returncode == 1
        assert done.stdout == b""
        assert f"{folder}\n  refuse LP402: cannot be written: " in done.stderr.decode()
        assert b"mend: choose another folder with -o" in done.stderr
    assert built_in(tmp_path) == {"file": b"x"}


@pytest.mark.parametrize("name", BUILT)
def test_a_target_that_is_a_link_is_refused_and_nothing_written(tmp_path: Path, name: str) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).symlink_to(precious)
    run = build(tmp_path, MUGS, "--force")
    assert run.code == 1
    assert run.out == ""
    assert f"{folder / name}\n  refuse LP403: is a link" in run.err
    assert built_in(folder) == {name: b"precious"}
    assert precious.read_bytes() == b"precious"


def test_an_edited_contract_is_not_overwritten(tmp_path: Path) -> None:
    first = build(tmp_path, MUGS)
    assert first.code == 0
    assert build(tmp_path, MUGS).code == 0
    contract = first.folder / "contract.docx"
    contract.write_bytes(contract.read_bytes() + b"edited")
    before = built_in(first.folder)
    run = build(tmp_path, edited("HRB 123456", "HRB 999"))
    assert run.code == 1
    assert run.out == ""
    assert [f[0] for f in run.findings()] == [str(contract)]
    assert "--force" in run.err
    assert built_in(first.folder) == before
    assert build(tmp_path, MUGS, "--force").code == 0


def test_an_answers_file_that_is_none_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path / "missing.toml", tmp_path / "fifo", tmp_path):
        done = process("build", str(path), "-o", str(tmp_path / "out"))
        assert done.returncode == 1
        assert done.stdout == b""
        assert f"{path}\n  refuse LP401: cannot be read: " in done.stderr.decode()
        assert b"mend: give the path of an answers file" in done.stderr
    assert not (tmp_path / "out").exists()


def test_standard_input_is_named_in_findings(tmp_path: Path) -> None:
    done = process("build", "-", "-o", str(tmp_path / "out"), stdin=b"format = 1\n")
    assert done.returncode == 1
    assert b"standard input:1: format\n" in done.stderr
    assert not (tmp_path / "out").exists()


def test_names_and_keys_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    run = build(tmp_path, edited("[order]", '"\\u001b[2J\\n\u202e" = 1\n[order]'), through=process)
    assert run.code == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", run.err)
    odd = tmp_path / "a\x1b[31m.toml"
    odd.write_text("x = 1", encoding="utf-8")
    done = process("build", str(odd), "-o", str(tmp_path / "out"))
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "a", "b"),
        ("build", "a", "--frobnicate"),
        ("build", "a", "--format", "rtf"),
        ("build", "a", "--lang", "fr"),
        ("biuld", "a"),
        ("questions",),
    ],
    ids=" ".join,
)
def test_wrong_usage_leaves_with_2(arguments: tuple[str, ...]) -> None:
    done = lotproof(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Usage: " in done.stderr


def test_questions_of_an_unknown_category_are_refused() -> None:
    done = lotproof("questions", "packing_machines")
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"LP201" in done.stderr
    assert b"did you mean packaging_machines" in done.stderr


# --- what is strange and right reaches the page -------------------------------------------------------------------------

NAMES = [
    "Smith & Sons <Export> \"Ltd\" 'n' Co",
    "{{ 7*7 }} {% if x %} {# y #} ${7*7} #{7*7} <%= 7*7 %>",
    "=1+1 @SUM(A1) +1 -1 &amp; &lt;b&gt; ]]>",
    "👨‍👩‍👧‍👦 Familia 👩🏽‍🔬 🏳️‍🌈 1️⃣ 🧉",
    "شركة النور للتجارة والصناعة",
    "مؤسسه می‌خواهم",
    "אור תעשיות בע״מ (1999)",
    "Łódź Ünïcödé Ñandú Nguyễn \U00020bb7野家",
]


def docx_texts(path: Path) -> list[str]:
    """The text of every paragraph of a document, tables and all."""
    document: DocxDocument = Document(str(path))
    paragraphs = document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    return [
        "".join(t.text or "" for t in p.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))
        for p in paragraphs
    ]


def xlsx_texts(path: Path) -> list[str]:
    """Every cell of a workbook that holds text, and none that holds a formula."""
    book, _ = opened(path.read_bytes())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not any(cell.data_type == "f" and not str(cell.value).startswith("=") for cell in cells)
    return [cell.value for cell in cells if cell.data_type == "s"]


def strange(name: str, language: str) -> str:
    """The example in one language with a strange buyer and a strange item."""
    quoted: Any = json.dumps(name, ensure_ascii=False)
    text = re.sub(r"(?m)^name = .*$", lambda _: f"name = {{ en = {quoted}, zh = {quoted} }}", MUGS, count=1)
    text = re.sub(
        r"(?m)^description = .*$", lambda _: f"description = {{ en = {quoted}, zh = {quoted} }}", text, count=1
    )
    return edited('languages = "en-zh"', f'languages = "{language}"', text)


NO_BREAKS = re.compile("[\u00a0\u202f]")
"""Spaces at which a line does not break: between a number and its unit, or what looks like one."""


@pytest.mark.parametrize("language", ["en-zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_strange_names_reach_every_page_exactly(tmp_path: Path, name: str, language: str) -> None:
    run = build(tmp_path, strange(name, language), "--final")
    assert run.code == 0, run.err
    for document in ("contract.docx", "checklist.docx"):
        texts = [NO_BREAKS.sub(" ", text) for text in docx_texts(run.folder / document)]
        assert any(name in text for text in texts), document
    assert any(name in text for text in xlsx_texts(run.folder / "checklist.xlsx"))
    for document in BUILT[:3]:
        with ZipFile(run.folder / document) as package:
            assert package.testzip() is None
    assert "49" not in name


def test_the_machine_example_is_untouched_by_all_this(tmp_path: Path) -> None:
    run = build(tmp_path, MACHINE, "--final")
    assert run.code == 0
    assert not run.findings()
    assert sorted(path.name for path in run.folder.iterdir()) == BUILT
