"""Small helpers that clean one of Northfold's tables, each for one known fault, and say what they did.

Every helper takes a table as :func:`cslearn.load` gives it and returns a new one, so the
raw table stays as it was. It prints one sentence with the numbers that belong into a report,
and keeps it: :func:`what_was_done` gives all sentences of a table in order.

>>> from cslearn import load
>>> from cslearn.northfold import cleaning
>>> calls = cleaning.without_test_contacts(load("contacts"))
Removed 40 of 9,148 rows: test contacts by agent T00.

Which faults to clear away, and which to live with, depends on the question. So nothing here is
done by itself, and a helper that does not fit the table says which column it misses.
"""

import itertools
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from cslearn.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

_DONE = "cleaning"
# The supplier's, in the table of customers.
TEST_CUSTOMER = "C00000"


def what_was_done(table: "pd.DataFrame") -> list[str]:
    """The sentences of every helper that this table has been through, the first one first."""
    return list(table.attrs.get(_DONE, ()))


# ---- any table ------------------------------------------------------------------------------


def without_days(table: "pd.DataFrame", days: Iterable[str | date], because: str = "", column: str = "date"):
    """Without the rows of these days, such as ``without_days(kpis, ["2024-01-17"], "the telephones were out")``.

    Days are dates or texts such as "2024-01-17". For a table of contacts name the column:
    ``column="ts"``. Raises :class:`Problem` for what is no date.
    """
    import pandas as pd

    _needs("without_days", table, column)
    wanted = []
    for day in [days] if isinstance(days, str | date) else days:
        when = pd.to_datetime(day, errors="coerce") if isinstance(day, str | date) else pd.NaT
        if pd.isna(when):
            raise Problem(f"'{day}' is not a date; write it like 2024-01-17.")
        wanted.append(when.normalize())
    named = ", ".join(str(day.date()) for day in wanted) or "no day was named"
    reason = f"{named} ({because})" if because else named
    return _without(table, table[column].dt.normalize().isin(wanted), reason)


# ---- contacts -------------------------------------------------------------------------------


def without_test_contacts(contacts: "pd.DataFrame"):
    """Without the contacts that the supplier of the telephones made to try them out (agent T00)."""
    _needs("without_test_contacts", contacts, "agent_id")
    return _without(contacts, contacts["agent_id"] == "T00", "test contacts by agent T00")


def without_transfer_copies(contacts: "pd.DataFrame"):
    """Without the second row of a transferred call: one customer, one call, counted once.

    A second row is a telephone contact by the same customer about the same matter, taken
    by another agent of the same team within 90 minutes of the row before.
    """
    import pandas as pd

    _needs("without_transfer_copies", contacts, "customer_id", "ts", "site", "channel", "reason", "agent_id", "team")
    calls = contacts[contacts["channel"] == "phone"].sort_values("ts", kind="stable")
    before = calls.groupby(["customer_id", "reason", "site"], observed=True)[["ts", "agent_id", "team"]].shift()
    soon = calls["ts"] - before["ts"] < pd.Timedelta(minutes=90)
    other = calls["agent_id"].notna() & before["agent_id"].notna() & (calls["agent_id"] != before["agent_id"])
    same_team = (calls["team"] == before["team"]).fillna(False)
    second = calls.index[(soon & other & same_team).astype(bool)]
    return _without(contacts, contacts.index.isin(second), "second rows of transferred calls")


def without_abandoned(contacts: "pd.DataFrame"):
    """Without calls whose caller hung up first: they have no handling time, and would pull the mean down."""
    _needs("without_abandoned", contacts, "abandoned")
    return _without(contacts, contacts["abandoned"], "callers who hung up before an agent answered")


def without_callbacks(contacts: "pd.DataFrame"):
    """Without calls that an agent made back: nobody stood in a queue, so their 0 seconds are no wait."""
    _needs("without_callbacks", contacts, "channel", "queue_s")
    rang_back = (contacts["channel"] == "phone") & (contacts["queue_s"] == 0).fillna(False).astype(bool)
    return _without(contacts, rang_back, "callbacks, whose queue of 0 seconds is no wait")


