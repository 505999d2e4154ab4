"""Collecting what platforms export: to the right learner, or onto the list."""

import contextlib
import io
import os
import random
import stat
import struct
import time
import zipfile
import zlib
from datetime import datetime

import pytest
from handing_in import NAME

from cslearn.marking import intake
from cslearn.marking.classroom import open_classroom
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


def packed(*members) -> bytes:
    """A zip's bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


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
        (f"Cyril Dee_410_assignsubmission_file/folder/in a folder/{NAME}.ipynb", "L002"),
        (f"Zoe OHara-Smith_7_assignsubmission_file/{NAME}.ipynb", "L003"),
        (f"PR3_An_exercise_cyril_attempt_2024-05-01-10-00-00_{NAME}.ipynb", "L002"),
        (f"Student Work/Submitted files/Cyril Dee/Choose an improvement/Version 1/{NAME}.ipynb", "L002"),
        (f"Submitted files/Dee, Cyril/PR3/Version 12/{NAME}.ipynb", "L002"),
        (f"Cyril Dee/Choose an improvement/Version 1/{NAME}.ipynb", "L002"),
        (f"Class 4 - Student Work/Submitted files/edna@example.org/PR3/{NAME}.ipynb", "L005"),
        (f"L005/{NAME}.ipynb.txt", "L005"),
        (f"L005/{NAME}.ipynb.json", "L005"),
        ("L005/RENAMED.IPYNB", "L005"),
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
        (f"Participant_4711_assignsubmission_file_/{NAME}.ipynb", "without names"),
        (f"Participant 4711_assignsubmission_file_{NAME}.ipynb", "without names"),
        (f"anon_aB3dE_12345_{NAME}.ipynb", "without names"),
        (f"LATE_anon_aB3dE_12345_{NAME}.ipynb", "without names"),
        (f"L003/PR3_L002_attempt_2030-01-01-00-00-00_{NAME}.ipynb", "L003 or L002"),
        (f"Edna Foo/deecyril_1_2_{NAME}.ipynb", "L005 or L002"),
        (f"Submitted files/Edna Foo/PR3/Version 1/Cyril Dee_1_assignsubmission_file_{NAME}.ipynb", "L005 or L002"),
        (f"Working files/Cyril Dee/Choose an improvement/{NAME}.ipynb", "was not turned in"),
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


@pytest.mark.parametrize(
    "member",
    [
        "PR3_cyril_attempt_2024-05-01-10-00-00_x_L003_attempt_2030-05-01-10-00-00_y.ipynb",
        "deecyril_1_2_oharasmithzoe_3_4_x.ipynb",
        "Cyril Dee_1_assignsubmission_file_Edna Foo_2_assignsubmission_file_x.ipynb",
    ],
)
def test_nor_through_one_that_looks_like_another_learner_s_own(classroom, zipped, work, member):
    assert collect(classroom, zipped((member, work())), NAME).taken == ["L002"]


def test_blackboard_s_user_names_may_hold_underscores_and_two_that_fit_are_not_guessed(classroom, zipped, work):
    roster = classroom.root / "roster.csv"
    roster.write_text("learner_id,name\na_smith,Al Smith\nsmith,Bo Smith\nx_jones,Cy Jones\n")
    room = open_classroom(classroom.root)
    at = "attempt_2024-05-01-10-00-00"
    result = collect(room, zipped((f"PR3_x_jones_{at}_a.ipynb", work()), (f"PR3_a_smith_{at}_b.ipynb", work())), NAME)
    assert result.taken == ["x_jones"]
    assert "a_smith or smith" in result.left_out[0][1]


def test_blackboard_s_attempts_count_by_the_time_in_their_names_and_not_by_the_zip_s(classroom, zipped, work):
    source = zipped(
        (f"PR3_cyril_attempt_2024-05-02-10-00-00_{NAME}.ipynb", work("second"), EARLY),
        (f"PR3_cyril_attempt_2024-05-01-10-00-00_{NAME}.ipynb", work("first"), LATE),
        ("PR3_cyril_attempt_2024-05-01-10-00-00.txt", b"Name: Cyril Dee (cyril)"),
    )
    result = collect(classroom, source, NAME)
    assert classroom.notebook("submitted", "L002", NAME).read_bytes() == work("second")
    assert any("handed in more than once" in note for note in result.notes) and not result.left_out


def test_of_teams_versions_the_highest_counts_and_drafts_do_not(classroom, zipped, work):
    folder = "Submitted files/Cyril Dee/Choose an improvement"
    source = zipped(
        (f"{folder}/Version 2/{NAME}.ipynb", work("second"), LATE),
        (f"{folder}/Version 10/{NAME}.ipynb", work("tenth"), EARLY),
        (f"{folder}/Version 9/{NAME}.ipynb", work("ninth"), LATE),
        (f"Working files/Cyril Dee/Choose an improvement/{NAME}.ipynb", work("draft"), (2025, 1, 1, 0, 0, 0)),
    )
    result = collect(classroom, source, NAME)
    assert classroom.notebook("submitted", "L002", NAME).read_bytes() == work("tenth")
    kept = {path.read_bytes() for path in (classroom.root / "earlier" / "L002" / NAME).iterdir()}
    assert kept == {work("second"), work("ninth")}
    assert sum("handed in more than once" in note for note in result.notes) == 2 and not result.left_out


def test_a_whole_student_work_folder_gives_only_this_exercise(classroom, zipped, work):
    other = b'{"cells": [], "nbformat": 4, "metadata": {}}'
    source = zipped(
        (f"Submitted files/Cyril Dee/PR3/Version 1/{NAME}.ipynb", work(), EARLY),
        ("Submitted files/Cyril Dee/Week 1/Version 1/first-steps.ipynb", other, LATE),
    )
    result = collect(classroom, source, NAME)
    assert result.taken == ["L002"] and result.left_out == []
    assert classroom.notebook("submitted", "L002", NAME).read_bytes() == work()


def test_of_several_notebooks_the_one_of_this_exercise_counts(classroom, zipped, work):
    other = b'{"cells": [], "nbformat": 4, "metadata": {}}'
    result = collect(classroom, zipped(("L005/one.ipynb", other), ("L005/two.ipynb", work())), NAME)
    assert classroom.notebook("submitted", "L005", NAME).read_bytes() == work() and result.left_out == []


@pytest.mark.parametrize(
    "name",
    ["Cyril Dee_1_assignsubmission_file_/essay.docx", "L002/answers.rar", f"deecyril_1_2_{NAME}.html", "L002/x.7z"],
)
def test_what_is_no_notebook_is_said_unless_there_is_one_beside_it(classroom, zipped, work, name):
    result = collect(classroom, zipped((name, b"text")), NAME)
    ((what, why),) = result.left_out
    assert what == f"L002: {name}" and "it is no notebook" in why
    beside = zipped((name, b"text"), ("Cyril Dee_1_assignsubmission_file_/a.ipynb", work()), name="both.zip")
    assert collect(classroom, beside, NAME).left_out == []
    assert collect(classroom, zipped((name, b"text"), name="again.zip"), NAME).left_out == []


def test_receipts_and_hidden_files_are_no_hand_in(classroom, zipped, work):
    names = ("Cyril Dee_1_assignsubmission_onlinetext/onlinetext.html", "L002/.DS_Store", "L002/~$essay.docx",
             "__MACOSX/L002/._a.ipynb", f"L002/{NAME}/timestamp.txt", f"L003/.ipynb_checkpoints/{NAME}.ipynb")  # fmt: skip
    with pytest.raises(Problem, match="no notebook"):
        collect(classroom, zipped(*((name, b"x") for name in names)), NAME)


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
    deep = packed(("a.zip", packed((f"{NAME}.ipynb", work()))))
    source = zipped(
        ("Edna Foo_1_assignsubmission_file_/work.zip", packed((f"{NAME}.ipynb", work()))),
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


def test_a_bomb_is_left_out_before_it_fills_the_disk_and_the_others_are_collected(classroom, zipped, work, monkeypatch):
    monkeypatch.setattr(intake, "RATIO_FROM", 10_000_000)
    bombs = [(f"Cyril Dee_1_assignsubmission_file_/{n}.ipynb", b"0" * 5_000_000) for n in range(20)]
    honest = (f"Edna Foo_2_assignsubmission_file_/{NAME}.ipynb", work())
    result = collect(classroom, zipped(*bombs, honest), NAME)
    assert "L005" in here(classroom) and not list(classroom.root.glob(".collect*"))
    refused = [why for _, why in result.left_out if "times its size" in why]
    # Two of 5 MB are below the bound of 10 MB; the other eighteen are not unpacked to the disk.
    assert len(refused) == 18


def test_a_bomb_in_a_learner_s_own_zip_costs_nobody_else_anything(classroom, zipped, work, monkeypatch):
    monkeypatch.setattr(intake, "RATIO_FROM", 10_000_000)
    many = packed(*((f"{n}.ipynb", b"{}") for n in range(intake.MAX_IN_NESTED + 1)))
    source = zipped(
        ("Cyril Dee_1_assignsubmission_file_/work.zip", packed(*((f"{n}.ipynb", b"0" * 5_000_000) for n in range(9)))),
        ("Zoë O'Hara-Smith_2_assignsubmission_file_/work.zip", many),
        (f"Edna Foo_3_assignsubmission_file_/{NAME}.ipynb", work()),
    )
    result = collect(classroom, source, NAME)
    assert here(classroom) & {"L003", "L005"} == {"L005"}
    said = " ".join(why for _, why in result.left_out)
    assert "times its size" in said and f"more than {intake.MAX_IN_NESTED} files" in said


def test_a_zip_that_lists_millions_of_files_is_refused_before_its_list_is_read(classroom, tmp_path, monkeypatch):
    path = tmp_path / "long.zip"
    path.write_bytes(packed(("L002.ipynb", b"{}")) + b"PK\x01\x02" * (intake.MAX_FILES + 1))
    monkeypatch.setattr(zipfile, "is_zipfile", lambda path: True)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(Problem, match="more than 50,000 files; split it"):
        collect(classroom, path, NAME)


def test_a_member_that_claims_to_be_small_is_cut_at_the_cap(classroom, zipped, monkeypatch):
    monkeypatch.setattr(intake, "MAX_NOTEBOOK", 1000)
    result = collect(classroom, zipped(("L002.ipynb", b"1" * 5000)), NAME)
    assert "larger than the limit" in result.left_out[0][1]


def test_a_cap_on_the_count_ends_in_one_sentence(classroom, zipped, tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_FILES", 2)
    source = zipped(*((f"L00{n}.ipynb", b"x" * 60) for n in (1, 2, 3)))
    with pytest.raises(Problem, match="split it"):
        collect(classroom, source, NAME)
    with zipfile.ZipFile(source) as archive:
        archive.extractall(tmp_path / "folder")
    with pytest.raises(Problem, match="collect it in parts"):
        collect(classroom, tmp_path / "folder", NAME)


def test_what_is_beyond_the_cap_on_size_is_listed_and_the_rest_collected(classroom, zipped, work, monkeypatch):
    monkeypatch.setattr(intake, "MAX_TOTAL", 2 * len(work()))
    source = zipped(("L002.ipynb", b"0" * 3 * len(work())), ("L003.ipynb", work()), ("L005.ipynb", work()))
    result = collect(classroom, source, NAME)
    assert here(classroom) == {"L003", "L005"}
    ((what, why),) = result.left_out
    assert what == "L002.ipynb" and "collect this one by itself" in why


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


def test_a_zip_in_the_large_format_is_read(classroom, tmp_path, work):
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w") as archive, archive.open("L002.ipynb", "w", force_zip64=True) as member:
        member.write(work())
    assert collect(classroom, path, NAME).taken == ["L002"]


def test_a_wrong_check_sum_is_said_and_nothing_of_it_is_taken(classroom, zipped, work):
    path = zipped(("L002.ipynb", work()), ("L005.ipynb", work()))
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        data[data.index(signature) + offset] ^= 0xFF
    path.write_bytes(data)
    result = collect(classroom, path, NAME)
    assert here(classroom) == {"L005"} and "cannot be unpacked" in result.left_out[0][1]


def test_members_that_share_their_bytes_are_at_most_read_once_each(classroom, tmp_path, work):
    # Two entries of the list point to one member, as in bombs that overlap (Fifield 2019).
    data = bytearray(packed(("L002.ipynb", work())))
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = bytes(data[start:end])
    whole = data[:end] + entry + data[end:]
    tail = whole.index(b"PK\x05\x06")
    whole[tail + 8 : tail + 12] = struct.pack("<HH", 2, 2)
    whole[tail + 12 : tail + 16] = struct.pack("<I", 2 * len(entry))
    path = tmp_path / "overlap.zip"
    path.write_bytes(whole)
    with contextlib.suppress(Problem):
        assert len(collect(classroom, path, NAME).taken) <= 1


def test_a_name_hidden_in_an_extra_field_leads_nowhere(classroom, zipped, work):
    # Info-ZIP's Unicode path: newer versions of Python read the name from it.
    info = zipfile.ZipInfo("L002.ipynb", EARLY)
    other = b"../../../L003.ipynb"
    body = struct.pack("<BI", 1, zlib.crc32(b"L002.ipynb")) + other
    info.extra = struct.pack("<HH", 0x7075, len(body)) + body
    before = sorted(classroom.root.parent.glob("*.ipynb"))
    result = collect(classroom, zipped((info, work())), NAME)
    assert here(classroom) <= {"L002"} and len(result.taken) + len(result.left_out) == 1
    assert sorted(classroom.root.parent.glob("*.ipynb")) == before


@pytest.mark.parametrize(
    "name",
    [
        "L002/" + "x" * 300 + ".ipynb",
        "L002/CON.ipynb",
        "L002/NUL .ipynb. .ipynb",
        "L002/a:b*c?.ipynb",
        "L002/{}.ipynb".format("e\u0301" * 50),
        "L002/\u202egnp.ipynb",
        "L002/<img src=x onerror=alert(1)>.ipynb",
        "L002/=HYPERLINK(0).ipynb",
        "L002/%2e%2e%2f.ipynb",
        "l002/x.ipynb",
        "L002./x.ipynb",
    ],
)
def test_no_name_in_a_zip_ever_becomes_a_path(classroom, zipped, work, name, tmp_path):
    result = collect(classroom, zipped((name, work())), NAME)
    made = {path.name for path in (classroom.root / "submitted").rglob("*") if path.is_file()}
    assert made <= {f"{NAME}.ipynb", "timestamp.txt"}
    assert here(classroom) == ({"L002"} if result.taken else set())
    assert result.taken or result.left_out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "export.zip"]


def test_a_name_of_sixty_thousand_characters_is_refused_at_once(classroom, zipped, work):
    names = ["L002/" + "(1)" * 20_000 + ".ipynb", "L003/" + "-" * 60_000 + ".ipynb", "_" * 60_000 + "_attempt_.ipynb"]
    started = time.process_time()
    result = collect(classroom, zipped(*((name, work()) for name in names), ("L005.ipynb", work())), NAME)
    assert time.process_time() - started < 5
    assert here(classroom) == {"L005"}
    assert len(result.left_out) == 3 and all("longer than" in why for _, why in result.left_out)
    assert all(len(line) < 400 for line in result.lines({}))


def test_folders_that_differ_only_in_case_are_one_learner(classroom, zipped, work):
    source = zipped(("L002/a.ipynb", work("first"), EARLY), ("l002/a.ipynb", work("second"), LATE))
    result = collect(classroom, source, NAME)
    assert classroom.notebook("submitted", "L002", NAME).read_bytes() == work("second")
    assert any("handed in more than once" in note for note in result.notes)


def test_names_of_the_roster_cannot_steer_a_terminal(classroom, zipped, work):
    result = collect(classroom, zipped(("L002.ipynb", work())), NAME)
    lines = list(result.lines({"L001": "\x1b[2JAnn\u202eeeB\x07", "L003": "Zoë"}))
    assert not any(letter in line for line in lines for letter in "\x1b\u202e\x07")
    assert any("L003 (Zoë)" in line for line in lines)


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
