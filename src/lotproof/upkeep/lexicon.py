"""Checking the vague-wording lexicon: its shape, its patterns, and its examples, which are tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lotproof.catalog.checking.shape import misfits
from lotproof.findings import Finding, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import as_it_stands
from lotproof.sources import KeyPath, line_of, parse_toml, show_path
from lotproof.wording.compiling import LANGUAGES, SHARED, compile_lexicon, named_lists
from lotproof.wording.lexicon import Lexicon, load_lexicon
from lotproof.wording.patterns import PatternError, read_pattern


class _File(Frozen):
    """One file of the lexicon."""

    name: str
    data: Mapping[str, Any]
    text: str

    def finding(self, path: KeyPath, code: str, message: str, hint: str) -> Finding:
        where = f"{self.name}:{line_of(self.text, path)}: {show_path(path)}"
        return Finding(where=where, code=code, message=as_it_stands(message), hint=as_it_stands(hint))


def check_lexicon(folder: Path) -> Iterator[Finding]:
    """
    Yield everything that is wrong with the files of the lexicon.

    LP301 where an expression does not fit its schema, LP350 where a pattern cannot be read or a name is unknown, and, once these
    are mended, LP351 where an example is not kept.

    Raises:
        Refused: a file that is not TOML.
    """
    files = {name: _read(folder, name) for name in (*SHARED, *LANGUAGES)}
    faults = [finding for language in LANGUAGES for finding in _shape(files[language])]
    faults += faults or list(_names(files))
    yield from faults or _examples(files, load_lexicon(compile_lexicon(folder)))


def _shape(file: _File) -> Iterator[Finding]:
    for misfit in misfits("lexicon", file.data):
        yield file.finding(misfit.path, "LP301", misfit.message, misfit.hint)


def _names(files: Mapping[str, _File]) -> Iterator[Finding]:
    """LP350: a pattern cannot be read, an id or a list stands twice, or a context or a reason is unknown."""
    lists = named_lists([dict(file.data) for file in files.values()])
    contexts = {row["id"] for row in files["contexts"].data["context"]}
    reasons = set(files["reasons"].data["reason"])
    for index, row in enumerate(files["contexts"].data["context"]):
        yield from _patterns(files["contexts"], ("context", index), row, lists)
    for name, count in Counter(name for file in files.values() for name in file.data.get("list", {})).items():
        if count > 1:
            last = [file for file in files.values() if name in file.data.get("list", {})][-1]
            yield last.finding(("list", name), "LP350", f"the list @{name} stands in two files", "give it another name")
    seen: set[str] = set()
    for language in LANGUAGES:
        file = files[language]
        for index, row in enumerate(file.data["expression"]):
            path = ("expression", index)
            yield from _patterns(file, path, row, lists)
            if row["id"] in seen or not row["id"].startswith(f"{language}."):
                message = f"the id {row['id']} stands twice, or in the file of another language"
                yield file.finding((*path, "id"), "LP350", message, f"write an id of its own: {language}.some-words")
            seen.add(row["id"])
            named = [("unless", contexts), ("needs", contexts), ("also", reasons)]
            wrong = [(key, name, known) for key, known in named for name in row.get(key, ()) if name not in known]
            wrong += [("reason", row["reason"], reasons)] if row["reason"] not in reasons else []
            for key, name, known in wrong:
                yield file.finding((*path, key), "LP350", f"unknown name {quoted(name)}", did_you_mean(name, known))


def _patterns(file: _File, path: KeyPath, row: Mapping[str, Any], lists: Mapping[str, list[str]]) -> Iterator[Finding]:
    for key in ("patterns", "except"):
        for index, pattern in enumerate(row.get(key, ())):
            try:
                read_pattern(pattern, lists)
            except PatternError as error:
                message = f"this pattern cannot be read: {error}: {quoted(pattern)}"
                hint = "words, (a | b), x?, _{0,3}, #, @list; docs/wording.md has the rules"
                yield file.finding((*path, key, index), "LP350", message, hint)


def _examples(files: Mapping[str, _File], lexicon: Lexicon) -> Iterator[Finding]:
    """LP351: an expression is not found in a sentence under ``fires``, or something is found in one under ``silent``."""
    for language in LANGUAGES:
        for index, row in enumerate(files[language].data["expression"]):
            for key in ("fires", "silent"):
                for number, sentence in enumerate(row[key]):
                    found = [(one.expression.id, one.quote) for one in lexicon.vague(sentence, language)]
                    if row["id"] in [name for name, _ in found] if key == "fires" else not found:
                        continue
                    shown = ", ".join(f"{name} {quoted(words)}" for name, words in found) or "nothing"
                    message = f"in {quoted(sentence, 120)} the lexicon finds {shown}"
                    hint = "widen a pattern" if key == "fires" else "add what makes it precise to except or unless"
                    yield files[language].finding(("expression", index, key, number), "LP351", message, hint)


def _read(folder: Path, name: str) -> _File:
    shown = f"{folder.parent.name}/{folder.name}/{name}.toml"
    data, text = parse_toml((folder / f"{name}.toml").read_bytes(), shown)
    return _File(shown, data, text)
