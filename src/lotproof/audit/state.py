"""What was left in the file: changes that nobody has accepted, comments, hidden text, places to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lotproof.audit.contract import Contract
from lotproof.audit.model import Hit
from lotproof.audit.sought import sought


def tracked_changes(contract: Contract) -> Iterator[Hit]:
    """LP510: changes that are still marked; whoever rejects one holds another contract."""
    found = [
        (place, mark)
        for place, passage in enumerate(contract.passages)
        for mark in passage.marks
        if mark.kind in ("inserted", "deleted")
    ]
    if found:
        place, mark = found[0]
        start = contract.starts[place] + mark.start
        end = contract.starts[place] + mark.end
        words = {"en": mark.text or contract.text[start:end], "zh": mark.text or contract.text[start:end]}
        yield Hit(name="LP510", start=start, end=end, values={"count": str(len(found)), "words": _short(words["en"])})


def comments_left(contract: Contract) -> Iterator[Hit]:
    """LP511: comments in the margin, which are no part of what is signed."""
    if contract.comments:
        first = _short(contract.comments[0].text)
        yield Hit(name="LP511", values={"count": str(len(contract.comments)), "words": first})


def hidden_text(contract: Contract) -> Iterator[Hit]:
    """LP512: text that is in the file and on no page."""
    for place, passage in enumerate(contract.passages):
        for mark in passage.marks:
            if mark.kind == "hidden" and passage.text[mark.start : mark.end].strip():
                start = contract.starts[place]
                yield Hit(name="LP512", start=start + mark.start, end=start + mark.end)


_BLANK = sought(
    r"(?:USD |EUR |RMB |CNY |\$|¥)?(?:\[\s?_{2,60}\s?\]|_{3,80}|\.{8,80}|…{3,40})(?:\{[A-Za-z0-9_.#@ -]{1,160}\})?",
    "___|[_|[ _|........|…",
)
_BRACKET = sought(
    r"\[([^\[\]]{0,80})\]|<([A-Za-z][^<>]{2,60})>|\{\{([^{}]{0,60})\}\}",
    "[|<|{{",
)
_TO_FILL = re.compile(
    r"\s*(?:[.…●•*_ ]*|(?:insert|enter|specify|fill|add|please|your|to be|tbd|tba|tbc|xx+)\b.*|请.*|填写.*|插入.*|待.*|某.*|"
    r"(?:full |legal |company |buyer |seller |supplier |product |contract )*(?:name|date|amount|address|number|no\.?|price|quantity|place|port|city|country|percentage|signature|title|description|x|n)(?: of [a-z ]{2,30})?|"
    r"(?:公司|买方|卖方|产品|合同)?(?:名称|日期|金额|地址|编号|价格|数量|地点|港口|签字))\s*\Z",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z][A-Za-z'-]+|[\u3400-\u9fff]")
_FORM = re.compile(r"[:;|]\s*\Z")


def placeholders(contract: Contract) -> Iterator[Hit]:
    """LP513: text that somebody meant to replace: ``[...]``, ``TBD``, a blank in the middle of a sentence."""
    words = _placeholder_words(contract)
    for match in words.finditer(contract.plain) if words else ():
        yield Hit(name="LP513", start=match.start(), end=match.end())
    for match in contract.each(_BRACKET):
        inner = next(group for group in match.groups() if group is not None)
        if (
            not _BLANK.pattern.fullmatch(match[0])
            and _TO_FILL.match(inner)
            and not (match[0][0] == "<" and "@" in inner)
        ):
            yield Hit(name="LP513", start=match.start(), end=match.end())
    for match in contract.each(_BLANK):
        if match[0].endswith("}"):
            continue  # a field of a form, with its name
        start, end = contract.sentence_at(match.start())
        around = _BLANK.pattern.sub(" ", contract.plain[max(start, match.start() - 300) : min(end, match.end() + 300)])
        passage = contract.passage_at(match.start())
        if re.search(
            r"marked\s?\Z|标[记示为]\s?\Z|以\s?\Z", contract.plain[max(0, match.start() - 10) : match.start()]
        ):
            continue  # a sentence that says what blanks look like
        before = contract.plain[max(contract.starts[passage], match.start() - 12) : match.start()]
        if (
            len(_WORDS.findall(around)) >= 6
            and before.strip()
            and not _FORM.search(before)
            and not _is_leader(contract, match)
        ):
            yield Hit(name="LP513", start=match.start(), end=match.end())


def _is_leader(contract: Contract, match: re.Match[str]) -> bool:
    """Say whether dots lead to a page number, as in a table of contents, or to a line to sign on."""
    behind = contract.plain[match.end() : match.end() + 12].strip()
    return match[0][0] in ".…" and (not behind or behind[0].isdigit())


def _placeholder_words(contract: Contract) -> re.Pattern[str] | None:
    """Return a pattern of the words that stand in the contract at all."""
    ways = []
    for word in contract.data.words["placeholder"]["words"]:
        if word.lower() not in contract.lower:
            continue
        if not word.isascii():
            ways.append(
                rf"(?<=[:|\n \[(])(?:{re.escape(word)})(?=\s*(?:[|。;,.\])]|$))" if len(word) < 5 else re.escape(word)
            )
        elif word.lower().strip("x") == "":
            ways.append(rf"(?<![A-Za-z0-9.-]){word}(?![A-Za-z0-9.-])")
        elif " " in word:
            ways.append(rf"(?i:\b{re.escape(word)}\b)")
        else:
            ways.append(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])")
    return re.compile("|".join(ways), re.MULTILINE) if ways else None


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words[:60] + ("…" if len(words) > 60 else "")
