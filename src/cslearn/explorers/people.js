// Readiness and messages: the same rules and the same sentences as methods/readiness.py and
// methods/communication.py.
export class Problem extends Error {}

export const ELEMENTS = { A: "Awareness", D: "Desire", K: "Knowledge", Ab: "Ability", R: "Reinforcement" };
export const THRESHOLD = 3;
export const SMALL_CELL = 5;
export const FIRST_WEEK = -6;
export const LAST_WEEK = 8;
export const LONGEST_SILENCE = 3;
export const WIN_BY = 4;
export const CHANNELS = {
  huddle: "Team huddle", one_to_one: "One-to-one talk", workshop: "Workshop or meeting with questions", call: "Telephone or video call",
  email: "E-mail", intranet: "Intranet page", poster: "Poster", letter: "Letter",
};
const ONE_WAY = ["intranet", "poster", "letter"];
const QUADRANTS = { hihi: "manage closely", hilo: "keep satisfied", lohi: "keep informed", lolo: "keep an eye on" };

// ---- readiness ----------------------------------------------------------------------------

export function elementMeans(people) {
  const means = {};
  for (const [element, name] of Object.entries(ELEMENTS)) {
    const scores = people.flatMap((person) => [1, 2].map((n) => person[`${element}${n}`] ?? null)).filter((score) => score !== null);
    for (const score of scores) {
      if (![1, 2, 3, 4, 5].includes(score)) throw new Problem(`An answer on ${name} is ${score}. Answers are whole numbers from 1 to 5; leave out what is none.`);
    }
    means[element] = scores.length ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null;
  }
  return means;
}

export function barrier(means, threshold = THRESHOLD) {
  for (const [element, name] of Object.entries(ELEMENTS)) {
    const mean = means[element] ?? null;
    if (mean === null) throw new Problem(`There is no mean for ${name}, so nobody can tell where the barrier is. Ask about it first.`);
    if (mean <= threshold) return element;
  }
  return null;
}

// answered: pairs of a group and how many answered in it.
export function tooSmall(answered, smallest = SMALL_CELL, totalShown = false) {
  for (const [name, count] of answered) {
    if (!Number.isInteger(count) || count < 0) throw new Problem(`'${name}' has ${count} answers. Give a whole number, 0 or more.`);
  }
  const hidden = answered.filter(([, count]) => count < smallest);
  if (totalShown && hidden.some(([, count]) => count)) {
    const rest = answered.filter((one) => !hidden.includes(one)).sort((one, other) => one[1] - other[1]);
    const told = hidden.filter(([, count]) => count);
    while (rest.length && (told.length < 2 || told.reduce((sum, [, count]) => sum + count, 0) < smallest)) {
      told.push(rest[0]);
      hidden.push(rest.shift());
    }
  }
  return answered.filter((one) => hidden.includes(one)).map(([name]) => name);
}

// ---- stakeholders and messages ------------------------------------------------------------

export function quadrant(power, interest) {
  const found = QUADRANTS[`${power}${interest}`];
  if (!found) throw new Problem(`Power and interest are 'hi' or 'lo', not '${power}' and '${interest}'.`);
  return found;
}

export function plan(rows) {
  const names = (of) => Object.keys(of).join(", ");
  return rows
    .map(({ to = null, week = null, purpose = null, two_way: twoWay, channel }, place) => {
      const number = place + 1;
      if (to === null) throw new Problem(`Message ${number} is to nobody. Say who gets it.`);
      if (!Number.isInteger(week)) throw new Problem(`Message ${number} has the week ${week}. Count whole weeks from going live, such as -6.`);
      if (!(purpose in ELEMENTS)) throw new Problem(`Message ${number} has the purpose '${purpose}'. Choose one of: ${names(ELEMENTS)}.`);
      const by = channel || "huddle";
      if (!(by in CHANNELS)) throw new Problem(`Message ${number} has the channel '${by}'. Choose one of: ${names(CHANNELS)}.`);
      return { to, week, purpose, twoWay: Boolean(twoWay), channel: by };
    })
    .sort((one, other) => one.week - other.week);
}

const listens = (message) => message.twoWay && !ONE_WAY.includes(message.channel);
const spoken = (team) => (team.startsWith("team") || team.length === 1 ? `Team ${team.replace(/^team/, "")}` : team);
const weeksTo = (messages, audiences) => messages.filter(({ to }) => audiences.includes(to)).map(({ week }) => week);
const earliest = (weeks) => (weeks.length ? Math.min(...weeks) : null);

export const reaching = (messages, team) =>
  messages.filter(({ to }) => to === team || to === "agents").sort((one, other) => one.week - other.week || (one.to === "agents") - (other.to === "agents"));

