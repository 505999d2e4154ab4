"""What every column of every published table holds: one description for the loader, the data package and the tests.

The data package follows Frictionless Data's Table Schema (version 1). Types here are its
types; ``load`` turns them into pandas types.
"""

from dataclasses import dataclass, field

from cslearn.methods.servqual import HIGHEST, LOWEST, WEIGHTS
from cslearn.northfold import (
    complaints,
    contacts,
    customers,
    events,
    kpi_daily,
    minutes,
    minutes_text,
    mystery_shop,
    options_costs,
    process,
    qa_followup,
    servqual,
    staff_survey,
    story,
)


@dataclass(frozen=True)
class Column:
    """One column: ``type`` as Table Schema names it, what it means, its unit, and what is allowed."""

    name: str
    type: str
    says: str
    unit: str = ""
    allowed: tuple = ()
    required: bool = True
    least: float | None = None
    most: float | None = None
    pattern: str = ""

    def field(self) -> dict:
        """The column as Table Schema describes it."""
        found: dict = {"name": self.name, "type": self.type, "description": self.says}
        if self.type == "boolean":
            found.update(trueValues=["1"], falseValues=["0"])
        if self.type == "datetime":
            found["format"] = "%Y-%m-%d %H:%M"
        if self.unit:
            found["unit"] = self.unit
        limits = {"required": True} if self.required else {}
        if self.allowed:
            limits["enum"] = list(self.allowed)
        if self.least is not None:
            limits["minimum"] = self.least
        if self.most is not None:
            limits["maximum"] = self.most
        if self.pattern:
            limits["pattern"] = self.pattern
        return {**found, "constraints": limits} if limits else found


@dataclass(frozen=True)
class Table:
    """One table: its file is ``<name>.csv``; ``key`` names the columns that tell its rows apart."""

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    foreign: tuple[tuple[str, str, str], ...] = field(default=())

    def resource(self) -> dict:
        """The table as a data package describes it."""
        schema: dict = {"fields": [column.field() for column in self.columns], "missingValues": [""]}
        if self.key:
            schema["primaryKey"] = list(self.key)
        if self.foreign:
            schema["foreignKeys"] = [
                {"fields": [mine], "reference": {"resource": table, "fields": [theirs]}}
                for mine, table, theirs in self.foreign
            ]
        return {
            "name": self.name.replace("_", "-"),
            "path": f"{self.name}.csv",
            "profile": "tabular-data-resource",
            "title": self.says,
            "format": "csv",
            "encoding": "utf-8",
            "schema": schema,
        }


def _site() -> Column:
    return Column("site", "string", "contact-centre site: North is Wakefield, West is Newport", allowed=story.SITES)


def _count(name: str, says: str, unit: str) -> Column:
    return Column(name, "integer", says, unit, least=0)


def _percent(name: str, says: str, required: bool = True) -> Column:
    return Column(name, "number", says, "%", required=required, least=0, most=100)


CONTACTS = Table(
    "contacts",
    "Contacts of 52 weeks by one customer in 32",
    (
        Column(
            "contact_id", "string", "reference number of the contact; says nothing about order", pattern="Q[0-9]{6}"
        ),
        Column("customer_id", "string", "customer; C00000 is the supplier's test customer", pattern="C[0-9]{5}"),
        Column("ts", "datetime", "when the contact began, local time"),
        _site(),
        Column("channel", "string", "how the customer came", allowed=story.CHANNELS),
        Column("reason", "string", "what it was about, as the agent chose it", allowed=contacts.REASONS),
        Column("agent_id", "string", "agent; empty where a caller hung up first; T00 is a test", required=False),
        Column("team", "integer", "the agent's team: 1 to 5 at North, 6 to 8 at West", required=False, least=1, most=8),
        Column(
            "queue_s", "integer", "time in the queue, telephone only; 0 for a callback", "s", required=False, least=0
        ),
        Column("abandoned", "boolean", "whether the caller hung up before an agent answered"),
        Column("talk_s", "integer", "time with the customer; 0 if abandoned or in a store", "s", least=0),
        Column("wrap_s", "integer", "work after the contact; 0 if abandoned or in a store", "s", least=0),
        Column("resolved_self_report", "boolean", "whether the agent ticked 'resolved'", required=False),
        Column("repeat_within_7d", "boolean", "whether the customer came back about the same matter within seven days"),
        Column(
            "csat",
            "integer",
            "satisfaction, 1 to 5; empty where the survey was not answered",
            required=False,
            least=1,
            most=5,
        ),
    ),
    ("contact_id",),
    (("customer_id", "customers", "customer_id"),),
)

