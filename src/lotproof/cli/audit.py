"""``lotproof audit``."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import click

from lotproof.cli.files import read_file, write_files
from lotproof.cli.language import lang_option
from lotproof.cli.output import print_json
from lotproof.findings import Finding, Refused
from lotproof.messages import say

EPILOG = """\b
Examples:
  lotproof audit contract.docx
  lotproof audit contract.docx --category ceramic_tableware --annotate commented.docx
  lotproof audit contract.pdf --lang zh
  lotproof audit contract.txt --json

\b
Reads Word (.docx), PDF with text, plain text and Markdown. A finding of severity spec is a promise that
cannot be measured or enforced as it stands; info is worth a look. docs/findings.md explains each code.
Exit codes: 0 nothing of severity spec, 1 findings of severity spec. lotproof gives no legal advice.
"""
_WIDTH = 80
_COLOURS = {"spec": "red", "info": "yellow"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "mend": "mend: ",
        "none": "No findings in {passages} passages.",
        "sum": "{spec} of severity spec, {info} of severity info, in {passages} passages",
        "unread": "Not read: {}.",
        "picture": "pictures: {}",
        "embedded file": "embedded files: {}",
        "chart": "charts: {}",
        "diagram": "diagrams: {}",
        "page without text": "pages without text: {}",
    },
    "zh": {
        "mend": "建议：",
        "none": "{passages}段文字，未发现问题。",
        "sum": "{passages}段文字：spec级{spec}条，info级{info}条",
        "unread": "未读取：{}。",
        "picture": "图片：{}",
        "embedded file": "嵌入文件：{}",
        "chart": "图表：{}",
        "diagram": "示意图：{}",
        "page without text": "无文字的页：{}",
    },
}
_HINT = say("give the path of a contract (.docx, .pdf, .txt, .md); - reads plain text from standard input")


@click.command(epilog=EPILOG)
@click.argument("contract", metavar="CONTRACT")
@click.option("--category", metavar="CATEGORY", help="Also ask for the minimum specification of this category.")
@click.option("--annotate", metavar="OUT.docx", help="Write a copy with a Word comment at each place.")
@lang_option("the report")
@click.option("--force", is_flag=True, help="Overwrite the file that --annotate names.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON on stdout.")
def command(
    contract: str, category: str | None, annotate: str | None, language: str, force: bool, as_json: bool
) -> int:
    """Read a CONTRACT that somebody else wrote, and say what in it cannot be measured or enforced."""
    from lotproof import api
    from lotproof.audit.model import Remark

    if annotate is not None and not annotate.lower().endswith(".docx"):
        raise click.UsageError("--annotate writes a Word file: --annotate commented.docx")
    name = "standard input" if contract == "-" else Path(contract).name
    content = read_file(contract, _HINT)
    audited = api.audit(content, name, category=category, language=language)
    if annotate is not None:
        if contract != "-" and Path(annotate).resolve() == Path(contract).resolve():
            raise Refused([_same_file(annotate)])
        target = Path(annotate)
        write_files(target.parent, {target.name: api.annotate(content, audited, language=language)}, force=force)
    weights = [remark.severity.value for remark in audited.remarks]
    if as_json:
        rows = [_json(remark) for remark in audited.remarks]
        print_json({"findings": rows, "unread": dict(audited.reading.unread)})
        return int("spec" in weights)
    words = _WORDS[language]

    def where(remark: Remark) -> str:
        return remark.where

    for place, remarks in groupby(audited.remarks, where):
        click.echo(place)
        for line in _lines(list(remarks), words):
            click.echo(line)
    passages = len(audited.reading.passages)
    if weights:
        click.echo(
            words["sum"].format(spec=weights.count("spec"), info=weights.count("info"), passages=passages), err=True
        )
    else:
        click.echo(words["none"].format(passages=passages), err=True)
    if audited.reading.unread:
        unread = ", ".join(words[kind].format(count) for kind, count in audited.reading.unread)
        click.echo(words["unread"].format(unread), err=True)
    if annotate is not None:
        click.echo(annotate, err=True)
    return int("spec" in weights)


def _lines(remarks: Sequence[object], words: Mapping[str, str]) -> Iterator[str]:
    from lotproof.audit.model import Remark

    width = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns)
    for remark in remarks:
        assert isinstance(remark, Remark)
        mark = click.style(remark.severity.value, fg=_COLOURS[remark.severity.value])
        quote = f" “{remark.quote}”" if remark.quote else ""
        first, *rest = _wrapped(f"{remark.code}{quote}", width - 7)
        yield f"  {mark} {first}"
        yield from (f"       {line}" for line in rest)
        yield from (f"       {line}" for line in _wrapped(remark.message, width - 7))
        yield from (f"       {line}" for line in _wrapped(words["mend"] + remark.hint, width - 7))


def _wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of a width; a Chinese character takes two places and lets a line break behind it."""
    from unicodedata import east_asian_width

    if text.isascii():
        return textwrap.wrap(text, width, break_long_words=True, break_on_hyphens=False) or [""]
    lines, line, wide, breakable = [], "", 0, 0
    for character in text:
        size = 2 if east_asian_width(character) in "WF" else 1
        if wide + size > width:
            cut = breakable or len(line)
            lines.append(line[:cut].rstrip())
            line = line[cut:].lstrip()
            wide = sum(2 if east_asian_width(c) in "WF" else 1 for c in line)
            breakable = 0
        line += character
        wide += size
        if character == " " or (size == 2 and character not in "（“《"):
            breakable = len(line)
    return [*lines, line.rstrip()]


def _json(remark: object) -> dict[str, str]:
    from lotproof.audit.model import Remark

    assert isinstance(remark, Remark)
    return {
        "where": remark.where,
        "code": remark.code,
        "quote": remark.quote,
        "message": remark.message,
        "hint": remark.hint,
        "severity": remark.severity.value,
    }


def _same_file(path: str) -> Finding:
    return Finding(
        where=path,
        code="LP403",
        message=say("is the contract itself, and is left alone"),
        hint=say("name another file: --annotate commented.docx"),
    )
