// W14, the evidence map: which marking point does a model portfolio not back, and what does your own back?
// problem() is the same as in evidence_map.py. The learner's own map is in own_map.js.
import { data } from "./evidence_map_data.js";
import { INK, READABLE, chart, choice, frame, h, list, plotStyle } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { ownMap } from "./own_map.js";
import { POINTS, STAGES, TESTS, day, evidenceMap, faults } from "./portfolio.js";

const PIECES = 12;
const ENOUGH = 10;
const SEEN = ["real", "mine", "dated", "safe"];
const ORDER = Object.keys(STAGES);
const VERDICTS = {
  counts: "It counts",
  real: "No: not from real work",
  mine: "No: not the owner’s own part",
  dated: "No: no date",
  safe: "No: people can be known",
  fits: "No: it shows something else",
};

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

export const gap = (found) => evidenceMap(found.pieces).without[0];
export const verdicts = (found) => found.pieces.map((piece) => faults(piece)[0] ?? "counts");
const named = (point) => `${point} ${data.points[point]}`;
const right = (found, picked) => verdicts(found).filter((verdict, n) => verdict === picked[n]).length;

// ---- words and pictures -------------------------------------------------------------------

const card = (piece, n, ...more) =>
  h("li", {},
    h("p", {}, h("strong", {}, `${n + 1} ${piece.title}. `), `Filed under ${list(piece.points.map(named))}, stage: ${STAGES[piece.stage].toLowerCase()}.`),
    h("p", {}, `${piece.shows} ${piece.facts.join(" ")}`), ...more);

// What stands in a cell, if the pieces have these verdicts: how many count, or that some were filed and none counts.
function cells(found, judged) {
  return POINTS.map((point) => ORDER.map((stage) => {
    const there = found.pieces.map((_, n) => n).filter((n) => found.pieces[n].points.includes(point) && found.pieces[n].stage === stage);
    const good = there.filter((n) => judged[n] === "counts").length;
    const open = there.some((n) => !judged[n]);
    return { point, stage, there: there.length, good, open };
  }));
}

function inWords({ there, good, open }) {
  if (!there) return "–";
  if (good) return "counts";
  return open ? "not judged" : "does not count";
}

const bare = (found, judged) =>
  cells(found, judged).filter((row) => row.every((cell) => !cell.good && !cell.open)).map(([cell]) => cell.point);

const mapChart = (title) =>
  chart({
    title,
    describe: ({ found, judged, guess }) => `${cells(found, judged).map((row) => {
      const filed = row.filter((cell) => cell.there);
      return `${named(row[0].point)}: ${filed.map((cell) => `${STAGES[cell.stage].toLowerCase()} ${inWords(cell)}`).join(", ") || "nothing filed"}`;
    }).join(". ")}. Your guess for the gap: ${guess}.`,
    head: ["Marking point", ...Object.values(STAGES)],
    rows: ({ found, judged, guess }) => cells(found, judged).map((row) =>
      [`${named(row[0].point)}${row[0].point === guess ? " (your guess)" : ""}`, ...row.map(inWords)]),
    draw(Plot, width, { found, judged, guess }) {
      const all = cells(found, judged).flat();
      const none = bare(found, judged);
      return Plot.plot({
        ...plotStyle, width, height: 380, marginLeft: 48, marginRight: 84, marginTop: 28, marginBottom: 6,
        x: { label: null, axis: "top", domain: ORDER, tickFormat: (stage) => STAGES[stage], tickSize: 0, padding: 0.06 },
        y: { label: null, domain: POINTS, tickSize: 0, padding: 0.12 },
        marks: [
          Plot.cell(all, { x: "stage", y: "point", fill: "none", stroke: INK.faint }),
          Plot.cell(all.filter((cell) => cell.good), { x: "stage", y: "point", fill: INK.first }),
          Plot.text(all.filter((cell) => cell.good), { x: "stage", y: "point", text: () => "✓", fill: "white", fontWeight: 700, fontSize: 16 }),
          Plot.text(all.filter((cell) => cell.there && !cell.good), { x: "stage", y: "point", text: (cell) => (cell.open ? "?" : "✗"), ...READABLE, fontWeight: 700, fontSize: 16 }),
          Plot.text(POINTS.filter((point) => none.includes(point) || point === guess), {
            ...READABLE, y: (point) => point, text: (point) => [none.includes(point) ? "✗ gap" : "", point === guess ? "your guess" : ""].filter(Boolean).join("\n"),
            frameAnchor: "right", textAnchor: "start", dx: 8, fontWeight: 700, lineHeight: 1.1,
          }),
        ],
      });
    },
  });

