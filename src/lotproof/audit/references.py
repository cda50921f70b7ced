"""What a contract refers to: exhibits, defined terms, and the same thing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lotproof.audit.contract import Contract
from lotproof.audit.model import Hit
from lotproof.audit.sought import sought

_LABEL = sought(
    r"(?:\b(?P<en>exhibit|annex|appendix|schedule|attachment|addendum)s?\s{1,2}(?:no\.?\s?)?(?P<id>[A-Z](?![A-Za-z0-9'-])|[0-9]{1,2}(?![0-9.]*[0-9])|[IVX]{1,4}(?![A-Za-z]))"
    r"|(?P<zh>附件|附录|附表)\s?(?P<zid>[A-Z](?![A-Za-z])|[0-9]{1,2}(?![0-9])|[一二三四五六七八九十]{1,2}))",
    "exhibit|annex|appendix|schedule|attachment|addendum|附件|附录|附表",
    re.IGNORECASE,
)
_OF_A_LAW = re.compile(
    r"directive|regulation|reach(?![a-z])|rohs|machinery|指令|法规|条例|(?<![a-z])(?:iso|iec|astm)(?![a-z])|\ben \d|gb/?t?\s?\d|standard|标准",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|shall|forms|states|lists|will|of this contract|applies|for|to)\b|为本|构成|应|是|组成|以及|所列|所示"
)
_UNNAMED = sought(
    r"\b(?:as per|see|per|according to|in|to) (?:the )?(?:attached|enclosed) (?:specification|drawing|list|sheet|annex|exhibit|file|document|table|quotation|artwork)s?\b|"
    r"(?:详见|见|参见|按照?|依据)(?:所附的?|随附的?)?附件(?!\s?[A-Z0-9一二三四五六七八九十])",
    "attached|enclosed|附件",
    re.IGNORECASE,
)
_CHINESE = {c: str(n) for n, c in enumerate("一二三四五六七八九十", 1)}


def absent_exhibits(contract: Contract) -> Iterator[Hit]:
    """LP560: an exhibit is referred to, and nothing in the file is that exhibit."""
    references: dict[str, re.Match[str]] = {}
    headings: list[tuple[int, str]] = []
    for match in contract.each(_LABEL):
        if match["en"] and match["en"].lower() == "schedule" and match["id"].isdigit() and int(match["id"]) > 20:
            continue
        number = contract.passage_at(match.start())
        start, end = contract.starts[number], contract.starts[number] + len(contract.passages[number].text)
        before = contract.plain[max(start, match.start() - 28) : match.start()]
        if _OF_A_LAW.search(before + contract.plain[match.end() : min(end, match.end() + 28)]):
            continue
        if _is_heading(contract, match):
            headings.append((contract.unit_number(match.start()), _key(match)))
        else:
            references.setdefault(_key(match), match)
    present = {_number_key(p.number) for p in contract.passages if p.number} | _with_content(headings)
    for key, match in references.items():
        if key not in present:
            yield Hit(
                name="LP560",
                start=match.start(),
                end=match.end(),
                values={"name": contract.text[match.start() : match.end()]},
            )
    unnamed = contract.first(_UNNAMED)
    if unnamed and not present and not references:
        yield Hit(name="LP560.unnamed", start=unnamed.start(), end=unnamed.end())


def _is_heading(contract: Contract, match: re.Match[str]) -> bool:
    """Say whether a label begins a passage that is a title and no sentence."""
    number = contract.passage_at(match.start())
    start = contract.starts[number]
    end = start + len(contract.passages[number].text)
    if match.start() - start > 12 or end - match.end() > 120:
        return False
    return _BEFORE_LABEL.fullmatch(contract.plain, start, match.start()) is not None and not _VERB.search(
        contract.plain, match.end(), min(end, match.end() + 80)
    )


_BEFORE_LABEL = re.compile(r"[\s\d.)、#*|(\[-]{0,12}")


def _with_content(headings: list[tuple[int, str]]) -> set[str]:
    """Return the labels that are followed by something: three and more one after another are a list of exhibits."""
    found: set[str] = set()
    run: dict[str, int] = {}
    last = -9
    for unit, key in [*headings, (-9, "")]:
        if not 0 <= unit - last <= 1:
            found |= run.keys() if len(run) < 3 else set()
            run = {}
        run[key], last = unit, unit
    return found


def _key(match: re.Match[str]) -> str:
    name = (match["id"] or match["zid"]).upper()
    return _CHINESE.get(name, name)


def _number_key(number: str) -> str:
    found = _LABEL.pattern.match(number)
    return _key(found) if found else ""


_DEFINED = (
    re.compile(r'"([A-Z][^"\n]{1,40})"\s{0,3}(?:means|shall mean|refers? to|is defined|has the meaning)'),
    re.compile(
        r'\((?:(?:the|each,? an?|collectively,?|together,?|hereinafter|hereafter|referred to as|called|or|and|as)[ ,]{1,2}){0,5}"([A-Z][^"\n]{1,40})"\)',
        re.IGNORECASE,
    ),
    re.compile(r'here(?:in)?after\s(?:[a-z]{2,10}\s){0,4}"([A-Z][^"\n]{1,40})"', re.IGNORECASE),
    re.compile(r'(?:以下)?(?:简称|称)为?"([^"\n]{1,14})"'),
    re.compile(r'"([\u3400-\u9fff]{1,14})"\s?(?:是指|系指|指)'),
)

_MOST = 100
"""No contract defines more terms in one way."""


def unused_definitions(contract: Contract) -> Iterator[Hit]:
    """LP561: a defined term that the contract never uses."""
    for term, start, end in _definitions(contract):
        if contract.lower.count(term.lower()) < 2:
            yield Hit(name="LP561", start=start, end=end, values={"term": term})


def undefined_terms(contract: Contract) -> Iterator[Hit]:
    """LP562: a term with a capital that reads as if it had been defined, and was not."""
    if not contract.is_contract:
        return
    defined = {term.lower().rstrip("s") for term, _, _ in _definitions(contract)}
    seen = set()
    for match in _terms(contract).finditer(contract.plain):
        name = match[1]
        key = name.lower().rstrip("s")
        behind = contract.plain[match.end() : match.end() + 14]
        if (
            key in seen
            or key in defined
            or re.match(r"\s?(?:no\b|nr\b|#|[A-Z]*[-0-9]|\(|of (?:Exhibit|Annex|Appendix|Clause))", behind)
        ):
            continue
        seen.add(key)
        stem = re.escape(key)
        said = rf"(?:the|an?)\s{stem}s?\s(?:is|are|means|shall mean|consists? of)\b|(?:^|\n|\| ?)[\s\d.)]{{0,8}}(?:(?:exhibit|annex|appendix|schedule)\s\w{{1,3}}\W{{0,4}})?{stem}s?\b|\({stem}s?\)"
        if not re.search(said, contract.text.lower()):
            yield Hit(name="LP562", start=match.start(1), end=match.end(1), values={"term": name})


def _definitions(contract: Contract) -> Iterator[tuple[str, int, int]]:
    for pattern in _DEFINED if '"' in contract.plain else ():
        for match in islice(pattern.finditer(contract.plain), _MOST):
            yield match[1].strip(), match.start(1), match.end(1)


def _terms(contract: Contract) -> re.Pattern[str]:
    names = sorted(contract.data.words["terms"]["names"], key=len, reverse=True)
    return re.compile(
        rf"\b(?i:the|with|to|per|of|such|all|in|under|by|following)\s(?:the\s)?({'|'.join(map(re.escape, names))})\b"
    )
