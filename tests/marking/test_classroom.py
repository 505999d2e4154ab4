"""A class folder is found in order, or one sentence says what is wrong."""

import sqlite3
from contextlib import closing

import pytest

from cslearn.marking.classroom import create_classroom, open_classroom, plain, read_roster
from cslearn.problem import Problem


def roster(tmp_path, content: str | bytes):
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        "learner_id,name,email,extra_time\nL1,Ann Bee,a@b.c,\n",
        "\ufeff Learner ID ; NAME;E-mail;Extra Time \n L1 ; Ann Bee ;a@b.c;25%\n\n;;;\n",
        "Learner-Id\tName\nL1\tAnn Bee\n",
        "name,learner_id\r\nAnn Bee,L1\r\n",
        "learner_id,name\nL1,Ann Bee\n".encode("utf-16"),
    ],
)
def test_a_roster_is_read_as_spreadsheets_save_it(tmp_path, content):
    learners = read_roster(roster(tmp_path, content))
    assert [(learner.id, learner.name) for learner in learners.values()] == [("L1", "Ann Bee")]


@pytest.mark.parametrize("extra", ["", "25%", "12,5 %", "3 days", "1 day", "90 minutes", "1.5 Hours", "2 weeks"])
def test_extra_time_is_a_share_or_a_time(tmp_path, extra):
    assert read_roster(roster(tmp_path, f'learner_id,name,extra_time\nL1,A,"{extra}"\n'))["L1"].extra_time == extra


def test_a_roster_in_windows_text_keeps_its_accents(tmp_path):
    learners = read_roster(roster(tmp_path, "learner_id,name\nL1,Zoë Łuk\n".encode("cp1252", "replace")))
    assert learners["L1"].name.startswith("Zoë")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        ("learner_id,email\nL1,a@b.c\n", "no column name"),
        ("a,b\n1,2\n", "no column learner_id and no column name"),
        ("learner_id,name\n", "names no learner"),
        ("learner_id,name\nL1,A\nL1,B\n", "twice, in lines 2 and 3"),
        ("learner_id,name\nl1,A\nL1,B\n", "twice"),
        ("learner_id,name\n../x,A\n", "cannot be a folder name"),
        ("learner_id,name\n.hidden,A\n", "cannot be a folder name"),
        ("learner_id,name\n,A\n", "cannot be a folder name"),
        ("learner_id,name\nL1,\n", "has no name"),
        ("learner_id,name,name\nL1,A,B\n", "column name twice"),
        ("learner_id,name,extra_time\nL1,A,25\n", "line 2: the extra_time '25' of L1 is not understood"),
        ("learner_id,name,extra_time\nL1,A,a week or so\n", "write for example 25%, 3 days"),
        ("learner_id,name,extra_time\nL1,A,-3 days\n", "not understood"),
        ("learner_id,name,extra_time\nL1,A,99999999999 days\n", "not understood"),
    ],
)
def test_a_roster_that_cannot_be_used_is_one_sentence(tmp_path, content, says):
    with pytest.raises(Problem, match=says):
        read_roster(roster(tmp_path, content))


def test_a_new_class_has_a_secret_salt_of_its_own_and_keeps_it(tmp_path):
    salts = set()
    for name in ("one", "two"):
        root = tmp_path / name
        root.mkdir()
        roster(root, "learner_id,name\nL1,A\n")
        first = create_classroom(root)
        assert create_classroom(root).salt == first.salt
        assert (root / "class.yml").stat().st_mode & 0o077 == 0
        assert first.salt not in repr(first)
        salts.add(first.salt)
    assert len(salts) == 2


def test_no_class_is_made_where_there_is_no_roster(tmp_path):
    with pytest.raises(Problem, match="no roster"):
        create_classroom(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("course: other\nsalt: 0123456789abcdef\n", "belongs to the course 'other'"),
        ("course: cslearn\n", "no salt"),
        ("course: cslearn\nsalt: short\n", "no salt of at least 16"),
        ("course: cslearn\nsalt: 0123456789abcdefg\none_common_case: maybe\n", "true or false"),
        ("a: [", "cannot be read"),
        ("just text", "must hold lines"),
    ],
)
def test_settings_of_another_course_or_broken_ones_are_refused(tmp_path, settings, says):
    (tmp_path / "class.yml").write_text(settings)
    with pytest.raises(Problem, match=says):
        open_classroom(tmp_path)


def test_another_course_s_gradebook_is_refused_and_left_as_it_is(classroom):
    with closing(sqlite3.connect(classroom.gradebook)) as db, db:
        db.execute("insert into course (id) values ('biology')")
    before = classroom.gradebook.read_bytes()
    with pytest.raises(Problem, match="belongs to the course 'biology'"):
        open_classroom(classroom.root)
    assert classroom.gradebook.read_bytes() == before


def test_a_file_that_is_no_gradebook_is_refused(classroom):
    classroom.gradebook.write_bytes(b"this is a text, not a database, and long enough to be read as one" * 20)
    with pytest.raises(Problem, match="not a gradebook"):
        open_classroom(classroom.root)


def test_one_common_case_gives_everybody_the_same_code(classroom):
    settings = classroom.root / "class.yml"
    assert len(set(classroom.codes.values())) == 5
    settings.write_text(settings.read_text().replace("one_common_case: false", "one_common_case: true"))
    assert len(set(open_classroom(classroom.root).codes.values())) == 1


@pytest.mark.parametrize(
    ("name", "reduced"),
    [
        ("Søren O'Hara-Smith", "sorenoharasmith"),
        ("Łukasz Ñandú", "lukasznandu"),
        ("Straße", "strasse"),
        ("王 小明", "王小明"),
    ],
)
def test_names_are_compared_without_what_file_names_lose(name, reduced):
    assert plain(name) == reduced
