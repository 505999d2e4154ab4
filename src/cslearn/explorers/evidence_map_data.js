export const data = {
 "points": {
  "CM1": "The need for change",
  "CM2": "The plan",
  "CM3": "Communication",
  "CM4": "Monitoring and adjusting",
  "CM5": "Evaluation and reflection",
  "PR1": "The scope",
  "PR2": "The map and its bottlenecks",
  "PR3": "The options",
  "PR4": "The implementation"
 },
 "cells": {
  "CM1": {
   "need": {
    "counts": "A count, a survey or a report that shows what was wrong, how often and for whom",
    "title": "Complaints of twelve weeks by cause",
    "shows": "Counts each cause and sets it beside the standard.",
    "kind": "report"
   },
   "plan": {
    "counts": "The target that you set: which measure, from where to where, for which objective",
    "title": "Half a page that ties the change to an objective",
    "shows": "Names the objective, the measure and the target.",
    "kind": "plan"
   },
   "do": {
    "counts": "How you made the case: the paper or the minutes, and who agreed because of it",
    "title": "Minutes in which the service board agrees to the case",
    "shows": "Says which figures decided it.",
    "kind": "minutes"
   },
   "evaluate": {
    "counts": "The first figure again, counted by the same rule after the change",
    "title": "The same count of complaints, six months on",
    "shows": "Uses the rule of counting of the first one.",
    "kind": "report"
   }
  },
  "CM2": {
   "need": {
    "counts": "What the plan had to live with: hours, money and busy weeks, and who told you",
    "title": "List of limits: hours, money and busy weeks",
    "shows": "Says who confirmed each limit, and when.",
    "kind": "plan"
   },
   "plan": {
    "counts": "The plan itself: tasks in order, owners, hours, and risks with a trigger each",
    "title": "Plan on two pages with a risk register",
    "shows": "Has tasks in order, owners, and a figure that triggers each way out.",
    "kind": "plan"
   },
   "do": {
    "counts": "The plan as it was used: what was moved, and why",
    "title": "The plan with its changes marked",
    "shows": "Has a reason beside each change.",
    "kind": "plan"
   },
   "evaluate": {
    "counts": "Planned beside real: weeks, hours, money, and which risks came true",
    "title": "Planned and real weeks side by side",
    "shows": "Says which risks came true and what they cost.",
    "kind": "report"
   }
  },
  "CM3": {
   "need": {
    "counts": "Who has a stake, and what worried them before it began",
    "title": "List of people with a stake and their worries",
    "shows": "Says what each group stands to lose.",
    "kind": "plan"
   },
   "plan": {
    "counts": "Who is to hear what, when and from whom, and how they can answer",
    "title": "Timetable of messages",
    "shows": "Names who hears what, when, and from whom.",
    "kind": "plan"
   },
   "do": {
    "counts": "A message as it was sent, and the worries that came back with their answers",
    "title": "Log of questions from three briefings",
    "shows": "Has an answer and a day beside each question.",
    "kind": "log"
   },
   "evaluate": {
    "counts": "What people say they knew and understood, and which worries were settled",
    "title": "Survey: did you know what was coming?",
    "shows": "Gives the answers by team, and how many there were.",
    "kind": "survey"
   }
  },
  "CM4": {
   "need": {
    "counts": "The baseline: how the measure moved before the change",
    "title": "Baseline of twenty weeks",
    "shows": "Gives the mean and the limits before the change.",
    "kind": "report"
   },
   "plan": {
    "counts": "The measures to steer by: how each is counted, its owner, and the figure that means act",
    "title": "Monitoring sheet",
    "shows": "Names each measure, its owner, and the figure that means act.",
    "kind": "plan"
   },
   "do": {
    "counts": "The figures week by week while it ran, with what you did and what you left alone",
    "title": "Weekly chart with the log of decisions",
    "shows": "Marks each signal, and what was done or left alone.",
    "kind": "log"
   },
   "evaluate": {
    "counts": "For one adjustment: what you expected, and what the next weeks showed",
    "title": "Check on one adjustment after six weeks",
    "shows": "Says what was expected of it and what came.",
    "kind": "report"
   }
  },
  "CM5": {
   "need": {
    "counts": "How success would be judged, written down before the start",
    "title": "Note from before the start: how we shall judge it",
    "shows": "Fixes the measure, the comparison and the day.",
    "kind": "plan"
   },
   "plan": {
    "counts": "Where the comparison and the voices of staff would come from",
    "title": "Agreement with a team that stays as it is",
    "shows": "Makes that team the comparison for six months.",
    "kind": "message"
   },
   "do": {
    "counts": "The figures and the words that were collected for the judgement",
    "title": "Comments of staff with their codes",
    "shows": "Sorts forty comments by the codes of two people.",
    "kind": "survey"
   },
   "evaluate": {
    "counts": "Your judgement: what it achieved, your own part in it, lessons and recommendations",
    "title": "Report: what it achieved and what I would do differently",
    "shows": "Compares with another team and ends in two recommendations.",
    "kind": "reflection"
   }
  },
  "PR1": {
   "need": {
    "counts": "What customers feel of the process: where it starts and ends for them",
    "title": "One customer’s case from first call to last",
    "shows": "Shows where the process starts and ends for the customer.",
    "kind": "log"
   },
   "plan": {
    "counts": "The scope on one page: start, end, what is out, and who has a stake",
    "title": "Scope on one page",
    "shows": "Says what is in, what is out, and why.",
    "kind": "plan"
   },
   "do": {
    "counts": "How a missing group was found and brought in",
    "title": "Minutes in which the returns team joins",
    "shows": "Brings in a group that no meeting had asked before.",
    "kind": "minutes"
   },
   "evaluate": {
    "counts": "What the scope missed, as it turned out, and what followed from that",
    "title": "Note: what our scope missed",
    "shows": "Names two hand-offs that lay outside, and what they cost.",
    "kind": "reflection"
   }
  },
  "PR2": {
   "need": {
    "counts": "What customers and records say about where it sticks",
    "title": "Thirty complaints that name the same wait",
    "shows": "Counts how often customers name each wait.",
    "kind": "report"
   },
   "plan": {
    "counts": "How the map was to be made: which log, which method, who helps",
    "title": "Log of forty cases, cleaned",
    "shows": "Says which rows were left out, and why.",
    "kind": "log"
   },
   "do": {
    "counts": "The map, tested on real cases, with the bottleneck marked",
    "title": "Map in swimlanes, tested on twenty cases",
    "shows": "Marks the step before which cases wait longest.",
    "kind": "plan"
   },
   "evaluate": {
    "counts": "Waiting before each step, before and after",
    "title": "Waiting before each step, old and new",
    "shows": "Sets the waits of both years side by side.",
    "kind": "report"
   }
  },
  "PR3": {
   "need": {
    "counts": "The criteria, and the objectives that you took them from",
    "title": "Criteria and the objectives behind them",
    "shows": "Traces each criterion to an objective.",
    "kind": "plan"
   },
   "plan": {
    "counts": "The options with the same facts about each, and “do nothing” among them",
    "title": "Five options on one sheet",
    "shows": "Gives the same facts for each, “do nothing” included.",
    "kind": "plan"
   },
   "do": {
    "counts": "The comparison and the decision: matrix, money, and who decided",
    "title": "Matrix and cash lines with the decision",
    "shows": "Shows the weights, the totals and what would change the choice.",
    "kind": "plan"
   },
   "evaluate": {
    "counts": "The forecast for the chosen option beside what it really brought",
    "title": "Forecast and result of the chosen option",
    "shows": "Sets forecast and result side by side.",
    "kind": "report"
   }
  },
  "PR4": {
   "need": {
    "counts": "What each team could and could not do before it began",
    "title": "What each team can do, and cannot do yet",
    "shows": "Gives five marks for each team.",
    "kind": "survey"
   },
   "plan": {
    "counts": "The pilot and the training, with dates, names of roles, and figures for go and stop",
    "title": "Pilot plan with figures for go and stop",
    "shows": "Gives each task a date and a role.",
    "kind": "plan"
   },
   "do": {
    "counts": "What was really done: pilot, training, coaching, the decision to go on",
    "title": "Training and coaching, week by week",
    "shows": "Shows the hours of each team and the decision to go on.",
    "kind": "log"
   },
   "evaluate": {
    "counts": "What is still in use after ninety days, and what keeps it alive",
    "title": "What is still done after ninety days",
    "shows": "Checks twenty cases for the new way.",
    "kind": "report"
   }
  }
 },
 "misfits": {
  "CM1": {
   "stage": "need",
   "title": "Slides: why change matters",
   "shows": "Explains in general why organisations must change.",
   "because": "It says nothing about what was wrong at this workplace, so it proves no need.",
   "kind": "other"
  },
  "CM2": {
   "stage": "plan",
   "title": "Wish list for next year",
   "shows": "Lists nine ideas with no order, no owner and no weeks.",
   "because": "A list of wishes has no order, no owners and no way out, so it is no plan.",
   "kind": "other"
  },
  "CM3": {
   "stage": "do",
   "title": "Telephone list of the department",
   "shows": "Gives everybody’s extension.",
   "because": "That people could be reached does not show that they were told anything, or heard.",
   "kind": "other"
  },
  "CM4": {
   "stage": "do",
   "title": "Report from the end of the year",
   "shows": "Judges in one go what the year has brought.",
   "because": "That is evaluation. Nobody could steer by it while the change ran.",
   "kind": "report"
  },
  "CM5": {
   "stage": "evaluate",
   "title": "Diary of the project",
   "shows": "Retells month by month what was done.",
   "because": "It retells. It does not judge what came of it, and draws no lesson.",
   "kind": "log"
  },
  "PR1": {
   "stage": "plan",
   "title": "Organisation chart",
   "shows": "Shows who reports to whom.",
   "because": "Lines of command say nothing about where a process starts and ends, or who has a stake in it.",
   "kind": "plan"
  },
  "PR2": {
   "stage": "do",
   "title": "Page of the handbook on how a case should run",
   "shows": "Describes the process as it was meant to be.",
   "because": "It is the way on paper. The point asks how the process really runs, and where it sticks.",
   "kind": "plan"
  },
  "PR3": {
   "stage": "do",
   "title": "Brochure of the system that was bought",
   "shows": "Praises one system and names no other.",
   "because": "Nothing is compared in it, so nobody can follow how the choice was made.",
   "kind": "other"
  },
  "PR4": {
   "stage": "plan",
   "title": "Poster with the day of going live",
   "shows": "Gives the day and nothing else.",
   "because": "One date is no plan: there is no training in it, no measure and no role.",
   "kind": "message"
  }
 },
 "good": {
  "real": [
   "It is about {owner}’s own team.",
   "It was made for the service itself.",
   "It comes from {owner}’s own site."
  ],
  "mine": [
   "{owner} made it.",
   "{owner} wrote it, and a colleague checked it.",
   "It shows what {owner} decided.",
   "{owner} led the work, and the manager’s signed note says so."
  ],
  "dated": [
   "Dated {day}.",
   "The file says {day}.",
   "Signed on {day}."
  ],
  "safe": [
   "It names roles and no people.",
   "All names are taken out, and the manager agreed to its use.",
   "It can point to nobody, and its use is agreed."
  ]
 },
 "bad": {
  "real": [
   "It is an exercise about a made-up company.",
   "It is an example from a course book.",
   "It was found on the internet."
  ],
  "mine": [
   "The area manager made it, and {owner} does not appear in it.",
   "A consultant wrote it for head office.",
   "A colleague made it while {owner} was away."
  ],
  "dated": [
   "There is no date on it or in the file.",
   "It says only “last spring”.",
   "Nobody knows when it was made."
  ],
  "safe": [
   "Two customers’ names and addresses stand in it.",
   "One agent’s sick leave can be read in it.",
   "It ranks the agents by name."
  ]
 },
 "because": {
  "real": "An award is for what you do at work. Practice shows you how, and is no evidence.",
  "mine": "Without your own part it is evidence for somebody else.",
  "dated": "Without a date it has no place in the story, and nobody can check it.",
  "safe": "Take out what gives people away, and ask for leave. Then it counts."
 },
 "owners": [
  "Amina",
  "Ben",
  "Chiara",
  "Dafydd",
  "Esi",
  "Farah",
  "Grace",
  "Hamish"
 ],
 "changes": [
  "one number to ring in place of five",
  "call-backs at a time that the customer picks",
  "refunds that agents may make on their own",
  "a first answer to every email on the same day",
  "one owner for each repair",
  "a desk for customers who cannot ring"
 ],
 "reasons": [
  {
   "question": "Two pieces may be filed under a point, and it is still the gap. Why?",
   "right": "Neither of its pieces passed every test, so nothing backs it.",
   "because": "An index says what the owner hopes. Only what counts backs a point.",
   "wrong": [
    [
     "Two pieces are too few: a point needs one for each stage before it counts at all.",
     "One piece that counts backs a point, though thinly. The other stages are then empty cells, and not an empty point."
    ],
    [
     "The assessor had seen the pieces before, under another point.",
     "One piece may back several points. What matters is whether it shows what each asks for."
    ],
    [
     "The pieces were too short to be taken for evidence.",
     "Half a page can be strong evidence. Length is none of the tests."
    ]
   ]
  },
  {
   "question": "A piece under a point may fail, and the point is still backed. Why?",
   "right": "Another piece under the same point passes every test.",
   "because": "A failed piece takes nothing away from one that counts. Mend it or leave it out.",
   "wrong": [
    [
     "A failed piece counts half, and two halves make a whole.",
     "There are no halves: a piece with names in it does not count until they are gone."
    ],
    [
     "The point is easy, so less is asked for it.",
     "All nine points are asked for in the same way, and each carries the same marks in this course."
    ],
    [
     "The assessor knows the owner, and fills in what is missing.",
     "An assessor may only judge what is there. Say it to them, and they may write it down as your answer."
    ]
   ]
  },
  {
   "question": "What is the fastest way to mend a gap of this kind?",
   "right": "Look at what fails: a date, a name taken out or a signed note may be all that is missing.",
   "because": "Many gaps are pieces that exist and fail one test. That is an afternoon, and not a project.",
   "wrong": [
    [
     "File a piece of another point under it as well.",
     "It has to show what the point asks for. Filing does not change what it shows."
    ],
    [
     "Write a new document now and put last year’s date on it.",
     "That is not authentic, and it can cost you the award. Write today’s date, and say that you look back."
    ],
    [
     "Leave the point out, because eight of nine are enough.",
     "Each point is asked for. A strong piece under one does not stand in for another."
    ]
   ]
  },
  {
   "question": "A report from the end of the year was filed under monitoring. Why does it not count there?",
   "right": "Nobody could steer by it, because it came when all was over.",
   "because": "Monitoring is done while the change runs. The same report may be good evidence for the evaluation.",
   "wrong": [
    [
     "A report is never evidence; only minutes and surveys are.",
     "Reports are good evidence, of what they show. This one shows a judgement."
    ],
    [
     "It has figures, and monitoring is done in words.",
     "Monitoring needs figures most of all, week by week, with what was done about them."
    ],
    [
     "It was too long ago.",
     "Age is no fault as long as the date is there, and your centre has not set a limit."
    ]
   ]
  },
  {
   "question": "A colleague’s chart, made while you were away, shows the result best. What can you do with it?",
   "right": "Keep it as background, and add a piece that shows your own part, such as a witness statement.",
   "because": "Evidence is for what you did. A witness who saw it can say so, with name, role, date and signature.",
   "wrong": [
    [
     "Take the colleague’s name off it.",
     "Then it would look like yours. Passing off other people’s work is the one thing that is never mended."
    ],
    [
     "Count it, because it is about your team.",
     "It is about your team and shows nothing of you. That is the second test."
    ],
    [
     "Copy it out in your own hand.",
     "The work stays your colleague’s. What you did is what has to be shown."
    ]
   ]
  }
 ],
 "explorers": {
  "change-lab": "Change lab",
  "staffing-board": "Staffing board",
  "servqual-explorer": "SERVQUAL explorer",
  "process-detective": "Process detective",
  "signal-or-noise": "Signal or noise?",
  "stakeholder-planner": "Stakeholder and readiness planner",
  "model-matcher": "Model matcher",
  "monitor-or-evaluate": "Monitor or evaluate sort",
  "decision-matrix": "Decision matrix",
  "npv-board": "NPV board",
  "heat-simulator": "HEAT simulator",
  "kpi-workbench": "KPI workbench",
  "rights-clock": "Rights clock",
  "data-room": "Data room",
  "effect-finder": "Effect finder",
  "evidence-map": "Evidence map",
  "self-mark": "Self-mark",
  "escalation-desk": "Escalation desk"
 },
 "northfold": {
  "owner": "Asha",
  "change": "One Owner at Northfold",
  "pieces": [
   {
    "title": "Count of cases that wait for a signature",
    "shows": "Counts them in the case log, and sets them beside the standard.",
    "kind": "report",
    "points": [
     "CM1",
     "PR2"
    ],
    "stage": "need",
    "date": "2024-03-06",
    "real": true,
    "mine": true,
    "safe": true,
    "fits": true,
    "facts": [
     "It is about North’s own complaints.",
     "Asha made it from the log.",
     "Dated 6 March 2024, the day on which she got access.",
     "It names roles and no people."
    ]
   },
   {
    "title": "Sheet on which the five proposals are compared",
    "shows": "Gives the same measures for each.",
    "kind": "plan",
    "points": [
     "PR3"
    ],
    "stage": "plan",
    "date": "2024-03-27",
    "real": true,
    "mine": true,
    "safe": true,
    "fits": true,
    "facts": [
     "It was made for Northfold’s board.",
     "Asha drafted it.",
     "Dated 27 March 2024.",
     "It names roles and no people."
    ]
   },
   {
    "title": "Paper: what the pilot has to show",
    "shows": "Fixes the figures for go and stop before the start.",
    "kind": "plan",
    "points": [
     "PR4"
    ],
    "stage": "plan",
    "date": "2024-07-05",
    "real": true,
    "mine": true,
    "safe": true,
    "fits": true,
    "facts": [
     "It is about team 3 at North.",
     "Asha wrote it and agreed it with the leader of team 3.",
     "Dated 5 July 2024.",
     "It names roles and no people."
    ]
   },
   {
    "title": "Minutes of the complaints improvement group",
    "shows": "Shows Asha asking where the Returns desk stands in the new process.",
    "kind": "minutes",
    "points": [
     "PR1"
    ],
    "stage": "do",
    "date": "2024-05-29",
    "real": true,
    "mine": true,
    "safe": true,
    "fits": true,
    "facts": [
     "It is about North’s own complaints.",
     "It says what Asha asked.",
     "The minutes are of 29 May 2024.",
     "Names are replaced by roles, and the group agreed."
    ]
   },
   {
    "title": "Minutes: a date can be changed in writing too",
    "shows": "Records a decision that answers customers who cannot ring.",
    "kind": "minutes",
    "points": [
     "CM3"
    ],
    "stage": "do",
    "date": "2024-04-23",
    "real": true,
    "mine": true,
    "safe": true,
    "fits": true,
    "facts": [
     "It is about North’s own complaints.",
     "The decision is Asha’s own.",
     "The minutes are of 23 April 2024.",
     "Names are replaced by roles, and the group agreed."
    ]
   },
   {
    "title": "Plan of the start at North",
    "shows": "Has tasks in order, owners, and a way back.",
    "kind": "plan",
    "points": [
     "CM2"
    ],
    "stage": "plan",
    "date": "2024-09-03",
    "real": true,
    "mine": true,
    "safe": true,
    "fits": true,
    "facts": [
     "It is about North.",
     "Asha made it, and the head of service checked it.",
     "Dated 3 September 2024.",
     "It names roles and no people."
    ]
   },
   {
    "title": "Weekly chart of the first twelve weeks",
    "shows": "Marks each signal, and what was done or left alone.",
    "kind": "log",
    "points": [
     "CM4"
    ],
    "stage": "do",
    "date": "2024-11-25",
    "real": true,
    "mine": true,
    "safe": true,
    "fits": true,
    "facts": [
     "It is about North.",
     "Asha drew it every Monday.",
     "The last entry is of 25 November 2024.",
     "It names roles and no people."
    ]
   },
   {
    "title": "Slide: first contact resolution is up",
    "shows": "Gives North’s figure before and after, and no comparison.",
    "kind": "report",
    "points": [
     "CM5"
    ],
    "stage": "evaluate",
    "date": "2024-11-12",
    "real": true,
    "mine": false,
    "safe": true,
    "fits": true,
    "facts": [
     "It is about North’s own complaints.",
     "The reporting team made it, and Asha does not appear in it.",
     "Dated 12 November 2024.",
     "It has totals only."
    ]
   },
   {
    "title": "What we have learnt",
    "shows": "Names three lessons and two things to do next.",
    "kind": "reflection",
    "points": [
     "CM5"
    ],
    "stage": "evaluate",
    "date": "",
    "real": true,
    "mine": true,
    "safe": true,
    "fits": true,
    "facts": [
     "It is about North’s own complaints.",
     "Asha wrote it.",
     "There is no date on it or in the file.",
     "It names roles and no people."
    ]
   },
   {
    "title": "Letter of one customer, and our answers",
    "shows": "Shows what the customer lived through, from start to end.",
    "kind": "message",
    "points": [
     "PR1"
    ],
    "stage": "need",
    "date": "2024-08-06",
    "real": true,
    "mine": true,
    "safe": false,
    "fits": true,
    "facts": [
     "It is about North’s own complaints.",
     "Asha answered it.",
     "The last letter is of 6 August 2024.",
     "The customer’s name and address stand in it."
    ]
   },
   {
    "title": "Poster with the day of the start",
    "shows": "Says “9 September 2024” and nothing else.",
    "kind": "message",
    "points": [
     "PR4"
    ],
    "stage": "plan",
    "date": "2024-09-03",
    "real": true,
    "mine": true,
    "safe": true,
    "fits": false,
    "facts": [
     "It hung in the office at North.",
     "Asha made it.",
     "Dated 3 September 2024.",
     "Nobody is named."
    ]
   },
   {
    "title": "Exercise: swimlanes of a made-up bank",
    "shows": "Draws a process with four lanes.",
    "kind": "plan",
    "points": [
     "PR2"
    ],
    "stage": "do",
    "date": "2024-02-27",
    "real": false,
    "mine": true,
    "safe": true,
    "fits": true,
    "facts": [
     "It is an exercise from a course.",
     "Asha drew it.",
     "Dated 27 February 2024.",
     "Nobody is named."
    ]
   }
  ]
 }
};
