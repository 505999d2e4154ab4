"""Contacts of 52 weeks by the customers of the panel, one customer in 32 (table D2).

All contacts of these customers are here, so a repeat can be found as well as flagged;
multiply by 32 for the whole house. Planted: 31% of telephone contacts only ask where
something is (failure demand); by the agents' own tick 71% are resolved at the first
contact, by repeats within seven days 58%. Traps: 40 test contacts by agent T00; a
transferred call has a second row; callbacks have a queue of 0 seconds; abandoned calls
have no agent and no handling time; only 18% answer the survey.
"""

import numpy as np

from cslearn.northfold.process import moments
from cslearn.northfold.story import (
    CHANNELS,
    CHASER,
    COMPLAINT,
    DAYS,
    PANEL,
    SITES,
    YEAR_START,
    Story,
    contact_id,
    customer_id,
    number_of,
)

COLUMNS = (
    "contact_id", "customer_id", "ts", "site", "channel", "reason", "agent_id", "team", "queue_s", "abandoned",
    "talk_s", "wrap_s", "resolved_self_report", "repeat_within_7d", "csat",
)  # fmt: skip
REASONS = (
    "where is my delivery", "where is my refund", "complaint", "order", "change delivery", "return", "product question",
    "product fault", "payment", "care plan", "installation", "account",
)  # fmt: skip
_OTHER_SHARE = (0.24, 0.15, 0.14, 0.13, 0.10, 0.08, 0.06, 0.05, 0.05)
CHASING = REASONS[:2]
TEST_CONTACTS = 40
# Teams 1 to 5 are at North, 6 to 8 at West; each has twelve agents.
TEAMS = ((1, 5), (6, 3))


def in_panel(story: Story) -> np.ndarray:
    """Which contacts of the story are in the published table, before the traps are added."""
    made = story.contacts
    return (made["customer"] < PANEL) & (made["day"] >= number_of(YEAR_START))


def rows(story: Story) -> list[dict]:
    """The published table, in order of time."""
    stream = story.stream("contact table")
    made = story.contacts
    places = np.flatnonzero(in_panel(story))
    size = len(places)
    kind, site, channel = made["kind"][places], made["site"][places], made["channel"][places]
    reason = stream.pick(_OTHER_SHARE, size) + 3
    reason = np.where(kind == COMPLAINT, 2, reason)
    reason = np.where(kind == CHASER, (stream.uniform(size) >= 0.56).astype(int), reason)
    first, number = (np.array(column)[site] for column in zip(*TEAMS, strict=True))
    team = first + stream.below(number, size)
    agent = 1 + stream.below(12, size)
    queue = made["queue"][places]
    phone, abandoned = channel == 0, made["abandoned"][places]
    # An agent rang back: nobody stood in a queue.
    queue = np.where(phone & ~abandoned & (stream.uniform(size) < 0.02), 0, queue)
    minute = made["day"][places] * 1440 + made["second"][places] // 60
    transferred = phone & ~abandoned & (kind != COMPLAINT) & (stream.uniform(size) < 0.03)
    other_agent = 1 + (agent + stream.below(11, size)) % 12

    spare = len(made["site"])
    ids, customers, at = contact_id(places), customer_id(made["customer"][places]), moments(minute)
    second_ids = contact_id(spare + np.arange(size))
    second_at = moments(minute + 1 + made["talk"][places] // 60)
    # Plain lists: one number of an array at a time would take three times as long.
    site, channel, reason, gone, phone = (one.tolist() for one in (site, channel, reason, abandoned, phone))
    team, agent, other_agent, queue, minute = (one.tolist() for one in (team, agent, other_agent, queue, minute))
    talk, wrap, tick, score, back = (
        made[name][places].tolist() for name in ("talk", "wrap", "tick", "csat", "repeat_after")
    )
    table = []
    for n in range(size):
        row = {
            "contact_id": ids[n], "customer_id": customers[n], "ts": at[n], "site": SITES[site[n]],
            "channel": CHANNELS[channel[n]], "reason": REASONS[reason[n]],
            "agent_id": None if gone[n] else f"A{team[n]}{agent[n]:02d}", "team": None if gone[n] else team[n],
            "queue_s": queue[n] if phone[n] else None, "abandoned": gone[n], "talk_s": talk[n], "wrap_s": wrap[n],
            "resolved_self_report": None if gone[n] else tick[n], "repeat_within_7d": back[n] > 0,
            "csat": score[n] or None,
        }  # fmt: skip
        table.append((minute[n], n, row))
        if transferred[n]:
            # The agent who was asked for the transfer is counted, and so is the one who got it.
            leg = {
                **row, "contact_id": second_ids[n], "ts": second_at[n], "agent_id": f"A{team[n]}{other_agent[n]:02d}",
                "queue_s": 5 + queue[n] % 40, "talk_s": 40 + talk[n] // 2, "csat": None,
            }  # fmt: skip
            table.append((minute[n] + 1 + talk[n] // 60, size + n, leg))
    table += _tests(stream, spare + size)
    table.sort(key=lambda entry: entry[:2])
    return [row for _, _, row in table]


def _tests(stream, spare: int) -> list[tuple[int, int, dict]]:
    """Calls that the supplier of the telephones made to try them out."""
    day = number_of(YEAR_START) + stream.below(DAYS - number_of(YEAR_START), TEST_CONTACTS)
    minute = day * 1440 + 7 * 60 + stream.below(55, TEST_CONTACTS)
    ids, at = contact_id(spare + np.arange(TEST_CONTACTS)), moments(minute)
    return [
        (int(minute[n]), 10**7 + n, {
            "contact_id": ids[n], "customer_id": "C00000", "ts": at[n], "site": SITES[n % 2], "channel": "phone",
            "reason": "account", "agent_id": "T00", "team": None, "queue_s": 1, "abandoned": False, "talk_s": 3,
            "wrap_s": 1, "resolved_self_report": True, "repeat_within_7d": False, "csat": 5,
        })
        for n in range(TEST_CONTACTS)
    ]  # fmt: skip
