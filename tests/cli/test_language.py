"""The language of findings is one for every command: ``--lang``, else ``LOTPROOF_LANG``, else English."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docx import Document

from terminal import Done, lotproof

EXAMPLES = Path(__file__).parents[2] / "examples"
MUGS = (EXAMPLES / "stoneware-mugs" / "answers.toml").read_text(encoding="utf-8")
ENGLISH = re.compile(r"[A-Za-z]?[a-z]+[,;:]? [a-z]{2,}")
"""Two words of a sentence; ids, units, codes and names are let through."""


@pytest.fixture
def mugs(tmp_path: Path) -> Path:
    """Answers that leave one thing open."""
    path = tmp_path / "mugs.toml"
    path.write_text(MUGS.replace("deposit_percent = 30", 'deposit_percent = ""', 1), encoding="utf-8")
    return path


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTPROOF_LANG", "zh")


def told(done: Done) -> list[tuple[str, str, str]]:
    """Return place, finding and mend, as people read them in Chinese."""
    return re.findall(r"^(\S.*)\n  (\w+ LP\d{3}：.*)\n  改正：(.+)$", done.stderr.decode(), re.MULTILINE)


@pytest.mark.usefixtures("chinese")
def test_a_build_speaks_the_language_of_the_environment(mugs: Path, tmp_path: Path) -> None:
    done = lotproof("build", str(mugs), "-o", str(tmp_path / "out"))
    assert (
        "mugs.toml:89: payment.deposit_percent",
        "未决 LP120：尚未填写",
        "预付款占总价的百分之几？（建议：30）",
    ) in told(done)
    assert done.stdout.decode().startswith("草案 HB-2027-118 B，1项未决")
    assert not ENGLISH.search(done.stderr.decode())


@pytest.mark.usefixtures("chinese")
def test_what_refuses_is_said_in_it_as_well(mugs: Path) -> None:
    mugs.write_text(MUGS.replace("ship_date", "ship_dat"), encoding="utf-8")
    done = lotproof("build", str(mugs))
    assert done.returncode == 1
    assert [mend for _, what, mend in told(done) if what.startswith("错误 LP102")] == ["是否想写 ship_date？"]
    assert done.stderr.decode().rstrip().endswith("未写入任何文件")


@pytest.mark.usefixtures("chinese")
def test_an_option_outweighs_the_environment(mugs: Path) -> None:
    assert lotproof("check", str(mugs)).stdout.decode().startswith("暂不付款")
    assert lotproof("check", str(mugs), "--lang", "en").stdout.decode().startswith("NOT READY TO PAY")


def test_the_language_of_a_contract_is_not_that_of_findings(
    mugs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in ("en", "zh"):
        monkeypatch.setenv("LOTPROOF_LANG", language)
        lotproof("build", str(mugs), "-o", str(tmp_path / language))
    for name in ("contract.docx", "order.json"):
        assert (tmp_path / "en" / name).read_bytes() == (tmp_path / "zh" / name).read_bytes()
    monkeypatch.delenv("LOTPROOF_LANG")
    done = lotproof("build", str(mugs), "--lang", "zh", "-o", str(tmp_path / "printed"))
    assert b"LP120: not answered yet" in done.stderr


def test_a_language_that_is_none_is_refused(mugs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTPROOF_LANG", "fr")
    done = lotproof("build", str(mugs))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"LOTPROOF_LANG is 'fr': write en or zh" in done.stderr


def test_a_stored_order_is_judged_in_the_same_words_as_its_answers(mugs: Path, tmp_path: Path) -> None:
    lotproof("build", str(mugs), "-o", str(tmp_path / "out"))
    fresh, stored = (
        json.loads(lotproof("check", str(path), "--lang", "zh", "--json", "--today", "2027-03-01").stdout)
        for path in (mugs, tmp_path / "out")
    )
    assert fresh["findings"] == stored["findings"]
    gap = next(f for f in stored["findings"] if f["code"] == "LP120")
    assert (gap["message"], gap["hint"]) == (
        "payment.deposit_percent：尚未填写",
        "预付款占总价的百分之几？（建议：30）",
    )


def test_the_page_of_the_gate_has_its_findings_in_its_language(mugs: Path, tmp_path: Path) -> None:
    lotproof("check", str(mugs), "--lang", "zh", "-o", str(tmp_path / "gate"))
    cells = [
        cell.text
        for table in Document(str(tmp_path / "gate" / "gate.docx")).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert any("payment.deposit_percent：尚未填写" in text for text in cells)
    assert "尚未填写" in (tmp_path / "gate" / "gate.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"{\\rtf1 a}", "old.rtf", "这是RTF文件：合同只能读取 .docx、.pdf、.txt 和 .md"),
        (b"PK\x03\x04", "cut.docx", "文件已损坏：文件不完整"),
        (b"%PDF-1.7", "cut.pdf", "文件已损坏：不是完整的PDF"),
        (b" ", "empty.txt", "文件中没有文字"),
    ],
)
def test_an_audit_says_in_its_language_why_a_file_is_not_read(
    content: bytes, name: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = lotproof("audit", str(tmp_path / name), "--lang", "zh")
    assert said in [what.partition("：")[2] for _, what, _ in told(done)]


def test_a_re_order_says_in_its_language_what_it_asks(mugs: Path, tmp_path: Path) -> None:
    done = lotproof(
        "questions", "ceramic_tableware", "--from", str(mugs), "--lang", "zh", "-o", str(tmp_path / "new.toml")
    )
    assert "order.number\n  提问：每份订单须重新填写" in done.stderr.decode()
    assert "# >>> 每份订单须重新填写" in (tmp_path / "new.toml").read_text(encoding="utf-8")


def test_deadlines_draw_and_aql_say_in_it_what_is_wrong(mugs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = lotproof("deadlines", str(mugs), "--event", "arrivel=2027-06-01", "--zone", "Berlin", "--lang", "zh")
    assert "没有事件“arrivel”" in done.stderr.decode()
    assert "没有时区“Berlin”" in done.stderr.decode()
    monkeypatch.setenv("LOTPROOF_LANG", "zh")
    assert "“many”不是箱数" in lotproof("draw", "many").stderr.decode()
    assert "“2,000”不是批量：逗号有歧义" in lotproof("aql", "2,000", "--aql", "2.4").stderr.decode()
