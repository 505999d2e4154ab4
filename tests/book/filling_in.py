"""Fills in the forms of an exercise page as a person would: by typing, choosing, adding and removing rows."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import partial

from playwright.sync_api import Browser, Page, expect

from cslearn.exercises import answers
from cslearn.exercises.check import mark_answer, shape_html
from cslearn.exercises.exercise import Exercise, read
from cslearn.exercises.shown import shown
from cslearn.northfold.case import case

NAME = "choose-an-improvement"
EXERCISE = read(NAME)

# Stands in for static/exercise/python.js: the same promises, answered by the rules in this process.
STAND_IN = """
export class Python {
  constructor({ onstate }) { this.onstate = onstate; window.stoodIn = this; this.waiting = []; }
  async start() {
    this.onstate({ state: "loading", loaded: 3 * 1024 * 1024, total: 12 * 1024 * 1024, step: "packages" });
    this.onstate({ state: "ready" });
  }
  stop() { for (const reject of this.waiting) reject(Object.assign(new Error("stopped"), { sentence: "Stopped." })); this.onstate({ state: "stopped" }); }
  async ask(verb, asked) {
    this.onstate({ state: "busy" });
    if (window.holdPython) return new Promise((_, reject) => this.waiting.push(reject));
    const reply = await window.askPython(verb, asked);
    this.onstate({ state: "ready" });
    if (reply.sentence && !("marks" in reply)) throw Object.assign(new Error(reply.sentence), reply);
    return reply;
  }
  check(asked) { return this.ask("check", asked); }
  tables(asked) { return this.ask("tables", asked); }
  run(asked) { return this.ask("run", asked); }
}
"""


def reply(exercise: Exercise, verb: str, asked: dict) -> dict:
    """What the page is told: the marker's own rules on the case that it asks for."""
    if verb == "run":
        if "1/0" in asked["source"]:
            return {
                "outputs": [
                    {
                        "type": "error",
                        "sentence": "Line 1: this divides by zero.",
                        "line": 1,
                        "detail": "ZeroDivisionError",
                    }
                ]
            }
        if asked["cell"] in ("learner-code", "set-up", "practice"):
            return {"outputs": []}
        table = {"type": "table", "columns": [{"name": "A"}], "index": ["y0"], "rows": [[1250]], "total_rows": 1}
        return {"outputs": [{"type": "text", "text": f"ran: {asked['source']}"}, table]}
    theirs = case(exercise.name, code=asked["code"] or None, practice=asked["practice"])
    if verb == "tables":
        return {"shown": shown(theirs), "practice": theirs.practice, "code": theirs.code}
    task = exercise.task(asked["task"])
    if asked["code"]:
        assert shape_html(task, asked["answer"])
        notes = answers.shape_errors(asked["answer"], task.schema)
        return {"marks": None, "maximum": task.marks, "parts": [], "notes": notes, "shape_only": True}
    award = mark_answer(exercise, task.name, asked["answer"], theirs)
    parts = [
        {
            "name": p.name,
            "marks": p.marks,
            "maximum": p.maximum,
            "sentence": p.sentence,
            "misconception": p.misconception,
        }
        for p in award.parts
    ]
    return {
        "marks": award.marks,
        "maximum": award.maximum,
        "parts": parts,
        "notes": list(award.notes),
        "shape_only": False,
    }


@contextmanager
def at_the_exercise(
    browser: Browser, url: str, width: int = 1280, stand_in: bool = True, exercise: Exercise = EXERCISE, **settings
):
    """The exercise page, with what its console said and what it asked of other sites.

    With `stand_in` the rules are asked in this process, which takes a second less than Python in the page.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        accept_downloads=True,
        **settings,
    )
    said: list[str] = []
    if stand_in:
        context.expose_function("askPython", partial(reply, exercise))
        context.route(
            "**/exercise/python.js", lambda route: route.fulfill(body=STAND_IN, content_type="text/javascript")
        )
    page = context.new_page()
    page.on("console", lambda line: line.type in ("error", "warning") and said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    own = re.match(r"https?://[^/]+/", url)[0]
    page.on("request", lambda request: request.url.startswith((own, "data:", "blob:")) or said.append(request.url))
    page.goto(url)
    ready(page)
    try:
        yield page, said
    finally:
        context.close()


def ready(page: Page) -> None:
    expect(page.locator("[data-exercise]")).to_have_attribute("data-state", "ready")


def entry(task: str, *path: object) -> str:
    """The address of a field, a group or a row."""
    return "#" + re.sub(r"[^\w-]", "_", "-".join(["entry", task, *map(str, path)]))


def fill_in(
    page: Page, task: str, answer, schema: dict | None = None, path: tuple = (), exercise: Exercise = EXERCISE
) -> None:
    """Enters a whole answer, whatever stood there before."""
    schema = exercise.task(task).schema if schema is None else schema
    match schema.get("type"):
        case "object":
            for name, field in answers.asked(schema).items():
                # Who leaves a field out of an answer leaves it empty in a form.
                fill_in(page, task, answer.get(name), field, (*path, name))
        case "array" if schema.get("uniqueItems") and "enum" in schema["items"]:
            boxes = page.locator(f"{entry(task, *path)} input")
            for number, value in enumerate(schema["items"]["enum"]):
                boxes.nth(number).set_checked(value in answer)
        case "array":
            if schema.get("minItems") is not None and schema["minItems"] == schema.get("maxItems"):
                answer = [*answer, *[None] * schema["maxItems"]][: schema["maxItems"]]
            else:
                rows(page, task, path, len(answer))
            for number, one in enumerate(answer):
                fill_in(page, task, one, schema["items"], (*path, number))
        case _:
            fill_one(page, task, answer, schema, path)


def rows(page: Page, task: str, path: tuple, count: int) -> None:
    group = page.locator(entry(task, *path))
    there = group.locator(":scope > div > :is(.row-box, .entry)")
    while there.count() > count:
        group.locator(":scope .remove").last.click()
    while there.count() < count:
        group.locator(":scope > div > .row-actions .add").click()


def fill_one(page: Page, task: str, value, schema: dict, path: tuple) -> None:
    field = page.locator(entry(task, *path))
    choices = schema.get("enum", [True, False])
    kind, there = field.evaluate("(e) => [e.tagName, e.value]")
    if kind == "INPUT" and there == ("" if value is None else str(value)):
        return
    if kind == "FIELDSET":
        field.locator("input").nth(choices.index(value) if value is not None else -1).check()
    elif kind == "SELECT":
        field.select_option("" if value is None else str(choices.index(value)))
    else:
        field.fill("" if value is None else str(value))


def check(page: Page, task: str, exercise: Exercise = EXERCISE):
    """Presses Check and gives the result, when it is there."""
    number = exercise.tasks.index(exercise.task(task)) + 1
    page.get_by_role("button", name=f"Check task {number}").click()
    result = page.locator(f"[data-task={task}] > .result")
    expect(result).not_to_have_attribute("aria-busy", "true", timeout=120_000)
    return result


def download(page: Page) -> bytes:
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download my notebook").click()
    with open(caught.value.path(), "rb") as file:
        return file.read()
