"""What staff wrote on cards after the first half-day of training, and four replies to each that somebody drafted.

Invented, and nobody's words. The replies are drafts of 17 July 2024. One of each four is
right: it takes up what the person wrote, keeps to the law and to what is decided, and ends
in a name and a date. The others have a fault that they are listed under. What the replies
say about the law is what people write in such replies; it is information, and not legal
advice.
"""

from typing import NamedTuple

# What a comment shows is missing, or that the plan itself is wrong.
TYPES = {
    "A": "does not know why (Awareness)",
    "D": "does not want to (Desire)",
    "K": "does not know how (Knowledge)",
    "Ab": "cannot do it yet (Ability)",
    "R": "sees nothing that keeps it going (Reinforcement)",
    "P": "has found a fault in the plan",
}
FAULTS = {
    "tone": "It is friendly, and nobody will do anything: no name, no date",
    "promise": "It promises what the law or the plan does not allow",
    "sorry": "It is sorry for the feeling, and not for the fact",
    "broadcast": "It is a notice to everyone, and answers nobody",
    "false": "It says what the log of actions contradicts",
}


class Comment(NamedTuple):
    """One card. ``faults`` are three wrong replies by their fault; ``log`` names the open action that it is about.

    ``adjustment`` marks a person who is shut out by the plan because of a disability
    (Equality Act 2010, sections 20 and 39); such a plan has to change.
    """

    type: str
    text: str
    right: str
    faults: dict[str, str]
    log: str = ""
    adjustment: bool = False


