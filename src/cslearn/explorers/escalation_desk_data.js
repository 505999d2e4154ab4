export const data = {
 "old": {
  "version": "2022-10",
  "from": "2022-10-01",
  "status": "replaced on 2024-04-01",
  "limits": {
   "agent": 10,
   "team leader": 25,
   "manager": 100,
   "head of service": 1000
  },
  "escalation": [
   {
    "severity": 1,
    "meaning": "inconvenience",
    "owner": "agent",
    "answer_within_working_days": 5
   },
   {
    "severity": 2,
    "meaning": "loss, or a second complaint about the same thing",
    "owner": "team leader",
    "answer_within_working_days": 3
   },
   {
    "severity": 3,
    "meaning": "safety, discrimination, personal data, or a vulnerable customer",
    "owner": "manager",
    "answer_within_working_days": 1
   }
  ]
 },
 "now": {
  "version": "2024-04",
  "from": "2024-04-01",
  "status": "in force",
  "limits": {
   "agent": 25,
   "team leader": 25,
   "manager": 150,
   "head of service": 1000
  },
  "escalation": [
   {
    "severity": 1,
    "meaning": "inconvenience",
    "owner": "agent",
    "answer_within_working_days": 5
   },
   {
    "severity": 2,
    "meaning": "loss, or a second complaint about the same thing",
    "owner": "team leader",
    "answer_within_working_days": 3
   },
   {
    "severity": 3,
    "meaning": "safety, discrimination, personal data, or a vulnerable customer",
    "owner": "manager",
    "answer_within_working_days": 1
   }
  ]
 },
 "refunds": {
  "all": 1060,
  "up_to": [
   0,
   23,
   85,
   162,
   232,
   303,
   377,
   466,
   564,
   647,
   713,
   755,
   792,
   833,
   851,
   873,
   887,
   900,
   911,
   926,
   944,
   951,
   960,
   967,
   973,
   981,
   984,
   984,
   990,
   998,
   1000
  ]
 },
 "groups": [
  [
   "burning",
   "shut-out",
   "leak",
   "own-data",
   "vulnerable"
  ],
  [
   "no-call",
   "second-fault",
   "damage",
   "charged",
   "waiting"
  ],
  [
   "shouting",
   "newspaper",
   "dear",
   "number"
  ],
  [
   "late",
   "swap"
  ]
 ],
 "awkward": [
  "2024-04-30",
  "2024-05-02",
  "2024-05-03",
  "2024-05-04",
  "2024-05-06",
  "2024-05-21",
  "2024-05-23",
  "2024-05-24",
  "2024-05-25",
  "2024-08-21",
  "2024-08-22",
  "2024-08-23",
  "2024-08-24",
  "2024-08-26"
 ],
 "products": [
  "kettle",
  "floor lamp",
  "desk",
  "armchair",
  "rug",
  "mirror",
  "toaster"
 ],
 "appliances": [
  "washing machine",
  "cooker",
  "kettle"
 ],
 "kinds": {
  "burning": {
   "fact": "safety",
   "bands": [
    [
     11,
     25
    ],
    [
     26,
     95
    ],
    [
     101,
     149
    ]
   ],
   "texts": [
    "“The {appliance} gets very hot, and there is a smell of burning. It is probably nothing. Could I have the £{amount} back?”",
    "“I got a small shock from the {appliance}. I am quite all right. I would like £{amount} back, if that is not too much trouble.”"
   ],
   "because": "It is about safety. How lightly the customer takes it changes nothing.",
   "question": "What makes this the most severe kind?",
   "right": "Somebody could come to harm.",
   "wrong": [
    [
     "The sum of money.",
     "The sum decides who may agree it. It does not say how serious the matter is."
    ],
    [
     "It is an electrical product.",
     "A toaster in the wrong colour is electrical too. What counts is that it may hurt someone."
    ],
    [
     "The customer asks for money back.",
     "Most customers do. Safety would put it here if nothing at all were asked for."
    ]
   ]
  },
  "shut-out": {
   "fact": "discrimination",
   "bands": null,
   "texts": [
    "“To change the date for my {product} I have to telephone. I am deaf. I write to you, and you send me a phone number.”",
    "“I use text relay, and your line hangs up on it. So I cannot arrange the date for my {product}. I stay polite about it.”"
   ],
   "because": "A disabled customer is shut out by the one way in. That is discrimination, and it goes to a manager however small the matter is.",
   "question": "The customer only wants to change a date. Why does a manager own it?",
   "right": "A disabled customer cannot use the only way that is offered.",
   "wrong": [
    [
     "Changing a date is a manager’s task.",
     "Any agent changes dates. What lifts it is that the way to do so shuts a disabled customer out."
    ],
    [
     "The customer writes instead of ringing.",
     "Every channel counts the same, says policy P1. The trouble is that writing does not work."
    ],
    [
     "It may come into the newspapers.",
     "Perhaps, and that is no row of the matrix. The customer’s right is."
    ]
   ]
  },
  "leak": {
   "fact": "personal data",
   "bands": null,
   "texts": [
    "“Thank you for the {product}, it is lovely. There was another customer’s delivery note in the box, with name and telephone number. I thought you should know.”",
    "“Your e-mail about my {product} had a stranger’s order and address in it. It made me smile. Who has got mine?”"
   ],
   "because": "Somebody else’s personal data has gone astray. A clock of 72 hours may be running, so a manager must know today.",
   "question": "The customer is in a good mood. Why is it still the most severe kind?",
   "right": "Another person’s data has gone to a stranger.",
   "wrong": [
    [
     "Good moods turn quickly.",
     "Mood is no row of the matrix, in either direction. What happened to the data is."
    ],
    [
     "A free product may be asked for.",
     "Nothing is asked for here, and money would not change the row."
    ],
    [
     "The parcel was packed carelessly.",
     "Careless packing alone is an inconvenience. Here it let personal data out."
    ]
   ]
  },
  "own-data": {
   "fact": "personal data",
   "bands": null,
   "texts": [
    "“The {product} is fine by now. Please send me everything that you have written down about me, the calls too.”",
    "“Before we talk about the {product} again, I want a copy of the notes on my case.”"
   ],
   "because": "The customer asks for their own data. There is no form and no special word for it, and as a rule one month is the longest that the law allows.",
   "question": "Which words put this into the matrix’s last row?",
   "right": "The customer asks for what is held about them.",
   "wrong": [
    [
     "A product is mentioned.",
     "The product is beside the point. The request is about personal data."
    ],
    [
     "The customer says “please”.",
     "Tone is no fact of a matrix. What is asked for is."
    ],
    [
     "The customer will not talk to us.",
     "That may be. What decides is the request for their own data."
    ]
   ]
  },
  "vulnerable": {
   "fact": "a vulnerable customer",
   "bands": [
    [
     11,
     25
    ],
    [
     26,
     95
    ],
    [
     151,
     400
    ]
   ],
   "texts": [
    "“My husband’s insulin is in the fridge that you sold us, and it no longer keeps cold. I do not want to be a nuisance. We paid £{amount}.”",
    "“My wife died in March, and it was she who saw to such things. I cannot find the papers for the {product}. It is about £{amount}. There is no hurry.”"
   ],
   "because": "This customer could come to more harm than others. Such people often sound the calmest.",
   "question": "“No hurry”, or “no nuisance”. Why does it go to a manager within a day?",
   "right": "The customer could come to more harm than others if it goes wrong.",
   "wrong": [
    [
     "Old customers come first.",
     "Age alone is no row of the matrix. Being at risk of harm is."
    ],
    [
     "The sum is high.",
     "For the sum, look at the limits. The row follows from the facts."
    ],
    [
     "The customer asked for a manager.",
     "Nobody asked. It is for us to notice."
    ]
   ]
  },
  "no-call": {
   "fact": "a second complaint about the same thing",
   "bands": [
    [
     11,
     25
    ],
    [
     26,
     95
    ]
   ],
   "texts": [
    "“I rang last week about the {product}. Somebody was to call me back, and nobody did. I am not cross. It is about £{amount}.”",
    "“This is the third time that I explain it, each time to someone else. The {product} cost me £{amount}.”"
   ],
   "because": "The customer has been here before with the same thing. The second complaint is about us, whatever the first one was about.",
   "question": "What lifts this above the first row?",
   "right": "The customer has complained about the same thing before.",
   "wrong": [
    [
     "The customer is losing patience.",
     "This one may not be, and it would not matter. The repeat is the fact."
    ],
    [
     "The product is missing or faulty.",
     "That would be the first row by itself. It is the second time that counts."
    ],
    [
     "A week has passed.",
     "Time alone is no fact of this matrix. Having to come back is."
    ]
   ]
  },
  "second-fault": {
   "fact": "a second complaint about the same thing",
   "bands": [
    [
     26,
     95
    ],
    [
     101,
     149
    ],
    [
     151,
     400
    ]
   ],
   "texts": [
    "“The {product} that you sent to replace the first one has the same fault. I paid £{amount} and would like it back.”",
    "“The second {product} broke in the same way as the first. Bad luck, I suppose. £{amount} back would settle it.”"
   ],
   "because": "It is the same complaint a second time. And after one replacement that failed, the law opens the way to the money.",
   "question": "Why is this not a new complaint about a faulty product?",
   "right": "The same fault was complained about before, and the first answer did not mend it.",
   "wrong": [
    [
     "Every product may be replaced once only.",
     "No row says so. What counts is that the customer is back with the same fault."
    ],
    [
     "The sum is too high for an agent.",
     "The sum decides who may agree it, and never the row."
    ],
    [
     "It is a new complaint.",
     "The customer sees one story: it broke, we answered, it broke again."
    ]
   ]
  },
  "damage": {
   "fact": "loss",
   "bands": [
    [
     26,
     95
    ],
    [
     101,
     149
    ],
    [
     151,
     900
    ]
   ],
   "texts": [
    "“Your crew scratched my floor from the door to the wall with the wardrobe. To mend it costs £{amount}, I have the estimate.”",
    "“Water from the new washing machine has spoilt the kitchen cupboard. The joiner wants £{amount}.”"
   ],
   "because": "Something that belongs to the customer was damaged. That is a loss.",
   "question": "Which fact decides here?",
   "right": "The customer has lost something: it must be mended or paid for.",
   "wrong": [
    [
     "A crew was in the house.",
     "Crews come to most customers. What they left behind is the fact."
    ],
    [
     "There is a written estimate.",
     "It helps to agree the sum. The row follows from the loss, with or without it."
    ],
    [
     "The sum is too high for an agent.",
     "That is the other question: who may agree it. Keep the two apart."
    ]
   ]
  },
  "charged": {
   "fact": "loss",
   "bands": [
    [
     11,
     25
    ],
    [
     26,
     95
    ]
   ],
   "texts": [
    "“You charged me £{amount} to put a bookcase together. It stands in my hall in its box.”",
    "“I see the £{amount} for the {product} twice on my statement. I am sure that it is just a slip.”"
   ],
   "because": "Money has gone that should not have gone. That is a loss, and the sum is as small as it is.",
   "question": "It is not much money. Why is it not just an inconvenience?",
   "right": "The customer has paid for something that they did not get.",
   "wrong": [
    [
     "All money matters are severe.",
     "A wish for a gesture is about money and is no loss. Here we have taken it wrongly."
    ],
    [
     "The law gives it 14 days.",
     "Those run from the day on which a refund is agreed. The row comes before that."
    ],
    [
     "The customer may tell the bank.",
     "They may. The row follows from what happened, and not from what may follow."
    ]
   ]
  },
  "waiting": {
   "fact": "loss",
   "bands": [
    [
     26,
     95
    ],
    [
     101,
     149
    ],
    [
     151,
     400
    ]
   ],
   "texts": [
    "“You agreed three weeks ago that I get £{amount} back for the {product}. It has not come.”",
    "“Nobody disputes that the £{amount} is mine. The {product} is long back with you. I only want to know where the money is.”"
   ],
   "because": "The customer’s money is with us. Until it is paid, that is a loss.",
   "question": "The refund is agreed. What is there left to escalate?",
   "right": "The money is owed and has not come, so the customer is out of pocket.",
   "wrong": [
    [
     "Nothing: it is only a matter of time.",
     "The customer is without the money now. And for goods that were rejected, the law allows 14 days from agreeing."
    ],
    [
     "The agent who agreed it.",
     "A row does not look for someone to blame. It looks at what the customer lacks."
    ],
    [
     "The sum, which was too high.",
     "If it was, the wrong person agreed it. The customer’s loss is the same."
    ]
   ]
  },
  "shouting": {
   "fact": null,
   "bands": [
    [
     11,
     25
    ],
    [
     26,
     95
    ]
   ],
   "texts": [
    "“THIS IS AN OUTRAGE! The {product} came a day late! I demand £{amount} and the name of your director!”",
    "“In forty years I have never been treated like this. The {product} was promised for Tuesday and came on Wednesday. £{amount} is the least that you can do.”"
   ],
   "because": "Take the anger away, and a parcel came a day late. That is an inconvenience, so an agent keeps it.",
   "question": "The customer is furious. Why does an agent keep it?",
   "right": "Anger is not a fact of the matrix; what happened is an inconvenience.",
   "wrong": [
    [
     "Managers do not talk to rude people.",
     "They do, if a fact asks for it. Here none does."
    ],
    [
     "The sum is small.",
     "The same case with a large sum would still be an agent’s, with somebody else to agree the money."
    ],
    [
     "Late parcels are the courier’s fault.",
     "To the customer they are ours. It stays with an agent because the matter is mild."
    ]
   ]
  },
  "newspaper": {
   "fact": null,
   "bands": null,
   "texts": [
    "“My brother is a solicitor, and my niece works for the local paper. The {product} came in grey and not in green. What do you say now?”",
    "“I shall put this on every website there is. The {product} was left with a neighbour, and nobody left a card.”"
   ],
   "because": "A threat is no fact. Under it lies an inconvenience. Tell your manager that it may become public, and keep the case.",
   "question": "Must a threat of the press go up to a manager?",
   "right": "Not by this matrix: the matter itself is an inconvenience, so it stays, with a word to the manager.",
   "wrong": [
    [
     "Yes, at once.",
     "Then those who threaten would be served before those who are at risk. Tell the manager, and keep the case."
    ],
    [
     "Yes, because of the solicitor.",
     "A relative who is a solicitor changes no fact."
    ],
    [
     "No, threats should be ignored.",
     "Listen to it, and answer what is behind it. Only the row stays the same."
    ]
   ]
  },
  "dear": {
   "fact": null,
   "bands": null,
   "texts": [
    "“The sofa that I chose for £1,900 has come in the wrong shade. I would like the right one.”",
    "“The wardrobe cost me £1,450. One door has the wrong handle. Please send the right one.”"
   ],
   "because": "The price is high, and the trouble is small. Wrong goods to be changed are an inconvenience, at any price.",
   "question": "It is the dearest thing in the shop. Why the first row?",
   "right": "The price of the goods is no fact of the matrix.",
   "wrong": [
    [
     "The customer asks for no money.",
     "A gesture of £20 would not move the row. And neither does the price."
    ],
    [
     "It will be mended quickly.",
     "Perhaps. How fast it can be done is no fact of the matrix."
    ],
    [
     "Furniture is never urgent.",
     "A bookcase that falls over would be. It depends on what happened."
    ]
   ]
  },
  "number": {
   "fact": null,
   "bands": [
    [
     11,
     25
    ],
    [
     26,
     95
    ]
   ],
   "texts": [
    "“The {product} was two days late. Could you take £{amount} off? My number is 07700 900451, and my card ends in 4775.”",
    "“The {product} is the wrong colour. I keep it if you take £{amount} off. I live at 14 Larch Row, in case you need it.”"
   ],
   "because": "The customer’s own details are in the letter, as they often are. Nothing has happened to them. Keep them safe, and treat the rest as an inconvenience.",
   "question": "There is personal data in this message. Why is it not the last row?",
   "right": "The complaint is not about personal data: nothing has gone wrong with it.",
   "wrong": [
    [
     "The customer gave it of their own free will.",
     "It is protected all the same. But the complaint is about a parcel."
    ],
    [
     "A telephone number is no personal data.",
     "It is, if it belongs to a person. It has just not gone astray."
    ],
    [
     "Such details must be deleted first.",
     "Keep what the case needs, and no more. That does not change the row."
    ]
   ]
  },
  "late": {
   "fact": null,
   "bands": [
    [
     11,
     25
    ],
    [
     26,
     95
    ]
   ],
   "texts": [
    "“The page promised the {product} for the next day. It came three days later. I think that £{amount} off would be fair.”",
    "“I waited in for the {product} on the wrong day. Something like £{amount} for my trouble?”"
   ],
   "because": "A broken promise about a day, with no loss named: an inconvenience, and an agent’s to put right.",
   "question": "What would have to be different for a team leader to own it?",
   "right": "A loss, or a second complaint about the same thing.",
   "wrong": [
    [
     "A higher sum.",
     "That changes who may agree the money. The owner stays the same."
    ],
    [
     "A ruder tone.",
     "Tone moves nothing in a matrix, and should not."
    ],
    [
     "A slower courier.",
     "Three days or six: it stays an inconvenience, as long as nothing is lost."
    ]
   ]
  },
  "swap": {
   "fact": null,
   "bands": null,
   "texts": [
    "“I ordered the {product} in grey, and it is brown. Please change it.”",
    "“I paid for one {product}, and two have come. How do I send the other back?”"
   ],
   "because": "It can be put right with an exchange. Nothing is lost, and it is the first time.",
   "question": "Who is the right owner, and why?",
   "right": "An agent: nothing is lost, nobody is at risk, and it is the first time.",
   "wrong": [
    [
     "A team leader, because we made the mistake.",
     "Nearly every complaint is about a mistake of ours. The matrix asks what it did."
    ],
    [
     "A manager, to be on the safe side.",
     "Then managers are busy with colours while a smell of burning waits. Passing up too much does harm too."
    ],
    [
     "The warehouse, which packed it.",
     "The warehouse may do the work. The customer needs one owner, and that is the agent."
    ]
   ]
  }
 }
};
