"""Reading an exercise: the real ones are whole, and each way to break one gets its sentence."""

import pytest

from cslearn.exercises import exercise as files
from cslearn.exercises.personas import personas
from cslearn.problem import Problem

GOOD = """# A small exercise

Prose.

```{raw-cell}
:task: first

id: PR3.1
title: First
point: PR3
marks: 7
award: auto
assesses: [PR3a]
schema: {type: object, properties: {a: {type: number}}}
hints: [Look again.]
```

```{code-cell} ipython3
:answer: first

### BEGIN SOLUTION
first = {"a": 1}
### END SOLUTION
```

```{code-cell} ipython3
:check: first

check("small", "first", first)
```

More prose.

```{raw-cell}
:task: second

id: PR3.3
title: Second
point: PR3
marks: 6
award: tutor
hints: [Write.]
levels: [{marks: "0-6", says: Something.}]
model_answer: Words.
```

+++ {"written": "second"}

Write here.
"""


def _read(tmp_path, text):
    path = tmp_path / "small.md"
    path.write_text(text, encoding="utf-8")
    return files.read(path)


def test_a_good_file_is_read(tmp_path):
    exercise = _read(tmp_path, GOOD)
    assert exercise.title == "A small exercise"
    assert [t.prose for t in exercise.tasks] == ["Prose.", "More prose."]
    assert exercise.marks == 13


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ("marks: 7", "marks: 8", "do not add up"),
        ("marks: 7", "marks: seven", "marks must be a number"),
        ("marks: 7", "marks: -7", "marks must be a number above 0"),
        ("award: auto", "award: robot", "auto or tutor"),
        ("award: auto", "award: tutor", "needs levels"),
        ("point: PR3\nmarks: 7", "point: PR9\nmarks: 7", "'PR9' is not in the syllabus"),
        ("assesses: [PR3a]", "assesses: [PR3z]", "'PR3z' is not in the syllabus"),
        ("id: PR3.1", "id: PR3.9", "no task PR3.9"),
        ("title: First\n", "", "add title"),
        ("hints: [Look again.]\n", "", "at least one hint"),
        ("hints: [Look again.]", "hints: [Look again.", "YAML is broken"),
        ("hints: [Look again.]", "hints: [Look again.]\nhints: []", "YAML is broken .*hints is there twice"),
        ("hints: [Look again.]", "hints: [Look again.]\nlevls: []", "'levls' is not something a task has"),
        ("type: number", "type: nonsense", "not a JSON Schema"),
        (":check: first", ":check: frist", "belongs to no task"),
        (':check: first\n\ncheck("small", "first", first)', "\n1", "no check cell"),
        (":task: second", ":task: first", "two tasks are called"),
        ("# A small exercise", "A small exercise", "'# Title'"),
    ],
)
def test_each_way_to_break_it_gets_its_sentence(tmp_path, find, put, says):
    assert find in GOOD
    with pytest.raises(Problem, match=says) as caught:
        _read(tmp_path, GOOD.replace(find, put, 1))
    assert "small.md" in str(caught.value) or "schema" in says.lower()


def test_a_missing_file_names_those_that_are_there():
    with pytest.raises(Problem, match="there are: choose-an-improvement"):
        files.read("choose-an-improvment")


def test_a_file_in_another_encoding_gets_a_sentence(tmp_path):
    (tmp_path / "small.md").write_bytes("# Caf\xe9\n".encode("latin-1"))
    with pytest.raises(Problem, match=r"small\.md cannot be read"):
        files.read(tmp_path / "small.md")


def test_the_published_form_survives_a_round_trip_and_holds_nothing_of_the_tutor_s():
    exercise = files.read("choose-an-improvement")
    text = files.to_json(exercise)
    assert files.from_json(text) == files.publish(exercise)
    for secret in (exercise.task("recommendation").model_answer.strip(), "BEGIN SOLUTION", "6.62"):
        assert secret not in text


def test_published_reads_the_wheel_s_copy_when_there_is_no_checkout(tmp_path, monkeypatch):
    exercise = files.read("choose-an-improvement")
    (tmp_path / "choose-an-improvement.json").write_text(files.to_json(exercise), encoding="utf-8")
    monkeypatch.setattr(files, "FOLDER", tmp_path / "not-there")
    monkeypatch.setattr(files, "_packaged", lambda: tmp_path)
    assert files.available() == ["choose-an-improvement"]
    assert files.published("choose-an-improvement") == files.publish(exercise)
    with pytest.raises(Problem, match="there are: choose-an-improvement"):
        files.published("no-such")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "must be a list"),
        ("- name: x\n", "each persona has a name and answers"),
        ("- {name: x, answers: {nowhere: {recipe: expert}}}", "no task 'nowhere'"),
        ("- {name: x, answers: {matrix: {earns: 3}}}", "a recipe is missing"),
        ("- {name: x, answers: {matrix: {recipe: expert, earns: much}}}", "write a share like 60%"),
        ("- {name: x, answers: {matrix: {recipe: expert, reveals: XX1}}}", "not a misconception"),
        ("- {name: x, answers: {matrix: {recipe: expert, sais: y}}}", "'sais' is not known"),
        ("- [", "YAML is broken"),
    ],
)
def test_a_broken_personas_file_gets_its_sentence(tmp_path, text, says):
    from dataclasses import replace

    (tmp_path / "choose-an-improvement.personas.yml").write_text(text, encoding="utf-8")
    exercise = replace(files.read("choose-an-improvement"), path=tmp_path / "choose-an-improvement.md")
    with pytest.raises(Problem, match=says):
        personas(exercise)
