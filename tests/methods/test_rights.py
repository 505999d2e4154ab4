"""Hand-worked dates: leap days, month ends, bank holidays, repairs, installation, and the nations' differences."""

import random
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from cslearn.methods import bank_holidays, rights
from cslearn.methods.rights import Purchase, Wait
from cslearn.problem import Problem

days = st.dates(date(2015, 10, 1), date(2060, 12, 31))


def bought(day, **more):
    return Purchase(delivered=date.fromisoformat(day), **more)


def on(text):
    return date.fromisoformat(text)


# Months


@given(days, st.integers(1, 80))
def test_months_agree_with_dateutil(day, months):
    assert rights.months_after(day, months) == day + relativedelta(months=months)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2026-03-10", 6, "2026-09-09"),
        ("2026-03-01", 6, "2026-08-31"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-02-29", 6, "2024-08-28"),
        ("2026-01-31", 1, "2026-02-28"),
    ],
)
def test_the_last_day_of_a_period_of_months(first, months, last):
    assert rights.last_day_of_months_beginning_with(on(first), months) == on(last)


# Goods: the short-term right to reject


@pytest.mark.parametrize(
    ("purchase", "last"),
    [
        # 1 July is the first of 30 days: 1 July + 29.
        (bought("2026-06-30"), "2026-07-30"),
        # Over a leap day: February 2024 has 29 days, so 30 January + 30 days is 29 February.
        (bought("2024-01-30"), "2024-02-29"),
        (bought("2023-01-30"), "2023-03-01"),
        # Delivered on the 3rd, but the fitters came on the 20th: 20 May + 30.
        (bought("2026-05-03", installed=on("2026-05-20")), "2026-06-19"),
        # Paid for and owned a week before it was delivered.
        (bought("2026-05-03", owned=on("2026-04-26")), "2026-06-02"),
        # Ten days' flowers.
        (bought("2026-05-03", keeps_days=10), "2026-05-13"),
        # Limit 30 October. Repair asked on the 11th, back on the 20th: 10 days, both ends counted: 9 November.
        (bought("2026-09-30", waits=(Wait(on("2026-10-11"), on("2026-10-20")),)), "2026-11-09"),
        # Asked on the last day, 30 October, back on 2 November: 4 days would give 3 November; 7 days give 9 November.
        (bought("2026-09-30", waits=(Wait(on("2026-10-30"), on("2026-11-02")),)), "2026-11-09"),
        # Two repairs: 30 October + 10 days = 9 November; then 5 to 7 November, 3 days: 12 and, by 7 days, 14 November.
        (
            bought(
                "2026-09-30",
                waits=(Wait(on("2026-11-05"), on("2026-11-07")), Wait(on("2026-10-11"), on("2026-10-20"))),
            ),
            "2026-11-14",
        ),
        # A repair asked for after the 30 days does not bring the right back.
        (bought("2026-09-30", waits=(Wait(on("2026-10-31"), on("2026-11-09")),)), "2026-10-30"),
    ],
)
def test_the_last_day_to_reject(purchase, last):
    assert rights.reject_by(purchase).last_day == on(last)


def test_the_clock_stands_still_while_goods_are_being_repaired():
    assert rights.reject_by(bought("2026-09-30", waits=(Wait(on("2026-10-11")),))) is None


@given(days, st.integers(0, 29), st.integers(0, 60))
def test_after_a_repair_in_time_there_are_at_least_seven_days_and_never_fewer_than_were_left(day, start, length):
    asked = day + timedelta(days=start + 1)
    received = asked + timedelta(days=length)
    last = rights.reject_by(Purchase(day, waits=(Wait(asked, received),))).last_day
    assert (last - received).days == max(7, 30 - start)


def ticking(purchase):
    """The short-term right to reject by another road: a clock that ticks once a day, and not on a day of waiting."""
    day = sorted(one for one in (purchase.delivered, purchase.owned, purchase.installed) if one)[-1]
    left = 30 if purchase.keeps_days is None else min(30, purchase.keeps_days)
    while True:
        day += timedelta(days=1)
        waiting = [wait for wait in purchase.waits if wait.asked <= day <= (wait.received or date.max)]
        if not waiting:
            left -= 1
            if left == 0:
                return day
        elif waiting[0].received is None:
            return None
        elif day == waiting[0].received:
            left = max(left, 7)


