export const data = {
  "measures": [
    {"name": "First contact resolution, North", "unit": "%", "mean": 60, "sd": 2.5},
    {"name": "First contact resolution, West", "unit": "%", "mean": 58, "sd": 2.8},
    {"name": "Complaints opened, North", "unit": "a week", "mean": 118, "sd": 11},
    {"name": "Complaints opened, West", "unit": "a week", "mean": 71, "sd": 8.5},
    {"name": "Average handling time", "unit": "seconds", "mean": 376, "sd": 9},
    {"name": "Calls abandoned", "unit": "%", "mean": 9, "sd": 1.1},
    {"name": "Customers who chase", "unit": "%", "mean": 31, "sd": 2.2},
    {"name": "Absence, team 5", "unit": "%", "mean": 5, "sd": 0.9},
    {"name": "Overtime hours", "unit": "a week", "mean": 46, "sd": 6},
    {"name": "Quality score", "unit": "of 100", "mean": 83, "sd": 1.6}
  ],
  "reasons": [
    {
      "question": "Nothing at all has changed in a process. Can its chart still give a signal?",
      "right": "Yes. Noise alone crosses a limit or makes a run now and then.",
      "because": "In about one unchanged chart in four, 26 new weeks give at least one signal when the limits come from the 26 weeks before. So a signal is a reason to look, and no proof.",
      "wrong": [
        ["No, that is what the limits are for.", "Limits make false alarms rare. They do not make them impossible."],
        ["Only if the limits were worked out wrongly.", "Right limits give false alarms too, only fewer."],
        ["Yes, in nearly every chart.", "Then they would be useless. With limits from 26 weeks it is about one unchanged chart in four."]
      ]
    },
    {
      "question": "Two weeks in a row were below the mean, and your manager wants a plan by Friday. What does the chart say?",
      "right": "Two weeks on one side are noise. Wait for a signal, or for eight in a row.",
      "because": "Half of all weeks lie below the mean. Two in a row happen all the time in a process that nobody touched.",
      "wrong": [
        ["Act at once, before it gets worse.", "Answering noise makes the next figures worse: it adds your reaction to the noise."],
        ["Change the target, since it is out of reach.", "A target has nothing to do with what the process can do. The chart shows that."],
        ["Find out who is to blame.", "The figures move because of many small causes. No person is behind such a dip."]
      ]
    },
    {
      "question": "Why do the limits come from the weeks before the change, and not from all weeks together?",
      "right": "Because a change inside the baseline would widen the limits and hide itself.",
      "because": "The baseline says what is usual without the change. If the new weeks help to set the limits, the change sets its own yardstick.",
      "wrong": [
        ["Because old figures are more exact.", "They are as exact as new ones. What matters is that the change is not in them."],
        ["Because fewer weeks give narrower limits.", "Fewer weeks give less certain limits, and more false alarms. That is a price, and no gain."],
        ["It makes no difference.", "Try it: with the new weeks inside, many real shifts are no longer signals."]
      ]
    }
  ]
};
