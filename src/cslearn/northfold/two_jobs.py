"""Statements about One Owner, each of which does one of two jobs: monitoring or evaluation.

Monitoring goes on while a change runs, so that somebody can steer. Evaluation comes after
it, to judge what it achieved. A case shows eight of the statements, four of each job, in
an order of its own.
"""

from cslearn.northfold.draw import Draw, seed_of

JOBS = ("monitoring", "evaluation")
STATEMENTS = {
    "monitoring": (
        "Each Monday the team leaders read last week's quality score against its limits, and decide whether to do anything.",
        "Every evening Asha counts the refunds that wait for a manager, so that none of them waits over the weekend.",
        "In week 5 the rota is changed, because the share of calls answered in time has dropped below its lower limit.",
        "On Fridays the case owners of team 3 say what got in their way, so that it can be put right next week.",
        "A signal in week 7 makes the group look at the refund letter the same afternoon.",
        "Absence goes on the chart each week, so that strain in a team shows while there is still time to help.",
        "After three weeks some coaching hours are moved to the team whose checks have fallen.",
        "The plan names a figure at which the rollout stops until somebody has had a look.",
        "Dev sends round the number of open complaints each morning. Above 300, two agents are moved to them that day.",
        "Half-way through the rollout customers are asked what is still awkward, and the letter is changed for the weeks to come.",
        "A log says who decided what in which week of the rollout, and on which day they will look again.",
        "On Wednesdays one call of each new case owner is listened to, and talked about with them the same day.",
    ),
    "evaluation": (
        "Six months after the start North is compared with West, to say how much of the gain is due to One Owner.",
        "The board asks whether the money that went into One Owner was worth it, now that the rollout is over.",
        "A report sets what was reached in the end beside the target that was written down before the start.",
        "Once all has settled, staff are asked what the change did to their work, for good and for bad.",
        "First contact resolution of the year before is set beside that of the year after, with the season taken out.",
        "Somebody who had no part in the change says whether its objectives were met.",
        "When North has finished, the lessons for West are drawn from all that was recorded.",
        "It is worked out how many customers with a complaint bought again within six months, compared with the year before.",
        "From the final figures the group decides whether One Owner is kept for good.",
        "The whole cost of training, overtime and refunds is added up and set against what was saved.",
        "After the last wave the staff survey is compared with the one from before the change, team by team.",
        "A year on, someone finds out whether the gain has lasted.",
    ),
}
_JOB_OF = {text: job for job, texts in STATEMENTS.items() for text in texts}


def chosen(seed: int) -> list[str]:
    """Eight statements for one case, four of each job, shuffled."""
    draw = Draw(seed_of("two jobs", seed))
    four = [text for job in JOBS for text in draw.shuffled(STATEMENTS[job])[:4]]
    return draw.shuffled(four)


def job_of(statement: str) -> str:
    """Which job a statement does: "monitoring" or "evaluation"."""
    return _JOB_OF[statement]
