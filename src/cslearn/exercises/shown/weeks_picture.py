"""A line of weeks as a drawing: where its points and words stand, and the same as SVG."""

from html import escape
from math import ceil, floor

from cslearn.northfold.monitoring import Week


def weeks_picture(weeks: list[Week], called: str) -> dict:
    """What is to be drawn, for a page that draws it: all places are in the picture's own units, ``width`` by ``height``.

    ``says`` is its text for who cannot see it; then the points of the line, the ``lines``
    between the parts of the record, the ``levels`` with their ``scale``, and ``words``.
    """
    width, height, left, right, top, bottom = 360, 230, 34, 8, 12, 40
    figures = [week.figure for week in weeks]
    low, high = floor(min(figures)), ceil(max(figures))

    def x(place: float) -> float:
        return round(left + (width - left - right) * place / (len(weeks) - 1), 1)

    def y(value: float) -> float:
        return round(top + (height - top - bottom) * (high - value) / (high - low), 1)

    step = max(1, ceil((high - low) / 6))
    starts = {
        part: next(n for n, week in enumerate(weeks) if week.part == part) for part in ("baseline", "pilot", "after")
    }
    ends = [*list(starts.values())[1:], len(weeks)]
    words = [
        [x((start + end - 1) / 2), height - 8, part] for (part, start), end in zip(starts.items(), ends, strict=True)
    ]
    words += [[x(starts["after"] + n), height - 24, str(n + 1)] for n in range(0, len(weeks) - starts["after"], 3)]
    return {
        "says": f"{called} of {len(weeks)} weeks: {starts['pilot']} of the baseline, {starts['after'] - starts['pilot']} of the pilot, "
        f"{len(weeks) - starts['after']} after the start. The tables hold the same figures.",
        "width": width,
        "height": height,
        "points": [[x(n), y(figure)] for n, figure in enumerate(figures)],
        "lines": [[x(starts[part] - 0.5), top, x(starts[part] - 0.5), height - bottom] for part in ("pilot", "after")],
        "levels": [[left, y(value), width - right, y(value)] for value in range(low, high + 1, step)],
        "scale": [[left - 6, y(value) + 4, str(value)] for value in range(low, high + 1, step)],
        "words": words,
    }


def svg(picture: dict) -> str:
    """The drawing as SVG, all text escaped. It needs no style sheet; on a page exercise.css sets its colours."""

    def lines(places: list, kind: str, look: str) -> str:
        return "".join(
            f'<line class="{kind}" x1="{a}" y1="{b}" x2="{c}" y2="{d}" {look}></line>' for a, b, c, d in places
        )

    def words(places: list, kind: str, anchor: str) -> str:
        look = f'fill="currentColor" stroke="none" font-size="11" text-anchor="{anchor}"'
        return "".join(f'<text class="{kind}" x="{x}" y="{y}" {look}>{escape(text)}</text>' for x, y, text in places)

    line = " ".join(f"{x},{y}" for x, y in picture["points"])
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="2.4" fill="currentColor" stroke="none"></circle>' for x, y in picture["points"]
    )
    size = f'viewBox="0 0 {picture["width"]} {picture["height"]}"'
    return (
        f'<svg class="weeks" {size} style="max-width: 36rem" fill="none" stroke="currentColor" role="img" aria-label="{escape(picture["says"])}">'
        + lines(picture["levels"], "level", 'stroke-opacity="0.25" stroke-width="0.6"')
        + lines(picture["lines"], "part", 'stroke-dasharray="3 3"')
        + f'<polyline points="{line}" stroke-width="1.6"></polyline>{dots}'
        + words(picture["scale"], "scale", "end")
        + words(picture["words"], "word", "middle")
        + "</svg>"
    )
