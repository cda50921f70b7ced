"""What a condition may ask about: answers as they stand in a file, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lotproof.catalog.model import Category
from lotproof.questions.own import GROUP as OWN
from lotproof.wording.conditions import Conditions, said


class Facts:
    """The facts of some answers, looked up as they are asked for; answers of a wrong type are facts as well."""

    def __init__(self, data: Mapping[str, Any], category: Category) -> None:
        self.data, self.category = data, category

    def hold(self, conditions: Conditions, row: Mapping[str, Any] | None = None) -> bool:
        """Say whether conditions hold; those on a group of many tables look at ``row``, one of them."""
        return all(self._fact(name, row) in values for name, values in conditions)

    def _fact(self, name: str, row: Mapping[str, Any] | None) -> str:
        if name == "basis":
            return self._basis()
        if name == "laboratory":
            return self._laboratory()
        group, _, key = name.partition(".")
        if group == "given":
            return "yes" if self.data.get(key) is not None else "no"
        table = self.data.get(group)
        table = row if isinstance(table, list) else table
        return said(table.get(key)) if isinstance(table, Mapping) else ""

    def _basis(self) -> str:
        if self.category.basis != "each":
            return self.category.basis
        goods = self.data.get("goods")
        rows = [row for row in goods if isinstance(row, Mapping)] if isinstance(goods, list) else []
        total = sum(quantity for row in rows if isinstance(quantity := row.get("quantity"), int))
        return "each" if total <= self.category.each_up_to else "lot"

    def _laboratory(self) -> str:
        """Say whether a clause that only a laboratory can check is stated for the goods or for one of them."""
        own = self.data.get(OWN)
        rows = [row for row in own if isinstance(row, Mapping)] if isinstance(own, list) else []
        if any("laboratory" in (row.get("stage"), row.get("brought_by")) for row in rows):
            return "yes"
        goods = self.data.get("goods")
        tables = [self.data, *(goods if isinstance(goods, list) else ())]
        stated = {
            name if "." in name else f"{name}.{inner}"
            for table in tables
            if isinstance(table, Mapping) and isinstance(terms := table.get("terms"), Mapping)
            for name, value in terms.items()
            for inner in (value if "." not in name and isinstance(value, Mapping) else ("",))
        }
        clauses = self.category.clauses
        return "yes" if any(name in clauses and clauses[name].where == "laboratory" for name in stated) else "no"
