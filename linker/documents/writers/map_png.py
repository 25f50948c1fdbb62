"""The map of themes as a picture for Word documents, which show no SVG everywhere.

Discs carry numbers, not names: a font that comes with a program lacks most of the world's letters.
"""

from __future__ import annotations

import io

from linker.documents.writers.map_frame import Disc, map_frame
from linker.documents.xray_numbers import Picture
from linker.vocabulary.mechanisms import mechanism

WIDTH = 1400
"""Pixels; 180 mm at about 200 dots an inch."""
SMOOTH = 2
"""Drawn so many times larger and shrunk, which rounds the edges of dots."""
EDGE, NUMBER = 46, 26
PAPER, DISC, RIM, INK = "#FFFFFF", "#F3F5F6", "#B8C2CC", "#1A2B3C"


def record_map_png(made: Picture) -> tuple[bytes, tuple[Disc, ...]]:
    """Return the map as PNG and its discs in the order of their numbers, from 1.

    Args:
        made: the x-ray in numbers.

    Returns:
        No bytes and no discs where the x-ray has no places.
    """
    from PIL import Image, ImageDraw, ImageFont

    frame = map_frame(made, WIDTH * SMOOTH, EDGE * SMOOTH, EDGE * SMOOTH)
    if frame is None:
        return b"", ()
    size = WIDTH, max(1, round(frame.height / SMOOTH))
    image = Image.new("RGB", (WIDTH * SMOOTH, size[1] * SMOOTH), PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(NUMBER * SMOOTH)
    for number, (disc, dots) in enumerate(frame.discs, start=1):
        draw.circle((disc.x, disc.y), disc.radius, DISC, RIM, SMOOTH)
        for dot in dots:
            draw.circle((dot.x, dot.y), frame.dot, mechanism(dot.mechanism).colour)
        # On the rim below the dots, on a white ground of its own.
        place = disc.x, disc.y + disc.radius + NUMBER * SMOOTH * 0.3
        box = draw.textbbox(place, str(number), font, anchor="mm")
        draw.rectangle([box[0] - 4, box[1] - 2, box[2] + 4, box[3] + 2], PAPER)
        draw.text(place, str(number), INK, font, anchor="mm")
    written = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue(), tuple(disc for disc, _ in frame.discs)
