"""The pages that frame the lessons keep their word: figures, marks, levels, commands and files are as they say.

Figures of the practice case are worked out by the same second road as those of the lessons,
see test_lesson_figures.py.
"""

import csv
import json
import random
import re
import shlex
from pathlib import Path

import pytest
import reading
import test_lesson_figures as road
import yaml

from cslearn import syllabus
from cslearn.cli import main
from cslearn.exercises.check import mark_answer
from cslearn.exercises.exercise import available, read
from cslearn.exercises.personas import personas
from cslearn.explorers import registry
from cslearn.northfold.case import DATA_VERSION, case
from cslearn.northfold.options_costs import MEASURES
from cslearn.northfold.standards_policy import CONFLICTING_STANDARDS, standards_policy

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
WELCOME, WORKS, NORTHFOLD = (
    BOOK / "welcome.md",
    BOOK / "start/how-the-course-works.md",
    BOOK / "start/meet-northfold.md",
)
MARKED, MARKING, HOSTING = (
    BOOK / "assessment/how-you-are-marked.md",
    BOOK / "tutor/marking.md",
    BOOK / "tutor/hosting.md",
)
QUIZZES = [page.with_suffix(".quiz.yml") for page in (WORKS, NORTHFOLD, MARKED)]
EXERCISE = read("choose-an-improvement")
MATRIX, MONEY, WORDS = EXERCISE.tasks
BOOK_CASE = case(EXERCISE.name)
OLD, NEW = standards_policy()["versions"]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# Figures ---------------------------------------------------------------------------------


def plain(path: Path) -> str:
    """What a page or a quiz says in plain text: no code, no address, no figure from a cell."""
    if path.suffix == ".yml":
        quiz = yaml.safe_load(text_of(path))
        questions = [*([quiz["prediction"]] if "prediction" in quiz else []), *quiz["questions"]]
        said = []
        for question in questions:
            said.append(question["ask"])
            said += [str(option[key]) for option in question["options"] for key in ("text", "because")]
        return "\n".join(said)
    text = re.sub(r"\A---\n.*?\n---\n", "", text_of(path), flags=re.S)
    text = re.sub(r"^```\{code-cell\}.*?^```$", "", text, flags=re.S | re.M)
    text = re.sub(r"\{glue:text\}`[^`]*`", "(a figure from a cell)", text)
    return re.sub(r"\{cite\w*\}`[^`]*`|:points: PR3|\]\([^)]*\)|`[^`\n]*`", "", text)


def tasks_marks(award: str) -> float:
    return sum(task.marks for task in syllabus.tasks() if task.award == award)


def figure(option: str, column: str) -> float:
    return float(road.SHEET[option][column])


TOTAL = road.totals()
TRUST = road.flip("repeat_purchase_pct", 30, 99)
TODAY = BOOK_CASE.facts["today"]
SAID = {
    "trust_and_right": BOOK_CASE.facts["objective_weights"]["SO1"] + BOOK_CASE.facts["objective_weights"]["SO2"],
    "on_time": 80 - TODAY["closed_in_5_days_pct"],
}

