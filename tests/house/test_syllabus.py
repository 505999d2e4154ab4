"""The syllabus agrees with itself, the repository cites only what it knows, and coverage tells the truth."""

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from cslearn import syllabus
from cslearn.problem import Problem

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "cslearn" / "syllabus.yml"


# The plan itself ---------------------------------------------------------------------


def test_the_plan_has_its_known_size():
    assert len(syllabus.inventory()) == 114
    assert len(syllabus.marking_points()) == 9
    assert len(syllabus.misconceptions()) == 8
    assert len(syllabus.tasks()) == 29
    assert [e.id for e in syllabus.explorers() if not e.part_of] == [f"W{n}" for n in range(1, 17)]
    assert [t.id for t in syllabus.tables()] == [f"D{n}" for n in range(1, 13)]


def test_the_book_has_41_lessons_6_revision_6_tutor_and_5_reference_pages():
    kinds = dict.fromkeys("01234567", "lesson") | {"8": "revision", "T": "tutor", "R": "reference"}
    parts = Counter(kinds[page.id[0]] for page in syllabus.pages())
    assert parts == {"lesson": 41, "revision": 6, "tutor": 6, "reference": 5}


def test_every_marking_point_has_20_marks_and_a_part_that_only_a_person_can_mark():
    auto = {"CM1": 12, "CM2": 12, "CM3": 10, "CM4": 14, "CM5": 9, "PR1": 14, "PR2": 15, "PR3": 14, "PR4": 10}
    given = Counter()
    for task in syllabus.tasks():
        given[task.point, task.award] += task.marks
    for point in syllabus.marking_points():
        assert given[point.id, "auto"] == auto[point.id]
        assert given[point.id, "tutor"] == 20 - auto[point.id]
    assert sum(auto.values()) == 110
    assert sum(task.marks for task in syllabus.tasks()) == 180


def test_every_marking_point_and_misconception_is_an_item_and_is_said_once():
    items = {item.id: item for item in syllabus.inventory()}
    for point in syllabus.marking_points():
        assert items[point.id].says == point.shows
    for mistake in syllabus.misconceptions():
        assert items[mistake.id].says == mistake.says
    words = [item.says for item in items.values()]
    assert len(set(words)) == len(words)


def test_an_item_is_assessed_in_every_task_of_its_own_marking_point():
    for point in syllabus.marking_points():
        (item,) = [item for item in syllabus.inventory() if item.id == point.id]
        assert item.assessed == tuple(task.id for task in syllabus.tasks() if task.point == point.id)


def test_every_task_explorer_table_and_lesson_serves_some_item():
    items = syllabus.inventory()
    assert {id for item in items for id in item.assessed} == {task.id for task in syllabus.tasks()}
    taught = {id for item in items for id in item.taught}
    # 0.1 explains the course, and 7.3 and 7.4 explain the assessment; they teach no item themselves.
    lessons = {page.id for page in syllabus.pages() if page.id[0] in "01234567"} - {"0.1", "7.3", "7.4"}
    assert taught == lessons
    practised = {id for item in items for id in item.practised}
    # W15 trains self-marking; it practises no item itself.
    assert practised == {e.id for e in syllabus.explorers() if not e.part_of and e.id != "W15"} | {
        t.id for t in syllabus.tables()
    }


@pytest.mark.parametrize("item", syllabus.inventory(), ids=lambda item: item.id)
def test_every_item_is_one_whole_plain_sentence(item):
    for sentence in (item.says, item.check):
        assert re.fullmatch(r"[A-Z].{15,240}\.", sentence), sentence
        assert "..." not in sentence and "Misconception:" not in sentence and "Marking:" not in sentence


def test_a_misconception_is_one_sentence_with_a_remedy_and_a_short_name():
    for mistake in syllabus.misconceptions():
        assert len(mistake.name.split()) <= 8
        assert mistake.says.count(";") == 1, "what goes wrong; what to do instead"
        assert mistake.says.count(".") == 1


def test_known_is_true_of_every_kind_of_id_and_false_of_others():
    for id in ("CM-S01", "PR3a", "PR3", "PRm1", "PR3.1", "4.6", "T1", "R5", "W7", "W6b", "D12"):
        assert syllabus.known(id), id
    for id in ("PRm4", "CM6", "4.8", "W17", "D13", "PR3.4", ""):
        assert not syllabus.known(id), id


def test_a_misconception_is_found_by_its_id_and_a_wrong_id_lists_the_right_ones():
    assert syllabus.misconception("PRm3").name == "No pilot, no follow-up"
    with pytest.raises(Problem, match=r"PRm9.*CMm1, CMm2"):
        syllabus.misconception("PRm9")


