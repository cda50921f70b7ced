"""The order that is measured: the mugs of the examples, with as many items as it takes."""

from __future__ import annotations

from pathlib import Path

from lotproof import api
from lotproof.documents.contract import contract
from lotproof.documents.nodes import Document, Table
from lotproof.orders.model import Order

ROOT = Path(__file__).resolve().parent.parent
MUGS = ROOT / "examples" / "stoneware-mugs" / "answers.toml"
MACHINE = ROOT / "examples" / "vffs-packing-machine" / "answers.toml"

TERMS, ROWS = 40, 200
"""Terms and table rows of the contract at its single size."""

_OWN = (
    ("ceramic_tableware.capacity", "{capacity} mL", "3 %"),
    ("consumer_goods.net_weight", "{weight} g", "5 %"),
)


def answers(size: int = 1) -> bytes:
    """
    Return an answers file whose contract has ``TERMS * size`` terms and ``ROWS * size`` table rows, within one per cent.

    Provisions and defects are the same in every size; items, and terms that belong to one item, make up the rest.
    """
    plain = api.build(with_items(2, 0)).order
    two = rows(contract(plain, ("en",)))
    each = rows(contract(api.build(with_items(3, 0)).order, ("en",))) - two
    own = TERMS * size - len(plain.spec.terms)
    return with_items(2 + round((ROWS * size - two - own) / each), own)


def order(content: bytes) -> Order:
    """Return the order of an answers file."""
    return api.build(content).order


def rows(document: Document) -> int:
    """Return the number of table rows under the headings."""
    return sum(len(block.rows) for block in document.blocks if isinstance(block, Table))


def with_items(items: int, own: int) -> bytes:
    """Return the example with ``items`` items; the first of them have ``own`` terms of their own together."""
    text = MUGS.read_text(encoding="utf-8")
    before, after = text[: text.index("[[goods]]")], text[text.index("[delivery]") :]
    general = "".join(_term("terms", clause, form, tolerance, 0) for clause, form, tolerance in _OWN)
    goods = "".join(_item(place, min(len(_OWN), max(0, own - len(_OWN) * place))) for place in range(items))
    return f"{before}{goods}{after}\n{general}".encode()


def _item(place: int, own: int) -> str:
    terms = "".join(_term("goods.terms", clause, form, tolerance, place) for clause, form, tolerance in _OWN[:own])
    return (
        f'[[goods]]\nitem = "MUG-{place + 1:04}"\n'
        f'description = {{ en = "Stoneware mug no. {place + 1}, matt white glaze & blue rim", zh = "炻瓷马克杯{place + 1}号，哑光白釉蓝边" }}\n'
        f'drawing = "HB-M{place + 1:04} rev 2"\nquantity = {120 + place % 7 * 24}\nunit = "pc"\nunit_price = 1.{place % 90 + 10}\n{terms}\n'
    )


def _term(table: str, clause: str, form: str, tolerance: str, place: int) -> str:
    nominal = form.format(capacity=250 + place % 11 * 10, weight=290 + place % 13 * 10)
    return f'[{table}."{clause}"]\nnominal = "{nominal}"\ntolerance = "{tolerance}"\n'