# As in test_lesson_figures: each pattern must be found, with one group for each figure.
CLAIMS = {
    "how-the-course-works.md": [
        (r"notebooks with (20) marks each", [EXERCISE.marks]),
        (r"\| 1\. Decision matrix \| (7) \|", [MATRIX.marks]),
        (r"\| 2\. Costs and benefits \| (7) \|", [MONEY.marks]),
        (r"\| 3\. Recommendation \| (6) \|", [WORDS.marks]),
    ],
    "how-the-course-works.quiz.yml": [
        (r"gives (70) of the (180) marks", [tasks_marks("tutor"), tasks_marks("auto") + tasks_marks("tutor")]),
        (r"mark the (110) marks", [tasks_marks("auto")]),
        (r"with 15 marks of (20)", [EXERCISE.marks]),
    ],
    "meet-northfold.md": [(r"has (64) seats.*has (40) seats.*makes (104)", [64, 40, 64 + 40])],
    "meet-northfold.quiz.yml": [
        (r"asks for (80)% of complaints within five days\. Today it is (31)%", [80, TODAY["closed_in_5_days_pct"]]),
        (r"^(49) percentage points", [SAID["on_time"]]),
        (r"^(49)%\.$", [SAID["on_time"]]),
        (r"(80) less (31) is (49)", [80, TODAY["closed_in_5_days_pct"], SAID["on_time"]]),
        (r"(49)% of what\?.* As a share of (80), the gap would be about (61)%", [SAID["on_time"], 80, 100 * SAID["on_time"] / 80]),
        (r"^(61) percentage points", [100 * SAID["on_time"] / 80]),
        (r"(61)% is the gap as a share.* it is (80) less (31), which is (49)",
         [100 * SAID["on_time"] / 80, 80, TODAY["closed_in_5_days_pct"], SAID["on_time"]]),
    ],
    "how-you-are-marked.md": [
        (r"Each is worth (20) marks", [EXERCISE.marks]),
        (r"\| 1\. Decision matrix \| (7) \|", [MATRIX.marks]),
        (r"\| 2\. Costs and benefits \| (7) \|", [MONEY.marks]),
        (r"\| 3\. Recommendation \| (6) \|", [WORDS.marks]),
        # The answers at four levels, and the three to mark.
        (r"a total of ([\d.]+\d)\. The Case system has ([\d.]+\d) and the Courier portal has ([\d.]+\d)",
         [TOTAL["A"], TOTAL["E"], TOTAL["B"]]),
        (r"value of One Owner is £([\d,]+\d)\. For the Courier portal it is £([\d,]+\d) and for the Case system £([\d,]+\d)",
         [road.worth("A"), road.worth("B"), road.worth("E")]),
        (r"pays back in (34) months, the Courier portal in (11) and the Case system in (35)",
         [road.months("A"), road.months("B"), road.months("E")]),
        (r"carry (60) of the board's (100) points", [SAID["trust_and_right"], 100]),
        (r"([\d.]+)% of customers with a complaint would buy again, against (39)% today, and the median time to close"
         r" falls from (11) working days to ([\d.]+\d)",
         [figure("A", "repeat_purchase_pct"), TODAY["repeat_purchase_pct"], TODAY["median_days_to_close"],
          figure("A", "median_days_to_close")]),
        (r"Approval hub needs ([\d.]+) extra posts, and the cap is (3)",
         [figure("C", "extra_staff_fte"), BOOK_CASE.facts["staff_cap_fte"]]),
        (r"One Owner needs (3) posts and £([\d,]+\d),", [figure("A", "extra_staff_fte"), figure("A", "set_up_gbp")]),
        (r"counts for less than ([\d.]+) points, instead of (30), the Case system wins", [road.flip(road.COST, 0, 30), 30]),
        (r"One Owner loses £([\d,]+\d)", [-road.worth("A", cautious=True)]),
        (r"at £([\d,]+\d) a year it is the cheapest", [figure("A", "running_cost_gbp_year")]),
        (r"count for less than (14) points, not (30), before", [road.flip(road.COST, 0, 30), 30]),
        (r"One Owner loses about £(39,000)", [round(-road.worth("A", cautious=True), -3)]),
        (r"totals of the five options are ([\d.]+) for One Owner, ([\d.]+) for the Courier portal, ([\d.]+) for the Approval"
         r" hub, ([\d.]+) for Message first and ([\d.]+) for", [TOTAL[o] for o in "ABCDE"]),
        (r"remaining options are £([\d,]+\d), £([\d,]+\d) and £([\d,]+\d), and their payback periods are (34), (11) and (35)"
         r" months\. The set-up costs are £([\d,]+\d), £([\d,]+\d) and £([\d,]+\d)\.",
         [*map(road.worth, "ABE"), *map(road.months, "ABE"), *(figure(o, "set_up_gbp") for o in "ABE")]),
        (r"gives (60) of (100) points to trust", [SAID["trust_and_right"], 100]),
        (r"counted for less than (14) points, or", [road.flip(road.COST, 0, 30)]),
        (r"pays back in (11) months\. With", [road.months("B")]),
        (r"([\d.]+)% of customers with a complaint would buy again, against ([\d.]+)% with One Owner, and fewer would have to"
         r" contact us again, ([\d.]+)% against ([\d.]+)%",
         [figure("E", "repeat_purchase_pct"), figure("A", "repeat_purchase_pct"), figure("E", "repeat_contact_pct"),
          figure("A", "repeat_contact_pct")]),
        (r"budget \(£([\d,]+\d)\) and the cap \(([\d.]+) posts\)", [figure("E", "set_up_gbp"), figure("E", "extra_staff_fte")]),
        (r"value of £([\d,]+\d) is £([\d,]+\d) below One Owner's, and in the cautious case it loses £([\d,]+\d)\.",
         [road.worth("E"), road.worth("A") - road.worth("E"), -road.worth("E", cautious=True)]),
        (r"more than about (58) points of (100), where the board gives it (30)", [TRUST, 100, 30]),
    ],
    "how-you-are-marked.quiz.yml": [],
}  # fmt: skip

