// The arithmetic of cslearn.methods.sorting, step by step in the same order, so that a page and
// a notebook give the same figures. A test compares them.

export class Problem extends Error {}

export function sortedWell(given, truth) {
  const kinds = [...new Set(truth)].sort();
  if (given.length !== truth.length || truth.length === 0) {
    throw new Problem(`There are ${given.length} answers to ${truth.length} things. Give one for each, or None.`);
  }
  if (kinds.length > 2) throw new Problem(`This sorts into two kinds, but there are ${kinds.length}: ${kinds.join(", ")}.`);
  const right = truth.filter((kind, n) => given[n] === kind).length;
  const half = truth.length / 2;
  const oneWay = Object.fromEntries(kinds.map((kind) => [kind, truth.filter((other, n) => given[n] === kind && kind !== other).length]));
  return { right, share: Math.max(0, (right - half) / half), one_way: oneWay, mixed: Math.max(...Object.values(oneWay)) >= 2 };
}
