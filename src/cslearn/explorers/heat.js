// HEAT as a small model: the same steps in the same order as methods/heat.py.
export class Problem extends Error {}

export const STEPS = ["hear", "empathise", "apologise", "own"];
export const CHANGES = {
  hear: -12, empathise: -14, apologise: -14, own: -20, interrupt: 14, solve: 8, empty: 5, fake: 12, handoff: 10, promise: -16,
};
export const EARLY_OWN = -4;
export const FLOOR = 60;
export const CALM = 35;
export const HANGS_UP = 100;
export const TURNS = 6;
const CLOSING = ["own", "handoff", "promise"];
const TURN_GBP = 0.75;
const AGAIN_GBP = 5;
const OFFERS = {
  hear: ["hear", "interrupt", "solve", "empty", "promise", "fake", "handoff"],
  empathise: ["empathise", "own", "empty", "fake", "handoff", "promise"],
  apologise: ["apologise", "own", "fake", "promise", "handoff"],
  own: ["own", "handoff", "promise", "fake", "empty", "interrupt", "solve"],
};
const OFFERED = 4;

export function begin(temperature) {
  if (!Number.isInteger(temperature) || temperature <= FLOOR || temperature >= HANGS_UP) {
    throw new Problem(`A call starts at a whole temperature from ${FLOOR + 1} to ${HANGS_UP - 1}, not ${temperature}.`);
  }
  return { lines: [], temperature, done: [], ended: "" };
}

export const stage = (call) => STEPS.find((step) => !call.done.includes(step)) ?? "own";

export function offers(call) {
  if (call.ended) return [];
  const said = call.lines.map((line) => line.kind);
  return OFFERS[stage(call)].filter((kind) => !said.includes(kind)).slice(0, OFFERED);
}

export function say(call, kind) {
  const open = offers(call);
  if (!open.includes(kind)) {
    throw new Problem(`${kind} is not on offer here. Choose one of: ${open.join(", ") || "nothing, the call is over"}.`);
  }
  const change = kind === "own" && stage(call) !== "own" ? EARLY_OWN : CHANGES[kind];
  const done = STEPS.includes(kind) ? [...call.done, kind] : call.done;
  const lowest = done.includes("hear") ? 0 : FLOOR;
  const after = Math.max(lowest, Math.min(HANGS_UP, call.temperature + change));
  let ended = "";
  if (CLOSING.includes(kind)) ended = "agreed";
  else if (after >= HANGS_UP) ended = "hung up";
  else if (call.lines.length + 1 >= TURNS) ended = "out of time";
  return { lines: [...call.lines, { kind, before: call.temperature, after, done }], temperature: after, done, ended };
}

export const play = (temperature, kinds) => kinds.reduce(say, begin(temperature));
export const best = (temperature) => play(temperature, STEPS);
export const solved = (call) => call.ended !== "" && call.temperature <= CALM && call.done.includes("own");

export function cost(call, remedyGbp, promiseGbp) {
  const said = call.lines.map((line) => line.kind);
  const paid = said.includes("promise") ? promiseGbp : remedyGbp;
  return paid + TURN_GBP * said.length + (solved(call) ? 0 : AGAIN_GBP);
}