COMMENTS = (
    # ---- Awareness
    Comment(
        "A",
        "We close our cases and customers thank us. What is supposed to be broken?",
        "Fair question. Dev brings your team's own cases on Wednesday 24 July at nine: how long customers waited, and how often they rang again. If the figures do not convince you, tell him what would.",
        {
            "tone": "That is a very fair question, and I am glad that you put it so openly. You do good work, and customers see it. We shall certainly make sure that the reasons become clearer to everyone.",
            "promise": "Dev mails you the list of your own customers who complained, with their names, their addresses and all that they said about colleagues, by Wednesday 24 July. Then you can see for yourself.",
            "broadcast": "As the poster by the lift says, One Owner puts customers first and makes Northfold fit for the future. All staff are asked to read it by Friday 26 July and to sign the list.",
        },
    ),
    Comment(
        "A",
        "By now I have heard three reasons: costs, customers, and somebody's career. Which is it?",
        "Customers: they wait for refunds, and they ring to ask. Asha brings the board's paper to your huddle on Monday 22 July, all of it, and stays until the questions are used up.",
        {
            "tone": "I can see how three reasons at once must be confusing, and I thank you for saying so. It really is about doing things well, and in future we shall try hard to explain them better.",
            "promise": "It is about customers alone. You have Moira's word, given on Monday 15 July, that no job, no shift and no hour will ever change because of it, whatever comes out of it.",
            "sorry": "I am sorry if you feel that the reasons were not clear. They stood in the mail of 30 May, which everybody has had. Asha can send it to you once more by Monday 22 July.",
        },
    ),
    Comment(
        "A",
        "In December we were promised the number of open complaints at every meeting. I have not seen one. Why should I believe that there are too many?",
        "You are right. It is action A2.3 in the log, owner Dev, due on 23 January, and it is not done. Dev puts the number up in both rooms by Friday 26 July, and then every Monday.",
        {
            "tone": "You are quite right to remind us of that, and I thank you for your patience. Figures matter a great deal, and from now on we shall try to share many more of them with you.",
            "false": "It is done. By the log, Dev has brought the number to every meeting since 23 January, and the action is closed. He can show you by Friday 26 July where to find it.",
            "broadcast": "All teams will be told about key figures in due course. Please follow the page 'One Owner' on the intranet, which is brought up to date every Friday from 26 July on.",
        },
        log="A2.3",
    ),
    Comment(
        "A",
        "My customers never ask who owns their case. They ask where their money is.",
        "And that is the reason: it waits while nobody owns the case. Lorna goes through five of your cases with you on Thursday 25 July, and you say where an owner would have helped, or not.",
        {
            "tone": "How true that is, and how well it shows that you listen to your customers. Both questions matter to us, and we shall keep both of them in mind as we go along together.",
            "promise": "Then tell them from today on that every refund is paid on the same day, whatever the amount. Nobody has to sign. You have my permission from Thursday 18 July.",
            "sorry": "I am sorry that you see it that way. Look at it from the customer's side, and you will find that it makes sense. Lorna can explain it to you on Thursday 25 July.",
        },
    ),
    Comment(
        "A",
        "I came back from long leave on Monday. Everybody talks of One Owner, and I do not even know what the problem is.",
        "Welcome back, and we should have thought of you. Asha sits down with you on Friday 19 July for half an hour: what customers told us, what changes in September, and what you want to know.",
        {
            "tone": "Welcome back! I can imagine how strange it is to come into the middle of something like this. You will soon find your feet again, and all your colleagues will be happy to help you.",
            "promise": "Welcome back! As you were away, none of it applies to you. You may go on in the old way for as long as you like. Asha makes a note of it on Friday 19 July.",
            "broadcast": "Everything about One Owner is in the mails to all staff of May, June and July: the reasons, the plan and the dates. Questions go to the project's mailbox until Friday 26 July.",
        },
    ),
    Comment(
        "A",
        "Is this about customers, or about having fewer of us? Nobody says it plainly.",
        "About customers who wait. Whether roles or hours change is not decided. Moira says in writing by Wednesday 24 July what is fixed and what is open, and Ngozi collects your points before the rest is settled.",
        {
            "tone": "I understand that a question like this is on many minds, and I thank you for putting it so plainly. We value every one of you, and we shall always be as open as we can.",
            "promise": "About customers. Moira guarantees that no post will go, no shift will move and no hour will change, now or later, and that nobody needs to be asked about it. It holds from Monday 22 July.",
            "sorry": "I am sorry if rumours have made you feel worried. There is really no need to feel like that. Ngozi will put a few kind words on the notice board by Wednesday 24 July.",
        },
    ),
    Comment(
        "A",
        "At the training we got the how. I am still waiting for the why.",
        "Then we began at the wrong end. On Tuesday 23 July Asha goes through three real cases with you, without names, and shows how long each customer waited. After that, half an hour is yours for questions.",
        {
            "tone": "Thank you, that is a really helpful remark, and you put it so well. The why matters just as much as the how, and we shall bear it in mind the next time that we plan something.",
            "promise": "On Tuesday 23 July Asha mails everybody the recordings of three calls, with names and addresses in them, so that you can all hear at home what customers go through.",
            "broadcast": "The reasons are on slides 3 to 7 of the training, which has gone to all staff. Please look at them once more by Tuesday 23 July, and pass them on to your colleagues.",
        },
    ),
    # ---- Desire
    Comment(
        "D",
        "I know why it is done. I just do not see what is in it for us, apart from the shouting.",
        "You would lose something: calls that you can pass on. What you may gain is a refund that you give yourself. Lorna asks you on Tuesday 23 July what would make it bearable, and answers by Friday 26 July.",
        {
            "tone": "I hear you, and in your place I would feel just the same. It is a lot to ask. I know that you will give it a fair chance, and that together we shall find a way through.",
            "promise": "There is something in it: every case owner gets ten per cent more pay from September. It is not in the budget, but you can count on it. Moira signs it by Friday 26 July.",
            "sorry": "I am sorry you feel that there is nothing in it for you. Most people are looking forward to it. Lorna can tell you on Tuesday 23 July what the others like about it.",
        },
    ),
    Comment(
        "D",
        "Last time we were promised less overtime and got more. Why would I go along again?",
        "You have no reason to take our word. So Ngozi puts up each team's overtime every Monday from 22 July. If it rises two weeks running, Moira comes to that team, and together you decide what is left undone.",
        {
            "tone": "That was a bad time, and I can well understand that you have lost trust. This time it is meant in quite another way, and we do hope that you will see that for yourself.",
            "promise": "This time you will not work one single hour of overtime, not in the peak either, however long the queues are. Moira signs that on Monday 22 July for all teams.",
            "broadcast": "All colleagues are reminded that overtime is offered and never expected. This is in the staff handbook on page 12. Please read it by Monday 22 July and sign the list.",
        },
    ),
    Comment(
        "D",
        "I was the one whom everybody asked about refunds. After this I am one of sixty, and I do not look forward to it.",
        "That is a real loss, and nobody has said so. Asha would like your knowledge in the new way: would you help her to write the guide on refunds? She asks you on Wednesday 24 July. A no is a good answer too.",
        {
            "tone": "You have every right to be proud of what you know, and everybody here thinks highly of you. I am quite sure that your experience will be just as welcome in the future.",
            "promise": "Then you keep your old task, and all refunds of your team still go past you, also after 9 September. The others need not know. You begin on Wednesday 24 July.",
            "sorry": "I am sorry that you take it personally. It is not meant against you, and in a few weeks you will see it with other eyes. Asha has time for you on Wednesday 24 July.",
        },
    ),
    Comment(
        "D",
        "Bryn asked for us to be consulted, and what we got is an invitation to a briefing. As long as nobody asks me, I do not want any of it.",
        "You should be asked while it can still change something. It is action A7.1 in the log, and it is Ngozi's: dates by 31 July, to every team, with what is open and how you answer. The briefing does not replace it.",
        {
            "tone": "Your view is of course very important to us, as it has always been. We want everybody on board, and there will be so many occasions on which you can speak your mind.",
            "false": "You have been consulted: that was the staff survey, and action A7.1 is closed in the log. Ngozi shows you in the briefing on Monday 5 August what came out of it.",
            "broadcast": "All staff are warmly invited to the briefing on Monday 5 August. Moira presents the plan, and there will be coffee. Questions may be handed in on a card until Friday 2 August.",
        },
        log="A7.1",
    ),
    Comment(
        "D",
        "It will end up on the same few people, as it always does. So no, I am not keen.",
        "That would not be fair, and it can be seen in figures. From Monday 29 July Dev lists the open cases of each owner, and Lorna evens them out every Friday. Tell her when the list does not show what you see.",
        {
            "tone": "It is true that some of you carry more than others, and we are grateful to those who do. Let us all look after each other a little more in the coming months.",
            "promise": "Then name the two who are slow. They get no more holiday until their cases are down, whatever their contract says. Lorna arranges it by Friday 26 July.",
            "broadcast": "In One Owner, work is shared out fairly among all teams. Details are in chapter 4 of the guide, which every member of staff receives by Friday 26 July.",
        },
    ),
    Comment(
        "D",
        "Another change, another name. I shall wait for it to pass, like the last four.",
        "Four that passed are a good reason to wait. What would show you that this one does not? Moira asks you in your huddle on Thursday 25 July, and comes back on Thursday 26 September to be asked.",
        {
            "tone": "It has indeed been a lot, and I can understand that people get tired of it. Thank you for staying with us all the same. This one will be worth it, I am quite sure of that.",
            "promise": "This is the last change for ten years. Nothing will be touched after it, neither systems nor shifts nor pay. Moira gives you that in writing by Thursday 25 July.",
            "sorry": "I am sorry you feel so negative about it. With an attitude like that nothing can succeed. Moira would be glad to see some team spirit by Thursday 25 July.",
        },
    ),
    Comment(
        "D",
        "I have nothing against it. But I was looking forward to a quiet autumn. Can it not wait until spring?",
        "The board has fixed 9 September, so that everyone has ten weeks with it before the peak. That I cannot move. What can rest until then is open: Asha asks your team on Tuesday 23 July.",
        {
            "tone": "I can understand that so well, and a quiet autumn would have done us all good. Timing is never perfect. We are confident that you will master this one too.",
            "promise": "Then your team starts in spring. One team more or less will not be noticed, and the board need not be told. Asha takes you off the list on Tuesday 23 July.",
            "broadcast": "The start of One Owner is 9 September for all teams at both sites. Please note it in your calendars by Friday 26 July. Thank you for your understanding.",
        },
    ),
    Comment(
        "D",
        "I like my work as it is: one call, done, the next. I do not want cases that follow me home.",
        "To be done with a call is worth something, and you would lose it. A case stays at your desk, though, and nobody rings you at home. Lorna asks you on Thursday 25 July what else lets you switch off.",
        {
            "tone": "How well I understand you! Being able to switch off matters so much. You are a valued colleague, and we shall all try to keep the new way as light as we can.",
            "promise": "You need not take any home: close each case in the evening, finished or not, and open it as a new one in the morning. Lorna agrees, from Thursday 25 July on.",
            "sorry": "I am sorry if the thought of more responsibility makes you feel uneasy. Others take it as a compliment. Lorna can tell you about that on Thursday 25 July.",
        },
    ),
    # ---- Knowledge
    Comment(
        "K",
        "Happy to do it, but which cases are mine? I asked three people and got three answers.",
        "A case is yours when your name stands in the owner field after the first contact. Asha puts that rule on one page, with examples, brings it to your huddle on Monday 22 July, and mends it with you there.",
        {
            "tone": "Three answers are two too many, I agree with you there! Thank you for seeing it so positively. It will become clear to everybody, I am sure, once we have begun.",
            "promise": "Yours are the cases that you find interesting, and you may look into those of all other teams too, whoever they belong to. Asha opens them for you on Monday 22 July.",
            "broadcast": "The rules for owning a case are in the guide 'One Owner', 40 pages, which has gone to all teams. Please confirm by Monday 22 July that you have read it.",
        },
    ),
    Comment(
        "K",
        "There are two versions of the standards in the shared folder, and they look the same. Which one am I to follow?",
        "The one in force since 1 April. The old one should be gone: action A5.3 in the log, owner Dev, due on 30 April, still open. He deletes it by Friday 19 July, and Asha mails you the right one today.",
        {
            "tone": "Thank you for pointing it out, you have sharp eyes. Two versions are confusing indeed. When you are not sure about something, it is always a good idea to ask a colleague.",
            "false": "There is only one. By the log, the old version was taken out of the folder on 30 April, and action A5.3 is done. Dev shows you by Friday 19 July how to refresh your screen.",
            "broadcast": "All staff are reminded that the standards in force apply at all times. They can be found in the shared folder. Please read them once more by Friday 26 July.",
        },
        log="A5.3",
    ),
    Comment(
        "K",
        "Where does it say what I may refund on my own? I cannot find it.",
        "Up to £75 for agents and team leaders from 9 September, and the old limit until then. It is on the card that Asha hands out on Tuesday 23 July, with six examples. Ring her when a case does not fit.",
        {
            "tone": "I am glad that you look before you act, which is just what we need. It is written down somewhere, and it will all be much easier to find when we get there.",
            "promise": "Go by your own judgement. If you think that £200 is right, pay £200, and we put it in order afterwards. That holds from today, Wednesday 17 July.",
            "sorry": "I am sorry that you feel lost in the papers. They are not so hard, if one takes the time to read them. Asha lends you hers until Tuesday 23 July.",
        },
    ),
    Comment(
        "K",
        "Who decides whether a case is simple or complex? In the training it was said both ways.",
        "You do, at the first contact, with four questions. Complex means more than one department, or a risk for the customer. Lorna tries the four questions with your team on Wednesday 24 July, on cases of your own.",
        {
            "tone": "A very good question, and just the right one to ask at this point. Your feeling for customers will guide you. In practice it is much easier than it sounds, believe me.",
            "promise": "Mark them all as simple. Then they count as done in a day, and the figures look good for everybody. Lorna does not check before Wednesday 24 July, nor after it.",
            "broadcast": "Simple and complex cases are defined in chapter 2 of the guide, which is on the intranet for all staff. Please have it read by Wednesday 24 July.",
        },
    ),
    Comment(
        "K",
        "I do not know whom to ring at the courier. The list on our wall is years old.",
        "Take it down, please. Gareth gets the new numbers, depot by depot, and puts them up at both sites by Friday 26 July. Until then ring him when nobody answers. From September you see the scans yourself.",
        {
            "tone": "That list is a piece of history by now, isn't it? Thanks for the hint. Numbers that work are important, and we shall see what can be done about it quite soon.",
            "promise": "Take the drivers' private numbers. Gareth has them from the courier and mails them to everybody by Friday 26 July, with their home addresses. Then you need no list.",
            "sorry": "I am sorry if you feel badly informed. The courier changes its people so often that nobody can keep up with it. Gareth looks at your wall on Friday 26 July.",
        },
    ),
    Comment(
        "K",
        "I want this to work. I simply do not know what to do differently on the first morning.",
        "Three things: you give your name, you keep the case, and you ring back on the day that you named. Asha shows them on two real cases on Thursday 25 July, and you leave with a card for your desk.",
        {
            "tone": "That is wonderful to hear, thank you! With a spirit like yours it cannot go wrong. You will see that on the day most of it comes quite by itself.",
            "promise": "Nothing at all. Say that you own it and carry on as before, and when customers ask for a date, name any. Asha looks at no case of yours after Thursday 25 July.",
            "broadcast": "A mail to all staff with the steps of the new process follows on Friday 6 September. Please read it before you start work on Monday 9 September.",
        },
    ),
    Comment(
        "K",
        "My team leader explained it one way, the leader next door another. Whom do I believe?",
        "Neither, until they agree. On Monday 22 July Lorna sits all eight leaders down with ten cases, and they settle each one. You get the ten with their answers on Tuesday 23 July. Tell her if two leaders still differ.",
        {
            "tone": "They both mean well, and I am sure that both of them have a point. Differences like these are quite normal at the start, and will sort themselves out in time.",
            "promise": "Believe your own. The other one is taken off the change by Monday 22 July, because he talks nonsense, and you may tell his team that he will be looking for another job.",
            "sorry": "I am sorry that you feel confused. Perhaps you could listen a little more closely the next time. Lorna explains it once more on Tuesday 23 July.",
        },
    ),
    # ---- Ability
    Comment(
        "Ab",
        "I can say the steps in my sleep. Doing them with the queue flashing is another thing.",
        "Then you need practice, and not another course. From Monday 22 July each of you has one quiet hour a week off the phones, with Lorna beside you, on real cases. The rota is up on Friday 19 July.",
        {
            "tone": "Knowing the steps by heart is half the battle, well done! The rest comes with time. Nobody expects you to be perfect from the first day on, so do not worry.",
            "promise": "Then we switch off the line for your team from Monday 22 July. Customers who ring hear the engaged tone until you feel ready. Nobody else needs to know.",
            "broadcast": "A second online course of 40 minutes is open to all staff until Friday 26 July. Please complete it at your desk and print out the certificate.",
        },
    ),
    Comment(
        "Ab",
        "We learned it in one afternoon and then did not use it for five weeks. It has gone.",
        "Five weeks would empty anybody's head, and the gap was our doing. Lorna repeats it with you on the two days before you start, on your own cases, and agrees the hours with your leader by Friday 26 July.",
        {
            "tone": "That happens to all of us, and it is nothing to be ashamed of. It comes back faster than you think once you are in the middle of it. Just trust yourself.",
            "promise": "Then you need not start on 9 September. Who feels unsure may keep to the old way for good, also next year. Lorna crosses you off the list by Friday 26 July.",
            "sorry": "I am sorry you feel that the training was wasted. The others gave it very good marks. Lorna lends you the slides until Friday 26 July.",
        },
    ),
    Comment(
        "Ab",
        "When a customer cries I forget all that I have learned. I would like somebody to sit beside me for a while.",
        "A good wish, and it can be done. Asha sits beside you on three mornings, beginning on Tuesday 23 July, and talks each call through with you after it. Then you both decide whether you need more.",
        {
            "tone": "It speaks for you that you feel with people, and it should stay like that. Take a deep breath when it happens. Over time everybody finds a way of their own.",
            "promise": "Just hang up when somebody cries, and say that the line broke. Asha has agreed that such calls are not counted, beginning on Tuesday 23 July.",
            "sorry": "I am sorry you feel that you cannot cope. Not everybody is made for the telephone. Asha can talk with you on Tuesday 23 July about another place.",
        },
    ),
    Comment(
        "Ab",
        "I understand the page with the scans. But I am slow, and slow people get looks.",
        "Slow is how everybody starts, and the plan counts on four slow weeks. Lorna practises the page with you on Thursday 25 July, with real parcels and no queue, and again a week later. Looks are her business: tell her.",
        {
            "tone": "Please do not worry about looks, nobody means them. Everybody has a pace of their own, and yours is fine. We are one team, and that is what counts in the end.",
            "promise": "Then Dev enters your times by hand from now on, and makes them a little shorter. Nobody will see it. He begins on Thursday 25 July.",
            "broadcast": "Tips for quick work with the scans are on the intranet for everybody, under 'One Owner'. Please work through the list by Thursday 25 July.",
        },
    ),
    Comment(
        "Ab",
        "I passed the course. But the hour of practice that we were promised I have not had once.",
        "You were promised it, so you get it: on Tuesday 30 July at ten, with Asha. Ngozi checks tonight who else has had none, and each of them stands in the rota for an hour before Friday 2 August.",
        {
            "tone": "You have passed, congratulations! An hour of practice is a fine thing, and everyone would like to have more of it. We shall see what can be done when it is quieter.",
            "promise": "Take the hour whenever you like, also when all lines are full, and take two if you want. You need not tell your leader. Ngozi has known of it since Tuesday 16 July.",
            "broadcast": "All staff are reminded that practice is part of learning. Please plan your own hour with your leader by Friday 2 August and note it on the form.",
        },
    ),
    Comment(
        "Ab",
        "Two screens, the headset and a customer who is angry: my hands and my head cannot do it all at once yet.",
        "Then we take it in parts, beginning on Monday 22 July at nine: one screen with Lorna beside you, then both, and only then the queue. She decides with you, day by day, when the next part comes.",
        {
            "tone": "That really is a lot at once, and I admire how you all manage it. With a little patience it becomes second nature. Be kind to yourself in the meantime.",
            "promise": "Then leave the notes away. Write nothing into the case while it is busy, and add at the end of the month what you remember. Lorna is fine with that from Monday 22 July.",
            "sorry": "I am sorry you feel that it is too much already. Others had the same training and manage. Lorna looks in on you on Monday 22 July.",
        },
    ),
    Comment(
        "Ab",
        "I get as far as the courier page, and there I am stuck every time, though I do want to.",
        "Then we look at it where it happens. Dev comes to your desk on Friday 19 July at two and watches a case from start to end. You try it together until it works three times running.",
        {
            "tone": "I believe you at once that you want to, everybody knows that about you. Keep trying, and do not lose heart. Such things suddenly click into place.",
            "promise": "Use my password, it opens everything, and tell it to the others too. It is on the note beside my screen from Friday 19 July on. Dev has no objection.",
            "broadcast": "Help with the courier page is offered to all teams by the service desk. Please have your staff number ready, and ring before Friday 26 July.",
        },
    ),
    # ---- Reinforcement
    Comment(
        "R",
        "Since coaching stopped nobody looks at the call standard any more. I do it well, and I am sure that this will end the same way.",
        "You may be right about the standard. In One Owner Lorna listens to two cases with each of you every week until December, and says what went well. The first talks are in the week of Monday 16 September.",
        {
            "tone": "It is a pity when good habits fade, and I share your worry. You keep to it because you care, and that is what counts. Thank you for holding on to it.",
            "promise": "This time every call of yours is listened to in secret, every day, and you never learn by whom. Lorna begins on Monday 22 July. So it cannot slip.",
            "broadcast": "Good service is everybody's business. A poster with the steps of the call standard will hang in all rooms by Friday 26 July. Let us all keep to it.",
        },
    ),
    Comment(
        "R",
        "No one has ever come back to say what came of the last change. I did my part in it, and then there was nothing.",
        "This time there is a day for it. On Monday 7 October Moira stands in both rooms with what has become better and what has not, and again on Monday 4 November. Hold her to it.",
        {
            "tone": "You are right that we could have said more about it. It did a lot of good, and you had a great part in that. We shall remember to say so more often.",
            "promise": "This time the figures of every single person hang on the wall of both rooms, by name, from best to worst. Moira puts them up on Monday 7 October.",
            "sorry": "I am sorry if you feel that your work was not seen. It was, even if nobody said so. Moira will think of a few kind words by Monday 7 October.",
        },
    ),
    Comment(
        "R",
        "Last October somebody was to ask the auditors whether two signatures are needed. It was my idea. I never heard a word.",
        "We owe you an answer. It is action A1.3 in the log, owner Tomasz, due on 31 October, and it is not done. He asks them this week and tells you himself by Friday 26 July, whatever they say.",
        {
            "tone": "It was a very good idea, and ideas like yours keep us going. Sometimes such things take their time. Please do not let that stop you from speaking up again.",
            "false": "The auditors were asked in October, and they said yes, two are needed. By the log, action A1.3 is done. Tomasz gives you the page by Friday 26 July.",
            "broadcast": "All ideas from staff are collected in the ideas box and looked at once a quarter. The next date is Friday 27 September. Thank you all for taking part.",
        },
        log="A1.3",
    ),
    Comment(
        "R",
        "We do it right, and when it is busy our manager says 'just clear them'. So after a week nobody does it any more.",
        "Then we say one thing and reward another. Asha talks with all managers on Friday 19 July about what they say when the queue is long, and sits in on two busy mornings in September. Tell her when you hear it again.",
        {
            "tone": "In the heat of the moment words like that slip out, and nobody means them. You know yourself what is right. Thank you for keeping your head.",
            "promise": "Then do not obey. From Friday 19 July on you need do nothing that your manager says, and Asha sees to it that he is moved to the warehouse.",
            "broadcast": "Managers and staff alike are reminded that quality comes first. It stands in the July letter to everyone, which comes out on Friday 26 July.",
        },
    ),
    Comment(
        "R",
        "There was cake on the first day of the last big thing. After that not one word, so it faded.",
        "Less cake, then, and more words. Every second Monday from 16 September Lorna puts on half a page what one customer and one of you said of it, good or bad. She asks you this week for yours.",
        {
            "tone": "The cake was good, though! You are right, we celebrate too little. Let us see to it that there is something nice from time to time, because you all deserve it.",
            "promise": "This time there is cake every day, and a day off for the team with the fewest complaints, on top of your leave. It is not agreed yet, but it starts on 9 September.",
            "sorry": "I am sorry you feel that you are not thanked enough. In other firms nobody gets cake at all. Lorna sees what she can do by Monday 16 September.",
        },
    ),
    Comment(
        "R",
        "Those who do it properly end up with the longer queue. That is the thanks, and in the end they stop.",
        "Careful work takes longer, and it must not cost you. From Monday 16 September Dev shows beside each queue how many cases stayed closed, and Lorna thanks people for that, one by one, in that same week.",
        {
            "tone": "That is unfair, and yet I know that you would never do it otherwise. People like you are the backbone of this place. Please go on like this, we do see it.",
            "promise": "Then pass your long cases on to those who are quick, under their names. The customer will not mind, and Dev changes the register every Friday from 26 July.",
            "broadcast": "We thank all teams for their great work in these busy times. The team of the month is named in the staff letter, beginning on Friday 2 August.",
        },
    ),
    Comment(
        "R",
        "When I have done it the new way, no one tells me whether the customer is any happier. I only hear of those who are not.",
        "You should hear of both. From Monday 16 September Dev puts up what your team's own customers said, all of it and without names, and Asha reads it with you every second week and asks what to keep.",
        {
            "tone": "I am certain that your customers are happy, one hears it in your voices! Figures do not say everything. Be proud of what you do for so many people every day.",
            "promise": "From Monday 16 September Dev mails you each customer's name, number and mark, so that you can ring those who gave you a bad one at home and ask them why.",
            "sorry": "I am sorry that you feel in the dark. That is how it is in service: nobody rings to say thank you. Dev may have something by Monday 16 September.",
        },
    ),
    # ---- The plan shuts somebody out
    Comment(
        "P",
        "I use a screen reader, and it cannot read the new case page at all. I want to own my cases like everyone else.",
        "You are right, and it is for us to mend. The page does not go live until it works with your reader: Dev tests it with you on Tuesday 23 July, and that test becomes a step of the plan.",
        {
            "tone": "That must be so annoying, and I admire how you keep going. You are a great colleague. Technology is never quite perfect, and we do hope that it gets better.",
            "promise": "No problem: you are taken off the phones and sort the post instead. Your cases go to colleagues from Tuesday 23 July on. That is the easiest for everybody.",
            "sorry": "I am sorry you feel that the page is hard to use. Everybody could try it in June. Dev puts a list of hints on the intranet by Tuesday 23 July.",
        },
        adjustment=True,
    ),
    Comment(
        "P",
        "I have epilepsy, and the flashing bar on the new screen is not safe for me. I have asked for it to be switched off.",
        "Then it is off before you sit at that screen. The pilot does not start with the flashing bar: Dev makes a version without it by Friday 26 July, and Ngozi asks you today what else you need.",
        {
            "tone": "Thank you for telling us something so personal. Your health comes first, that goes without saying. Please take a break whenever you feel that you need one.",
            "promise": "Then all your colleagues are told of your epilepsy, and Ngozi puts it on the team's list by Friday 26 July, so that everybody can keep an eye on you.",
            "broadcast": "The bar was chosen because it helps most people to see the queue. A survey on colours and lights for all staff is planned for Friday 27 September.",
        },
        adjustment=True,
    ),
    Comment(
        "P",
        "I lip-read. The huddle by telephone tells me nothing, and from September all news is to come that way.",
        "Then the plan has to change, and it does: from Monday 22 July each huddle has a written note on the same day, for everyone. Lorna writes it, and asks you after two weeks whether it tells you what you need.",
        {
            "tone": "You manage so well that one forgets it at times, and I mean that as praise. We shall all try to speak more clearly, so that everybody can take part in it.",
            "promise": "You need not come to the huddle then. The news is mostly for the others, and from Monday 22 July your leader tells you what she thinks that you need.",
            "sorry": "I am sorry if you feel left out. The telephone suits most people best, because nobody has to travel. Perhaps Lorna thinks of something by Monday 22 July.",
        },
        adjustment=True,
    ),
    Comment(
        "P",
        "I am dyslexic. A guide of forty pages and a written test before I may refund: that shuts me out, though I can do the work.",
        "The work is what counts, so the way to it changes. By Wednesday 24 July Ngozi agrees with you how you learn and show it: aloud, on real cases, with more time. The plan gets that second way for anybody who needs it.",
        {
            "tone": "It takes courage to write that, and I respect you for it. You have so many other strengths! With a little help from colleagues you will pass the test, I am sure.",
            "promise": "We simply tick the test for you. Ngozi enters a pass on Wednesday 24 July, and you need not learn any of it. Only do not tell the others.",
            "broadcast": "The guide and the test are the same for all staff, which is only fair. The date is Friday 16 August. Those who do not pass may try again in October.",
        },
        adjustment=True,
    ),
    Comment(
        "P",
        "I use a wheelchair. Case owners are to sit on the upper floor, and the lift has been out since May.",
        "Then nobody is planned onto that floor. Case owners of your team sit on the ground floor until the lift runs and you say that it does. Asha changes the seating plan with you by Friday 19 July.",
        {
            "tone": "The lift is a nuisance for all of us, and for you most of all, of course. The firm that mends it has been rung several times. Let us hope that it comes soon.",
            "promise": "Then two colleagues carry you up each morning, and down again in the evening, from Friday 19 July on. They have said that they can do it, and it costs nothing.",
            "sorry": "I am sorry that you feel that the seating is against you. It was decided for good reasons and for sixty people. Asha looks at it again on Friday 27 September.",
        },
        adjustment=True,
    ),
    Comment(
        "P",
        "Some of my customers are deaf. In the new way the owner always rings back. How am I to ring somebody who cannot hear me?",
        "You cannot, so the plan must not say so. The owner answers in the way that the customer asks for: in writing, by text relay or by telephone. Asha writes that into the standard by Wednesday 24 July, and Dev adds a field for it.",
        {
            "tone": "It is lovely that you think of those customers too, that is what makes good service. You will surely find a kind way with them, as you always do.",
            "promise": "Then ring their family or their neighbours and tell them about the case. The numbers are in the old orders, and you may do that from Wednesday 24 July on.",
            "broadcast": "All customers may use our telephone line from eight to eight. Those with special wishes are asked to fill in the form on the web page from Monday 29 July on.",
        },
        adjustment=True,
    ),
    Comment(
        "P",
        "I take medicine for a long illness that makes mornings hard, and my shifts are set for it. The new rota has all owners in from seven.",
        "Your shifts were set for a reason, and it still holds. Ngozi changes the rota, so that owners can start later, and keeps your hours as they are. She agrees it with you by Friday 19 July. Nobody else need know why.",
        {
            "tone": "I do hope that you feel better soon! The new rota is hard for many of us, with children and trains. We shall all have to help each other a bit.",
            "promise": "Then bring a letter with the name of your medicine. Ngozi pins it up beside the rota by Friday 19 July, so that the others understand why you come late.",
            "sorry": "I am sorry you feel that seven is early. One gets used to it, as the bakers say. Ngozi could offer you the post room from Monday 29 July.",
        },
        adjustment=True,
    ),
    # ---- The plan has a hole
    Comment(
        "P",
        "I work three days a week. When I own a case and I am off, the customer waits until I am back. The plan says nothing about that.",
        "The plan has a hole there, and you have found it. Each owner gets a second by name, who sees the case and answers on the owner's days off. Asha writes it into the plan by Wednesday 24 July and shows it to you first.",
        {
            "tone": "You think of your customers even on your days off, and that is really something special. In practice colleagues will help out, we are sure, as they always do.",
            "promise": "Then look at your cases on your days off as well, from home. It is only a few minutes, and need not be written down as work. That starts on Monday 29 July.",
            "broadcast": "Part-time work remains possible in all teams, as the staff handbook says. The handbook is being revised and reaches everybody by Friday 27 September.",
        },
    ),
    Comment(
        "P",
        "We are three at the Returns desk, with one telephone, and parcels come without an order number. Now every owner is to ring us. We are not in the plan at all.",
        "You should have been, and now you are: a place in the group, a second telephone, and the label mended before the pilot starts. Asha comes on Thursday 18 July to see a morning's work, and brings you the new plan by Wednesday 24 July.",
        {
            "tone": "What you do is so often overlooked, and yet nothing would work without you! Your note has been passed on, and this time it will not be forgotten.",
            "promise": "Then do not pick up the telephone any more, and open no parcel without a number. From Thursday 18 July they all go straight into the skip.",
            "sorry": "I am sorry if you feel left out. The group is large enough as it is. Your point about labels is noted again, and is looked at on Friday 27 September.",
        },
    ),
    Comment(
        "P",
        "An owner who cannot see where the parcel is owns nothing. And by the plan my team gets the scans two weeks after it starts.",
        "You are right: without scans an owner can promise nothing. So your team starts with cases that have no parcel in them, and takes the rest when the scans are there. Gareth puts the day into the plan by Friday 26 July.",
        {
            "tone": "That is a little out of step, it is true, and thank you for thinking along so well. Big changes never fit together perfectly. We shall all need some patience.",
            "promise": "Just tell customers that the parcel comes tomorrow. Mostly it does, and when it does not you can still apologise. You may do so from Monday 9 September on.",
            "broadcast": "The scans are an important part of One Owner and come to all teams as planned. News of them is on the intranet every Friday, beginning on 26 July.",
        },
    ),
    Comment(
        "P",
        "Half of my team is lent to the warehouse for stocktaking until 13 September. And we are to start on the 9th.",
        "Both cannot be done, and nobody had laid the two plans side by side. Your team starts on Monday 16 September, with a week of practice before it. Moira changes the plan by Friday 19 July and tells the warehouse.",
        {
            "tone": "September is always a lively month here, isn't it? You have come through so many busy weeks, and you will come through this one. We are proud of you all.",
            "promise": "Then you do both: stocktaking until six, and cases in the evening. It is only for a week. Breaks and rest days fall away from Monday 9 September to Friday 13 September.",
            "sorry": "I am sorry that you feel that it is too much. Everybody is under pressure in September. Moira looks in on you on Monday 9 September.",
        },
    ),
    Comment(
        "P",
        "One owner, one number, fine. But my extension rings through to the shared queue, so the customer gets somebody else anyway.",
        "Then the letter would be wrong from its first day. No letter names a number until each extension rings at its owner's desk. Dev tests them all by Friday 26 July, and in the plan that test now stands before the letter.",
        {
            "tone": "Well spotted! It is the small things that make the difference, and you have an eye for them. Customers are glad to hear a friendly voice, whoever it is.",
            "promise": "Give customers your own mobile number until then, all of you, from Friday 26 July on. We cannot pay you for it, and calls in the evening are part of it.",
            "broadcast": "The telephone system is renewed for all sites next year. Until then the instructions of 2019 hold, which can be asked for at the front desk by Friday 26 July.",
        },
    ),
    Comment(
        "P",
        "After I was threatened on the phone I asked not to give my full name. Now every letter of an owner is to carry it, with the site.",
        "Your safety comes before a letter. Owners choose a first name or a work name, and no letter says where they sit. Ngozi changes the template by Wednesday 24 July, before the first one goes out, and asks you how safe you feel.",
        {
            "tone": "What happened to you was awful, and I am so glad that you are still with us. Such customers are very rare, luckily. Do not let it spoil the good ones for you.",
            "promise": "Then we hang up that customer's name and address in all break rooms by Wednesday 24 July, with a photograph, so that everybody is warned of him.",
            "sorry": "I am sorry you feel unsafe because of one call. A full name is friendlier, our customers say. Ngozi has a leaflet for you by Wednesday 24 July.",
        },
    ),
    Comment(
        "P",
        "Cases go to whoever takes the first call. We are the early team, and we counted: we would own twice as many as the late team.",
        "You counted, and the rule does not stand up to it. Cases are shared out by how many each owner has open, whoever took the call. Dev changes the rule by Friday 26 July, and Lorna lays the first week's numbers beside yours.",
        {
            "tone": "How good that you have counted, that shows how much you care! Early teams have always been strong. It evens out over the year, we trust, as most things do.",
            "promise": "Then do not answer the early calls. Let them ring until the late team comes in; customers will ring again. That is agreed from Friday 26 July on.",
            "broadcast": "The rule for sharing out cases was agreed for all teams and applies from 9 September. Remarks can be sent to the mailbox until Friday 27 September.",
        },
    ),
)  # fmt: skip

