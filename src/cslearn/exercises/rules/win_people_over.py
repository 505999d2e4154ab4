"""CM3 "Win people over": how the plan of stakeholders and messages, and the replies to concerns, are marked.

The truth comes from the learner's own case. What a message should be for is judged by the
learner's own reading of the teams, as long as two of the three are right, and whom to
listen to by their own grid, as long as half of it is right: one slip is lost once.
"""

from collections import Counter
from collections.abc import Iterable

from cslearn.exercises.award import Award, Part
from cslearn.methods import communication, readiness
from cslearn.methods.communication import AGENTS, Message
from cslearn.methods.readiness import ELEMENTS
from cslearn.northfold.case import Case
from cslearn.northfold.people import readiness_of

# Fewer messages are not yet a plan: a rule that a short plan keeps counts less.
_FEWEST_MESSAGES = 6
_SIDES = {"power": {"hi": "high power", "lo": "low power"}, "interest": {"hi": "high interest", "lo": "low interest"}}
_STANCES = {"for": "for it", "neutral": "neither for nor against it", "against": "against it"}


# ---- CM3.1 stakeholders and messages -------------------------------------------------------


def plan(answer: dict, case: Case) -> Award:
    """Six marks: the grid, what holds up each team, first messages, order, and news throughout."""
    own = _Plan(answer, case)
    parts = (
        own.stakeholders_part(),
        own.barriers_part(),
        own.first_messages_part(),
        own.order_part(),
        own.throughout_part(),
    )
    return Award(parts, flags=tuple(own.flags()), evidence=tuple(own.evidence()))


