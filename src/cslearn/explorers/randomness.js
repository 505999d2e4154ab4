// Random numbers as cslearn.methods.randomness gives them, bit for bit. A test compares them.

export class Problem extends Error {}

export function mulberry32(seed) {
  if (!Number.isInteger(seed)) throw new Problem(`A seed must be a whole number, but this one is ${seed}. Use for example 1.`);
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
