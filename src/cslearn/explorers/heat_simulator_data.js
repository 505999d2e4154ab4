export const data = {
 "kinds": {
  "hear": [
   "Hear",
   "You asked, and let the customer tell it."
  ],
  "empathise": [
   "Empathise",
   "You named what it was like, with a detail from the story."
  ],
  "apologise": [
   "Apologise",
   "You named what went wrong, and said that it was ours."
  ],
  "own": [
   "Take ownership",
   "A lawful remedy, a name and a date."
  ],
  "interrupt": [
   "Interrupts",
   "The customer had not finished."
  ],
  "solve": [
   "Solves before hearing",
   "A remedy for a problem that you had only guessed."
  ],
  "empty": [
   "“I understand”, without content",
   "Nothing in it shows what was understood."
  ],
  "fake": [
   "Fake apology",
   "Sorry for a feeling, or for an “if”, and not for the fault."
  ],
  "handoff": [
   "Hands off",
   "No owner and no date: the customer has to start again."
  ],
  "promise": [
   "Promises too much",
   "It calms now, and it cannot or must not be kept."
  ]
 },
 "ends": {
  "handoff": "So I am to ring again, and ask for whom?",
  "promise": "Really? That is more than I hoped for.",
  "uneasy": "If you say so. It feels as if I had rung a machine.",
  "hung up": "The line goes dead.",
  "out of time": "I have to go to work now. I will write to your head office."
 },
 "reasons": [
  {
   "question": "Why does nothing calm the customer below 60 degrees before you have heard the story?",
   "right": "A remedy for a story that nobody heard feels like a way to end the call.",
   "because": "Until you have listened, the customer cannot know that you solve the right problem. Often it is not the one in the first sentence.",
   "wrong": [
    [
     "Customers who complain want to talk for as long as they can.",
     "Most want to be done soon. They want to say it once, and to somebody who listens."
    ],
    [
     "The law says that a complaint must be heard before a remedy.",
     "No Act has this order. It works because of people, not because of a section."
    ],
    [
     "Listening takes time, and anger passes with time.",
     "Waiting on hold takes time too, and makes people angrier. What calms is that somebody listens."
    ]
   ]
  },
  {
   "question": "“I am sorry that you feel let down.” Why does this make it worse?",
   "right": "It is sorry for the customer's feelings, and not for what we did.",
   "because": "It moves the fault to the one who complains. An apology names what went wrong, and says that it was ours.",
   "wrong": [
    [
     "It admits a fault, and that is dangerous in law.",
     "It admits nothing, which is the trouble. And a plain apology is no trap: in England and Wales it does not by itself admit negligence (Compensation Act 2006, s. 2)."
    ],
    [
     "It is too short for an apology.",
     "A good apology may be shorter: “I am sorry. We broke our promise.” What counts is what it is about."
    ],
    [
     "It comes without money.",
     "Money is a remedy. Many customers ask for none, and an apology with content calms without it."
    ]
   ]
  },
  {
   "question": "“I pass this to the team.” What is missing?",
   "right": "A name, a date, and who rings whom.",
   "because": "Work may move to other people. Ownership may not get lost on the way: one person stays the one who answers, by a day that is said.",
   "wrong": [
    [
     "Nothing, if the team is the right one.",
     "The right team may do the work. But the customer does not know whom to ask, or from when on to worry."
    ],
    [
     "An apology to the team.",
     "That may be polite. It does nothing for the customer, who has now been given away."
    ],
    [
     "A reference number.",
     "A number helps to find the case. It does not promise that anybody will do something by a day."
    ]
   ]
  },
  {
   "question": "A promise above your limit calms the customer at once. Why is the call still lost?",
   "right": "It will be broken, and the second complaint is worse than the first.",
   "because": "The temperature falls today, and comes back with interest. A remedy within law and limits is smaller, and it holds.",
   "wrong": [
    [
     "Customers do not like gifts.",
     "Most do, which is why the temperature falls. What they do not like is a gift that never comes."
    ],
    [
     "It makes the call too long.",
     "It makes the call shorter. That is why it is tempting near the end of a shift."
    ],
    [
     "Only a manager may be kind.",
     "Anybody may be kind. The limit is about money, safety and other people's data, not about kindness."
    ]
   ]
  }
 ],
 "calls": [
  {
   "who": "Mrs Ellery, about a kettle",
   "start": 78,
   "remedy_gbp": 24,
   "promise_gbp": 64,
   "rule": "reject",
   "days": [
    "2026-11-02"
   ],
   "last": "2026-12-02",
   "opening": "The kettle came on 2 November and it has died. I have told two of you already. I want my money back.",
   "more": "It trips the fuse. I have a baby, and I was warming water on the hob at three in the morning. I do not want it mended.",
   "eased": "Yes. That is just what it was like. Three nights of it.",
   "thanks": "Thank you. You are the first to say so.",
   "settled": "Two days and your name. I have written it down. Thank you, Meera.",
   "cross": "I have not finished.",
   "crosser": "This is the third time that nobody listens.",
   "replies": {
    "hear": "You have had to say this twice already. Please tell me what happened, from the start. I am taking notes.",
    "empathise": "Three nights on the hob with a baby to feed, and no safe kettle. That must have been exhausting, and worrying with the fuse.",
    "apologise": "I am sorry. We sold you a kettle that failed, and then we made you ring three times. Both are our fault.",
    "own": "You get the full £24 back. I am Meera, I do it myself now, and I ring you on Wednesday 25 November to check that it came.",
    "interrupt": "Before you go on, I need the order number and your postcode.",
    "solve": "I can book you a repair straight away. The van is free on Thursday.",
    "empty": "I understand. I completely understand.",
    "fake": "I am sorry that you feel let down by this.",
    "handoff": "That is one for the refunds team. They will be in touch in due course.",
    "promise": "You get the £24, and £40 from me on top. I do not need to ask anyone."
   },
   "law": "Within 30 days she may reject a faulty kettle for a full refund. She need not accept a repair.",
   "source": "CRA s. 20 and 22",
   "why": "£40 on top is more than the £25 that an agent may give. A promise that somebody takes back is worse than none."
  },
  {
   "who": "Mr Okafor, about an armchair",
   "start": 72,
   "remedy_gbp": 60,
   "promise_gbp": 240,
   "rule": "repair",
   "days": [
    "2026-09-01"
   ],
   "last": "2027-02-28",
   "opening": "Your armchair is broken, and your shop told me that after 30 days it is my problem.",
   "more": "The arm came off as I sat down. I am seventy, my back is bad, and it is the only chair I can get out of.",
   "eased": "That is it. I sleep in it some nights.",
   "thanks": "I appreciate that. The young man in the shop just shrugged.",
   "settled": "Good. Friday, and I ask for Callum. I can live with that.",
   "cross": "Would you let me speak?",
   "crosser": "I see. The shrug again.",
   "replies": {
    "hear": "I would like to understand this properly. What happened with the chair, and what did the shop say?",
    "empathise": "So the one chair that holds your back is gone, and you were told to live with it. That must hurt in both ways.",
    "apologise": "I am sorry. We sold you a chair that broke, and what you were told in our shop was wrong.",
    "own": "Choose: we mend it or replace it, at no cost to you. I am Callum. It is collected on Friday 27 November, and I ring you that evening.",
    "interrupt": "Sir, sir, one moment. Was it bought on a card?",
    "solve": "We can send you a tube of glue and a new bolt.",
    "empty": "I hear you. I understand how you feel.",
    "fake": "I am sorry if the shop came across that way.",
    "handoff": "You need the furniture desk. Try them after two.",
    "promise": "Forget the repair. I put the whole £240 back on your card today, on my own say."
   },
   "law": "After 30 days he may choose repair or replacement. A fault within six months is taken to have been there at delivery, unless the trader shows otherwise.",
   "source": "CRA s. 19 and 23",
   "why": "£240 needs the approval of two managers. An agent cannot promise it alone."
  },
  {
   "who": "Ms Novak, about a desk",
   "start": 80,
   "remedy_gbp": 180,
   "promise_gbp": 230,
   "rule": "final",
   "days": [
    "2026-07-15"
   ],
   "last": "2027-01-15",
   "opening": "Your man mended my desk in October. It has split in the same place. I am not waiting for him again.",
   "more": "I work from home. I took two days unpaid for that repair, and my screen nearly fell on the dog.",
   "eased": "Yes! Two days without pay. Nobody has asked about that.",
   "thanks": "Thank you. I needed somebody to say that.",
   "settled": "Then I expect your call on Thursday. Thank you for being straight with me.",
   "cross": "Do not talk over me, please.",
   "crosser": "You are reading from a card, are you not?",
   "replies": {
    "hear": "Tell me about it in your own words: the repair, and what has happened since. I will not interrupt.",
    "empathise": "You gave up two days of pay for a repair that did not hold. No wonder that you do not want a third.",
    "apologise": "I am sorry. The repair was ours, and it failed. You lost pay because of it.",
    "own": "You may send it back for the full £180, or keep it at a lower price. I am Dan. Two managers decide by Thursday 26 November, and I ring you that day.",
    "interrupt": "Let me stop you there. Which month was that?",
    "solve": "I will book the fitter again. He is very good.",
    "empty": "I understand, it is frustrating.",
    "fake": "I am sorry that you see it like that.",
    "handoff": "I pass this to the fitters' office. Somebody there will look at it.",
    "promise": "You get the £180, and £50 for your trouble. It is as good as done."
   },
   "law": "One failed repair is enough. She may reject the desk at last or keep it at a lower price, and nothing comes off for use in the first six months.",
   "source": "CRA s. 24",
   "why": "£50 is twice an agent's limit, and a refund above £25 needs two managers. Nothing is “as good as done” before that."
  },
  {
   "who": "Mr Hughes, about a refund",
   "start": 76,
   "remedy_gbp": 0,
   "promise_gbp": 25,
   "rule": "refund",
   "days": [
    "2026-11-12"
   ],
   "last": "2026-11-25",
   "opening": "On the 12th one of you agreed to my refund. It is the 23rd. Where is my money?",
   "more": "It is £95. My rent went out yesterday and the bank charged me. I had counted on that money.",
   "eased": "Right. It is not a game to me. It is the rent.",
   "thanks": "Well. Thank you for not making excuses.",
   "settled": "Wednesday, and you ring me either way. That will do, Aisha.",
   "cross": "Let me finish, will you?",
   "crosser": "Every one of you says something different.",
   "replies": {
    "hear": "Eleven days is a long wait for your own money. What were you told, and what has it meant for you?",
    "empathise": "You had planned your rent around our word, and our delay cost you a bank charge. That would worry anyone.",
    "apologise": "I am sorry. We agreed, and then we did not pay. That is our failing, not yours.",
    "own": "I have Finance on the other line. The last day is Wednesday 25 November. I am Aisha, and I ring you that day at four.",
    "interrupt": "I have to go through security first. Date of birth?",
    "solve": "It takes up to ten days. Just wait a little longer.",
    "empty": "I understand. Money matters are stressful.",
    "fake": "We regret any inconvenience that you may feel.",
    "handoff": "Finance deals with that. I will leave them a message.",
    "promise": "It will be in your account within the hour. You have my word, and £25."
   },
   "law": "A refund must be paid without undue delay, and within 14 days of the day on which it was agreed. That day is day 1.",
   "source": "CRA s. 20(15)",
   "why": "Finance pays within two working days, so an agent cannot promise an hour. And nobody had looked at the £25."
  },
  {
   "who": "Mrs Chowdhury, about a bed",
   "start": 82,
   "remedy_gbp": 0,
   "promise_gbp": 80,
   "rule": "deliver",
   "days": [
    "2026-10-20"
   ],
   "last": "2026-11-19",
   "opening": "I ordered the bed on 20 October. I have had four dates and no bed. Is anyone there at all?",
   "more": "My daughter comes out of hospital on Friday. The bed is for her. Each time I wait in, I miss a visit.",
   "eased": "Yes. I want to be there, not by a window looking for a van.",
   "thanks": "Thank you. I did not want a row, only the bed.",
   "settled": "Thursday by noon, or my money. And it is you who rings. Thank you.",
   "cross": "Please just listen for a minute.",
   "crosser": "I have heard all this four times.",
   "replies": {
    "hear": "Four dates and no bed. Please tell me what has happened each time, and what the bed is for.",
    "empathise": "You have lost hours with your daughter in hospital, waiting for us. And Friday is so close. I see why this matters.",
    "apologise": "I am sorry. We gave you four dates and broke each one. That is our fault.",
    "own": "The 30 days are over. I am Tom. The bed comes by noon on Thursday 26 November, or you may end the contract. I ring you on Wednesday at five.",
    "interrupt": "Hold on. Is that the oak or the pine?",
    "solve": "I can offer you Saturday. Shall I book it?",
    "empty": "I understand how annoying deliveries can be.",
    "fake": "I am sorry that you are not happy with the courier.",
    "handoff": "You would have to ask the courier. I can give you their number.",
    "promise": "I will make the driver leave his round and come tonight, and take £80 off."
   },
   "law": "Without an agreed day, goods must come within 30 days. After that she may set a fair last date, and end the contract if it is missed.",
   "source": "CRA s. 28",
   "why": "An agent cannot order the courier's driver about, and £80 is above the limit of £25. She would wait in for nothing a fifth time."
  },
  {
   "who": "Mr Lindqvist, about a rug",
   "start": 68,
   "remedy_gbp": 140,
   "promise_gbp": 140,
   "rule": "cancel",
   "days": [
    "2026-11-14"
   ],
   "last": "2026-11-28",
   "opening": "I bought a rug on your web site, and your chat says that I cannot send it back because it is not faulty.",
   "more": "It came on the 14th. I am colour-blind, and the page only said “moss”. It is red, my wife tells me.",
   "eased": "Ha. Yes, it is a bit funny. But not at £140.",
   "thanks": "That is kind of you.",
   "settled": "So I have until Saturday, and you sort out the collection. Thank you, Jo.",
   "cross": "I was still talking.",
   "crosser": "The chat was more polite than this.",
   "replies": {
    "hear": "That does not sound right to me either. How did you come to choose it, and what did the chat say?",
    "empathise": "You relied on one word on our page, and a red rug came. Then the chat shut the door. I would be cross too.",
    "apologise": "I am sorry. Our chat gave you a wrong answer, and it cost you time.",
    "own": "You may cancel until Saturday 28 November, and get the price and standard delivery back. I am Jo. The label comes today, and I ring you on Monday 30 November.",
    "interrupt": "Is there a fault on it, yes or no?",
    "solve": "I can exchange it for another rug. Which one would you like?",
    "empty": "I understand completely, sir.",
    "fake": "I am sorry that the colour was not to your taste.",
    "handoff": "The web team handles chat. I will forward this.",
    "promise": "Keep the rug, and I pay you the £140 back. Call it a present."
   },
   "law": "Bought at a distance, goods may be sent back without a reason. He may cancel for 14 days after the day on which they came.",
   "source": "CCR reg. 30 and 34",
   "why": "He has a right to a refund when he returns the rug. A gift of £140 of the firm's money is not an agent's to make."
  },
  {
   "who": "Miss Baptiste, about curtains",
   "start": 70,
   "remedy_gbp": 15,
   "promise_gbp": 110,
   "rule": null,
   "days": [],
   "last": null,
   "opening": "I bought curtains in your Leeds store, and they will not take them back. I know my rights!",
   "more": "They were for my mum's new room. She died on Thursday. I cannot look at them.",
   "eased": "Thank you. You did not have to say that.",
   "thanks": "I know that it is not your fault. I should not have shouted.",
   "settled": "That is fair, and it is kind. Thank you for telling me how it is.",
   "cross": "You are not even listening.",
   "crosser": "Just say no, then, like the rest.",
   "replies": {
    "hear": "I want to get this right for you. Would you tell me about the curtains, and what happened in the store?",
    "empathise": "I am so sorry about your mum. To have those curtains in the house must be very hard.",
    "apologise": "I am sorry for the way in which we spoke to you in the store. You should have been treated with care.",
    "own": "The law gives no right to a refund for curtains that are in order. I can give £15, within my limit, today. I am Ben, and I ring you on Tuesday 24 November.",
    "interrupt": "Do you have the receipt? Without one there is no point.",
    "solve": "I will swap them for another colour for you.",
    "empty": "I understand. It is always upsetting.",
    "fake": "I am sorry that you feel our rules are unfair.",
    "handoff": "You will have to take that up with the store.",
    "promise": "The law gives you 30 days for any refund. You will get all £110 back."
   },
   "law": "In a shop there is no right to change one's mind about goods that are in order. A goodwill payment is the firm's own choice.",
   "source": "no section: policy only",
   "why": "It is not true. The 30 days are for faulty goods. She would go back to the store, and be refused once more."
  },
  {
   "who": "Mr Ferreira, about his data",
   "start": 74,
   "remedy_gbp": 0,
   "promise_gbp": 0,
   "rule": "access",
   "days": [
    "2026-11-23"
   ],
   "last": "2026-12-23",
   "opening": "You keep writing down that I am “difficult”. I want to see everything that you have on me.",
   "more": "A driver read it out to me on my own doorstep, with my neighbour there. I felt two inches tall.",
   "eased": "Exactly. In front of my neighbour.",
   "thanks": "Good. That needed saying.",
   "settled": "By 23 December at the latest, and you ring me before. Fine, Priya.",
   "cross": "That is not what I asked.",
   "crosser": "And now you will write “difficult” again.",
   "replies": {
    "hear": "You may ask for that, and the phone is enough. First I would like to know what happened. Who said it, and where?",
    "empathise": "To have a note read out at your own door, with a neighbour listening: that is humiliating.",
    "apologise": "I am sorry. That note should not have been read out to anyone. We did that, and it was wrong.",
    "own": "I log your request today. You get your data by 23 December at the latest. I am Priya, and I ring you on Monday 7 December to say how far it is.",
    "interrupt": "You must use our form for that, so let me stop you.",
    "solve": "I can delete the word now, and we forget the rest.",
    "empty": "I understand where you are coming from.",
    "fake": "I am sorry if you took it the wrong way.",
    "handoff": "That is for the legal people. They do not take calls.",
    "promise": "I send you it all now, with the driver's private number and your neighbour's file."
   },
   "law": "A request for one's own data counts in any words, and by phone too. The last day is one month later.",
   "source": "UK GDPR art. 12 and 15",
   "why": "His own data, yes. The driver's number and a neighbour's file are other people's data."
  },
  {
   "who": "Ms Quinn, about a wrong e-mail",
   "start": 84,
   "remedy_gbp": 0,
   "promise_gbp": 0,
   "rule": null,
   "days": [],
   "last": null,
   "opening": "Your e-mail with my new address went to somebody else. Do you know what you have done?",
   "more": "I moved because of a man whom I am afraid of. Nobody must know where I live. I have not slept.",
   "eased": "Yes. I keep looking at the door.",
   "thanks": "Thank you. Please, just do something.",
   "settled": "Today at three, from you, and a manager has it. I can hold on until then.",
   "cross": "Do not rush me. Please.",
   "crosser": "You do not see what this means.",
   "replies": {
    "hear": "That sounds serious, and I want to hear it all. Take your time. Are you safe just now?",
    "empathise": "You moved to be safe, and our e-mail took that away. I can hear how frightened you are.",
    "apologise": "I am sorry. We sent your address to the wrong person. It is our mistake, and it should not have happened.",
    "own": "Our manager, Gareth Pryce, and the data lead start now, and decide about the report to the Commissioner. I am Lena, and I ring you today, Monday 23 November, at three.",
    "interrupt": "What is the order number? I need that first.",
    "solve": "I will send the other person an e-mail to delete it. Solved.",
    "empty": "I understand that privacy is important.",
    "fake": "I am sorry that you are worried about this.",
    "handoff": "Data things go to a mailbox. I will forward your message.",
    "promise": "I tell you who got it, with name and street, so that you can go there."
   },
   "law": "A breach that may put a person at risk goes to the Information Commissioner within 72 hours, and to the person too if the risk is high.",
   "source": "UK GDPR art. 33 and 34",
   "why": "The other customer's name and street are personal data. A second breach does not mend the first, and it could put people in danger."
  },
  {
   "who": "Mr Adeyemi, by text relay",
   "start": 75,
   "remedy_gbp": 0,
   "promise_gbp": 0,
   "rule": null,
   "days": [],
   "last": null,
   "opening": "I am deaf and I call by text relay. Your web site says “call us” and three times your staff hung up on the operator.",
   "more": "The oven light on my new cooker fails. A small thing. But I have tried for two weeks to tell anyone at all.",
   "eased": "Two weeks, yes. I thought that I was invisible.",
   "thanks": "Thank you. That is good to read.",
   "settled": "So I write to you, and you answer by Wednesday. Perfect. Thank you, Sam.",
   "cross": "You type before I have ended.",
   "crosser": "Now I feel hung up on again.",
   "replies": {
    "hear": "Thank you for calling again. Take all the time that you need. What happened, and what is wrong with the cooker?",
    "empathise": "Two weeks of being cut off, only because you call in another way. That is wearing, and it shuts you out.",
    "apologise": "I am sorry. Our staff hung up on you three times. That was wrong, and we must do better.",
    "own": "From today you can write to us by e-mail or text, free of charge. I am Sam. The fitter's date comes in writing by Wednesday 25 November.",
    "interrupt": "Can somebody hearing ring for you? That is quicker.",
    "solve": "I will send a bulb for the oven. Which model?",
    "empty": "I understand. It must be difficult.",
    "fake": "I am sorry if the operator was too slow for us.",
    "handoff": "The access team looks after that. I do not know when they meet.",
    "promise": "I note that nobody ever needs to check who you are. Any caller can use your account."
   },
   "law": "A service must make reasonable adjustments, think ahead, and never charge the disabled customer for them.",
   "source": "Equality Act s. 20 and 29",
   "why": "An open account leaves his data without protection (UK GDPR art. 5). An adjustment opens a way in for him, not for everyone."
  },
  {
   "who": "Mrs Whitcombe, about a fridge",
   "start": 66,
   "remedy_gbp": 0,
   "promise_gbp": 0,
   "rule": "reject",
   "days": [
    "2026-11-10"
   ],
   "last": "2026-12-10",
   "opening": "I do not want to be a nuisance, dear. It is the fridge from the 10th. It is not very cold.",
   "more": "I am 84. My husband's insulin is in it, and there is nobody else. I am frightened for him.",
   "eased": "You are kind. Yes, I am frightened. I did not like to say.",
   "thanks": "Oh, bless you. Thank you.",
   "settled": "The pharmacist first, and you ring me at two. I have it on the pad. Thank you, Nia.",
   "cross": "Oh. I am sorry, I talk too much.",
   "crosser": "I had better leave you, then.",
   "replies": {
    "hear": "You are no nuisance at all. Tell me what is going on. What do you keep in the fridge?",
    "empathise": "You look after him alone, and now his insulin may not be safe. Anybody would be frightened. I am glad that you rang.",
    "apologise": "I am sorry. We sold you a fridge that does not keep cold, and that put your husband at risk.",
    "own": "Please ring your pharmacist about the insulin now. I am Nia. Our manager has a new fridge sent on Tuesday 24 November, free, and I ring you today at two.",
    "interrupt": "Model number first, please. It is on the back.",
    "solve": "Turn the dial to five and wait for a day.",
    "empty": "I understand. Fridges, eh?",
    "fake": "I am sorry that you are upset.",
    "handoff": "I put you down for technical. They ring within a week.",
    "promise": "Do not worry, whatever is in the fridge will be fine. I promise you that."
   },
   "law": "A new fridge that fails may be rejected for 30 days; she may also choose a replacement. A vulnerable customer goes to a manager, with an answer within one working day.",
   "source": "CRA s. 20, 22 and 23",
   "why": "Nobody at a service desk can promise that a medicine is safe. Only a pharmacist, a nurse or a doctor can say so."
  },
  {
   "who": "Mr Petrov, about a fitted oven",
   "start": 77,
   "remedy_gbp": 0,
   "promise_gbp": 900,
   "rule": null,
   "days": [],
   "last": null,
   "opening": "Your fitter has put my oven in crooked, and then he told me that it is the wall.",
   "more": "The door does not close, so it will not heat. I cook for the food bank on Saturdays. Forty meals.",
   "eased": "Forty people, yes. I had to tell them no.",
   "thanks": "Fine. That is decent of you.",
   "settled": "Wednesday morning, then, with a spirit level. Cheers, Ruth.",
   "cross": "Can I get to the end of a sentence?",
   "crosser": "So it is the wall again, is it?",
   "replies": {
    "hear": "I would like the whole story. What did the fitter do, what did he say, and what can you not do now?",
    "empathise": "You had to turn down forty people who rely on you, for an oven that we fitted. I can hear that it hurts.",
    "apologise": "I am sorry. The fitting was our job. It was not done with care, and then you were blamed for it.",
    "own": "We fit it again, at no cost to you, on Wednesday 25 November in the morning. I am Ruth, and I ring you at noon to hear that it works.",
    "interrupt": "Was it a brick wall or a partition? Just tell me that.",
    "solve": "I can send you a level, so that you can put it right.",
    "empty": "I understand, I have a kitchen too.",
    "fake": "I am sorry that you did not get on with the fitter.",
    "handoff": "The fitters are a firm of their own. Best to ask them.",
    "promise": "We pay for a whole new kitchen, whatever it costs. You have my word."
   },
   "law": "A service must be done with reasonable care and skill. If it was not, he may have it done again at no cost, within a reasonable time.",
   "source": "CRA s. 49 and 55",
   "why": "A new kitchen is far above every limit of an agent, and nobody has seen the wall yet."
  }
 ]
};