def test_the_last_day_to_reject_agrees_with_a_clock_that_ticks_day_by_day():
    rng = random.Random(1)
    stood_still = 0
    for _ in range(500):
        delivered = date(2024, 1, 1) + timedelta(days=rng.randint(0, 1500))
        day = delivered + timedelta(days=rng.randint(0, 10))
        waits = []
        for _ in range(rng.choice([0, 1, 1, 2])):
            asked = day + timedelta(days=rng.randint(1, 20))
            received = rng.choice([None, asked + timedelta(days=rng.randint(0, 30))])
            waits.append(Wait(asked, received))
            if received is None:
                break
            day = received
        purchase = Purchase(
            delivered, owned=rng.choice([None, delivered - timedelta(days=3)]), waits=tuple(rng.sample(waits, len(waits))),
            keeps_days=rng.choice([None, None, rng.randint(1, 40)]),
            installed=rng.choice([None, delivered + timedelta(days=rng.randint(0, 9))]) if not waits else None,
        )  # fmt: skip
        found = rights.reject_by(purchase)
        stood_still += found is None
        assert (found and found.last_day) == ticking(purchase), purchase
    assert 50 < stood_still < 300


def test_every_other_clock_agrees_with_dateutil_and_numpy_on_random_days():
    rng = random.Random(2)
    nations = bank_holidays.NATIONS
    calendars = {
        n: [day for year in range(2023, 2032) for day in bank_holidays.bank_holidays(year, n)] for n in nations
    }
    for _ in range(300):
        day, nation = date(2024, 1, 1) + timedelta(days=rng.randint(0, 1800)), rng.choice(nations)
        fortnight = [day + timedelta(days=n) for n in range(16)]
        # "Beginning with the day": the day is the first of fourteen. "After the day": the next one is.
        assert rights.refund_by(day).last_day == fortnight[:14][-1]
        for clock in (rights.cancel_goods_by, rights.cancel_service_by, rights.send_back_by):
            assert clock(day).last_day == fortnight[1:15][-1]
        other = day + timedelta(days=rng.randint(-20, 20))
        assert rights.cancelled_refund_by(day, other).last_day == sorted([day, other])[0] + relativedelta(days=14)
        assert rights.deliver_by(day).last_day == day + relativedelta(days=30)
        purchase = Purchase(day, installed=rng.choice([None, other]))
        assert rights.fault_presumed_until(purchase).last_day in (
            # The day before the same number; where the month has none, its last day.
            day + relativedelta(months=6) - timedelta(days=(day + relativedelta(months=6)).day == day.day),
        )
        first = purchase.complete + timedelta(days=1)
        end = first + relativedelta(months=6)
        assert rights.no_deduction_until(purchase).last_day == end - timedelta(days=end.day == first.day)
        longer = rng.random() < 0.5
        due = np.busday_offset(
            day + relativedelta(months=3 if longer else 1), 0, roll="forward", holidays=calendars[nation]
        ).astype(object)
        assert rights.subject_access_by(day, nation, extended=longer).last_day == due
        if day >= rights.DATA_COMPLAINTS_FROM:
            assert (
                rights.acknowledge_data_complaint_by(day).last_day == [day + timedelta(days=n) for n in range(30)][-1]
            )
        moment = datetime(day.year, day.month, day.day, rng.randint(0, 23), rng.randint(0, 59))
        assert (rights.report_breach_by(moment) - moment).total_seconds() == 72 * 3600
        years = 5 if nation == "Scotland" else 6
        assert rights.court_claim_by(day, nation).last_day == day + relativedelta(years=years)
        if nation != "Northern Ireland":
            end = day + relativedelta(months=6)
            assert rights.equality_claim_by(day, nation).last_day == end - timedelta(days=end.day == day.day)


# Goods: later remedies


def test_who_must_show_the_fault():
    purchase = bought("2026-03-10")
    assert rights.fault_presumed_until(purchase).last_day == on("2026-09-09")
    # Delivered 10 March, so the first day after is 11 March, and six months end on 10 September.
    assert rights.no_deduction_until(purchase).last_day == on("2026-09-10")
    in_time = rights.goods_remedies(purchase, on("2026-10-01"), on("2026-09-09"))
    assert [(remedy.name.split()[0], remedy.proof) for remedy in in_time] == [("repair", "trader")]
    late = rights.goods_remedies(purchase, on("2026-10-01"), on("2026-09-10"))
    assert late[0].proof == "customer"


def test_the_ladder_of_remedies():
    purchase = bought("2026-03-10")
    first = rights.goods_remedies(purchase, on("2026-03-20"), on("2026-03-20"))
    assert [remedy.name.split()[0] for remedy in first] == ["reject", "repair"]
    # For the short-term right to reject the customer shows the fault, even in the first days.
    assert first[0].proof == "customer" and first[0].until == on("2026-04-09")
    after = rights.goods_remedies(purchase, on("2026-06-20"), on("2026-03-20"), repair_failed=True)
    assert [remedy.name.split()[0] for remedy in after] == ["keep", "reject"]
    assert {remedy.source for remedy in after} == {"CRA s. 24"}


# Refunds, cancelling, delivery


