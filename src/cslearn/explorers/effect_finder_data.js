export const data = {
 "own": {
  "measure": "First contact resolution",
  "unit": "%",
  "here": [
   59.8,
   59.88,
   60.57,
   59.4,
   59.04,
   58.95,
   59.05,
   58.88,
   60.03,
   57.18,
   55.02,
   50.09,
   48.5,
   50.07,
   48.85,
   49.23,
   50.61,
   48.51,
   50.59,
   52.92,
   57.38,
   58.88,
   60.56,
   57.97,
   59.08,
   59.45,
   59.2,
   60.23,
   59.44,
   59.27,
   59.46,
   58.63,
   59.54,
   59.06,
   59.39,
   60.24,
   60.43,
   58.61,
   61.88,
   62.45,
   61.43,
   62.15,
   61.5,
   60.83,
   62.06,
   61.3,
   62.38,
   64.39,
   61.34,
   61.97,
   61.05,
   62.91,
   59.84,
   59.07,
   62.97,
   65.31,
   66.44,
   66.33,
   67.68,
   65.54,
   65.67,
   65.0,
   65.79,
   67.29
  ],
  "there": [
   59.82,
   61.15,
   60.78,
   62.4,
   60.06,
   59.24,
   59.88,
   63.21,
   60.8,
   59.02,
   56.81,
   49.74,
   49.17,
   50.92,
   50.24,
   52.98,
   51.01,
   51.93,
   47.86,
   53.93,
   58.93,
   62.33,
   58.5,
   59.04,
   59.19,
   60.36,
   60.63,
   59.99,
   62.35,
   61.9,
   59.67,
   59.88,
   61.18,
   59.85,
   59.76,
   61.28,
   61.99,
   60.63,
   61.29,
   62.79,
   62.16,
   62.56,
   64.79,
   66.37,
   62.97,
   60.17,
   61.76,
   62.52,
   63.91,
   63.36,
   61.28,
   63.65,
   62.37,
   63.63,
   65.59,
   61.85,
   62.85,
   62.21,
   61.55,
   62.39,
   62.69,
   63.65,
   63.97,
   60.79
  ],
  "wanted": 7
 },
 "measures": [
  {
   "name": "First contact resolution",
   "unit": "%",
   "mean": 60,
   "sd": 1.2
  },
  {
   "name": "Complaints closed within five days",
   "unit": "%",
   "mean": 54,
   "sd": 1.6
  },
  {
   "name": "Calls answered within 20 seconds",
   "unit": "%",
   "mean": 76,
   "sd": 1.8
  },
  {
   "name": "Customers who rate us 4 or 5",
   "unit": "%",
   "mean": 71,
   "sd": 1.5
  },
  {
   "name": "Complaints solved without approval",
   "unit": "%",
   "mean": 42,
   "sd": 1.4
  }
 ],
 "reasons": [
  {
   "question": "Why does the comparison site help more than a longer look at your own site?",
   "right": "It had the same season and the same rules of counting, but not the change.",
   "because": "Whatever moved both sites alike drops out when you take one from the other. What is left happened here and not there.",
   "wrong": [
    [
     "Because it is the better site.",
     "It may be better or worse. Only the movement of the gap counts, and not its size."
    ],
    [
     "Because two sites have twice as many calls.",
     "More calls make the interval narrower. They do not take the season out."
    ],
    [
     "Because its staff did not know of the change.",
     "They may well have known. What matters is that they worked as before."
    ]
   ]
  },
  {
   "question": "The interval runs from −0.8 to +3.1 points. What may you say?",
   "right": "The figures cannot tell whether the change did anything.",
   "because": "Zero lies in the interval, and so do gains that would be worth having. More weeks would narrow it down.",
   "wrong": [
    [
     "The change had no effect.",
     "No proof of an effect is no proof of no effect. A gain of 3 points is in the interval too."
    ],
    [
     "The change brought about one point.",
     "One point is the middle of what is possible. A loss is possible as well."
    ],
    [
     "The change made things worse.",
     "A small loss is possible. So is a larger gain."
    ]
   ]
  },
  {
   "question": "Why are the first four weeks after the start left out?",
   "right": "People were still learning, so these weeks show the learning and not the new way of working.",
   "because": "Say so before you see the figures, and report the four weeks as well. Leaving weeks out afterwards, because they look bad, is cheating.",
   "wrong": [
    [
     "Because they look bad.",
     "That is no reason. A week goes out by a rule that was set before, or it stays in."
    ],
    [
     "Because fewer weeks make the interval narrower.",
     "Fewer weeks make it wider."
    ],
    [
     "Because the season is not over by then.",
     "The comparison site takes care of the season."
    ]
   ]
  },
  {
   "question": "Both sites count in a kinder way since last June. Which figure does that spoil most?",
   "right": "The one that compares with the same weeks of the year before.",
   "because": "It sets a kind year beside a strict one. The gap between two sites that both changed their counting stays as it was.",
   "wrong": [
    [
     "The one against the other site.",
     "Both sites count alike in every week, so the kindness drops out."
    ],
    [
     "None. A rule of counting is not a change.",
     "A figure can move without a single customer noticing. That is what happened here."
    ],
    [
     "All of them alike.",
     "The gap between the sites is not touched, because both count in the same way."
    ]
   ]
  }
 ]
};
