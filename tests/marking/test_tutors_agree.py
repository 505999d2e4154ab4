"""How alike two tutors mark, from their spreadsheet: figures by scikit-learn, and a sentence for every slip."""

import random
import re
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

from cslearn.cli import main
from cslearn.marking.agreement import read_levels
from cslearn.problem import Problem

PAGE = Path(__file__).parents[2] / "book" / "tutor" / "standard-answers.md"


def saved(path: Path, pairs, head="answer,Amara,Tomasz") -> Path:
    path.write_text("\n".join([head, *(f"A{n},{a},{b}" for n, (a, b) in enumerate(pairs, 1))]), encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(20))
def test_kappa_and_the_share_are_scikit_learn_s(tmp_path, seed):
    draw = random.Random(seed)
    first = [draw.randint(1, 4) for _ in range(24)]
    second = [min(4, max(1, level + draw.choice((-1, 0, 0, 0, 1)))) for level in first]
    found = read_levels(saved(tmp_path / "levels.csv", zip(first, second, strict=True)))
    wanted = cohen_kappa_score(first, second, weights="linear", labels=[1, 2, 3, 4])
    assert found.kappa == pytest.approx(wanted) and found.tutors == ("Amara", "Tomasz")
    assert found.percent == pytest.approx(100 * sum(a == b for a, b in zip(first, second, strict=True)) / 24)


def test_what_is_told(tmp_path, capsys):
    pairs = [(n % 4 + 1, n % 4 + 1) for n in range(14)] + [(1, 4), (2, 3), (2, "")]
    assert main(["agree", str(saved(tmp_path / "levels.csv", pairs))]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Amara and Tomasz: 16 answers that both have marked, 14 at the same level (88%)."
    assert re.fullmatch(r"Weighted kappa 0\.\d\d: (fair|you mark alike).*", told[1])
    assert told[2] == "Talk about these, the widest apart first: A15 (1 and 4), A16 (2 and 3)."
    assert told[3] == "Left out, because not both have marked them: A17." and len(told) == 4


def test_few_answers_and_one_level_are_not_taken_for_proof(tmp_path):
    told = read_levels(saved(tmp_path / "a.csv", [(2, 2), (2, 2)])).lines()
    assert "kappa has no meaning" in told[1] and "fewer than 16" in told[2]
    told = read_levels(saved(tmp_path / "b.csv", [(1, 4), (4, 1), (2, 3), (3, 2)])).lines()
    assert told[1].endswith("talk before you mark on.")


def test_a_spreadsheet_may_save_it_in_its_own_way(tmp_path):
    path = tmp_path / "levels.csv"
    path.write_bytes("answer;Zoë;Tomasz\r\nA1;1;1\r\n;;\r\nA2;2;3\r\n".encode("cp1252"))
    assert read_levels(path).levels == {"A1": (1, 1), "A2": (2, 3)} and read_levels(path).tutors == ("Zoë", "Tomasz")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "must name three columns"),
        ("answer,Amara\nA1,1", "must name three columns"),
        ("answer,Amara,Tomasz", "no answer that both tutors have marked"),
        ("answer,Amara,Tomasz\nA1,1,\nA2,,2", "no answer that both tutors have marked"),
        ("answer,Amara,Tomasz\nA1,1,0", "line 2: '0' is not a level"),
        ("answer,Amara,Tomasz\nA1,1,2-3", "line 2: '2-3' is not a level"),
        ("answer,Amara,Tomasz\nA1,1,²", "is not a level"),
        ("answer,Amara,Tomasz\n\nA1,1,2\nA1,1,2", "line 4: A1 is there twice"),
        ("answer,Amara,Tomasz\n,1,2", "write the answer's name and two levels"),
        ("answer,Amara,Tomasz\nA1,1,2,3", "write the answer's name and two levels"),
    ],
)
def test_a_slip_gets_one_sentence(tmp_path, text, says):
    path = tmp_path / "levels.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read_levels(path)
    assert says in str(caught.value)


def test_a_file_that_is_not_there_gets_its_sentence(tmp_path, capsys):
    assert main(["agree", str(tmp_path / "levels.csv")]) == 2
    assert "There is no file" in capsys.readouterr().err


def test_the_tutor_s_page_shows_a_file_that_works(tmp_path, capsys):
    text = PAGE.read_text("utf-8")
    path = tmp_path / "levels.csv"
    path.write_text(re.search(r":name: levels\n\n(.*?)^```$", text, re.S | re.M)[1], encoding="utf-8")
    assert "$ cslearn agree levels.csv" in text and main(["agree", str(path)]) == 0
    assert "CM2.3 C (2 and 3)" in capsys.readouterr().out
