"""A portfolio of evidence as a map: nine marking points by four stages, what is missing, and the story it tells.

A piece of evidence is a mapping with ``title``, ``kind`` (one of ``KINDS``), ``stage`` (one of
``STAGES``), ``points`` (ids out of ``POINTS``), ``date`` (such as ``"2026-03-09"``, or ``""``), and
True or False for ``real``, ``mine``, ``safe`` and ``fits`` (see ``TESTS``). Only a piece that passes
every test counts. Nothing here judges how good a piece is: that takes a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cslearn.problem import Problem

POINTS = ("CM1", "CM2", "CM3", "CM4", "CM5", "PR1", "PR2", "PR3", "PR4")
STAGES = {"need": "Need", "plan": "Plan", "do": "Do", "evaluate": "Evaluate"}
KINDS = {
    "minutes": "minutes",
    "survey": "survey",
    "report": "report or figures",
    "plan": "plan, map or table",
    "message": "message as it was sent",
    "log": "log or diary",
    "witness": "witness statement",
    "reflection": "reflection",
    "other": "other",
}
# In the order in which an assessor asks, each with what is said of a piece that fails.
TESTS = {
    "real": "it is not from real work",
    "mine": "it does not show the learner’s own part",
    "dated": "it has no date",
    "safe": "people can be known by it, or nobody agreed to its use",
    "fits": "it shows something else than the marking point asks for",
}
_HEADINGS = {
    "need": "What was needed",
    "plan": "What I planned",
    "do": "What was done",
    "evaluate": "What came of it",
}
_WRITE = {
    "need": "Say what this shows, for whom it was bad, and how you know.",
    "plan": "Say what you decided, and what you decided against.",
    "do": "Say what you yourself did, and what you changed on the way.",
    "evaluate": "Say what it achieved, what it did not, and what you would do differently.",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class EvidenceMap:
    """What a portfolio covers.

    ``cells`` has, for each marking point and stage, the numbers of the pieces that count
    there (the first piece is 0). ``filled`` of 36 cells are not empty; ``empty`` names the
    others, point by point. ``without`` are the points that nothing backs in any stage, and
    ``empty_stages`` the stages in which nothing counts for any point. ``links`` joins each
    stage to the next by the points that are backed in both; ``missing_links`` are the pairs
    that no point joins. ``counting`` are the pieces that count.
    """

    cells: dict[str, dict[str, list[int]]]
    filled: int
    empty: list[tuple[str, str]]
    without: list[str]
    empty_stages: list[str]
    links: list[tuple[str, str, list[str]]]
    missing_links: list[tuple[str, str]]
    counting: list[int]


def faults(piece: Mapping) -> list[str]:
    """The tests that a piece of evidence fails, in the order of ``TESTS``; none if it counts.

    A piece without ``fits`` fits: who files their own piece under a point says that it does.
    """
    passed = {
        "real": piece["real"],
        "mine": piece["mine"],
        "dated": piece["date"] != "",
        "safe": piece["safe"],
        "fits": piece.get("fits", True),
    }
    return [test for test, good in passed.items() if not good]


def evidence_map(pieces: Sequence[Mapping]) -> EvidenceMap:
    """Which of the nine points are backed in which of the four stages, and where the chain is broken.

    In words: a cell is filled if at least one piece that counts is filed under its point and
    its stage. A link between two stages holds if at least one point is backed in both.
    Raises :class:`Problem` for a piece without a title, or with a stage, point, kind or date
    that does not exist.
    """
    _check(pieces)
    counting = [n for n, piece in enumerate(pieces) if not faults(piece)]
    cells: dict[str, dict[str, list[int]]] = {point: {stage: [] for stage in STAGES} for point in POINTS}
    for n in counting:
        for point in POINTS:
            if point in pieces[n]["points"]:
                cells[point][pieces[n]["stage"]].append(n)
    empty = [(point, stage) for point in POINTS for stage in STAGES if not cells[point][stage]]
    stages = list(STAGES)
    links = [
        (one, two, [point for point in POINTS if cells[point][one] and cells[point][two]])
        for one, two in pairwise(stages)
    ]
    return EvidenceMap(
        cells=cells,
        filled=len(POINTS) * len(STAGES) - len(empty),
        empty=empty,
        without=[point for point in POINTS if not any(cells[point].values())],
        empty_stages=[stage for stage in STAGES if not any(cells[point][stage] for point in POINTS)],
        links=links,
        missing_links=[(one, two) for one, two, points in links if not points],
        counting=counting,
    )


def story(pieces: Sequence[Mapping]) -> dict[str, list[int]]:
    """The pieces that count, stage by stage, the oldest first; of two of one day the one entered first."""
    _check(pieces)
    counting = [n for n, piece in enumerate(pieces) if not faults(piece)]
    return {
        stage: sorted((n for n in counting if pieces[n]["stage"] == stage), key=lambda n: pieces[n]["date"])
        for stage in STAGES
    }


def day(iso: str) -> str:
    """A date as it is written: ``"2026-03-09"`` is 9 March 2026."""
    year, month, number = iso.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


def narrative(change: str, part: str, pieces: Sequence[Mapping], names: Mapping[str, str]) -> list[dict]:
    """A first draft of the story of a portfolio, put together from its titles alone.

    Gives sections with a ``heading``, ``lines`` that the titles support, and ``asks``, which
    only the learner can answer. ``change`` says what was changed and ``part`` what the
    learner did; both may be empty. ``names`` are the marking points' names.
    """
    found, order = evidence_map(pieces), story(pieces)
    change, part = change.strip(), part.strip()
    sections = [
        {
            "heading": "The change, and my part in it",
            "lines": ([f"This portfolio is about {_sentence(change)}"] if change else [])
            + ([f"My part: {_sentence(part)}"] if part else []),
            "asks": ([] if change else ["Say in a few words which change this is about."])
            + ([] if part else ["Say what you yourself decided, did and answered for."]),
        }
    ]
    for place, stage in enumerate(STAGES):
        lines = [
            f"“{pieces[n]['title'].strip()}” ({KINDS[pieces[n]['kind']]}, {day(pieces[n]['date'])};"
            f" for {_list([point for point in POINTS if point in pieces[n]['points']])})."
            for n in order[stage]
        ]
        asks = [_WRITE[stage]] if lines else ["Nothing counts here yet, so the story breaks off. Find a piece for it."]
        if place < len(found.links):
            _, to, points = found.links[place]
            if points:
                lines.append(f"From here to “{_HEADINGS[to]}” the thread is {_list(points)}.")
            elif lines and order[to]:
                asks.append(f"No marking point leads from here to “{_HEADINGS[to]}”. Find a piece that joins them.")
        sections.append({"heading": _HEADINGS[stage], "lines": lines, "asks": asks})
    missing = {point: [STAGES[stage].lower() for other, stage in found.empty if other == point] for point in POINTS}
    sections.append(
        {
            "heading": "What is still missing",
            "lines": [
                f"{point} {names[point]}: {'every stage' if len(stages) == len(STAGES) else _list(stages)}."
                for point, stages in missing.items()
                if stages
            ]
            or ["Nothing: every marking point is backed in every stage."],
            "asks": [
                f"“{piece['title'].strip()}” does not count yet: {'; '.join(TESTS[test] for test in faults(piece))}."
                for piece in pieces
                if faults(piece)
            ],
        }
    )
    return sections


def _sentence(words: str) -> str:
    return words if words[-1] in ".!?" else f"{words}."


def _list(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _check(pieces: Sequence[Mapping]) -> None:
    for n, piece in enumerate(pieces, start=1):
        if not piece["title"].strip():
            raise Problem(f"Piece {n} has no title. Type what stands on its first page.")
        if piece["kind"] not in KINDS:
            raise Problem(f"Piece {n} is of a kind that does not exist: {piece['kind']}. Use {_list(list(KINDS))}.")
        if piece["stage"] not in STAGES:
            raise Problem(f"Piece {n} has a stage that does not exist: {piece['stage']}. Use {_list(list(STAGES))}.")
        if not piece["points"]:
            raise Problem(f"Piece {n} is filed under no marking point. Choose at least one.")
        for point in piece["points"]:
            if point not in POINTS:
                raise Problem(f"Piece {n} names a marking point that does not exist: {point}. Use {_list(POINTS)}.")
        if piece["date"] and not _is_day(piece["date"]):
            raise Problem(f"Piece {n} has a date that does not exist: {piece['date']}. Write it like 2026-03-09.")


def _is_day(iso: str) -> bool:
    if not re.fullmatch(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}", iso):
        return False
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True