// ---- the steps --------------------------------------------------------------------------

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

function run(found, prediction, ui) {
  const mine = Object.assign(ui.choices, { picked: found.pieces.map(() => ""), ...structuredClone(ui.choices) });
  const picture = mapChart("The map, as you judge the pieces (✓ something counts, ✗ filed but nothing counts, ? not judged)");
  const told = h("p", { class: "cslx-say" });
  function update(spoken = true) {
    const done = mine.picked.filter(Boolean).length;
    const none = bare(found, mine.picked);
    told.textContent = done < PIECES
      ? `${done} of ${PIECES} judged.`
      : `By your judgement, ${none.length ? `nothing counts for ${list(none)}` : "every point has something that counts"}.`;
    picture.update({ found, judged: mine.picked, guess: prediction.point });
    if (spoken) {
      ui.keep();
      ui.announce(told.textContent);
    }
  }
  const picks = found.pieces.map((piece, n) => {
    const control = h("select", { onchange: () => {
      mine.picked[n] = control.value;
      update();
    } }, h("option", { value: "" }, "Choose"), Object.entries(VERDICTS).map(([key, text]) => h("option", { value: key }, text)));
    control.value = mine.picked[n];
    return { control, node: h("label", { class: "cslx-field" }, h("span", {}, `Does piece ${n + 1} count?`), control) };
  });
  update(false);
  return {
    node: h("div", {},
      h("p", {}, "Now go through them one by one, as an assessor does. The map below fills as you judge."),
      h("ol", { class: "cslx-cards" }, found.pieces.map((piece, n) => card(piece, n, picks[n].node))),
      picture.node, told),
    read() {
      const open = picks.findIndex((pick) => !pick.control.value);
      if (open < 0) return { picked: [...mine.picked] };
      picks[open].control.focus();
      return ui.refuse(`Say whether piece ${open + 1} counts.`);
    },
    show(given) {
      mine.picked = [...given.picked];
      picks.forEach((pick, n) => {
        pick.control.value = mine.picked[n];
      });
      update(false);
    },
  };
}

function judge(found, prediction, done) {
  const good = right(found, done.picked);
  return { right: prediction.point === gap(found) && good >= ENOUGH, error: (PIECES - good) / PIECES };
}

function reveal(found, prediction, done) {
  const [truth, missing] = [verdicts(found), gap(found)];
  const map = evidenceMap(found.pieces);
  const picture = mapChart("What the portfolio really backs, and your guess (✓ something counts, ✗ filed but nothing counts)");
  picture.update({ found, judged: truth, guess: prediction.point });
  const lines = found.pieces.map((piece, n) => {
    const good = truth[n] === done.picked[n];
    const why = truth[n] === "fits" ? data.misfits[piece.points[0]].because : (data.because[truth[n]] ?? "It passes all five tests.");
    const said = truth[n] === "counts" ? "It counts." : `It does not count: ${TESTS[truth[n]].replace("the learner’s", `${found.owner}’s`)}.`;
    return h("p", { class: good ? "cslx-right" : "cslx-wrong" }, h("strong", {}, `${good ? "✓" : "✗"} ${n + 1} ${piece.title}. `), `${said} ${truth[n] === "counts" && good ? "" : why}`);
  });
  return h("div", {},
    h("p", {}, `The gap is ${named(missing)}. ${prediction.point === missing ? "You saw it." : `You said ${named(prediction.point)}.`} You judged ${right(found, done.picked)} of ${PIECES} pieces rightly.`),
    picture.node,
    h("p", {}, `${map.filled} of 36 cells are filled. ${map.empty_stages.length ? `No point has anything at the stage “${list(map.empty_stages.map((stage) => STAGES[stage].toLowerCase()))}”. ` : ""}${
      map.missing_links.length ? `The story breaks off ${list(map.missing_links.map(([one, two]) => `between ${STAGES[one].toLowerCase()} and ${STAGES[two].toLowerCase()}`))}, because no point is backed in both.` : "Each stage is joined to the next."}`),
    lines,
    h("p", {}, judge(found, prediction, done).right ? "✓ The right gap, and the pieces judged well." : `A problem counts as right with the right gap and ${ENOUGH} of ${PIECES} pieces.`));
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
  run,
  judge,
  reveal,
  reasons,
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
