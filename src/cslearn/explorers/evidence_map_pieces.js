// The pieces of a model portfolio: what stands on their cards, which of them count, and where the gap is.
import { data } from "./evidence_map_data.js";
import { h, list } from "./kit.js";
import { POINTS, STAGES, evidenceMap, faults } from "./portfolio.js";

export const PIECES = 12;
export const ORDER = Object.keys(STAGES);
export const CELLS = POINTS.length * ORDER.length;
export const gap = (found) => evidenceMap(found.pieces).without[0];
export const verdicts = (found) => found.pieces.map((piece) => faults(piece)[0] ?? "counts");
export const named = (point) => `${point} ${data.points[point]}`;
export const right = (found, picked) => verdicts(found).filter((verdict, n) => verdict === picked[n]).length;

export const card = (piece, n, ...more) =>
  h("li", {},
    h("p", {}, h("strong", {}, `${n + 1} ${piece.title}. `), `Filed under ${list(piece.points.map(named))}, stage: ${STAGES[piece.stage].toLowerCase()}.`),
    h("p", {}, `${piece.shows} ${piece.facts.join(" ")}`), ...more);
