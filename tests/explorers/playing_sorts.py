"""How the explorer "Monitor or evaluate?" is played; test_play.py and test_monitor_or_evaluate.py play it."""

from cslearn.explorers import monitor_or_evaluate


def play_sort(player, seed, look, wrong=(), off=0):
    """``wrong``: the places of documents that are sorted wrongly; ``off``: how far the first guess is out."""
    from test_play import right_reason

    found = monitor_or_evaluate.problem(seed)
    jobs = [one["job"] for one in found["documents"]]
    player.type("How many of the twelve", jobs.count("evaluation") + off)
    look("predict")
    player.press("submit", "Run it")
    for n, job in enumerate(jobs):
        player.pick(monitor_or_evaluate.JOBS.index(job) ^ (n in wrong))
    look("run")
    player.press("submit", "Reveal")
    look("reveal")
    player.press("button", "Explain it")
    player.reason(right_reason(player.page, "monitor-or-evaluate", found))
    look("retry")