CUSTOMERS = Table(
    "customers",
    "Customers of the panel, one in 32, as of 1 December 2025",
    (
        Column("customer_id", "string", "record of a customer; a person may have two; C00000 is the supplier's test customer", pattern="C[0-9]{5}"),
        Column("email_name", "string", "e-mail address up to the @, as typed; the extract leaves out the rest; empty if none was given", required=False, pattern="[a-z.]+"),
        Column("joined", "date", "day on which the record was made"),
        Column("postcode_area", "string", "first letters of the postcode", allowed=customers.AREAS),
        Column("age_band", "string", "age in years; empty if not known", allowed=customers.AGES, required=False),
        Column("segment", "string", "where the customer mostly buys; trade is a small business", allowed=customers.SEGMENTS),
        Column("tenure_months", "integer", "whole months from joining to 1 December 2025", "months", least=0),
        Column("orders_24m", "integer", "orders from 2 December 2023 to 1 December 2025", "orders", least=0),
        Column("spend_24m", "number", "price of these orders, in whole pounds", "GBP", least=0),
        Column("care_plan", "boolean", "whether the customer pays for a care plan"),
        Column("contact_pref", "string", "how the customer would like to hear from Northfold", allowed=customers.PREFERRED),
        Column("marketing_opt_in", "string", "whether the customer agreed to marketing; unknown is not a yes", allowed=customers.OPT_IN),
        Column("adjustment_needs", "string", "adjustment that the customer needs, as entered in the field for it", allowed=customers.NEEDS),
        Column("delight_voucher", "boolean", "whether a surprise voucher of 10 GBP was sent in 2024"),
        Column("last_order", "date", "day of the last order with this record"),
        Column("churned_12m", "boolean", "whether nothing was ordered with this record from 2 December 2024 to 1 December 2025"),
        Column("notes", "string", "what staff typed in", required=False),
    ),
    ("customer_id",),
)  # fmt: skip

COMPLAINTS = Table(
    "complaints",
    "Complaints of 52 weeks by one customer in six",
    (
        Column("complaint_id", "string", "site's letter and the running number of its register", pattern="[NW]-[0-9]{5}"),
        Column("contact_id", "string", "the contact that opened it; in contacts.csv for three complaints in sixteen", pattern="Q[0-9]{6}"),
        Column("opened", "date", "day on which the customer first made the complaint"),
        Column("channel", "string", "how the customer came", allowed=story.CHANNELS),
        Column("product", "string", "what it is about"),
        Column("value_gbp", "number", "price of the goods or the service", "GBP", least=0),
        Column("text", "string", "what the customer wrote or said, unedited"),
        Column("category_logged", "string", "category that the agent chose, as typed"),
        Column("severity", "integer", "1 inconvenience, 2 loss, 3 safety, discrimination, personal data or a vulnerable customer", least=1, most=3),
        Column("remedy", "string", "what was done; empty while open", allowed=process.REMEDIES, required=False),
        Column("compensation_gbp", "number", "money given back; empty while open", "GBP", required=False, least=0),
        Column("ack_ts", "datetime", "when it was acknowledged; empty if not yet", required=False),
        Column("closed_ts", "datetime", "when it was closed, as typed; empty while open", required=False),
        Column("reopened", "boolean", "whether it came back after a reply"),
        Column("escalated_to", "string", "highest level that dealt with it", allowed=complaints.ESCALATED),
        Column("days_since_delivery", "integer", "days from delivery to the complaint; empty if not delivered", "days", required=False, least=0),
    ),
    ("complaint_id",),
)  # fmt: skip


