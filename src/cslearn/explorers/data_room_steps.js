// The data room after the guess: the learner's own figure, and how it compares. Fetched when a learner begins.
import { INK, READABLE, chart, fixed, h } from "./kit.js";
import { bench, literal, openRoom, shown } from "./room.js";
import { evidenceRow, tablesOf } from "./tables.js";
import { data } from "./data_room_data.js";

// How near two figures are the same.
const SAME = 0.01;
const questionOf = (found) => data.questions.find((question) => question.id === found.id);
const words = (unit) => ({ min: "minutes", "%": "%" })[unit] ?? unit;
// Which way the hasty figure is off.
const direction = (naive, careful) => {
  if (Math.abs(naive.value - careful.value) <= SAME * Math.abs(careful.value)) return "same";
  return naive.value > careful.value ? "higher" : "lower";
};

function run(tables) {
  return (found, prediction, ui) => {
    const start = { ...found.naive, measure: { kind: "count", column: "", value: "" }, filter: [], without: [], start: "", end: "", tidy: false };
    const node = h("div");
    let room = null;
    const open = () => {
      room = bench({
        tables, recipe: { ...start, ...structuredClone(ui.choices), table: found.careful.table }, fixed: true, announce: ui.announce,
        onchange(recipe) {
          Object.assign(ui.choices, recipe);
          ui.keep();
        },
      });
      node.replaceChildren(
        h("p", {}, h("strong", {}, found.ask)),
        h("p", {}, "Say what to measure, which rows you want, and what does not belong. ", questionOf(found).hint),
        room.node,
      );
    };
    const close = (done) =>
      node.replaceChildren(
        h("p", {}, h("strong", {}, found.ask)),
        h("p", { class: "cslx-say" }, `You found ${shown(done.mine)} from ${count(done.mine)}.`),
      );
    // Later, so that nothing is fetched for work that is done and only shown again.
    queueMicrotask(() => {
      if (!node.childNodes.length) open();
    });
    return {
      node,
      read() {
        const table = room?.table();
        if (!table) return ui.refuse("The table is still on its way. Wait a moment, then press the button again.");
        const mine = room.found();
        if (!mine) return ui.refuse(room.trouble());
        const recipe = room.recipe();
        if (recipe.measure.kind === "count") return ui.refuse("Choose first what to measure. So far you have only counted rows.");
        const accepted = { ...found.careful, without: [...found.careful.without, ...recipe.without.filter((name) => found.optional.includes(name))] };
        const careful = table.answer(accepted);
        const done = {
          row: evidenceRow(recipe, mine, "E1", "same"), mine, careful, naive: table.answer(found.naive), without: recipe.without,
        };
        close(done);
        return done;
      },
      show: close,
    };
  };
}

const right = (done) => done.mine.n === done.careful.n && done.mine.unit === done.careful.unit && Math.abs(done.mine.value - done.careful.value) < 1e-9;

function judge(found, prediction, done) {
  const scale = done.careful.unit === "%" ? 100 : Math.max(done.careful.value, 1);
  return { right: right(done), error: Math.abs(prediction.guess - done.careful.value) / scale };
}

function reveal(found, prediction, done) {
  const question = questionOf(found);
  const rules = data.tables[found.careful.table].without;
  const good = right(done);
  const missing = found.careful.without.filter((name) => !done.without.includes(name));
  const extra = done.without.filter((name) => !found.careful.without.includes(name) && !found.optional.includes(name));
  const about = (name) => rules.find((rule) => rule.name === name);
  const way = direction(done.naive, done.careful);
  const verdicts = [
    ...missing.map((name) => [`You left in: ${name}.`, `${about(name).says}. They do not belong to this question.`]),
    ...extra.map((name) => [`You left out: ${name}.`, about(name).keep]),
  ];
  const remarks = good || verdicts.length
    ? []
    : [["The rows or the measure are others than the question asks for.", `It needs “${inWords(found)}”. Compare your row with the careful one below.`]];
  const dots = dotChart(question);
  dots.update([
    { what: "Your guess", value: prediction.guess },
    { what: "In a hurry", ...done.naive },
    { what: "Your row", ...done.mine },
    { what: "Careful", ...done.careful },
  ]);
  return h(
    "div",
    {},
    h(
      "p", { class: good ? "cslx-right" : "cslx-wrong" },
      h("strong", {}, good ? "✓ Your row holds. " : "✗ Not yet. "),
      `You found ${shown(done.mine)} from ${count(done.mine)}. The careful figure is ${shown(done.careful)} from ${count(done.careful)}.`,
    ),
    [...verdicts, ...remarks].map(([first, why]) => h("p", { class: "cslx-wrong" }, h("strong", {}, `✗ ${first} `), why)),
    h(
      "p", { class: way === prediction.way ? "cslx-right" : "cslx-wrong" },
      h("strong", {}, way === prediction.way ? "✓ " : "✗ "),
      `${question.naive.says}, it would have been ${shown(done.naive)}: ${way === "same" ? "about the same" : way}. You said ${prediction.way === "same" ? "about the same" : prediction.way}.`,
    ),
    dots.node,
    h("p", {}, question.because),
    h("h4", {}, "The careful row"),
    h("p", {}, "Anyone who does the same steps gets the same figure. That makes it evidence."),
    literal(evidenceRow(found.careful, done.careful, "E1", "same"), "Careful evidence row"),
  );
}

const count = (one) => `n = ${one.n.toLocaleString("en-GB")}`;
const inWords = (found) => `${found.careful.measure.kind} of ${found.careful.measure.column}`.replace("ratio of", "share:");

const dotChart = (question) =>
  chart({
    title: `Four answers to one question (${words(question.unit)})`,
    head: ["Answer", words(question.unit), "95% interval"],
    describe: (rows) => rows.map((row) => `${row.what}: ${fixed(row.value)}`).join(". "),
    rows: (rows) => rows.map((row) => [row.what, fixed(row.value), Number.isFinite(row.low) ? `${fixed(row.low)} to ${fixed(row.high)}` : "–"]),
    draw: (Plot, width, rows) =>
      Plot.plot({
        style: { background: "none", color: "inherit", fontSize: "13px", overflow: "visible" },
        width, height: 220, marginLeft: 84, marginRight: 40,
        x: { label: null, grid: true, nice: true },
        y: { label: null, domain: rows.map((row) => row.what), tickSize: 0 },
        marks: [
          Plot.ruleY(rows.filter((row) => Number.isFinite(row.low)), { y: "what", x1: "low", x2: "high", stroke: INK.first, strokeWidth: 4 }),
          Plot.dot(rows, { x: "value", y: "what", r: 6, fill: (row) => (row.what === "Your guess" ? "none" : INK.first), stroke: (row) => (row.what === "Your guess" ? INK.second : INK.first), strokeWidth: 2, symbol: (row) => (row.what === "Your guess" ? "diamond" : "circle") }),
          Plot.text(rows, { ...READABLE, x: "value", y: "what", text: (row) => fixed(row.value), dy: -14 }),
        ],
      }),
  });

const known = new WeakMap();
// Both parts of the explorer look into the same tables, so each is fetched once.
function tablesFor(model) {
  if (!known.has(model)) known.set(model, tablesOf(model));
  return known.get(model);
}

export const stepsOf = (model) => ({ run: run(tablesFor(model)), judge, reveal });
export const open = (model, body, announce) => openRoom(tablesFor(model), model, body, announce);
