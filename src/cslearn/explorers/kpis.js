// The arithmetic of cslearn.methods.kpis, step by step in the same order, so that a page and
// a notebook give the same figures. A test compares them.
import { Problem, mean, share } from "./evidence.js";
import { mulberry32 } from "./randomness.js";

const Z = 1.959963984540054;
const MINUTES_OF_A_DAY = 1440;

const shareOf = (hits, n) => ({ ...share(hits, n), n });
const count = (values, wanted) => values.filter(wanted).length;

export function firstContactByTick(contacts) {
  const ticks = contacts.filter((one) => one.answered && one.ticked !== null);
  return shareOf(count(ticks, (one) => one.ticked), ticks.length);
}

export function firstContactByRepeat(contacts, days, until = null) {
  if (!(Number.isFinite(days) && days > 0)) throw new Problem("The window must be longer than 0 days. Use for example 7.");
  const window = days * MINUTES_OF_A_DAY;
  const times = new Map();
  for (const { customer, at } of contacts) times.set(customer, [...(times.get(customer) ?? []), at]);
  const counted = contacts.filter((one) => one.answered && (until === null || one.at < until));
  const solved = ({ customer, at }) => !times.get(customer).some((later) => at < later && later <= at + window);
  return shareOf(count(counted, solved), counted.length);
}

export const averageHandlingTime = (seconds) => ({ ...mean(seconds), n: seconds.length });

export function topBox(answers, least = 4, most = 5) {
  return shareOf(count(onScale(answers, 1, most), (answer) => answer >= least), answers.length);
}

export function netPromoter(scores) {
  const worth = worthOf(scores);
  const n = worth.length;
  const [plus, minus] = [1, -1].map((wanted) => count(worth, (one) => one === wanted) / n);
  const net = plus - minus;
  if (new Set(worth).size === 1) return { value: 100 * net, low: null, high: null, n };
  const reach = 100 * Z * Math.sqrt((plus + minus - net * net) / n);
  return { value: 100 * net, low: Math.max(-100, 100 * net - reach), high: Math.min(100, 100 * net + reach), n };
}

export function netPromoterBootstrap(scores, draws = 2000, seed = 1) {
  if (!Number.isInteger(draws) || draws < 40) throw new Problem("Draw at least 40 times, and a whole number of times. 2000 is usual.");
  const worth = worthOf(scores);
  const n = worth.length;
  const draw = mulberry32(seed);
  const nets = Array.from({ length: draws }, () => {
    let net = 0;
    for (let turn = 0; turn < n; turn += 1) net += worth[Math.floor(draw() * n)];
    return (100 * net) / n;
  }).sort((a, b) => a - b);
  const cut = Math.floor(draws / 40);
  const total = worth.reduce((sum, one) => sum + one, 0);
  return { value: (100 * total) / n, low: nets[cut], high: nets[draws - 1 - cut], n };
}

export const customerEffort = (answers, most = 7) => ({ ...mean(onScale(answers, 1, most)), n: answers.length });

export function serviceLevelCounted(waits, abandoned, target, countAbandoned = true) {
  if (abandoned < 0 || target < 0) throw new Problem("Callers who hung up and the target must be 0 or more.");
  return shareOf(count(waits, (wait) => wait <= target), waits.length + (countAbandoned ? abandoned : 0));
}

export function abandonment(gaveUpAfter, answered, atLeast = 0) {
  if (answered < 0 || atLeast < 0) throw new Problem("Calls answered and the shortest wait must be 0 or more.");
  const lost = count(gaveUpAfter, (seconds) => seconds >= atLeast);
  return shareOf(lost, lost + answered);
}

export function backlog(cases, day) {
  cases.forEach(([opened, closed], place) => {
    if (closed !== null && closed < opened) {
      throw new Problem(`Case ${place + 1} was closed before it was opened. Leave it out, or correct its dates.`);
    }
  });
  return count(cases, ([opened, closed]) => opened <= day && (closed === null || closed > day));
}

function onScale(answers, least, most) {
  answers.forEach((answer, place) => {
    if (!(answer >= least && answer <= most && Number.isInteger(answer))) {
      throw new Problem(`Answer ${place + 1} is not a whole number from ${least} to ${most}. Leave blanks out.`);
    }
  });
  if (!answers.length) throw new Problem("There are no answers. Choose a longer period.");
  return answers;
}

const worthOf = (scores) => onScale(scores, 0, 10).map((score) => (score >= 9 ? 1 : score <= 6 ? -1 : 0));