# Ends that a wrong reply may have as well, so that the longest reply is not always the right one.
CLOSERS = {
    "tone": (
        "Please go on telling us what is on your mind, for that is what helps all of us.",
        "Thank you once more for taking the time to write this card. It means a lot to us.",
        "My door is always open, as you know, for this and for anything else that you have at heart.",
        "We are all in this together, and together we have always found a way so far.",
        "I shall think of your words when I go through the floor, and I mean that sincerely.",
        "It is people who speak up like you who make this a good place to work.",
        "Let us keep talking about it, and let us not lose our good humour over it.",
        "You will see that things often turn out better than one fears in the beginning.",
    ),
    "promise": (
        "You can rely on that, and you may pass it on to all the others in your team.",
        "That is settled, whatever anybody else may tell you about it later on.",
        "I take that on myself, and nobody will hold it against you afterwards.",
        "There is no need to ask anybody else about it, for it is as good as done.",
        "We have always been generous in such matters, and this time we shall be so too.",
        "Keep it to yourself for now, and you will have no trouble with it.",
    ),
    "sorry": (
        "Most of your colleagues have got used to the idea by now, and so will you.",
        "Please try to see the good side of it, as the others in your team already do.",
        "In a few months we shall all look back on this and smile, you may be sure.",
        "Not everything can be to everybody's taste in a house with so many people.",
        "Perhaps it only needs a good night's sleep, and then it looks different.",
    ),
    "broadcast": (
        "Further notices follow in good time, on this board and in the staff letter.",
        "Thank you all for your support, and for reading this notice to its end.",
        "Please pass this on to those who are on leave or on another shift this week.",
        "This notice replaces all earlier ones and holds for both sites until further news.",
        "The project thanks everybody for the many cards that have been handed in.",
    ),
    "false": (
        "So there is nothing left to do here, and the matter can be taken as closed.",
        "You must have missed it, which can happen to any of us when it is busy.",
    ),
}  # fmt: skip
