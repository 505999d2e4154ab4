"""Four customers who write to Northfold with a right inside their words, and one use of customers' data: for the exercise on scope.

Drawn from the seed of a learner's case. Each customer's text has the dates; the last day
is worked out with :mod:`cslearn.methods.rights`, never kept. The periods were the same in
spring 2024, when they write, as on the day on which the law was last read. Fictional
people; information, and not legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cslearn.methods import rights
from cslearn.northfold.draw import Draw, seed_of
from cslearn.northfold.working_days import add_working_days

CASES = ("case1", "case2", "case3", "case4")
CLOCKS = {
    "reject": "Faulty goods may be rejected for a full refund (Consumer Rights Act, sections 20 and 22)",
    "proof": "A fault is taken to have been there at delivery (Consumer Rights Act, section 19)",
    "refund": "A refund that was agreed must be paid (Consumer Rights Act, section 20)",
    "deliver": "Goods must come where no day was agreed (Consumer Rights Act, section 28)",
    "cancel": "A distance sale may be cancelled (Consumer Contracts Regulations, regulation 30)",
    "access": "A request for one's own data must be answered (UK GDPR, articles 12 and 15)",
    "breach": "A breach of personal data must be reported (UK GDPR, article 33)",
}
BASES = {
    "consent": "The customer's consent",
    "contract": "The contract with the customer needs it",
    "legal_duty": "A law obliges Northfold to do it",
    "interests": "Northfold's legitimate interests, weighed against the customer's",
    "nothing": "Nothing allows it as things stand",
}


@dataclass(frozen=True)
class Slip:
    """A last day that is often given and is wrong, with the reason why it is wrong."""

    day: date
    because: str


@dataclass(frozen=True)
class CustomersCase:
    """One customer: what happened in their words, which day is asked for, and the right answer."""

    says: str
    asks: str
    clock: str
    last_day: date
    because: str
    slips: tuple[Slip, ...]


@dataclass(frozen=True)
class DataUse:
    """A use of customers' data that somebody proposes, what may allow it, and why."""

    says: str
    allowed_by: tuple[str, ...]
    because: str


def said(day: date) -> str:
    """A date as a letter has it: Tuesday 9 April 2024."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def customers(seed: int) -> dict[str, CustomersCase]:
    """The four customers of one case, by :data:`CASES`: goods, money or delivery, own data, and one more clock."""
    draw = Draw(seed_of("customers' rights", seed))
    makers = [
        draw.one_of([_reject, _installed, _repaired]),
        draw.one_of([_refund, _deliver, _cancel]),
        _access,
        draw.one_of([_proof, _breach]),
    ]
    return {name: make(draw) for name, make in zip(CASES, draw.shuffled(makers), strict=True)}


def data_use(seed: int) -> DataUse:
    """The proposed use of customers' data of one case."""
    return Draw(seed_of("use of data", seed)).one_of(_USES)


_PRODUCTS = ("kettle", "toaster", "floor lamp", "desk", "armchair", "rug")
_APPLIANCES = ("washing machine", "cooker", "fridge")
_USES = (
    DataUse(
        "Marketing wants to send offers by e-mail to everyone who complained in spring. For these customers the record says 'unknown' where it asks about marketing.",
        ("nothing",),
        "Unknown is no consent: nobody asked these people, or nobody wrote it down. Ask first, and leave them out until they say yes (UK GDPR, articles 4(11) and 7; for e-mail also the PECR 2003).",
    ),
    DataUse(
        "The case owner wants to see the customer's order and the courier's scans, so that the customer need not tell it all again and the late parcel can be put right.",
        ("contract", "interests"),
        "Putting the order right is part of the contract, so no consent is needed; it may be looked at for that, and for nothing else (UK GDPR, articles 5(1)(b) and 6(1)).",
    ),
    DataUse(
        "To help stores recognise people, somebody wants to mail the sheet of open complaints to all fourteen stores: names, addresses, and for some customers what they are ill with.",
        ("nothing",),
        "A store needs an order number and no more. Names and health go to nobody who does not need them (UK GDPR, articles 5(1)(c), 6 and 9).",
    ),
)


def _day(draw: Draw, first: date, last: date) -> date:
    return first + timedelta(days=int(draw.step(0, (last - first).days, 1)))