NO_RESULT = {
    "how-the-course-works.md": [r"^\d\. \*\*|\| \d\. ", r"Level 4"],
    "how-the-course-works.quiz.yml": [r"A total of 4 and a total of 8", r"with 15 marks"],
    "meet-northfold.md": [r"14 stores", r"spring of 2024", r"give her £40", r"up to 100\b", r"Question 2", r"last 12 months", r"out of 5\b"],
    "meet-northfold.quiz.yml": [
        r"S[1-5]\b", r"£40", r"80% of complaints are closed", r"October 2022|1 April 2024", r"above £25|Above £25",
        r"last 12 months",
    ],
    "how-you-are-marked.md": [
        r"PR3|\bTask \d|task \d|[Aa]nswer \d|\| \d\. |^\d\. ", r"worth \d(?: to \d)?|^\| \d(?: to \d)? \||make level 6|earn 6\b",
        r"^\|[^|\n]+\| [\d.]+ \|.*$", r"up to £75", r"on 200 cases", r"SO4 weighs 25 in the matrix and 10 in", r"Level 4 NVQ",
    ],
    "how-you-are-marked.quiz.yml": [r"^\d(?: to \d)?$", r"Answer \d", r'"One Owner\. The board gives 60"'],
}  # fmt: skip


@pytest.mark.parametrize("path", [WORKS, NORTHFOLD, MARKED, *QUIZZES], ids=lambda path: path.name)
def test_every_plain_figure_is_right_and_none_is_unaccounted_for(path):
    text = plain(path)
    accounted = [False] * len(text)
    for pattern, values in CLAIMS[path.name]:
        found = list(re.finditer(pattern, text, re.M))
        assert found, f"{path.name} no longer says: {pattern}"
        for match in found:
            for written, value in zip(match.groups(), values, strict=True):
                assert road.near(written, float(value)), f"{path.name}: '{match[0]}', but it is {value}"
            accounted[match.start() : match.end()] = [True] * len(match[0])
    for pattern in NO_RESULT[path.name]:
        for match in re.finditer(pattern, text, re.M):
            accounted[match.start() : match.end()] = [True] * len(match[0])
    loose = [m for m in re.finditer(r"\d[\d,.]*", text) if not accounted[m.start()]]
    assert not loose, [text[max(0, m.start() - 40) : m.end() + 20] for m in loose]


def test_what_the_answers_say_in_words_is_true_of_the_practice_case():
    assert max("ABE", key=TOTAL.get) == "A" and max("ABE", key=road.worth) == "A"
    assert min("ABE", key=lambda option: figure(option, "running_cost_gbp_year")) == "A"
    assert all(road.worth(option, cautious=True) < 0 for option in "ABCDE"), "with cautious figures every option loses"
    assert road.months("B") < 12 < min(road.months("A"), road.months("E")), "money back within a year: only the portal"
    assert road.totals_with(road.COST, 13)["E"] > road.totals_with(road.COST, 13)["A"]
    assert road.totals_with("repeat_purchase_pct", 59)["E"] > road.totals_with("repeat_purchase_pct", 59)["A"]
    assert BOOK_CASE.planted["knocked_out"] == {"C": "staff", "D": "equality"}
    assert all(figure(option, "median_days_to_close") < TODAY["median_days_to_close"] for option in "ABCDE")
    numbers = re.search(r"### Answer 1\n\n(.*)", text_of(MARKED))[1]
    assert len(re.findall(r"\d[\d,.]*\d|\b\d\b", numbers)) == 14, "its quiz speaks of fourteen figures"


@pytest.mark.parametrize("page", [WELCOME, WORKS, NORTHFOLD, MARKED, MARKING], ids=lambda page: page.stem)
def test_every_figure_from_a_cell_is_made_on_the_same_page(page):
    text = text_of(page)
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", text)}
    made = set(re.findall(r'glue\("(\w+)"', text)) | set(TODAY if "glue(name, today[name])" in text else ())
    assert used and used <= made


# Marks and levels ------------------------------------------------------------------------


