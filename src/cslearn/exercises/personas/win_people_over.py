"""How each persona of ``win-people-over.personas.yml`` answers. ``<task>_<recipe>(case, rng)`` gives plain data."""

from cslearn.methods import readiness
from cslearn.methods.communication import CHANNELS
from cslearn.northfold.concerns import LETTERS
from cslearn.northfold.people import readiness_of

_TEAMS = ("teamA", "teamB", "teamC")
_SENDERS = ("head_of_service", "supervisor", "site_manager", "team_leader", "colleague", "hr", "it")
_ELEMENTS = tuple(readiness.ELEMENTS)
_AUDIENCES = ("leaders", *_TEAMS, "agents", "customers", *(f"S{n}" for n in range(1, 10)))


# ---- plan -----------------------------------------------------------------------------------


def _message(to, week, purpose, sender="head_of_service", channel="huddle", two_way=True) -> dict:
    return {"to": to, "week": week, "sender": sender, "channel": channel, "two_way": two_way, "purpose": purpose}


def _places(case) -> dict:
    return {
        id: {side: true[side] for side in ("power", "interest", "stance")}
        for id, true in case.planted["stakeholders"].items()
    }


def _opponents(case) -> list[str]:
    return [id for id, true in _places(case).items() if (true["power"], true["stance"]) == ("hi", "against")]


def _messages(case, barriers=None, weeks=(-2, 1, 4, 7)) -> list[dict]:
    """A whole plan: opponents and leaders, each team by what it lacks, then news for all, and customers."""
    lacks = barriers or case.planted["barriers"]
    second, third, win, last = weeks
    return [
        *(_message(id, -6, "D", channel="one_to_one") for id in _opponents(case)),
        _message("leaders", -6, "A", channel="workshop"),
        *(_message(team, -5, lacks[team], "team_leader") for team in _TEAMS),
        _message("agents", second, "K", "supervisor", "workshop"),
        _message("customers", -1, "A", "supervisor", "letter", two_way=False),
        _message("agents", third, "Ab", "colleague"),
        _message("agents", win, "R"),
        _message("agents", last, "R", "colleague", "email"),
    ]


def _answer(case, **changes) -> dict:
    answer = {"stake": _places(case), "barrier": dict(case.planted["barriers"]), "msgs": _messages(case)}
    return answer | changes


def plan_expert(case, rng) -> dict:
    return _answer(case)


def plan_other_expert(case, rng) -> dict:
    """Another sound plan: later, in another order, each team on its own all the way, opponents by telephone."""
    lacks = case.planted["barriers"]
    rows = [_message("customers", 0, "K", "supervisor", "email", False), _message("leaders", -4, "D", "hr", "workshop")]
    for place, team in enumerate(_TEAMS):
        rows.append(_message(team, -3, lacks[team], "colleague", "email"))
        rows += [_message(team, week, "R" if week in (2, 3) else "Ab", "team_leader") for week in (0, 2 + place % 2, 5)]
    rows += [_message(id, -2, "A", "site_manager", "call") for id in _opponents(case)]
    return _answer(case, msgs=rows)


def plan_random(case, rng) -> dict:
    return {
        "stake": {
            id: {"power": rng.choice(["hi", "lo"]), "interest": rng.choice(["hi", "lo"]), "stance": rng.choice(["for", "neutral", "against"])}
            for id in case.planted["stakeholders"]
        },
        "barrier": {team: rng.choice(_ELEMENTS) for team in _TEAMS},
        "msgs": [
            _message(rng.choice(_AUDIENCES), rng.randint(-8, 10), rng.choice(_ELEMENTS), rng.choice(_SENDERS), rng.choice(list(CHANNELS)), rng.random() < 0.5)
            for _ in range(rng.randint(6, 14))
        ],
    }  # fmt: skip


def plan_tick_everything(case, rng) -> dict:
    """The first choice in every list, and every row filled."""
    return {
        "stake": {id: {"power": "hi", "interest": "hi", "stance": "for"} for id in case.planted["stakeholders"]},
        "barrier": dict.fromkeys(_TEAMS, "A"),
        "msgs": [_message("leaders", -12, "A") for _ in range(24)],
    }


def plan_minimal(case, rng) -> dict:
    """The least that looks like a plan: three broadcasts in the right order, and nobody placed."""
    return {
        "stake": {id: {"power": None, "interest": None, "stance": None} for id in case.planted["stakeholders"]},
        "barrier": dict.fromkeys(_TEAMS),
        "msgs": [_message("leaders", -3, "A"), _message("agents", -2, "A"), _message("customers", -1, "A")],
    }


def plan_broadcast_only(case, rng) -> dict:
    """Everything to everyone, and nobody can answer."""
    rows = [_message("agents", week, "A", channel="email", two_way=False) for week in (-6, -3, 0, 2, 5, 8)]
    return _answer(case, msgs=[*rows, _message("customers", 0, "A", channel="letter", two_way=False)])


def plan_training_first(case, rng) -> dict:
    """Sees what each team lacks, and sends every team on a course all the same."""
    return _answer(case, msgs=_messages(case, dict.fromkeys(_TEAMS, "K")))


def plan_technical_only(case, rng) -> dict:
    """A change is a system: nobody is for or against it, everyone needs instructions, and IT sends them."""
    places = {id: true | {"stance": "neutral"} for id, true in _places(case).items()}
    rows = [_message("agents", week, "K", "it", "email", False) for week in (-6, -3, -1, 2, 5)]
    rows += [_message("leaders", -7, "K", "it", "email", False), _message("customers", 0, "K", "it", "email", False)]
    return _answer(case, stake=places, barrier=dict.fromkeys(_TEAMS, "K"), msgs=rows)