# ---- complaints -----------------------------------------------------------------------------


def tidy_categories(complaints: "pd.DataFrame"):
    """With the logged categories in small letters and without spaces around them.

    Typing is put right, and nothing else: a wrong category stays wrong.
    """
    _needs("tidy_categories", complaints, "category_logged")
    typed = complaints["category_logged"].astype("object")
    tidy = typed.str.strip().str.lower()
    changed = typed.notna() & (typed != tidy)
    values = f"{typed.nunique()} spellings became {tidy.nunique()} categories"
    return _changed(complaints, {"category_logged": tidy}, changed, f"capitals and spaces; {values}")


def without_closed_before_opened(complaints: "pd.DataFrame"):
    """Without complaints whose closing time lies before the day they were opened; open ones stay."""
    _needs("without_closed_before_opened", complaints, "opened", "closed_ts")
    wrong = complaints["closed_ts"] < complaints["opened"]
    return _without(complaints, wrong, "closed before they were opened, so one of the two is wrong")


# ---- event logs -----------------------------------------------------------------------------


def with_case_keys(events: "pd.DataFrame"):
    """With a column ``case`` that tells cases apart, such as N-01234: both sites use the same numbers."""
    _needs("with_case_keys", events, "site", "case_id")
    key = events["site"].astype(str).str[0] + "-" + events["case_id"].astype(str)
    shared = events.groupby("case_id")["site"].nunique() > 1
    added = events.assign(case=key)
    return _said(
        added, events, f"Added the column 'case': {key.nunique():,} cases; {int(shared.sum()):,} numbers are used at both sites."
    )  # fmt: skip


def without_test_cases(events: "pd.DataFrame"):
    """Without the steps of cases that the supplier of the case system made to try it out (resource T00)."""
    _needs("without_test_cases", events, "resource", "site", "case_id")
    test = events["resource"] == "T00"
    cases = events.loc[test, ["site", "case_id"]].drop_duplicates()
    return _without(events, test, f"steps of {len(cases)} test cases (resource T00)")


def without_open_cases(events: "pd.DataFrame"):
    """Without the steps of cases that were still open when the log was drawn: what comes after is not in it yet.

    A case is done when the customer has confirmed it, in the step "confirm".
    """
    _needs("without_open_cases", events, "activity", "site", "case_id")
    key = events["site"].astype(str) + events["case_id"].astype(str)
    still_open = ~key.isin(key[events["activity"] == "confirm"])
    return _without(events, still_open, f"steps of {key[still_open].nunique():,} cases that were still open")


# ---- customers ------------------------------------------------------------------------------


def merged_customers(customers: "pd.DataFrame"):
    """With one row a person: second records joined to the first.

    Two records are one person's if the e-mail names are the same, or one slip of the
    keyboard apart (two letters swapped, one left out or put in) in the same postcode area.
    The record with more orders gives its id, address and needs. Orders and spend are added up;
    a person left only if both records say so; consent is the more careful of the two.
    """
    columns = ("customer_id", "email_name", "postcode_area", "orders_24m", "spend_24m", "joined", "last_order",
               "tenure_months", "churned_12m", "marketing_opt_in", "age_band")  # fmt: skip
    _needs("merged_customers", customers, *columns)
    order = customers.sort_values(["orders_24m", "last_order"], ascending=False, kind="stable")
    named = customers[customers["email_name"].notna()]
    records = zip(named.index, named["email_name"], named["postcode_area"].astype(str), strict=True)
    of = {record: min(same, key=order.index.get_loc) for same in _same_person(records) for record in same}
    second = [record for record, first in of.items() if record != first]
    merged = customers.copy()
    for record in second:
        first = of[record]
        for column in ("orders_24m", "spend_24m"):
            merged.loc[first, column] += customers.loc[record, column]
        for column, best in (("joined", min), ("last_order", max), ("tenure_months", max), ("churned_12m", min)):
            merged.loc[first, column] = best(merged.loc[first, column], customers.loc[record, column])
        asked = {merged.loc[first, "marketing_opt_in"], customers.loc[record, "marketing_opt_in"]}
        merged.loc[first, "marketing_opt_in"] = next(word for word in ("no", "unknown", "yes") if word in asked)
        if merged.loc[first, "age_band"] != merged.loc[first, "age_band"]:
            merged.loc[first, "age_band"] = customers.loc[record, "age_band"]
    return _said(
        merged.drop(index=second), customers,
        f"Merged {len(second):,} of {len(customers):,} rows into others: second records of the same person.",
    )  # fmt: skip


