// The arithmetic of cslearn.methods.effects, step by step in the same order, so that a page and a
// notebook give the same figures. A test compares them.
import { tMultiplier } from "./student_t.js";

export class Problem extends Error {}

function figures(values, when) {
  values.forEach((value, n) => {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new Problem(`Week ${n + 1} ${when} is not an ordinary number. Leave the week out, or mend it.`);
    }
  });
  if (values.length < 2) {
    throw new Problem(`There are ${values.length} weeks ${when}. An effect needs at least two weeks on each side.`);
  }
  return values;
}

const total = (values) => values.reduce((sum, value) => sum + value, 0);

function welch(before, after) {
  const sides = [before, after].map((values) => {
    const mean = total(values) / values.length;
    const spread = total(values.map((value) => (value - mean) * (value - mean))) / (values.length - 1);
    return { mean, part: spread / values.length, weeks: values.length };
  });
  const parts = sides[0].part + sides[1].part;
  if (parts === 0) throw new Problem("All weeks have the same figure, so there is no spread to judge a difference by.");
  const squares = sides.map(({ part, weeks }) => (part * part) / (weeks - 1));
  const freedom = (parts * parts) / (squares[0] + squares[1]);
  const standard_error = Math.sqrt(parts);
  const value = sides[1].mean - sides[0].mean;
  const reach = tMultiplier(freedom) * standard_error;
  return { value, low: value - reach, high: value + reach, standard_error, freedom };
}

export const beforeAfter = (before, after) => welch(figures(before, "before"), figures(after, "after"));

export const againstSeason = (sameWeeksLastYear, after) => beforeAfter(sameWeeksLastYear, after);

export function againstSite(before, after, otherBefore, otherAfter) {
  const gaps = [[before, otherBefore, "before"], [after, otherAfter, "after"]].map(([one, two, when]) => {
    const own = figures(one, when);
    const other = figures(two, `${when}, at the other site,`);
    if (own.length !== other.length) {
      throw new Problem(`The weeks ${when} are ${own.length} here and ${other.length} at the other site. Take the same weeks for both.`);
    }
    return own.map((value, n) => value - other[n]);
  });
  return welch(...gaps);
}

export function verdict(effect, higherIsBetter = true) {
  const [low, high] = higherIsBetter ? [effect.low, effect.high] : [-effect.high, -effect.low];
  if (low > 0) return "improved";
  return high < 0 ? "worse" : "cannot_tell";
}

export function againstTarget(effect, wanted) {
  if (!(wanted > 0)) throw new Problem(`A target is a gain above zero, but this one is ${wanted}.`);
  if (effect.value >= wanted) return "met";
  return effect.value > 0 ? "part" : "not";
}
