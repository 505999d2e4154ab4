"""The proof of the rules, and that the proof itself can fail.

A case that is drawn from the story takes up to a second, so a test run plays fewer of them. All 200:

    CSLEARN_SEEDS=200 pytest tests/exercises/test_personas.py
"""

import os
import random

import pytest

from cslearn.exercises import check as checking
from cslearn.exercises.exercise import available, read
from cslearn.exercises.personas import personas, prove
from cslearn.northfold.case import case

ALL, SOME = 200, 40


def seeds(name: str) -> int:
    return int(os.environ.get("CSLEARN_SEEDS", ALL if name == "choose-an-improvement" else SOME))


@pytest.mark.slow
@pytest.mark.parametrize("name", available())
def test_every_persona_earns_what_it_must_on_many_cases(name):
    proof = prove(name, seeds(name))
    print("\n".join(proof.lines()))
    assert proof.faults == []
    by_name = {(f.persona, f.task): f for f in proof.figures}
    # Said again here, so that nobody can loosen the file unseen.
    for task in [task.name for task in read(name).tasks if task.award == "auto"]:
        assert by_name["Expert", task].lowest == 1
        assert by_name["Blank", task].highest == 0
        assert by_name["Random", task].mean <= 0.25
        assert by_name["Tick everything", task].highest <= 0.10
        assert by_name["Least valid answer", task].highest <= 0.15


@pytest.mark.parametrize("name", available())
def test_every_rule_sets_the_learner_s_figures_beside_the_case_s_for_the_tutor(name):
    exercise, book = read(name), case(name)
    cast = {persona.name: persona for persona in personas(exercise)}
    for task in [task.name for task in exercise.tasks if task.award == "auto"]:
        said = {}
        for who in ("Expert", "Random"):
            award = checking.mark_answer(exercise, task, cast[who].answer(task, book, random.Random(3)), book)
            said[who] = award.evidence
            # They stand on a card above the written answer, together with those of the other tasks.
            assert 1 <= len(award.evidence) <= 8, (task, who)
            assert all(line.endswith(".") for line in award.evidence), award.evidence
        assert said["Expert"] != said["Random"], task


def test_the_proof_notices_a_rule_that_is_too_kind(monkeypatch):
    true_rule = checking.rule

    def kind(exercise, task):
        from dataclasses import replace

        def rule(answer, case):
            award = true_rule(exercise, task)(answer, case)
            return replace(award, parts=tuple(replace(p, marks=p.maximum) for p in award.parts))

        return rule

    monkeypatch.setattr(checking, "rule", kind)
    faults = "\n".join(prove("choose-an-improvement", 3).faults)
    assert "Random" in faults
    assert "Bigger is better" in faults


def test_the_proof_notices_a_rule_that_is_too_harsh(monkeypatch):
    true_rule = checking.rule

    def harsh(exercise, task):
        from dataclasses import replace

        def rule(answer, case):
            award = true_rule(exercise, task)(answer, case)
            return replace(award, parts=tuple(replace(p, marks=0.0, sentence="No.") for p in award.parts))

        return rule

    monkeypatch.setattr(checking, "rule", harsh)
    faults = "\n".join(prove("choose-an-improvement", 3).faults)
    assert "the solution earns 0 of 7" in faults
    assert "Expert" in faults
    assert "was not told" in faults