def _case(draw: Draw, texts: tuple[str, ...], asks, clock, last_day, because, slips, **words) -> CustomersCase:
    words = {name: said(value) if isinstance(value, date) else value for name, value in words.items()}
    kept: dict[date, Slip] = {}
    for day, why in slips:
        # Two slips may fall on one day, and one may be right by chance.
        if day != last_day:
            kept.setdefault(day, Slip(day, why))
    return CustomersCase(draw.one_of(texts).format(**words), asks, clock, last_day, because, tuple(kept.values()))


_REJECT_ASKS = "The last day on which the goods may be rejected for a full refund"
_CALENDAR_MONTH = "You counted one calendar month. Here it is 30 days, whatever the month."
_FROM_THE_FAULT = (
    "You counted from the day of the fault. The clock starts when the goods are the customer's own and delivered."
)
_DAY_ONE_OF_30 = "You are one day short: day 1 is the day after delivery."


def _reject(draw: Draw) -> CustomersCase:
    came = _day(draw, date(2024, 3, 4), date(2024, 5, 3))
    broke = came + timedelta(days=int(draw.step(5, 24, 1)))
    last = rights.reject_by(rights.Purchase(came)).last_day
    texts = (
        "I paid for my {product} and it was delivered on {came}. Your driver was very kind, he carried it in. On {broke} it simply stopped. My neighbour says try a new fuse, I did. I do not want it mended. I want my money back.",
        "We chose the {product} for my mother's birthday and took it home from your store on {came}. It looked lovely. On {broke} a crack showed all the way along, and nobody had dropped it. Please just take it back and return the money.",
    )
    slips = (
        (came + timedelta(days=29), _DAY_ONE_OF_30),
        (rights.months_after(came, 1), _CALENDAR_MONTH),
        (broke + timedelta(days=30), _FROM_THE_FAULT),
        (
            came + timedelta(days=14),
            "14 days are for a change of mind after a distance sale. Goods that are faulty have 30.",
        ),
    )
    because = "30 days, of which the first is the day after delivery"
    return _case(draw, texts, _REJECT_ASKS, "reject", last, because, slips, product=draw.one_of(_PRODUCTS), came=came, broke=broke)  # fmt: skip


def _installed(draw: Draw) -> CustomersCase:
    came = _day(draw, date(2024, 3, 4), date(2024, 4, 26))
    fitted = came + timedelta(days=int(draw.step(3, 9, 1)))
    last = rights.reject_by(rights.Purchase(came, installed=fitted)).last_day
    texts = (
        "The {product} came on {came}, and then we waited, because fitting it was in the price. Your crew came on {fitted} and told us that it was done. It has never worked properly, not once. I have a family of five. I want my money back and I will buy elsewhere.",
        "I am writing about the {product}. It was delivered on {came}. Installation was part of the order, and your fitters reported it finished on {fitted}. Since then it leaks. I have been very patient, and now I would like a full refund.",
    )
    slips = (
        (came + timedelta(days=30), "You counted from delivery. Installation was agreed, so the clock starts when the trader has said that it is done."),
        (fitted + timedelta(days=29), _DAY_ONE_OF_30.replace("delivery", "the installation")),
        (rights.months_after(fitted, 1), _CALENDAR_MONTH),
    )  # fmt: skip
    because = "30 days, of which the first is the day after the agreed installation was reported done"
    return _case(draw, texts, _REJECT_ASKS, "reject", last, because, slips, product=draw.one_of(_APPLIANCES), came=came, fitted=fitted)  # fmt: skip