class _Plan:
    """A learner's plan beside the case's truth."""

    def __init__(self, answer: dict, case: Case):
        self.case = case
        self.places, self.true_places = answer["stake"], case.planted["stakeholders"]
        self.who = {one["id"]: one["who"] for one in case.facts["stakeholders"]}
        self.labels, self.true_labels = answer["barrier"], case.planted["barriers"]
        filled = [row for row in answer["msgs"] if any(value is not None for value in row.values())]
        whole = [
            row for row in filled if all(row[key] is not None for key in ("to", "week", "sender", "channel", "purpose"))
        ]
        self.incomplete = len(filled) - len(whole)
        self.senders = Counter(row["sender"] for row in whole)
        self.messages = communication.plan(whole)
        self.coverage = min(1.0, len(self.messages) / _FEWEST_MESSAGES)
        self.on_grid = {
            id for id, true in self.true_places.items()
            if (self.places[id]["power"], self.places[id]["interest"]) == (true["power"], true["interest"])
        }  # fmt: skip
        right = [team for team, true in self.true_labels.items() if self.labels[team] == true]
        self.barriers = {
            team: (self.labels[team] or true) if len(right) >= 2 else true for team, true in self.true_labels.items()
        }

    # -- the grid --

    def stakeholders_part(self) -> Part:
        pairs = [(place["power"], place["interest"]) for place in self.places.values()]
        stances = [place["stance"] for place in self.places.values()]
        size = len(self.true_places)
        with_stance = {id for id, true in self.true_places.items() if self.places[id]["stance"] == true["stance"]}
        one_place, one_stance = _all_one(pairs), _all_one(stances)
        on_grid = 0 if one_place else len(self.on_grid)
        stand = 0 if one_stance else len(with_stance)
        marks = 1.5 * (2 * on_grid + stand) / (3 * size)
        said = []
        if one_place or one_stance:
            what = "place on the grid" if one_place else "stance"
            said.append(f"You gave everyone the same {what}. One label for all sorts nobody: read each person's facts.")
        else:
            said.append(
                f"{on_grid} of {size} stand in the right place on the grid, and {stand} of {size} stances are right."
            )
            said += self._first_slip(with_stance)
        error = "one label for all" if one_place or one_stance else None
        return Part("stakeholders", marks, 1.5, " ".join(said), error=error)

    def _first_slip(self, with_stance: set) -> Iterable[str]:
        for id, true in self.true_places.items():
            own = self.places[id]
            for side, words in _SIDES.items():
                if own[side] is not None and own[side] != true[side]:
                    yield f'{id}, {self.who[id]}: "{true["shows"][side]}" That shows {words[true[side]]}.'
                    return
        for id, true in self.true_places.items():
            if id not in with_stance and self.places[id]["stance"] is not None:
                yield f'{id}, {self.who[id]}: "{true["shows"]["stance"]}" That is somebody who is {_STANCES[true["stance"]]}.'
                return
        if any(value is None for place in self.places.values() for value in place.values()):
            yield "Give everyone a power, an interest and a stance."

    # -- what holds up each team --

    def barriers_part(self) -> Part:
        given = list(self.labels.values())
        right = [team for team, true in self.true_labels.items() if self.labels[team] == true]
        marks = 0.5 * len(right)
        if len(right) == len(self.true_labels):
            return Part("barriers", marks, 1.5, "For each team you found the first element, in order, of 3.0 or less.")
        said, error = self._misread(next(team for team in self.true_labels if team not in right))
        if _all_one(given):
            # Somebody has it; a guess earns nothing.
            said = f"You gave all three teams the same label, but each is held up by something else. {said}"
            marks, error = 0.0, error or "one label for all"
        return Part("barriers", marks, 1.5, said, error=error)

    def _misread(self, team: str) -> tuple[str, str | None]:
        letter = team.removeprefix("team")
        own, true = self.labels[team], self.true_labels[team]
        means = readiness_of(self.case.tables["staff_survey"], self.case.facts["teams"])[letter].means
        said = f"Team {letter} scores {means[true]:.1f} on {ELEMENTS[true]}"
        if own is None:
            return f"{said}, the first element of 3.0 or less. Name the barrier of each team.", None
        if own == min(means, key=means.__getitem__):
            said += f". {ELEMENTS[own]} is lower still, but the first element of 3.0 or less, in order, comes first."
            return said, "lowest mean taken for the barrier"
        if means[own] > readiness.THRESHOLD:
            return f"{said}. {ELEMENTS[own]} stands at {means[own]:.1f}, which is above 3.0.", None
        return f"{said}, which comes before {ELEMENTS[own]} in the order A, D, K, Ab, R.", None

    # -- the messages --

    def _none(self, name: str) -> Part | None:
        if self.messages:
            return None
        said = "No message is complete. Say to whom, when, from whom, how and what for."
        return Part(name, 0.0, 1.0, said)

    def _counted(self, marks: float, said: str) -> tuple[float, str]:
        """Marks for a plan that may be too short, and what is said about its length."""
        if self.coverage < 1:
            said += f" With {len(self.messages)} complete messages this is not yet a plan, so the rule counts in part."
        elif self.incomplete:
            said += f" {_count(self.incomplete, 'row')} not complete and did not count."
        return marks * self.coverage, said

    def first_messages_part(self) -> Part:
        if none := self._none("first_messages"):
            return none
        found = communication.first_messages(self.messages, self.barriers)
        kept = [one for one in found if one.holds]
        missed = [one for one in found if not one.holds]
        error = misconception = None
        if not missed:
            said = "Each team first hears about what it lacks."
        else:
            # Training where the wish is missing is the slip to talk about, whichever team stands first.
            training = [one for one in missed if self._training_for_desire(one.about)]
            broadcast = [one for one in missed if self._broadcast(one.about)]
            one = (training or missed)[0]
            said = one.sentence
            if training:
                said = self._desire(one.about) + " A course cannot mend that: ask what they would lose, and listen."
                error = "training for a missing desire"
            elif len(broadcast) > 1:
                said += (
                    " A broadcast to everyone fits at most one of three teams; give each a first message of its own."
                )
                error = "broadcast only"
            if self._technical_only():
                misconception = "CMm1"
                said += (
                    " Before going live you talk only of how it works, and not of people's reasons, wishes or practice."
                )
        marks, said = self._counted(len(kept) / len(found), said)
        return Part("first_messages", marks, 1.0, said, misconception, error)

    def _reached(self, team: str) -> Message | None:
        return next(iter(communication.reaching(self.messages, team)), None)

    def _training_for_desire(self, team: str) -> bool:
        first = self._reached(team)
        return self.true_labels[team] == "D" and first is not None and first.purpose in ("K", "Ab")

    def _broadcast(self, team: str) -> bool:
        first = self._reached(team)
        return first is not None and first.to == AGENTS

    def _desire(self, team: str) -> str:
        letter = team.removeprefix("team")
        means = readiness_of(self.case.tables["staff_survey"], self.case.facts["teams"])[letter].means
        first = self._reached(team)
        return f"Team {letter} scores {means['D']:.1f} on Desire, and first hears about {ELEMENTS[first.purpose]}."

    def _technical_only(self) -> bool:
        before = [m for m in self.messages if m.week < 0 and m.to in (AGENTS, *self.true_labels)]
        return all(m.purpose == "K" for m in before)

    def order_part(self) -> Part:
        if none := self._none("order"):
            return none
        found = communication.order(self.messages, self.true_labels)
        marks, said = self._counted(sum(one.holds for one in found) / len(found), _told(found))
        return Part("order", marks, 1.0, said)

    def throughout_part(self) -> Part:
        if none := self._none("throughout"):
            return none
        silence = communication.silence(self.messages, self.true_labels)
        later = communication.after_go_live(self.messages, self.true_labels)
        win = communication.early_win(self.messages, self.true_labels)
        heard = communication.heard(self.messages, self._opponents())
        marks = 0.25 * (_share(silence) + _share([later]) + _share([win]) + _share(heard))
        broken = [one for one in (later, win, *silence, *heard) if not one.holds]
        said = "No team is left in silence, a win is told in time, and those who could stop it are asked."
        if broken:
            said = " ".join(self._named(one) for one in broken[:2])
        only_told = not any(m.listens for m in self.messages)
        error = None
        if only_told:
            said += " Nobody can answer any of your messages: a broadcast is not communication."
            error = "broadcast only"
        misconception = "CMm5" if not win.holds or not all(one.holds for one in silence) else None
        if misconception and not later.holds:
            error = "silence after going live"
        marks, said = self._counted(marks, said)
        return Part("throughout", marks, 1.0, said, misconception, error)

    def _opponents(self) -> dict[str, dict]:
        """Whom the plan has to listen to: by the learner's own grid, if half of it is right and it names somebody."""
        own = {
            id: place for id, place in self.places.items() if place["power"] == "hi" and place["stance"] == "against"
        }
        return own if own and len(self.on_grid) * 2 >= len(self.true_places) else self.true_places

    def _named(self, one: communication.Finding) -> str:
        """A sentence about a stakeholder, with the person's name."""
        if one.rule != "heard":
            return one.sentence
        return one.sentence.replace(f"{one.about} ", f"{one.about} ({self.who[one.about]}) ", 1)

    # -- for the tutor --

    def flags(self) -> Iterable[str]:
        """What a tutor may ask about: one sender for everything, messages that crowd each other."""
        if len(self.senders) == 1 and len(self.messages) >= _FEWEST_MESSAGES:
            yield f"Every message comes from the same sender ({next(iter(self.senders)).replace('_', ' ')}). Is that argued?"
        for team in self.true_labels:
            weeks = Counter(m.week for m in communication.reaching(self.messages, team))
            week, most = max(weeks.items(), key=lambda item: item[1], default=(0, 0))
            if most > 3:
                yield f"Team {team.removeprefix('team')} gets {most} messages in week {week}. Would anybody read them?"
                return

    def evidence(self) -> Iterable[str]:
        """The learner's reading beside the case's: who could stop the change, and what holds up each team."""

        def powerful(places: dict) -> str:
            return (
                ", ".join(id for id, p in places.items() if p["power"] == "hi" and p["stance"] == "against") or "nobody"
            )

        labels = ", ".join(
            f"{team.removeprefix('team')} {self.labels[team] or '-'} ({true})"
            for team, true in self.true_labels.items()
        )
        weeks = [m.week for m in self.messages]
        span = f"{len(weeks)} messages, weeks {min(weeks)} to {max(weeks)}" if weeks else "no message"
        yield (
            f"High power and against it: {powerful(self.places)} (the case: {powerful(self.true_places)})."
            f" Barriers, with the case's in brackets: {labels}. {span.capitalize()}."
        )


