"""Every figure that stands as plain text in the lessons on measuring, complaints and law is accounted for.

Figures from cells are tested page by page, in the files of their own. Here: a figure that
no line below names fails the test, so that a new one cannot slip in unchecked; and what a
line names is worked out beside it. Numbers of sections, of steps and of dates are not
figures; sections are compared with the law page's own list (test_law_page.py).
"""

import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from page_cells import rows_of

from cslearn.methods import queues, rights
from cslearn.northfold.mystery_shop import VISITS

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
POLICY = json.loads((ROOT / "datasets" / "standards_policy.json").read_text("utf-8"))["versions"][1]
STANDARD = {one["id"]: one["says"] for one in POLICY["standards"]}
LIMITS = POLICY["authority_limits_gbp"]
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
REFERENCE = r"(sections?|articles?|regulations?|Chapter|Part) [\d()]+(( to |, | and |, and )[\d()]+)*A?"
ACTS = r"\b(Act|Regulations|Act,|apologies, of) \d{4}"
LABELS = r"\b(CM|PR)\d\w?\b|\b[PSK]\d+\b|\bISO 10002\b|\b(step|steps|Step|team|Team|severity|Severity|[Dd]ay) \d\b|\b[Gg]aps? \d( to \d)?\b"


def rejected(day, **more):
    return (rights.reject_by(rights.Purchase(day, **more)).last_day - day).days


def level(agents):
    return 100 * queues.service_level(agents, 10, 180, 20)