def test_refunds_and_cancelling_by_hand():
    # "14 days beginning with the day": the day of agreeing is the first.
    assert rights.refund_by(on("2026-11-02")).last_day == on("2026-11-15")
    # "14 days after the day": the day itself does not count.
    assert rights.cancel_goods_by(on("2026-11-02")).last_day == on("2026-11-16")
    assert rights.cancel_service_by(on("2024-02-20")).last_day == on("2024-03-05")
    assert rights.send_back_by(on("2026-12-20")).last_day == on("2027-01-03")
    assert rights.cancelled_refund_by(on("2026-11-20"), on("2026-11-12")).last_day == on("2026-11-26")
    assert rights.cancelled_refund_by(returned=on("2026-11-20")).last_day == on("2026-12-04")
    assert rights.deliver_by(on("2026-01-31")).last_day == on("2026-03-02")


# Personal data


@pytest.mark.parametrize(
    ("received", "nation", "extended", "due"),
    [
        # Same number next month, a Tuesday.
        ("2026-10-24", "England and Wales", False, "2026-11-24"),
        # No 31st in April; 30 April 2026 is a Thursday.
        ("2026-03-31", "England and Wales", False, "2026-04-30"),
        # 28 February 2026 is a Saturday: Monday 2 March.
        ("2026-01-31", "England and Wales", False, "2026-03-02"),
        # Leap year: 29 February 2024 is a Thursday.
        ("2024-01-31", "England and Wales", False, "2024-02-29"),
        # 25 December is Friday, 28 December the substitute for Boxing Day: Tuesday 29.
        ("2026-11-25", "England and Wales", False, "2026-12-29"),
        # Easter Monday, 6 April 2026: a holiday in England, not in Scotland.
        ("2026-03-06", "England and Wales", False, "2026-04-07"),
        ("2026-03-06", "Scotland", False, "2026-04-06"),
        ("2026-03-06", "Northern Ireland", False, "2026-04-07"),
        # 13 July 2026 is Northern Ireland's Monday for the 12th.
        ("2026-06-13", "Northern Ireland", False, "2026-07-14"),
        ("2026-06-13", "England and Wales", False, "2026-07-13"),
        # 30 November: St Andrew's Day, a Monday in 2026.
        ("2026-10-30", "Scotland", False, "2026-12-01"),
        # Three months: 24 January 2027 is a Sunday.
        ("2026-10-24", "England and Wales", True, "2027-01-25"),
    ],
)
def test_the_last_day_to_answer_a_subject_access_request(received, nation, extended, due):
    assert rights.subject_access_by(on(received), nation, extended=extended).last_day == on(due)


def test_a_data_complaint_runs_on_another_clock():
    # 30 days, the day of receipt the first: 1 to 30 September.
    assert rights.acknowledge_data_complaint_by(on("2026-09-01")).last_day == on("2026-09-30")
    with pytest.raises(Problem, match="19 June 2026"):
        rights.acknowledge_data_complaint_by(on("2026-06-18"))


def test_a_breach_is_reported_within_72_hours_weekend_or_not():
    # Friday 17:30 to Monday 17:30.
    assert rights.report_breach_by(datetime(2026, 11, 20, 17, 30)) == datetime(2026, 11, 23, 17, 30)
    with pytest.raises(Problem, match="72 hours"):
        rights.report_breach_by(on("2026-11-20"))


# Equality, courts, nations


def test_going_to_court():
    # Six months less one day.
    assert rights.equality_claim_by(on("2026-05-15")).last_day == on("2026-11-14")
    assert rights.equality_claim_by(on("2026-05-15"), "Scotland").last_day == on("2026-11-14")
    with pytest.raises(Problem, match="Equality Commission"):
        rights.equality_claim_by(on("2026-05-15"), "Northern Ireland")
    assert rights.court_claim_by(on("2024-02-29")).last_day == on("2030-02-28")
    assert rights.court_claim_by(on("2024-02-29"), "Scotland").last_day == on("2029-02-28")
    assert "Order 1989" in rights.court_claim_by(on("2026-05-15"), "Northern Ireland").source


@pytest.mark.parametrize(
    "call",
    [
        lambda: rights.refund_by("2026-11-02"),
        lambda: rights.refund_by(datetime(2026, 11, 2)),
        lambda: rights.subject_access_by(on("2026-11-02"), "Wales"),
        lambda: rights.cancelled_refund_by(),
        lambda: rights.goods_remedies(bought("2026-03-10"), on("2026-03-12"), on("2026-03-13")),
        lambda: rights.reject_by(bought("2026-03-10", waits=(Wait(on("2026-03-12"), on("2026-03-11")),))),
        lambda: rights.reject_by(bought("2026-03-10", keeps_days=-1)),
    ],
)
def test_a_slip_gets_a_sentence(call):
    with pytest.raises(Problem) as caught:
        call()
    assert str(caught.value).endswith(".")