def _log(name: str, says: str) -> Table:
    return Table(
        name,
        says,
        (
            Column("case_id", "string", "running number of the site's register; the same number may exist at both sites", pattern="[0-9]{5}"),
            Column("activity", "string", "step", allowed=process.ACTIVITIES),
            Column("start_ts", "datetime", "when work on the step began, local time"),
            Column("end_ts", "datetime", "when it ended, local time; earlier than the start where the clocks went back"),
            Column("role", "string", "who did it", allowed=process.ROLES),
            Column("resource", "string", "person, as letters and a number; empty for the customer; T00 is a test", required=False),
            _site(),
            Column("outcome", "string", "what came of it, if anything was recorded", required=False,
                   allowed=("acknowledged", "approved", "came back", "pack sent", "closed", "test")),
        ),
    )  # fmt: skip


EVENTS_BEFORE = _log("events_before", "Complaint cases opened from 11 March to 19 May 2024, as of 14 June 2024")
EVENTS_AFTER = _log(
    "events_after", "Complaint cases opened from 16 September to 24 November 2024, as of 1 December 2024"
)

KPI_DAILY = Table(
    "kpi_daily",
    "Daily figures of both sites, 5 June 2023 to 1 December 2024",
    (
        Column("date", "date", "day"),
        _site(),
        _count("offered", "telephone calls that reached the queue", "calls"),
        _count("answered", "calls that an agent answered", "calls"),
        _count("within_20s", "answered calls that waited 20 seconds or less", "calls"),
        _count("abandoned", "calls whose caller hung up in the queue", "calls"),
        Column("aht_s", "integer", "mean handling time of answered calls: talk and wrap", "s", required=False, least=0),
        _percent(
            "fcr_pct", "first contact resolution: contacts of all channels that were not repeated", required=False
        ),
        _count("complaints_opened", "complaints that customers made on the day", "complaints"),
        _count("complaints_closed", "complaints that were closed on the day", "complaints"),
        _count("backlog", "complaints open at the end of the day", "complaints"),
        _count("csat_n", "answers to the satisfaction survey", "answers"),
        _count("csat_top2", "answers of 4 or 5", "answers"),
        _count("nps_n", "answers to the recommendation question", "answers"),
        Column(
            "nps",
            "integer",
            "net promoter score of the day; empty without answers",
            "points",
            required=False,
            least=-100,
            most=100,
        ),
        _percent("absence_pct", "paid hours lost to absence"),
        _percent("qa_score", "mean score of the calls that were listened to"),
    ),
    ("date", "site"),
)

QA_FOLLOWUP = Table(
    "qa_followup",
    "Quality follow-up of the call standard, eight teams, December 2023 to November 2024",
    (
        Column("month", "date", "month, as its first day"),
        Column("team", "integer", "team: 1 to 5 at North, 6 to 8 at West", least=1, most=8),
        _site(),
        _count("calls_checked", "calls that were listened to", "calls"),
        _percent("adherence_pct", "checked calls that followed every step of the call standard"),
        Column("coaching_hours", "number", "hours in which the team leader coached", "h", least=0),
        _count("cases_closed", "complaints that the team closed in the month", "complaints"),
        _percent("reopen_pct", "of these complaints, those that had come back after a reply"),
    ),
    ("month", "team"),
)


def _answer(name: str, says: str) -> Column:
    return Column(name, "integer", says, "1 to 5", required=False, least=1, most=5)