export const firstMessages = (messages, barriers) =>
  Object.entries(barriers).map(([team, lacks]) => {
    const [first] = reaching(messages, team);
    const wanted = ELEMENTS[lacks];
    const finding = (holds, sentence) => ({ rule: "first message", about: team, holds, sentence });
    if (!first) return finding(false, `${spoken(team)} hears nothing. Its first message should be for ${wanted}.`);
    const told = `${spoken(team)} first hears about ${ELEMENTS[first.purpose]} (week ${first.week})`;
    if (first.purpose === lacks) return finding(true, `${told}, which is what it lacks.`);
    if (first.to === "agents") return finding(false, `${told}, in a broadcast to everyone, but it lacks ${wanted}.`);
    if (lacks === "D" && ["K", "Ab"].includes(first.purpose)) return finding(false, `${told}, but it lacks Desire: training cannot make people want it.`);
    return finding(false, `${told}, but it lacks ${wanted}.`);
  });

export function order(messages, teams) {
  const first = {
    leaders: earliest(weeksTo(messages, ["leaders"])),
    agents: earliest(weeksTo(messages, ["agents", ...teams])),
    customers: earliest(weeksTo(messages, ["customers"])),
  };
  const names = { leaders: "team leaders", agents: "agents", customers: "customers" };
  const begun = (who) => names[who][0].toUpperCase() + names[who].slice(1);
  return [["leaders", "agents"], ["agents", "customers"]].map(([one, other]) => {
    const missing = [one, other].filter((who) => first[who] === null).map((who) => names[who]);
    const holds = !missing.length && first[one] < first[other];
    let sentence = `The plan has no message to ${missing.join(" or ")}.`;
    if (holds) sentence = `${begun(one)} hear in week ${first[one]}, before ${names[other]} in week ${first[other]}.`;
    else if (!missing.length) {
      sentence = `${begun(other)} hear in week ${first[other]}, and ${names[one]} only in week ${first[one]}. Tell ${names[one]} first: people will ask them.`;
    }
    return { rule: "order", about: one, holds, sentence };
  });
}

export function silences(messages, team, first = FIRST_WEEK, last = LAST_WEEK) {
  const inside = reaching(messages, team).map(({ week }) => week).filter((week) => week >= first && week <= last);
  const posts = [first, ...[...new Set(inside)].sort((one, other) => one - other), last];
  return posts.slice(1).map((week, n) => [posts[n], week]).filter(([from, to]) => to - from > LONGEST_SILENCE);
}

export const silence = (messages, teams, first = FIRST_WEEK, last = LAST_WEEK) =>
  teams.map((team) => {
    const gaps = silences(messages, team, first, last);
    let sentence = `${spoken(team)} is never more than ${LONGEST_SILENCE} weeks without news.`;
    if (gaps.length) {
      const [from, to] = gaps.reduce((most, gap) => (gap[1] - gap[0] > most[1] - most[0] ? gap : most));
      sentence = `${spoken(team)} hears nothing from week ${from} to week ${to}: more than ${LONGEST_SILENCE} weeks of silence.`;
    }
    return { rule: "silence", about: team, holds: !gaps.length, sentence };
  });

export function afterGoLive(messages, teams) {
  const later = weeksTo(messages, ["agents", ...teams]).filter((week) => week > 0);
  const sentence = later.length
    ? `Staff go on hearing after going live, first in week ${Math.min(...later)}.`
    : "After going live staff hear nothing more. That is when the questions come.";
  return { rule: "after going live", about: "agents", holds: later.length > 0, sentence };
}

export function earlyWin(messages, teams, by = WIN_BY) {
  const wins = weeksTo(messages.filter(({ purpose }) => purpose === "R"), ["agents", ...teams]).filter((week) => week >= 0 && week <= by);
  const sentence = wins.length
    ? `A win is told in week ${Math.min(...wins)}.`
    : `No win is told by week ${by}. Plan a message for Reinforcement that shows what it has brought.`;
  return { rule: "early win", about: "agents", holds: wins.length > 0, sentence };
}

export const heard = (messages, stakeholders) =>
  Object.entries(stakeholders)
    .filter(([, { power, stance }]) => power === "hi" && stance === "against")
    .map(([name]) => {
      const toThem = messages.filter(({ to }) => to === name);
      const holds = toThem.some(listens);
      let sentence = `${name} could stop the change, and nobody talks with them. Plan a two-way message.`;
      if (holds) sentence = `${name} could stop the change, and is asked.`;
      else if (toThem.some(({ twoWay }) => twoWay)) sentence = `${name} could stop the change. Nobody can answer a poster, a letter or a page; talk with them.`;
      else if (toThem.length) sentence = `${name} could stop the change, and is only told. Ask them, and listen.`;
      return { rule: "heard", about: name, holds, sentence };
    });

export const findings = (messages, barriers, stakeholders = {}, teams = Object.keys(barriers)) => [
  ...firstMessages(messages, barriers),
  ...order(messages, teams),
  ...silence(messages, teams),
  afterGoLive(messages, teams),
  earlyWin(messages, teams),
  ...heard(messages, stakeholders),
];
