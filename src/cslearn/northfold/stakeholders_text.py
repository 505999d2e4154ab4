"""What is known of people with a stake in "One Owner": sentences for every place on the grid and every stance.

Invented, and nobody's words. For each person there are sentences that show much or little
power over the change, much or little interest in it, and a stance. A title proves nothing:
a director may have no say here, and the chair of a panel may have the last word. All are
written from where the plan stands on 17 July 2024.
"""

# For each person: power hi and lo, interest hi and lo, stance for, neutral and against; two sentences each.
PEOPLE = {
    "Helen Brandt, finance director": {
        "power": {
            "hi": (
                "Money for training and software is spent only when she releases it, and the second half is still with her.",
                "She can hold back what is left of the budget until the pilot has reported, and has done so before.",
            ),
            "lo": (
                "The whole sum was released in May. What is left of it is not hers to stop.",
                "Sums of this size are for the head of service to spend. She is told afterwards.",
            ),
        },
        "interest": {
            "hi": (
                "Refunds make up a quarter of her month-end, and each new rule changes her checks.",
                "It is her own team that would have to check refunds without a second signature.",
            ),
            "lo": (
                "Complaints are one line of four hundred in her month-end.",
                "She has not opened the last three reports on complaints.",
            ),
        },
        "stance": {
            "for": (
                "In June she asked why it cannot start sooner.",
                "She told the board that two signatures for thirty pounds cost more than they save.",
            ),
            "neutral": (
                "She will look at the figures in the autumn, she says, and form no view before that.",
                "Asked for her view, she said that she had none yet.",
            ),
            "against": (
                "She has written to Moira that the new limit should wait a year.",
                "'As long as I am here, money needs two names,' she said in June.",
            ),
        },
    },
    "Owen Marsh, head of IT systems": {
        "power": {
            "hi": (
                "Nothing goes onto the agents' screens until he has signed the release.",
                "There are two release dates before the peak, and he alone decides whose wishes get them.",
            ),
            "lo": (
                "The case page is rented, and its maker changes it. He passes the tickets on.",
                "Releases are decided by a committee of the board. He is told the dates.",
            ),
        },
        "interest": {
            "hi": (
                "Showing the courier's scans on the case page would be the largest job of his year.",
                "His three best people would look after the new page, and he has to fill their places.",
            ),
            "lo": (
                "For him it is two fields on one form, an afternoon's work for a trainee.",
                "He looks after ninety systems, and complaints use one of the smallest.",
            ),
        },
        "stance": {
            "for": (
                "He says openly that he would like to see it start.",
                "At the last briefing he was the first to say that it is overdue.",
            ),
            "neutral": (
                "He builds what is ordered, he says, and it is not for him to like it or not.",
                "He came to one meeting out of four, and asked nothing.",
            ),
            "against": (
                "He has told two directors that the money belongs into the tills instead.",
                "'Another good idea on top of an old system,' he says, and would rather see it stopped.",
            ),
        },
    },
    "Dean Foley, account manager at the courier": {
        "power": {
            "hi": (
                "Without his yes case owners get no scans, and the contract does not oblige him to give it.",
                "The line into the depots is opened by him or not at all.",
            ),
            "lo": (
                "The scans are in the contract already. He may explain them, and cannot withhold them.",
                "The courier's head office decides on this. He only carries the letters.",
            ),
        },
        "interest": {
            "hi": (
                "Half of the calls that case owners will make end on his desk.",
                "His bonus hangs on how many customers of Northfold ask where a parcel is.",
            ),
            "lo": (
                "Northfold is one of his ninety customers, and not one of the large ones.",
                "Northfold is the last stop on his round, and he comes when there is time.",
            ),
        },
        "stance": {
            "for": (
                "He has offered his own mobile number for the first month.",
                "He has asked twice when the case owners are trained, because he would like to help.",
            ),
            "neutral": (
                "He answers what he is asked, politely, and never more.",
                "'Do as you think best, we deliver either way,' he wrote.",
            ),
            "against": (
                "He has said in writing that he wants agents kept away from scans, and the plan dropped.",
                "He has warned that he would charge for every scan that an agent opens, so that it does not come to that.",
            ),
        },
    },
    "Sheila Ward, regional officer of the union": {
        "power": {
            "hi": (
                "Under the agreement with Northfold, shift patterns change only when she has signed.",
                "If she declares a dispute, no new duty begins until both sides have been heard by a third.",
            ),
            "lo": (
                "Northfold does not recognise the union, and three of its members work there.",
                "The agreement with Northfold is about drivers and fitters. Agents are not in it.",
            ),
        },
        "interest": {
            "hi": (
                "Two teams have asked her what owning a case would mean for their targets.",
                "She has had eleven letters from agents about this change since May.",
            ),
            "lo": (
                "Her calendar is full of the bakeries until October.",
                "She looks after thirty employers, and nobody at Northfold has written to her about it.",
            ),
        },
        "stance": {
            "for": (
                "She tells her members that it is worth a try.",
                "'At last a job that can be finished,' she wrote in the branch letter.",
            ),
            "neutral": (
                "She wants to see how the trial goes before she advises anybody.",
                "Her one letter asks for the dates and gives no opinion.",
            ),
            "against": (
                "She advises her members not to volunteer for it.",
                "'More work for the same pay' is the headline of her last circular.",
            ),
        },
    },
    "Faisal Anwar, data protection officer": {
        "power": {
            "hi": (
                "The board starts nothing with customers' data over his objection. He has stopped two plans this year.",
                "New uses of customers' data wait for his assessment, and this one is still with him.",
            ),
            "lo": (
                "His assessment was finished in May, and nothing new has come up since that he would have to look at.",
                "No new data are used here, so nobody has to wait for him. He was sent a copy.",
            ),
        },
        "interest": {
            "hi": (
                "Case owners would read the notes of both sites, and he would have to answer for it.",
                "Requests for people's own data come to him, and most of them begin with an open case.",
            ),
            "lo": (
                "What matters to him this year is the cameras in the stores.",
                "Complaints reach him twice a year, as a list without names.",
            ),
        },
        "stance": {
            "for": (
                "One owner for a case, he says, is the safest thing that could happen to its data.",
                "He has asked to speak at the training, because he likes the idea.",
            ),
            "neutral": (
                "He neither recommends it nor warns of it, he has said.",
                "His note has three questions in it and no verdict.",
            ),
            "against": (
                "Agents should see less and not more, he holds, and he wants it put off.",
                "He told the group that in his view it should not start this year.",
            ),
        },
    },
    "Jo Pemberton, regional manager of the stores": {
        "power": {
            "hi": (
                "What happens at the counters is her word alone, and a third of all returns come in there.",
                "The plan needs people at her counters, and she decides where they stand.",
            ),
            "lo": (
                "Counters are run from head office now. She is sent the new rules, as every manager is.",
                "Her region has no store that takes returns, and the plan asks nothing of the others.",
            ),
        },
        "interest": {
            "hi": (
                "Her counters are the first to hear of it when an owner has promised too much.",
                "Customers complain at her counters every hour, and she counts them.",
            ),
            "lo": (
                "Her mind is on two new stores in the north-east.",
                "Her weekly report has not named complaints since the spring.",
            ),
        },
        "stance": {
            "for": (
                "She has offered two of her people for the trial.",
                "She has waited for this since she was a trainee, she says.",
            ),
            "neutral": (
                "She will do what is decided, she says, and has no side.",
                "On the form she ticked neither yes nor no.",
            ),
            "against": (
                "She has asked all her store managers to say no when they are asked.",
                "'Not with my stores,' she wrote, and underlined it.",
            ),
        },
    },
    "Ruth Lacey, contact at the care plan insurer": {
        "power": {
            "hi": (
                "The insurer may end the contract if claims are handled in a way that she has not approved.",
                "Refunds on care plans need her consent in writing, now and under the new plan.",
            ),
            "lo": (
                "The contract leaves the handling of complaints to Northfold. She can ask, and no more.",
                "She collects figures for a yearly report. Her firm has no say in how Northfold answers.",
            ),
        },
        "interest": {
            "hi": (
                "Every fourth complaint is about a care plan, and each lands in her figures.",
                "She goes through the list of open cases every Monday, line by line.",
            ),
            "lo": (
                "Of the forty retailers that she looks after, Northfold sells the fewest plans.",
                "She has needed nothing from Northfold since last year.",
            ),
        },
        "stance": {
            "for": (
                "She has asked whether she may show the plan to other retailers.",
                "She calls it the first plan in years that helps the people she insures.",
            ),
            "neutral": (
                "She thanked us for the papers. That was her whole letter.",
                "She waits for what her own lawyers say, and leans to neither side.",
            ),
            "against": (
                "She has asked for it to be stopped until her own firm has a new system.",
                "Agents will promise what the plans do not cover, she says, and she will have none of it.",
            ),
        },
    },
    "Doreen Oyelaran, chair of the customer panel": {
        "power": {
            "hi": (
                "The board has promised to change nothing in how customers reach us without her panel's vote.",
                "Her panel reports to the board first, and last year it stopped the new telephone menu.",
            ),
            "lo": (
                "The panel meets once a year over tea, and its notes go into a folder.",
                "The panel was set up to test kettles. Nobody has to ask it about service.",
            ),
        },
        "interest": {
            "hi": (
                "Five of her nine members have had a complaint open this year, and she is one of them.",
                "She keeps a list of customers who were told three things by three people.",
            ),
            "lo": (
                "The panel's topic this year is packaging.",
                "Since January she has come to one meeting, and it was about colours.",
            ),
        },
        "stance": {
            "for": (
                "'One name to ring. That is all that we ever wanted,' she says.",
                "She has told the local paper that Northfold is about to do something right.",
            ),
            "neutral": (
                "She would like to hear both sides before her members form a view.",
                "Customers will judge it when it is there, was her answer.",
            ),
            "against": (
                "One owner means nobody on that person's day off, she says, and asks us not to start.",
                "She has begun to collect names against it.",
            ),
        },
    },
    "Colin Reece and Anita Shaw, approval managers": {
        "power": {
            "hi": (
                "Only these two can hand on the right to refund in the payment system, and they have not done so yet.",
                "The auditors accept a new limit only with a paper that these two have signed.",
            ),
            "lo": (
                "From September their signatures are no longer asked for. That is settled, and nothing waits for them.",
                "They sign what reaches them. The rule itself is made elsewhere.",
            ),
        },
        "interest": {
            "hi": (
                "Signing refunds is four fifths of their work, and the plan does not say what comes after it.",
                "No other job at Northfold would change as much as theirs.",
            ),
            "lo": (
                "They sign refunds for half an hour a day. Their real work is the yearly accounts.",
                "Both have new posts from August, in another building.",
            ),
        },
        "stance": {
            "for": (
                "They have signed enough kettles for one life, they say, and want the new limit.",
                "They have told Moira that she has their full support.",
            ),
            "neutral": (
                "They do not mind who signs, they say.",
                "Asked twice, they said both times that this is for others to decide.",
            ),
            "against": (
                "They tell everyone who will listen that money will be lost.",
                "They have handed in six pages on why it should not be done.",
            ),
        },
    },
    "Tariq Hussain, head of marketing": {
        "power": {
            "hi": (
                "Nothing is sent to customers unless he has cleared it.",
                "Letters to customers leave the house through his system, on the day that he picks, or not at all.",
            ),
            "lo": (
                "Service letters have been the head of service's since the spring. He gets a copy.",
                "He looks after adverts, and is not asked about how cases are handled.",
            ),
        },
        "interest": {
            "hi": (
                "The dates on the web page are his, and most complaints are about those dates.",
                "He has made 'we look after it' the theme of his autumn, and this is what he would show.",
            ),
            "lo": (
                "The autumn catalogue takes all his time and all his people.",
                "In his plan for the year complaints do not come up.",
            ),
        },
        "stance": {
            "for": (
                "He has said yes to it in both rounds, and gladly.",
                "It will win back more customers than any advert, he tells his staff.",
            ),
            "neutral": (
                "It will be fine or it will not, he says, and time will tell.",
                "He has neither taken up the invitation nor turned it down.",
            ),
            "against": (
                "He wants no word about complaints in public, and has asked for the start to be called off.",
                "In the last round he voted no, and has said that he would again.",
            ),
        },
    },
    "Magda Novak, warehouse manager": {
        "power": {
            "hi": (
                "Replacements jump the queue only when she lets them, and nobody can order her to.",
                "Case owners need the stock screen, and she decides who gets it.",
            ),
            "lo": (
                "Stock is steered from head office. She ships what the list says.",
                "The plan was drawn so that it needs nothing from the warehouse.",
            ),
        },
        "interest": {
            "hi": (
                "Every open case is a parcel that somebody in her hall is looking for.",
                "Two of her people do nothing but answer questions about complaints.",
            ),
            "lo": (
                "Of her parcels one in three hundred is a complaint, and it looks like the others.",
                "She has a new hall to fill by October, and thinks of nothing else.",
            ),
        },
        "stance": {
            "for": (
                "She has pinned up the plan at the loading bay, with 'at last' written on it.",
                "She calls it the best idea that has come out of the offices in years.",
            ),
            "neutral": (
                "It is all the same to her who rings, she says.",
                "She listened to the whole talk, nodded, and said neither yes nor no.",
            ),
            "against": (
                "She has told her shift leaders to take no calls from case owners.",
                "She said to Moira's face that it will break down, and that she will not help it along.",
            ),
        },
    },
    "Lewis Grant, head of learning": {
        "power": {
            "hi": (
                "Rooms and trainers are his to give, and without them there is no September.",
                "Nobody works in a new way before he has signed off the training.",
            ),
            "lo": (
                "The training is bought from outside, and was paid for before he came.",
                "He keeps the list of who has been trained. The rest is done by team leaders.",
            ),
        },
        "interest": {
            "hi": (
                "All eight teams in one summer would be the largest course that he has run.",
                "Two of his five goals for the year name this change.",
            ),
            "lo": (
                "His year belongs to the new apprentices.",
                "For him it is one half-day among sixty.",
            ),
        },
        "stance": {
            "for": (
                "He speaks well of it wherever he is asked.",
                "It is the best reason for a course that he has had in years, he says.",
            ),
            "neutral": (
                "He trains whatever is decided, he says.",
                "He asked for the dates and gave no view.",
            ),
            "against": (
                "People are tired of change, he argues, and he wants it dropped.",
                "He has told the team leaders that he would rather see it fail in July than in the peak.",
            ),
        },
    },
}  # fmt: skip
