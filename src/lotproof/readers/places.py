"""Places in words: ``table 2, row 3, column Quality``."""

from __future__ import annotations

from collections.abc import Mapping

from lotproof.readers.model import Passage

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "clause": "clause {}",
        "paragraph": "paragraph {}",
        "table": "table {}",
        "row": "row {}",
        "column": "column {}",
        "text box": "text box",
        "header": "header, paragraph {}",
        "footer": "footer, paragraph {}",
        "footnote": "footnote {}",
        "endnote": "endnote {}",
        "comment": "comment {}",
        "page": "page {}",
        "line": "line {}",
        "whole": "the whole contract",
        "join": ", ",
    },
    "zh": {
        "clause": "{}条款",
        "paragraph": "第{}段",
        "table": "表{}",
        "row": "第{}行",
        "column": "“{}”列",
        "text box": "文本框",
        "header": "页眉第{}段",
        "footer": "页脚第{}段",
        "footnote": "脚注{}",
        "endnote": "尾注{}",
        "comment": "批注{}",
        "page": "第{}页",
        "line": "第{}行",
        "whole": "合同全文",
        "join": "，",
    },
}


def where(passage: Passage | None, offset: int = 0, language: str = "en") -> str:
    """
    Return the place of a character of a passage in words.

    Args:
        passage: None: the whole contract.
        offset: of the character; the line of a text file follows from it.
        language: ``en`` or ``zh``.
    """
    words = _WORDS[language]
    if passage is None:
        return words["whole"]
    parts = list(passage.place)
    if passage.first_line:
        parts.append(("line", str(passage.first_line + passage.text.count("\n", 0, offset))))
    return words["join"].join(
        value if kind == "clause" and not value[0].isdigit() else words[kind].format(value) for kind, value in parts
    )
