"""The rights clock in JavaScript gives the days that Python gives, and refuses in the same words."""

import random
from datetime import date, timedelta

import pytest

from cslearn.methods import bank_holidays, rights
from cslearn.methods.bank_holidays import NATIONS
from cslearn.problem import Problem

pytestmark = pytest.mark.browser

CASES = 500
CALL = """async ([name, cases]) => {
  const module = await import(new URL("rights.js", document.baseURI));
  return cases.map((given) => {
    try { return { gives: module[name](...given) }; }
    catch (error) {
      if (!(error instanceof module.Problem)) throw error;
      return { problem: error.message };
    }
  });
}"""


def iso(day):
    return None if day is None else day.isoformat()


def a_day(rng):
    return date(2024, 1, 1) + timedelta(days=rng.randint(0, 1500))


def a_purchase(rng):
    delivered = a_day(rng)
    near = lambda low, high: delivered + timedelta(days=rng.randint(low, high))  # noqa: E731
    waits = []
    for _ in range(rng.choice([0, 1, 1, 2])):
        asked = near(0, 60)
        waits.append(rights.Wait(asked, rng.choice([None, asked, asked + timedelta(days=rng.randint(0, 40))])))
    return rights.Purchase(
        delivered, rng.choice([None, near(-9, 9)]), rng.choice([None, near(0, 30)]),
        rng.choice([None, rng.randint(0, 60)]), tuple(waits),
    )  # fmt: skip


def in_javascript(purchase):
    return {
        "delivered": iso(purchase.delivered), "owned": iso(purchase.owned), "installed": iso(purchase.installed),
        "keeps_days": purchase.keeps_days,
        "waits": [{"asked": iso(wait.asked), "received": iso(wait.received)} for wait in purchase.waits],
    }  # fmt: skip


def pairs(name, rng):
    """The same call for both sides: what JavaScript is given, and what Python answers when called."""
    day, nation, extended = a_day(rng), rng.choice(NATIONS), rng.random() < 0.5
    purchase, other = a_purchase(rng), rng.choice([None, a_day(rng)])
    months = rng.randint(1, 90)
    last = lambda found: None if found is None else iso(found.last_day)  # noqa: E731
    return {
        "monthsAfter": ([iso(day), months], lambda: iso(rights.months_after(day, months))),
        "lastDayOfMonthsBeginningWith": ([iso(day), months], lambda: iso(rights.last_day_of_months_beginning_with(day, months))),
        "bankHolidays": ([day.year, nation], lambda: [iso(one) for one in bank_holidays.bank_holidays(day.year, nation)]),
        "nextWorkingDay": ([iso(day), nation], lambda: iso(bank_holidays.next_working_day(day, nation))),
        "rejectBy": ([in_javascript(purchase)], lambda: last(rights.reject_by(purchase))),
        "faultPresumedUntil": ([in_javascript(purchase)], lambda: last(rights.fault_presumed_until(purchase))),
        "noDeductionUntil": ([in_javascript(purchase)], lambda: last(rights.no_deduction_until(purchase))),
        "refundBy": ([iso(day)], lambda: last(rights.refund_by(day))),
        "deliverBy": ([iso(day)], lambda: last(rights.deliver_by(day))),
        "cancelGoodsBy": ([iso(day)], lambda: last(rights.cancel_goods_by(day))),
        "cancelServiceBy": ([iso(day)], lambda: last(rights.cancel_service_by(day))),
        "sendBackBy": ([iso(day)], lambda: last(rights.send_back_by(day))),
        "cancelledRefundBy": ([iso(day), iso(other)], lambda: last(rights.cancelled_refund_by(day, other))),
        "subjectAccessBy": (
            [iso(day), nation, extended], lambda: last(rights.subject_access_by(day, nation, extended=extended)),
        ),
        "acknowledgeDataComplaintBy": ([iso(day)], lambda: last(rights.acknowledge_data_complaint_by(day))),
        "equalityClaimBy": ([iso(day), nation], lambda: last(rights.equality_claim_by(day, nation))),
        "courtClaimBy": ([iso(day), nation], lambda: last(rights.court_claim_by(day, nation))),
    }[name]  # fmt: skip


NAMES = [
    "monthsAfter", "lastDayOfMonthsBeginningWith", "bankHolidays", "nextWorkingDay", "rejectBy", "faultPresumedUntil",
    "noDeductionUntil", "refundBy", "deliverBy", "cancelGoodsBy", "cancelServiceBy", "sendBackBy", "cancelledRefundBy",
    "subjectAccessBy", "acknowledgeDataComplaintBy", "equalityClaimBy", "courtClaimBy",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_hundreds_of_random_cases_agree(visit, name):
    page = visit("blank.html")
    rng = random.Random(name)
    calls = [pairs(name, rng) for _ in range(CASES)]
    found = page.evaluate(CALL, [name, [given for given, _ in calls]])
    refused = 0
    for (given, python), result in zip(calls, found, strict=True):
        try:
            assert result == {"gives": python()}, given
        except Problem as problem:
            refused += 1
            assert result == {"problem": str(problem)}
    assert refused < CASES


@pytest.mark.parametrize("day", ["2026-02-29", "2026-13-01", "23.11.2026", "", None])
def test_a_day_that_does_not_exist_is_refused(visit, day):
    [result] = visit("blank.html").evaluate(CALL, ["refundBy", [[day]]])
    assert "must be a date" in result["problem"]