def _all_one(values: list) -> bool:
    """Whether every entry is filled in, and all with the same label."""
    whole = all(None not in value if isinstance(value, tuple) else value is not None for value in values)
    return whole and len(set(values)) == 1


def _share(found: list) -> float:
    return sum(one.holds for one in found) / len(found) if found else 0.0


def _told(found: list) -> str:
    broken = [one for one in found if not one.holds]
    return " ".join(dict.fromkeys(one.sentence for one in broken or found))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun} is" if number == 1 else f"{number} {noun}s are"


# ---- CM3.2 answers to concerns --------------------------------------------------------------

_SHOWS = {**{short: f"lacks {name}" for short, name in ELEMENTS.items()}, "P": "has found a fault in the plan"}
_FAULTS = {
    "tone": ("is friendly, and nobody will do anything: it has no name and no date", "no owner and no date"),
    "promise": ("promises what the law or the plan does not allow", "promises what cannot be kept"),
    "sorry": ("is sorry for the feeling, and not for the fact", "sorry you feel"),
    "broadcast": ("is a notice to everyone, and answers nobody", "a broadcast instead of an answer"),
    "false": ("says what the log of actions contradicts", "contradicts the log"),
}
_MANY = 6


def concerns(answer: dict, case: Case) -> Award:
    """Four marks: what each card shows, and the replies, less a quarter for each wrong decision about the plan."""
    own = _Concerns(answer, case)
    return Award((own.types_part(), own.replies_part()), evidence=tuple(own.evidence()))


