"""``lotproof build --format pdf,html``, as a whole process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lotproof.writers.pdf.fonts import chinese, installed

ANSWERS = Path(__file__).parents[2] / "examples" / "vffs-packing-machine" / "answers.toml"


def run(*arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program as a whole process, after a line of Python."""
    code = f"import sys; {before or 'pass'}\nfrom lotproof.cli import run; run(sys.argv[1:])"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.skipif(not chinese(installed("system")[1]), reason="no Chinese font; apt-get install fonts-noto-cjk")
def test_every_document_is_written_as_pdf_and_as_html(tmp_path: Path) -> None:
    done = run("build", str(ANSWERS), "-o", str(tmp_path), "--all", "--format", "pdf,html", "--json")
    assert done.returncode == 0, done.stderr
    kinds = ("contract", "checklist", "arrival", "summary")
    assert json.loads(done.stdout)["files"] == [*(f"{k}.{f}" for k in kinds for f in ("pdf", "html")), "order.json"]
    for kind in kinds:
        assert (tmp_path / f"{kind}.pdf").read_bytes().startswith(b"%PDF-1.7")
        assert (tmp_path / f"{kind}.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_without_typst_nothing_is_written_and_the_extra_is_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("build", str(ANSWERS), "-o", str(out), "--format", "pdf,html")
    done = run(*arguments, before="sys.modules['typst'] = None")
    assert done.returncode == 1
    assert "LP420" in done.stderr
    assert "pip install 'lotproof[pdf]'" in done.stderr
    assert not out.exists()


def test_neither_html_nor_word_needs_typst(tmp_path: Path) -> None:
    done = run(
        "build", str(ANSWERS), "-o", str(tmp_path), "--format", "html,docx", before="sys.modules['typst'] = None"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "contract.html").exists()
