"""Collecting what platforms export: to the right learner, or onto the list."""

import contextlib
import io
import os
import random
import stat
import zipfile
from datetime import datetime

import pytest
from handing_in import NAME

from cslearn.marking import intake
from cslearn.marking.demo import as_jupyterlab
from cslearn.marking.intake import collect
from cslearn.problem import Problem

EARLY, LATE = (2024, 5, 1, 9, 0, 0), (2024, 5, 2, 9, 0, 0)


@pytest.fixture
def work(desk):
    """A notebook's bytes; the text makes two of them differ."""
    return lambda text="My answer.": as_jupyterlab(desk.notebook(text=text))


@pytest.fixture
def zipped(tmp_path):
    """A zip of names and contents, with a time for each."""

    def zipped(*members, name="export.zip"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data, *at in members:
                info = (
                    member if isinstance(member, zipfile.ZipInfo) else zipfile.ZipInfo(member, at[0] if at else EARLY)
                )
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return path

    return zipped


def here(classroom) -> set[str]:
    return {path.parent.parent.name for path in (classroom.root / "submitted").glob(f"*/{NAME}/{NAME}.ipynb")}


@pytest.mark.parametrize(
    ("member", "learner"),
    [
        (f"Cyril Dee_410_assignsubmission_file_/{NAME}.ipynb", "L002"),
        (f"Cyril Dee_410_assignsubmission_file_{NAME}.ipynb", "L002"),
        ("Zoe O'Hara-Smith_7_assignsubmission_file_/whatever.ipynb", "L003"),
        (f"deecyril_12345_67890_{NAME}.ipynb", "L002"),
        (f"deecyril_LATE_12345_67890_{NAME}-1.ipynb", "L002"),
        (f"oharasmithzoe_1_2_{NAME}.ipynb", "L003"),
        (f"PR3_L002_attempt_2024-05-01-10-00-00_{NAME}.ipynb", "L002"),
        (f"PR3_cyril_attempt_2024-05-01-10-00-00_{NAME}.ipynb", "L002"),
        (f"L005/{NAME}/{NAME}.ipynb", "L005"),
        ("l005/anything.ipynb", "L005"),
        ("L005.ipynb", "L005"),
        (f"L005_{NAME}.ipynb", "L005"),
        (f"L005-{NAME}.ipynb", "L005"),
        (f"all/2024/edna@example.org/{NAME}.ipynb", "L005"),
        (f"Edna Foo/Version 1/{NAME}.ipynb", "L005"),
        (f"Foo, Edna/{NAME}.ipynb", "L005"),
        (f"Ann Bee_9_assignsubmission_file_/{NAME}_L004.ipynb", "L004"),
    ],
)
def test_a_submission_reaches_the_one_learner_it_belongs_to(classroom, zipped, work, member, learner):
    result = collect(classroom, zipped((member, work())), NAME)
    assert result.left_out == []
    assert result.taken == [learner]
    assert here(classroom) == {learner}
    assert (classroom.notebook("submitted", learner, NAME)).read_bytes() == work()


@pytest.mark.parametrize(
    ("member", "says"),
    [
        (f"Ann Bee_9_assignsubmission_file_/{NAME}.ipynb", "2 learners called 'Ann Bee'"),
        (f"beeann_1_2_{NAME}.ipynb", "2 learners called"),
        (f"Nobody Known_9_assignsubmission_file_/{NAME}.ipynb", "no learner called 'Nobody Known'"),
        ("Nobody Known_9_assignsubmission_file_/L002.ipynb", "no learner called 'Nobody Known'"),
        (f"{NAME}.ipynb", "no learner_id, e-mail address or name"),
        (f"{NAME} (1).ipynb", "no learner_id, e-mail address or name"),
        ("L002/L003.ipynb", "L002 or L003"),
        ("L0055.ipynb", "no learner_id"),
        (f"PR3_nobody_attempt_2024-05-01-10-00-00_{NAME}.ipynb", "no learner nobody"),
    ],
)
def test_whoever_cannot_be_told_is_listed_and_not_guessed(classroom, zipped, work, member, says):
    result = collect(classroom, zipped((member, work())), NAME)
    assert here(classroom) == set()
    assert result.exit_code == 1
    ((what, why),) = result.left_out
    assert says in why
    assert what


def test_a_learner_cannot_hand_in_for_another_through_a_file_name(classroom, zipped, work):
    result = collect(classroom, zipped(("Cyril Dee_4_assignsubmission_file_/L003.ipynb", work())), NAME)
    assert result.taken == ["L002"]


def test_one_bad_submission_does_not_stop_the_others(classroom, zipped, work):
    source = zipped(
        (f"Cyril Dee_1_assignsubmission_file_/{NAME}.ipynb", b"{cut"),
        (f"Who Ever_2_assignsubmission_file_/{NAME}.ipynb", work()),
        (f"Edna Foo_3_assignsubmission_file_/{NAME}.ipynb", work()),
        ("readme.txt", b"not a notebook"),
    )
    result = collect(classroom, source, NAME)
    assert here(classroom) == {"L002", "L005"}
    assert any("L002: collected, but it cannot be marked" in note for note in result.notes)
    assert result.missing == ["L001", "L003", "L004"]
    assert any("Nothing yet from 3 of the roster" in line for line in result.lines({}))


def test_a_folder_in_nbgrader_s_layout_is_collected_with_its_times(classroom, tmp_path, work):
    folder = tmp_path / "handed-in" / "L002" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_bytes(work())
    (folder / "timestamp.txt").write_text("2024-05-01 10:00:00 UTC")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / f"{NAME}-checkpoint.ipynb").write_bytes(work("old"))
    (tmp_path / "handed-in" / "L002" / "another-exercise").mkdir()
    result = collect(classroom, tmp_path / "handed-in", NAME)
    assert result.taken == ["L002"]
    stamp = classroom.folder("submitted", "L002", NAME) / "timestamp.txt"
    assert stamp.read_text() == "2024-05-01 10:00:00.000000 UTC"