# A broken syllabus.yml ---------------------------------------------------------------


TASK = "  CM1.2: {marks: 5, award: auto}"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (TASK, "  CM1.2: {marks: 5, award: auto", "line {line}: this is not valid YAML"),
        (TASK, "  CM1.1: {marks: 5, award: auto}", "line {line}: .*CM1.1 is there twice"),
        (TASK, "  CM1.2: {mark: 5, award: auto}", "line {line}: CM1.2 does not have the right fields"),
        (TASK, "  CM1.2: {marks: 5, award: robot}", "CM1.2 has award 'robot'"),
        (TASK, "  CX1.2: {marks: 5, award: auto}", "CX1.2 belongs to no marking point"),
        ('  "4.6": ', '  "4.8": ', "PR-S03 names '4.6', which is no page"),
        ("  - id: CM-S02\n", "  - id: CM-S01\n", "has CM-S01 twice"),
        ("  - id: CM-S02\n", "  - note: Lost.\n", "an inventory item has no id"),
        ("  - id: CMm2\n", "  - id: CMm2\n    says: Again.\n", "CMm2 is said twice"),
        ("    assessed: [CM1.1]\n", "    assessed: []\n", "CM-S01 is assessed nowhere"),
        ("part_of: W6}", "part_of: W66}", "W6b is part of W66"),
        ("marking_points:", "marking:", "has no marking_points"),
    ],
)
def test_a_broken_syllabus_names_the_line_or_the_id(tmp_path, old, new, sentence):
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    broken = tmp_path / "syllabus.yml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    # A bracket that is left open is noticed on the line below it.
    expected = sentence.replace("{line}", f"({line}|{line + 1})")
    with pytest.raises(Problem, match=expected) as caught:
        syllabus.read(broken)
    assert "syllabus.yml" in str(caught.value)


# Coverage ----------------------------------------------------------------------------


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def page(root: Path, id: str) -> Path:
    return root / "book" / f"page-{id.replace('.', '-')}.md"


def exercise(root: Path, point: str) -> Path:
    return root / "exercises" / f"{point.lower()}.md"


@pytest.fixture
def whole(tmp_path):
    """A repository that covers everything: the smallest that the syllabus allows."""
    items = syllabus.inventory()
    toc = "format: jb-book\nroot: page-0-1\nparts:\n  - caption: All\n    chapters:\n"
    for planned in syllabus.pages():
        teaches = [item.id for item in items if planned.id in item.taught]
        text = f'---\ncslearn:\n  page: "{planned.id}"\n  teaches: [{", ".join(teaches)}]\n---\n# Title\n'
        if planned.id == "7.1":
            text += "".join(f"\n```{{explorer}} {explorer.slug}\n```\n" for explorer in syllabus.explorers())
        if planned.id == "8.2":
            question = f"  - ask: All?\n    checks: [{', '.join(item.id for item in items)}]\n"
            write(page(tmp_path, "8.2").with_suffix(".quiz.yml"), f"questions:\n{question}")
        write(page(tmp_path, planned.id), text)
        if planned.id != "0.1":
            toc += f"      - file: {page(tmp_path, planned.id).stem}\n"
    write(tmp_path / "_toc.yml", toc)
    for point in syllabus.marking_points():
        text = "# An exercise\n"
        for task in syllabus.tasks():
            if task.point == point.id:
                assesses = [item.id for item in items if task.id in item.assessed]
                text += (
                    f"\n```{{raw-cell}}\n:task: t{task.id[-1]}\n\nid: {task.id}\npoint: {point.id}\n"
                    f"marks: {task.marks}\naward: {task.award}\nassesses: [{', '.join(assesses)}]\n```\n"
                )
        write(exercise(tmp_path, point.id), text)
    for explorer in syllabus.explorers():
        module = tmp_path / "src" / "cslearn" / "explorers" / explorer.slug.replace("-", "_")
        write(module.with_suffix(".py"), f'ID = "{explorer.id}"\n')
        write(module.with_suffix(".js"), "export default {};\n")
    for table in syllabus.tables():
        for name in table.files:
            write(tmp_path / "datasets" / (name + "one.md" if name.endswith("/") else name), "x\n")
    return tmp_path


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_whole_repository_is_complete_and_has_no_faults(whole):
    covered = syllabus.coverage(whole)
    assert covered.complete
    assert covered.lines() == [f"{sense} 114 of 114" for sense in syllabus.SENSES]
    assert syllabus.faults(whole) == []