def _repaired(draw: Draw) -> CustomersCase:
    came = _day(draw, date(2024, 3, 4), date(2024, 4, 12))
    asked = came + timedelta(days=int(draw.step(6, 20, 1)))
    back = asked + timedelta(days=int(draw.step(6, 15, 1)))
    last = rights.reject_by(rights.Purchase(came, waits=(rights.Wait(asked, back),))).last_day
    texts = (
        "My {product} was delivered on {came}. It was faulty, so on {asked} I asked you to mend it, and your lady on the phone was helpful. It came back on {back} with the very same fault. I have had enough of this. I would like to return it for a refund.",
        "I got the {product} on {came}. On {asked} we agreed that you would replace it, and the new one arrived on {back}. It does not work either. Do not send me a third one, please. I want to give it back.",
    )
    slips = (
        (came + timedelta(days=30), "You let the clock run while the customer waited. The days of waiting are added."),
        (back + timedelta(days=30), "You began the 30 days again. They go on where they stopped, and at least 7 days are left."),
        (back + timedelta(days=7), "Seven days are the least that is left. Here more of the 30 is left than that."),
        (came + timedelta(days=30 + (back - asked).days), "The day on which the goods came back is a day of waiting too."),
    )  # fmt: skip
    because = "30 days after delivery, and the days of waiting for the repair or replacement are added; at least 7 days are left"
    return _case(draw, texts, _REJECT_ASKS, "reject", last, because, slips, product=draw.one_of(_PRODUCTS), came=came, asked=asked, back=back)  # fmt: skip


def _refund(draw: Draw) -> CustomersCase:
    agreed = _day(draw, date(2024, 3, 11), date(2024, 5, 24))
    last = rights.refund_by(agreed).last_day
    texts = (
        "Your colleague could not have been nicer: on {agreed} she told me that my money for the faulty {product} will come back to me. That was that. I have heard nothing since. I am not a rich woman and I would like to know when it comes.",
        "On {agreed} your team leader agreed that I get a refund for the {product} that did not work. Now I hear that it 'waits for a signature'. Whose signature is not my problem. By when do I have it?",
    )
    slips = (
        (agreed + timedelta(days=14), "You began with the day after. The day on which the trader agrees is the first of the 14."),
        (add_working_days(agreed, 14), "You counted working days. Weekends and holidays count here."),
        (rights.months_after(agreed, 1), "There is no month here. A refund has 14 days from the day on which it was agreed."),
    )  # fmt: skip
    because = "14 days, of which the first is the day of agreeing"
    return _case(draw, texts, "The last day on which the refund may be paid", "refund", last, because, slips, product=draw.one_of(_PRODUCTS), agreed=agreed)  # fmt: skip


def _deliver(draw: Draw) -> CustomersCase:
    ordered = _day(draw, date(2024, 3, 4), date(2024, 5, 10))
    last = rights.deliver_by(ordered).last_day
    texts = (
        "I ordered a {product} from you on {ordered} and paid at once. Nobody named a day, they only said 'as soon as we can'. I have stayed in twice for nothing. How long can you leave me waiting?",
        "My order for the {product} is from {ordered}. No date was ever given. Each time I ring, I am told that it is on its way. I should like to know by when you must have brought it.",
    )
    slips = (
        (rights.months_after(ordered, 1), _CALENDAR_MONTH),
        (ordered + timedelta(days=29), "You are one day short: day 1 is the day after the contract."),
        (ordered + timedelta(days=14), "14 days are for a change of mind or a refund. Delivery has 30 days if no day was agreed."),
    )  # fmt: skip
    because = "30 days after the day of the contract"
    return _case(draw, texts, "The last day for delivery", "deliver", last, because, slips, product=draw.one_of(_PRODUCTS), ordered=ordered)  # fmt: skip


def _cancel(draw: Draw) -> CustomersCase:
    ordered = _day(draw, date(2024, 3, 4), date(2024, 5, 10))
    came = ordered + timedelta(days=int(draw.step(4, 11, 1)))
    last = rights.cancel_goods_by(came).last_day
    texts = (
        "I ordered the {product} on your website on {ordered} and it came on {came}. There is nothing wrong with it. It is just far too big for my hall, I measured badly. May I change my mind, and until when?",
        "The {product} from your web shop arrived on {came}, I had ordered it on {ordered}. Honestly, the colour is not for me. I have not used it. I would rather send it back.",
    )
    slips = (
        (ordered + timedelta(days=14), "You counted from the order. For goods the 14 days run from the day on which they came."),
        (came + timedelta(days=13), "You are one day short: the 14 days begin with the day after the goods came."),
        (came + timedelta(days=30), "30 days are for goods with a fault. These have none: a change of mind has 14 days."),
    )  # fmt: skip
    because = "14 days after the day on which the goods came"
    return _case(draw, texts, "The last day on which the customer may say that they change their mind", "cancel", last, because, slips, product=draw.one_of(_PRODUCTS), ordered=ordered, came=came)  # fmt: skip


