export const data = {
 "sources": {
  "customers": "D1",
  "contacts": "D2",
  "complaints": "D3",
  "servqual": "D4",
  "events_before": "D5",
  "events_after": "D5",
  "kpi_daily": "D6",
  "qa_followup": "D7",
  "staff_survey": "D8",
  "options": "D9",
  "options_costs": "D9",
  "decisions": "D11",
  "mystery_shop": "D12"
 },
 "units": {
  "s": [
   "min",
   60
  ],
  "GBP": [
   "GBP",
   1
  ],
  "days": [
   "days",
   1
  ],
  "%": [
   "%",
   1
  ],
  "points": [
   "score",
   1
  ],
  "calls": [
   "count",
   1
  ],
  "complaints": [
   "count",
   1
  ],
  "answers": [
   "count",
   1
  ],
  "min": [
   "min",
   1
  ],
  "h": [
   "h",
   1
  ],
  "GBP a year": [
   "GBP",
   1
  ]
 },
 "tables": {
  "contacts": {
   "when": "ts",
   "derived": [
    {
     "name": "handling_s",
     "says": "handling time: talk and wrap together",
     "unit": "s",
     "sum": [
      "talk_s",
      "wrap_s"
     ]
    }
   ],
   "without": [
    {
     "name": "test contacts",
     "says": "Calls that the telephone supplier made to try the lines (agent T00)",
     "rule": {
      "column": "agent_id",
      "is": "T00"
     },
     "keep": "Test calls are no customers."
    },
    {
     "name": "abandoned calls",
     "says": "The caller hung up before anyone answered; handling time 0",
     "rule": {
      "column": "abandoned",
      "is": "yes"
     },
     "keep": "People who hung up are customers too, and this question counts them."
    },
    {
     "name": "callbacks",
     "says": "An agent rang back, so nobody stood in the queue; queue 0",
     "rule": {
      "column": "queue_s",
      "is": "0"
     },
     "keep": "An agent did answer this customer, and this question counts that."
    },
    {
     "name": "second rows of transferred calls",
     "says": "The same customer, site, channel and reason within an hour",
     "rule": {
      "again": [
       "customer_id",
       "site",
       "channel",
       "reason"
      ],
      "minutes": 60
     },
     "keep": "The second agent's work is work too, and this question counts it."
    },
    {
     "name": "long conversations",
     "says": "The agent talked for more than 15 minutes",
     "rule": {
      "column": "talk_s",
      "over": 900
     },
     "keep": "Long conversations are real work with real customers. Leaving them out makes the figure look better than it is."
    },
    {
     "name": "the outage day",
     "says": "17 January 2024, when the telephones were out",
     "rule": {
      "column": "ts",
      "day": "2024-01-17"
     },
     "keep": "The question does not ask about ordinary days only."
    }
   ]
  },
  "complaints": {
   "when": "opened",
   "derived": [
    {
     "name": "site",
     "says": "site whose register it stands in",
     "first": "complaint_id",
     "letters": {
      "N": "North",
      "W": "West"
     }
    },
    {
     "name": "days_to_close",
     "says": "days from opening to closing, all days counted",
     "unit": "days",
     "days": [
      "opened",
      "closed_ts"
     ]
    },
    {
     "name": "days_to_acknowledge",
     "says": "days from opening to the first reply, all days counted",
     "unit": "days",
     "days": [
      "opened",
      "ack_ts"
     ]
    }
   ],
   "without": [
    {
     "name": "closed before opened",
     "says": "The closing date, as typed, lies before the opening",
     "rule": {
      "column": "days_to_close",
      "under": 0
     },
     "keep": "For this question the closing date does not matter, so its typing slips do not either."
    },
    {
     "name": "slow cases",
     "says": "It took more than 30 days to close",
     "rule": {
      "column": "days_to_close",
      "over": 30
     },
     "keep": "Slow cases happened to real customers. They are what the question is about."
    },
    {
     "name": "small claims",
     "says": "The price was £10 or less",
     "rule": {
      "column": "value_gbp",
      "under": 10.01
     },
     "keep": "A small price is still a real complaint."
    },
    {
     "name": "still open",
     "says": "Not closed yet on the day of the export",
     "rule": {
      "column": "closed_ts",
      "empty": true
     },
     "keep": "The question counts every complaint, open or closed."
    }
   ]
  },
  "events_before": {
   "when": "start_ts",
   "derived": [
    {
     "name": "step_min",
     "says": "minutes from start to end of the step",
     "unit": "min",
     "minutes": [
      "start_ts",
      "end_ts"
     ]
    }
   ],
   "without": [
    {
     "name": "test cases",
     "says": "Rows that were keyed in to try the system (resource T00)",
     "rule": {
      "column": "resource",
      "is": "T00"
     },
     "keep": "Test cases are no customers."
    },
    {
     "name": "ended before it began",
     "says": "The clock went back an hour during the step",
     "rule": {
      "column": "step_min",
      "under": 0
     },
     "keep": "The step was done, whatever the clock says."
    }
   ]
  },
  "kpi_daily": {
   "when": "date",
   "ratios": [
    [
     "abandoned",
     "offered",
     "calls given up, of calls offered"
    ],
    [
     "answered",
     "offered",
     "calls answered, of calls offered"
    ],
    [
     "within_20s",
     "offered",
     "calls answered within 20 seconds, of calls offered"
    ],
    [
     "csat_top2",
     "csat_n",
     "answers of 4 or 5, of all answers to the satisfaction survey"
    ]
   ],
   "without": [
    {
     "name": "the outage day",
     "says": "17 January 2024, when the telephones were out",
     "rule": {
      "column": "date",
      "day": "2024-01-17"
     },
     "keep": "The question does not ask about ordinary days only."
    },
    {
     "name": "Mondays",
     "says": "The busiest day of the week",
     "rule": {
      "column": "date",
      "weekday": 1
     },
     "keep": "Mondays are ordinary days. A figure without them is about another service."
    },
    {
     "name": "days with many calls",
     "says": "More than 500 calls were offered",
     "rule": {
      "column": "offered",
      "over": 500
     },
     "keep": "Busy days are when service matters most. Leaving them out hides the problem."
    }
   ]
  },
  "events_after": {
   "when": "start_ts",
   "derived": [
    {
     "name": "step_min",
     "says": "minutes from start to end of the step",
     "unit": "min",
     "minutes": [
      "start_ts",
      "end_ts"
     ]
    }
   ],
   "without": [
    {
     "name": "test cases",
     "says": "Rows that were keyed in to try the system (resource T00)",
     "rule": {
      "column": "resource",
      "is": "T00"
     },
     "keep": "Test cases are no customers."
    },
    {
     "name": "ended before it began",
     "says": "The clock went back an hour during the step",
     "rule": {
      "column": "step_min",
      "under": 0
     },
     "keep": "The step was done, whatever the clock says."
    }
   ]
  },
  "mystery_shop": {
   "when": "date",
   "without": [
    {
     "name": "the harsh shopper",
     "says": "Shopper K2, who marked about two points lower than whoever went along on the very same visits",
     "rule": {
      "column": "shopper",
      "is": "K2"
     },
     "keep": "Whether a thing is there or not, a strict shopper sees as well as anyone."
    },
    {
     "name": "second shoppers",
     "says": "Two shoppers make each visit, so every visit has two rows; this is the second of them",
     "rule": {
      "again": [
       "visit_id"
      ],
      "minutes": 0
     },
     "keep": "Both marks of a visit belong to this question: it asks about marks and not about visits."
    },
    {
     "name": "low marks",
     "says": "The overall mark was below 5",
     "rule": {
      "column": "overall",
      "under": 5
     },
     "keep": "A low mark is an answer too. Without it the mean looks better than it is."
    },
    {
     "name": "long waits",
     "says": "The shopper waited more than ten minutes",
     "rule": {
      "column": "wait_min",
      "over": 10
     },
     "keep": "Waiting belongs to the visit. Customers cannot leave it out either."
    }
   ]
  }
 },
 "months": [
  [
   "December 2023",
   "2023-12-04",
   "2023-12-31"
  ],
  [
   "January 2024",
   "2024-01-01",
   "2024-01-31"
  ],
  [
   "February 2024",
   "2024-02-01",
   "2024-02-29"
  ],
  [
   "March 2024",
   "2024-03-01",
   "2024-03-31"
  ],
  [
   "April 2024",
   "2024-04-01",
   "2024-04-30"
  ],
  [
   "May 2024",
   "2024-05-01",
   "2024-05-31"
  ],
  [
   "June 2024",
   "2024-06-01",
   "2024-06-30"
  ]
 ],
 "quarters": [
  [
   "the first quarter of 2024",
   "2024-01-01",
   "2024-03-31"
  ],
  [
   "the second quarter of 2024",
   "2024-04-01",
   "2024-06-30"
  ],
  [
   "the third quarter of 2024",
   "2024-07-01",
   "2024-09-30"
  ]
 ],
 "fortnights": [
  [
   "8 to 21 January 2024",
   "2024-01-08",
   "2024-01-21"
  ],
  [
   "10 to 23 January 2024",
   "2024-01-10",
   "2024-01-23"
  ],
  [
   "15 to 28 January 2024",
   "2024-01-15",
   "2024-01-28"
  ],
  [
   "4 to 17 January 2024",
   "2024-01-04",
   "2024-01-17"
  ]
 ],
 "rounds": [
  [
   "the whole round, March to August 2024",
   "2024-03-01",
   "2024-08-31"
  ],
  [
   "the first half of the round, March to May 2024",
   "2024-03-01",
   "2024-05-31"
  ],
  [
   "the second half of the round, June to August 2024",
   "2024-06-01",
   "2024-08-31"
  ]
 ],
 "questions": [
  {
   "id": "given-up",
   "table": "kpi_daily",
   "title": "Calls that were given up",
   "periods": "fortnights",
   "ask": "On ordinary days at {site}, from {period}: what share of the calls offered did callers give up?",
   "measure": {
    "kind": "ratio",
    "column": "abandoned",
    "value": "offered"
   },
   "filter": [
    [
     "site",
     "{site}"
    ]
   ],
   "without": [
    "the outage day"
   ],
   "optional": [],
   "unit": "%",
   "scale": [
    0,
    100,
    1
   ],
   "naive": {
    "measure": {
     "kind": "ratio",
     "column": "abandoned",
     "value": "offered"
    },
    "without": [],
    "says": "With the outage day left in",
    "tidy": false
   },
   "hint": "One day in these two weeks was not ordinary. Is it in your figure?",
   "because": "On 17 January the telephones were out and most callers gave up. The question asks about ordinary days, so that day does not belong. Say that you left it out.",
   "explain": {
    "ask": "Why is the raw figure higher than on ordinary days?",
    "right": "One day with a fault brings in more lost calls than days of normal work.",
    "wrong": [
     [
      "There are too few calls for a percentage.",
      "There are thousands of calls. The trouble is one day among them that does not belong to the question."
     ],
     [
      "Shares of days must be averaged, day by day.",
      "Averaging would give a quiet Sunday the weight of a busy Monday. Divide all lost calls by all calls, as the data room does."
     ],
     [
      "Test calls count as given up.",
      "This table has counts of days and no test calls. Look at the days themselves."
     ]
    ]
   },
   "tidy": false
  },
  {
   "id": "delivery",
   "table": "complaints",
   "title": "Complaints logged as delivery",
   "periods": "quarters",
   "ask": "Of the complaints that {site} opened in {period}, what share was logged as delivery, however the agent typed it?",
   "measure": {
    "kind": "is",
    "column": "category_logged",
    "value": "delivery"
   },
   "filter": [
    [
     "site",
     "{site}"
    ]
   ],
   "without": [],
   "optional": [
    "closed before opened"
   ],
   "tidy": true,
   "unit": "%",
   "scale": [
    0,
    100,
    1
   ],
   "naive": {
    "measure": {
     "kind": "is",
     "column": "category_logged",
     "value": "delivery"
    },
    "without": [],
    "says": "Counting only the exact spelling",
    "tidy": false
   },
   "hint": "Look at the list of values. Is “Delivery” another thing than “delivery”?",
   "because": "Agents typed the category. “Delivery”, “DELIVERY” and one with a space behind it are the same thing, but a computer counts them as four.",
   "explain": {
    "ask": "Why is the raw figure lower?",
    "right": "The same word in other capitals, or with a space, is counted as another category.",
    "wrong": [
     [
      "Some complaints are still open.",
      "An open complaint has a category as well, so it counts. The trouble is in how the category was typed."
     ],
     [
      "Delivery complaints are often logged late.",
      "Perhaps, but all that were opened in the period are here. Look at how the word is spelt."
     ],
     [
      "The sample is too small.",
      "A small sample makes a figure uncertain, not low. The trouble is in how the category was typed."
     ]
    ]
   }
  },
  {
   "id": "handling",
   "table": "contacts",
   "title": "Handling time of calls",
   "periods": "months",
   "ask": "At {site} in {period}: how many minutes did an agent need, on average, for a telephone call that was answered? Count talk and wrap.",
   "measure": {
    "kind": "mean",
    "column": "handling_s",
    "value": ""
   },
   "filter": [
    [
     "site",
     "{site}"
    ],
    [
     "channel",
     "phone"
    ]
   ],
   "without": [
    "test contacts",
    "abandoned calls"
   ],
   "optional": [
    "second rows of transferred calls",
    "callbacks"
   ],
   "unit": "min",
   "scale": [
    0,
    15,
    0.1
   ],
   "naive": {
    "measure": {
     "kind": "mean",
     "column": "handling_s",
     "value": ""
    },
    "without": [],
    "says": "With every telephone row left in",
    "tidy": false
   },
   "hint": "Which rows hold a handling time of 0 or of a few seconds? Did an agent serve a customer there?",
   "because": "A call that was given up has a handling time of 0, because nobody handled it. A test call takes seconds. Both pull the mean down, and neither is an answered call.",
   "explain": {
    "ask": "Why is the raw figure lower?",
    "right": "Rows in which nobody was served bring in times of 0 or of a few seconds.",
    "wrong": [
     [
      "A few very long calls pull the mean.",
      "Long calls would pull it up, and they are real. Look for rows with a time of 0."
     ],
     [
      "The mean should have been a median.",
      "A median answers another question. It would not mend rows that do not belong."
     ],
     [
      "Wrap was forgotten.",
      "The column holds talk and wrap together. Look for rows with a time of 0."
     ]
    ]
   },
   "tidy": false
  },
  {
   "id": "closing",
   "table": "complaints",
   "title": "Days to close",
   "periods": "quarters",
   "ask": "Of the complaints opened in {period} at both sites together: within how many days was half of them closed? Count all days.",
   "measure": {
    "kind": "median",
    "column": "days_to_close",
    "value": ""
   },
   "filter": [],
   "without": [
    "closed before opened"
   ],
   "optional": [
    "still open"
   ],
   "unit": "days",
   "scale": [
    0,
    40,
    1
   ],
   "naive": {
    "measure": {
     "kind": "mean",
     "column": "days_to_close",
     "value": ""
    },
    "without": [],
    "says": "The mean of every row",
    "tidy": false
   },
   "hint": "“Half of them” is one kind of average and not the other. And can a complaint be closed before it is opened?",
   "because": "“Half of them” asks for the median. The mean is pulled up by a few very slow cases. Closing dates before the opening are typing slips: leave those rows out and say how many.",
   "explain": {
    "ask": "Why is the mean higher than the median?",
    "right": "A few very slow cases pull the mean up, and leave the median where it is.",
    "wrong": [
     [
      "Typing slips make the mean too high.",
      "A closing date before the opening gives a negative number, and pulls the mean down. Something else pulls it up."
     ],
     [
      "The median leaves out the slow half.",
      "It counts every case once, slow or fast. It only does not ask how slow."
     ],
     [
      "Open complaints count as very long.",
      "They have no closing date, so they are in neither figure."
     ]
    ]
   },
   "tidy": false
  },
  {
   "id": "settled",
   "table": "contacts",
   "title": "Settled the first time",
   "periods": "months",
   "ask": "At {site} in {period}: of the telephone calls that an agent answered, what share was not followed by another contact about the same matter within seven days?",
   "measure": {
    "kind": "is",
    "column": "repeat_within_7d",
    "value": "no"
   },
   "filter": [
    [
     "site",
     "{site}"
    ],
    [
     "channel",
     "phone"
    ]
   ],
   "without": [
    "test contacts",
    "abandoned calls"
   ],
   "optional": [
    "second rows of transferred calls",
    "callbacks"
   ],
   "unit": "%",
   "scale": [
    0,
    100,
    1
   ],
   "naive": {
    "measure": {
     "kind": "is",
     "column": "resolved_self_report",
     "value": "yes"
    },
    "without": [],
    "says": "Going by the agents' own tick",
    "tidy": false
   },
   "hint": "There are two columns about this. Which one did customers make, by coming back or staying away?",
   "because": "The tick says what the agent believed when the call ended. The repeat shows what happened to the customer. Test calls and calls that nobody answered do not belong.",
   "explain": {
    "ask": "Why do the agents' ticks give a higher figure?",
    "right": "A tick is given before anyone can know whether the customer comes back.",
    "wrong": [
     [
      "Agents cheat.",
      "You cannot read that from the data. At the end of a call nobody knows yet whether the customer will come back."
     ],
     [
      "The ticks cover more calls.",
      "Both columns are filled for calls that were answered. They measure different things."
     ],
     [
      "Seven days are too short.",
      "A longer window would find more repeats, so the gap would grow. What differs is who says that it is settled."
     ]
    ]
   },
   "tidy": false
  },
  {
   "id": "queue",
   "table": "contacts",
   "title": "Time in the queue",
   "periods": "months",
   "ask": "At {site} in {period}: how many minutes did a caller who stood in the queue and was answered wait, on average?",
   "measure": {
    "kind": "mean",
    "column": "queue_s",
    "value": ""
   },
   "filter": [
    [
     "site",
     "{site}"
    ],
    [
     "channel",
     "phone"
    ]
   ],
   "without": [
    "test contacts",
    "abandoned calls",
    "callbacks"
   ],
   "optional": [
    "second rows of transferred calls"
   ],
   "unit": "min",
   "scale": [
    0,
    15,
    0.1
   ],
   "naive": {
    "measure": {
     "kind": "mean",
     "column": "queue_s",
     "value": ""
    },
    "without": [],
    "says": "With every telephone row left in",
    "tidy": false
   },
   "hint": "Who did not stand in a queue at all, and who was never answered?",
   "because": "On a callback nobody stood in the queue, and test calls wait a second. Someone who gave up was not answered. The question leaves out all three.",
   "explain": {
    "ask": "What is wrong with the mean of all telephone rows?",
    "right": "It mixes people who were answered with people who gave up, and with rows where nobody waited.",
    "wrong": [
     [
      "Seconds cannot be averaged.",
      "They can. What matters is whose seconds they are."
     ],
     [
      "Blank rows count as 0.",
      "Blanks are never counted here. A callback has a real 0 in the column, and that is the trouble."
     ],
     [
      "A mean needs a whole year.",
      "A month has enough calls. What matters is which rows belong to the question."
     ]
    ]
   },
   "tidy": false
  },
  {
   "id": "mark",
   "table": "mystery_shop",
   "title": "Marks of mystery shoppers",
   "periods": "rounds",
   "ask": "In {period}: what overall mark did those shoppers give, on average, who mark by the same yardstick?",
   "measure": {
    "kind": "mean",
    "column": "overall",
    "value": ""
   },
   "filter": [],
   "without": [
    "the harsh shopper"
   ],
   "optional": [],
   "unit": "points",
   "scale": [
    1,
    10,
    0.1
   ],
   "naive": {
    "measure": {
     "kind": "mean",
     "column": "overall",
     "value": ""
    },
    "without": [],
    "says": "With every shopper left in",
    "tidy": false
   },
   "hint": "Compare the mean of one shopper with that of another. Did they see different visits?",
   "because": "Two shoppers make each visit. K2 marked about two points lower than the other one, who saw the same. Such a yardstick moves a store by the luck of who was sent. Say that you left K2 out, and why.",
   "explain": {
    "ask": "Why is the raw mean lower?",
    "right": "One shopper marks lower than others who saw the very same visits.",
    "wrong": [
     [
      "That shopper met worse visits.",
      "On each visit somebody else was there, and marked it about two points higher."
     ],
     [
      "Low marks were left in.",
      "They are answers and belong. What differs here is the yardstick of one person."
     ],
     [
      "Each visit counts twice.",
      "It does, for good visits and bad ones alike. That makes the mean neither higher nor lower."
     ]
    ]
   },
   "tidy": false
  },
  {
   "id": "sign",
   "table": "mystery_shop",
   "title": "A sign that says how to complain",
   "periods": "rounds",
   "ask": "In {period}: in what share of visits did a sign say how to complain? Count each visit once.",
   "measure": {
    "kind": "is",
    "column": "complaint_sign",
    "value": "yes"
   },
   "filter": [],
   "without": [
    "second shoppers"
   ],
   "optional": [],
   "unit": "%",
   "scale": [
    0,
    100,
    1
   ],
   "naive": {
    "measure": {
     "kind": "is",
     "column": "complaint_sign",
     "value": "yes"
    },
    "without": [],
    "says": "Counting both rows of every visit",
    "tidy": false
   },
   "hint": "How many rows has a visit? And how many signs?",
   "because": "Two people who look at one wall do not make two walls. The share hardly moves, but the number of rows is doubled, and the interval looks narrower than it is.",
   "explain": {
    "ask": "What is wrong with counting both rows, if the share is nearly the same?",
    "right": "The interval becomes too narrow, because two rows of one visit are not two visits.",
    "wrong": [
     [
      "The share is doubled.",
      "A share has both rows above and below the line, so it stays nearly as it was. The interval does not."
     ],
     [
      "Two shoppers never agree.",
      "They nearly always do here. That is why the second row tells so little that is new."
     ],
     [
      "Nothing is wrong.",
      "Your reader would believe that twice as many visits were made, and trust the figure more than it deserves."
     ]
    ]
   },
   "tidy": false
  }
 ]
};
