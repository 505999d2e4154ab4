export const data = {
  "proposals": [
    "one person to own each complaint from the first call to the last",
    "a call-back service in place of the queue",
    "a guided web form for simple complaints",
    "a returns desk that is open on Saturdays",
    "one case file that agents and stores share"
  ],
  "lines": {
    "set_up": {
      "kind": "cost",
      "choices": [
        ["Software and set-up", "Supplier’s quote, without VAT."],
        ["Equipment and redesign", "Two quotes, without VAT."],
        ["Set-up fee of the supplier", "Written offer, without VAT."]
      ],
      "because": "It belongs: it is paid only if you go ahead."
    },
    "training": {
      "kind": "cost",
      "choices": [
        ["Training, in paid hours", "Agents’ hours in class, paid on top of the rota."],
        ["Trainer and cover", "Paid cover while teams are in class."]
      ],
      "because": "It belongs: the hours are paid only if you go ahead."
    },
    "running": {
      "kind": "cost",
      "choices": [
        ["Licence", "Each year, cancelled if you do not go ahead."],
        ["Service contract", "Each year, by the supplier’s offer."],
        ["Two part-time posts", "New posts, filled only for this."]
      ],
      "because": "It belongs: it is paid each year only if you go ahead."
    },
    "caused": {
      "kind": "cost",
      "choices": [
        ["Extra rent", "Two more rooms, hired only if you go ahead."],
        ["Extra head-office support", "One more person in payroll and IT, hired only if you go ahead."],
        ["Insurance for the new service", "Taken out only if you go ahead."]
      ],
      "because": "It belongs. It sounds like a share of what is paid anyway, but it is paid only if you go ahead."
    },
    "overtime": {
      "kind": "benefit",
      "choices": [
        ["Overtime no longer paid", "Payroll: hours at time and a half."],
        ["Evening overtime saved", "Payroll: paid hours that end."]
      ],
      "because": "It belongs: the cash leaves the pay bill."
    },
    "other": {
      "kind": "benefit",
      "choices": [
        ["Fewer refunds and goodwill payments", "From the complaints of the last 12 months."],
        ["Fewer outsourced calls", "Fee for each call, other calls than those in overtime."],
        ["Agency staff no longer hired", "Other hours than the overtime line."],
        ["Fewer courier claims lost", "Claims sent in time."]
      ],
      "because": "It belongs: it is other money than the line about overtime."
    },
    "sunk": {
      "kind": "cost",
      "choices": [
        ["Feasibility study", "Done and paid in March."],
        ["Deposit to the supplier", "Paid last year. It does not come back."],
        ["Pilot of last autumn", "All bills are paid."],
        ["Consultant’s report", "Delivered and paid."]
      ],
      "because": "It is spent whatever you decide (a sunk cost). The decision cannot change it."
    },
    "twice": {
      "kind": "benefit",
      "choices": [
        ["Agents’ time set free", "The overtime hours again, at the planning rate."],
        ["Value of hours saved", "The same hours as the overtime line, at the planning rate."],
        ["Higher productivity", "Hours no longer worked late, valued at the hourly rate."]
      ],
      "because": "These are the hours of the overtime line once more. One hour can be saved once."
    },
    "overhead": {
      "kind": "cost",
      "choices": [
        ["Share of head-office costs", "By floor space. The total does not change."],
        ["Share of rent and heating", "Paid with or without the change."],
        ["Share of the managers’ salaries", "Nobody is hired, nobody leaves."],
        ["IT overhead", "4% of a bill that stays the same."]
      ],
      "because": "It is paid with or without the change. The decision cannot change it."
    }
  },
  "bad": ["sunk", "twice", "overhead"]
};
