"""Northfold's objectives, policies, standards and limits (table D10).

One document in two versions, as such documents come: an outdated one and the one in
force. Two standards in the one in force contradict each other, which a careful reader
should notice. Fictional.
"""

from copy import deepcopy

OBJECTIVES = {
    "SO1": {
        "name": "Trust",
        "aim": "Customers who had a problem stay with us.",
        "measure": "Share of customers with a complaint who buy again within six months",
    },
    "SO2": {
        "name": "Right first time",
        "aim": "A problem is solved once, quickly, and stays solved.",
        "measure": "Complaints closed within five working days, and not reopened",
    },
    "SO3": {
        "name": "Cost to serve",
        "aim": "We spend no more on putting things right than the problem needs.",
        "measure": "Cost of handling one complaint",
    },
    "SO4": {
        "name": "A fair place to work",
        "aim": "Work is shared fairly and done within paid hours.",
        "measure": "Overtime in the complaints teams, and the share of staff who call a change fair",
    },
}

_IN_FORCE = {
    "version": "2024-04",
    "in_force_from": "2024-04-01",
    "status": "in force",
    "objectives": [{"id": key, **value} for key, value in OBJECTIVES.items()],
    "policies": [
        {
            "id": "P1",
            "title": "Complaints",
            "says": "Anyone may complain by any channel, and no channel is worse than another.",
        },
        {
            "id": "P2",
            "title": "Records",
            "says": "Complaint files are deleted six years after the case closes; call recordings after 12 months.",
        },
        {
            "id": "P3",
            "title": "Adjustments",
            "says": "A customer who needs another way to reach us gets it, free of charge, without having to argue for it.",
        },
        {
            "id": "P4",
            "title": "Spending on change",
            "says": "An improvement is compared with at least four others, against the four objectives, before money is spent.",
        },
    ],
    "standards": [
        {
            "id": "S1",
            "title": "Acknowledge",
            "says": "Every complaint is acknowledged within one working day.",
            "objective": "SO1",
        },
        {
            "id": "S2",
            "title": "Close",
            "says": "80% of complaints are closed within five working days.",
            "objective": "SO2",
        },
        {
            "id": "S3",
            "title": "Approve",
            "says": "Every refund above £25 is approved by two managers within three working days.",
            "objective": "SO3",
        },
        {
            "id": "S4",
            "title": "One contact",
            "says": "A refund is agreed during the first contact.",
            "objective": "SO2",
        },
        {
            "id": "S5",
            "title": "Overtime",
            "says": "No one works more than eight hours of overtime in a month.",
            "objective": "SO4",
        },
    ],
    "service_levels": [
        {
            "id": "L1",
            "between": "Customer service and Finance",
            "says": "Approved refunds are paid within two working days.",
        },
        {
            "id": "L2",
            "between": "Northfold and its courier",
            "says": "A delivery enquiry is answered within two working days.",
        },
    ],
    "authority_limits_gbp": {"agent": 25, "team leader": 25, "manager": 150, "head of service": 1000},
    "escalation": [
        {"severity": 1, "meaning": "inconvenience", "owner": "agent", "answer_within_working_days": 5},
        {
            "severity": 2,
            "meaning": "loss, or a second complaint about the same thing",
            "owner": "team leader",
            "answer_within_working_days": 3,
        },
        {
            "severity": 3,
            "meaning": "safety, discrimination, personal data, or a vulnerable customer",
            "owner": "manager",
            "answer_within_working_days": 1,
        },
    ],
}
# S3 and S4 cannot both be kept for a refund above £25: two approvals within three days
# are not a first contact. The tutor's side of the course looks them up here.
CONFLICTING_STANDARDS = ("S3", "S4")


def _outdated() -> dict:
    old = deepcopy(_IN_FORCE)
    old.update(version="2022-10", in_force_from="2022-10-01", status="replaced on 2024-04-01")
    old["objectives"] = [o for o in old["objectives"] if o["id"] != "SO4"]
    old["standards"] = [s for s in old["standards"] if s["id"] not in ("S4", "S5")]
    for standard in old["standards"]:
        if standard["id"] == "S2":
            standard["says"] = "80% of complaints are closed within ten working days."
    old["authority_limits_gbp"] = {"agent": 10, "team leader": 25, "manager": 100, "head of service": 1000}
    return old


def standards_policy() -> dict:
    """The document as a learner gets it: a note, and both versions, the outdated one first (as in the shared folder)."""
    return {
        "organisation": "Northfold Home Ltd (fictional)",
        "note": "Two versions are kept in the same folder. Check which one is in force before you quote it.",
        "versions": [_outdated(), deepcopy(_IN_FORCE)],
    }
