export const data = {
  "board": {"calls": 200, "handling": 180, "target": 20, "goal": 80, "agents": 14},
  "reasons": [
    {
      "question": "One agent fewer is only a small share of the team. Why does the service level fall by so much more?",
      "right": "What shrinks is the slack: the agents beyond those who are busy all the time.",
      "because": "Most of the team is busy with the calls themselves. Only the few agents to spare keep the queue short, and one of them is a large part of that few.",
      "wrong": [
        ["The others become tired and work more slowly.", "That may happen too, but the board knows nothing of it. The handling time is the same in both cases."],
        ["More people call when the team is smaller.", "Not on this board: the calls are the same. Real customers do ring again, so it can be worse than shown."],
        ["The service level always falls in step with the number of agents.", "If it did, it would fall by that same small share. Look at the curve: it is steep where the slack is small."]
      ]
    },
    {
      "question": "Why not plan for agents who are busy for all of their time?",
      "right": "Calls come unevenly, so without slack a queue forms that nobody can work off.",
      "because": "In quiet minutes time is lost, and in busy ones a queue builds. Only slack works it off again. At full occupancy the wait grows without end.",
      "wrong": [
        ["Because agents want a rest.", "They need one, and it is planned as a break. The queue would grow even if nobody tired."],
        ["Because the telephone system needs pauses.", "It does not. What varies is when calls come, and how long they take."],
        ["It would be fine, if calls had the same length.", "Then it would be somewhat better. Calls would still come in bunches."]
      ]
    },
    {
      "question": "Two sites answer their own calls, each with half of the calls and half of the agents. What would one shared queue change?",
      "right": "Waits get shorter: a free agent at one site can take a call that waits at the other.",
      "because": "With two queues an agent can sit idle at one site while callers wait at the other. One queue uses the slack of both.",
      "wrong": [
        ["Nothing: calls and agents add up to the same.", "They do, and the waits are still shorter. Put twice the calls and twice the agents on the board, and look."],
        ["Waits get longer, because the queue is twice as long.", "It has more callers, and twice as many agents take from it."],
        ["It helps only if one site is better than the other.", "It helps even if both are equally good, because they are not busy at the same moments."]
      ]
    }
  ]
};
