"""Standards that a contract cites: in force, and in a known edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lotproof.audit.contract import Contract
from lotproof.audit.data import Data, Standard
from lotproof.audit.model import Hit
from lotproof.audit.numbers import Citation

_SAID = re.compile(
    r"cancel|withdrawn|superseded|replaced|obsolete|废止|作废|被代替|已替代",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"edition[^.;\n]{0,60}(?:in force|valid|applicable|current|effective)[^.;\n]{0,60}(?:date|sign|contract|order)|without (?:an? )?(?:year|edition|date)|undated|"
    r"(?:签订|签署|订立|合同)[^。；\n]{0,20}(?:有效|现行|施行)[^。；\n]{0,8}版|未注(?:明)?(?:日期|年份|版本)|不注日期",
    re.IGNORECASE,
)


def withdrawn_standards(contract: Contract) -> Iterator[Hit]:
    """LP576: a standard that was withdrawn; parties may agree on it, if they know."""
    if not contract.citations:
        return
    seen = set()
    printed = (
        re.search(r"(?<![A-Za-z])Ac(?![A-Za-z])[^\n]{0,60}(?<![A-Za-z])Re(?![A-Za-z])", contract.plain) is not None
    )
    for citation in contract.citations:
        row = _withdrawn(contract, citation)
        if row is None or citation.number in seen:
            continue
        start, end = contract.sentence_at(citation.start)
        seen.add(citation.number)
        plan = printed and re.search(r"2859|Z1\.4|105E", citation.number)
        if not plan and not _SAID.search(contract.plain, start, end):
            yield Hit(name="LP576", start=citation.start, end=citation.end, values={"successor": row})


def undated_standards(contract: Contract) -> Iterator[Hit]:
    """LP577: standards without an edition, and no rule which edition is meant."""
    if not contract.citations or contract.belongs or _RULE.search(contract.plain):
        return
    sampling = {"2859", "2828", "Z1.4", "105"}
    dated = {c.number for c in contract.citations if c.edition}
    undated: dict[str, Citation] = {}
    for citation in contract.citations:
        named = citation.number.startswith(("MIL-STD", "ISTA", "UL", "TAPPI", "AATCC")) or any(
            s in citation.number for s in sampling
        )
        if not citation.edition and citation.number not in dated and not named and not _manages(contract, citation):
            undated.setdefault(citation.number, citation)
    if undated:
        first = next(iter(undated.values()))
        names = list(undated)
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        yield Hit(name="LP577", start=first.start, end=first.end, values={"names": shown, "first": first.number})


def _withdrawn(contract: Contract, citation: Citation) -> str | None:
    """Return what took the place of a withdrawn standard; None where it is in force or unknown, or where nothing did."""
    rows = _rows(contract.data).get(citation.number.replace(" ", ""))
    if not rows:
        return None
    fitting = [s for s in rows if not citation.edition or not s.edition or s.edition.endswith(citation.edition)]
    if fitting and all(s.withdrawn for s in fitting) and (citation.edition or all(s.withdrawn for s in rows)):
        successor = fitting[0].successor
        return None if successor == "none" else successor
    return None


@lru_cache(maxsize=4)
def _rows(known: Data) -> dict[str, list[Standard]]:
    rows: dict[str, list[Standard]] = {}
    for standard in known.standards:
        rows.setdefault(standard.number.replace(" ", ""), []).append(standard)
    return rows


def _manages(contract: Contract, citation: Citation) -> bool:
    """Say whether a standard is one of management, accreditation or signs: its edition changes no limit of the goods."""
    return any(
        re.search(rf"(?<![0-9]){re.escape(number)}(?![0-9])", citation.number)
        for number in contract.data.words["no_test"]["numbers"]
        if number not in ("2768", "1804", "10204")
    )
