// The arithmetic of cslearn.methods.evidence, step by step in the same order, so that a page
// and a notebook give the same figures. A test compares them.

export class Problem extends Error {}

const Z = 1.959963984540054;
const OUTSIDE = 0.025;
const MOST_BINS = 14;
const NO_ROWS = "No rows are left. Take a filter away, or choose a longer period.";

function numbers(values) {
  values.forEach((value, place) => {
    if (!Number.isFinite(value)) {
      throw new Problem(`Value ${place + 1} is not an ordinary number. Leave blank rows out before you count.`);
    }
  });
  if (!values.length) throw new Problem(NO_ROWS);
  return values;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

export function share(hits, n) {
  if (n < 1) throw new Problem(NO_ROWS);
  if (!(hits >= 0 && hits <= n)) {
    throw new Problem(`${hits} of ${n} is not a share. The part must lie between 0 and the whole.`);
  }
  const part = hits / n;
  const whole = 1 + (Z * Z) / n;
  const middle = (part + (Z * Z) / (2 * n)) / whole;
  const reach = (Z / whole) * Math.sqrt((part * (1 - part)) / n + (Z * Z) / (4 * n * n));
  const low = hits === 0 ? 0 : 100 * (middle - reach);
  const high = hits === n ? 100 : 100 * (middle + reach);
  return { value: 100 * part, low, high };
}

function within(t, freedom) {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const square = Math.cos(angle) * Math.cos(angle);
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let total = 0;
  for (let power = odd ? 1 : 0; power < freedom - 1; power += 2) {
    total += term;
    term *= (square * (power + 1)) / (power + 2);
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * total) : Math.sin(angle) * total;
}

export function studentT(freedom) {
  if (freedom < 1) throw new Problem("One value alone has no interval. Use at least two rows.");
  let [low, high] = [0, 16];
  for (let turn = 0; turn < 60; turn += 1) {
    const middle = (low + high) / 2;
    if (within(middle, freedom) < 1 - 2 * OUTSIDE) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export function mean(values) {
  const n = numbers(values).length;
  const middle = sum(values) / n;
  if (n === 1) return { value: middle, low: null, high: null };
  const spread = Math.sqrt(sum(values.map((value) => (value - middle) * (value - middle))) / (n - 1));
  const reach = (studentT(n - 1) * spread) / Math.sqrt(n);
  return { value: middle, low: middle - reach, high: middle + reach };
}

const inOrder = (values) => [...numbers(values)].sort((a, b) => a - b);

export function median(values) {
  const order = inOrder(values);
  const n = order.length;
  const places = placesIn(n);
  const [low, high] = places ? [order[places - 1], order[n - places]] : [null, null];
  return { value: quantile(order, 0.5), low, high };
}

function placesIn(n) {
  const middle = Math.floor(n / 2);
  const chances = new Array(n + 1).fill(0);
  chances[middle] = 1;
  for (let k = middle; k > 0; k -= 1) chances[k - 1] = (chances[k] * k) / (n - k + 1);
  for (let k = middle; k < n; k += 1) chances[k + 1] = (chances[k] * (n - k)) / (k + 1);
  const whole = sum(chances);
  let below = 0;
  for (let i = 0; i <= n; i += 1) {
    below += chances[i];
    if (below > OUTSIDE * whole) return i;
  }
  return 0;
}

function quantile(order, part) {
  const at = part * (order.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, order.length - 1);
  return order[below] + (at - below) * (order[above] - order[below]);
}

export function spread(values) {
  const order = inOrder(values);
  return {
    lowest: order[0],
    lower: quantile(order, 0.25),
    median: quantile(order, 0.5),
    upper: quantile(order, 0.75),
    highest: order[order.length - 1],
  };
}

export function bins(values) {
  numbers(values);
  // Not spread into Math.min: a table may hold more values than a call may have arguments.
  const lowest = values.reduce((least, value) => Math.min(least, value));
  const highest = values.reduce((most, value) => Math.max(most, value));
  const least = values.every((value) => value === Math.floor(value)) ? 1 : 0;
  const width = widths().find((step) => step >= least && highest / step - Math.floor(lowest / step) < MOST_BINS);
  const first = Math.floor(lowest / width);
  const counts = new Array(Math.floor(highest / width) - first + 1).fill(0);
  for (const value of values) counts[Math.floor(value / width) - first] += 1;
  return counts.map((count, place) => ({ start: (first + place) * width, end: (first + place + 1) * width, count }));
}

const widths = () => Array.from({ length: 306 }, (_, power) => [1, 2, 5].map((lead) => Number(`${lead}e${power - 6}`))).flat();

export const toTheCent = (value) => Math.floor(value * 100 + 0.5) / 100;
