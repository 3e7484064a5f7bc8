"""Signatures as a hand would draw them, one for each name."""

import io
from functools import cache
from math import sin
from random import Random

from PIL import Image, ImageDraw

_SIZE = (300, 100)


@cache
def signature_of(name: str) -> bytes:
    """PNG."""
    rng = Random(name)
    picture = Image.new("LA", _SIZE, (0, 0))
    pen = ImageDraw.Draw(picture)
    pen.line(_stroke(rng, 20, 200 + rng.randint(0, 60)), fill=(20, 255), width=3, joint="curve")
    pen.line([(30, 80), (rng.randint(180, 280), rng.randint(70, 86))], fill=(20, 255), width=2)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _stroke(rng: Random, first: int, last: int) -> list[tuple[float, float]]:
    height, speed, lean = rng.uniform(14, 26), rng.uniform(0.12, 0.22), rng.uniform(6, 14)
    points = range(first, last, 2)
    return [(x + lean * sin(x * speed * 1.7), 48 - height * sin(x * speed) * (1 - x / 500)) for x in points]
