"""Four customers with a right in their words: the last days worked out again, and what every draw must hold."""

import re
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from cslearn.northfold import customers_rights
from cslearn.northfold.case import case

EASTER_AND_MAY = {date(2024, 3, 29), date(2024, 4, 1), date(2024, 5, 6), date(2024, 5, 27), date(2024, 8, 26)}
DRAWS = [customers_rights.customers(seed) for seed in range(400)]
DATED = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (\d{1,2} \w+ \d{4})(?: at (\d{1,2}):00)?")


def dates(text: str) -> list[date]:
    return [datetime.strptime(found[1], "%d %B %Y").date() for found in DATED.finditer(text)]


def working(day: date) -> date:
    while day.weekday() > 4 or day in EASTER_AND_MAY:
        day += timedelta(days=1)
    return day


def worked_out(one: customers_rights.CustomersCase) -> date:
    """The last day from the dates in the customer's words, by dateutil and plain counting."""
    said = sorted(dates(one.says))
    match one.clock:
        case "reject" if len(said) == 3:
            came, asked, back = said
            waited = (back - asked).days + 1
            return max(came + timedelta(days=30 + waited), back + timedelta(days=7))
        case "reject" if "fitt" in one.says:
            return said[1] + timedelta(days=30)
        case "reject":
            return said[0] + timedelta(days=30)
        case "refund":
            return said[0] + timedelta(days=13)
        case "deliver":
            return said[0] + timedelta(days=30)
        case "cancel":
            return said[1] + timedelta(days=14)
        case "access":
            return working(said[0] + relativedelta(months=1))
        case "proof":
            return said[0] + relativedelta(months=6) - timedelta(days=1)
        case "breach":
            hour = int(DATED.search(one.says)[2])
            return (datetime(said[0].year, said[0].month, said[0].day, hour) + timedelta(hours=72)).date()


def test_every_last_day_follows_from_the_dates_in_the_customer_s_words():
    for draw in DRAWS:
        for one in draw.values():
            assert worked_out(one) == one.last_day, one


def test_four_customers_have_four_different_clocks_and_every_clock_comes_up():
    for draw in DRAWS:
        assert tuple(draw) == customers_rights.CASES
        assert len({one.clock for one in draw.values()}) == 4
        assert "access" in {one.clock for one in draw.values()}
    assert {one.clock for draw in DRAWS for one in draw.values()} == set(customers_rights.CLOCKS)
    assert {draw["case1"].clock for draw in DRAWS} == set(customers_rights.CLOCKS)


def test_no_wrong_day_is_right_and_each_says_why_it_is_wrong():
    for draw in DRAWS:
        for one in draw.values():
            assert len(one.slips) >= 2
            assert len({slip.day for slip in one.slips}) == len(one.slips)
            for slip in one.slips:
                assert slip.day != one.last_day
                assert slip.because.endswith(".") and len(slip.because.split()) > 6


def test_a_month_is_never_thirty_days_by_chance():
    for draw in DRAWS:
        one = next(one for one in draw.values() if one.clock == "access")
        assert dates(one.says)[0] + timedelta(days=30) != one.last_day


def test_no_customer_names_a_law():
    for draw in DRAWS:
        for one in draw.values():
            assert not re.search(r"\b(law|legal|act|regulation|GDPR|right to|section)\b", one.says, re.I), one.says


def test_each_use_of_data_comes_up_and_names_its_article():
    uses = {customers_rights.data_use(seed) for seed in range(40)}
    assert len(uses) == 3
    for use in uses:
        assert set(use.allowed_by) <= set(customers_rights.BASES)
        assert "UK GDPR, article" in use.because


def test_the_book_s_customers_stay_the_same():
    book = customers_rights.customers(case("set-the-scope").seed)
    assert {name: (dates(one.says), one.last_day) for name, one in book.items()} == {
        # 13 days of waiting, from 17 to 29 April, on top of 30 days after 6 April.
        "case1": ([date(2024, 4, 6), date(2024, 4, 17), date(2024, 4, 29)], date(2024, 5, 19)),
        # One month, and a Tuesday that is no bank holiday.
        "case2": ([date(2024, 3, 2)], date(2024, 4, 2)),
        "case3": ([date(2024, 3, 30)], date(2024, 4, 29)),
        "case4": ([date(2024, 2, 2), date(2024, 5, 10)], date(2024, 8, 1)),
    }
