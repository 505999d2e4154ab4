"""Every lesson has the parts that the course promises, in order, and a quiz that explains every option."""

import re
from pathlib import Path

import pytest
import reading
import yaml

from cslearn import syllabus
from cslearn.explorers import registry
from cslearn.site import quiz

BOOK = Path(__file__).parents[2] / "book"
# The parts of the course that teach; the two lessons on options have a stricter test of their own.
LESSONS = sorted(
    [BOOK / "start" / "numbers-without-fear.md"]
    + [
        page for part in ("excellence", "measuring", "complaints", "process", "change", "evaluation", "capstone")
        for page in (BOOK / part).glob("*.md")
    ]
)  # fmt: skip
# Nothing is there to play with: who reflects writes.
WITHOUT_EXPLORER = {"evaluation/reflection.md"}


def text_of(page):
    return page.read_text(encoding="utf-8")


def facts_of(page):
    return yaml.safe_load(text_of(page).split("---\n")[1])["cslearn"]


def named(page):
    return page.relative_to(BOOK).as_posix()


@pytest.mark.parametrize("page", LESSONS, ids=named)
def test_a_lesson_has_its_parts_in_order(page):
    text, own = text_of(page), page.with_suffix(".quiz.yml").name
    parts = (
        rf"```{{predict}} {own}\n", r"```{code-cell} ipython3\n", r"```{explorer} ([a-z-]+)\n", r"```{workplace}\n:points: ",
        rf"```{{quiz}} {own}\n", r"^## (Do the exercise|Where this is assessed)$", r"^## Further reading$",
    )  # fmt: skip
    plays = named(page) not in WITHOUT_EXPLORER
    parts = [part for part in parts if plays or "explorer" not in part]
    places = []
    for part in parts:
        found = re.search(part, text, re.M)
        assert found, f"{page.name} has no {part}"
        places.append(found.start())
    assert places == sorted(places)
    assert "{cite:t}`" in text[places[-1] :]
    desk = places[2 + plays]
    assert "**Make anonymous:**" in text[desk : places[3 + plays]]
    for slug in re.findall(r"^```\{explorer\} ([a-z-]+)$", text, re.M):
        assert slug in registry()
    # A sentence before the explorer says what to try.
    assert bool(re.search(r"^## Try it yourself\n\n[A-Z][^\n]{60,}\n\n```{explorer}", text, re.M)) == plays
    points = {point.id for point in syllabus.marking_points()}
    assert set(re.search(r"```{workplace}\n:points: (.+)\n", text)[1].split()) <= points
    assert 1200 <= len(reading.WORD.findall(reading.prose(text))) <= 2500


@pytest.mark.parametrize("page", LESSONS, ids=named)
def test_law_is_stated_with_the_day_on_which_it_was_checked(page):
    text = text_of(page)
    if re.search(r"\b(Act 20\d\d|UK GDPR|Regulations 20\d\d)\b", text):
        assert "information, not legal advice; checked on 23 November 2026" in text


@pytest.mark.parametrize("page", LESSONS, ids=named)
def test_a_quiz_asks_about_all_that_the_lesson_teaches_and_explains_each_option(page):
    found = quiz.read(page.with_suffix(".quiz.yml"))
    assert 5 <= len(found.questions) <= 8
    reasons = [option.because for question in (found.prediction, *found.questions) for option in question.options]
    assert len(set(reasons)) == len(reasons)
    assert all(len(reason.split()) >= 8 for reason in reasons)
    checked = {item for question in found.questions for item in question.checks}
    assert set(facts_of(page)["teaches"]) <= checked


@pytest.mark.parametrize("page", LESSONS, ids=named)
def test_a_lesson_teaches_the_items_that_the_syllabus_gives_to_its_page(page):
    facts = facts_of(page)
    planned = {item.id for item in syllabus.inventory() if facts["page"] in item.taught}
    assert set(facts["teaches"]) == planned
