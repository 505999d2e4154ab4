"""A CSV that was edited by hand is read if it still fits, and refused with its row, column and rule if not."""

import csv
import io
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cslearn import load
from cslearn.northfold.reading import Fault, check_folder, faults, read_table
from cslearn.northfold.schema import TABLES
from cslearn.problem import Problem

DATASETS = Path(__file__).parents[2] / "datasets"


@pytest.mark.parametrize("name", [name for name in TABLES if not name.startswith("options")])
def test_an_untouched_file_gives_what_load_gives(name):
    pd.testing.assert_frame_equal(read_table(DATASETS / f"{name}.csv"), load(name))


def test_an_untouched_folder_fits():
    lines = check_folder(DATASETS)
    assert len(lines) == len(TABLES) and all(line.endswith("rows fit") for line in lines)
    assert "kpi_daily.csv: 1,088 rows fit" in lines


@pytest.fixture
def edit(tmp_path):
    """Copies a table, changes the text of its lines (the heading is line 0), and gives its path."""

    def edited(name: str, change) -> Path:
        lines = (DATASETS / f"{name}.csv").read_text(encoding="utf-8").splitlines()[:30]
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8", newline="")
        return path

    return edited


def cell(row: int, column: str, value: str):
    """A change of one cell; rows as a spreadsheet counts them."""

    def change(lines):
        table = list(csv.reader(lines))
        table[row - 1][table[0].index(column)] = value
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(table)
        return out.getvalue().splitlines()

    return change


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "says"),
    [
        ("contacts", 4, "csat", "6", "row 4, csat: '6' is above the most, 5."),
        ("contacts", 4, "csat", "good", "row 4, csat: 'good' is not a whole number."),
        ("contacts", 2, "queue_s", "-1", "row 2, queue_s: '-1' is below the least, 0."),
        ("contacts", 30, "site", "East", "row 30, site: 'East' is not one of: North, West."),
        ("contacts", 5, "abandoned", "FALSE", "row 5, abandoned: 'FALSE' must be 1 for yes or 0 for no."),
        ("contacts", 5, "contact_id", "123", "row 5, contact_id: '123' does not have the form Q[0-9]{6}."),
        ("contacts", 5, "ts", "04/12/2023 09:00", "'04/12/2023 09:00' is not a date and time, such as 2024-09-09 14:30."),
        ("kpi_daily", 3, "date", "2024-02-30", "row 3, date: '2024-02-30' is not a date, such as 2024-09-09."),
        ("kpi_daily", 3, "date", "2024-2-3", "'2024-2-3' is not a date"),
        ("kpi_daily", 3, "date", "9999-01-01", "'9999-01-01' is not a date"),
        ("kpi_daily", 3, "offered", "", "row 3, offered: '' is empty, and a value is needed."),
        ("kpi_daily", 3, "offered", "9" * 5000, "is not a whole number."),
        ("kpi_daily", 3, "fcr_pct", "61,5", "row 3, fcr_pct: '61,5' is not a number, such as 12.5."),
        ("kpi_daily", 3, "fcr_pct", "nan", "'nan' is not a number"),
        ("kpi_daily", 3, "fcr_pct", "101", "row 3, fcr_pct: '101' is above the most, 100."),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_named_with_its_row_column_and_rule(edit, name, row, column, value, says):
    with pytest.raises(Problem) as refused:
        read_table(edit(name, cell(row, column, value)))
    sentence = str(refused.value)
    assert sentence.startswith(f"{name}.csv, row {row}, {column}: ") and says in sentence and "more" not in sentence
    assert len(sentence) < 300 and "\n" not in sentence


def test_all_faults_are_counted_and_the_first_is_named(edit):
    path = edit("kpi_daily", lambda lines: [*lines[:2], *(line.replace("North", "n").replace("West", "w") for line in lines[2:9]), *lines[9:]])  # fmt: skip
    with pytest.raises(Problem, match=r"row 3, site: 'w' is not one of: North, West; and 6 more\."):
        read_table(path)


def test_a_key_that_comes_twice_names_both_rows(edit):
    with pytest.raises(Problem, match=r"row 5: it has the same date and site as row 3, and each may come only once\."):
        read_table(edit("kpi_daily", lambda lines: [*lines[:4], lines[2], *lines[4:]]))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda lines: [lines[0].replace("offered", "ofered"), *lines[1:]], r"row 1: there is no column 'ofered'. Did you mean 'offered'\?"),
        (lambda lines: [line.rsplit(",", 1)[0] for line in lines], "row 1: the column 'qa_score' is missing"),
        (lambda lines: [f"{line},{line.rsplit(',', 1)[1]}" for line in lines], "row 1: the column 'qa_score' comes twice"),
        (lambda lines: [",".join(reversed(line.split(","))) for line in lines], "row 1: the columns are in another order"),
        (lambda lines: [line.replace(",", ";") for line in lines], "something else than commas"),
        (lambda lines: [*lines[:3], lines[3] + ",1", *lines[4:]], "row 4: it has 18 values, and the heading has 17"),
        (lambda lines: [*lines[:3], "", *lines[3:]], "row 4: it has 0 values"),
        (lambda lines: [*lines[:3], '"' + lines[3], *lines[4:]], "no proper CSV|values, and the heading"),
        (lambda lines: [], "row 1: the column 'date' is missing"),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused(edit, change, says):
    with pytest.raises(Problem, match=says):
        read_table(edit("kpi_daily", change))


