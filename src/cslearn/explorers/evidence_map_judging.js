// Judging the pieces of a model portfolio one by one: the steps of the evidence map after the prediction.
import { data } from "./evidence_map_data.js";
import { INK, READABLE, chart, h, list, plotStyle } from "./kit.js";
import { ORDER, PIECES, card, gap, named, right, verdicts } from "./evidence_map_pieces.js";
import { POINTS, STAGES, TESTS, evidenceMap } from "./portfolio.js";

const ENOUGH = 10;
const VERDICTS = {
  counts: "It counts",
  real: "No: not from real work",
  mine: "No: not the owner’s own part",
  dated: "No: no date",
  safe: "No: people can be known",
  fits: "No: it shows something else",
};

// ---- the map ------------------------------------------------------------------------------

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

export const steps = { run, judge, reveal };
