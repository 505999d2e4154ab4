"""What staff wrote in the survey: sentences for every element of ADKAR, and for what else was on their minds.

Invented, and nobody's words. {n} is a small number and {day} a working day. Sentences under
``STARTED`` fit only where people already work in the new way.
"""

# One tuple for each element, in order; here each of them is what is missing.
MISSING = {
    "Awareness": (
        "Nobody has told me why we are changing anything. Complaints are no worse than last year, are they?",
        "First I heard of One Owner was from a driver. A driver!",
        "I read 'One Owner' on the poster by the lift. What is wrong with how we do it now?",
        "If there is a reason for all this, it has not reached our end of the floor.",
        "We close our cases. Why fix what is not broken?",
        "There was a briefing on a {day} when half of us were on the phones. I still do not know what it is for.",
        "I would like to see the figures that say we have a problem. We were promised them {n} weeks ago.",
        "Is this about customers or about cutting jobs? No one says.",
        "My customers never ask who owns their case. So what is the point? I mean that as a question.",
        "We get told what, never why.",
    ),
    "Desire": (
        "I know why it is done and I do not want it. It is our work that gets harder, not theirs.",
        "Another change, another name. I shall wait for it to pass like the last {n}.",
        "I understand the reasons, they showed us the figures twice. I just do not believe we will get anything for it.",
        "Owning a case means owning the shouting. For the same pay.",
        "We said what worried us on {day} and were thanked for our input. That was that.",
        "Last time we were promised less overtime and got more. Why would I go along again?",
        "Honestly? I have started to look for something else.",
        "I was good at what I did. Now I am to be good at something I never asked for.",
        "Nobody asked us. They told us very nicely, but nobody asked us.",
        "It will end up on the same few people, it always does. So no, I am not keen.",
    ),
    "Knowledge": (
        "Happy to do it, but which cases are mine and which are not? I asked {n} people and got {n} answers.",
        "Where does it say what I may refund on my own? I cannot find it.",
        "I keep hearing simple and complex. Who decides which is which?",
        "The course was for managers. We got the slides by mail, without the notes.",
        "I would do it if somebody showed me once, from start to end, on a real case.",
        "What happens to my cases when I am on leave? It is not in the guide.",
        "I do not know who to ring at the courier, and the list on the wall is {n} years old.",
        "Two team leaders explained it to me on {day}, in two different ways.",
        "We need one page. Not forty, one.",
        "I want this to work. I simply do not know what to do differently on Monday morning.",
    ),
    "Ability": (
        "I can say the steps in my sleep. Doing them with {n} calls waiting is another thing.",
        "I passed the course, but it is different when the customer is crying. I would like someone to sit beside me for a week.",
        "I have not once had the hour of practice that we were promised.",
        "Understood the theory. My hands are not there yet, I am slow and I feel it.",
        "We learned it in one afternoon and then did not use it for {n} weeks. Gone.",
        "Working two screens while listening is hard for me. More practice please, not more slides.",
        "I get as far as the courier page and then I am stuck. It is not that I do not want to.",
    ),
    "Reinforcement": (
        "My bonus is on calls per hour, so guess what I do.",
        "No one has ever come back to say what came of the last change.",
        "When it is busy our manager says 'just clear them'. So much for quality.",
        "Nobody checks the call standard any more, so it slips a bit each week.",
        "We are measured on the old things. You get what you measure.",
        "There was cake on the first {day} of the last big thing. After that not one word.",
        "Those who do it properly have the longer queue. That is the thanks.",
    ),
    "good": (
        "A lady rang to say thanks after I had rung her back on {day}. That never happened before.",
        "My team leader listens. That is most of it.",
        "Good team, good laugh, and I feel we are getting somewhere.",
        "Better than last year. Not perfect, better.",
        "Training was well done, and the trainer had worked on the phones herself, you could tell.",
        "People ask me things now, and sometimes they even do what I said.",
        "No complaints from me!",
        "The huddle on {day} is useful. Ten minutes, no slides.",
        "Since we got the list of what the courier can do I save {n} calls a day.",
        "I have worked in worse places. I mean that kindly.",
        "I like the idea that somebody owns a thing from start to end.",
        "New headsets at last. Small thing, big difference.",
    ),
    "mixed": (
        "Nice people, old computers.",
        "The idea is right, the timing is not. Not before Christmas again please.",
        "Half the team love the idea, half do not. I sit in between, literally.",
        "I enjoy the work, I do not enjoy the car park.",
        "It is better for the customer, I am sure. For us it depends on the day.",
        "Managers mean well. They should sit with us on a {day} morning once.",
        "Fine on the whole. The stores still promise things that we cannot keep.",
        "Some of the changes are good, but {n} at once is too many.",
        "I answered the survey last year as well. What came of it?",
        "Pay is fair, shifts are not.",
        "Ask me again in three months.",
        "The returns people know more about our cases than anybody. Has someone asked them?",
        "I like my job. I would like it more with a chair that does not sink.",
    ),
    "workload": (
        "Too few of us. When {n} are off the rest drown.",
        "I took one proper lunch break last week.",
        "The chat is meant to save time. We now do three chats and a call.",
        "Every new thing comes on top. What comes off?",
        "Sundays with {n} people on the phones is not funny.",
        "I go home and still hear the queue tone.",
        "Overtime is 'voluntary'. You try saying no.",
        "Most of my calls are people asking where their money is. Give them the money and half the work is gone.",
        "It is the chasing that wears you out, not the complaints.",
        "After lunch it is one call after another until six.",
        "I have asked for the same {day} off three times.",
        "We can do it well or we can do it fast.",
    ),
    # Planted once in each telling. The first two kinds are objections that a plan has to
    # answer; the last kind tells everyone who wrote it.
    "adjustment": (
        "I use a screen reader, and it cannot read the new case page at all. I have told {n} people. I want to own my cases like everyone else.",
        "I have epilepsy and the flashing queue bar on the new screen is not safe for me. I asked for it to be switched off {n} weeks ago.",
        "I lip-read, so the telephone huddle tells me nothing. A written note would do, and I have asked for one.",
    ),
    "flaw": (
        "I work {n} days a week. When I own a case and I am off, the customer waits until I am back. The plan says nothing about that.",
        "If a case has one owner, who answers when the owner is ill? It happened {n} times in the trial and nobody had an answer.",
        "One owner, one phone number, fine. But mine rings through to the shared queue, so the customer gets someone else anyway.",
    ),
    "revealing": (
        "As the only one here who can sign, I would be grateful if somebody else learned it too.",
        "I came back from maternity leave on the {day} of the briefing and nobody had told me a thing.",
        "Only one of us works from home, so you will know who writes this: it can work, if you let us.",
    ),
}  # fmt: skip
STARTED = {
    "Ability": (
        "In training it took ten minutes. On a real {day} with the queue flashing I go back to the old way, we all do.",
        "The refund screen freezes when I change the limit, so I send it up like before.",
        "When I try to own a case I am pulled back on the phones after {n} minutes.",
        "I know exactly what to do. With {n} calls waiting I cannot do it.",
    ),
    "Reinforcement": (
        "I closed {n} cases the new way last week. Nobody noticed. They noticed my handling time.",
        "The old form still works, and it is quicker. Why would anyone use the new one?",
        "No one tells us whether customers are any happier for it.",
    ),
    "good": (
        "First time in years that I can finish something for a customer. Thank you.",
        "I like knowing my own cases.",
        "The new limit is a relief, I no longer have to beg for twenty pounds.",
        "I was against it and have changed my mind.",
    ),
}
ENDINGS = (
    "Just saying.", "Sorry if that is blunt.", "Somebody had to say it.", "I have said so before.",
    "I am not the only one.", "Please read this one.",
)  # fmt: skip
GLAD_ENDINGS = ("Keep it up.", "More of that, please.", "Credit where it is due.", "I thought I would say so.")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
