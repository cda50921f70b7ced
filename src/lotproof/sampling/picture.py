"""The OC curve as a picture: each plan's curve, its AQL, its LQ, and the points that the lot itself can have."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from lotproof.frozen import Frozen
from lotproof.sampling.drawing import Dot, Shape, Square, Stroke, Text
from lotproof.sampling.risk import Risk, whole
from lotproof.sampling.sentences import shown

WIDTH, HEIGHT = 760, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 730, 60, 410
_COLOURS = ("#1f4e9c", "#b3401f", "#2e7d32", "#6a3d9a")
_DASHES: tuple[tuple[int, ...], ...] = ((), (8, 4), (2, 3), (10, 3, 2, 3))
_MOST_DOTS = 120


class Line(Frozen, kw_only=True):
    """
    One plan in the picture.

    Attributes:
        label: what the legend says.
        risk: where the curve comes from.
        aql: marked on it.
    """

    label: str
    risk: Risk
    aql: Decimal


def picture(title: str, lines: Sequence[Line]) -> tuple[Shape, ...]:
    """Return the OC curves of the plans, :data:`WIDTH` by :data:`HEIGHT` units; the same plans give the same shapes."""
    curves = [line.risk.curve() for line in lines]
    step = _step(max(curve[-1][0] for curve in curves))
    end = step * math.ceil(max(curve[-1][0] for curve in curves) / step - 1e-9)
    axis = (
        "nonconformities per 100 units" if any(li.risk.model == "poisson" for li in lines) else "percent nonconforming"
    )
    return (
        _text(_LEFT, 24, title, size=14),
        *_axes(end, step, f"quality of the lot: {axis}"),
        *(
            shape
            for number, (line, curve) in enumerate(zip(lines, curves, strict=True))
            for shape in _drawn(line, curve, end, number)
        ),
    )


def _axes(end: float, step: float, caption: str) -> Iterator[Shape]:
    for tenth in range(11):
        y = _y(tenth / 10)
        yield _stroke((_LEFT, y), (_RIGHT, y), colour="#dddddd")
        yield _text(_LEFT - 8, y + 4, f"{10 * tenth} %", anchor="end")
    for tick in range(round(end / step) + 1):
        x = _x(tick * step, end)
        yield _stroke((x, _TOP), (x, _BOTTOM), colour="#eeeeee")
        yield _text(x, _BOTTOM + 18, shown(tick * step), anchor="middle")
    yield _stroke((_LEFT, _TOP), (_LEFT, _BOTTOM), (_RIGHT, _BOTTOM), colour="#444444")
    yield _text((_LEFT + _RIGHT) / 2, _BOTTOM + 40, caption, anchor="middle")
    legend = "circle: a lot at the AQL; square: LQ, one lot in ten passes; small dots: each lot of this size that there can be"
    yield _text((_LEFT + _RIGHT) / 2, _BOTTOM + 58, legend, anchor="middle", size=10)
    yield _text(_LEFT - 8, _TOP - 12, "lots that pass", anchor="start")


def _drawn(line: Line, curve: Sequence[tuple[float, float]], end: float, number: int) -> Iterator[Shape]:
    colour, dash = _COLOURS[number % 4], _DASHES[(number + number // 4) % 4]
    yield _stroke(*((_x(q, end), _y(p)) for q, p in curve), colour=colour, width=2, dash=dash)
    chances, lot = line.risk, line.risk.lot_size
    aql = float(line.aql)
    if chances.model == "hypergeometric" and lot is not None:
        most = whole(lot, curve[-1][0])
        if most <= _MOST_DOTS:
            for d in range(most + 1):
                yield _dot(100 * d / lot, chances.accepts_lot(d), end, colour, 2.5)
        aql = 100 * whole(lot, line.aql) / lot
    passes = chances.accepts(line.aql)
    yield _dot(aql, passes, end, colour, 5)
    yield _text(_x(aql, end) + 9, _y(passes) - 5, f"AQL {line.aql}", colour=colour)
    lq = chances.lq()
    if lq is not None and lq <= end:
        chance = chances.accepts(lq)
        yield Square(x=_x(lq, end), y=_y(chance), half=5, colour=colour)
        unit = "" if chances.model == "poisson" else " %"
        yield _text(_x(lq, end) + 9, _y(chance) - 8, f"LQ {shown(lq)}{unit}", colour=colour)
    y = _TOP + 18 + 18 * number
    yield _stroke((_RIGHT - 250, y - 4), (_RIGHT - 220, y - 4), colour=colour, width=2, dash=dash)
    yield _text(_RIGHT - 212, y, line.label)


def _step(last: float) -> float:
    """Return the distance of the ticks: 1, 2 or 5 times a power of ten, at most ten of them."""
    power = 10.0 ** math.floor(math.log10(last / 10))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= last / 10)


def _x(quality: float, end: float) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * min(quality, end) / end, 2)


def _y(passes: float) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * passes, 2)


def _dot(quality: float, passes: float, end: float, colour: str, radius: float) -> Dot:
    return Dot(x=_x(quality, end), y=_y(passes), radius=radius, colour=colour)


def _stroke(*points: tuple[float, float], colour: str, width: int = 1, dash: tuple[int, ...] = ()) -> Stroke:
    return Stroke(points=points, colour=colour, width=width, dash=dash)


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12, colour: str = "#222222") -> Text:
    return Text(x=x, y=y, words=words, anchor=anchor, size=size, colour=colour)
