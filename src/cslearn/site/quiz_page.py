"""The directives {quiz} and {predict}.

Each question is a form of native radio buttons or checkboxes. What each option
means stands in a closed "Answers" block, so the page says everything without
JavaScript; static/quiz.js shows the right part of it after Check.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from cslearn import syllabus
from cslearn.problem import Problem
from cslearn.site.inline import BookDirective, attribute, html
from cslearn.site.quiz import Option, Question, Quiz, read


class _Asked(BookDirective):
    required_arguments = 1
    final_argument_whitespace = False

    def quiz(self) -> Quiz:
        path = self.beside(self.arguments[0])
        try:
            quiz = read(path)
            for question in (*quiz.questions, *([quiz.prediction] if quiz.prediction else [])):
                self.known(quiz, question)
        except Problem as problem:
            raise self.fault(str(problem)) from None
        return quiz

    def known(self, quiz: Quiz, question: Question) -> None:
        """Refuses an id that the syllabus does not have: coverage would silently miss it."""
        mistakes = {mistake.id for mistake in syllabus.misconceptions()}
        items = {item.id for item in syllabus.inventory()}
        for option in question.options:
            if option.misconception and option.misconception not in mistakes:
                raise Problem(
                    f"{quiz.path}, question {question.id}: {option.misconception} is not a misconception "
                    f"of the syllabus; those are {', '.join(sorted(mistakes))}."
                )
        for id in question.checks:
            if id not in items:
                raise Problem(f"{quiz.path}, question {question.id}: {id} is not in the syllabus's inventory.")

    def form(self, quiz: Quiz, question: Question, *, label: str, button: str, predict: bool) -> Iterator[nodes.Node]:
        where = f"{quiz.path.name}, {question.id}"
        name = nodes.make_id(f"{self.page}-{question.id}")
        many = question.kind == "many"
        yield html(
            f'<form class="question" data-question="{attribute(self.page)}:{attribute(question.id)}"'
            f' data-kind="{question.kind}"{" data-predict" if predict else ""}>'
            f'<fieldset><legend><span class="number">{attribute(label)}</span> '
        )
        yield nodes.inline("", "", *self.inline(question.ask, where), classes=["ask"])
        if many:
            yield html(' <span class="how">Choose every answer that is right.</span>')
        yield html("</legend>")
        for n, option in enumerate(question.options):
            yield html(
                f'<div class="option"><input type="{"checkbox" if many else "radio"}" name="{name}"'
                f' id="{name}-{n}" value="{option.key}"><label for="{name}-{n}">'
            )
            yield nodes.inline("", "", *self.inline(option.text, where))
            yield html('</label><span class="verdict"></span></div>')
        # The buttons need JavaScript, which takes `hidden` away.
        yield html(
            f'</fieldset><p class="actions" hidden><button type="submit">{button}</button>'
            '<button type="button" class="again" hidden>Try again</button></p>'
            '<div class="result" role="status"></div>'
            f'<details class="answers"><summary>{"What each choice means" if predict else "Answers"}'
            f'<span class="visually-hidden"> to {attribute(label)}</span></summary><ul>'
        )
        for option in question.options:
            yield from self.answer(option, where, judged=any(option.right for option in question.options))
        yield html("</ul></details></form>")

    def answer(self, option: Option, where: str, *, judged: bool) -> Iterator[nodes.Node]:
        yield html(f'<li data-option="{option.key}"{" data-right" if option.right else ""}><p><span class="chosen">“')
        yield nodes.inline("", "", *self.inline(option.text, where))
        yield html(f"”{' is right.' if option.right else ' is not right.' if judged else ''}</span> ")
        yield nodes.inline("", "", *self.inline(option.because, where))
        yield html("</p>")
        if option.misconception:
            mistake = syllabus.misconception(option.misconception)
            yield html(
                f'<p class="misconception"><strong>A common mistake: {attribute(mistake.name[:1].lower() + mistake.name[1:])}.</strong>'
                f" {attribute(mistake.says)}</p>"
            )
        yield html("</li>")


class QuizDirective(_Asked):
    """`{quiz} decision-matrix.quiz.yml`: the questions of the file beside the page."""

    def run(self) -> list[nodes.Node]:
        quiz = self.quiz()
        if not quiz.questions:
            raise self.fault(f"{quiz.path} has no questions: add some, or take the quiz directive out.")
        out: list[nodes.Node] = [html('<div class="quiz">')]
        for n, question in enumerate(quiz.questions, 1):
            out += self.form(quiz, question, label=f"Question {n}.", button="Check", predict=False)
        out.append(html('<p class="score" role="status"></p></div>'))
        return out


class PredictDirective(_Asked):
    """`{predict} decision-matrix.quiz.yml`: the prediction of the file beside the page."""

    def run(self) -> list[nodes.Node]:
        quiz = self.quiz()
        if not quiz.prediction:
            raise self.fault(f"{quiz.path} has no prediction: add one, or take the predict directive out.")
        return [
            html('<div class="quiz predict">'),
            *self.form(quiz, quiz.prediction, label="Your prediction.", button="Commit my prediction", predict=True),
            html("</div>"),
        ]
