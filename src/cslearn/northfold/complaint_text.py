"""What customers wrote: a grammar of sentences for every root cause, with feelings, wishes and planted cues.

All people, streets, addresses and numbers are invented. Telephone numbers come from the
range that Ofcom keeps free for drama; e-mail addresses end in example.com (RFC 2606).
"""

PRODUCTS = (
    "floor lamp", "table lamp", "kettle", "toaster", "bookcase", "desk", "sofa", "armchair", "bed frame", "mattress",
    "rug", "curtain set", "washing machine", "fridge", "cooker", "mirror", "dinner set", "office chair", "wardrobe",
)  # fmt: skip
ELECTRIC = ("floor lamp", "table lamp", "kettle", "toaster", "washing machine", "fridge", "cooker")
APPLIANCES = ELECTRIC[2:]
# What has no plug cannot fail to start.
FAULTS_WITHOUT_PLUG = (
    "After {n} weeks the {product} has come apart at a corner. We are two quiet people.",
    "My {product} does not sit straight. I tried twice, the second time with my brother, who is a joiner.",
    "The colour of the {product} has come off on my hands and on the wall, after {n} days.",
    "There is a crack or tear in the {product} that was not there when I unpacked it. It grows by the day.",
    "The second {product} has the same fault as the first one. I do not think that it is bad luck.",
    "The {product} smells of paint so strongly that we have kept the window open for {n} days.",
)

# One tuple of frames for each root cause, in the order of process.CAUSES. A customer tells
# what they saw; nobody writes the name of a cause.
FRAMES = (
    (
        "I ordered the {product} at {evening} and the page still said it would come the next day. It came {n} days later.",
        "Your site promised next-day delivery for my {product}. I paid at {evening}. Nothing came, and then I was told that orders after two wait another day.",
        "The {product} was promised for {day}. Your agent says that I ordered too late in the day, but the promise was on the screen when I paid.",
        "I took {day} off work for the {product}. It never left your warehouse that day, because I had ordered in the afternoon. Who tells customers that?",
        "At {evening} I paid extra for next-day delivery of a {product}. It took {n} days. The small print has a time of day in it that I never saw.",
        "Next day means next day. I ordered my {product} after lunch and it arrived {n} days later, with no word from you in between.",
        "You gave me a date for the {product} at checkout and another one by e-mail an hour later. I had ordered at {evening}, it seems that was the mistake.",
        "The {product} was a birthday present. It was promised for {day}, ordered at {evening} the day before, and came when the party was over.",
        "My order for the {product} says 'arrives tomorrow' and I have the picture to prove it. I ordered in the late afternoon. It arrived {n} days after that.",
    ),
    (
        "The driver left my {product} in the rain behind the bins. The box was open when I found it.",
        "Tracking says that my {product} was handed to me on {day}. Nobody came to this door, and I was in all day.",
        "The van came, the driver looked at the stairs and drove off again with my {product}. I saw it from the window.",
        "My {product} has a dent the size of a fist. The box had been dropped; you can see the corner.",
        "The courier says delivered, the photo shows a green door. Mine is blue. Where is my {product}?",
        "The driver threw the {product} over the gate. Two parts are broken and one is missing.",
        "For {n} days the tracking of my {product} has said 'out for delivery'. Every evening it goes back to the depot.",
        "My {product} was left with a neighbour who I do not know, and nobody left a card.",
        "They came with the {product} at seven in the morning, {n} days early, and woke the whole house. The wrapping was torn.",
    ),
    (
        "I ordered a {product} and got a {other}. The label on the box is mine, what is inside is not.",
        "The {product} came in the wrong colour. The order clearly says grey, the box says grey, the thing is brown.",
        "You sent me two of the {product}. I paid for one, and I do not want to carry the other to the post.",
        "Half of my order is missing. The {other} came, the {product} did not, and the note says that both were packed.",
        "The {product} came without its screws and without its legs. There was somebody else's delivery note in the box.",
        "This is the second wrong {product}. The first was too small, and the one that you sent to replace it is the same size.",
        "I opened the box for my {product} and found an old one that somebody had used and sent back.",
        "The set should have six pieces. I counted four. My {product} is no use to me like this.",
    ),
    (
        "The {product} stopped working after {n} days. I did nothing with it that is not in the booklet.",
        "The {product} makes a noise like a drill, and there is a smell of burning after ten minutes.",
        "The {product} has never worked. Your help line had me switch it on and off for half an hour.",
        "The {product} was fine until {day}. Now it will not start, and I have changed the fuse.",
        "There is a crack in the {product} that runs from the top to the bottom. It was not there when I unpacked it.",
        "The second {product} has the same fault as the first one. I do not think that it is bad luck.",
    ),
    (
        "On {day} your agent agreed that I get £{value} back for the {product}. Everything is clear, it only needs a signature. That was {n} weeks ago.",
        "Nobody disputes my refund for the {product}. Each time I ring I hear that it lies with a manager.",
        "I was told on the first call that the £{value} is mine. Since then it has been 'with the approvers', and I have rung {n} times.",
        "The {product} is long back with you, the case is closed as far as I can see, and still two managers have to look at £{value}.",
        "Your agent was lovely and could have settled this in a minute. She is not allowed to. So I wait for somebody that I have never spoken to.",
        "My refund of £{value} is 'pending approval' and has been since {day}. Who is it that has to approve, and are they on holiday?",
        "All I am waiting for is a yes. The {product} is back, the photos are with you, the form is filled in.",
        "A team leader rang to say that my money for the {product} is agreed and just has to be signed off. That was {n} days ago.",
        "How many people does it take to give back £{value}? I have now had three messages to say that it waits for authorisation.",
    ),
    (
        "I sent the {product} back on {day} and have the receipt. Your system says that it never arrived.",
        "The {product} went back {n} weeks ago. The parcel was signed for at your warehouse, and nobody has booked it in.",
        "I took the {product} to your store. They gave me a slip, and the slip means nothing to the people on the phone.",
        "You collected my {product} on {day}. Where it is now, nobody can tell me, and so there is no money.",
        "The return of the {product} was logged under another order. I have explained this {n} times, to {n} different people.",
        "I posted both parcels on the same day. The refund for the {other} came, the one for the {product} did not.",
        "Your returns page says 'received'. Your agent says 'not received'. My £{value} is somewhere between those two.",
        "The label for the return would not print, so a helper sent me another. Now my {product} is lost in your warehouse.",
    ),
    (
        "The men who came to install the {product} had no tools for it and left after ten minutes.",
        "I waited from eight until six for the installer of my {product}. Nobody came, and nobody rang.",
        "The {product} was put up crooked. You can put a marble on it and watch it roll.",
        "The crew took away my old {other} but could not connect the new {product}. We have now had none for {n} days.",
        "They scratched the floor from the door to the wall when they brought the {product} in. I have pictures.",
        "This is the third date for fitting my {product}. Each time the crew has been sent somewhere else.",
        "The installer of the {product} told me that the job is not what he was booked for, and that I should ring you.",
        "You charged me for assembly of the {product}. It stands in my hall in its box.",
    ),
    (
        "To change the date for my {product} I have to telephone. I am deaf. I have written {n} times to say so, and each answer gives me a phone number.",
        "I have a speech impairment and cannot use your automatic line. There is no other way to book the collection of the {product}.",
        "Your letter about the {product} says 'call us'. I cannot. I asked in the store, and they told me to call as well.",
        "My mother cannot hear on the phone. She tried the chat to arrange her {product}, and the chat told her to ring.",
        "I use text relay. Your line hangs up on the relay assistant each time, so I cannot arrange a new date for the {product}.",
    ),
)  # fmt: skip