def test_what_a_spreadsheet_does_on_saving_is_no_fault(tmp_path):
    content = (DATASETS / "complaints.csv").read_text(encoding="utf-8").replace("\n", "\r\n") + "\r\n"
    path = tmp_path / "my copy.csv"
    path.write_text(content, encoding="utf-8-sig", newline="")
    pd.testing.assert_frame_equal(read_table(path, "complaints"), load("complaints"))


def test_no_file_no_table_no_text(tmp_path):
    with pytest.raises(Problem, match=r"no table called 'kpi_days'. Did you mean 'kpi_daily'\?"):
        read_table(tmp_path / "kpi_days.csv")
    with pytest.raises(Problem, match="cannot be read: No such file"):
        read_table(tmp_path / "kpi_daily.csv")
    (tmp_path / "kpi_daily.csv").mkdir()
    with pytest.raises(Problem, match="cannot be read: Is a directory"):
        read_table(tmp_path / "kpi_daily.csv")
    (tmp_path / "contacts.csv").write_bytes("Größe".encode("latin-1"))
    with pytest.raises(Problem, match="not in UTF-8"):
        read_table(tmp_path / "contacts.csv")
    (tmp_path / "complaints.csv").write_bytes(b"x" * 50_000_001)
    with pytest.raises(Problem, match="larger than 50 MB"):
        read_table(tmp_path / "complaints.csv")


def test_a_reference_to_a_row_of_another_table_that_is_not_there_is_found(tmp_path):
    for name in ("options", "options_costs"):
        shutil.copy(DATASETS / f"{name}.csv", tmp_path)
    assert len(check_folder(tmp_path)) == 2
    lines = (tmp_path / "options.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "options.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(
        Problem, match=r"options_costs.csv, row \d+, option: 'E' is not in the column option of options.csv; and"
    ):
        check_folder(tmp_path)
    (tmp_path / "options.csv").unlink()
    assert len(check_folder(tmp_path)) == 1, "without the other table there is nothing to compare"


def first_rows(name: str) -> list[dict[str, str]]:
    text = (DATASETS / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))[:12]


ROWS = {name: first_rows(name) for name in TABLES}


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_text_in_any_cell_is_judged_without_a_crash_and_only_there(data):
    name = data.draw(st.sampled_from(sorted(TABLES)))
    table = TABLES[name]
    column = data.draw(st.sampled_from([column.name for column in table.columns]))
    row = data.draw(st.integers(0, len(ROWS[name]) - 1))
    text = data.draw(
        st.text(max_size=20) | st.sampled_from(["", "1", "-3", "1e9", "2024-02-29", "٣", "North", "1" * 400])
    )
    rows = [dict(each) for each in ROWS[name]]
    rows[row][column] = text
    found = list(faults(table, rows))
    assert all(isinstance(fault, Fault) and (fault.row == row + 2 or not fault.column) for fault in found)
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in table.columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    # What is let through can be read.
    if not found:
        from cslearn.northfold import reading, tables

        typed = tables.typed(table, [{c.name: reading._value(c, each[c.name]) for c in table.columns} for each in rows])
        assert len(typed) == len(rows)