def missing(root: Path, sense: str) -> dict[str, tuple[str, ...]]:
    covered = syllabus.coverage(root)
    assert not covered.complete
    assert all(not covered.missing[other] for other in syllabus.SENSES if other != sense)
    assert covered.lines()[-4:][syllabus.SENSES.index(sense)] == f"{sense} {covered.count(sense)} of 114"
    return covered.missing[sense]


def test_an_item_is_not_taught_when_its_page_is_left_out_of_the_contents(whole):
    swap(whole / "_toc.yml", "      - file: page-4-7\n", "")
    lost = missing(whole, "taught")
    assert set(lost) == {"PR-S03", "PR-T06", "PR3", "PR3b"}
    assert lost["PR3b"] == ("page 4.7 is not in the book",)


def test_an_item_is_not_taught_when_its_page_does_not_list_it(whole):
    swap(page(whole, "4.7"), "PR3b", "PR3a")
    assert missing(whole, "taught") == {"PR3b": ("page 4.7 does not list it",)}


def test_an_item_is_not_practised_when_its_table_is_not_published(whole):
    (whole / "datasets" / "events_after.csv").unlink()
    lost = missing(whole, "practised")
    assert lost["PRm1"] == ("D5 Process events before and after is not published",)
    assert {"CM1", "PR2c", "CM-S05"} <= set(lost) and "PR3b" not in lost


def test_an_empty_folder_is_no_table(whole):
    (whole / "datasets" / "minutes" / "one.md").unlink()
    assert "CM-T06" in missing(whole, "practised")


def test_an_explorer_needs_its_front_end_and_a_place_on_a_page(whole):
    front_end = whole / "src" / "cslearn" / "explorers" / "npv_board.js"
    front_end.unlink()
    assert missing(whole, "practised")["PR3b"] == ("W8 NPV board is not built",)
    write(front_end, "export default {};\n")
    swap(page(whole, "7.1"), "```{explorer} npv-board\n```\n", "")
    assert missing(whole, "practised")["PR3b"] == ("W8 NPV board is on no page",)


def test_an_explorer_with_parts_needs_its_parts(whole):
    (whole / "src" / "cslearn" / "explorers" / "model_matcher.py").unlink()
    assert missing(whole, "practised")["CM-T02"] == ("W6b Model matcher is not built",)


def test_an_explorer_in_a_code_sample_is_not_placed_but_one_inside_a_tab_is(whole):
    placed = "```{explorer} npv-board\n```\n"
    swap(page(whole, "7.1"), placed, f"`````md\n{placed}`````\n")
    assert "PR3b" in missing(whole, "practised")
    swap(page(whole, "7.1"), "`````md", "`````{tab-item} Try it")
    assert syllabus.coverage(whole).complete


def test_an_item_is_not_assessed_without_its_task(whole):
    exercise(whole, "PR3").unlink()
    lost = missing(whole, "assessed")
    assert lost["PR3"] == tuple(f"task PR3.{n} is not written" for n in (1, 2, 3))


def test_an_item_is_not_assessed_by_a_task_that_does_not_list_it(whole):
    swap(exercise(whole, "PR3"), "PR3b", "PR3a")
    assert missing(whole, "assessed") == {"PR3b": ("task PR3.2 does not list it",)}


def test_a_question_or_a_part_of_a_task_checks_an_item(whole):
    quiz = page(whole, "8.2").with_suffix(".quiz.yml")
    swap(quiz, ", PR3b", "")
    assert missing(whole, "checked") == {"PR3b": ("no quiz question and no part of a task cites it",)}
    swap(exercise(whole, "PR3"), "id: PR3.2\n", "id: PR3.2\nchecks: {flows: [PR3b]}\n")
    assert syllabus.coverage(whole).complete


def test_a_quiz_of_a_page_outside_the_book_checks_nothing(whole):
    swap(whole / "_toc.yml", "      - file: page-8-2\n", "")
    assert len(missing(whole, "checked")) == 114


def test_every_line_of_an_empty_course_says_what_is_missing(whole):
    write(whole / "_toc.yml", "format: jb-book\nroot: page-0-1\n")
    lines = syllabus.coverage(whole).lines()
    assert "  CM-S01: page 5.1 is not in the book" in lines
    assert lines.index("Not yet taught:") < lines.index("Not yet practised:")
    assert lines[-4] == "taught 0 of 114"


def test_coverage_takes_less_than_a_second(whole):
    start = time.perf_counter()
    syllabus.coverage(whole)
    assert time.perf_counter() - start < 1


# Citations ---------------------------------------------------------------------------


def test_the_repository_cites_only_what_the_syllabus_knows():
    assert syllabus.faults(ROOT) == []


