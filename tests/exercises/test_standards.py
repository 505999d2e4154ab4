"""The standard answers: one at each level of each written task, true to the practice case, and never with a learner."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest
import yaml

from cslearn.exercises import exercise as files
from cslearn.exercises import notebooks
from cslearn.exercises.exercise import available, publish, read, to_json
from cslearn.exercises.shown import shown
from cslearn.exercises.standards import SUFFIX, standards
from cslearn.northfold.case import case
from cslearn.problem import Problem
from cslearn.site import page_archive
from cslearn.site.standards import in_order_of_points, mixed, task_of

ROOT = Path(__file__).parents[2]
EXERCISES = {name: read(name) for name in available()}
WRITTEN = [(name, task.name) for name, one in EXERCISES.items() for task in one.tasks if task.award == "tutor"]
LOWER = [(name, task, place) for name, task in WRITTEN for place in range(len(EXERCISES[name].task(task).levels) - 1)]
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
# Figures and days that an answer may name and its case does not show, with the reason.
KNOWN = {
    # Weights of SO1 and SO2 together; all points.
    "choose-an-improvement": {60, 100},
    "find-the-bottleneck": set(),
    # The new limit, by the minutes; days in its own recommendations.
    "judge-the-result": {75, 15, 31},
    "make-the-case-for-change": set(),
    # What the plan costs beyond what is left: 23,100 less 20,000. What is left. The sums are tested below.
    "plan-the-change": {3_100, 20_000},
    "set-the-scope": set(),
    "steer-the-change": set(),
    # A day in 2024 after the survey.
    "win-people-over": {2},
}


def figures(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in NUMBER.findall(text)]


def strings(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
    else:
        yield str(value)


@cache
def pool(name: str) -> set[float]:
    """All figures that a learner on the practice case has before them or works out rightly: the case as it is
    shown, its facts, the solution (which earns full marks there) and the prose of the tasks."""
    exercise, book = EXERCISES[name], case(name)
    texts = [*strings(shown(book)), *strings(book.facts), *(task.prose for task in exercise.tasks)]
    texts += [cell.source for cell in exercise.cells if "answer" in cell.metadata]
    texts += [task.model_answer for task in exercise.tasks]
    # Dates in the shape of a computer's.
    return {figure for text in texts for figure in figures(re.sub(r"\b(\d{4})-(\d\d)-(\d\d)\b", r"\1 \2 \3", text))}


@pytest.mark.parametrize(("name", "task"), WRITTEN)
def test_each_level_has_one_answer_with_marks_words_and_reasons(name, task):
    answers = standards(EXERCISES[name])[task]
    levels = EXERCISES[name].task(task).levels
    assert [answer.level for answer in answers] == [str(level["marks"]) for level in levels]
    assert [answer.place for answer in answers] == list(range(1, len(levels) + 1))
    assert answers[-1].text == EXERCISES[name].task(task).model_answer.strip()
    assert answers[-1].marks == EXERCISES[name].task(task).marks, "the model answer is one for full marks"
    assert all(answer.why and bool(answer.not_higher) == (answer is not answers[-1]) for answer in answers)
    # One to three sentences each: a tutor reads four of them in a minute.
    for answer in answers:
        for reason in filter(None, (answer.why, answer.not_higher)):
            assert 1 <= len(re.findall(r"[.?](?=\s|$)", reason)) <= 3, reason


@pytest.mark.parametrize(("name", "task"), WRITTEN)
def test_a_reason_quotes_the_levels_own_words_and_quotes_nothing_that_is_not_there(name, task):
    answers = standards(EXERCISES[name])[task]

    def plain(text):
        return " ".join(text.lower().split())

    for answer, higher in zip(answers, [*answers[1:], None], strict=True):
        quoted = re.findall(r'"([^"]+)"', answer.why)
        assert any(plain(words).rstrip(".,") in plain(answer.says) for words in quoted), answer.why
        allowed = plain(answer.says + " " + answer.text)
        for words in quoted:
            assert plain(words).rstrip(".,") in allowed, f"{name}, level {answer.level}: {words}"
        for words in re.findall(r'"([^"]+)"', answer.not_higher):
            assert plain(words).rstrip(".,") in allowed + " " + plain(higher.says), f"{name}, {answer.level}: {words}"


@pytest.mark.parametrize(("name", "task", "place"), LOWER)
def test_every_figure_of_an_answer_is_the_practice_case_s(name, task, place):
    answer = standards(EXERCISES[name])[task][place]
    known = pool(name) | KNOWN.get(name, set())
    # A label such as (E1), L2, A1, SO2 or D7 is no figure.
    written = figures(answer.text)
    for figure in written:
        decimals = len(f"{figure:g}".partition(".")[2])
        near = any(abs(figure - round(one, decimals)) < 1e-9 for one in known)
        assert near, f"{name}, level {answer.level}: {figure:g} is nowhere in the practice case"


def test_what_the_answers_say_in_words_is_true_of_the_practice_case():
    texts = {(name, place): standards(EXERCISES[name])[task][place].text for name, task, place in LOWER}

    plan = case("plan-the-change")
    cost = {card["id"]: card["cost_likely"] for card in plan.facts["tasks"]}
    solution: dict = {}
    for cell in EXERCISES["plan-the-change"].cells:
        if "answer" in cell.metadata:
            exec(cell.source, solution)
    tasks = {row["id"]: row for row in solution["plan"]["tasks"]}
    total = sum(cost[id] for id in tasks)
    assert total - 0.8 * plan.facts["budget_gbp"] == 3_100 and "£3,100 too expensive" in texts["plan-the-change", 1]
    assert (tasks["T9"]["start"], tasks["T13"]["start"]) == (7, 12)
    assert (tasks["T12"]["start"], tasks["T12"]["weeks"]) == (8, 4) and "from week 8 to 11" in texts[
        "plan-the-change", 1
    ]
    systems = [row for row in tasks.values() if row["owner"] == "systems"]
    assert min(row["start"] for row in systems) == 1 and max(row["start"] + row["weeks"] - 1 for row in systems) == 7
    assert tasks["T17"]["start"] == tasks["T16"]["start"], "the win in the first week of the roll-out"

    judge = case("judge-the-result")
    minutes = {path.stem: path.read_text("utf-8") for path in (ROOT / "datasets/minutes").glob("*.md")}
    told = texts["judge-the-result", 0]
    for said, day, record in (
        ("lasted six weeks", "2024-05-29", "tried by team 3 for six weeks"), ("first training in June", "2024-05-29", "half-day of training in June"),
        ("on 5 August", "2024-07-16", "briefing on 5 August"), ("refund up to £75", "2024-05-29", "refund up to £75"),
        ("Moira wanted to tell the board", "2024-11-12", "Moira would like to tell the board"), ("follow in March", "2024-09-03", "West follows in March"),
        ("The Returns desk wrote a note again", "2024-11-12", "A fourth note has come"),
    ):  # fmt: skip
        assert said in told and record in minutes[day], said
    comments = " ".join(strings(shown(judge)))
    for said in (
        "thanked for our input",
        "Overtime is 'voluntary'",
        "finish something for a customer",
        "slow and I feel it",
    ):
        assert said in comments

    log = texts["steer-the-change", 2]
    book = [row for row in case("steer-the-change").facts["week_book"]][9]
    assert "four of the five teams were fine" in log
    assert sum(81 < book[f"team_{n}"] < 83 for n in range(1, 6)) == 4

    survey = " ".join(strings(shown(case("win-people-over"))))
    for said in (
        "our work that gets harder, not theirs",
        "owning the shouting. For the same pay",
        "I was good at what I did",
    ):
        assert said.lower() in survey.lower()

    rows = [row["value"] for row in _solution("make-the-case-for-change", "evidence")["rows"]]
    for place in (1, 2):
        for n, value in enumerate(rows[: 6 if place == 1 else 5], start=1):
            assert re.search(
                rf"\b{value:g}%[^%]*\(E{n}\)|\b{value:g}%[^()]*\(E{n}\)", texts["make-the-case-for-change", place]
            ), n

    sticks = _solution("find-the-bottleneck", "where_it_sticks")["waits"]
    assert "next is 'investigate' with 5,649 hours, and then 'reply' with 5,032" in texts["find-the-bottleneck", 0]
    by_wait = sorted(sticks, key=lambda step: -sticks[step]["wait_h"])
    assert by_wait[:3] == ["approve", "investigate", "reply"]
    assert fmean(sticks["approve"].values()) > fmean(sticks["investigate"].values())


def _solution(name: str, variable: str):
    found: dict = {}
    for cell in EXERCISES[name].cells:
        if "answer" in cell.metadata:
            exec(cell.source, found)
    return found[variable]


# Never with a learner ---------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted({name for name, _ in WRITTEN}))
def test_no_notebook_and_no_published_form_holds_a_sentence_of_them(name):
    exercise = EXERCISES[name]
    released = "\n".join(cell.source for cell in notebooks.release(exercise).cells)
    held = [to_json(publish(exercise)), released]
    squeezed = ["".join(text.split()) for text in held]
    for answers in standards(EXERCISES[name]).values():
        for answer in answers:
            for sentence in re.split(r"(?<=[.!?])\s+", f"{answer.text} {answer.why} {answer.not_higher}"):
                if len(sentence.split()) >= 6:
                    assert not any("".join(sentence.split()) in text for text in squeezed), sentence


def test_the_archive_for_the_browser_and_the_wheel_have_none_of_them():
    # The wheel takes src/cslearn and the published forms, and these files lie elsewhere.
    assert not list((ROOT / "src").rglob(f"*{SUFFIX}"))
    assert len(list((ROOT / "exercises").glob(f"*{SUFFIX}"))) >= len({name for name, _ in WRITTEN})
    sample = standards(EXERCISES["steer-the-change"])["log"][0].text[:60].encode()
    for file, data in page_archive.own():
        assert "standards" not in file.rpartition("/")[2] or "policy" in file, file
        assert sample not in data, file


# Bad files --------------------------------------------------------------------------------


def broken(tmp_path, change):
    """steer-the-change with its standard answers changed."""
    source = files.FOLDER / "steer-the-change.md"
    (tmp_path / source.name).write_bytes(source.read_bytes())
    listed = yaml.safe_load(source.with_suffix(SUFFIX).read_text("utf-8"))
    changed = change(listed)
    text = changed if isinstance(changed, str) else yaml.safe_dump(listed, allow_unicode=True)
    (tmp_path / source.name).with_suffix(SUFFIX).write_text(text, encoding="utf-8")
    return read(tmp_path / source.name)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda listed: "a: [", "its YAML is broken"),
        (lambda listed: "{}", "must be a list; each entry has a task and its answers"),
        (lambda listed: listed[0].update(task="two-jobs"), "the rules mark it"),
        (lambda listed: listed.append(listed[0]), "is there twice"),
        (lambda listed: "[]", "task 'log' is missing"),
        (lambda listed: listed[0].update(answers="none"), "must be a list, from the lowest level"),
        (lambda listed: listed[0]["answers"].pop(1), "one answer a level, in this order: 0-1, 2-3, 4-5, 6"),
        (lambda listed: listed[0]["answers"][0].update(marks=2), "level 0-1: its marks must lie within the level, but they are 2"),
        (lambda listed: listed[0]["answers"][1].update(why=" "), "level 2-3: add why"),
        (lambda listed: listed[0]["answers"][1].update(note="x"), "'note' is not known here"),
        (lambda listed: listed[0]["answers"][1].update(text="Too short."), "has 2 words, and the task asks for 100 to 150"),
        (lambda listed: listed[0]["answers"][1].update(text=listed[0]["answers"][0]["text"]), "two of its answers are the same"),
        (lambda listed: listed[0]["answers"][3].update(text="Another one."), "its text is the task's model answer"),
    ],
)  # fmt: skip
def test_a_broken_file_gets_one_sentence_that_says_what_to_do(tmp_path, change, says):
    exercise = broken(tmp_path, change)
    with pytest.raises(Problem) as caught:
        standards(exercise)
    assert says in str(caught.value) and "steer-the-change.standards.yml" in str(caught.value)


def test_a_missing_file_says_what_to_write(tmp_path):
    (tmp_path / "steer-the-change.md").write_bytes((files.FOLDER / "steer-the-change.md").read_bytes())
    with pytest.raises(Problem, match="write one answer at each level"):
        standards(read(tmp_path / "steer-the-change.md"))


# The page ---------------------------------------------------------------------------------


def test_the_letters_say_nothing_about_the_levels():
    orders = []
    for name, task in WRITTEN:
        answers = standards(EXERCISES[name])[task]
        places = [answer.place for _, answer in mixed(answers)]
        assert sorted(places) == [answer.place for answer in answers]
        assert places not in (sorted(places), sorted(places, reverse=True))
        assert mixed(answers) == mixed(answers)
        orders.append(tuple(places))
    assert max(Counter(orders).values()) <= len(orders) / 2, "no one order for most of them"


def test_a_task_on_the_page_hides_each_level_and_shows_no_markup():
    task = EXERCISES["plan-the-change"].task("note")
    made = task_of(task, mixed(standards(EXERCISES["plan-the-change"])["note"]))
    assert made.count("<details") == 5 == made.count("</details>") and made.count("<blockquote>") == 4
    # Before the first fold nothing gives an answer's level away.
    for piece in re.findall(r"<blockquote>.*?</blockquote>", made, re.S):
        assert "Level" not in piece and "marks" not in piece
    assert made.count("This is the task's model answer") == 1 and "&quot;" not in made and '"list' not in made
    assert [exercise.point for exercise in in_order_of_points()] == sorted(e.point for e in in_order_of_points())
