"""How the explorer "Evidence map" is played; test_play.py and test_evidence_map.py play it."""

from cslearn.explorers import evidence_map
from cslearn.methods.portfolio import POINTS

VERDICTS = ("counts", "real", "mine", "dated", "safe", "fits")


def play_map(player, seed, look, guess=None, wrong=()):
    """``guess``: another point than the gap; ``wrong``: the places of pieces that are judged wrongly."""
    from test_play import right_reason

    found = evidence_map.problem(seed)
    player.pick(POINTS.index(guess or evidence_map.gap(found)))
    look("predict")
    player.press("submit", "Run it")
    for n, verdict in enumerate(evidence_map.verdicts(found)):
        other = "real" if verdict == "counts" else "counts"
        player.step_to(f"Does piece {n + 1} count?", other if n in wrong else verdict)
    look("run")
    player.press("submit", "Reveal")
    look("reveal")
    player.press("button", "Explain it")
    player.reason(right_reason(player.page, "evidence-map", found))
    look("retry")