@pytest.mark.parametrize(("task", "heading"), [(MATRIX, "### Task 1"), (MONEY, "### Task 2")], ids=["matrix", "money"])
def test_the_table_of_a_task_has_the_parts_and_marks_of_its_rule(task, heading):
    expert = personas(EXERCISE)[0].answer(task.name, BOOK_CASE, random.Random(1))
    parts = mark_answer(EXERCISE, task.name, expert, BOOK_CASE).parts
    section = text_of(MARKED).split(heading)[1].split("\n### ")[0]
    rows = re.findall(r"^\| ([A-Z][\w ]+) \| ([\d.]+) \|", section, re.M)
    assert [(name.lower().replace(" ", "_"), float(marks)) for name, marks in rows] == [
        (p.name, p.maximum) for p in parts
    ]
    assert sum(part.marks for part in parts) == task.marks


def test_the_levels_are_those_of_the_exercise_and_each_has_an_answer():
    text = text_of(MARKED)
    for level in WORDS.levels:
        named = level["marks"].replace("-", " to ")
        assert f"| {named} | {level['says']} |" in text
        assert f"\n### An answer worth {named}\n" in text


def test_answers_at_the_upper_levels_have_the_length_that_is_asked_for():
    low, high = WORDS.words
    found = dict(re.findall(r"^### An answer worth (\d(?: to \d)?)\n\n((?:>.*\n)+)", text_of(MARKED), re.M))
    count = {level: len(answer.replace(">", "").split()) for level, answer in found.items()}
    assert low <= count["4 to 5"] <= high and low <= count["6"] <= high


def test_the_answers_to_mark_yourself_have_three_different_levels():
    quiz = yaml.safe_load(text_of(MARKED.with_suffix(".quiz.yml")))
    levels = [level["marks"].replace("-", " to ") for level in WORDS.levels]
    right = []
    for number, question in enumerate(quiz["questions"], 1):
        assert [option["text"] for option in question["options"]] == levels
        right += [option["text"] for option in question["options"] if option.get("right")]
        begins = re.search(r'begins "([^"]+)"', question["ask"])[1]
        assert f"### Answer {number}\n\n> " in text_of(MARKED)
        assert begins in text_of(MARKED).split(f"### Answer {number}\n")[1][:80].replace("> ", "")
    assert len(right) == len(set(right)) == 3


def test_all_nine_marking_points_stand_on_the_page_from_the_syllabus():
    assert len(syllabus.marking_points()) == 9
    assert "for p in syllabus.marking_points()" in text_of(MARKED)
    assert "one of nine marking points" in text_of(MARKED) and "has nine marking points" in text_of(WELCOME)


# Quizzes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", QUIZZES, ids=lambda path: path.name)
def test_every_option_has_a_reason_of_its_own(path):
    quiz = yaml.safe_load(text_of(path))
    reasons = [option["because"] for question in quiz["questions"] for option in question["options"]]
    assert len(set(reasons)) == len(reasons)
    assert all(len(reason.split()) >= 8 for reason in reasons)


def test_the_reader_finds_the_two_standards_that_clash():
    questions = yaml.safe_load(text_of(NORTHFOLD.with_suffix(".quiz.yml")))["questions"]
    assert "Question 2 below asks you which" in text_of(NORTHFOLD)
    options = questions[1]["options"]
    assert tuple(o["text"][:2] for o in options if o.get("right")) == CONFLICTING_STANDARDS
    for option, standard in zip(options, NEW["standards"], strict=True):
        assert option["text"] == f"{standard['id']}: {standard['says'][0].lower()}{standard['says'][1:]}"
    assert OLD["in_force_from"] == "2022-10-01" and NEW["in_force_from"] == "2024-04-01"
    assert "ten working days" in OLD["standards"][1]["says"] and "five working days" in NEW["standards"][1]["says"]
    assert NEW["authority_limits_gbp"]["agent"] < 40, "the refund in the story needs approval"


# What the pages say exists ---------------------------------------------------------------


def test_the_welcome_names_what_exists():
    text = text_of(WELCOME)
    lessons = [
        page
        for part in ("excellence", "measuring", "complaints", "process", "options", "change", "evaluation", "capstone")
        for page in (BOOK / part).glob("*.md")
    ]
    assert all(f"]({page.relative_to(BOOK).as_posix()})" in text for page in lessons)
    assert "data-room" in registry() and "**Explorers.**" in text and "In the data room" in text
    assert "**Assessed exercises,**" in text and 'glue("exercises", len(exercises))' in text
    for name in available():
        assert (BOOK / "assessment" / f"{name}.md").is_file()
    assert all(page.with_suffix(".quiz.yml").is_file() for page in lessons)
    for word in ("coming soon", "will be added", "TODO"):
        assert word not in text


