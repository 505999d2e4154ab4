"""How the planner and the model matcher are played: the hands of test_play, for these two."""

from cslearn.explorers import model_matcher, stakeholder_planner
from cslearn.explorers.data import read_data

# Keeps every rule: nobody waits more than three weeks, and week 2 tells a win.
WEEKS = {"leaders": -5, "team": -4, "agents": (-1, 2, 5), "customers": 0}


def right_reason(page, slug, problem):
    return page.evaluate(
        """async ([module, problem]) => {
          const { reasons } = await import(new URL(`${module}.js`, document.baseURI));
          return reasons(problem).options.find((option) => option.right).text;
        }""",
        [slug.replace("-", "_"), problem],
    )


def a_plan(found):
    """Messages that keep all rules, in the order of the form's first rows, and those to whoever could stop it."""
    lacks = stakeholder_planner.barriers(found)
    rows = [{"to": "leaders", "week": WEEKS["leaders"], "purpose": "A"}]
    rows += [{"to": team, "week": WEEKS["team"], "purpose": lacks.get(team, "K")} for team in stakeholder_planner.TEAMS]
    rows += [
        {"to": "agents", "week": week, "purpose": p} for week, p in zip(WEEKS["agents"], ("K", "R", "Ab"), strict=True)
    ]
    rows.append({"to": "customers", "week": WEEKS["customers"], "purpose": "A"})
    opponents = [
        name
        for name, one in stakeholder_planner.stakeholders(found).items()
        if (one["power"], one["stance"]) == ("hi", "against")
    ]
    return rows, [{"to": name, "week": -6, "purpose": "D", "two_way": True} for name in opponents]


def play_planner(player, seed, look, wrong=0, silent=False):
    """``wrong`` teams are misread; ``silent`` leaves out whoever could stop it."""
    found = stakeholder_planner.problem(seed)
    lacks = stakeholder_planner.barriers(found)
    for n, (letter, team) in enumerate(zip(stakeholder_planner.TEAMS, found["teams"], strict=True)):
        label = lacks.get(letter, "none")
        if n < wrong:
            label = "R" if label == "none" else "none"
        player.step_to(f"What holds up {team['title']}", label)
    look("predict")
    player.press("submit", "Run it")
    for name, person in stakeholder_planner.stakeholders(found).items():
        player.step_to(f"Place of {name}", person["power"] + person["interest"])
        player.step_to(f"Stance of {name}", person["stance"])
    rows, more = a_plan(found)
    for n, row in enumerate(rows, start=1):
        player.type(f"Week of message {n}", row["week"])
        player.step_to(f"Message {n} is for", row["purpose"])
    for n, row in enumerate([] if silent else more, start=len(rows) + 1):
        player.press("button", "Add a message")
        # The new row has the focus.
        for _ in range(40):
            if player.page.evaluate("() => document.activeElement.value") == row["to"]:
                break
            player.page.keyboard.press("ArrowDown")
        player.type(f"Week of message {n}", row["week"])
        player.step_to(f"Message {n} is for", row["purpose"])
        player.press("checkbox", f"They can answer message {n}")
    look("run")
    player.press("submit", "Reveal")
    look("reveal")
    player.press("button", "Explain it")
    player.reason(right_reason(player.page, "stakeholder-planner", found))
    look("retry")


def play_matcher(player, seed, look, wrong=0):
    """``wrong`` of the four actions are matched with another step."""
    found = model_matcher.problem(seed)
    data = read_data(model_matcher.DATA)
    steps = data["models"][found["model"]]["steps"]
    player.pick([model["key"] for model in data["models"]].index(data["worries"][found["worry"]]["model"]))
    look("predict")
    player.press("submit", "Run it")
    for step in found["steps"]:
        player.step_to(f"Place of “{steps[step]['name']}”", str(step + 1))
    for n, (step, _) in enumerate(found["actions"]):
        player.step_to(f"What {n + 1} is for", str(step if n >= wrong else (step + 1) % len(steps)))
    look("run")
    player.press("submit", "Reveal")
    look("reveal")
    player.press("button", "Explain it")
    player.reason(right_reason(player.page, "model-matcher", found))
    look("retry")