STAFF_SURVEY = Table(
    "staff_survey",
    "Staff survey, three waves of everyone in the eight teams: " + "; ".join(staff_survey.WAVES),
    (
        Column("staff_id", "string", "pseudonym, the same in every wave; no agent's number", pattern="P[0-9]{3}"),
        Column("team", "integer", "team: 1 to 5 at North, 6 to 8 at West", least=1, most=8),
        Column("role", "string", "role in the team", allowed=staff_survey.ROLES),
        Column("tenure_band", "string", "time with Northfold", allowed=staff_survey.TENURES),
        Column("wave", "integer", "1 before the pilot, 2 during it, 3 after the start at North", least=1, most=3),
        *(_answer(name, f"{says}: 1 disagree to 5 agree; empty if not answered") for name, says in staff_survey.ITEMS.items()),
        _answer("morale", "all in all, I like working here: 1 disagree to 5 agree; empty if not answered"),
        _answer("workload", "I have too much to do: 1 disagree to 5 agree; empty if not answered"),
        Column("comment", "string", "what the person wrote, unedited; empty if nothing", required=False),
    ),
    ("staff_id", "wave"),
)  # fmt: skip

MYSTERY_SHOP = Table(
    "mystery_shop",
    "Mystery shopping, fourteen stores, six visits each by two shoppers, March to August 2024",
    (
        Column("visit_id", "string", "visit; both shoppers of a visit have the same one", pattern="V[0-9]{2}"),
        Column("store", "string", "store", allowed=mystery_shop.STORES),
        Column("date", "date", "day of the visit"),
        Column("shopper", "string", "mystery shopper", allowed=mystery_shop.SHOPPERS),
        *(Column(name, "boolean", f"ticked yes: {says}") for name, says in mystery_shop.ITEMS.items()),
        Column("wait_min", "integer", "wait for help, as the shopper judged it", "min", least=0),
        Column("overall", "integer", "overall mark, 1 to 10", "1 to 10", least=1, most=10),
        Column("note", "string", "what the shopper noted; empty if nothing", required=False),
    ),
    ("visit_id", "shopper"),
)  # fmt: skip

DECISIONS = Table(
    "decisions",
    "Decisions and actions of the complaints improvement group, October 2023 to November 2024",
    (
        Column("entry_id", "string", "D for a decision, A for an action; number of the meeting; number in it", pattern="[DA][1-9][.][1-9]"),
        Column("meeting", "date", "day of the meeting; its minutes have the same date"),
        Column("kind", "string", "decision or action", allowed=("decision", "action")),
        Column("text", "string", "what was decided or promised"),
        Column("owner", "string", "who answers for it", allowed=tuple(minutes_text.PEOPLE.values())),
        Column("due", "date", "day by which an action was promised; empty for a decision", required=False),
        Column("done", "date", "day on which an action was done; empty if it was not, and for a decision", required=False),
        Column("replaces", "string", "earlier decision that no longer holds because of this one", required=False),
    ),
    ("entry_id",),
    # An empty name is this table itself.
    (("replaces", "", "entry_id"),),
)  # fmt: skip


def _statements(letter: str, what: str) -> tuple[Column, ...]:
    return tuple(
        Column(f"{letter}{n:02d}", "integer", f"{what}: {words}", required=False, least=LOWEST, most=HIGHEST)
        for n, words in enumerate(servqual.STATEMENTS, start=1)
    )


SERVQUAL = Table(
    "servqual",
    "Answers of 620 customers to 22 statements on service, before and after the change",
    (
        Column("resp_id", "string", "respondent, in the order in which answers came in", pattern="R[0-9]{3}"),
        Column("wave", "string", "pre: 3 to 28 June 2024; post: 7 October to 8 November 2024, other people", allowed=servqual.WAVES),
        _site(),
        Column("channel", "string", "how the survey was answered", allowed=servqual.CHANNELS),
        *_statements("E", "expected of an excellent retailer"),
        *_statements("P", "found at Northfold"),
        *(
            Column(column, "integer", f"points out of 100 that {name} matters", "points", required=False, least=0)
            for name, column in WEIGHTS.items()
        ),
        Column("overall", "integer", "service as a whole, 10 is best", least=1, most=10),
        Column("complained", "boolean", "whether the respondent says that they complained in the last 12 months"),
    ),
    ("resp_id",),
)  # fmt: skip

