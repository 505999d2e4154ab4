// The arithmetic of cslearn.methods.servqual, so that a page and a notebook give the same
// figures. A test compares them. Answers are rows of 22 numbers; a blank is null.

import { studentT } from "./evidence.js";

export class Problem extends Error {}

export const DIMENSIONS = {
  tangibles: [1, 2, 3, 4],
  reliability: [5, 6, 7, 8, 9],
  responsiveness: [10, 11, 12, 13],
  assurance: [14, 15, 16, 17],
  empathy: [18, 19, 20, 21, 22],
};
export const NAMES = Object.keys(DIMENSIONS);
const [LOWEST, HIGHEST] = [1, 7];
// Weights that a calculator has rounded may miss 100 by this much.
const ROUNDING = 0.05;

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => sum(values) / values.length;
const known = (values) => values.filter((value) => value !== null);
const meanKnown = (values) => (known(values).length ? mean(known(values)) : null);

function variance(values) {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) * (value - middle))) / (values.length - 1);
}

function checked(rows, letter) {
  for (const row of rows) {
    row.forEach((value, place) => {
      if (value !== null && (value < LOWEST || value > HIGHEST)) {
        const name = `${letter}${String(place + 1).padStart(2, "0")}`;
        throw new Problem(`${name} has the answer ${value}, but the scale goes from ${LOWEST} to ${HIGHEST}.`);
      }
    });
  }
  return rows;
}

// For each respondent the pairs [expected, found] of these items that were answered on both sides.
function pairs(expected, found, items) {
  return expected.map((row, n) =>
    items.map((item) => [row[item - 1], found[n][item - 1]]).filter(([e, p]) => e !== null && p !== null),
  );
}

export function itemGaps(expected, found) {
  checked(expected, "E");
  checked(found, "P");
  return Object.entries(DIMENSIONS).flatMap(([dimension, items]) =>
    items.map((item) => {
      const both = pairs(expected, found, [item]).flat();
      const [e, p] = [0, 1].map((side) => (both.length ? mean(both.map((pair) => pair[side])) : null));
      return { dimension, expectation: e, perception: p, gap: both.length ? mean(both.map((pair) => pair[1] - pair[0])) : null, n: both.length };
    }),
  );
}

export function dimensionGaps(expected, found) {
  checked(expected, "E");
  checked(found, "P");
  const gaps = {};
  for (const [name, items] of Object.entries(DIMENSIONS)) {
    const people = pairs(expected, found, items).filter((own) => own.length);
    const n = people.length;
    if (n < 2) throw new Problem(`Fewer than two respondents have answered the dimension ${name}. Take more rows in.`);
    const own = people.map((both) => mean(both.map(([e, p]) => p - e)));
    const reach = (studentT(n - 1) * Math.sqrt(variance(own))) / Math.sqrt(n);
    const gap = mean(own);
    const [expectation, perception] = [0, 1].map((side) => mean(people.map((both) => mean(both.map((pair) => pair[side])))));
    gaps[name] = { expectation, perception, gap, low: gap - reach, high: gap + reach, n };
  }
  return gaps;
}

export const weightsAddUp = (weights) =>
  weights !== null && weights.every((weight) => weight !== null && weight >= 0) && Math.abs(sum(weights) - 100) <= ROUNDING;

export function meanWeights(given) {
  const right = given.filter(weightsAddUp);
  if (!right.length) throw new Problem("Nobody's five weights add up to 100, so there are no weights to take the mean of.");
  return Object.fromEntries(NAMES.map((name, n) => [name, mean(right.map((weights) => weights[n]))]));
}

export function rescaledWeights(weights) {
  const values = Object.values(weights);
  const total = sum(values);
  if (!(Number.isFinite(total) && total > 0 && Math.min(...values) >= 0)) {
    throw new Problem("Weights must be 0 or more, and at least one of them above 0.");
  }
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, (100 * weight) / total]));
}

export function weightedGaps(gaps, weights) {
  for (const name of NAMES) {
    for (const [given, what] of [[gaps, "gap"], [weights, "weight"]]) {
      if (!(name in given)) throw new Problem(`The ${what} of the dimension ${name} is missing; the five are: ${NAMES.join(", ")}.`);
      if (!Number.isFinite(given[name])) throw new Problem(`The ${what} of the dimension ${name} is not a number. Enter a figure.`);
    }
  }
  const total = sum(NAMES.map((name) => weights[name]));
  if (Math.min(...NAMES.map((name) => weights[name])) < 0 || Math.abs(total - 100) > ROUNDING) {
    throw new Problem(`The five weights must be 0 or more and add up to 100, but these add up to ${total}. Share the points out again.`);
  }
  return Object.fromEntries(NAMES.map((name) => [name, (weights[name] * gaps[name]) / 100]));
}

export const weightedScore = (gaps, weights) => sum(Object.values(weightedGaps(gaps, weights)));

export const servperf = (found) => checked(found, "P").map(meanKnown);

function complete(rows) {
  if (!rows.length || rows[0].length < 2) throw new Problem("Alpha compares items with each other, so it needs at least two of them.");
  const whole = rows.filter((row) => row.every((value) => value !== null));
  if (whole.length < 2) throw new Problem("Fewer than two respondents have answered all of these items. Take more rows in.");
  return whole;
}

function alpha(rows) {
  const k = rows[0].length;
  const total = variance(rows.map(sum));
  if (total <= 1e-12) throw new Problem("All respondents have the same total on these items, so alpha cannot be computed.");
  return (k / (k - 1)) * (1 - sum(rows[0].map((_, place) => variance(rows.map((row) => row[place])))) / total);
}

export const cronbachAlpha = (rows) => alpha(complete(rows));

const without = (row, place) => row.filter((_, n) => n !== place);

export function alphaIfDeleted(rows) {
  const whole = complete(rows);
  if (whole[0].length < 3) throw new Problem("To leave one item out, there must be at least three.");
  return whole[0].map((_, place) => alpha(whole.map((row) => without(row, place))));
}

export function itemTotalCorrelation(rows) {
  const whole = complete(rows);
  return whole[0].map((_, place) => {
    const own = whole.map((row) => row[place]);
    const rest = whole.map((row) => sum(without(row, place)));
    const [a, b] = [mean(own), mean(rest)];
    const products = (one, two) => sum(one.map((value, n) => value * two[n]));
    const [x, y] = [own.map((value) => value - a), rest.map((value) => value - b)];
    const size = Math.sqrt(products(x, x) * products(y, y));
    return size > 1e-12 ? products(x, y) / size : null;
  });
}

export const straightLiners = (rows, fewest = 10) =>
  rows.map((row) => known(row).length >= fewest && known(row).every((value) => value === known(row)[0]));
