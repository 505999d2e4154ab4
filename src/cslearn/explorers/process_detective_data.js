export const data = {
  "northfold": {
    "name": "Northfold's complaints, spring 2024",
    "case": "complaint",
    "about": "The log that Northfold's case system kept of complaints opened from 11 March to 19 May 2024, at both sites.",
    "steps": [["receive", "customer"], ["log", "agent"], ["reply", "agent and handler"], ["triage", "team leader"], ["investigate", "handler and Returns desk"], ["courier", "courier desk"], ["approve", "manager"], ["ombudsman", "officer"], ["confirm", "handler"]],
    "voices": [
      ["The handlers", "“investigate” is where the hard work is."],
      ["The case system", "no step is done as often as “reply”."],
      ["The officer", "a pack for the ombudsman lies for weeks before anybody starts."],
      ["The director", "one complaint lay for ninety days before “triage”. Start there!"]
    ]
  },
  "scenarios": [
    {
      "name": "Refunds at a shoe shop",
      "case": "refund",
      "about": "A customer sends shoes back and wants the money.",
      "path": [["ask", "customer", 0, 0, 1], ["register", "agent", 6, 5, 1], ["message", "agent", 4, 2, 1], ["check", "handler", 32, 6, 1], ["warehouse", "warehouse", 8, 6, 0.6], ["authorise", "manager", 4, 6, 0.65], ["message", "handler", 10, 5, 1], ["legal view", "lawyer", 75, 170, 0.04], ["pay out", "accounts", 5, 6, 1], ["close", "handler", 3, 5, 1]],
      "again": [6, "check"],
      "stuck": ["register", "warehouse", "authorise", "pay out"],
      "heavy": "check",
      "often": "message",
      "rare": "legal view"
    },
    {
      "name": "Repairs of washing machines",
      "case": "repair",
      "about": "A machine is broken, and the customer has a care plan.",
      "path": [["report", "customer", 0, 0, 1], ["book in", "agent", 7, 5, 1], ["text", "agent", 3, 2, 1], ["diagnose", "engineer", 40, 6, 1], ["order part", "stores", 6, 6, 0.7], ["release part", "depot", 5, 6, 0.7], ["text", "agent", 3, 4, 1], ["insurer", "claims desk", 60, 160, 0.04], ["visit plan", "planner", 8, 6, 1], ["sign off", "engineer", 4, 4, 1]],
      "again": [6, "diagnose"],
      "stuck": ["book in", "order part", "release part", "visit plan"],
      "heavy": "diagnose",
      "often": "text",
      "rare": "insurer"
    },
    {
      "name": "Claims at a travel insurer",
      "case": "claim",
      "about": "A suitcase is lost, and the customer claims for it.",
      "path": [["claim", "customer", 0, 0, 1], ["scan", "post room", 5, 5, 1], ["letter", "clerk", 5, 2, 1], ["assess", "assessor", 36, 6, 1], ["airline proof", "airline desk", 7, 6, 0.65], ["second signature", "manager", 4, 6, 0.6], ["letter", "clerk", 9, 5, 1], ["fraud check", "investigator", 80, 165, 0.04], ["payment", "accounts", 5, 6, 1], ["file", "clerk", 3, 5, 1]],
      "again": [6, "assess"],
      "stuck": ["scan", "airline proof", "second signature", "payment"],
      "heavy": "assess",
      "often": "letter",
      "rare": "fraud check"
    },
    {
      "name": "Complaints at a train company",
      "case": "complaint",
      "about": "A train was late, and a passenger complains.",
      "path": [["write", "passenger", 0, 0, 1], ["sort", "post desk", 4, 5, 1], ["e-mail", "clerk", 4, 2, 1], ["look into it", "handler", 30, 6, 1], ["ask the depot", "depot desk", 9, 6, 0.6], ["voucher release", "team leader", 4, 6, 0.65], ["e-mail", "handler", 11, 5, 1], ["regulator file", "officer", 70, 170, 0.04], ["send voucher", "accounts", 4, 6, 1], ["close", "handler", 3, 5, 1]],
      "again": [6, "look into it"],
      "stuck": ["sort", "ask the depot", "voucher release", "send voucher"],
      "heavy": "look into it",
      "often": "e-mail",
      "rare": "regulator file"
    }
  ],
  "reasons": [
    {
      "question": "Why is the step with the longest work not the bottleneck?",
      "right": "Work is minutes, and waiting is days. Customers feel the queue before a step, and not the step.",
      "because": "In these logs people work on a case for two or three hours in the hundred at most. Halve the longest work, and hardly anybody gets an answer sooner.",
      "wrong": [
        ["Because skilled people do it.", "Who does the work says nothing about how long cases lie before it."],
        ["It is the bottleneck; the log is only hard to read.", "Look at the two bars side by side: the step with the longest work holds a small part of the waiting."],
        ["Because it is done only once in each case.", "A step that is done once can be the bottleneck. What counts is the waiting in front of it, added up."]
      ]
    },
    {
      "question": "A rare step has by far the longest mean wait. Why does it still not come first?",
      "right": "Few cases go there. All their waiting together is a small part of the whole.",
      "because": "Add up the hours: how often, times how long. A wait of three weeks in four cases of a hundred is less than a wait of one week in sixty.",
      "wrong": [
        ["Because a long wait there is allowed by law.", "The law sets some time limits. It does not change the sum of the hours."],
        ["Because a mean is always wrong.", "A mean is fine. It answers another question: how long one case waits there, and not how much waiting it makes."],
        ["Because such cases should be left out of a log.", "They are real cases with real customers. They stay in, and their share shows how much they weigh."]
      ]
    },
    {
      "question": "The director knows one case that lay for ninety days. What does it tell you?",
      "right": "That one case went wrong. Say sorry and find out why, but do not rebuild the process for it.",
      "because": "One story is an anecdote. It weighs a few hundred hours among many thousands, and it may lie before another step than the bottleneck.",
      "wrong": [
        ["Where the bottleneck is, since nothing else is as bad.", "The worst case and the most waiting are different things. Here they lie before different steps."],
        ["Nothing; leave it out and forget it.", "It belongs to a customer. Deal with it as a case, and keep it in the log."],
        ["That all cases are slower than the figures say.", "One case moves a mean a little. It does not make the others slow."]
      ]
    },
    {
      "question": "Some cases are still open. How do you treat them?",
      "right": "As open: what they have waited so far counts, and their end is not known yet.",
      "because": "Leave them out, and you lose the slow ones first, because slow cases are the ones that are still open. Treat them as closed, and they look quicker than they are.",
      "wrong": [
        ["As closed on the day when the log was drawn.", "Nobody closed them. That would end their waiting on paper only."],
        ["As mistakes in the data.", "They are no mistakes. Every log that is drawn on some day has them."],
        ["They do not matter, because there are few.", "Here they are few. In a log of a month they may be half, so look before you decide."]
      ]
    }
  ]
};