A = date(2026, 5, 4)
# Other words than this stand for the test file in which the figure is worked out.
SAY = "said by a person or a rule of the form, and no result"
FIGURES = {
    "excellence/law-at-the-service-desk": [
        ("within 30 days (", rejected(A) == 30), ("in the first 30 days.", True), ("delivery plus 30 days", rejected(A) == 30),
        ("If fewer than 7 days would be left after the lamp comes back, she gets 7",
         rights.reject_by(rights.Purchase(A, waits=(rights.Wait(date(2026, 6, 3), date(2026, 6, 3)),))).last_day == date(2026, 6, 10)),
        ("within 14 days. The day of agreeing is day 1", (rights.refund_by(A).last_day - A).days == 13),
        ("the 14 days run while", True),
        ("within 30 days if no day was agreed", (rights.deliver_by(A).last_day - A).days == 30),
        ("give 14 days after the goods have come", (rights.cancel_goods_by(A).last_day - A).days == 14),
        ("within 14 days after the goods are back", (rights.cancelled_refund_by(A).last_day - A).days == 14),
        ("A month is not 30 days, and not the 40 days of the old law", rights.subject_access_by(date(2026, 7, 3)).last_day == date(2026, 8, 3)),
        ("within **72 hours** of becoming aware", True),
        ("within **30 days**, of which the day it came is the first", (rights.acknowledge_data_complaint_by(date(2026, 9, 1)).last_day - date(2026, 9, 1)).days == 29),
        ("so is age under 18", SAY), ("After 30 days comes repair", rejected(A) == 30),
    ],
    "measuring/kpis-and-slas": [
        ("the new window alone adds 2.1 points", "2.1 percentage points" in (ROOT / "datasets/minutes/2024-05-29.md").read_text("utf-8")),
        ('"65% by March"', SAY), ("80% of complaints are closed within five working days", STANDARD["S2"].startswith("80% of complaints are closed within five")),
    ],
    "measuring/queues-and-staffing": [
        ("200 calls in an hour, each of 180 seconds. That is 36,000 seconds of work in 3,600 seconds of the clock: **10 hours of work in one hour**",
         200 * 180 == 36_000 and queues.workload(200, 180) == 10),
        ("divide by 3,600", 60 * 60 == 3600), ("calls answered within 20 seconds", True),
        ("From 11 agents to 12 it rises by about 25 ", round(level(12) - level(11)) == 25), ("From 14 to 15 it rises by 5.", round(level(15) - level(14)) == 5),
        ("A team that is 100% busy", queues.average_speed_of_answer(10, 10, 180) == float("inf")), ("the hour from 11:00", True),
        ("the first column says 0%", queues.service_level(4, 4.3, 380, 20) == 0), ("% of calls within 20 seconds, and", True),
        ("With 30% shrinkage, 20 paid agents are 20 × 0.7 = 14 on the lines", queues.agents_on_the_lines(20, 0.3) == 14),
        # Ten erlangs need ten; four of fourteen away leaves those ten.
        ("Training four of those 14 at once takes away *all* the slack", 14 - 4 == 10), ("no more than 5 × may be open", True),
        ("80% in 20 seconds, last week", SAY), ("80% of complaints are closed within five working days", STANDARD["S2"].startswith("80% of complaints are closed within five")),
        ("From 64% to 80% is a rise of 16 percentage points. It is also a rise of 25%, because 16 is a quarter of 64", 80 - 64 == 16 and 16 / 64 == 0.25),
    ],
    "measuring/surveys": [
        ("from 1 to 5?", SAY), ("answers that are 4 or 5", SAY), ("answers of 4 or 5, divided by all answers, times 100", SAY),
        ("the 95% interval runs", True), ("say 3.4 of 5?", True), ("from 1 to 2 need not be the same as from 4 to 5", SAY),
        ("from 0 to 10? Those who say 9 or 10 are called promoters, and those who say 0 to 6 detractors", SAY), ("The rest, 7 and 8", SAY),
        ("from −100 to +100", SAY), ("asked 64 customers, the other 640", 28 + 16 + 20 == 64 and 265 + 161 + 214 == 640),
        ("draws 64 answers out of the 64", True), ("so 2,000 times. The middle 95% of", True), ("how far a 6 is from a 0", True),
        ("from 1, very hard, to 7, very easy", SAY), ("Ten answers of 7, 6, 2, 5, 7, 1, 6, 4, 7 and 5 add up to 50", sum([7, 6, 2, 5, 7, 1, 6, 4, 7, 5]) == 50),
        ("1,000 customers rang: 600 are content, and 400 are not", 600 + 400 == 1000), ("10% of them answer: 60. Of the others 30% do: 120", (600 * 0.1, 400 * 0.3) == (60, 120)),
        ("60 content out of 180. That is 33%, and the truth is 60%", 60 + 120 == 180 and round(100 * 60 / 180) == 33), ("and its 95% interval", True),
    ],
    "measuring/servqual": [
        ("Each answer is from 1 to 7", SAY), ("expects 6 and finds 4. The gap is 4 − 6 = −2", 4 - 6 == -2), ("has 22 statements", 4 + 5 + 4 + 4 + 5 == 22),
        *((f"| {name} | {n} |", True) for name, n in (("Tangibles", 4), ("Reliability", 5), ("Responsiveness", 4), ("Assurance", 4), ("Empathy", 5))),
        ("4 + 5 + 4 + 4 + 5 = 22", 4 + 5 + 4 + 4 + 5 == 22),
        ("asked 310 customers before the change, and 310 others", [row["wave"] for row in rows_of("servqual.csv")].count("pre") == 310 == len(rows_of("servqual.csv")) - 310),
        ("all deserve a 5", SAY), ("as if 1 were best", SAY), ("8 less what was typed", [8 - n for n in range(1, 8)] == list(range(7, 0, -1))), ("shares out 100 points", SAY),
        ("Their 22 answers", True), ("shared out 100 between", SAY), ("divide by 100", True), ("of 100 points", True), ("× ÷ 100 =", True),
    ],
    "measuring/trusting-a-survey": [
        ('"Alpha is 0.87,"', "test_trusting_a_survey_page"), ("At 1 they move as one. Near 0", SAY), ("A common rule says 0.7", SAY), ("from 1 to 7, take 8 less the answer", True),
        ("2,800 people", "test_trusting_a_survey_page"), ("Alpha is 0.43 as the answers stand. Once that one statement is turned, alpha is 0.70", "test_trusting_a_survey_page"),
        ("For P06 it is", True), ("Without P06", True), ("a 6 or a 7", SAY), ("a gap of −1 may be a fall from 7 to 6, or from 3 to 2", 6 - 7 == 2 - 3 == -1),
        ("22 answers, and not 44", 2 * 22 == 44), ("rate parking at 4", SAY), ("all 22 statements", True), ("because 22 is many", True), ("200 grams too much", SAY),
    ],
    "measuring/mystery-shopping": [
        ("At 1 they agree fully. At 0 they", SAY), ("Do it 2,000 times", True), ("In of 100 dealings", True), ("apart in of 100 dealings", True),
        ('"92%"', "test_mystery_shopping_page"),
    ],
    "complaints/heat-conversation": [
        ("It broke after 30 days", SAY), ("in degrees from 0 to 100", SAY), ("Line 2 was good listening, and lines 3 and 4 threw it away", "test_heat_page"),
        ("may give up to £25", LIMITS["agent"] == 25), ("Within 30 days a faulty kettle", rejected(A) == 30), ("After 30 days comes repair", rejected(A) == 30),
    ],
    "complaints/complaint-systems": [
        ("the law may allow 72 hours", (rights.report_breach_by(datetime(2026, 5, 4)) - datetime(2026, 5, 4)).days == 3),
        ("in of 30 cases", True), ("a refund of £40 to a team leader", LIMITS["team leader"] < 40), ("each refund above £25", STANDARD["S3"].startswith("Every refund above £25")),
        ("with a limit of £75", "£75" in (ROOT / "datasets/minutes/2024-05-29.md").read_text("utf-8")), ("due within 14 days", True), ("For the £60 I need two signatures", LIMITS["agent"] < 60),
        ("such a complaint within 30 days", True),
    ],
    "complaints/root-cause": [
        ("at 6 pm", "test_root_cause_page"), ("It came 4 days later", "test_root_cause_page"), ("arrived 2 days later", "test_root_cause_page"),
        ("1,632 complaints", len(rows_of("complaints.csv")) == 1632),
    ],
    "complaints/continuous-improvement": [("some 1,600 working hours", SAY)],
}  # fmt: skip
# Sums in quizzes, and the sentence that holds them.
SUMS = [
    ("measuring/queues-and-staffing", "90 × 240 = 21,600 seconds of work, and an hour has 3,600. That makes 6 hours", 90 * 240 == 21_600 == 6 * 3600),
    ("measuring/queues-and-staffing", "90 × 4 minutes are 360 minutes", 90 * 4 == 360),
    ("measuring/queues-and-staffing", "Slack shrinks from 15% to 2%", (100 - 85, 100 - 98) == (15, 2)),
    ("measuring/queues-and-staffing", "240 ÷ 30 = 8 days", 240 / 30 == 8),
    ("measuring/queues-and-staffing", "10 is a quarter of 40", 10 / 40 == 0.25),
    ("measuring/queues-and-staffing", "one of twelve is 8%", round(100 / 12) == 8),
    ("measuring/queues-and-staffing", "With 12 agents, 64% are answered", round(level(12)) == 64),
    ("measuring/queues-and-staffing", "About 39%.", round(level(11)) == 39),
    ("measuring/kpis-and-slas", "The mean of both, which is 82.5%", (70 + 95) / 2 == 82.5),
    ("measuring/surveys", "90 of 200 are 45%, and 60 of 200 are 30%. The difference is 15 points", (90 / 2, 60 / 2, 45 - 30) == (45, 30, 15)),
    ("measuring/surveys", "704 answers", 64 + 640 == 704),
    ("measuring/surveys", "A gap of 4.5 is", 12.5 - 8 == 4.5),
    ("measuring/servqual", "6.1 − 5.8 = +0.3", round(6.1 - 5.8, 9) == 0.3),
    ("measuring/servqual", "−0.7 × 30 ÷ 100 = −0.21, and −1.2 × 10 ÷ 100 = −0.12", (round(-0.7 * 30 / 100, 9), round(-1.2 * 10 / 100, 9)) == (-0.21, -0.12)),
    ("measuring/servqual", "The largest that this scale allows is 6", 7 - 1 == 6),
    ("measuring/mystery-shopping", "On 180 ticks", VISITS * 2 * 15 == 180),
    ("excellence/law-at-the-service-desk", "20 May plus 30 days is 19 June", rights.reject_by(rights.Purchase(date(2026, 5, 3), installed=date(2026, 5, 20))).last_day == date(2026, 6, 19)),
    ("excellence/law-at-the-service-desk", "30 September plus 30 days is 30 October. The wait from 11 to 20 October has ten days, both ends counted. That makes 9 November",
     rights.reject_by(rights.Purchase(date(2026, 9, 30), waits=(rights.Wait(date(2026, 10, 11), date(2026, 10, 20)),))).last_day == date(2026, 11, 9)),
    ("excellence/law-at-the-service-desk", "the 28th. That is a Saturday, so the next working day counts. It is Monday, 2 March",
     rights.subject_access_by(date(2026, 1, 31)).last_day == date(2026, 3, 2)),
]  # fmt: skip


