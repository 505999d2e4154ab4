"""What a learner sees of the options: the sheet, and the cash lines of each."""

from cslearn.northfold.case import Case
from cslearn.northfold.options_costs import MEASURES


def shown(case: Case) -> dict:
    """The case of PR3: the options sheet, and the cash lines plain and cautious."""
    facts = case.facts
    weights = ", ".join(f"{id} {name} {facts['objective_weights'][id]:g}" for id, name in facts["objectives"].items())
    says = [
        f"Set-up budget: £{facts['budget_gbp']:,.0f}.",
        f"Cap on extra staff: {facts['staff_cap_fte']:g} full-time posts.",
        f"Discount rate: {facts['discount_rate']:.0%}.",
        f"The board's weights: {weights}.",
    ]
    lines, cautious = _lines(case, "amount_mid"), _lines(case, "amount_low", "amount_high")
    tables = {"options": _sheet(case), "options_costs": lines, "options_costs_cautious": cautious}
    lines |= {"title": "Cash lines, in pounds", "task": "cost-benefit"}
    cautious |= {
        "title": "The same lines with cautious figures: each benefit at its low, each cost at its high",
        "task": "cost-benefit",
        "folded": True,
    }
    return {"says": says, "tables": tables}


def _sheet(case: Case) -> dict:
    options = case.tables["options"]
    labels = {"name": "Name", "what_changes": "What changes"}
    labels |= {m.name: f"{m.label} ({m.unit})" for m in MEASURES.values()}
    labels |= {
        "set_up_gbp": "Set-up cost (GBP, without VAT)",
        "extra_staff_fte": "Extra staff needed (full-time posts)",
        "data_note": "How it treats personal data",
        "access_note": "How customers reach us",
    }
    return {
        "title": "The options sheet",
        "columns": [{"name": "Measure"}, *({"name": f"Option {row['option']}"} for row in options)],
        "rows": [[label, *(row[key] for row in options)] for key, label in labels.items()],
    }


def _lines(case: Case, benefits: str, costs: str | None = None) -> dict:
    lines: dict[str, list] = {}
    for row in case.tables["options_costs"]:
        line = lines.setdefault(row["line"], [row["line"], row["item"], row["kind"], *[None] * 5, row["note"]])
        line[3 + row["year"]] = row[costs or benefits] if row["kind"] == "cost" else row[benefits]
    years = [{"name": f"Year {year}"} for year in range(5)]
    return {
        "columns": [{"name": "Line"}, {"name": "Item"}, {"name": "Kind"}, *years, {"name": "Note"}],
        "rows": list(lines.values()),
    }
