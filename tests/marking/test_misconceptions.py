"""Each of the course's eight misconceptions is found in somebody's work, and told to the learner and to the tutor."""

import re
from html import unescape

import pytest
from handing_in import hand_in_as

from cslearn import syllabus
from cslearn.exercises.exercise import available, read
from cslearn.exercises.personas import personas
from cslearn.marking.classroom import create_classroom
from cslearn.marking.demo import SALT, roster_csv
from cslearn.marking.engine import mark_class
from cslearn.marking.feedback import feedback
from cslearn.marking.release import release
from cslearn.marking.report import report

pytestmark = pytest.mark.slow


def who_shows_them():
    """For each misconception, an exercise and a persona that reveals it there."""
    found = {}
    for name in available():
        for persona in personas(read(name)):
            for expected in persona.expected.values():
                if expected.reveals:
                    found.setdefault(expected.reveals, (name, persona))
    return found


def plain(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))))


def test_all_eight_are_told_to_the_learner_and_to_the_tutor(tmp_path):
    found = who_shows_them()
    assert set(found) == {mistake.id for mistake in syllabus.misconceptions()}
    (tmp_path / "roster.csv").write_text(roster_csv(), encoding="utf-8")
    room = create_classroom(tmp_path, salt=SALT)
    exercises = [read(name) for name in sorted({name for name, _ in found.values()})]
    for exercise in exercises:
        release(room, exercise)
    learners = dict(zip(found, room.codes, strict=False))
    for mistake, (_, persona) in found.items():
        hand_in_as(persona, room, learners[mistake])
    for exercise in exercises:
        mark_class(room, exercise)
        feedback(room, exercise)
    page, _ = report(room, exercises)
    table = page.read_text(encoding="utf-8").split(">Misconceptions</h2>")[1].split("<h2 ")[0]
    for mistake, (name, _) in found.items():
        said = syllabus.misconception(mistake)
        told = plain(next((room.root / "feedback" / learners[mistake] / name).glob("*.html")))
        assert said.name in told and said.says in told, mistake
        (row,) = [row for row in table.split("<tr>") if unescape(said.name) in unescape(row)]
        assert learners[mistake] in row, mistake