def test_a_broken_timestamp_file_is_ignored(classroom, tmp_path, work):
    folder = tmp_path / "handed-in" / "L002"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_bytes(work())
    (folder / "timestamp.txt").write_text("yesterday, I think")
    assert collect(classroom, tmp_path / "handed-in", NAME).taken == ["L002"]


def test_the_later_of_two_counts_and_both_are_kept(classroom, zipped, work):
    first, second = zipped(("L002.ipynb", work("first"), EARLY)), None
    collect(classroom, first, NAME)
    second = zipped(("L002.ipynb", work("second"), LATE), name="second.zip")
    result = collect(classroom, second, NAME)
    assert classroom.notebook("submitted", "L002", NAME).read_bytes() == work("second")
    (kept,) = (classroom.root / "earlier" / "L002" / NAME).iterdir()
    assert kept.read_bytes() == work("first")
    assert any("later submission replaces" in note and kept.name in note for note in result.notes)


def test_an_older_one_that_comes_afterwards_does_not_replace_the_later(classroom, zipped, work):
    collect(classroom, zipped(("L002.ipynb", work("second"), LATE)), NAME)
    result = collect(classroom, zipped(("L002.ipynb", work("first"), EARLY), name="old.zip"), NAME)
    assert classroom.notebook("submitted", "L002", NAME).read_bytes() == work("second")
    assert any("earlier submission than the one already here" in note for note in result.notes)


def test_collecting_the_same_again_changes_nothing(classroom, zipped, work):
    source = zipped(("L002.ipynb", work()))
    collect(classroom, source, NAME)
    result = collect(classroom, source, NAME)
    assert (result.taken, result.unchanged, result.notes) == ([], ["L002"], [])
    assert not (classroom.root / "earlier").exists()


def test_two_attempts_in_one_export_count_by_time(classroom, zipped, work):
    source = zipped(
        (f"Edna Foo_1_assignsubmission_file_/{NAME}.ipynb", work("second"), LATE),
        (f"Edna Foo_2_assignsubmission_file_/{NAME}.ipynb", work("first"), EARLY),
    )
    result = collect(classroom, source, NAME)
    assert classroom.notebook("submitted", "L005", NAME).read_bytes() == work("second")
    assert any("handed in more than once" in note for note in result.notes)


