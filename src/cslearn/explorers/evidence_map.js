// W14, the evidence map: which marking point does a model portfolio not back, and what does your own back?
// problem() is the same as in evidence_map.py. What follows the prediction is in evidence_map_judging.js, the
// learner's own map in own_map.js.
import { data } from "./evidence_map_data.js";
import { choice, frame, h } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { ownMap } from "./own_map.js";
import { ORDER, PIECES, card, named } from "./evidence_map_pieces.js";
import { POINTS, TESTS, day } from "./portfolio.js";

const loadJudging = () => import("./evidence_map_judging.js");

const SEEN = ["real", "mine", "dated", "safe"];

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  if (seed === 0) {
    const { owner, change, pieces } = data.northfold;
    return { seed, owner, change, pieces };
  }
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const oneOf = (items) => items[whole(0, items.length - 1)];
  const shuffled = (items) => {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = whole(0, last);
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  };
  const [owner, change] = [oneOf(data.owners), oneOf(data.changes)];
  const missing = oneOf(POINTS);
  const doubled = shuffled(POINTS.filter((point) => point !== missing)).slice(0, 3);
  if (draw() < 0.5) doubled[0] = missing;
  const sound = draw() < 0.5 ? doubled[2] : null;
  const plan = POINTS.flatMap((point) => {
    if (point === missing) return doubled.includes(missing) ? [[point, false], [point, false]] : [[point, false]];
    return doubled.includes(point) ? [[point, true], [point, point === sound]] : [[point, true]];
  });
  const used = Object.fromEntries(POINTS.map((point) => [point, new Set()]));
  const pieces = plan.map(([point, counts]) => {
    let fault = counts ? null : oneOf(Object.keys(TESTS));
    if (fault === "fits" && used[point].has(data.misfits[point].stage)) fault = "dated";
    const stage = fault === "fits" ? data.misfits[point].stage : oneOf(ORDER.filter((one) => !used[point].has(one)));
    const made = fault === "fits" ? data.misfits[point] : data.cells[point][stage];
    used[point].add(stage);
    const month = { need: 1, plan: 3, do: 6, evaluate: 10 }[stage] + whole(0, 1);
    const date = `2026-${String(month).padStart(2, "0")}-${String(whole(1, 28)).padStart(2, "0")}`;
    const facts = SEEN.map((test) => oneOf(data[fault === test ? "bad" : "good"][test]).replaceAll("{owner}", owner).replaceAll("{day}", day(date)));
    return {
      title: made.title, shows: made.shows, kind: made.kind, points: [point], stage, date: fault === "dated" ? "" : date,
      real: fault !== "real", mine: fault !== "mine", safe: fault !== "safe", fits: fault !== "fits", facts,
    };
  });
  return { seed, owner, change, pieces: shuffled(pieces) };
}

// ---- the prediction --------------------------------------------------------------------------

function predict(found, ui) {
  const guess = choice({ legend: "Which marking point is not evidenced?", options: POINTS.map((point) => [point, named(point)]) });
  return {
    node: h("div", {},
      h("p", {}, `This is ${found.owner}’s portfolio. The change: ${found.change}. Every piece is filed under a marking point. But a piece counts only if it passes five tests: it comes from real work, it shows ${found.owner}’s own part, it has a date, nobody can be known by it who did not agree, and it shows what the point asks for.`),
      h("p", {}, "Exactly one of the nine points has nothing that counts."),
      h("ol", { class: "cslx-cards" }, found.pieces.map((piece, n) => card(piece, n))),
      guess.node),
    read: () => (guess.read() === null ? ui.refuse(guess.refuse("Choose a marking point.")) : { point: guess.read() }),
    show: (given) => guess.set(given.point),
  };
}

export function reasons(found) {
  const { question, right: good, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: good, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

const spec = {
  slug: "evidence-map",
  about: "A full folder is not a full portfolio. What in it counts, and which marking point has nothing that does?",
  tolerance: 2 / PIECES,
  problem,
  predict,
  reasons,
  later: async () => (await loadJudging()).steps,
};

async function render({ model, el }) {
  const steps = h("div");
  const own = ownMap(model);
  el.append(steps, own.node);
  const leave = await frame(spec).render({ model, el: steps });
  return () => {
    leave();
    own.close();
  };
}

export default { render };