def test_the_road_of_one_skill_is_the_one_in_the_syllabus():
    skill = next(item for item in syllabus.inventory() if item.id == "PR3a")
    assert (skill.taught, skill.practised, skill.assessed) == (("4.6",), ("W7",), ("PR3.1",))
    assert '"4.6"' in text_of(BOOK / "options" / "decision-matrix.md").split("---")[1]


def test_every_source_of_a_cash_line_is_held_by_somebody():
    table = text_of(NORTHFOLD).split("## Who holds which evidence")[1].split("## ")[0].lower()
    with (ROOT / "datasets" / "options_costs.csv").open(encoding="utf-8", newline="") as file:
        for basis in {row["basis"] for row in csv.DictReader(file)}:
            word = "planning rate" if "planning rate" in basis else basis
            assert word.lower() in table, basis
    assert len(MEASURES) == 9 and "nine measures and two notes" in text_of(NORTHFOLD)


def test_what_the_pages_promise_about_the_mark():
    for page in (WORKS, MARKED):
        assert "**not an award decision**" in text_of(page)
        assert "Level 4 NVQ Diploma in Customer Service" in text_of(page)


# The tutor's road ------------------------------------------------------------------------

SAYS = (
    "each was matched to its place", "the last one that was filled in counts",
    "a later submission replaces the one collected before", "the roster has no learner called", "it could belong to",
    "notebooks and it is not clear which counts", "collected, but it cannot be marked", "Nothing yet from",
    "marked now", "unchanged since they were marked", "wait for the tutor", "could not be marked", "the file is cut off",
    "not in roster.csv", "Its answers are not plain data, and its code was not run", "marker fault",
    "is not a class folder: it has no class.yml", "has not been released in this class",
    "has no salt of at least 16 characters", "belongs to the course", "put right before it was marked", "came late",
    "by rule moved, of", "was ended by the system twice", "The marker itself failed on it", "cannot be opened",
    "No Dask scheduler answers at", "has no workers", "has another cslearn", "went away",
)  # fmt: skip


@pytest.mark.parametrize("said", SAYS)
def test_a_line_that_the_tutor_guide_explains_is_one_that_the_marker_says(said):
    sources = "\n".join(text_of(path) for path in (ROOT / "src/cslearn/marking").glob("*.py"))
    assert said in text_of(MARKING)
    assert said in re.sub(r'"\s*\n?\s*f?"', "", sources), "no source says it"


def commands(page: Path) -> list[str]:
    """The commands of a page, in order."""
    blocks = re.findall(r"^```console\n(.*?)^```$", text_of(page), re.S | re.M)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


@pytest.mark.slow
@pytest.mark.nbgrader
def test_the_tutor_s_commands_work_as_they_are_written(tmp_path, monkeypatch, capsys):
    from cslearn.marking.classroom import open_classroom
    from cslearn.marking.demo import canvas_zip, moodle_zip, sample_class

    monkeypatch.chdir(tmp_path)
    verbs = []
    for command in commands(MARKING):
        words = shlex.split(command)
        if words[0] == "cd":
            Path(words[1]).mkdir()
            monkeypatch.chdir(words[1])
            roster = re.search(r":name: roster\n\n(.*?)^```$", text_of(MARKING), re.S | re.M)[1]
            Path("roster.csv").write_text(roster, encoding="utf-8")
        elif words[0] == "cslearn" and words[1] == "review":
            verbs.append("review")  # tests/marking/test_review.py runs it
        elif words[0] == "cslearn" and words[1] != "--help":
            verbs.append(words[1])
            assert main(words[1:]) == 0, f"{command}\n{capsys.readouterr()}"
            if words[1] == "release":
                samples = sample_class(open_classroom("."), EXERCISE)
                Path("inbox").mkdir()
                Path("inbox/moodle-choose-an-improvement.zip").write_bytes(moodle_zip(samples[:1]))
                Path("inbox/canvas-choose-an-improvement.zip").write_bytes(canvas_zip(samples[1:]))
                named = Path("inbox/by-name", f"{samples[0].learner.name}.ipynb")
                named.parent.mkdir()
                named.write_bytes(samples[0].data)
        else:
            # Installing is tried by the tests of the house, and not again here; the container's commands are
            # read by tests/marking/test_container.py, and no container can be run where the tests run.
            given = ("make setup", ". .venv/bin/activate", "cslearn --help", "python -m pip wheel ", "docker ")
            assert command.startswith(given)
    assert verbs == [
        "demo",
        "release",
        "case",
        "collect",
        "collect",
        "collect",
        "mark",
        "review",
        "feedback",
        "report",
        "mark",
        "mark",
    ]
    for made in ("codes.csv", "class.yml", "report.html", "report.csv", "cases/NH001/choose-an-improvement/options.csv",
                 "release/choose-an-improvement/choose-an-improvement.ipynb",
                 "feedback/NH001/choose-an-improvement/choose-an-improvement.html"):  # fmt: skip
        assert Path(made).is_file(), made


