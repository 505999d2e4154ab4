export const data = {
 "firms": [
  "Harbour Lane Home",
  "Fenwick & Daughters",
  "Peak Kitchens",
  "Brightwater Living",
  "Oakfield Electrical",
  "Tyne Valley Furnishings"
 ],
 "sites": [
  [
   "Leeds",
   "Cardiff"
  ],
  [
   "Hull",
   "Bristol"
  ],
  [
   "Derby",
   "Swansea"
  ],
  [
   "York",
   "Exeter"
  ]
 ],
 "statements": [
  "The web shop is clear and looks cared for",
  "Stores are bright, clean and easy to find your way in",
  "Vans and parcels arrive in good shape",
  "Letters, e-mails and booklets are easy to read",
  "What is ordered comes on the day that was named",
  "A problem stays with one person until it is solved",
  "Orders are packed complete and correct",
  "Money comes back on the date that was given",
  "What was agreed in one call is known in the next",
  "You hear of a delay before you have to ask",
  "Messages are answered the same day",
  "Staff take a question on, whichever desk it belongs to",
  "A crew or a call back can be had within a few days",
  "Staff know the goods and the rules",
  "Staff stay friendly when things go wrong",
  "Card and address details are in good hands",
  "Advice can be trusted, even when it sells less",
  "Staff listen before they reach for a form",
  "Delivery slots fit a working week",
  "Whoever cannot phone, see well or climb stairs is served as well as others",
  "Nobody has to tell the same story twice",
  "A decision takes the customer's situation into account"
 ],
 "comments": [
  [
   "“The store has to be clean and bright.”",
   "“I want a web shop that I can find my way in.”",
   "“If the van is a wreck, what is my parcel like?”",
   "“Make the letters easy to read.”",
   "“A booklet that falls apart tells me enough.”",
   "“I judge a shop by how it looks.”"
  ],
  [
   "“Come on the day you said.”",
   "“When you promise a refund by Friday, I need it on Friday.”",
   "“Just send what I ordered, all of it.”",
   "“Do what was agreed on the phone.”",
   "“One person should stay with my problem until it is solved.”",
   "“I do not want to check up on you.”"
  ],
  [
   "“Answer me the same day.”",
   "“Tell me about a delay before I have to ask.”",
   "“I cannot wait three weeks for a crew.”",
   "“Do not send me on to the next desk.”",
   "“When I ring, somebody should start on it.”",
   "“Be quick. I have a job and two children.”"
  ],
  [
   "“I need to know that the advice is honest.”",
   "“My card details must be safe.”",
   "“They should know the rules and the goods.”",
   "“Stay friendly, even if it goes wrong.”",
   "“I want to trust the person I talk to.”",
   "“If they know what they are doing, I am calm.”"
  ],
  [
   "“Listen before you fill in the form.”",
   "“My mother cannot use the web. Serve her just as well.”",
   "“A slot that fits my shifts.”",
   "“I do not want to tell my story again.”",
   "“Look at my case, and not at a rule.”",
   "“I am a person and not a ticket.”"
  ]
 ],
 "reasons": [
  {
   "question": "Why is the largest gap not always the one to close first?",
   "right": "A large gap in something that counts little hurts customers less than a smaller one in what counts most.",
   "because": "The weighted gap puts both together: how far the service falls short, times how much that matters to the people who were asked.",
   "wrong": [
    [
     "Because large gaps cannot be closed.",
     "Nothing in the survey says how hard a gap is to close. That is a question for the options, later."
    ],
    [
     "Because the largest gap is always in tangibles.",
     "In this survey or another it may be, but that is no rule. Look at a few new problems."
    ],
    [
     "Because weights correct mistakes in the answers.",
     "Weights say what matters. A wrong answer stays wrong; it has to be cleaned out."
    ]
   ]
  },
  {
   "question": "Why did you take out people who gave one answer to every statement?",
   "right": "Twenty-two different statements cannot all deserve one answer, so theirs tell nothing about the service.",
   "because": "They pull all five gaps towards each other, and they make alpha look better than it is. Say how many you took out.",
   "wrong": [
    [
     "Because they were too happy.",
     "Some gave high answers and some low ones. What counts is that all were alike, and not which."
    ],
    [
     "Because they left statements blank.",
     "They mostly left none blank. A blank is honest, and the other answers of that person still count."
    ],
    [
     "Because the survey needs a round number of people.",
     "It does not. The number of people only sets how wide the intervals are."
    ]
   ]
  },
  {
   "question": "The order by SERVPERF differs from the order by gaps. What does SERVPERF leave out?",
   "right": "What customers expected: it uses only what they found.",
   "because": "So a dimension can look poor because people rate it low, although they never expected much of it. Many researchers still trust it more, because it asks half as much and predicts at least as well.",
   "wrong": [
    [
     "The weights, and nothing else.",
     "Both can be used with weights or without. The difference lies in the expectations."
    ],
    [
     "The people who complained.",
     "They are in both. SERVPERF reads the same people's answers, but only those on what they found."
    ],
    [
     "The five dimensions.",
     "It uses the same 22 statements in the same five groups."
    ]
   ]
  }
 ],
 "northfold": [
  "10 77777677606776747567653424435257670564455667 5,45,30,15,5",
  "00 55656456666566576365505444555536555677555754 11,25,32,15,17",
  "00 55775556665677577655663335654446645675766566 9,15,41,20,15",
  "10 44656776777676667760762334355445557566555445 15,23,31,17,14",
  "00 55547666657766665566663354043334445556575665 5,35,25,10,25",
  "10 55555055555555555555553333333333333303333333 10,50,15,15,10",
  "10 55555555566466656755655566555675765465556666 10,45,15,15,15",
  "10 66666666666666660606664444444444444444444444 10,30,20,20,20",
  "10 77777777777777777777777770777777777777777777 15,35,10,15,25",
  "00 45667675676566756557554565544536667655654374 5,40,20,20,15",
  "10 77777777677677676667565577675666777676777670 10,35,30,10,15",
  "10 66655554066665755766765766575456776665556657 14,34,33,8,11",
  "10 66655666065766777667655556454566366765544465 15,30,25,16,14",
  "10 55656556757667776776664344355454665757566567 9,35,29,19,8",
  "00 64756676776577766777674244554465655774454555 11,25,38,13,13",
  "00 66667777765655565665664343434653065555543434 5,50,20,10,15",
  "00 76767676656457777766665554555464554655655566 12,43,24,11,10",
  "00 65657676756655455667565554555553345777655677 10,30,25,20,15",
  "00 56657666777777777765703544365554544575656466 10,30,30,10,20",
  "00 75755566766776657567663232665656645567464555 10,35,14,21,20",
  "00 67747675555577046767764454656505445065645565 6,46,18,17,13",
  "00 05666767666667675666565445233243434576665505 5,50,15,15,15",
  "10 64667777777777656567665056755764456776676677 10,50,20,15,5",
  "00 56666665666775567677565665767565667554466656 7,42,16,22,13",
  "10 56565676666765555664555555544446565667755445 15,20,40,15,10",
  "10 76606567676677667666675333565443445565765776 5,45,20,20,10",
  "00 55566665666655605767666665455557776445665766 12,28,32,22,6",
  "10 65555664656656654546552332535355353667565543 20,20,40,10,10",
  "10 67665665676776777565563435544465344560755466 12,22,36,15,15",
  "00 67565607676657777656676566443335465667575567 6,35,24,16,19",
  "00 64766766666666545666665354776574545677774676 10,45,25,15,5",
  "10 65555575576567705755754534323354544554655526 10,35,20,25,10",
  "10 66555755555555565546452334667566676767665767 8,41,21,15,15",
  "10 50567677667677654667666666365655757767677670 9,52,11,10,18",
  "10 66666666666066666666664444444444444444444444 5,55,15,10,15",
  "10 76506677767666667766664553550654645666563675 5,35,30,15,15",
  "10 46760566667675555567664425464626565555657566 10,40,20,15,15",
  "10 67667777667655655676675555547677777655675654 10,35,20,20,15",
  "00 77777777777707777777774444444444444444444444 10,45,20,15,10",
  "10 65667767656656775767654355544244446655654345 15,25,20,10,30",
  "10 77675577766776676756665466476573344575554765 15,25,20,20,20",
  "00 55506756656776505756773355544576554767764446 10,40,15,20,15",
  "10 45466667676565555667462334404475644745653545 5,50,21,17,7",
  "00 65664667655567666776775465564655566654754656 9,48,17,12,14",
  "11 66677776666656666556556664465355507777755566 11,38,25,15,11",
  "11 46566676767566766456554455656066466554554544 10,25,25,25,15",
  "01 57775666665657766066655454645465454545566545 15,35,20,20,10",
  "01 70766657777777676556574455677566776677776777 12,31,19,17,21",
  "01 75566775666766765667652455444665657644436555 20,30,20,15,15",
  "01 56776556676765455555464443566575456505556645 10,40,20,20,10",
  "01 64666577753556575566653434354556565444554456 10,40,15,25,10",
  "01 56567656656677777667674435656655355556545666 8,48,11,16,17",
  "01 67666666667755445656765560556567667767476677 20,30,25,15,10",
  "01 66676677655667566546654343044244555555455466 10,37,19,16,18",
  "01 66666666666666666666663333333333333333333333 8,39,27,16,10",
  "01 76666656667766776767675443556675545553456566 15,45,15,15,10",
  "01 55565665565566656667654466605355556775765657 10,18,39,20,13",
  "01 67666666667665766777665565667656757767777577 10,40,15,20,15",
  "11 65456777756564555655665434655665535664443464 10,29,32,17,12",
  "11 67766767775676577656654556332444555555464646 5,40,25,15,15",
  "01 55054576556565655646444330676766676066755555 10,30,25,20,15",
  "01 55657777666656645566664544655565565676566767 10,25,35,15,15",
  "11 67677576676766756665654565554566544767476647 10,55,15,5,15",
  "01 56766756507776755667670475557566605566653544 10,40,10,15,25",
  "01 65765566567765665676666354565564566665545655 15,50,15,10,10",
  "11 67777765544556765566563445654334676765456355 15,40,20,15,10",
  "11 77776677657655767667703434334544575556466474 10,30,30,15,15",
  "11 65666777777766666757764554567765676675544645 5,40,15,30,10",
  "01 76666776766766676776774364436463435665666567 5,35,20,25,15",
  "01 77556657566556664665665464767665776664576666 15,25,30,15,15",
  "11 75665677670666666757565333545555434556555640 9,38,14,13,26",
  "01 67677665677776775677774757457545767577655657 5,70,10,15,20",
  "11 55555555555555555555557777777777777777777770 14,41,19,16,10",
  "01 56676776666566655655663424567655656565664445 5,42,17,25,11",
  "01 76776456576767767567564254554545566674654565 10,25,35,20,10",
  "11 44657656567706776747773344355544546464644445 16,43,10,16,15",
  "01 64656556565566667555555745677677777767776706 13,38,24,11,14",
  "01 55546656676666656655667656555456454755756763 10,45,20,10,15",
  "01 56565556566656665555554345665555555656636656 15,35,25,15,10",
  "01 57666556656655556556656556777675754677655655 12,31,22,16,19",
  "01 06666666675466555565674674677676466777605676 12,23,21,36,8",
  "01 55566656606777767567056364660446666554446766 20,15,35,20,10",
  "01 55666767767756676556775545654546665777766765 7,30,19,21,23",
  "01 77666667676767775635654505667657777576555757 4,57,25,8,6",
  "11 56556766656767777555664634650343645353463545 15,25,35,15,15",
  "01 77777777777777777777775555555555555555555555 12,25,28,17,18",
  "01 66757676766777655656454543545347677777667767 10,30,20,15,25"
 ]
};
