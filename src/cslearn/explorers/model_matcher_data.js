export const data = {
 "models": [
  {
   "key": "kotter",
   "name": "Kotter’s eight steps",
   "source": "Kotter 1996",
   "sees": "what leaders have to set going, one after the other",
   "steps": [
    {
     "name": "Make it urgent",
     "does": "Show why it cannot wait.",
     "from": -20,
     "to": -14,
     "actions": [
      "The board hears six recorded calls of customers who wait for their money.",
      "Each team sees how many of its own callers only ring to chase."
     ]
    },
    {
     "name": "Gather a guiding group",
     "does": "Bring together people who can carry it.",
     "from": -18,
     "to": -12,
     "actions": [
      "A supervisor, an agent, finance and the Returns desk meet every Tuesday, with the right to decide.",
      "Two respected agents join the group that leads the change."
     ]
    },
    {
     "name": "Form a vision and a plan",
     "does": "Say in one sentence where it leads.",
     "from": -14,
     "to": -10,
     "actions": [
      "“One person owns a complaint to its end” is put on one page, with how to get there.",
      "The group agrees what will be different for a customer in a year, and the steps to it."
     ]
    },
    {
     "name": "Share the vision",
     "does": "Tell it often, and live it.",
     "from": -10,
     "to": 2,
     "actions": [
      "In each huddle for two months the same short story is told, by a different person each time.",
      "The head of service answers three calls a week as a case owner herself."
     ]
    },
    {
     "name": "Clear the way",
     "does": "Take away what stops people.",
     "from": -6,
     "to": 4,
     "actions": [
      "The rule that two managers sign is dropped up to £75.",
      "The old form is switched off, because it pulls people back."
     ]
    },
    {
     "name": "Win early",
     "does": "Show a result that people can see.",
     "from": 0,
     "to": 6,
     "actions": [
      "In week three the room hears that chasing calls in the pilot team have fallen, with the figure.",
      "The first customer who says thank you is played to all, with her consent."
     ]
    },
    {
     "name": "Build on it",
     "does": "Use the win to change more.",
     "from": 6,
     "to": 20,
     "actions": [
      "After the first results the group takes on the courier’s delays too.",
      "With the trust that was won, West is prepared, and two more rules are changed."
     ]
    },
    {
     "name": "Anchor it",
     "does": "Make it the way things are done here.",
     "from": 16,
     "to": 30,
     "actions": [
      "Owning a case becomes part of how people are hired and promoted.",
      "New staff learn it in their first week as the way we do things."
     ]
    }
   ]
  },
  {
   "key": "adkar",
   "name": "ADKAR",
   "source": "Hiatt 2006",
   "sees": "what one person still lacks",
   "steps": [
    {
     "name": "Awareness",
     "does": "Know why.",
     "from": -14,
     "to": -6,
     "actions": [
      "An agent sees the figures of her own cases and says: now I see why.",
      "A leader explains what happens to customers if nothing changes, and takes every question."
     ]
    },
    {
     "name": "Desire",
     "does": "Want to take part.",
     "from": -10,
     "to": -2,
     "actions": [
      "An agent is asked what he would lose, and helps to shape the new rota.",
      "A doubter decides to give it a try, because one of her conditions was met."
     ]
    },
    {
     "name": "Knowledge",
     "does": "Know how.",
     "from": -6,
     "to": 0,
     "actions": [
      "An agent goes through two example cases and a card with the steps.",
      "Someone shows where the limits stand and how the screen is used."
     ]
    },
    {
     "name": "Ability",
     "does": "Be able to do it in real work.",
     "from": -2,
     "to": 8,
     "actions": [
      "For a week a coach sits beside an agent on real calls.",
      "An agent has an hour a week off the phones to practise until it is quick."
     ]
    },
    {
     "name": "Reinforcement",
     "does": "Keep it up.",
     "from": 2,
     "to": 30,
     "actions": [
      "A leader names the cases that stayed closed, every Monday.",
      "What people are measured by is changed to fit the new way."
     ]
    }
   ]
  },
  {
   "key": "lewin",
   "name": "Lewin’s three phases",
   "source": "after Lewin 1947",
   "sees": "the forces that hold a habit where it is",
   "steps": [
    {
     "name": "Unfreeze",
     "does": "Loosen what holds the old way.",
     "from": -20,
     "to": -4,
     "actions": [
      "The group lists what drives the change and what holds it back, and takes two of the brakes away.",
      "The figures on waiting shake the belief that all is well.",
      "People may say what they fear, before anything is moved."
     ]
    },
    {
     "name": "Move",
     "does": "Go over to the new way.",
     "from": -6,
     "to": 8,
     "actions": [
      "Team 3 works as case owners for six weeks and learns by doing.",
      "Roles, screens and limits are changed, and tried out.",
      "Agents practise the new steps together and talk about what went wrong."
     ]
    },
    {
     "name": "Refreeze",
     "does": "Make the new way the steady one.",
     "from": 8,
     "to": 30,
     "actions": [
      "The new way goes into the standards, and the old form is gone.",
      "Bonus and rota are fitted to it, so that nothing pulls people back.",
      "Half a year later somebody checks whether people have slipped back."
     ]
    }
   ]
  },
  {
   "key": "bridges",
   "name": "Bridges’ three stages",
   "source": "Bridges 1991",
   "sees": "what people go through inside",
   "steps": [
    {
     "name": "Ending",
     "does": "Let go of what was.",
     "from": -10,
     "to": 2,
     "actions": [
      "The approval managers are thanked for ten years, and what they lose is said aloud.",
      "Agents keep one old thing that they were proud of, and say goodbye to the rest.",
      "It is said clearly what is over and what is not."
     ]
    },
    {
     "name": "Neutral zone",
     "does": "Be in between, where nothing is settled.",
     "from": -4,
     "to": 10,
     "actions": [
      "For some weeks nobody is good at it, and leaders say that this is normal.",
      "Short rules for the time in between are agreed every Friday.",
      "People are confused and inventive at once; ideas are tried out."
     ]
    },
    {
     "name": "New beginning",
     "does": "Be somebody new.",
     "from": 4,
     "to": 30,
     "actions": [
      "Agents begin to say “my case” without being told to.",
      "Everyone has a part to play in the new way, and knows it.",
      "The team tells newcomers who they are now."
     ]
    }
   ]
  }
 ],
 "worries": [
  {
   "text": "The agents know why and know how. With a customer on the line they cannot do it yet. Which model has a name for just that?",
   "model": "adkar",
   "because": "ADKAR tells Knowledge from Ability. The others do not look at what one person still lacks."
  },
  {
   "text": "Three teams need three different kinds of help. Which model finds out what each one lacks?",
   "model": "adkar",
   "because": "ADKAR goes through five things in order, for each person or team."
  },
  {
   "text": "An agent wants to, and nobody has told her how. Which model separates these two?",
   "model": "adkar",
   "because": "Desire and Knowledge are two of ADKAR’s five elements."
  },
  {
   "text": "Everybody agrees with the idea, and nobody moves. No leader has taken it up. Which model starts there?",
   "model": "kotter",
   "because": "Kotter begins with urgency and a group of people who lead it."
  },
  {
   "text": "The first weeks were hard, and nobody has seen any good come of it. Which model has a step for that?",
   "model": "kotter",
   "because": "Kotter’s sixth step is to win early, and to show it."
  },
  {
   "text": "A rule of finance makes the new way impossible in practice. Which model has a step that clears such things away?",
   "model": "kotter",
   "because": "Kotter’s fifth step takes away what stops people."
  },
  {
   "text": "Half a year later everybody has slipped back to the old way. Which model ends with what prevents it?",
   "model": "lewin",
   "because": "The last phase, refreeze, makes the new way the steady one."
  },
  {
   "text": "What drives this change, and what holds it back? Which model looks at those forces first?",
   "model": "lewin",
   "because": "Lewin saw a habit as a balance of forces; to unfreeze is to loosen what holds."
  },
  {
   "text": "You want to explain a change in one minute, as before, during and after. Which model is that short?",
   "model": "lewin",
   "because": "Unfreeze, move, refreeze: three words. Later writers made them into a recipe."
  },
  {
   "text": "The new system is live. The people who used to sign refunds are still mourning. Which model is about that?",
   "model": "bridges",
   "because": "For Bridges a transition begins with an ending: something is lost, and it has to be said."
  },
  {
   "text": "The change happened on one day. People took months to arrive. Which model tells these two apart?",
   "model": "bridges",
   "because": "Bridges calls the event the change, and what goes on inside people the transition."
  },
  {
   "text": "Nothing is clear any more, and leaders ask why everyone is so tired. Which model has a name for this time?",
   "model": "bridges",
   "because": "It is the neutral zone, between the old that is over and the new that is not yet there."
  }
 ],
 "reasons": [
  {
   "question": "Why use more than one model for one change?",
   "right": "Each looks at something that the others leave out.",
   "because": "Kotter sees what leaders set going, ADKAR what a person lacks, Bridges what people lose, Lewin what holds a habit.",
   "wrong": [
    [
     "The more models, the more certain the success.",
     "No model makes success certain. Two that show you something new are worth more than four as decoration."
    ],
    [
     "The board likes to see well-known names.",
     "It may. A name that changes nothing in the plan is decoration."
    ],
    [
     "Each works in another line of business.",
     "All four are used in many lines of business. They differ in what they look at."
    ]
   ]
  },
  {
   "question": "A change goes live on Monday. Why is the transition not over on Tuesday?",
   "right": "The change is an event outside people; the transition goes on inside them.",
   "because": "Bridges makes that difference. Letting go, being lost and beginning anew take their own time.",
   "wrong": [
    [
     "Because software has faults in its first week.",
     "It has. But with perfect software people would still need time to let go."
    ],
    [
     "Because the training is only half done.",
     "Training gives knowledge. Somebody fully trained may still be in the middle of letting go."
    ],
    [
     "Because the law gives people a month.",
     "No law does. The time that people need is not fixed anywhere."
    ]
   ]
  },
  {
   "question": "Why does the order of Kotter’s steps matter?",
   "right": "Later steps stand on earlier ones: a vision without urgency is heard by nobody.",
   "because": "Kotter saw changes fail where early steps were skipped. Steps may overlap, though, and you may have to go back.",
   "wrong": [
    [
     "Because the steps are laid down in a standard.",
     "They are one author’s advice, drawn from cases that he saw. There is no such standard."
    ],
    [
     "Because each step takes exactly six weeks.",
     "They take as long as they take, and they overlap."
    ],
    [
     "It does not; any order works as well.",
     "Wins that are shown before anybody knows why they matter are soon forgotten."
    ]
   ]
  },
  {
   "question": "What do critics say about “unfreeze, move, refreeze” as a model by Lewin?",
   "right": "Lewin wrote very little of it himself; others made it into three steps after his death.",
   "because": "Cummings, Bridgman and Brown traced how it grew. It can still be a useful short story, if one knows what it is.",
   "wrong": [
    [
     "It has been proved wrong by an experiment.",
     "Nobody has tested it like that. The point is where it comes from, and how much it leaves out."
    ],
    [
     "It fits production and never service.",
     "It is used in both. What it leaves out is missing in both."
    ],
    [
     "It has too many steps to remember.",
     "It has three, the fewest of all. That is why it is so often told."
    ]
   ]
  },
  {
   "question": "“Seventy per cent of all changes fail.” What do you do with that sentence?",
   "right": "Leave it out: nobody has shown where the figure comes from.",
   "because": "Hughes looked for the evidence behind it in 2011 and found none that holds.",
   "wrong": [
    [
     "Use it to make the board take the change seriously.",
     "A figure that cannot be shown to be true costs you trust when somebody asks."
    ],
    [
     "Use it, and name the book that you have it from.",
     "Many books repeat it. A source that has only copied it is no evidence."
    ],
    [
     "Say “about two in three” instead.",
     "That is the same claim in other words, with as little behind it."
    ]
   ]
  }
 ]
};