def test_coverage_of_the_repository_counts_every_item_in_each_sense():
    covered = syllabus.coverage(ROOT)
    assert covered.total == 114
    for sense in syllabus.SENSES:
        assert covered.count(sense) + len(covered.missing[sense]) == 114


def test_an_explorer_that_is_built_has_the_id_and_the_slug_that_the_syllabus_plans():
    from cslearn.explorers import registry

    planned = {explorer.slug: explorer.id for explorer in syllabus.explorers()}
    for slug, entry in registry().items():
        assert planned.get(slug) == entry.id
        assert entry.module.stem == slug.replace("-", "_")


@pytest.mark.parametrize(
    ("where", "old", "new", "sentence"),
    [
        ("book/page-4-7.md", "PR3b", "PR3z", "book/page-4-7.md, line 4: PR3z is no inventory item"),
        ("book/page-4-7.md", '"4.7"', '"4.8"', "book/page-4-7.md, line 3: 4.8 is no page"),
        ("book/page-4-7.md", '"4.7"', '"4.6"', "book/page-4-7.md: book/page-4-6.md is page 4.6 already"),
        ("book/page-7-1.md", "npv-board", "nvp-board", "no explorer with the slug nvp-board"),
        ("book/page-8-2.quiz.yml", "PR3b", "PR3z", "page-8-2.quiz.yml, line 3: PR3z is no inventory item"),
        ("book/page-8-2.quiz.yml", "- ask: All?", "- ask: All?\n    options: [{misconception: PR3}]",
         "page-8-2.quiz.yml, line 3: PR3 is no misconception"),
        ("exercises/pr3.md", "PR3b", "PR3z", "exercises/pr3.md, line 20: PR3z is no inventory item"),
        ("exercises/pr3.md", "id: PR3.2", "id: PR3.9", "exercises/pr3.md, line 16: PR3.9 is no task"),
        ("exercises/pr3.md", "id: PR3.2", "id: PR3.1", "task PR3.1 is in exercises/pr3.md already"),
        ("exercises/pr3.md", "marks: 7", "marks: 8", "PR3.1 has marks 8, but the syllabus says 7"),
        ("exercises/pr3.md", "point: PR3", "point: PR4", "PR3.1 has point PR4, but the syllabus says PR3"),
        ("exercises/pr3.md", "id: PR3.2\n", "id: PR3.2\nchecks: {a: [PR3y]}\n", "PR3y is no inventory item"),
        ("src/cslearn/explorers/npv_board.py", "W8", "W88", "npv_board.py, line 1: W88 is no explorer"),
    ],
)  # fmt: skip
def test_a_wrong_id_is_named_with_its_file_and_line(whole, where, old, new, sentence):
    swap(whole / where, old, new)
    assert any(sentence in fault for fault in syllabus.faults(whole)), syllabus.faults(whole)


@pytest.mark.parametrize("where", ["src/cslearn/exercises/rules/choose.py", "exercises/choose.personas.yml"])
def test_a_misconception_that_does_not_exist_is_found_in_rules_and_personas(whole, where):
    write(whole / where, "first\nmisconception: 'PRm7'\n")
    assert syllabus.faults(whole) == [f"{where}, line 2: PRm7 is no misconception of the syllabus."]


@pytest.mark.parametrize(
    ("where", "old", "new", "sentence"),
    [
        (
            "book/page-4-7.md",
            "  teaches: [",
            "  teaches: [[",
            r"page-4-7.md, line \d: this is not valid YAML",
        ),
        ("book/page-4-7.md", "  page:", "  page: x:", "page-4-7.md, line 3: this is not valid YAML"),
        ("book/page-4-7.md", '"4.7"', "4.7", "page-4-7.md, line 3: the page id 4.7 is not text"),
        ("book/page-4-7.md", "teaches: [", "teaches: 7 # [", "page-4-7.md, line 4: teaches is not a list"),
        (
            "book/page-8-2.quiz.yml",
            "- ask: All?",
            "- ask: a: b",
            "8-2.quiz.yml, line 2: this is not valid YAML",
        ),
        ("exercises/pr3.md", "marks: 7", "marks: 7: 8", "exercises/pr3.md, line 8: this is not valid YAML"),
        ("exercises/pr3.md", "id: PR3.1\n", "", "exercises/pr3.md, line 5: the task has no id"),
        ("_toc.yml", "page-4-7", "page-4-8", "no file book/page-4-8.md"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(whole, where, old, new, sentence):
    swap(whole / where, old, new)
    with pytest.raises(Problem, match=sentence):
        syllabus.coverage(whole)


def test_without_a_table_of_contents_there_is_no_book(tmp_path):
    with pytest.raises(Problem, match=r"no _toc\.yml"):
        syllabus.coverage(tmp_path)
