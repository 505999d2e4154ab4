export const data = {
  "levers": {
    "limit_gbp": ["What an agent may refund without asking", "£", "Today £25. Above it, two managers sign. A high limit gives away more."],
    "sort_first": ["Sort at the first contact", "Agents settle simple complaints at once. Nobody hands out files any more."],
    "single_owner": ["One owner", "The agent who logs a complaint keeps it to the end. It cannot go to a colleague who is free."],
    "courier_portal": ["Courier portal", "Agents see the courier’s scans themselves, instead of asking the desk."],
    "one_signature": ["One signature", "One manager signs a refund, not two."],
    "daily_posting": ["Pay refunds every day", "Today they go out twice a week."],
    "extra_agents": ["Extra agents", "", "£560 a week each, from the first wave on."],
    "manager_hours": ["Extra manager hours", "a week", "£65 an hour. Today both managers together sign for ten hours a week."],
    "training_hours": ["Training before a team goes live", "hours a person", "Takes people off the phones in the two weeks before."],
    "coaching_hours": ["Coaching after it", "hours a team, a week", ""],
    "support_weeks": ["Keep up messages and coaching for", "weeks", "Counted from the day on which a team goes live."],
    "messages": ["Messages to the teams", "a week", "From week 9 on."],
    "reserve_gbp": ["Reserve", "£", "Pays for what a trigger calls for. What is left comes back."],
    "pilot_start": ["First week of the pilot", "", ""],
    "pilot_weeks": ["Length of the pilot", "weeks", "The first two weeks and the last are left out of its result."],
    "go_at": ["Go on at a gain of", "points", "Percentage points, against the other teams."],
    "stop_at": ["Stop at", "points", ""],
    "go_live": ["First wave after the pilot", "week", "Without a pilot: the first wave of all. 0 means never."],
    "pace": ["Weeks between the waves", "", ""]
  },
  "involvement": {
    "inform": "Inform: we tell them",
    "consult": "Consult: we ask, and decide",
    "co-design": "Co-design: they help to build it"
  },
  "wins": {
    "none": "No early win",
    "labels": "Put the order number back on the parcel label (asked for since autumn)",
    "letters": "Read out customers’ thanks in each team",
    "screen": "A screen with the queue in the office",
    "breakfast": "Breakfast for everyone"
  },
  "actions": {
    "hold": "Hold: change nothing",
    "coach_weakest": "Coach the team that uses it least",
    "coach_team_A": "Coach team A",
    "coach_team_B": "Coach team B",
    "coach_team_C": "Coach team C",
    "raise_limit": "Raise the limit by £25",
    "fix_template": "Mend the refund letter",
    "pause": "Pause new waves for four weeks and practise",
    "investigate_data": "Look into the data",
    "manager_hours": "Four more manager hours for eight weeks"
  },
  "gate": {
    "go": "Go: the first wave starts as planned",
    "adapt": "Adapt: mend what the pilot showed, and pilot for two more weeks",
    "stop": "Stop: back to the old way"
  },
  "shocks": {
    "courier strike": "The couriers are on strike for two weeks. More people complain, and answers take three days longer.",
    "system outage": "The case system is down for two days. Nobody can work on complaints.",
    "peak comes early": "Sales bring their campaign forward: the winter peak will come five weeks early.",
    "key leader leaves": "The leader of team {team} leaves. Much of what the team had learnt goes too."
  },
  "reasons": [
    {
      "stuck": ["managers", "courier desk"],
      "question": "Two more agents cost about £40,000 a year. Why did they change so little here?",
      "right": "Because cases do not wait for agents. They wait further on.",
      "because": "A process is as fast as its bottleneck. Work done sooner before it only waits there longer.",
      "wrong": [
        ["Because new agents need time to learn.", "In this lab they are as good as the others from the first day, and it still changes little."],
        ["Because two are too few.", "Try six. The cases reach the same full tray a little sooner."],
        ["Because agents resist change.", "More people on the old way ask nobody to change anything. The wait is elsewhere."]
      ]
    },
    {
      "stuck": ["agents"],
      "question": "Here, two more agents did help. Why here, when elsewhere they change so little?",
      "right": "Because cases wait for agents here: they are the bottleneck.",
      "because": "Capacity helps where the wait is. In a year in which cases wait for managers, the same money is lost.",
      "wrong": [
        ["Because more people always help.", "Where cases wait for a signature or for the courier, more agents bring the cases there sooner, and no further."],
        ["Because agents are cheaper than managers.", "The price says nothing about where cases wait."],
        ["Because the new agents are better trained.", "They work as the others do. They only add hands where hands are short."]
      ]
    },
    {
      "stuck": ["managers", "courier desk", "agents"],
      "question": "The same new process, with nobody trained, asked or coached, changes little. Why?",
      "right": "Because people who are not ready go on in the old way.",
      "because": "A redesign works only on the cases that are really handled in the new way. Without support that is about one in ten here.",
      "wrong": [
        ["Because the process was badly designed.", "It is the same design. With training, coaching and involvement it works."],
        ["Because people need time, and a year is too short.", "Time alone lifts nothing here. Without support, the few new habits fade."],
        ["Because the teams are lazy.", "They work as hard as before, in the way that they know. The plan gave them no reason and no way to change."]
      ]
    },
    {
      "stuck": ["managers", "courier desk", "agents"],
      "question": "Your own year is one of twenty with the same plan. Why look at the other nineteen?",
      "right": "Because one good or bad year may be luck.",
      "because": "Customers, couriers and the phone system differ from year to year. A plan is good if it does well in most of them.",
      "wrong": [
        ["Because the average hides mistakes.", "The band shows more than an average: it shows how far luck alone moves the result."],
        ["Because twenty is needed for a normal distribution.", "Nothing here needs one. The band is counted off: one year in ten lies below it, and one in ten above."],
        ["Because the first year is always the best.", "It is one draw among twenty. It can lie anywhere in the band."]
      ]
    },
    {
      "stuck": ["managers", "courier desk", "agents"],
      "question": "What is a pilot of six weeks with one team good for?",
      "right": "It finds mistakes in the design while they hurt few, and gives a rough figure.",
      "because": "With some 150 cases its result can be ten points off either way. The fault in the refund letter shows all the same.",
      "wrong": [
        ["It proves how large the effect will be.", "Look at its margin: with so few cases the true effect may be far from the figure."],
        ["It gives the board something to see.", "That is a soft launch. A pilot has thresholds to go and to stop, set before it starts."],
        ["It trains the first team.", "It does that too. But a pilot that nobody learns from is only an early wave."]
      ]
    }
  ]
};
