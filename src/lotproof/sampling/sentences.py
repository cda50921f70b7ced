"""What a plan lets through, in one sentence that needs no statistics."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from lotproof.sampling import Plan
from lotproof.sampling.risk import Risk, risk

LANGUAGES = ("en", "zh")
_CLASSES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "": "nonconforming units",
            "critical": "critical defects",
            "major": "major defects",
            "minor": "minor defects",
        },
        "zh": {"": "不合格品", "critical": "致命缺陷", "major": "主要缺陷", "minor": "次要缺陷"},
    }
)
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def sentence(plan: Plan, language: str = "en", defect_class: str = "", model: str = "") -> str:
    """
    Say how bad a lot still passes: ``A lot with 9.2 % major defects still passes one time in ten.``

    The lot is the one that passes most nearly one time in ten; the odds are those of that lot. Where every unit is inspected
    there are no odds, and the sentence says so.

    Args:
        language: of :data:`LANGUAGES`.
        defect_class: ``critical``, ``major``, ``minor``, or empty for nonconforming units.
        model: as :func:`lotproof.sampling.risk.risk` takes it.

    Raises:
        NoPlan: an unknown model, or one that does not fit the AQL.
    """
    chances = risk(plan, model)
    what = _CLASSES[language][defect_class]
    if chances.model == "hypergeometric" and chances.drawn[0] == plan.lot_size:
        most = plan.re - 1
        return (
            f"Every unit is inspected: the lot passes with at most {most} nonconforming, and fails with {most + 1} or more."
            if language == "en"
            else f"逐件检验：不合格品不超过{most}件时该批通过，达到{most + 1}件时不通过。"
        )
    quality, passes = _one_in_ten(chances)
    number = shown(quality)
    units = chances.model == "poisson"
    if language == "en":
        lot = f"{number} {what} per 100 units" if units and defect_class else f"{number} % {what}"
        lot = f"{number} nonconformities per 100 units" if units and not defect_class else lot
        return f"A lot with {lot} still passes {_odds(passes)}."
    rate = f"每百单位{what if defect_class else '不合格'}数为{number}" if units else f"{what}率为{number}%"
    every, times = _of(passes)
    return f"{rate}的批，每{every}批中仍约有{times}批通过。"


def shown(percent: float) -> str:
    """Return a quality as people write it: one decimal from 1 upwards, two significant digits below."""
    if percent <= 0:
        return "0"
    places = 1 if percent >= 1 else 1 - math.floor(math.log10(percent))
    text = f"{percent:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _one_in_ten(chances: Risk) -> tuple[float, float]:
    """Return the quality that passes most nearly one time in ten, and how often it does."""
    lot = chances.lot_size
    if chances.model != "hypergeometric" or lot is None:
        quality = chances.lq() or 100.0
        return quality, chances.accepts(quality)
    reached = chances.defectives_at_lq()
    last = lot if reached is None else reached
    near = [(d, chances.accepts_lot(d)) for d in (last, last - 1) if d > 0]
    defectives, passes = min(near, key=lambda pair: abs(math.log10(max(pair[1], 1e-9) / 0.1)))
    return 100 * defectives / lot, passes


def _odds(passes: float) -> str:
    every, times = _of(passes)
    if times != 1:
        return f"{times} times in a hundred"
    return f"one time in {_WORDS[every] if every < len(_WORDS) else every}"


def _of(passes: float) -> tuple[int, int]:
    """Return odds as people say them: so many lots, of which so many pass."""
    return (100, round(100 * passes)) if passes > 0.15 else (round(1 / max(passes, 1e-9)), 1)
