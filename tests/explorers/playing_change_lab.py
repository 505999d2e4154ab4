"""The change lab played by keyboard, with a plan that fits where work sticks."""

from cslearn.explorers import change_lab
from cslearn.methods.changelab.figures import STATIONS

# A careful change for each bottleneck; what the page's own plan has already is not typed.
TYPED = {
    "managers": {"What an agent may refund": 75},
    "courier desk": {},
    "agents": {"What an agent may refund": 75, "Extra agents": 1},
}
TICKED = {
    "managers": ("One owner", "Pay refunds every day"),
    "courier desk": ("One owner", "Courier portal"),
    "agents": ("Sort at the first contact", "One owner", "Pay refunds every day"),
}
PEOPLE = {"Training before": 8, "Coaching after": 2, "Messages to the teams": 1}
PLAN = {"Length of the pilot": 7, "Go on at a gain": -19, "Stop at": -20}


def play_lab(player, seed, look, off=0):
    """From the first prediction to the retry; ``off`` is added to the guess, in percentage points."""
    page, found = player.page, change_lab.problem(seed)
    stuck = found["stuck"]
    player.pick(STATIONS.index(stuck))
    player.type("Two more agents", round(change_lab.two_agents(found)) + off)
    look("predict")
    player.press("submit", "Run it")
    lay_out(player, stuck)
    look("run")
    player.press("button", "Start the year")
    while page.get_by_role("button", name="Decide and go on").count():
        # Go at the gate, hold at the look back, and what the plan calls for on a trigger stand first.
        player.pick(0)
        player.press("button", "Decide and go on")
    player.press("submit", "Reveal")
    page.get_by_role("heading", name="Did it work?").wait_for()
    look("reveal")
    player.press("button", "Explain it")
    player.reason(right_reason(page, found))
    look("retry")


def lay_out(player, stuck):
    """Fills the plan's form, from top to bottom."""
    typed = TYPED[stuck]
    if "What an agent may refund" in typed:
        player.type("What an agent may refund", typed["What an agent may refund"])
    for label in TICKED[stuck]:
        player.press("checkbox", label)
    if "Extra agents" in typed:
        player.type("Extra agents", typed["Extra agents"])
    player.press("summary", "People")
    for label, value in PEOPLE.items():
        player.type(label, value)
    # Consult, but where the portal takes all the hours of building: tell. Then the parcel labels.
    player.pick(0 if stuck == "courier desk" else 1)
    player.pick(1)
    player.press("summary", "Plan")
    player.step_to("Pilot with", "A")
    for label, value in PLAN.items():
        player.type(label, value)
    player.type("Reserve", 6000)
    player.press("button", "Add a trigger")


def right_reason(page, found):
    return page.evaluate(
        """async (found) => {
          const { steps } = await import(new URL("change_lab_year.js", document.baseURI));
          return steps.reasons(found).options.find((option) => option.right).text;
        }""",
        found,
    )
