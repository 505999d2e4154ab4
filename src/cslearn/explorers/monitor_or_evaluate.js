// W6c, monitor or evaluate: which of two jobs does each of twelve documents do?
// problem() is the same as in monitor_or_evaluate.py.
import { INK, READABLE, chart, choice, figure, frame, h, plotStyle } from "./kit.js";
import { data } from "./monitor_or_evaluate_data.js";
import { mulberry32 } from "./randomness.js";
import { sortedWell } from "./sorting.js";

const JOBS = ["monitoring", "evaluation"];
const DOCUMENTS = 12;
const ENOUGH = 10;

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  for (;;) {
    const order = data.documents.map((_, n) => n);
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = whole(0, last);
      [order[last], order[other]] = [order[other], order[last]];
    }
    const jobs = Array.from({ length: DOCUMENTS }, () => JOBS[whole(0, 1)]);
    const late = jobs.filter((job) => job === "evaluation").length;
    if (late >= 4 && late <= 8) {
      const documents = jobs.map((job, n) => {
        const found = data.documents[order[n]];
        return { title: found.title, job, text: found[job][0], because: found[job][1] };
      });
      return { seed, documents };
    }
  }
}

const truth = (found) => found.documents.map((one) => one.job);
const late = (found) => truth(found).filter((job) => job === "evaluation").length;

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const guess = figure({ label: "How many of the twelve belong to the evaluation?", min: 0, max: DOCUMENTS, step: 1, value: null, unit: "of 12" });
  return {
    node: h("div", {},
      h("p", {}, "Here are the titles of twelve documents about a change. Monitoring steers the change while it runs. Evaluation judges it afterwards. Go by the titles."),
      h("ol", {}, found.documents.map((one) => h("li", {}, one.title))),
      guess.node),
    read: () => (guess.read() === null ? ui.refuse(guess.refuse()) : { late: guess.read() }),
    show: (given) => guess.set(given.late),
  };
}

function run(found, prediction, ui) {
  const picks = found.documents.map((one, n) =>
    choice({ legend: `${n + 1} ${one.title}`, options: [["monitoring", "Monitoring, to steer"], ["evaluation", "Evaluation, to judge"]] }));
  return {
    node: h("div", {},
      h("p", {}, "Now read them. What is each one for?"),
      h("ol", { class: "cslx-cards" }, found.documents.map((one, n) => h("li", {}, h("p", {}, `“${one.text}”`), picks[n].node)))),
    read() {
      const missing = picks.findIndex((pick) => pick.read() === null);
      if (missing < 0) return { jobs: picks.map((pick) => pick.read()) };
      return ui.refuse(picks[missing].refuse(`Choose for document ${missing + 1}.`));
    },
    show: (given) => picks.forEach((pick, n) => pick.set(given.jobs[n])),
  };
}

function judge(found, prediction, done) {
  return { right: sortedWell(done.jobs, truth(found)).right >= ENOUGH, error: Math.abs(prediction.late - late(found)) / DOCUMENTS };
}

function reveal(found, prediction, done) {
  const { right, one_way: oneWay, mixed } = sortedWell(done.jobs, truth(found));
  const verdicts = found.documents.map((one, n) => {
    const good = one.job === done.jobs[n];
    return h("p", { class: good ? "cslx-right" : "cslx-wrong" }, h("strong", {}, `${good ? "✓" : "✗"} ${n + 1} ${one.title}: ${one.job}. `), one.because);
  });
  const ways = [["evaluation", "what steers for a judgement"], ["monitoring", "judgements for steering"]]
    .filter(([kind]) => (oneWay[kind] ?? 0) >= 2)
    .map(([, words]) => `More than once you took ${words}. `);
  const bars = sortedBars(prediction.late);
  bars.update(JOBS.map((job) => ({
    job,
    right: found.documents.filter((one, n) => one.job === job && done.jobs[n] === job).length,
    all: found.documents.filter((one) => one.job === job).length,
  })));
  return h("div", {},
    h("p", {}, `You have ${right} of ${DOCUMENTS} right. ${mixed ? ways.join("") : ""}`),
    h("p", {}, `By the titles you expected ${prediction.late} in the evaluation, and there are ${late(found)}. A title cannot tell: each of these comes with either job.`),
    verdicts, bars.node);
}

const sortedBars = (guess) => chart({
  title: "The twelve documents: how many do each job, how many of them you found (filled), and your guess for evaluation (dashed line)",
  describe: (rows) => rows.map((row) => `${row.job}: ${row.all}, of which you found ${row.right}`).join(". ") + `. Your guess for evaluation: ${guess}.`,
  head: ["Job", "Documents", "Found", "Taken for the other job"],
  rows: (rows) => [
    ...rows.map((row) => [row.job, String(row.all), String(row.right), String(row.all - row.right)]),
    ["your guess for evaluation", String(guess), "", ""],
  ],
  draw: (Plot, width, rows) => Plot.plot({
    ...plotStyle, width, height: 190, marginLeft: 12, marginRight: 30, marginTop: 20, marginBottom: 36,
    x: { label: "Documents", labelAnchor: "center", labelArrow: "none", domain: [0, DOCUMENTS], ticks: 6 },
    y: { axis: null, domain: JOBS, padding: 0.5 },
    marks: [
      Plot.barX(rows, { x: "all", y: "job", fill: "none", stroke: INK.first, strokeWidth: 2 }),
      Plot.barX(rows, { x: "right", y: "job", fill: INK.first }),
      Plot.tickX([{ job: "evaluation", guess }], { x: "guess", y: "job", stroke: INK.second, strokeWidth: 3, strokeDasharray: "5,3" }),
      Plot.text(rows, { ...READABLE, y: "job", text: (row) => `${row.job}: found ${row.right} of ${row.all}`, frameAnchor: "left", textAnchor: "start", dy: -30 }),
    ],
  }),
});

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

export default frame({
  slug: "monitor-or-evaluate",
  about: "Two jobs are done with the same figures. Which of them does each document do?",
  // Three documents of twelve.
  tolerance: 0.25,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
