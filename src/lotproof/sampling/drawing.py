"""Shapes to a picture file: SVG by ourselves, PNG through Pillow where it is installed (``pip install lotproof[png]``)."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias, assert_never

from lotproof.frozen import Frozen

SCALE = 2
"""Pixels of a PNG for each unit of the picture."""


class NoPillow(Exception):
    """A PNG was asked for, and Pillow is not installed."""


class Stroke(Frozen, kw_only=True):
    """A line through points; ``dash`` holds the lengths of its marks and gaps, none for a full line."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: int
    dash: tuple[int, ...]


class Dot(Frozen, kw_only=True):
    """A filled circle."""

    x: float
    y: float
    radius: float
    colour: str


class Square(Frozen, kw_only=True):
    """A filled square around a point, ``half`` its side."""

    x: float
    y: float
    half: float
    colour: str


class Text(Frozen, kw_only=True):
    """A line of words: ``y`` is its base line, ``anchor`` (``start``, ``middle``, ``end``) where ``x`` lies in it."""

    x: float
    y: float
    words: str
    anchor: str
    size: int
    colour: str


Shape: TypeAlias = Stroke | Dot | Square | Text


def svg(title: str, shapes: Sequence[Shape], size: tuple[int, int]) -> bytes:
    """Return the picture as an SVG document; the same shapes give the same bytes."""
    width, height = size
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f"<title>{_escaped(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *map(_element, shapes),
        "</svg>",
    ]
    return ("\n".join(parts) + "\n").encode()


def png(shapes: Sequence[Shape], size: tuple[int, int]) -> bytes:
    """
    Return the picture as a PNG, :data:`SCALE` pixels a unit.

    Raises:
        NoPillow: Pillow is not installed.
    """
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ImportError:
        raise NoPillow from None
    image = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE), "#ffffff")
    canvas = ImageDraw.Draw(image)
    for shape in shapes:
        match shape:
            case Stroke():
                for marks in _marks(shape):
                    line = [(x * SCALE, y * SCALE) for x, y in marks]
                    canvas.line(line, fill=shape.colour, width=shape.width * SCALE, joint="curve")
            case Dot():
                box = _box(shape.x, shape.y, shape.radius)
                canvas.ellipse(box, fill=shape.colour)
            case Square():
                canvas.rectangle(_box(shape.x, shape.y, shape.half), fill=shape.colour)
            case Text():
                font = ImageFont.load_default(shape.size * SCALE)
                anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.anchor]
                place = (shape.x * SCALE, shape.y * SCALE)
                canvas.text(place, shape.words, fill=shape.colour, font=font, anchor=anchor)
            case _:
                assert_never(shape)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _element(shape: Shape) -> str:
    match shape:
        case Stroke():
            points = " ".join(f"{x},{y}" for x, y in shape.points)
            dash = f' stroke-dasharray="{" ".join(map(str, shape.dash))}"' if shape.dash else ""
            return (
                f'<polyline points="{points}" fill="none" stroke="{shape.colour}" stroke-width="{shape.width}"{dash}/>'
            )
        case Dot():
            return f'<circle cx="{shape.x}" cy="{shape.y}" r="{shape.radius}" fill="{shape.colour}"/>'
        case Square():
            side = 2 * shape.half
            corner = f'x="{shape.x - shape.half:g}" y="{shape.y - shape.half:g}"'
            return f'<rect {corner} width="{side:g}" height="{side:g}" fill="{shape.colour}"/>'
        case Text():
            return (
                f'<text x="{shape.x}" y="{shape.y}" text-anchor="{shape.anchor}" font-family="sans-serif" '
                f'font-size="{shape.size}" fill="{shape.colour}">{_escaped(shape.words)}</text>'
            )
        case _:
            assert_never(shape)


def _marks(stroke: Stroke) -> Iterator[list[tuple[float, float]]]:
    """Yield the marks of a dashed line, each as its points; a full line is one mark."""
    if not stroke.dash:
        yield list(stroke.points)
        return
    place, left, marks = 0, float(stroke.dash[0]), [stroke.points[0]]
    for (x0, y0), (x1, y1) in pairwise(stroke.points):
        length = math.hypot(x1 - x0, y1 - y0)
        done = 0.0
        while length - done > left:
            done += left
            here = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            if place % 2 == 0:
                yield [*marks, here]
            marks, place = [here], place + 1
            left = float(stroke.dash[place % len(stroke.dash)])
        left -= length - done
        marks.append((x1, y1))
    if place % 2 == 0:
        yield marks


def _box(x: float, y: float, half: float) -> tuple[float, float, float, float]:
    return ((x - half) * SCALE, (y - half) * SCALE, (x + half) * SCALE, (y + half) * SCALE)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