class _Concerns:
    """A learner's replies beside the case's truth."""

    def __init__(self, answer: dict, case: Case):
        self.given, self.true = answer["c"], case.planted["comments"]
        self.texts = {one["id"]: one["text"] for one in case.facts["comments"]}
        # A decision counts once the card is answered; left blank it is a no.
        self.decided = {
            id: bool(row["change_plan"])
            for id, row in self.given.items()
            if row["reply"] is not None or row["change_plan"] is not None
        }
        self.wrong_plan = [id for id, change in self.decided.items() if change != self.true[id]["change_plan"]]
        self.right_replies = [id for id, row in self.given.items() if row["reply"] == self.true[id]["right"]]

    def types_part(self) -> Part:
        right = [id for id, row in self.given.items() if row["type"] == self.true[id]["type"]]
        marks = 0.25 * len(right)
        given = [row["type"] for row in self.given.values()]
        if _all_one(given):
            said = f"You said of every card that the person {_SHOWS[given[0]]}. Ask of each what would help this one person."
            return Part("types", 0.0, 2.0, said, error="one label for all")
        if len(right) == len(self.true):
            return Part("types", marks, 2.0, "You saw what each of the eight cards shows.")
        id = next(id for id in self.true if id not in right)
        own, true = self.given[id]["type"], self.true[id]["type"]
        said = (
            f'{len(right)} of {len(self.true)} are right. {id}, "{_begins(self.texts[id])}": this person {_SHOWS[true]}'
        )
        said += "." if own is None else f". You said that the person {_SHOWS[own]}."
        error = "objection taken for resistance" if true == "P" and own == "D" else None
        return Part("types", marks, 2.0, said, error=error)

    def replies_part(self) -> Part:
        marks = max(0.0, 0.25 * (len(self.right_replies) - len(self.wrong_plan)))
        said, error = self._about_the_plan()
        wrong = {
            id: self.true[id]["faults"][row["reply"]]
            for id, row in self.given.items()
            if row["reply"] is not None and id not in self.right_replies
        }
        if wrong:
            fault, often = Counter(wrong.values()).most_common(1)[0]
            id = next(id for id in wrong if wrong[id] == fault)
            words, name = _FAULTS[fault]
            said.append(
                f"{len(self.right_replies)} of {len(self.true)} replies are right. {id}: reply {self.given[id]['reply']} {words}."
            )
            if often > 2:
                said.append(f"That is so {often} times.")
            error = error or name
        elif len(self.right_replies) < len(self.true):
            said.append(
                f"{len(self.right_replies)} of {len(self.true)} cards have the right reply. Choose one for each."
            )
        elif not said:
            said.append(
                "Every reply takes up what the person wrote and ends in a name and a date, and the plan changes for the right two."
            )
        else:
            said.append("Every reply is the right one.")
        return Part("replies", marks, 2.0, " ".join(said), error=error)

    def _about_the_plan(self) -> tuple[list[str], str | None]:
        changed = [id for id, change in self.decided.items() if change]
        missed = [id for id in self.wrong_plan if self.true[id]["change_plan"]]
        needless = [id for id in self.wrong_plan if not self.true[id]["change_plan"]]
        if len(changed) >= _MANY:
            said = (
                f"You would change the plan for {len(changed)} people. Then nobody knows any more what the plan is:"
                " most of them need a reason, practice or notice, and not another plan."
            )
            return [said], "changes the plan for everyone"
        if len(missed) == 2:
            return [
                f"You would change the plan for nobody who is right. {self._why(missed[0])} {self._why(missed[1])}"
            ], ("changes the plan for nobody" if not changed else None)
        said = [self._why(missed[0])] if missed else []
        if needless:
            said.append(f"{', '.join(needless)}: here a reply is enough, and the plan can stay as it is.")
        return said, None

    def _why(self, id: str) -> str:
        if self.true[id]["adjustment"]:
            return (
                f"{id} is shut out by the plan, and a reasonable adjustment is a duty"
                " (Equality Act 2010, sections 20, 29 and 39), so the plan has to change."
            )
        return f"{id} has found a hole in the plan, so the plan has to change."

    def evidence(self) -> Iterable[str]:
        """The learner's decisions about the plan beside the case's."""
        changed = ", ".join(id for id, change in self.decided.items() if change) or "nobody"
        true = ", ".join(id for id, truth in self.true.items() if truth["change_plan"])
        yield f"Would change the plan for {changed} (the case: {true}); {len(self.right_replies)} of {len(self.true)} replies right."


def _begins(text: str) -> str:
    words = text.split()
    return " ".join(words[:9]) + (" …" if len(words) > 9 else "")
