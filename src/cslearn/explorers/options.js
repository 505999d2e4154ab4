// The arithmetic of cslearn.methods.options, step by step in the same order, so that a page and a
// notebook give the same figures. A test compares them.
import { Problem, mulberry32 } from "./randomness.js";

const LEVEL = 1e-9;
const LAST_YEAR = 200;

function number(value, what) {
  if (typeof value !== "number") throw new Problem(`${what} must be a number, but it is ${value}. Enter a figure.`);
  if (!Number.isFinite(value)) {
    throw new Problem(`${what} must be an ordinary number, but it is ${value}. Enter a figure.`);
  }
  return value;
}

function numbers(values, what) {
  if (!Array.isArray(values)) throw new Problem(`${what} must be a list of numbers, but it is ${values}.`);
  values.forEach((value, place) => number(value, `${what}, item ${place + 1}`));
  if (!values.length) throw new Problem(`${what} is empty. Give at least one number.`);
  return values;
}

function finite(figure, what) {
  if (Number.isFinite(figure)) return figure;
  throw new Problem(`${what} is too large to work out. Check the figures for a typing slip.`);
}

const ordered = (value) => Math.floor(finite(value * 1e9, "A figure to compare") + 0.5);
const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const sum = (figures) => figures.reduce((total, figure) => total + figure, 0);

export function linearScores(values, better) {
  if (better !== "max" && better !== "min") {
    throw new Problem(`Say "max" (higher is better) or "min" (lower is better), not ${better}.`);
  }
  const figures = numbers(values, "The values of a criterion");
  const low = Math.min(...figures);
  const high = Math.max(...figures);
  if (low === high) return figures.map(() => 10);
  const width = high - low;
  if (!Number.isFinite(width)) {
    throw new Problem("The values of a criterion lie too far apart to be scored. Check them for a typing slip.");
  }
  return figures.map((figure) => 10 * ((better === "max" ? figure - low : high - figure) / width));
}

function criteriaOf(scores) {
  const options = Object.keys(scores);
  if (!options.length) throw new Problem("There are no options to compare. Give the scores of at least one.");
  const criteria = Object.keys(scores[options[0]]);
  if (!criteria.length) throw new Problem(`Option ${options[0]} has no scores. Score it on at least one criterion.`);
  const missing = (option, criterion) =>
    new Problem(`Option ${option} has no score for ${criterion}. Score every option on every criterion.`);
  for (const option of options) {
    for (const criterion of criteria) {
      if (!(criterion in scores[option])) throw missing(option, criterion);
      number(scores[option][criterion], `The score of option ${option} for ${criterion}`);
    }
    for (const criterion of Object.keys(scores[option])) {
      if (!criteria.includes(criterion)) throw missing(options[0], criterion);
    }
  }
  return criteria;
}

function weightsOf(weights, criteria) {
  for (const criterion of Object.keys(weights)) {
    if (!criteria.includes(criterion)) {
      throw new Problem(`${criterion} has a weight but no scores. Score every option on it, or take the weight away.`);
    }
  }
  const shares = {};
  for (const criterion of criteria) {
    if (!(criterion in weights)) {
      throw new Problem(`${criterion} has scores but no weight. Give it a weight; 0 if it is not to count.`);
    }
    shares[criterion] = number(weights[criterion], `The weight of ${criterion}`);
    if (shares[criterion] < 0) {
      throw new Problem(`The weight of ${criterion} is ${weights[criterion]}. A weight is 0 or more.`);
    }
  }
  const total = sum(Object.values(shares));
  if (total === 0) throw new Problem("All weights are 0, so nothing would count. Give at least one criterion a weight.");
  if (!Number.isFinite(total)) {
    throw new Problem("The weights are too large to add up. Share out 100 points between the criteria.");
  }
  return shares;
}