OPENINGS = (
    "I have been a customer for years.", "I am sorry to have to write this.", "Hello.", "To whom it may concern,",
    "This is not the first time.", "Good morning.", "I would like to make a complaint.", "Order of {day}:",
    "I hardly ever complain.", "Can somebody please help?", "I am writing for my wife.", "Well, here we go again.",
)  # fmt: skip
FEELINGS = (
    "The young man on the phone was kind, I must say.", "I love the {product}, I just do not like how I was treated.",
    "I feel that nobody listens.", "Your store in town is wonderful, which makes this worse.",
    "I am not angry, only tired.", "It is ridiculous.", "The quality is good as always, but this is poor.",
    "I was close to tears.", "I can laugh about it by now, nearly.", "I have never been so badly served.",
    "The agent did her best with what she has.", "I expected better from you.",
    "Thank you for the quick answer, even if it did not help.", "I have lost half a day over this.",
)  # fmt: skip
WISHES = (
    "Please tell me what happens next.", "I want an answer by {day}.", "What will you do about it?",
    "Please just put it right.", "I would like to speak to one person who knows my case.",
    "Ring me in the evening, I work.", "An apology would be a start.", "I shall tell my friends.",
    "Please do not send me another form.", "I am thinking of going elsewhere.", "When will this end?",
)  # fmt: skip

# Plain words that a trained reader links to a right. The name of a right is never in them.
LEGAL = {
    "reject": (
        "I do not want it mended and I do not want another one, I want my money back.",
        "I have had it for less than a month and I would like to hand it back for a full refund.",
    ),
    "repair": (
        "Please send somebody to mend it, or give me one that works.",
        "It should last for years, so I expect you to put it right at your cost.",
    ),
    "delivery date": (
        "I told you before I paid that it had to be here by that day.",
        "The day was the whole point, and I said so when I ordered.",
    ),
    "service": (
        "The work was done so badly that I want it done again, properly, or part of the price back.",
        "If you do a job for money, it should be done with care.",
    ),
    "adjustment": (
        "I asked for letters in large print and still get the small ones, which I cannot read.",
        "My hands shake, so I asked for more time on your chat, and it cut me off again.",
    ),
    "own data": (
        "Please send me everything that you have about me, notes and recordings as well.",
        "I want a copy of what you have written down about me and my calls.",
    ),
    "data leak": (
        "The delivery note in my box shows another customer's name and telephone number.",
        "Your e-mail had a stranger's order and address in it. Who has got mine?",
    ),
}
PERSONAL = (
    "My number is 07700 900{three}.", "Write to {first}.{last}@example.com.", "I live at {house} {street}.",
    "My name is {first} {last}.", "Ask for {first} {last}, account {account}.", "My card ends in {four}.",
)  # fmt: skip
FIRST = ("Mary", "Tom", "Priya", "Owen", "Grace", "Yusuf", "Ellen", "Ravi", "Joan", "Piotr", "Sian", "Dele")
LAST = ("Ashworth", "Bains", "Carrow", "Dunmore", "Ellery", "Farrant", "Gethin", "Holt", "Iqbal", "Jessop")
STREETS = ("Larch Row", "Mill Bank", "Quarry View", "Tanner's Yard", "Heron Close", "Chapel Rise")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
EVENINGS = ("half past two", "3 pm", "four o'clock", "14:20", "5 in the afternoon", "16:45", "ten past two", "6 pm")

ABUSIVE = (
    "You useless lying shower, where is my {product}? The idiot on the phone should be sacked, and I told her so. "
    "I know where your store is. Get it here by {day} or you will be sorry, the lot of you."
)
VULNERABLE = (
    "My husband's insulin is in the {product} and it does not keep cold any more. I am 84 and on my own with him. "
    "I do not know who to ask. I do not want to be a nuisance, but I am frightened for him."
)