def test_two_attempts_of_unknown_time_are_reported_not_guessed(classroom, zipped, work):
    unknown = (1980, 1, 1, 0, 0, 0)
    source = zipped(("a/L005/x.ipynb", work("one"), unknown), ("b/L005/x.ipynb", work("two"), unknown))
    result = collect(classroom, source, NAME)
    assert here(classroom) == set()
    assert "not known which was handed in last" in result.left_out[0][1]


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        ((f"{NAME}.ipynb", "scratch.ipynb"), True),
        ((f"{NAME} (2).ipynb", "scratch.ipynb"), True),
        (("one.ipynb", "two.ipynb"), False),
    ],
)
def test_of_two_notebooks_the_one_with_the_exercise_s_name_counts(classroom, zipped, work, names, taken):
    source = zipped(*((f"L005/{name}", work(name)) for name in names))
    result = collect(classroom, source, NAME)
    if taken:
        assert classroom.notebook("submitted", "L005", NAME).read_bytes() == work(names[0])
    else:
        assert here(classroom) == set()
        assert "holds 2 notebooks" in result.left_out[0][1]


def test_a_zip_in_a_zip_is_opened_but_not_three_deep(classroom, zipped, work, tmp_path):
    def inner(*members):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in members:
                archive.writestr(name, data)
        return out.getvalue()

    deep = inner(("a.zip", inner((f"{NAME}.ipynb", work()))))
    source = zipped(
        ("Edna Foo_1_assignsubmission_file_/work.zip", inner((f"{NAME}.ipynb", work()))),
        ("Cyril Dee_2_assignsubmission_file_/work.zip", deep),
        ("Zoë O'Hara-Smith_3_assignsubmission_file_/work.zip", b"PK broken"),
    )
    result = collect(classroom, source, NAME)
    assert here(classroom) == {"L005"}
    assert any("zip in a zip in a zip" in why for _, why in result.left_out)
    assert any("damaged zip" in why for _, why in result.left_out)


@pytest.mark.parametrize(
    "name",
    ["../L002.ipynb", "a/../../L002.ipynb", "/L002.ipynb", "..\\L002.ipynb", "C:/L002.ipynb", "\\\\host\\L002.ipynb"],
)
def test_names_that_lead_out_of_a_zip_are_refused(classroom, zipped, work, name):
    info = zipfile.ZipInfo("x", EARLY)
    info.filename = name
    result = collect(classroom, zipped((info, work())), NAME)
    assert here(classroom) == set()
    assert "leads out of the zip" in result.left_out[0][1]


def test_links_are_refused_in_a_zip_and_in_a_folder(classroom, zipped, work, tmp_path):
    info = zipfile.ZipInfo("L002.ipynb", EARLY)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    result = collect(classroom, zipped((info, b"/etc/passwd")), NAME)
    assert "links are refused" in result.left_out[0][1]

    folder = tmp_path / "folder"
    (folder / "L003").mkdir(parents=True)
    (folder / "L003" / "a.ipynb").symlink_to(classroom.root / "source" / NAME / f"{NAME}.ipynb")
    (folder / "L005").symlink_to(classroom.root)
    result = collect(classroom, folder, NAME)
    assert sorted(why for _, why in result.left_out) == sorted(
        ["a.ipynb is a link to another file; links are refused.", "it is a link to another place; links are refused."]
    )
    assert here(classroom) == set()


def test_a_pipe_in_a_folder_does_not_block(classroom, tmp_path):
    (tmp_path / "in" / "L002").mkdir(parents=True)
    os.mkfifo(tmp_path / "in" / "L002" / "a.ipynb")
    assert "not an ordinary file" in collect(classroom, tmp_path / "in", NAME).left_out[0][1]


