export const data = {
  "clocks": [
    ["reject", "Full refund, the first 30 days", "CRA s. 20 and 22"],
    ["repair", "Repair or replacement first", "CRA s. 19 and 23"],
    ["final", "Lower price or refund after a failed repair", "CRA s. 24"],
    ["refund", "Paying a refund that was agreed", "CRA s. 20(15)"],
    ["deliver", "Goods that have not come", "CRA s. 28"],
    ["cancel", "Change of mind, bought at a distance", "CCR reg. 30 and 34"],
    ["access", "Asking for one’s own data", "UK GDPR art. 12 and 15"],
    ["breach", "Reporting a breach of personal data", "UK GDPR art. 33"],
    ["complaint", "Complaint about personal data", "DPA s. 164A"],
    ["adjust", "Adjustment for a disabled customer", "Equality Act s. 20 and 29"],
    ["none", "No legal right: our own policy decides", "no section"]
  ],
  "groups": [
    ["reject", "installed", "repaired", "repair", "final"],
    ["refund", "deliver", "cancel", "cancelled"],
    ["access", "breach", "complaint"],
    ["adjust", "none"]
  ],
  "products": ["kettle", "toaster", "floor lamp", "desk", "armchair", "rug"],
  "appliances": ["washing machine", "cooker", "fridge"],
  "kinds": {
    "reject": {
      "clocks": ["reject"],
      "texts": [
        "The {product} was paid for and delivered on {a}. On {b} it stopped working. She wants her money back and no repair.",
        "He collected his {product} in the store on {a}. On {b} a crack showed that he did not make. He asks for all his money."
      ],
      "ask": "Last day on which the goods can be rejected for a full refund",
      "because": "Day 1 is the day after delivery, so the last day is delivery plus 30 days.",
      "question": "Why is the last day 30 days after delivery, and not 29?",
      "right": "The 30 days begin with the first day after delivery.",
      "wrong": [
        ["The law gives one calendar month.", "A month is the clock for a request for one’s own data. Here it is 30 days, whatever the month."],
        ["They begin on the day when the fault shows.", "The fault may show at any time. The clock starts when the goods are the customer’s own, delivered and installed as agreed."],
        ["A day is added because of the weekend.", "Weekends and holidays count like other days here."]
      ]
    },
    "installed": {
      "clocks": ["reject"],
      "texts": [
        "The {appliance} came on {a}. Your own fitters connected it, as agreed in the contract, and told him so on {b}. Since then it leaks. He wants all his money back.",
        "Her {appliance} was delivered on {a}. Installation was in the price, and the crew reported it done on {b}. It has never worked. She does not want a repair."
      ],
      "ask": "Last day on which the goods can be rejected for a full refund",
      "because": "Installation was agreed, so the clock starts only when the trader has said that it is done.",
      "question": "Why does the clock not start at delivery?",
      "right": "It starts when delivery, ownership and the agreed installation have all happened.",
      "wrong": [
        ["Large appliances have a longer period.", "All goods have 30 days, but for those that perish sooner. What differs is the start."],
        ["It starts when the customer first switches it on.", "The law looks at what the trader has done: delivered, and told the customer that the installation is done."],
        ["It starts when the customer complains.", "A complaint starts no clock here. It has to come before the last day."]
      ]
    },
    "repaired": {
      "clocks": ["reject", "final"],
      "texts": [
        "The {product} was delivered on {a}. It was faulty, and on {b} she asked for a repair. It came back on {c} with the same fault. Now she wants her money.",
        "He got his {product} on {a}, and agreed on {b} to have it replaced. The new one came on {c}. It does not work either. He asks for a full refund."
      ],
      "ask": "Last day of the first right to reject, the one of 30 days",
      "because": "While the customer waits, the clock stands still: the days of waiting, the first and the last included, are added. At least 7 days are left after the goods come back.",
      "question": "What does the repair do to the 30 days?",
      "right": "They stop while the customer waits, and at least 7 days are left afterwards.",
      "wrong": [
        ["They go on running.", "Then a slow repair would use up the right. The law stops the clock for the waiting time."],
        ["They begin again with the full 30 days.", "Only the days of waiting are added, or as many as leave 7 days."],
        ["They end, because the customer has chosen a repair.", "The customer must give the trader a reasonable time to repair. If the goods come back faulty, the right is still there."]
      ]
    },
    "repair": {
      "clocks": ["repair"],
      "texts": [
        "The {product} was delivered on {a}. On {b} it broke in normal use. She asks what she may have.",
        "He has had his {product} since {a}. On {b} it stopped working for no reason that he can see. A colleague told him to try the maker."
      ],
      "ask": "Last day on which a fault that shows is taken to have been there at delivery",
      "because": "After the first 30 days repair or replacement comes first. For six months, of which the day of delivery is the first, the trader has to show that the goods were in order.",
      "question": "Who has to show whether the fault was there at delivery?",
      "right": "In the first six months the trader has to show that it was not.",
      "wrong": [
        ["The customer, always.", "Only for the first right to reject, and after six months."],
        ["The maker.", "The claim is against the trader who sold the goods. The maker’s guarantee is extra."],
        ["Nobody: after 30 days there is no right.", "That is a common mistake. Only the first right to reject has gone. The right to a repair or a replacement stays."]
      ]
    },
    "final": {
      "clocks": ["final"],
      "texts": [
        "The {product} came on {a}. It was repaired once, two months later. Since {b} it has the same fault again. She wants no second repair.",
        "He has had his {product} since {a}. You replaced it once, after seven weeks. On {b} the new one broke in the same way. He is tired of it."
      ],
      "ask": "Last day on which nothing may be taken off the refund for use",
      "because": "One failed repair or replacement is enough. For six months, of which the first is the day after delivery, nothing is taken off for use. Motor vehicles are an exception.",
      "question": "How many repairs must the customer accept?",
      "right": "One. If the goods are still faulty after it, the customer may choose a lower price or a refund.",
      "wrong": [
        ["Three, and then a refund.", "No law says three. One failed repair or replacement is enough."],
        ["As many as the trader wants within a reasonable time.", "The trader has one go, unless the customer agrees to another."],
        ["None: the customer may ask for a refund at any time.", "After the first 30 days the trader may try once to put it right."]
      ]
    },
    "refund": {
      "clocks": ["refund"],
      "texts": [
        "The {product} was faulty, she rejected it in time, and on {a} you agreed that she gets her money back. She asks when it will come.",
        "On {a} your team leader told him that his refund for the faulty {product} is right. It still waits for a signature."
      ],
      "ask": "Last day on which the refund may be paid",
      "because": "14 days, and the day of agreeing is the first of them. So it is that day plus 13. And it must be paid without undue delay: the 14 days are no target.",
      "question": "Why plus 13, and not plus 14?",
      "right": "The period begins with the day of agreeing, so that day counts.",
      "wrong": [
        ["Weekends are left out.", "They count. Leaving them out would make the period longer, not shorter."],
        ["The refund must come a day early, to be safe.", "It is no margin. The law’s own words make the day of agreeing day 1."],
        ["It is 13 for cards and 14 for cash.", "The way of paying changes nothing, except that the money goes back the same way."]
      ]
    },
    "deliver": {
      "clocks": ["deliver"],
      "texts": [
        "She ordered a {product} on {a}. No delivery day was agreed. It has not come, and nobody has written.",
        "He bought a {product} in the store on {a}, to be sent to his home. Nobody said when. He is still waiting."
      ],
      "ask": "Last day on which the goods may be delivered",
      "because": "Where no day was agreed: without undue delay, and not more than 30 days after the day of the contract.",
      "question": "Whose risk are the goods on their way?",
      "right": "The trader’s, until the customer or somebody named by the customer has them.",
      "wrong": [
        ["The courier’s, so the customer must ask the courier.", "The contract is with the trader. The courier is the trader’s business."],
        ["The customer’s, from the moment of paying.", "Not in a sale to a consumer: the risk passes when the customer has the goods."],
        ["Nobody’s, if the parcel was tracked.", "Tracking shows where it was last seen. It moves no risk."]
      ]
    },
    "cancel": {
      "clocks": ["cancel"],
      "texts": [
        "She bought a {product} on the web. It came on {a}. There is nothing wrong with it, but she does not like it.",
        "He ordered a {product} by telephone. It was delivered on {a}. It is in order, and too big for his room."
      ],
      "ask": "Last day on which the customer can tell you that the order is cancelled",
      "because": "Bought at a distance: 14 days after the day on which the goods came. That day itself does not count.",
      "question": "Why may this customer change their mind, and a customer in the store may not?",
      "right": "The rules for buying at a distance give 14 days, because the goods could not be seen first.",
      "wrong": [
        ["Because the goods are probably faulty.", "They are in order. This right needs no fault and no reason."],
        ["Everyone may, for 30 days.", "No law says so. In a store it is the shop’s own policy."],
        ["Because delivery was paid for.", "What was paid for delivery decides nothing here."]
      ]
    },
    "cancelled": {
      "clocks": ["cancel"],
      "texts": [
        "She cancelled her web order of a {product} in time. On {a} she sent you the receipt of posting. The parcel reached you on {b}.",
        "He changed his mind about the {product} from your web shop, and told you in time. His proof of posting came on {a}, the {product} on {b}."
      ],
      "ask": "Last day on which the money may be paid back",
      "because": "14 days after the goods came back or, if that was earlier, after proof of sending came.",
      "question": "From which day do these 14 days count?",
      "right": "From the earlier one: goods back, or proof that they were sent.",
      "wrong": [
        ["From the day when the goods have been checked.", "The trader may check them, but the clock does not wait for it."],
        ["From the later one.", "It is the earlier one. A slow post is not the customer’s risk here."],
        ["From the day of the order.", "That day plays no part in this clock."]
      ]
    },
    "access": {
      "clocks": ["access"],
      "texts": [
        "A customer in {nation} tells an agent on the phone on {a}: “I want a copy of everything that you have written about me.” There is no form.",
        "On {a} a customer in {nation} writes on your social media page: “Send me my call recordings and the notes on my case.”"
      ],
      "ask": "Last day on which you may answer",
      "because": "One month: the day of the same number next month, or the last day of a shorter month. If that is a weekend or a bank holiday there, the next working day.",
      "question": "How long is “one month”?",
      "right": "Up to the same day of the next month, or to the last day of a month without such a day.",
      "wrong": [
        ["30 days.", "A month can have 28 to 31 days. In February 30 days would be too late."],
        ["40 days.", "That was the old Act of 1998."],
        ["One month from the day when the form comes in.", "No form is needed. The request counts however it is made, and to whom."]
      ]
    },
    "breach": {
      "clocks": ["breach"],
      "texts": [
        "On {a}, at four in the afternoon, you learn that a file with the addresses and account notes of 300 customers went to a stranger. People could come to harm by it.",
        "On {a}, at half past ten in the morning, a laptop with customers’ records is reported stolen. It was not encrypted, and people are at risk."
      ],
      "ask": "Day on which the Information Commissioner must have been told at the latest",
      "because": "72 hours after becoming aware, so the same hour three days later. Weekends and holidays count.",
      "question": "When must the people themselves be told?",
      "right": "Without undue delay, if the risk to them is high.",
      "wrong": [
        ["Never, once the Commissioner knows.", "People must be able to protect themselves. A high risk means telling them too."],
        ["Within 72 hours, always.", "The 72 hours are for the Commissioner. For people it is: without undue delay, if the risk is high."],
        ["Within one month.", "A month is the clock for a request for one’s own data."]
      ]
    },
    "complaint": {
      "clocks": ["complaint"],
      "texts": [
        "On {a} a customer complains that you passed her e-mail address to another firm. She does not ask for a copy of anything.",
        "A customer writes on {a}: “You still use my old address, although I corrected it twice. I complain about how you handle my data.”"
      ],
      "ask": "Last day on which you may acknowledge it",
      "because": "30 days, and the day on which the complaint came is the first of them. So it is that day plus 29. The answer itself must come without undue delay.",
      "question": "How does this differ from a request for one’s own data?",
      "right": "A complaint is acknowledged within 30 days; a request is answered within one month.",
      "wrong": [
        ["It does not: both have one month.", "They are two clocks, in two laws, with two starts."],
        ["A complaint has no clock.", "Since 19 June 2026 it has one."],
        ["A complaint goes to the Commissioner first.", "The organisation comes first. The Commissioner is there if the answer does not settle it."]
      ]
    },
    "adjust": {
      "clocks": ["adjust"],
      "texts": [
        "A customer who is deaf can change a delivery only by telephone. She has written three times to say so. You are in {britain}.",
        "A customer who is blind gets all letters in small print. He asks for large print or e-mail. You are in {britain}."
      ],
      "ask": "",
      "because": "There is no last day: the duty is there before anyone asks. The customer never pays for it.",
      "question": "By when must a reasonable adjustment be made?",
      "right": "The duty is there already: a service plans ahead for disabled customers.",
      "wrong": [
        ["Within one month of the request.", "That clock is for personal data. Nobody has to ask first here."],
        ["When the customer has shown a medical certificate.", "The duty looks ahead to disabled people in general. Asking for proof makes it worse."],
        ["When there is a budget for it.", "Cost counts in what is reasonable. It does not switch the duty off."]
      ]
    },
    "none": {
      "clocks": ["none"],
      "texts": [
        "She bought a {product} in the store on {a}. It is in order and as described. She has changed her mind.",
        "He chose a {product} in the store on {a}. At home it did not go with his wall. There is nothing wrong with it, and he wants cash."
      ],
      "ask": "",
      "because": "A change of mind in a shop is no legal right. If our policy promises more, we keep the promise.",
      "question": "What decides about a change of mind in a shop?",
      "right": "The shop’s own policy, which must then be kept.",
      "wrong": [
        ["The law: 14 days.", "Those are for orders on the web, by phone or at the door."],
        ["The law: 30 days.", "Those are for goods with a fault."],
        ["The receipt.", "A receipt proves the purchase. It makes no right to change one’s mind."]
      ]
    }
  }
};
