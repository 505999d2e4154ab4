"""What a cell of a learner's code shows on an exercise page."""

import pandas as pd
import pytest

from cslearn.exercises import cell
from cslearn.exercises.cell import Notebook


def one(source):
    (output,) = Notebook().run(source, "cell 1")
    return output


def test_what_is_printed_and_the_last_value_are_shown_in_their_order():
    outputs = Notebook().run("x = 2\nprint('two')\ndisplay(x)\nprint('done')\nx + 1")
    assert [output["text"] for output in outputs] == ["two\n", "2", "done\n", "3"]


def test_names_stay_for_the_next_cell_and_a_semicolon_shows_nothing():
    notebook = Notebook()
    assert notebook.run("x = 2;") == [] and notebook.run("x;") == []
    assert notebook.run("x")[0]["text"] == "2"


def test_a_table_is_data_with_its_rows_and_columns():
    table = one("import pandas as pd\npd.DataFrame({'cost': [1.5, None], 'who': ['A', 'B']}, index=['x', 'y'])")
    assert table == {
        "type": "table",
        "columns": [{"name": "cost", "type": "number"}, {"name": "who", "type": "text"}],
        "index": ["x", "y"],
        "rows": [[1.5, "A"], [None, "B"]],
        "total_rows": 2,
    }


def test_dates_and_two_level_names_become_text():
    table = one(
        "import pandas as pd\n"
        "pd.DataFrame({('a', 'b'): pd.to_datetime(['2024-01-02', None])}, index=pd.MultiIndex.from_tuples([(1, 2), (3, 4)]))"
    )
    assert table["columns"] == [{"name": "a b", "type": "text"}] and table["index"] == ["1 2", "3 4"]
    assert table["rows"] == [["2024-01-02 00:00:00"], [None]]


def test_a_long_table_and_a_long_text_are_cut_and_say_so():
    table = one("import pandas as pd\npd.Series(range(1000))")
    assert len(table["rows"]) == cell.MOST_ROWS and table["total_rows"] == 1000
    assert "480,000 characters, is not shown" in one("print('x' * 499_999)")["text"]
    outputs = Notebook().run("for n in range(500): display(n)")
    assert len(outputs) == cell.MOST_OUTPUTS + 1 and "Only the first" in outputs[-1]["text"]


def test_a_picture_is_data():
    made = one("class P:\n    def _repr_png_(self): return b'png'\nP()")
    assert made == {"type": "image", "mime": "image/png", "data": "cG5n"}


def test_a_check_in_a_cell_shows_its_marks_as_text():
    shown = one("from cslearn import check\ncheck('choose-an-improvement', 'matrix', {'ranking': ['A']})")
    assert shown["type"] == "text" and "PR3.1 Decision matrix: 0 of 7" in shown["text"] and "<" not in shown["text"]


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("\ny = lenght([1])", 2, "Line 2: Python does not know the name lenght. Did you mean len?"),
        ("weights = 1\nwieghts", 2, "Did you mean weights?"),
        ("import matplotlib.pyplot", 1, "is not on this page"),
        ("{'a': 1}['b']", 1, "no column or key 'b'"),
        ("[1][3]", 1, "fewer entries than this asks for"),
        ("import pandas as pd\npd.DataFrame().colums", 2, "this table has no colums. Did you mean columns?"),
        ("None + 1", 1, "still None"),
        ("'a' + 1", 1, "do not go together"),
        ("int('three')", 1, "a value is not what is needed"),
        ("1 / 0", 1, "divides by zero"),
        ("def f(): return f()\nf()", 1, "calls itself without end"),
        ("exit()", 1, "needs no exit()"),
        ("input('?')", 1, "input() cannot ask"),
        ("%matplotlib inline", 1, "are for JupyterLab"),
        ("x = (1,\ny = 2", 1, "a bracket is opened and not closed"),
        ("x = 'a", 1, "a text is opened and not closed"),
        ("if 1:\nprint(2)", 2, "does not begin where Python expects it"),
        ("x = = 2", 1, "cannot read this line"),
        ("raise OSError('no')", 1, "OSError: no"),
        ("from cslearn import load\nload('option')", 2, "Did you mean 'options'?"),
    ],
)
def test_a_common_mistake_is_a_sentence_with_its_line(source, line, says, monkeypatch):
    if "matplotlib" in source:
        monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    told = one(source)
    assert told["type"] == "error" and told["line"] == line
    assert says in told["sentence"], told["sentence"]
    assert told["detail"].strip() and ", in run\n" not in told["detail"]


def test_what_came_before_an_error_is_shown():
    outputs = Notebook().run("print('so far')\n1 / 0")
    assert [output["type"] for output in outputs] == ["text", "error"]


def test_the_learner_s_own_table_is_not_touched():
    notebook = Notebook()
    notebook.run("import pandas as pd\nframe = pd.DataFrame({'a': [1, 2]})\nframe")
    assert isinstance(notebook._names["frame"], pd.DataFrame)