def test_a_link_in_the_class_folder_is_not_written_through(classroom, zipped, work, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (classroom.root / "submitted" / "L002").symlink_to(outside)
    result = collect(classroom, zipped(("L002.ipynb", work())), NAME)
    assert list(outside.iterdir()) == []
    assert "link to another place" in result.left_out[0][1]


def test_a_bomb_is_stopped_by_its_ratio_before_it_fills_the_disk(classroom, zipped, monkeypatch):
    monkeypatch.setattr(intake, "RATIO_FROM", 10_000_000)
    source = zipped(*((f"L{n}/x.ipynb", b"0" * 5_000_000) for n in range(20)))
    with pytest.raises(Problem, match="times its size"):
        collect(classroom, source, NAME)
    assert not list(classroom.root.glob(".collect*"))
    assert here(classroom) == set()


def test_a_member_that_claims_to_be_small_is_cut_at_the_cap(classroom, zipped, monkeypatch):
    monkeypatch.setattr(intake, "MAX_NOTEBOOK", 1000)
    result = collect(classroom, zipped(("L002.ipynb", b"1" * 5000)), NAME)
    assert "larger than the limit" in result.left_out[0][1]


@pytest.mark.parametrize(("cap", "value"), [("MAX_FILES", 2), ("MAX_TOTAL", 100)])
def test_caps_on_count_and_size_end_in_one_sentence(classroom, zipped, monkeypatch, cap, value):
    monkeypatch.setattr(intake, cap, value)
    source = zipped(*((f"L00{n}.ipynb", b"x" * 60) for n in (1, 2, 3)))
    with pytest.raises(Problem, match="split it"):
        collect(classroom, source, NAME)


def test_folders_nested_without_end_are_cut(classroom, zipped, work):
    result = collect(classroom, zipped(("a/" * 40 + "L002.ipynb", work())), NAME)
    assert "nested too deeply" in result.left_out[0][1]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("hello"), "neither a folder nor a zip"),
        (lambda path: path.mkdir(), "no notebook"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "no notebook"),
        (lambda path: path.symlink_to("/etc"), "is a link"),
        (lambda path: None, "There is no"),
    ],
)
def test_a_source_that_cannot_be_used_is_one_sentence(classroom, tmp_path, make, says):
    make(tmp_path / "source")
    before = sorted(classroom.root.rglob("*"))
    with pytest.raises(Problem, match=says):
        collect(classroom, tmp_path / "source", NAME)
    assert sorted(classroom.root.rglob("*")) == before


def test_a_damaged_zip_is_said_to_be_damaged(classroom, zipped, work):
    path = zipped((f"L002/{NAME}.ipynb", work()))
    data = bytearray(path.read_bytes())
    data[200:400] = bytes(200)
    path.write_bytes(data)
    result = collect(classroom, path, NAME)
    assert "cannot be unpacked" in result.left_out[0][1]


def test_no_damage_to_a_zip_ends_in_a_traceback(classroom, zipped, work):
    path = zipped(*((f"L00{n}/{NAME}.ipynb", work(f"{n}")) for n in (1, 2, 3)))
    whole = path.read_bytes()
    for seed in range(60):
        draw = random.Random(seed)
        data = bytearray(whole)
        for _ in range(draw.randint(1, 30)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        path.write_bytes(data[: draw.choice((len(data), draw.randrange(len(data))))])
        # One sentence for the whole, or one for each part; anything else fails here.
        with contextlib.suppress(Problem):
            collect(classroom, path, NAME)


def test_a_zip_with_a_password_is_said_so(classroom, zipped, work):
    path = zipped((f"L002/{NAME}.ipynb", work()))
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    assert "encrypted" in collect(classroom, path, NAME).left_out[0][1]


def test_an_exercise_that_was_not_released_is_one_sentence(classroom, zipped, work):
    with pytest.raises(Problem, match="has not been released"):
        collect(classroom, zipped(("L002.ipynb", work())), "plan-the-change")


def test_names_that_would_steer_a_terminal_are_shown_harmless(classroom, zipped, work):
    result = collect(classroom, zipped(("\x1b[2Jx\u202e.ipynb", work())), NAME)
    assert not any("\x1b" in line or "\u202e" in line for line in result.lines({}))


def test_the_time_of_a_zip_is_kept_as_utc(classroom, zipped, work):
    collect(classroom, zipped(("L002.ipynb", work(), EARLY)), NAME)
    stamp = (classroom.folder("submitted", "L002", NAME) / "timestamp.txt").read_text()
    assert datetime.fromisoformat(stamp.replace(" UTC", "+00:00")) == datetime(*EARLY).astimezone()