def one_record_a_person(customers: list[dict]) -> list[dict]:
    """What :func:`merged_customers` does, for plain rows and for a few columns: a row for each person, the supplier's test customer out.

    ``orders_24m`` is added up, and a person left only if both records say so; the other
    columns are those of the record with more orders.
    """
    place = sorted(range(len(customers)), key=lambda n: customers[n]["last_order"], reverse=True)
    place.sort(key=lambda n: customers[n]["orders_24m"], reverse=True)
    rank = {record: n for n, record in enumerate(place)}
    named = [(n, row["email_name"], row["postcode_area"]) for n, row in enumerate(customers) if row["email_name"]]
    merged = {n: dict(row) for n, row in enumerate(customers) if row["customer_id"] != TEST_CUSTOMER}
    for same in _same_person(named):
        first = min(same, key=rank.__getitem__)
        for second in same - {first}:
            merged[first]["orders_24m"] += customers[second]["orders_24m"]
            merged[first]["churned_12m"] &= customers[second]["churned_12m"]
            del merged[second]
    return list(merged.values())


def _same_person(named: Iterable[tuple]) -> list[set]:
    """The records of each person who has more than one, from (record, e-mail name, postcode area)."""
    # Names one slip apart share what is left when one letter of each is taken out.
    # A list is made only where two names meet, because most never do.
    alone: dict[str, tuple] = {}
    near: dict[tuple, list] = {}
    for row, name, area in named:
        for where, rests in (("", {name}), (area, {name, *(name[:n] + name[n + 1 :] for n in range(len(name)))})):
            for rest in rests:
                key = f"{where} {rest}"
                if key in alone:
                    near.setdefault((where, rest), [alone[key]]).append((row, name))
                else:
                    alone[key] = (row, name)
    groups: dict = {}
    for (area, _), found in near.items():
        for (one, name), (other, slipped) in itertools.combinations(found, 2):
            if one != other and (not area or _one_slip(name, slipped)):
                both = groups.get(one, {one}) | groups.get(other, {other})
                groups.update(dict.fromkeys(both, both))
    return list({id(group): group for group in groups.values()}.values())


def _one_slip(name: str, other: str) -> bool:
    """Whether two neighbours swapped, or one letter left out or put in, turn one name into the other."""
    if len(name) == len(other):
        wrong = [n for n in range(len(name)) if name[n] != other[n]]
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and name[wrong[0]] == other[wrong[1]] and name[wrong[1]] == other[wrong[0]]  # fmt: skip
    short, long = sorted((name, other), key=len)
    return len(long) == len(short) + 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


# ---- service quality ------------------------------------------------------------------------


def without_straight_liners(servqual: "pd.DataFrame"):
    """Without respondents who gave one answer to all 22 statements about what they found."""
    from cslearn.methods import servqual as method

    columns = method.item_columns("P")
    _needs("without_straight_liners", servqual, *columns)
    alike = method.straight_liners(servqual[columns])
    return _without(servqual, alike, "the same answer to all 22 statements on what was found")