def plan_silent_after_launch(case, rng) -> dict:
    """Much ado before going live, and then nothing."""
    return _answer(case, msgs=[row for row in _messages(case) if row["week"] <= 0])


def plan_one_label(case, rng) -> dict:
    """Everyone matters, everyone is against it, and every team lacks the wish."""
    places = {id: {"power": "hi", "interest": "hi", "stance": "against"} for id in case.planted["stakeholders"]}
    return _answer(case, stake=places, barrier=dict.fromkeys(_TEAMS, "D"))


def plan_lowest_mean(case, rng) -> dict:
    """Takes the lowest mean for the barrier, and plans by that."""
    groups = readiness_of(case.tables["staff_survey"], case.facts["teams"])
    lowest = {f"team{letter}": min(g.means, key=g.means.__getitem__) for letter, g in groups.items()}
    return _answer(case, barrier=lowest, msgs=_messages(case, lowest))


def plan_customers_first(case, rng) -> dict:
    """Tells customers, then agents, and the leaders when they ask."""
    rows = [row for row in _messages(case) if row["to"] not in ("leaders", "customers")]
    return _answer(
        case,
        msgs=[_message("customers", -6, "A", channel="letter", two_way=False), *rows, _message("leaders", -2, "K")],
    )


def plan_one_slip(case, rng) -> dict:
    """The expert with one stakeholder's interest misread."""
    places = _places(case)
    id = next(id for id in places if id not in _opponents(case))
    places[id]["interest"] = "lo" if places[id]["interest"] == "hi" else "hi"
    return _answer(case, stake=places)


def plan_one_barrier_wrong(case, rng) -> dict:
    """One team misread, and its first message true to that reading: the slip is lost once."""
    lacks = dict(case.planted["barriers"])
    team = next(team for team in _TEAMS if lacks[team] != "D")
    lacks[team] = next(element for element in _ELEMENTS if element not in lacks.values())
    return _answer(case, barrier=lacks, msgs=_messages(case, lacks))


# ---- concerns -------------------------------------------------------------------------------


def _replies(case, reply=None, type=None, change=None) -> dict:
    """What somebody answers: by default right; ``reply``, ``type`` and ``change`` are functions of a card's truth."""
    return {
        "c": {
            id: {
                "type": type(true) if type else true["type"],
                "reply": reply(true) if reply else true["right"],
                "change_plan": change(true) if change else true["change_plan"],
            }
            for id, true in case.planted["comments"].items()
        }
    }


def _with_fault(*wanted):
    """The reply that has the first of these faults that is on offer."""

    def choose(true):
        by_fault = {fault: letter for letter, fault in true["faults"].items()}
        return next(by_fault[fault] for fault in wanted if fault in by_fault)

    return choose


def concerns_expert(case, rng) -> dict:
    return _replies(case)


def concerns_random(case, rng) -> dict:
    return _replies(
        case,
        reply=lambda true: rng.choice(LETTERS),
        type=lambda true: rng.choice((*_ELEMENTS, "P")),
        change=lambda true: rng.random() < 0.5,
    )


def concerns_tick_everything(case, rng) -> dict:
    return _replies(case, reply=lambda true: "a", type=lambda true: "A", change=lambda true: True)


def concerns_minimal(case, rng) -> dict:
    """One card answered well, and the other seven not at all."""
    answer = _replies(case)
    for id in list(answer["c"])[1:]:
        answer["c"][id] = dict.fromkeys(answer["c"][id])
    return answer


def concerns_all_one_label(case, rng) -> dict:
    """Whatever people write, they do not want to."""
    return _replies(case, type=lambda true: "D", change=lambda true: False)


def concerns_tone_only(case, rng) -> dict:
    """Friendly to everyone."""
    return _replies(case, reply=_with_fault("tone"))


def concerns_sorry(case, rng) -> dict:
    """Sorry that people feel so; a notice to all staff does for the rest."""
    return _replies(case, reply=_with_fault("sorry", "broadcast", "tone"))


def concerns_promises(case, rng) -> dict:
    """Says what people would like to hear."""
    return _replies(case, reply=_with_fault("promise", "false"))


def concerns_changes_for_everyone(case, rng) -> dict:
    return _replies(case, change=lambda true: True)


def concerns_changes_for_nobody(case, rng) -> dict:
    """Takes every objection for resistance, and meets the two that are right with kind words."""
    friendly = _with_fault("tone")
    return _replies(
        case,
        reply=lambda true: friendly(true) if true["change_plan"] else true["right"],
        type=lambda true: "D" if true["change_plan"] else true["type"],
        change=lambda true: False,
    )


def concerns_longest_reply(case, rng) -> dict:
    """Takes the longest reply, because it says most."""
    answer = _replies(case)
    for one in case.facts["comments"]:
        answer["c"][one["id"]]["reply"] = max(one["replies"], key=lambda letter: len(one["replies"][letter]))
    return answer


def concerns_one_slip(case, rng) -> dict:
    """The expert with one kind reply that nobody has to act on."""
    answer = _replies(case)
    answer["c"]["Q1"]["reply"] = _with_fault("tone")(case.planted["comments"]["Q1"])
    return answer
