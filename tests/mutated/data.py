"""The data inside, alone and together with the page."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from edits import BODY, Edit, Edited, Source, in_data, term_in
from mutated.targets import EN, LEAK, LIST, NOISE, POWER, part_text


def data_edits() -> list[Edit]:
    """The data inside."""

    def limit(data: dict[str, Any]) -> None:
        term_in(data, NOISE)["requirement"]["limit"]["value"] = "87"

    def graver(data: dict[str, Any]) -> None:
        term_in(data, NOISE)["defect_class"] = "minor"

    def smaller(data: dict[str, Any]) -> None:
        term_in(data, LEAK)["samples"][0]["n"] = 1

    def gone(data: dict[str, Any]) -> None:
        spec = data["sections"]["spec"]["data"]
        spec["terms"] = [term for term in spec["terms"] if term["id"] != NOISE]

    def quantity(data: dict[str, Any]) -> None:
        data["sections"]["goods"]["data"]["lines"][0]["quantity"] += 1

    def price(data: dict[str, Any]) -> None:
        prices = data["sections"]["commercial"]["data"]["prices"]
        prices[next(iter(prices))] = "1.00"

    def salt(data: dict[str, Any]) -> None:
        data["sections"]["header"]["salt"] = "0" * 64

    def digest(data: dict[str, Any]) -> None:
        data["digest"] = "0" * 64

    def sentence(data: dict[str, Any]) -> None:
        data["texts"]["en"]["terms"][0][NOISE]["title"] = "Noise"

    def hidden(data: dict[str, Any]) -> None:
        data["sections"]["commercial"] = {"digest": "0" * 64}

    def reprint(data: dict[str, Any]) -> None:
        data["shown"]["tool"] = "lotproof 0.0.1"

    def empty(data: dict[str, Any]) -> None:
        data["texts"]["en"]["provisions"] = []

    return [
        Edit("a limit in the data", EN, in_data(limit, NOISE, "78", "87")),
        Edit("a limit in a checklist's data", LIST, in_data(limit, NOISE, "78", "87")),
        Edit("a defect class in the data", EN, in_data(graver, NOISE)),
        Edit("a sample in the data", EN, in_data(smaller, LEAK)),
        Edit("a term taken out of the data", EN, in_data(gone, NOISE)),
        Edit("a quantity in the data", EN, in_data(quantity, "goods.")),
        Edit("a price in the data", EN, in_data(price, "prices.")),
        Edit("a salt in the data", EN, in_data(salt, "order")),
        Edit("the digest in the data", EN, in_data(digest, "order")),
        Edit("a sentence in the data", EN, in_data(sentence, f"{NOISE}|sentences")),
        Edit("a section taken out of the data", EN, in_data(hidden, "LP703")),
        Edit("another program in the data", EN, in_data(reprint, "sentences")),
        Edit("provisions taken out of the data", EN, in_data(empty, "LP703")),
        Edit("page and sentences rewritten together", EN, rewritten("78", "87", NOISE)),
        Edit("page and sentences of a checklist rewritten together", LIST, rewritten("7.5", "9.5", POWER)),
        Edit("a pass rule rewritten together", EN, rewritten("Ac\u00a00", "Ac\u00a09", LEAK)),
        Edit("no data", EN, _no_data),
        Edit("data twice", EN, _twice),
        Edit("data that is no JSON", EN, part_text("customXml/item1.xml", '{"digest"', "digest", clause="LP702")),
    ]


def rewritten(old: str, new: str, term: str = "") -> Any:
    """Rewrite sentences inside with their digest, as somebody does who knows the format; of one term also its row on the page."""

    def sentences(data: dict[str, Any]) -> None:
        said = json.dumps(data["texts"], ensure_ascii=False)
        for texts in (t for t in data["texts"].values() if "terms" in t):
            for group in texts["terms"]:
                if term:
                    group[term] = json.loads(json.dumps(group[term], ensure_ascii=False).replace(old, new))
        if not term:
            data["texts"] = json.loads(said.replace(old, new))
        proved = {"shown": data["shown"], "texts": data["texts"]}
        whole = json.dumps(proved, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        data["texts_digest"] = hashlib.sha256(whole.encode()).hexdigest()

    def change(given: Source) -> Edited:
        inside = in_data(sentences, term)(given)
        body = given.parts[BODY]
        where = given.row(term) if term else body
        assert old in where
        return Edited({**inside.parts, BODY: body.replace(where, where.replace(old, new))}, term, new, old)

    return change


def _no_data(given: Source) -> Edited:
    return Edited({**given.parts, "customXml/item1.xml": "<other/>"}, "LP700")


def _twice(given: Source) -> Edited:
    other = given.parts["customXml/item1.xml"].replace('"draft":false', '"draft":true')
    return Edited({**given.parts, "customXml/item2.xml": other}, "LP701")