def test_the_tutor_guide_says_how_code_in_an_answer_is_marked():
    text = text_of(MARKING)
    assert "run in the sandbox" in text and "type the result in its place" in text


# Hosting ---------------------------------------------------------------------------------


def test_the_workflow_builds_with_make_and_may_do_as_little_as_possible():
    text = text_of(ROOT / ".github/workflows/publish.yml")
    workflow = yaml.safe_load(text)
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]
    assert workflow["permissions"] == {"contents": "read"} and "permissions" not in build
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert [step["run"] for step in build["steps"] if "run" in step] == ["make book"]
    used = [step["uses"] for job in (build, deploy) for step in job["steps"] if "uses" in step]
    assert used and all(re.fullmatch(r"actions/[\w-]+@v\d+", action) for action in used)
    assert "secrets." not in text
    # The site is where `make book` puts it, and where the page says.
    assert "--output _build/site" in text_of(ROOT / "Makefile")
    folder = next(step["with"]["path"] for step in build["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    assert folder == "_build/site/html" and f"--directory {folder}" in text_of(HOSTING)


def test_the_site_sets_no_cookie_and_asks_nobody_else():
    static = ROOT / "src/cslearn/site/theme/cslearn"
    explorers = [path for path in (ROOT / "src/cslearn/explorers").glob("*.js")]
    for path in [*static.rglob("*.js"), *static.rglob("*.html"), *explorers]:
        assert "document.cookie" not in text_of(path), path.name
        assert not re.search(r"(?:src|href)=[\"']https?:", text_of(path)), path.name
    from cslearn.site.theme import POLICY

    assert POLICY.startswith("default-src 'self'")
    assert "sets no cookies" in text_of(HOSTING)


# The data ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["options.csv", "options_costs.csv"])
def test_the_datasheet_describes_every_column_and_counts_the_rows(name):
    sheet = text_of(ROOT / "datasets/README.md")
    with (ROOT / "datasets" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert f"| `{name}` | {len(rows)} |" in sheet
    section = sheet.split(f"\n## {name}\n")[1].split("\n## ")[0]
    described = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", section, re.M)))
    assert described == list(rows[0])


def test_the_datasheet_names_the_parts_of_the_policy_and_the_version():
    sheet = text_of(ROOT / "datasets/README.md")
    policy = json.loads(text_of(ROOT / "datasets/standards_policy.json"))
    assert all(f"`{key}`" in sheet for key in policy["versions"][0])
    assert f"`{DATA_VERSION}`" in sheet and "CC BY 4.0" in sheet


def test_the_datasheet_gives_no_learner_s_answer_away():
    sheet = text_of(ROOT / "datasets/README.md")
    # Items of the staff survey are called A1 to R2, as some cash lines are.
    sheet = re.sub(r"\n## staff_survey\.csv\n.*?(?=\n## )", "", sheet, flags=re.S)
    secrets = [BOOK_CASE.planted["vat_line"], BOOK_CASE.planted["early_line"], *BOOK_CASE.planted["left_out"]]
    assert not any(re.search(rf"\b{line}\b", sheet) for line in secrets)
    assert not any(row["name"] in sheet for row in BOOK_CASE.tables["options"])


def test_the_command_in_the_datasheet_writes_these_files(tmp_path):
    from cslearn.northfold.tables import write

    (command,) = commands(ROOT / "datasets/README.md")
    assert "from cslearn.northfold.tables import write; write(Path('datasets'))" in command
    for path in write(tmp_path):
        assert path.read_bytes() == (ROOT / "datasets" / path.relative_to(tmp_path)).read_bytes()


# The language -----------------------------------------------------------------------------


@pytest.mark.parametrize("page", [WELCOME, MARKING, HOSTING], ids=lambda page: page.stem)
def test_the_other_framing_pages_are_easy_to_read_too(page):
    assert 0 < reading.grade(text_of(page)) <= 9