def without_wrong_weights(servqual: "pd.DataFrame"):
    """Without respondents whose weights are given and do not add up to 100; blank weights stay."""
    from cslearn.methods.servqual import WEIGHTS, weights_add_up

    columns = list(WEIGHTS.values())
    _needs("without_wrong_weights", servqual, *columns)
    given = servqual[columns].notna().all(axis=1)
    return _without(servqual, given & ~weights_add_up(servqual), "weights that do not add up to 100")


def with_the_scale_turned(servqual: "pd.DataFrame"):
    """With the answers of forms that were typed in with 1 as best turned round: 8 less the answer.

    Taken for such a form: one whose expectations lie below the middle of the scale on
    average. Hardly anyone expects little of an excellent retailer.
    """
    from cslearn.methods import servqual as method

    columns = [*method.item_columns("E"), *method.item_columns("P")]
    _needs("with_the_scale_turned", servqual, *columns)
    expected = servqual[method.item_columns("E")]
    turned = expected.mean(axis=1) < (method.LOWEST + method.HIGHEST) / 2
    # Who gave one answer to everything may have meant it.
    turned &= ~method.straight_liners(servqual[method.item_columns("P")])
    right = {c: servqual[c].where(~turned, method.LOWEST + method.HIGHEST - servqual[c]) for c in columns}
    return _changed(servqual, right, turned, "forms typed in with 1 as best; each answer is now 8 less what was typed")


# ---- staff survey ---------------------------------------------------------------------------


def without_silent(survey: "pd.DataFrame"):
    """Without people who were asked and did not answer; say the rate beside every mean."""
    _needs("without_silent", survey, "morale", "wave")
    silent = survey["morale"].isna()
    rate = 1 - silent.groupby(survey["wave"]).mean()
    waves = ", ".join(f"wave {wave}: {share:.0%}" for wave, share in rate.items())
    return _without(survey, silent, f"people who did not answer (answered in {waves})")


def without_small_groups(table: "pd.DataFrame", by: str | Iterable[str], least: int = 5):
    """Without the rows of groups of fewer than ``least``: a figure of so few can show who said it.

    Take out who did not answer first. ``by`` names one column, or several.
    """
    columns = [by] if isinstance(by, str) else list(by)
    _needs("without_small_groups", table, *columns)
    size = table.groupby(columns, observed=True, dropna=False)[columns[0]].transform("size")
    small = size < least
    groups = len(table.loc[small, columns].drop_duplicates())
    return _without(table, small, f"{groups:,} groups by {' and '.join(columns)} with fewer than {least}")


# ---- mystery shopping -----------------------------------------------------------------------


def one_visit_a_day(visits: "pd.DataFrame"):
    """Without second visits to one store on one day: they tell of the same day, and not of another one."""
    _needs("one_visit_a_day", visits, "store", "date", "visit_id")
    first = visits.groupby(["store", "date"], observed=True)["visit_id"].transform("min")
    later = visits["visit_id"] != first
    return _without(visits, later, f"{visits.loc[later, 'visit_id'].nunique()} second visits to one store on one day")


# ---- how it is said -------------------------------------------------------------------------


def _needs(helper: str, table: "pd.DataFrame", *columns: str) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise Problem(
            f"{helper} needs the column '{missing[0]}', and this table has: {', '.join(map(str, table.columns))}."
        )


def _without(table: "pd.DataFrame", out, reason: str) -> "pd.DataFrame":
    return _said(table[~out].copy(), table, f"Removed {int(out.sum()):,} of {len(table):,} rows: {reason}.")


def _changed(table: "pd.DataFrame", columns: dict, changed, reason: str) -> "pd.DataFrame":
    return _said(table.assign(**columns), table, f"Changed {int(changed.sum()):,} of {len(table):,} rows: {reason}.")


def _said(cleaned: "pd.DataFrame", raw: "pd.DataFrame", sentence: str) -> "pd.DataFrame":
    cleaned.attrs[_DONE] = [*what_was_done(raw), sentence]
    print(sentence)
    return cleaned