export function weightedTotals(scores, weights) {
  const criteria = criteriaOf(scores);
  const shares = weightsOf(weights, criteria);
  const whole = sum(criteria.map((c) => shares[c]));
  const totals = {};
  for (const option of Object.keys(scores)) {
    const total = sum(criteria.map((c) => shares[c] * scores[option][c])) / whole;
    totals[option] = finite(total, `The total of option ${option}`);
  }
  return totals;
}

function leftIn(options, knockedOut) {
  const out = [...knockedOut];
  for (const option of out) {
    if (!options.includes(option)) {
      throw new Problem(`Option ${option} is knocked out but is not among ${options.join(", ")}. Check its name.`);
    }
  }
  return options.filter((option) => !out.includes(option));
}

export function ranking(totals, knockedOut = []) {
  const options = Object.keys(totals);
  if (!options.length) throw new Problem("There are no options to rank. Give the total of at least one.");
  options.forEach((option) => number(totals[option], `The total of option ${option}`));
  const left = leftIn(options, knockedOut);
  const place = Object.fromEntries(left.map((option) => [option, ordered(totals[option])]));
  return left.sort((a, b) => place[b] - place[a] || byName(a, b));
}

export function breakEvenWeight(scores, weights, criterion, knockedOut = []) {
  const criteria = criteriaOf(scores);
  const shares = weightsOf(weights, criteria);
  if (!criteria.includes(criterion)) {
    throw new Problem(`There is no criterion ${criterion}. Choose one of ${criteria.join(", ")}.`);
  }
  const others = criteria.filter((c) => c !== criterion);
  const restWeight = sum(others.map((c) => shares[c]));
  if (restWeight === 0) {
    throw new Problem(
      `${criterion} holds all the weight. Give another criterion a weight, then look for break-even.`,
    );
  }
  const order = ranking(weightedTotals(scores, weights), knockedOut);
  if (!order.length) throw new Problem("Every option is knocked out, so there is no winner. Check the limits.");
  const today = shares[criterion] / sum(criteria.map((c) => shares[c]));
  const rest = (option) => sum(others.map((c) => shares[c] * scores[option][c])) / restWeight;
  const winner = order[0];
  let nearest = null;
  for (const rival of order.slice(1)) {
    let aheadAlone = scores[winner][criterion] - scores[rival][criterion];
    let aheadRest = rest(winner) - rest(rival);
    if (Math.abs(today * aheadAlone + (1 - today) * aheadRest) <= LEVEL) return 100 * today;
    // A lead this small is rounding; left in, it would put the answer just outside 0 to 100.
    if (Math.abs(aheadAlone) <= LEVEL) aheadAlone = 0;
    if (Math.abs(aheadRest) <= LEVEL) aheadRest = 0;
    if (aheadAlone * aheadRest > 0 || aheadAlone === aheadRest) continue;
    const levelAt = aheadRest / (aheadRest - aheadAlone);
    if (nearest === null || Math.abs(levelAt - today) < Math.abs(nearest - today)) nearest = levelAt;
  }
  return nearest === null ? null : 100 * nearest;
}

export function winShares(scores, knockedOut = [], draws = 2000, seed = 1) {
  const criteria = criteriaOf(scores);
  const options = Object.keys(scores);
  const left = leftIn(options, knockedOut);
  if (!left.length) throw new Problem("Every option is knocked out, so none can win. Check the limits.");
  if (!Number.isInteger(draws) || draws < 1) {
    throw new Problem(`The number of draws must be a whole number of at least 1, but it is ${draws}.`);
  }
  const draw = mulberry32(seed);
  const rows = left.map((option) => criteria.map((c) => scores[option][c]));
  const wins = left.map(() => 0);
  for (let n = 0; n < draws; n += 1) {
    const pulls = criteria.map(() => -Math.log(1 - draw()));
    const totals = rows.map((row) => row.reduce((total, score, place) => total + pulls[place] * score, 0));
    const best = Math.max(...totals);
    const level = totals.flatMap((total, place) => (best - total <= LEVEL ? [place] : []));
    for (const place of level) wins[place] += 1 / level.length;
  }
  return Object.fromEntries(options.map((option) => [option, left.includes(option) ? wins[left.indexOf(option)] / draws : 0]));
}