OPTIONS = Table(
    "options",
    "Five proposals for the complaints process",
    (
        Column("option", "string", "short name of the proposal", allowed=tuple(options_costs.OPTIONS)),
        Column("name", "string", "name of the proposal"),
        Column("what_changes", "string", "what it would change"),
        *(Column(m.name, "number", m.label, m.unit, least=0) for m in options_costs.MEASURES.values()),
        Column("set_up_gbp", "number", "set-up cost, without VAT", "GBP", least=0),
        Column("extra_staff_fte", "number", "extra staff needed", "full-time equivalents", least=0),
        Column("data_note", "string", "how it treats personal data"),
        Column("access_note", "string", "how customers would reach Northfold"),
    ),
    ("option",),
)

OPTIONS_COSTS = Table(
    "options_costs",
    "Cash lines of the five proposals, a row for each line and year",
    (
        Column("line", "string", "name of the line; its letter is the option", pattern="[A-E][0-9]+"),
        Column("option", "string", "the proposal", allowed=tuple(options_costs.OPTIONS)),
        Column("item", "string", "what the money is for"),
        Column("kind", "string", "both kinds are given as positive amounts", allowed=("cost", "benefit")),
        Column("year", "integer", "year of the cash; 0 is before anything goes live", "years", least=0, most=4),
        *(
            Column(f"amount_{size}", "number", f"{word} figure", "GBP", least=0)
            for size, word in (("low", "cautious"), ("mid", "expected"), ("high", "hopeful"))
        ),
        Column("basis", "string", "where the figure comes from"),
        Column("note", "string", "what a careful reader should know", required=False),
    ),
    ("line", "year"),
    (("option", "options", "option"),),
)

TABLES = {
    table.name: table
    for table in (
        OPTIONS,
        OPTIONS_COSTS,
        CUSTOMERS,
        CONTACTS,
        COMPLAINTS,
        SERVQUAL,
        EVENTS_BEFORE,
        EVENTS_AFTER,
        KPI_DAILY,
        QA_FOLLOWUP,
        STAFF_SURVEY,
        MYSTERY_SHOP,
        DECISIONS,
    )
}
# The rows come from the generators; a test holds that these are the columns they write.
WRITTEN = {
    "customers": customers.COLUMNS,
    "servqual": servqual.COLUMNS,
    "contacts": contacts.COLUMNS,
    "complaints": complaints.COLUMNS,
    "events_before": events.COLUMNS,
    "events_after": events.COLUMNS,
    "kpi_daily": kpi_daily.COLUMNS,
    "qa_followup": qa_followup.COLUMNS,
    "staff_survey": staff_survey.COLUMNS,
    "mystery_shop": mystery_shop.COLUMNS,
    "decisions": minutes.COLUMNS,
}


def _minutes() -> dict:
    return {
        "name": "minutes",
        "path": [f"minutes/{meeting.day}.md" for meeting in minutes_text.MEETINGS],
        "profile": "data-resource",
        "title": "Minutes of the complaints improvement group, one text for each of nine meetings",
        "format": "md",
        "mediatype": "text/markdown",
        "encoding": "utf-8",
    }


def data_package(version: str) -> dict:
    """The description of every CSV in ``datasets/``, and of the minutes, as a Frictionless data package."""
    return {
        # Not all of it is tables: the minutes are text.
        "profile": "data-package",
        "name": "northfold-home",
        "title": "Northfold Home Ltd (fictional, calibrated)",
        "description": "Tables of a fictional retailer, for learning to lead change in customer service. "
        "No row stands for a real person or organisation. See README.md beside this file.",
        "version": version,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": [*(table.resource() for table in TABLES.values()), _minutes()],
    }
