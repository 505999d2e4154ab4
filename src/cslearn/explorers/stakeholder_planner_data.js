export const data = {
 "northfold": {
  "change": "Northfold gives each complaint to one person: One Owner.",
  "teams": [
   {
    "title": "Team A (Northfold’s team 3)",
    "tenths": [
     40,
     36,
     36,
     25,
     33
    ]
   },
   {
    "title": "Team B (Northfold’s team 5)",
    "tenths": [
     39,
     27,
     30,
     33,
     22
    ]
   },
   {
    "title": "Team C (Northfold’s team 7)",
    "tenths": [
     25,
     20,
     33,
     31,
     33
    ]
   }
  ],
  "people": [
   0,
   1,
   5,
   6
  ]
 },
 "changes": [
  "A furniture shop gives each delivery complaint to one person.",
  "A water company answers all letters within five days.",
  "A travel office lets agents rebook without asking a manager.",
  "A phone shop rings customers back at a time that they choose.",
  "A bank's service team works with one screen instead of four.",
  "A hotel group lets the night desk settle complaints on the spot."
 ],
 "people": [
  {
   "who": "The operations director",
   "power": "hi",
   "interest": "hi",
   "stance": "for",
   "facts": [
    "No money is spent on it without her name under it.",
    "Her own monthly figures stand or fall with it.",
    "She opened the last staff meeting with it."
   ]
  },
  {
   "who": "The head of security",
   "power": "hi",
   "interest": "lo",
   "stance": "against",
   "facts": [
    "His veto stops any new screen, and the rules of the house say so.",
    "His days are spent on cards and doors.",
    "He has twice said no in writing."
   ]
  },
  {
   "who": "The works council's chair",
   "power": "hi",
   "interest": "hi",
   "stance": "against",
   "facts": [
    "New duties need the council's yes.",
    "Forty people have come to her about it.",
    "She calls it 'too much, too fast', and says that she will not sign."
   ]
  },
  {
   "who": "The owner's daughter",
   "power": "hi",
   "interest": "lo",
   "stance": "neutral",
   "facts": [
    "The family decides on every post above team leader, and she speaks for it.",
    "She lives abroad and reads one page a quarter.",
    "She has no opinion on it, she says."
   ]
  },
  {
   "who": "The software firm's salesman",
   "power": "lo",
   "interest": "hi",
   "stance": "for",
   "facts": [
    "The licence is paid, so there is nothing left for him to sell or to stop.",
    "It would be his showpiece at three fairs this year.",
    "He praises it wherever he goes."
   ]
  },
  {
   "who": "A branch manager in the south",
   "power": "lo",
   "interest": "hi",
   "stance": "against",
   "facts": [
    "She runs one branch of ninety and has no vote.",
    "Half of her week is complaints.",
    "She tells the other branches that it will fail."
   ]
  },
  {
   "who": "The canteen's tenant",
   "power": "lo",
   "interest": "lo",
   "stance": "neutral",
   "facts": [
    "He rents two rooms.",
    "Nothing in it reaches the kitchen.",
    "He shrugs when he is asked."
   ]
  },
  {
   "who": "A retired director who writes letters",
   "power": "lo",
   "interest": "lo",
   "stance": "against",
   "facts": [
    "He left the board six years ago.",
    "He has not been in the building since.",
    "Every letter of his asks for it to be dropped."
   ]
  },
  {
   "who": "The head of the night shift",
   "power": "lo",
   "interest": "hi",
   "stance": "for",
   "facts": [
    "He follows the plan that the day shift makes.",
    "His people would do it first and most.",
    "He has asked for dates, because he would like to begin."
   ]
  },
  {
   "who": "The regulator's inspector",
   "power": "hi",
   "interest": "hi",
   "stance": "neutral",
   "facts": [
    "She can close the line for a week if notes go missing.",
    "She has asked for the new forms in advance.",
    "'We shall see what we find,' is all that she says."
   ]
  },
  {
   "who": "The fleet's dispatcher",
   "power": "hi",
   "interest": "lo",
   "stance": "for",
   "facts": [
    "No van turns round unless she says so, whatever the office has promised.",
    "Complaints are a box on one of her twelve forms.",
    "She finds it sensible, and has said so in both meetings."
   ]
  },
  {
   "who": "The agency that sends temps",
   "power": "lo",
   "interest": "lo",
   "stance": "for",
   "facts": [
    "Temps do what they are shown, and the agency is told later.",
    "Three of its two hundred people work here.",
    "Its manager wished us luck with it, and meant it."
   ]
  }
 ],
 "reasons": [
  {
   "question": "A team scores 2.6 on Desire and 2.1 on Knowledge. Why not begin with a course?",
   "right": "People who do not want it do not take in how it is done.",
   "because": "Each element builds on the one before. A course reaches people who want to learn; here it would be sat through.",
   "wrong": [
    [
     "A course costs more than a talk.",
     "Often it does, and that is not the reason. A cheap course would not mend a missing wish either."
    ],
    [
     "Knowledge is measured less well than Desire.",
     "Both are the mean of two statements. The order of the elements decides, and not how well they are measured."
    ],
    [
     "The lowest mean is always measured wrongly.",
     "It may be quite right. It only has to wait until what comes before it is mended."
    ]
   ]
  },
  {
   "question": "Why is a broadcast to everyone a poor first message for three teams?",
   "right": "The three lack different things, so it fits one of them at most.",
   "because": "One team needs a reason, another practice, a third a say. One text cannot be all of these.",
   "wrong": [
    [
     "Nobody reads messages that go to everyone.",
     "Some do. Even those who read it find nothing in it for what holds them up."
    ],
    [
     "It reaches the team leaders too late.",
     "It might. But a broadcast that is sent in time has the same fault."
    ],
    [
     "It may only be sent after going live.",
     "There is no such rule. The question is what a team needs to hear first."
    ]
   ]
  },
  {
   "question": "Why do team leaders hear before their agents?",
   "right": "Agents ask their leader first, and 'I do not know either' stops a change.",
   "because": "The person whom people trust most has to be able to answer, or at least to say when the answer comes.",
   "wrong": [
    [
     "Leaders have more time to read.",
     "They have less. They need to know because they are the ones who are asked."
    ],
    [
     "It is a reward for their rank.",
     "Rank has nothing to do with it. It is about who is asked in the first hour."
    ],
    [
     "So that leaders can keep the news back.",
     "The opposite: so that they can pass it on, and answer for it."
    ]
   ]
  },
  {
   "question": "Somebody with high power is against the change. Why is a letter not enough?",
   "right": "A letter cannot hear what they object to, and they may be right.",
   "because": "Whoever can stop it has to be asked. Some objections mend a plan before it fails; others need a real answer.",
   "wrong": [
    [
     "Letters get lost in large organisations.",
     "That happens, and it is not the point. A letter that arrives cannot listen either."
    ],
    [
     "Powerful people expect to be visited.",
     "Some do. But a visit in which nobody listens changes as little as a letter."
    ],
    [
     "They might show the letter to others.",
     "They may show it to anybody. What counts is whether they could answer."
    ]
   ]
  },
  {
   "question": "Why tell a win within four weeks of going live?",
   "right": "In those weeks work is slower and doubt is greatest, and people need to see that it leads somewhere.",
   "because": "Figures dip before they rise. A small result that is real, told early, keeps people going.",
   "wrong": [
    [
     "After four weeks the law asks for a report.",
     "No law does. It is about people's patience."
    ],
    [
     "Later wins cannot be measured any more.",
     "They can be measured better. But support may be gone by then."
    ],
    [
     "Because the board stops the money otherwise.",
     "Perhaps. The first people who have to see a result are those who do the work."
    ]
   ]
  }
 ]
};
