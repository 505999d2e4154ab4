// The arithmetic of cslearn.methods.control_chart, step by step in the same order, so that a
// page and a notebook give the same figures. A test compares them.

export class Problem extends Error {}

const TO_LIMIT = 2.66;
const TO_RANGE_LIMIT = 3.267;
const RUN = 8;

function figures(values, what, least) {
  values.forEach((value, n) => {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new Problem(`${what}, figure ${n + 1}, must be a number, but it is ${value}. Leave the week out or mend it.`);
    }
  });
  if (values.length < least) throw new Problem(`${what} has ${values.length} figures. It takes at least ${least}.`);
  return values;
}

export const movingRanges = (values) => figures(values, "The chart", 2).slice(1).map((value, n) => Math.abs(value - values[n]));

export function limits(baseline) {
  const all = figures(baseline, "The baseline", 2);
  const ranges = movingRanges(all);
  const mean = all.reduce((total, value) => total + value, 0) / all.length;
  const spread = ranges.reduce((total, value) => total + value, 0) / ranges.length;
  return { mean, lower: mean - TO_LIMIT * spread, upper: mean + TO_LIMIT * spread, mean_range: spread, range_upper: TO_RANGE_LIMIT * spread };
}

// Each signal: the place of the figure, counted from 0, and the rule, "outside" or "run8".
export function signals(values, of, runs = true) {
  const found = [];
  let side = 0;
  let length = 0;
  figures(values, "The chart", 1).forEach((value, place) => {
    if (value > of.upper || value < of.lower) found.push({ place, rule: "outside" });
    const now = (value > of.mean ? 1 : 0) - (value < of.mean ? 1 : 0);
    length = now && now === side ? length + 1 : Math.abs(now);
    side = now;
    if (runs && length === RUN) found.push({ place, rule: "run8" });
  });
  return found;
}

export function tampered(noise) {
  let setting = 0;
  return figures(noise, "The noise", 1).map((draw) => {
    const value = setting + draw;
    setting -= value;
    return value;
  });
}

export function normal(draw) {
  const first = 1 - draw();
  const second = draw();
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
}
