"""The measures of a monitoring sheet, worked out again with pandas and NumPy from the daily table."""

import numpy as np
import pandas as pd
import pytest

from cslearn.northfold.case import case
from cslearn.northfold.monitoring import (
    KPIS,
    LEAVE_OUT,
    OWNERS,
    baseline_figures,
    baseline_limits,
    rounded,
    weekly,
)
from cslearn.problem import Problem

NAME = "steer-the-change"


def north(own):
    daily = own.table("kpi_daily")
    daily = daily[(daily["site"] == "North") & (daily["date"] >= "2024-01-15")]
    return daily.groupby(pd.Grouper(key="date", freq="W-MON", label="left", closed="left"))


def by_pandas(own, name):
    weeks = north(own)
    sums = weeks.sum(numeric_only=True)
    if name == "service_level":
        return 100 * sums["within_20s"] / sums["offered"]
    if name == "abandonment":
        return 100 * sums["abandoned"] / sums["offered"]
    if name == "satisfaction":
        return 100 * sums["csat_top2"] / sums["csat_n"]
    if name == "complaints_opened":
        return sums["complaints_opened"]
    if name in ("quality_score", "absence"):
        return weeks[{"quality_score": "qa_score", "absence": "absence_pct"}[name]].mean()
    column = {"handling_time": "aht_s", "first_contact_resolution": "fcr_pct"}[name]

    def weighted(days):
        days = days.dropna(subset=[column])
        return np.average(days[column].astype(float), weights=days["answered"])

    return weeks[[column, "answered"]].apply(weighted)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("name", KPIS)
def test_every_week_of_every_measure_is_what_pandas_finds(name, number):
    own = case(NAME, practice=number)
    found, expected = weekly(own, name), by_pandas(own, name)
    assert [week.monday.isoformat() for week in found] == [day.date().isoformat() for day in expected.index]
    half = 0.5 * 10 ** -KPIS[name].digits
    assert [week.figure for week in found] == pytest.approx(expected.to_list(), abs=half + 1e-9)
    assert [week.part for week in found] == ["winter"] * 4 + ["baseline"] * 24 + ["pilot"] * 6 + ["after"] * 12
    assert [week.days for week in found] == [5 if n == 26 else 7 for n in range(46)]


def test_limits_are_the_mean_and_266_hundredths_of_the_mean_moving_range():
    own = case(NAME)
    for name in KPIS:
        figures = np.array(baseline_figures(own, name))
        assert len(figures) == 24
        reach = 2.66 * np.abs(np.diff(figures)).mean()
        by = baseline_limits(own, name)
        assert [by.lower, by.mean, by.upper] == pytest.approx(
            [figures.mean() - reach, figures.mean(), figures.mean() + reach]
        )


def test_what_is_left_out_is_a_week_or_the_weeks_of_the_old_rule_and_never_the_bad_ones():
    own = case(NAME)
    whole = baseline_figures(own, "complaints_opened")
    # The baseline begins on 12 February; 15 July is its 23rd week, and 3 June its 17th.
    assert baseline_figures(own, "complaints_opened", ["missing_weekend"]) == whole[:22] + whole[23:]
    assert (
        baseline_figures(own, "first_contact_resolution", ["old_definition"])
        == baseline_figures(own, "first_contact_resolution")[16:]
    )
    for name in ("outage_day", "bad_weeks"):
        assert baseline_figures(own, "service_level", [name]) == baseline_figures(own, "service_level")


def test_the_old_rule_of_counting_and_the_outage_bite():
    """Whoever leaves in what does not belong gets another mean or other limits, further off than a rule forgives."""
    for number in range(8):
        own = case(NAME, practice=number)
        name = "first_contact_resolution"
        careless, careful = baseline_limits(own, name), baseline_limits(own, name, ["old_definition"])
        off = [careless.mean - careful.mean, careless.lower - careful.lower, careless.upper - careful.upper]
        assert max(map(abs, off)) > 0.03 * (careful.upper - careful.lower), number
        # The week of 15 January, which the record shows, is the worst of all for whoever waits in a queue.
        for name, worst in (("service_level", min), ("abandonment", max)):
            figures = [week.figure for week in weekly(own, name)]
            assert worst(figures) == figures[0]


def test_no_target_is_a_limit_in_any_of_many_cases():
    # Or somebody who takes the target for a limit would be right by chance.
    for number in range(12):
        own = case(NAME, practice=number)
        for name, kpi in KPIS.items():
            by = baseline_limits(own, name, kpi.must)
            assert min(abs(kpi.target - line) for line in (by.lower, by.upper)) > 0.03 * (by.upper - by.lower), (
                number,
                name,
            )


def test_every_measure_has_what_a_definition_card_has():
    for name, kpi in KPIS.items():
        assert set(kpi.owners) < set(OWNERS) and not {"everyone", "reporting", "head_of_service"} & set(kpi.owners)
        assert set(kpi.leads) <= {"leading", "lagging"} and kpi.kind in ("process", "customer", "people")
        assert set(kpi.must) | set(kpi.may) < set(LEAVE_OUT) - {"bad_weeks"} | {"x"} and not set(kpi.must) & set(
            kpi.may
        )
        assert ("old_definition" in kpi.must) == (name == "first_contact_resolution")
    kinds = [kpi.kind for kpi in KPIS.values()]
    assert {"process", "customer", "people"} == set(kinds)


def test_a_half_is_rounded_up_as_a_person_does_it():
    assert [rounded(value, 2) for value in (0.125, 2.675, 1.005, 79.4)] == [0.13, 2.68, 1.01, 79.4]
    assert rounded(12.5, 0) == 13


def test_an_unknown_measure_gets_a_sentence():
    with pytest.raises(Problem, match=r"no measure called 'quality'\. Did you mean 'quality_score'"):
        weekly(case(NAME), "quality")