export function discountFactor(rate, year) {
  number(rate, "The rate");
  if (rate <= -1) throw new Problem(`The rate is ${rate}. It must be above -1 (minus 100%); write 3.5% as 0.035.`);
  if (rate > 1) throw new Problem(`The rate is ${rate}, which is more than 100% a year. Write 3.5% as 0.035.`);
  number(year, "The year");
  if (year < 0 || year !== Math.floor(year) || year > LAST_YEAR) {
    throw new Problem(`The year is ${year}. Count years from today: 0, 1, 2 and so on, at most ${LAST_YEAR}.`);
  }
  let factor = 1;
  // Divided step by step, not by a power: powers differ in the last digit between computers.
  for (let n = 0; n < year; n += 1) factor /= 1 + rate;
  return finite(factor, "The discount factor");
}

export function netPresentValue(flows, rate) {
  numbers(flows, "The list of yearly flows");
  return finite(sum(flows.map((flow, year) => flow * discountFactor(rate, year))), "The net present value");
}

export function paybackMonths(flows) {
  let soFar = numbers(flows, "The list of yearly flows")[0];
  if (soFar >= 0) return 0;
  for (let year = 1; year < flows.length; year += 1) {
    if (soFar + flows[year] >= 0) return 12 * (year - 1 + -soFar / flows[year]);
    soFar += flows[year];
  }
  return null;
}

function amounts(values, what) {
  numbers(values, what).forEach((figure, year) => {
    if (figure < 0) throw new Problem(`${what} has ${figure} in year ${year}. Write amounts as positive figures.`);
  });
  return values;
}

export function breakEvenBenefits(costs, benefits, rate) {
  const spent = netPresentValue(amounts(costs, "The list of costs"), rate);
  const gained = netPresentValue(amounts(benefits, "The list of benefits"), rate);
  return gained <= 0 ? null : finite(spent / gained, "The break-even share");
}

export function swings(lines, rate) {
  const items = new Map();
  lines.forEach((line, index) => {
    for (const field of ["item", "kind", "year", "amount_low", "amount_mid", "amount_high"]) {
      if (!(field in line)) {
        throw new Problem(`Cash line ${index + 1} has no ${field}. Give item, kind, year and the three amounts.`);
      }
    }
    const { item: name, kind } = line;
    if (kind !== "cost" && kind !== "benefit") {
      throw new Problem(`The kind of cash line "${name}" is ${kind}. It must be "cost" or "benefit".`);
    }
    if (!items.has(name)) items.set(name, { kind, low: 0, mid: 0, high: 0 });
    const item = items.get(name);
    if (item.kind !== kind) {
      throw new Problem(`"${name}" is a cost in one row and a benefit in another. Give the two different names.`);
    }
    const factor = discountFactor(rate, line.year);
    let before = 0;
    for (const which of ["low", "mid", "high"]) {
      const amount = number(line[`amount_${which}`], `The ${which} amount of "${name}"`);
      if (amount < before) {
        throw new Problem(
          `The ${which} amount of "${name}" is ${amount}. Write amounts as positive figures: low first, then mid, then high.`,
        );
      }
      item[which] += (kind === "benefit" ? amount : -amount) * factor;
      before = amount;
    }
  });
  if (!items.size) throw new Problem("There are no cash lines. Give at least one.");
  const middle = sum([...items.values()].map((item) => item.mid));
  const rows = [...items].map(([name, item]) => {
    const [cautious, hopeful] = item.kind === "benefit" ? ["low", "high"] : ["high", "low"];
    const others = middle - item.mid;
    return { line: name, low: others + item[cautious], high: others + item[hopeful] };
  });
  const width = new Map(rows.map((row) => [row, ordered(Math.abs(row.high - row.low))]));
  return rows.sort((a, b) => width.get(b) - width.get(a) || byName(a.line, b.line));
}