def plain(text):
    """The words of a page, without code, formulas, headings, references and what cells put in."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"^```\{code-cell\}.*?^```$", "", text, flags=re.S | re.M)
    text = re.sub(r"\$\$.*?\$\$", "", text, flags=re.S)
    text = re.sub(r"\{(glue|cite)[^}]*\}`[^`]*`", "", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"^(:[\w-]+:|#).*$", "", text, flags=re.M)
    text = re.sub(r"^\d+\. ", "", text, flags=re.M)
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("page", FIGURES)
def test_every_plain_figure_is_accounted_for_and_true(page):
    text = plain((BOOK / f"{page}.md").read_text("utf-8"))
    for fragment, holds in FIGURES[page]:
        assert holds, fragment
        assert fragment in text, f"{page} no longer says {fragment!r}"
        text = text.replace(fragment, " ")
    for pattern in (ACTS, REFERENCE, rf"\b\d{{1,2}} ({MONTHS})( \d{{4}})?", rf"\b({MONTHS}) \d{{4}}", LABELS):
        text = re.sub(pattern, " ", text)
    left = [match[0] for match in re.finditer(r".{0,30}\d[\d.,]*.{0,20}", text)]
    assert left == [], f"{page}: say where these come from"


@pytest.mark.parametrize(("page", "fragment", "holds"), SUMS)
def test_every_sum_in_a_quiz_is_right(page, fragment, holds):
    assert holds
    assert fragment in " ".join((BOOK / f"{page}.quiz.yml").read_text("utf-8").split())
