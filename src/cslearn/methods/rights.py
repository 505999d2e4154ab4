"""The rights clock: which right a customer has, and until when. Information, not legal advice.

Statutes as they stood when they were last read, on 23 November 2026: the Consumer Rights
Act 2015 (CRA), the Consumer Contracts (Information, Cancellation and Additional Charges)
Regulations 2013 (CCR), the UK GDPR with the Data Protection Act 2018 (DPA), and the
Equality Act 2010. Every answer names its section. The same steps in the same order stand
in ``explorers/rights.js``.

How a period is counted follows its own words. "Beginning with the day" counts that day;
"after the day" starts with the next one. A period of months ends on the day of the same
number, or on the last day of a month that has no such day.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cslearn.methods.bank_holidays import ENGLAND_AND_WALES, NATIONS, NORTHERN_IRELAND, SCOTLAND, next_working_day
from cslearn.problem import Problem

CHECKED = date(2026, 11, 23)
# Organisations must acknowledge complaints about personal data from this day (Data (Use and
# Access) Act 2025, s. 103).
DATA_COMPLAINTS_FROM = date(2026, 6, 19)


@dataclass(frozen=True)
class Deadline:
    """The last day on which something may still be done, and where the law says so."""

    last_day: date
    source: str


@dataclass(frozen=True)
class Wait:
    """A repair or replacement: asked for or agreed to on one day, goods received back on another, or not yet."""

    asked: date
    received: date | None = None


@dataclass(frozen=True)
class Purchase:
    """Goods that a consumer bought from a trader.

    ``owned`` is the day on which they became the customer's own (None: on delivery),
    ``installed`` the day on which the trader said that agreed installation was done,
    ``keeps_days`` how long goods that perish can be expected to last.
    """

    delivered: date
    owned: date | None = None
    installed: date | None = None
    keeps_days: int | None = None
    waits: tuple[Wait, ...] = ()

    @property
    def complete(self) -> date:
        """The day on which ownership, delivery and agreed installation had all happened."""
        return max(day for day in (self.owned, self.delivered, self.installed) if day is not None)


@dataclass(frozen=True)
class Remedy:
    """What the customer may ask for; ``proof`` says who must show when the fault was there."""

    name: str
    proof: str
    source: str
    until: date | None = None


def _day(value: object, what: str) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Problem(f"{what} must be a date, but it is {value!r}. Enter day, month and year.")
    return value


def _nation(nation: str) -> str:
    if nation not in NATIONS:
        raise Problem(f"Say which law applies: {', '.join(NATIONS)}. {nation!r} is none of them.")
    return nation


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last day of a month that has no such day."""
    year, month = divmod(_day(day, "The day").year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of_months_beginning_with(day: date, months: int) -> date:
    """The last day of a period of so many months of which ``day`` is the first day."""
    end = months_after(day, months)
    # The 31st of a short month: its last day still belongs to the period.
    return end if end.day < day.day else end - timedelta(days=1)


def reject_by(purchase: Purchase) -> Deadline | None:
    """The last day of the short-term right to reject faulty goods for a full refund; None while a repair stops the clock.

    In words: 30 days, of which the first is the day after the goods are owned, delivered
    and, where agreed, installed. Days of waiting for a repair or a replacement, the first
    and the last included, are added. If that leaves fewer than 7 days after the goods came
    back, it is 7. Goods that perish sooner: only as long as they can be expected to keep.
    Source: CRA s. 22(3), (4), (6) to (8).
    """
    days = 30 if purchase.keeps_days is None else min(30, purchase.keeps_days)
    if days < 0:
        raise Problem(f"Goods cannot keep for {days} days. Enter 0 or more.")
    last = _day(purchase.complete, "The day of delivery") + timedelta(days=days)
    for wait in sorted(purchase.waits, key=lambda wait: wait.asked):
        if wait.received is not None and wait.received < wait.asked:
            raise Problem(f"The goods came back on {wait.received}, before the repair was asked for on {wait.asked}.")
        if wait.asked > last:
            # The right had ended; a later repair does not bring it back.
            break
        if wait.received is None:
            return None
        waited = (wait.received - wait.asked).days + 1
        last = max(last + timedelta(days=waited), wait.received + timedelta(days=7))
    return Deadline(last, "CRA s. 22")


def fault_presumed_until(purchase: Purchase) -> Deadline:
    """Up to this day a fault that shows is taken to have been there at delivery, unless the trader shows otherwise.

    In words: six months, of which the first day is the day of delivery. This does not help
    with the short-term right to reject, for which the customer shows the fault.
    Source: CRA s. 19(14) and (15).
    """
    return Deadline(last_day_of_months_beginning_with(purchase.delivered, 6), "CRA s. 19(14), (15)")


def no_deduction_until(purchase: Purchase) -> Deadline:
    """Up to this day nothing is taken off a refund for use, except for motor vehicles.

    In words: six months, of which the first is the day after the goods are owned,
    delivered and, where agreed, installed. Source: CRA s. 24(8) to (11).
    """
    first = purchase.complete + timedelta(days=1)
    return Deadline(last_day_of_months_beginning_with(first, 6), "CRA s. 24(8) to (11)")


def goods_remedies(purchase: Purchase, on: date, shown: date, *, repair_failed: bool = False) -> tuple[Remedy, ...]:
    """What a customer may ask for on a day about goods with a fault that showed on ``shown``, in the order of the Act.

    ``repair_failed``: the goods are still faulty after one repair or replacement, or
    neither is possible, or it was not done within a reasonable time.
    The claim is against the trader who sold the goods, not the maker.
    Source: CRA s. 19 to 24.
    """
    for day, what in ((on, "Today"), (shown, "The day on which the fault showed")):
        _day(day, what)
    if on < shown:
        raise Problem(f"The fault shows on {shown}, which is after {on}. Check the two dates.")
    found = []
    limit = reject_by(purchase)
    if limit and on <= limit.last_day:
        found.append(Remedy("reject the goods for a full refund", "customer", "CRA s. 20, 22", limit.last_day))
    proof = "trader" if shown <= fault_presumed_until(purchase).last_day else "customer"
    if not repair_failed:
        found.append(Remedy("repair or replacement, the customer's choice", proof, "CRA s. 23"))
    else:
        found.append(Remedy("keep the goods at a lower price", proof, "CRA s. 24"))
        found.append(Remedy("reject the goods at last", proof, "CRA s. 24"))
    return tuple(found)


def refund_by(agreed: date) -> Deadline:
    """The last day for a refund that the trader agreed was due: 14 days, of which the first is the day of agreeing.

    It must be paid without undue delay, by the way in which the customer paid, and without
    a fee. Source: CRA s. 20(15) to (17).
    """
    return Deadline(_day(agreed, "The day of agreeing") + timedelta(days=13), "CRA s. 20(15)")


def deliver_by(contract: date) -> Deadline:
    """The last day for delivery where no other day was agreed: 30 days after the day of the contract. CRA s. 28."""
    return Deadline(_day(contract, "The day of the contract") + timedelta(days=30), "CRA s. 28(3)")


def cancel_goods_by(received: date) -> Deadline:
    """The last day to change one's mind about goods bought at a distance: 14 days after the day of receiving them.

    For a shop there is no such right. Made-to-measure goods and some others are excepted.
    Source: CCR reg. 28 to 30.
    """
    return Deadline(_day(received, "The day of receiving the goods") + timedelta(days=14), "CCR reg. 30")


def cancel_service_by(contract: date) -> Deadline:
    """The last day to change one's mind about a service bought at a distance: 14 days after the day of the contract."""
    return Deadline(_day(contract, "The day of the contract") + timedelta(days=14), "CCR reg. 30")


def send_back_by(cancelled: date) -> Deadline:
    """The last day to send cancelled goods back: 14 days after the day of telling the trader. CCR reg. 35."""
    return Deadline(_day(cancelled, "The day of cancelling") + timedelta(days=14), "CCR reg. 35")


def cancelled_refund_by(returned: date | None = None, proof_of_sending: date | None = None) -> Deadline:
    """The last day to refund cancelled goods: 14 days after they came back or, if earlier, after proof of sending came.

    Standard delivery is refunded too. Source: CCR reg. 34.
    """
    days = [_day(day, "The day") for day in (returned, proof_of_sending) if day is not None]
    if not days:
        raise Problem("Give the day on which the goods came back, or on which proof of sending came.")
    return Deadline(min(days) + timedelta(days=14), "CCR reg. 34")


def subject_access_by(received: date, nation: str = ENGLAND_AND_WALES, *, extended: bool = False) -> Deadline:
    """The last day to answer someone who asks for their own data, in whatever words and whoever they ask.

    In words: the day of the same number one month later, or the last day of a shorter
    month; if that is no working day, the next one. ``extended`` adds two months, for
    complex or several requests, if the person was told so within the first month.
    It is one month: not 30 days, and not the 40 days of the old Act of 1998.
    Source: UK GDPR art. 12(3), 15; the Information Commissioner's guidance for the next working day.
    """
    due = months_after(_day(received, "The day of receiving the request"), 3 if extended else 1)
    return Deadline(next_working_day(due, _nation(nation)), "UK GDPR art. 12(3)")


def acknowledge_data_complaint_by(received: date) -> Deadline:
    """The last day to acknowledge a complaint about personal data: 30 days, of which the first is the day it came.

    Another clock than a request for one's data. Raises Problem for a complaint before 19
    June 2026, when the duty began. Source: DPA s. 164A(3), put in by the Data (Use and Access) Act 2025, s. 103.
    """
    if _day(received, "The day of receiving the complaint") < DATA_COMPLAINTS_FROM:
        raise Problem(f"The duty to acknowledge began on 19 June 2026; {received} is before that.")
    return Deadline(received + timedelta(days=29), "DPA s. 164A(3)")


def report_breach_by(aware: datetime) -> datetime:
    """When a breach of personal data must have been reported at the latest: 72 hours after becoming aware.

    Not needed if it is unlikely to put people at risk. Weekends count.
    Source: UK GDPR art. 33(1).
    """
    if not isinstance(aware, datetime):
        raise Problem(f"Give date and time of becoming aware, not {aware!r}: the 72 hours run from there.")
    return aware + timedelta(hours=72)


def equality_claim_by(act: date, nation: str = ENGLAND_AND_WALES) -> Deadline:
    """The last day to go to court about discrimination in a service: six months, of which the first is the day of the act.

    The court may allow longer. Raises Problem for Northern Ireland, which has laws of its own.
    Source: Equality Act 2010 s. 118(1).
    """
    if _nation(nation) == NORTHERN_IRELAND:
        raise Problem(
            "The Equality Act 2010 does not apply in Northern Ireland, which has equality laws of its own: "
            "ask the Equality Commission for Northern Ireland."
        )
    return Deadline(
        last_day_of_months_beginning_with(_day(act, "The day of the act"), 6), "Equality Act 2010 s. 118(1)"
    )


def court_claim_by(breach: date, nation: str = ENGLAND_AND_WALES) -> Deadline:
    """Until when a claim about a broken contract can as a rule be brought: six years, in Scotland five.

    Source: Limitation Act 1980 s. 5; Limitation (Northern Ireland) Order 1989 art. 4;
    Prescription and Limitation (Scotland) Act 1973 s. 6.
    """
    scotland = _nation(nation) == SCOTLAND
    source = {
        ENGLAND_AND_WALES: "Limitation Act 1980 s. 5",
        NORTHERN_IRELAND: "Limitation (Northern Ireland) Order 1989 art. 4",
        SCOTLAND: "Prescription and Limitation (Scotland) Act 1973 s. 6",
    }[nation]
    return Deadline(months_after(_day(breach, "The day of the breach"), 60 if scotland else 72), source)
