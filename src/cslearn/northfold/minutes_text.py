"""What the complaints improvement group said, decided and promised in its nine meetings, written by hand.

Names in braces are figures and dates that :mod:`cslearn.northfold.minutes` takes from the
story. All people are invented. What somebody says about the law is what people say in
meetings; it is information, and not legal advice.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Decision:
    """What was decided; ``replaces`` names an earlier decision that no longer holds."""

    text: str
    owner: str
    replaces: str = ""


@dataclass(frozen=True)
class Action:
    """What somebody promised; ``done`` is None if it was never done."""

    text: str
    owner: str
    due: date
    done: date | None


@dataclass(frozen=True)
class Meeting:
    """One meeting: ``says`` has its items, a paragraph each; names are those in PEOPLE."""

    day: date
    place: str
    present: tuple[str, ...]
    apologies: tuple[str, ...]
    says: tuple[str, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]


# Nobody from the Returns desk is ever asked to come.
PEOPLE = {
    "Moira Kestrel": "head of service",
    "Asha Rahman": "complaints supervisor, North",
    "Gareth Pryce": "site manager, West",
    "Lorna Finch": "leader of team 3",
    "Tomasz Wilk": "finance",
    "Ngozi Bell": "human resources",
    "Dev Chauhan": "reporting",
    "Carol Stead": "stores",
    "Bryn Hollis": "staff representative",
}
_MOIRA, _ASHA, _GARETH, _LORNA, _TOMASZ, _NGOZI, _DEV, _CAROL, _BRYN = PEOPLE

MEETINGS = (
    Meeting(
        date(2023, 10, 3),
        "10:00, Wakefield, training room",
        (_MOIRA, _ASHA, _GARETH, _TOMASZ, _CAROL, _BRYN),
        (_DEV,),
        (
            "**Courier strike.** The couriers were out from {strike_1}. In those days {in_strike_1} customers complained. In the same days of the week before it was {before_strike_1}. Gareth rang the courier's account manager, who said it was \"hardly more than a normal week\". Asha said that it had not felt like one. People rang three times about one parcel, and agents could only say that they did not know. We heard of the strike from a customer, on the Monday morning.",
            "**Returns desk.** Asha passed on a note from the three people on the Returns desk at Wakefield. Since the new parcel label came in, parcels reach them with no order number on the outside. They open each one and search by name, and every search holds up a complaint. They ask who can put the number back on the label. Noted.",
            "**Refunds.** Tomasz was asked why two managers have to sign. He said that the auditors wanted it in 2019. Nobody knew whether they still do. Moira: not today, we have the peak in front of us.",
            "**Peak.** Extra hours are agreed for the weeks from {peak_start}. Bryn asked that overtime be offered and not expected. Moira said that it always is. Bryn asked for that to be in the minutes.",
            "**Stores.** Carol said that stores get the blame for dates that the web page promises. Agreed to look at where the dates come from, when there is time.",
        ),
        (Decision("The courier is asked for seven days' notice of any strike.", _GARETH),),
        (
            Action("Write to the courier and ask for notice of strikes", _GARETH, date(2023, 10, 13), date(2023, 10, 11)),
            Action("Write a short text for agents to use on strike days", _ASHA, date(2023, 10, 20), date(2023, 10, 19)),
            Action("Ask the auditors whether two signatures are still needed", _TOMASZ, date(2023, 10, 31), None),
        ),
    ),
    Meeting(
        date(2023, 12, 5),
        "14:00, Wakefield, training room",
        (_MOIRA, _ASHA, _TOMASZ, _DEV, _CAROL),
        (_GARETH, _BRYN),
        (
            "**Actions from last time.** The letter to the courier went out and had no answer. The text for agents is in use, and agents like it. The auditors have not been asked yet.",
            "**Second courier strike.** Out again from {strike_2}, and again without notice. In those days {in_strike_2} customers complained, against {before_strike_2} in the week before. The account manager has offered a box of chocolates for the team. Asha would rather have a telephone number that somebody answers.",
            "**Peak.** The peak began on {peak_start}. Carol has heard in three stores that {said_backlog} complaints are lying with us. Asha thought that it was fewer. Dev had no figure with him, and the number stood in the room. Tomasz wrote it down for the board paper.",
            "**Returns desk.** They have written a second time. It is still the labels. Parcels without a number now stand in the corridor, and the fire warden has been round. There was no time for it. Carried over to January.",
            "**Training.** Every team is to be trained in the call standard in February, when the peak is over: say who you are, repeat the problem, say what happens next and when, check that the customer agrees. Each team leader then gets hours to coach. Asha asked that somebody checks calls before as well as after, so that we shall know whether it helped. Agreed.",
            "**Dates on the web page.** Not looked at, because of the peak.",
        ),
        (Decision("All eight teams are trained in the call standard in February, and coached after that.", _MOIRA),),
        (
            Action("Check calls of all teams against the call standard, beginning now", _DEV, date(2023, 12, 15), date(2023, 12, 14)),
            Action("Book trainers and rooms for February", _ASHA, date(2023, 12, 20), date(2023, 12, 19)),
            Action("Bring the number of open complaints to every meeting", _DEV, date(2024, 1, 23), None),
        ),
    ),
    Meeting(
        date(2024, 1, 23),
        "10:00, Wakefield, room 2, and by telephone",
        (_MOIRA, _ASHA, _GARETH, _TOMASZ, _NGOZI, _DEV),
        (_CAROL, _BRYN),
        (
            "**Telephones out on {outage}.** For most of that day calls could be taken only now and then. {outage_offered} calls reached the queue and {outage_abandoned} callers hung up. Tomasz said that by what he hears we lose \"every fourth call this month\", outage or not. Dev said that he would rather look it up than guess. Agreed to leave that day out whenever we compare weeks, and to say so beside the figure.",
            "**A list that went to the wrong people.** On 15 January a sheet of open complaints was mailed to all fourteen stores, instead of to one. It had names, addresses and telephone numbers, and for some customers it said that they are ill. The store only needed an order number. Ngozi: people trusted us with that, and it was not ours to pass round. Every store has been asked to delete it, and two have not answered. If it has to be reported, then within 72 hours of our knowing, and we are past that. From now on such a list holds order numbers and nothing else.",
            "**Training.** Trainers and rooms are booked for all eight teams, from 5 February. Checks of calls have begun, so there is something to compare with.",
            "**Returns desk.** Carried over again. Asha reminded us that this is the third meeting. The fire warden has been back.",
            "**Number of open complaints.** Dev has not had time. He asked which of two lists is meant. Nobody was sure.",
        ),
        (Decision("Lists that leave the complaints team hold order numbers only: no names, no addresses, no health.", _ASHA),),
        (
            Action("Ask the two stores that are left to delete the list, and write down what happened", _ASHA, date(2024, 1, 26), date(2024, 1, 25)),
            Action("Decide whether the customers on the list are told, and how", _NGOZI, date(2024, 1, 31), date(2024, 2, 14)),
            Action("Ask the telephone supplier for the cause of the failure, in writing", _GARETH, date(2024, 2, 9), date(2024, 2, 21)),
        ),
    ),
    Meeting(
        date(2024, 2, 27),
        "10:00, Newport, meeting room",
        (_MOIRA, _GARETH, _ASHA, _TOMASZ, _NGOZI, _CAROL, _BRYN),
        (_DEV,),
        (
            "**Actions from last time.** Both stores have deleted the list. Customers on it have had a letter, later than we wanted. The telephone supplier blames a power unit.",
            "**Third courier strike.** From {strike_3}. {in_strike_3} customers complained in those days, against {before_strike_3} in the week before. Still no notice. Gareth has asked what a second courier would cost. Tomasz warned that the contract runs to the end of 2025 and that leaving it early is dear.",
            "**Returns desk.** Bryn read out their third note. Parcels without an order number, two hours a day lost in searching, customers who are told that nothing has arrived while it lies in the corridor. Moira: surely that is for the warehouse. Carol: the stores print some of the labels. Gareth: at Newport it is the same. It was left there.",
            "**Refunds.** Asha showed three files in which everything was clear and the customer still waited. Tomasz said that three files are not a finding. Asha agreed, and asked for access to the case log, so that she can count. Moira said yes.",
            "**Training.** Seven teams have had it. Lorna's follows this week, because it covered for the others.",
            "**Ideas.** The board wants proposals for the complaints process by the spring, with costs. Five have been named so far. They will be compared on one sheet, against the four objectives, and not by who speaks loudest.",
        ),
        (Decision("Proposals are compared on one sheet, with the same measures for all, before the board sees any.", _MOIRA),),
        (
            Action("Get a price for a second courier", _GARETH, date(2024, 3, 15), date(2024, 3, 20)),
            Action("Give Asha access to the case log", _DEV, date(2024, 3, 8), date(2024, 3, 6)),
            Action("Draft the sheet for the proposals", _ASHA, date(2024, 3, 28), date(2024, 3, 27)),
        ),
    ),
    Meeting(
        date(2024, 4, 23),
        "10:00, Wakefield, training room",
        (_MOIRA, _ASHA, _LORNA, _NGOZI, _DEV, _CAROL, _BRYN),
        (_GARETH, _TOMASZ),
        (
            "**Customers who cannot telephone.** Complaints since {access_start} that a date can be changed by telephone only: {access}. One customer is deaf and has now been sent our number three times. One uses text relay, and our line hangs up on it. Ngozi: this is not a favour that we do or leave. If our one way in shuts people out, we have to open another, before they have to ask twice. Carol said it is only a handful. Asha: it is those who found a way to tell us.",
            "**Call standard.** In December {adherence_before}% of checked calls followed it, in March {adherence_after}%. Well done all round. To save hours, coaching ends where team leaders feel that it is no longer needed: {stopped_teams}. Lorna asked what happens to the standard when nobody listens any more. Moira: it is a habit by now.",
            "**Standards.** The new version has been in force since {standards_from}. The old one is still in the shared folder, and looks the same.",
            "**Returns desk.** Bryn asked why nobody from the Returns desk has ever been invited here. Moira said that the group is large enough. Their point about labels was not reached.",
            "**Courier.** No strike since February. A second courier would cost more than the strikes did, says the price that Gareth sent. Carol doubts it. Nobody had added up what the strikes cost.",
        ),
        (
            Decision("Coaching in the call standard ends on 31 May in these teams: {stopped_list}. The others go on.", _MOIRA),
            Decision("A date can be changed in writing too, without giving a reason.", _ASHA),
        ),
        (
            Action("Offer a way to change a date that needs no telephone, and tell customers of it", _CAROL, date(2024, 5, 31), None),
            Action("Have the line tested with text relay", _DEV, date(2024, 5, 17), date(2024, 6, 4)),
            Action("Take the old standards out of the shared folder", _DEV, date(2024, 4, 30), None),
        ),
    ),
    Meeting(
        date(2024, 5, 29),
        "10:00, Wakefield, training room",
        (_MOIRA, _ASHA, _GARETH, _LORNA, _TOMASZ, _NGOZI, _DEV),
        (_CAROL, _BRYN),
        (
            "**One Owner.** The board has chosen it from the five proposals: one person owns a complaint from the first call to the end, agents and their leaders may refund up to £{new_limit} on their own, simple and complex cases are told apart at the start, and case owners see the courier's scans. Team 3 will try it first. Everyone gets a first half-day of training in June.",
            "**First contact resolution.** In April it stood at {fcr_north}% at North and {fcr_west}% at West. Gareth said that his team leaders put it at \"seven in ten, easily\". Dev: that is what agents tick, and customers see it differently.",
            "**Customers who cannot telephone.** Carol was away. Nothing to report.",
            "**Pay of overtime.** Tomasz asked for the sheets a week earlier. Agreed.",
            "**Any other business.** Dev mentioned that from Saturday {fcr_from} first contact resolution will be counted in another way. Until {fcr_until} a contact counts against us if the customer comes back within {old_days} days. From June on it counts only within {new_days} days, as in the supplier's own report. It applies to both sites. By his reckoning on the contacts of April, the figure would go up by {fcr_gain} percentage points with nobody doing anything better. The daily table will not be marked, because there is no column for notes. Nobody had a question.",
            "Asha added that the Returns desk asks where it stands in One Owner. Most cases with goods in them go through their hands, and they are not on the chart of roles. Moira will think about it.",
        ),
        (
            Decision("One Owner is tried by team 3 for six weeks, from {pilot_start}.", _LORNA),
            Decision("First contact resolution counts repeats within {new_days} days, from {fcr_from}.", _DEV),
        ),
        (
            Action("Give every team a first half-day of training", _LORNA, date(2024, 6, 21), date(2024, 6, 20)),
            Action("Agree what the pilot has to show before it starts", _ASHA, date(2024, 6, 28), date(2024, 7, 5)),
            Action("Ask staff at both sites how they see the change", _NGOZI, date(2024, 7, 5), date(2024, 7, 5)),
        ),
    ),
    Meeting(
        date(2024, 7, 16),
        "10:00, Wakefield, training room",
        (_MOIRA, _ASHA, _GARETH, _LORNA, _TOMASZ, _NGOZI, _BRYN),
        (_DEV, _CAROL),
        (
            "**Staff survey.** {survey_answers} of {survey_asked} people answered, and mean morale was {survey_morale} of 5. Moira called that a clear yes to One Owner. Bryn said that morale is not what was asked about the change, that teams differ, and that a mean of everyone hides them. No figures are shown for a group in which fewer than five answered.",
            "**Consultation.** Bryn asked, for the staff, to be consulted before roles, targets and hours change: in writing, with time to answer, and before it is decided. Moira said that there will be a briefing on 5 August. Bryn: a briefing tells us. Being consulted means that something can still change because of what we say. He asked for it to be minuted. Ngozi will propose dates.",
            "**When.** Moira wants both sites to start together, so that nobody waits. Gareth said that his teams have seen one afternoon of training. Moira: that leaves eight weeks.",
            "**A customer who wants her notes.** On the chat a customer wrote: \"send me everything you have about me, the calls too\". The agent answered that we do not do that. We do. She need not use a special form or a special word, and we have one month from the day she asked, which was 8 July. Asha has it in hand.",
            "**Returns desk.** They learnt of the pilot from an agent, Bryn said. It will send them more calls, and they have one telephone and still no order numbers. Noted.",
        ),
        (
            Decision("One Owner starts at both sites on {go_live}.", _MOIRA),
            Decision("The pilot reports in the first week of September.", _LORNA),
        ),
        (
            Action("Propose dates on which staff are consulted", _NGOZI, date(2024, 7, 31), None),
            Action("Send the customer a copy of what we hold about her", _ASHA, date(2024, 8, 8), date(2024, 8, 6)),
            Action("Tell all agents what to do when somebody asks for their own data", _ASHA, date(2024, 8, 16), date(2024, 9, 2)),
        ),
    ),
    Meeting(
        date(2024, 9, 3),
        "09:00, Wakefield, room 2",
        (_MOIRA, _ASHA, _GARETH, _LORNA, _DEV, _CAROL, _BRYN),
        (_TOMASZ, _NGOZI),
        (
            "**Pilot.** Lorna reported. Team 3 has worked as case owners since {pilot_start}. Customers like a name. It is slower than before, which was expected. Case owners rang the Returns desk directly, which had been told of nothing and had one line. A template for refunds sent some cases round in a circle, and has been mended.",
            "**One site or two.** Gareth: West is not ready, and if both sites start together nobody can tell later what the change did and what the season did. Dev agreed. After some discussion Moira took back what was decided on {reversed_on}. North starts alone on {go_live}. West follows in March 2025.",
            "**Consultation.** Bryn asked what had become of the dates. Ngozi was away. He said that the briefing took place, that thirty questions were asked in it and that none has been answered.",
            "**Stores.** The mystery shopping report is in: {shop_pass}% of all ticks are a yes. Carol concluded that the stores have nothing to improve. Lorna had read some of the notes and was less sure.",
            "**Risks.** The couriers have been on strike in {strike_quarters} of the last eight quarters, always without notice. There is no plan for the next time but the text for agents. A new way of working always gets worse before it gets better. Asha asked that nobody judge it in the first month.",
            "**Customers who cannot telephone.** Still no other way. Carol said that the web team has a queue.",
        ),
        (Decision("One Owner starts at North alone on {go_live}; West follows in March 2025.", _MOIRA, "D7.1"),),
        (
            Action("Tell all customers with an open case who their case owner is", _LORNA, date(2024, 9, 13), date(2024, 9, 16)),
            Action("Write a plan for the next courier strike", _GARETH, date(2024, 10, 18), None),
            Action("Answer the questions from the briefing in writing", _MOIRA, date(2024, 9, 20), None),
        ),
    ),
    Meeting(
        date(2024, 11, 12),
        "10:00, Wakefield, training room",
        (_MOIRA, _ASHA, _LORNA, _TOMASZ, _DEV, _BRYN),
        (_GARETH, _NGOZI, _CAROL),
        (
            "**One Owner, eight weeks on.** In the four weeks before it started, first contact resolution at North was {fcr_before}%. In its first four weeks it was {fcr_first}%, and in the four weeks after that {fcr_later}%. Moira would like to tell the board what has been gained. Dev asked for time to set it beside West, and to take out the season and the new way of counting.",
            "**Handling time.** Tomasz has heard that calls take \"a fifth longer\", and asked what that costs. Lorna: a call that settles the matter may take longer, and saves the next two. Dev will look up what it really is.",
            "**Call standard.** Asha has looked at the checks. She thinks that it is slipping in some teams and not in others, and wants to see whether it has to do with coaching. Moira: we stopped that because it was not needed.",
            "**Returns desk.** A fourth note has come, addressed to all of us by name. The labels, the searching, the one telephone, and now case owners who ring to ask where a parcel is. They would like to show us a morning's work. Moira: let us take it next time.",
            "**Staff.** The third survey runs until 22 November. Bryn hears that one team has stopped filling it in. He asked once more about consultation, before anything is fixed for West. No answer today.",
            "**Customers who cannot telephone.** Asha asked for a date. There is none.",
            "**Open actions.** Of {actions_made} actions since October 2023, {actions_open} have not been done.",
        ),
        (Decision("No gain is reported to the board until it has been compared with West.", _DEV),),
        (
            Action("Compare North with West, season and counting taken out", _DEV, date(2024, 12, 6), None),
            Action("Look up handling time before and after the start", _DEV, date(2024, 11, 22), date(2024, 11, 20)),
            Action("Lay coaching hours beside the checks of the call standard", _ASHA, date(2024, 11, 29), date(2024, 11, 27)),
        ),
    ),
)  # fmt: skip
