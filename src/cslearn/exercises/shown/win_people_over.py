"""What a learner sees of the people whom a change concerns: what is known of them, and what they say."""

import re
from datetime import date

from cslearn.northfold import people
from cslearn.northfold.case import Case


def shown(case: Case) -> dict:
    """The case of CM3: the meeting, open actions, stakeholders, the survey of three teams, and comments with their replies."""

    def day(text: str) -> str:
        when = date.fromisoformat(text)
        return f"{when.day} {when:%B %Y}"

    facts = case.facts
    letters = ", ".join(f"team {letter} is team {number}" for letter, number in facts["teams"].items())
    says = [
        f"You write on {day(facts['written_on'])}, the day after the meeting below.",
        f"One Owner goes live on {day(facts['go_live'])} at both sites. That week is week 0.",
        f"Your three teams: {letters}.",
    ]
    log = people.open_actions(case.tables["decisions"])
    survey = case.tables["staff_survey"]
    tables = {
        "minutes": {
            "title": f"What was said at the meeting of {day(people.LAST_MEETING)}",
            "columns": [{"name": "Item"}, {"name": "What was said"}],
            "rows": _items(case.documents["minutes"][people.LAST_MEETING]),
            "folded": True,
        },
        "open_actions": {
            "title": "The log: actions that nobody has done yet",
            "columns": [{"name": "Action"}, {"name": "What"}, {"name": "Owner, and when it was due"}],
            "rows": [[row["entry_id"], row["text"], f"{row['owner']}, {day(row['due'])}"] for row in log],
        },
        "stakeholders": {
            "title": "The stakeholders",
            "columns": [{"name": "Who"}, {"name": "What is known"}],
            "rows": [[f"{one['id']} {one['who']}", " ".join(one["facts"])] for one in facts["stakeholders"]],
            "task": "plan",
        },
        "statements": {
            "title": "The staff survey of June, teams A, B and C: mean of each statement, from 1 (disagree) to 5 (agree)",
            "columns": [{"name": "Statement"}, *({"name": letter} for letter in facts["teams"])],
            "rows": people.statements(survey, facts["teams"]),
            "task": "plan",
        },
        "words": {
            "title": "What people of the three teams wrote in the survey",
            "columns": [{"name": "Team"}, {"name": "What somebody wrote"}],
            "rows": people.words(survey, facts["teams"]),
            "task": "message",
        },
    }
    for one in facts["comments"]:
        tables[f"card_{one['id']}"] = {
            "title": f"{one['id']}: \u201c{one['text']}\u201d",
            "columns": [{"name": "Reply"}, {"name": "What it says"}],
            "rows": [[letter, words] for letter, words in one["replies"].items()],
            "task": "concerns",
            "folded": True,
        }
    return {"says": says, "tables": tables}


def _items(minutes: str) -> list[list[str]]:
    """The numbered items of a meeting, each with its heading, without the marks of Markdown."""
    found = re.findall(r"^\d+\. (?:\*\*(.+?)\.\*\* )?(.+)$", minutes, re.MULTILINE)
    return [[heading or "Also", text] for heading, text in found]
