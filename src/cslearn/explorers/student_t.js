// The arithmetic of cslearn.methods.student_t, step by step in the same order, so that a page and
// a notebook give the same figures. A test compares them.

export class Problem extends Error {}

// Lanczos's approximation of the logarithm of the gamma function, for x of a half and more.
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x) {
  const at = x - 1;
  const base = at + 7.5;
  const total = LANCZOS.slice(1).reduce((sum, factor, n) => sum + factor / (at + n + 1), LANCZOS[0]);
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(total);
}

function betaFraction(a, b, x) {
  const tiny = 1e-300;
  const safe = (value) => (Math.abs(value) > tiny ? value : tiny);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m < 10000; m += 1) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / safe(1 + term * d);
      c = safe(1 + term / c);
      result *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return result;
}

export function tBeyond(t, degrees) {
  const [a, b] = [degrees / 2, 0.5];
  const [x, rest] = [degrees / (degrees + t * t), (t * t) / (degrees + t * t)];
  if (rest === 0) return 0.5;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(rest));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a / 2;
  return (1 - (front * betaFraction(b, a, rest)) / b) / 2;
}

export function tMultiplier(degrees, level = 0.95) {
  if (!(degrees > 0)) throw new Problem("An interval needs at least two values. Take more rows in.");
  const beyond = (1 - level) / 2;
  let [low, high] = [0, 1];
  while (tBeyond(high, degrees) > beyond) high *= 2;
  for (let turn = 0; turn < 200; turn += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (tBeyond(middle, degrees) > beyond) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
