"""Marks that moved when work was marked again: from what, to what, and why, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass

from cslearn.marking.pages import figure


@dataclass(frozen=True)
class Moved:
    """One task's mark by rule, before and after. None stands for a rule that failed.

    ``own`` is the tutor's own mark, which stays what it is.
    """

    learner: str
    task: str
    before: float | None
    after: float | None
    why: str
    own: float | None = None

    @property
    def sentence(self) -> str:
        stays = "" if self.own is None else f" (your own mark of {figure(self.own)} stays)"
        return f"{self.task}: {_shown(self.before)} → {_shown(self.after)}{stays}. {self.why}"


def _shown(marks: float | None) -> str:
    return "marker fault" if marks is None else figure(marks)


def moved(learner: str, before: dict, after: dict, anew: bool) -> list[Moved]:
    """The marks that differ between two markings, as the gradebook keeps them. ``anew``: the work was another."""
    earlier, later = before.get("tasks", {}), after.get("tasks", {})
    found = []
    for task in later | earlier | before.get("faults", {}) | after.get("faults", {}):
        old, new = earlier.get(task), later.get(task)
        marks = [None if one is None else one["marks"] for one in (old, new)]
        if marks[0] != marks[1]:
            why = " ".join([*(["Handed in again."] if anew else []), *_why(old, new)])
            found.append(Moved(learner, task, *marks, why=why or "The sum was rounded in another way."))
    return found


def _why(old: dict | None, new: dict | None) -> Iterator[str]:
    """One sentence for each part that differs, with what the rule says of it now."""
    if old is None:
        yield "The rule failed before; it works now."
    if new is None:
        yield "The rule failed; please mark this task yourself."
    if old is None or new is None:
        return
    parts = [{part[0]: part for part in one["parts"]} for one in (old, new)]
    for name in parts[1] | parts[0]:
        was, is_ = parts[0].get(name), parts[1].get(name)
        label = name.replace("_", " ").capitalize()
        if was is None:
            yield f"{label}, new: {figure(is_[1])} of {figure(is_[2])}. {is_[3]}"
        elif is_ is None:
            yield f"{label}, no longer there: was {figure(was[1])} of {figure(was[2])}."
        elif was[1:3] != is_[1:3]:
            yield f"{label}: {figure(was[1])} of {figure(was[2])} → {figure(is_[1])} of {figure(is_[2])}. {is_[3]}"
