import subprocess
import sys

import pytest
import yaml
from tiny_book import QUIZ

from cslearn.problem import Problem
from cslearn.site.quiz import read


def quiz_file(tmp_path, change=lambda quiz: None):
    quiz = yaml.safe_load(QUIZ)
    change(quiz)
    path = tmp_path / "page.quiz.yml"
    path.write_text(yaml.safe_dump(quiz, allow_unicode=True))
    return path


def test_a_quiz_file_gives_its_questions_and_its_prediction(tmp_path):
    quiz = read(quiz_file(tmp_path))
    assert [(question.id, question.kind) for question in quiz.questions] == [("weights", "one"), ("evidence", "many")]
    assert quiz.questions[0].options[0].right
    assert quiz.questions[0].options[1].misconception == "CMm2"
    assert quiz.prediction.id == "prediction"
    assert quiz.checks == {"PR3", "CMm2"}


def test_a_kept_answer_still_means_the_same_option_when_the_order_changes(tmp_path):
    before = {option.text: option.key for option in read(quiz_file(tmp_path)).questions[1].options}
    turned = read(quiz_file(tmp_path, lambda quiz: quiz["questions"][1]["options"].reverse()))
    assert {option.text: option.key for option in turned.questions[1].options} == before
    assert len(set(before.values())) == 3


def option(quiz, number=0):
    return quiz["questions"][0]["options"][number]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda quiz: option(quiz).pop("because"), r"page\.quiz\.yml, question 1 \(weights\), option 1: because"),
        (lambda quiz: option(quiz).pop("right"), r"question 1 \(weights\): 0 options are marked right"),
        (lambda quiz: option(quiz, 1).update(right=True, misconception=None), "2 options are marked right"),
        (lambda quiz: option(quiz).update(misconception="CMm1"), "a right option cannot show the misconception"),
        (lambda quiz: option(quiz).update(right="yes please"), "write true or false"),
        (lambda quiz: option(quiz, 1).update(text="100"), "same text"),
        (lambda quiz: option(quiz).update(text=True), "quotation marks"),
        (lambda quiz: quiz["questions"][0].update(kind="any"), "write one or many"),
        (lambda quiz: quiz["questions"][0].update(hint="x"), "hint is not known here"),
        (lambda quiz: quiz["questions"][0].update(id="Weights!"), "small letters"),
        (lambda quiz: quiz["questions"][0].pop("ask"), "ask is missing"),
        (lambda quiz: quiz["questions"][0].update(options=[option(quiz)]), "at least two options"),
        (lambda quiz: quiz["questions"][1].update(id="weights"), "stands twice"),
        (lambda quiz: [o.pop("right", None) for o in quiz["questions"][1]["options"]], "no option is right"),
        (lambda quiz: quiz["prediction"].update(kind="many"), "a prediction commits to one option"),
        (lambda quiz: quiz.update(prediction="The portal"), "write ask and options"),
        (lambda quiz: quiz.update(questions="none"), "not a list"),
        (lambda quiz: quiz.clear() or quiz.update(questions=[]), "neither a prediction nor questions"),
    ],
)
def test_a_fault_in_a_quiz_is_named_with_its_place(tmp_path, change, says):
    with pytest.raises(Problem, match=says):
        read(quiz_file(tmp_path, change))


def test_a_prediction_may_have_no_right_answer(tmp_path):
    quiz = read(quiz_file(tmp_path, lambda quiz: [o.pop("right", None) for o in quiz["prediction"]["options"]]))
    assert not any(option.right for option in quiz.prediction.options)


def test_a_missing_or_broken_file_is_named(tmp_path):
    with pytest.raises(Problem, match=r"none\.quiz\.yml does not exist"):
        read(tmp_path / "none.quiz.yml")
    (tmp_path / "bad.quiz.yml").write_text("questions: [\n")
    with pytest.raises(Problem, match=r"bad\.quiz\.yml:2 is not valid YAML"):
        read(tmp_path / "bad.quiz.yml")


def test_reading_a_quiz_needs_no_sphinx():
    code = (
        "import sys, cslearn.site.quiz; print([m for m in ('sphinx', 'docutils', 'jupyter_book') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
