"""The OC curve as a picture (SVG): each plan's curve, its AQL, its LQ, and the points that the lot itself can have."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from lotproof.frozen import frozen
from lotproof.sampling.risk import Risk, whole
from lotproof.sampling.sentences import shown

WIDTH, HEIGHT = 760, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 730, 60, 410
_COLOURS = ("#1f4e9c", "#b3401f", "#2e7d32", "#6a3d9a")
_DASHES = ("none", "8 4", "2 3", "10 3 2 3")
_MOST_DOTS = 120


@frozen(kw_only=True)
class Line:
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


def picture(title: str, lines: Sequence[Line]) -> str:
    """Return the OC curves of the plans as an SVG document; the same plans give the same text."""
    curves = [line.risk.curve() for line in lines]
    step = _step(max(curve[-1][0] for curve in curves))
    end = step * math.ceil(max(curve[-1][0] for curve in curves) / step - 1e-9)
    axis = (
        "nonconformities per 100 units" if any(li.risk.model == "poisson" for li in lines) else "percent nonconforming"
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">',
        f"<title>{_escaped(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(_LEFT, 24, title, size=14),
        *_axes(end, step, f"quality of the lot: {axis}"),
    ]
    for number, (line, curve) in enumerate(zip(lines, curves, strict=True)):
        parts += _drawn(line, curve, end, number)
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _axes(end: float, step: float, caption: str) -> Iterator[str]:
    for tenth in range(11):
        y = _y(tenth / 10)
        yield f'<line x1="{_LEFT}" y1="{y}" x2="{_RIGHT}" y2="{y}" stroke="#dddddd"/>'
        yield _text(_LEFT - 8, y + 4, f"{10 * tenth} %", anchor="end")
    for tick in range(round(end / step) + 1):
        x = _x(tick * step, end)
        yield f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{_BOTTOM}" stroke="#eeeeee"/>'
        yield _text(x, _BOTTOM + 18, shown(tick * step), anchor="middle")
    yield f'<path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none" stroke="#444444"/>'
    yield _text((_LEFT + _RIGHT) / 2, _BOTTOM + 40, caption, anchor="middle")
    legend = "circle: a lot at the AQL; square: LQ, one lot in ten passes; small dots: each lot of this size that there can be"
    yield _text((_LEFT + _RIGHT) / 2, _BOTTOM + 58, legend, anchor="middle", size=10)
    yield _text(_LEFT - 8, _TOP - 12, "lots that pass", anchor="start")


def _drawn(line: Line, curve: Sequence[tuple[float, float]], end: float, number: int) -> Iterator[str]:
    colour, dash = _COLOURS[number % 4], _DASHES[(number + number // 4) % 4]
    points = " ".join(f"{_x(q, end)},{_y(p)}" for q, p in curve)
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
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
        yield f'<rect x="{_x(lq, end) - 5}" y="{_y(chance) - 5}" width="10" height="10" fill="{colour}"/>'
        unit = "" if chances.model == "poisson" else " %"
        yield _text(_x(lq, end) + 9, _y(chance) - 8, f"LQ {shown(lq)}{unit}", colour=colour)
    y = _TOP + 18 + 18 * number
    yield (
        f'<line x1="{_RIGHT - 250}" y1="{y - 4}" x2="{_RIGHT - 220}" y2="{y - 4}" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{dash}"/>'
    )
    yield _text(_RIGHT - 212, y, line.label)


def _step(last: float) -> float:
    """Return the distance of the ticks: 1, 2 or 5 times a power of ten, at most ten of them."""
    power = 10.0 ** math.floor(math.log10(last / 10))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= last / 10)


def _x(quality: float, end: float) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * min(quality, end) / end, 2)


def _y(passes: float) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * passes, 2)


def _dot(quality: float, passes: float, end: float, colour: str, radius: float) -> str:
    return f'<circle cx="{_x(quality, end)}" cy="{_y(passes)}" r="{radius}" fill="{colour}"/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12, colour: str = "#222222") -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-family="sans-serif" font-size="{size}" fill="{colour}">'
        f"{_escaped(words)}</text>"
    )


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
