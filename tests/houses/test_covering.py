"""Cases that the house beneath words and a house that replaces the provision does not."""

from __future__ import annotations

from pathlib import Path

from house_folders import write_house
from lotproof.templates.folders import stack
from lotproof.upkeep.house_checks.checks import check_words


def found(folder: Path) -> list[tuple[str, str, str]]:
    return [(f.code, f.where, str(f.message)) for f in check_words(stack(folder), None)]


def payment(*routes: str, inside: str = "") -> str:
    """Write a payment provision with a paragraph for each route."""
    text = 'id = "contract.payment"\nreplaces = "contract.payment"\n'
    for route in routes:
        when = f'when = {{ "payment.route" = ["{route}"] }}\n' if route else ""
        text += f'[[paragraph]]\n{when}en = "The buyer pays.{inside}"\nzh = "买方付款。{inside}"\n'
    return text


ROUTES = ("trade_assurance", "escrow", "letter_of_credit", "bank_transfer")


def test_a_case_that_a_house_no_longer_words_is_named(tmp_path: Path) -> None:
    lost = [
        f for f in found(write_house(tmp_path / "agency", contract__payment=payment(*ROUTES[::3]))) if f[0] == "LP974"
    ]
    assert lost == [
        (
            "LP974",
            "agency/contract/payment.toml:1: contract.payment",
            "contract.payment says nothing of its own for payment.route = escrow or letter_of_credit, and standard does",
        )
    ]


def test_a_house_that_words_every_case_is_let_pass(tmp_path: Path) -> None:
    inline = "{% if payment.route == 'escrow' %} The agent holds the money.{% endif %}"
    for number, text in enumerate((payment(*ROUTES), payment("", inside=inline))):
        assert "LP974" not in [
            f[0] for f in found(write_house(tmp_path / str(number) / "agency", contract__payment=text))
        ]
