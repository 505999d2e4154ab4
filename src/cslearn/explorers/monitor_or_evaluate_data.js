export const data = {
 "documents": [
  {
   "title": "Quality score at North",
   "monitoring": [
    "The score of week 7 lies below its lower limit. The team leaders meet this afternoon to find out why.",
    "It leads to something this week, while the change still runs."
   ],
   "evaluation": [
    "The score of the year after the start is set beside that of the year before. The board asks whether the gain was worth it.",
    "Nothing is left to steer. The question is what the change was worth."
   ]
  },
  {
   "title": "Calls answered in time",
   "monitoring": [
    "Below the lower limit for two weeks. From Thursday the training of team 4 moves to quieter afternoons.",
    "The plan is changed because of the figure. That is steering."
   ],
   "evaluation": [
    "The figure of the whole year stands beside the target that was written down before the start.",
    "The target is met or it is not. That is a judgement of the result."
   ]
  },
  {
   "title": "First contact resolution, both sites",
   "monitoring": [
    "Each Monday both figures go up on the wall, so that a slip at North is seen while it is small.",
    "It is there to catch a slip in time. Nobody is judging yet."
   ],
   "evaluation": [
    "The difference between the sites, before and after, is used to say how much of the gain is due to One Owner.",
    "How much is due to the change can only be asked when it has had its effect."
   ]
  },
  {
   "title": "Staff survey",
   "monitoring": [
    "Eight questions to all teams in week 4. Where the answers are low, the team leader gets help in week 5.",
    "It is asked in order to help next week. The same survey can also judge, later."
   ],
   "evaluation": [
    "The last wave is laid beside the one before the change, team by team, to say what it did to the people.",
    "It says what the change did. A survey like this needs the wave from before."
   ]
  },
  {
   "title": "Talks with case owners",
   "monitoring": [
    "Five short talks each Friday: what got in your way? What can be put right is on Monday's list.",
    "Words steer as well as figures do, if somebody acts on them on Monday."
   ],
   "evaluation": [
    "Twenty talks after the rollout: looking back, what did One Owner change in your work, and was it worth it?",
    "Looking back and asking whether it was worth it is judging."
   ]
  },
  {
   "title": "Comments of customers",
   "monitoring": [
    "Last week's comments are read out. One wording in the letter puzzles people, and is changed the same day.",
    "A comment that changes a letter the same day has steered."
   ],
   "evaluation": [
    "Comments from before and from long after are sorted into themes by two people who do not know which is which.",
    "Before and long after, read blind: that is built to judge fairly."
   ]
  },
  {
   "title": "Costs",
   "monitoring": [
    "Spending so far lies above the line for week 8, so the second training day is put off.",
    "Money is watched too, and the plan bends while it can."
   ],
   "evaluation": [
    "All that was spent is added up, beside all that was saved, for the board.",
    "The sums are closed. The board wants to know whether it paid."
   ]
  },
  {
   "title": "Minutes of the group",
   "monitoring": [
    "Decided: hold in week 9, because the figure lies inside its limits. Look again on Monday.",
    "To hold is a decision too, and it is taken on the way."
   ],
   "evaluation": [
    "Decided: the objectives are met but for one. West gets One Owner in another form.",
    "The objectives are checked off, and lessons go to another site."
   ]
  },
  {
   "title": "Refunds paid",
   "monitoring": [
    "Above the upper limit this week. Asha looks through ten of them before anyone touches the rule.",
    "A signal is looked into before anything is changed. The change still runs."
   ],
   "evaluation": [
    "The year after the start is compared with the year before: what has the higher limit cost in all?",
    "What it has cost in all can only be asked afterwards."
   ]
  },
  {
   "title": "Absence",
   "monitoring": [
    "Team 5 goes on the chart each week, so that somebody can ask in time how they are coping.",
    "In time is the word: there is still something to do for team 5."
   ],
   "evaluation": [
    "The whole year is used to judge whether the gain was paid for by the staff.",
    "It weighs the gain against its price. That is a verdict."
   ]
  },
  {
   "title": "Training",
   "monitoring": [
    "A short test after each training day shows what has not landed. The next day begins with that.",
    "The test changes the next day. It is not there to give marks to the training."
   ],
   "evaluation": [
    "Six months on, the checks of trained teams are compared with the others: did the training make a difference?",
    "Whether it made a difference is asked when it could have made one."
   ]
  },
  {
   "title": "Complaints opened",
   "monitoring": [
    "The daily count is above the trigger in the plan. The group meets at two o'clock.",
    "A trigger that brings people together today is the heart of monitoring."
   ],
   "evaluation": [
    "A report on the year asks: fewer because of One Owner, or would there have been fewer anyway?",
    "What would have happened anyway is the question of every good evaluation."
   ]
  },
  {
   "title": "A colleague from the stores",
   "monitoring": [
    "She sits in for a day in week 5, and says what she would change for the weeks to come.",
    "An outsider can help to steer. For the weeks to come, she says."
   ],
   "evaluation": [
    "She reads all there is when everything is done, and says whether the objectives were met.",
    "She judges the result, and she had no part in it. That helps."
   ]
  },
  {
   "title": "Open complaints",
   "monitoring": [
    "On Tuesday the number passes the line in the plan. Two agents are moved to them until Friday.",
    "A line is passed and people are moved. That is steering by a figure."
   ],
   "evaluation": [
    "A year after the start the number is set beside the standard, to say whether it is now kept.",
    "Whether a standard is kept in the end is a judgement."
   ]
  },
  {
   "title": "Log of decisions",
   "monitoring": [
    "Week 6: signal, cause found, letter mended. Check again in week 8. Signed: Lorna.",
    "The log is written on the way, and names the day of the next look."
   ],
   "evaluation": [
    "The whole log is read at the end: which decisions helped, and what would we do another time?",
    "The same log serves both jobs. Read at the end, for lessons, it judges."
   ]
  },
  {
   "title": "Handling time",
   "monitoring": [
    "Calls take longer each week. Before the queue suffers, the planner puts one more agent on Mondays.",
    "The planner acts before harm is done. That is what watching is for."
   ],
   "evaluation": [
    "It went up. The final report weighs that against the calls that no longer come.",
    "A price is weighed against a gain, when both are known."
   ]
  }
 ],
 "reasons": [
  {
   "question": "The same quality score can serve both jobs. What decides which one it does?",
   "right": "What it is for: to steer the change, or to judge it.",
   "because": "The figure is the same. On Monday in week 7 it steers. Beside last year's, when all is over, it judges.",
   "wrong": [
    [
     "How often it is measured.",
     "A weekly figure can be used to judge a whole year, and a single look in week 5 can steer."
    ],
    [
     "Who measures it.",
     "Dev makes the figure for both. What people do with it is what differs."
    ],
    [
     "Whether it is a number or words.",
     "Talks on a Friday steer as well as a chart does. Both jobs need both."
    ]
   ]
  },
  {
   "question": "Why must the evaluation be planned before the change starts, if it comes at the end?",
   "right": "Because what was before can be measured only before.",
   "because": "Without a baseline, a target in writing and perhaps a second site, nobody can say later what the change did.",
   "wrong": [
    [
     "Because the board wants to see a date.",
     "A date is useful. What is lost for ever without a plan is the figure from before."
    ],
    [
     "Because it then costs less.",
     "Perhaps. But a cheap evaluation without a baseline is worth nothing."
    ],
    [
     "It need not be. There is time at the end.",
     "At the end the old way is gone, and so is the chance to measure it."
    ]
   ]
  },
  {
   "question": "Half-way through, a review looks back over six weeks and changes the plan for the next six. Which job is it?",
   "right": "It helps to steer: part of the change is still to come.",
   "because": "It is called a formative review. It looks back as an evaluation does, but in order to change what comes next.",
   "wrong": [
    [
     "It is the evaluation, because it looks back.",
     "Looking back is what both do. The verdict on the change has to wait until it has had its effect."
    ],
    [
     "Neither, it is only a meeting.",
     "A meeting that reads figures and changes the plan is at the heart of steering."
    ],
    [
     "Both, so the evaluation at the end can be left out.",
     "At the end people will ask what came of it all. Six weeks cannot answer that."
    ]
   ]
  },
  {
   "question": "A chart hung on the wall for twelve weeks. The director says: “That was our evaluation.” What is missing?",
   "right": "A judgement: what was achieved, against the aim and against what would have happened anyway.",
   "because": "The chart shows that figures moved, and when. It does not say why, how much is due to the change, or whether it was worth it.",
   "wrong": [
    [
     "More weeks on the chart.",
     "A longer chart is still a chart. Somebody has to judge."
    ],
    [
     "A second chart of another measure.",
     "More measures help to see side-effects. They judge nothing by themselves."
    ],
    [
     "Nothing. The figures speak for themselves.",
     "They do not. Season, chance and other changes speak with the same voice."
    ]
   ]
  }
 ]
};
