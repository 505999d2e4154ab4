"""Who and what belongs to a process under review: checks of a SIPOC table and of a RACI chart.

Both are tables of words, so what can be checked is their form: nothing is missing, nobody is
lost. Whether the words are true of the workplace is for people to judge.

Both are tables of practice; no one author can be named for either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cslearn.methods.eventlog import Case, role_shares
from cslearn.methods.process_map import Finding

LETTERS = ("R", "A", "C", "I", "A/R")
# A SIPOC shows the process from far away: more steps than this belong into the map.
FEWEST_STEPS, MOST_STEPS = 4, 7


def _word(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def sipoc_findings(
    inputs: Iterable[Mapping],
    steps: Iterable[str],
    outputs: Iterable[Mapping],
) -> list[Finding]:
    """What is missing in a SIPOC, one sentence each; nothing if it is complete.

    inputs: rows with ``supplier`` and ``input``; steps: the process in a few words each;
    outputs: rows with ``output`` and ``customer``. Complete means: at least one input and one
    output, each with the one who gives or gets it, and four to seven steps, each once.
    Rows that are empty are passed over; it never raises on what a learner entered.
    """
    found = []
    for rows, thing, person, one in ((inputs, "input", "supplier", "an"), (outputs, "output", "customer", "an")):
        used = 0
        for place, row in enumerate(rows, start=1):
            row = row if isinstance(row, Mapping) else {}
            what, who = _word(row.get(thing)), _word(row.get(person))
            used += bool(what or who)
            if what and not who:
                says = f"The {thing} '{what}' has no {person}. Say who {'gives' if thing == 'input' else 'gets'} it."
                found.append(Finding(f"no {person}", what, says))
            if who and not what:
                says = f"The {person} '{who}' in row {place} has no {thing}. Say what they {'give' if thing == 'input' else 'get'}."
                found.append(Finding(f"no {thing}", who, says))
        if not used:
            found.append(Finding(f"no {thing}", "", f"There is no {thing} yet. Name {one} {thing} and its {person}."))
    words = [word for word in map(_word, steps) if word]
    if not FEWEST_STEPS <= len(words) <= MOST_STEPS:
        says = (
            f"The process has {len(words)} {'step' if len(words) == 1 else 'steps'}. "
            f"A SIPOC has {FEWEST_STEPS} to {MOST_STEPS}: {'add the large ones' if len(words) < FEWEST_STEPS else 'put small ones together'}."
        )
        found.append(Finding("steps", "", says))
    twice = [word for place, word in enumerate(words) if word in words[:place]]
    if twice:
        found.append(Finding("same step", twice[0], f"The step '{twice[0]}' is there twice. Name each step once."))
    return found


def raci_findings(
    chart: Mapping[str, Mapping[str, str]],
    steps: Iterable[str] | None = None,
) -> list[Finding]:
    """What is wrong with a RACI chart, one sentence each; nothing if it holds.

    chart: ``{step: {role: letter}}`` with the letters R (does the work), A (answers for it), C (is asked before),
    I (is told after), or A/R for a role that does both. In each step one role answers, no
    more and no fewer, and at least one does the work. steps: the steps that the chart must
    have. It never raises on what a learner entered.
    """
    chart = chart if isinstance(chart, Mapping) else {}
    found = []
    for step in chart if steps is None else steps:
        row = chart.get(step)
        row = row if isinstance(row, Mapping) else {}
        letters = {role: _word(letter).upper().replace("R/A", "A/R") for role, letter in row.items()}
        letters = {role: letter for role, letter in letters.items() if letter}
        if not letters:
            found.append(
                Finding("empty step", step, f"The step '{step}' has no letter. Say who does it and who answers for it.")
            )
            continue
        for role, letter in letters.items():
            if letter not in LETTERS:
                says = f"In the step '{step}' {role} has '{letter}'. Use R, A, C, I, or A/R for both."
                found.append(Finding("unknown letter", step, says))
        answers = [role for role, letter in letters.items() if letter in ("A", "A/R")]
        does = [role for role, letter in letters.items() if letter in ("R", "A/R")]
        if not answers:
            found.append(Finding("no A", step, f"Nobody answers for the step '{step}'. Give one role the A."))
        if len(answers) > 1:
            says = f"The step '{step}' has {len(answers)} who answer for it: {' and '.join(answers)}. Keep one A, or nobody owns it."
            found.append(Finding("many A", step, says))
        if not does:
            found.append(Finding("no R", step, f"Nobody does the step '{step}'. Give at least one role the R."))
    return found


def raci_against_log(chart: Mapping[str, Mapping[str, str]], log: Iterable[Case], least: float = 0.10) -> list[Finding]:
    """Where a RACI chart and the log differ about who does the work, one sentence each.

    A role that does ``least`` of a step's events or more should have the R there, and a role with the R should appear in the log.
    Steps that are not in the log are passed over.
    """
    shares = role_shares(log)
    found = []
    for step, row in (chart if isinstance(chart, Mapping) else {}).items():
        if step not in shares or not isinstance(row, Mapping):
            continue
        does = {role for role, letter in row.items() if _word(letter).upper() in ("R", "A/R", "R/A")}
        for role, share in shares[step].items():
            if share >= least and role not in does:
                says = f"By the log {role} does {share * 100:.0f}% of '{step}', but has no R there. Add it, or find out why."
                found.append(Finding("missing R", step, says))
        for role in sorted(does - set(shares[step])):
            says = (
                f"{role[:1].upper()}{role[1:]} has an R for '{step}', but never does it in the log. Find out who does."
            )
            found.append(Finding("R not in log", step, says))
    return found