def _access(draw: Draw) -> CustomersCase:
    while True:
        asked = _day(draw, date(2024, 2, 26), date(2024, 5, 31))
        month, last = rights.months_after(asked, 1), rights.subject_access_by(asked).last_day
        # Thirty days and a month must not fall on one day, or whoever mixes them up is right.
        if asked + timedelta(days=30) not in (month, last):
            break
    texts = (
        "{asked}. I have complained three times now, and each time I have to tell it all again. I think you have got it wrong in your computer. Please send me everything you have about me, the calls too.",
        "I wrote to you on {asked}, on your chat, at the end of a long story about my parcel. I only want one thing now: to see what your people have written down about me. The agent said that you do not do that.",
    )
    slips = (
        (asked + timedelta(days=30), "You counted 30 days. The law says one month."),
        (asked + timedelta(days=40), "40 days were the rule of the old Act of 1998. It is one month now."),
        (month, "The month ends on a day that is no working day, so the next working day counts."),
        (add_working_days(asked, 30), "The law says one month, and not 30 working days."),
    )
    because = "one month from the day on which the customer asked, or the next working day if that is none"
    return _case(draw, texts, "The last day for the answer, if nothing makes it longer", "access", last, because, slips, asked=asked)  # fmt: skip


def _proof(draw: Draw) -> CustomersCase:
    while True:
        came = _day(draw, date(2023, 12, 11), date(2024, 2, 9))
        # Months of other lengths would make a puzzle of the last days of a month.
        if came.day <= 28:
            break
    broke = came + timedelta(days=int(draw.step(60, 110, 1)))
    last = rights.fault_presumed_until(rights.Purchase(came)).last_day
    texts = (
        "The {product} was delivered on {came} and I was happy with it. On {broke} it went, in quite normal use. Your colleague asked me to prove that it was faulty from the start. How am I to do that?",
        "We have had the {product} since {came}. It broke on {broke}. The man in the shop said that after 30 days it is my problem, and to try the maker. I do not think that is right.",
    )
    slips = (
        (rights.months_after(came, 6), "You are one day over: the day of delivery is the first day of the six months."),
        (came + timedelta(days=30), "After 30 days the first right to reject has gone. The help with the proof lasts six months."),
        (came + timedelta(days=180), "You counted 180 days. The law says six months."),
        (rights.last_day_of_months_beginning_with(broke, 6), "You counted from the day of the fault. The six months begin with delivery."),
    )  # fmt: skip
    because = "six months, of which the day of delivery is the first day"
    asks = "The last day on which a fault that shows is taken to have been there at delivery"
    return _case(draw, texts, asks, "proof", last, because, slips, product=draw.one_of(_PRODUCTS), came=came, broke=broke)  # fmt: skip


def _breach(draw: Draw) -> CustomersCase:
    while True:
        known = _day(draw, date(2024, 3, 6), date(2024, 5, 24))
        # Wednesday to Friday: then the 72 hours run over the weekend.
        if known.weekday() in (2, 3, 4):
            break
    hour = int(draw.step(9, 15, 1))
    last = rights.report_breach_by(datetime(known.year, known.month, known.day, hour)).date()
    texts = (
        "I do not wish to complain about the parcel, it is fine. But in the box was a sheet with other people's names, addresses and telephone numbers, and what they had complained about. (Received and read on {known} at {hour}:00. Some of the customers on it are at risk.)",
        "Somebody should know this: your e-mail had a file attached with a hundred customers in it, addresses and all, and for some that they are ill. (Received and read on {known} at {hour}:00. It may well put people at risk.)",
    )
    slips = (
        (add_working_days(known, 3), "You counted working days. The 72 hours run through weekends and holidays."),
        (
            rights.months_after(known, 1),
            "A month is for a customer who asks for their own data. A breach has 72 hours.",
        ),
        (known + timedelta(days=2), "You are a day short: 72 hours are three full days."),
    )
    because = "72 hours from the moment of knowing, weekends included"
    return _case(draw, texts, "The day on which the 72 hours for the report end", "breach", last, because, slips, known=known, hour=hour)  # fmt: skip
