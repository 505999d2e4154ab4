// W2, the staffing board: what does one agent more or less do to the wait? problem() is the
// same as in staffing_board.py.
import { INK, READABLE, chart, figure, fixed, frame, gbp, h, plotStyle } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { agentsNeeded, agentsOnTheLines, averageSpeedOfAnswer, occupancy, serviceLevel, withImpatience, workload } from "./queues.js";
import { data } from "./staffing_board_data.js";

// How far the guess may be off, in percentage points.
const TOLERANCE = 5;

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  if (seed === 0) return { seed: 0, ...data.board };
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  for (;;) {
    const found = { seed, calls: 10 * whole(6, 40), handling: 10 * whole(15, 42), target: [10, 20, 30, 60][whole(0, 3)], goal: [70, 75, 80, 90][whole(0, 3)] };
    const more = whole(-1, 2);
    const load = workload(found.calls, found.handling);
    if (!(load >= 4 && load <= 30)) continue;
    const least = needed(found);
    found.agents = least + more;
    const drop = level(found, found.agents) - level(found, found.agents - 1);
    const margin = Math.min(level(found, least) - found.goal, found.goal - level(found, least - 1));
    if (found.agents - 1 > load && drop >= 4 && margin >= 0.5) return found;
  }
}

const loadOf = (found) => workload(found.calls, found.handling);
export const level = (found, agents) => 100 * serviceLevel(agents, loadOf(found), found.handling, found.target);
export const needed = (found) => agentsNeeded(loadOf(found), found.handling, found.target, found.goal / 100);

// ---- words ------------------------------------------------------------------------------

const people = (count) => `${count} ${count === 1 ? "agent" : "agents"}`;
const points = (one, two) => fixed(Math.abs(one - two));
const seconds = (wait) => {
  if (!Number.isFinite(wait)) return "grows without end";
  return wait < 100 ? `${Math.round(wait)} seconds` : `${fixed(wait / 60)} minutes`;
};
const share = (value) => `${fixed(100 * value)}%`;

function figures(pairs) {
  return h("dl", { class: "cslx-figures" }, pairs.map(([term, words]) => h("div", {}, h("dt", {}, term), h("dd", {}, words))));
}

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const guess = figure({
    label: `Service level with ${people(found.agents - 1)}, in %`,
    hint: `Today it is ${fixed(level(found, found.agents))}% with ${people(found.agents)}.`,
    min: 0, max: 100, step: 1, value: null, unit: "%",
  });
  return {
    node: h(
      "div",
      {},
      h("p", {}, `One hour: ${found.calls} calls of ${found.handling} seconds each, talk and wrap-up together. ` +
        `That is ${fixed(loadOf(found))} erlangs of work. ${people(found.agents)} are on the lines. ` +
        `${fixed(level(found, found.agents))}% of calls are answered within ${found.target} seconds.`),
      h("p", {}, h("strong", {}, "Then one agent is called away. What is the service level now?")),
      guess.node,
    ),
    read() {
      return guess.read() === null || guess.read() < 0 || guess.read() > 100 ? ui.refuse(guess.refuse()) : { level: guess.read() };
    },
    show: (given) => guess.set(given.level),
  };
}

function run(found, prediction, ui) {
  const low = Math.ceil(loadOf(found));
  const answer = h("div");
  const show = (agents) => {
    const load = loadOf(found);
    answer.replaceChildren(figures([
      [`Answered in ${found.target} seconds`, `${fixed(level(found, agents))}%`],
      ["Average wait", seconds(averageSpeedOfAnswer(agents, load, found.handling))],
      ["Busy", share(occupancy(agents, load))],
    ]));
  };
  const agents = figure({
    label: "Agents on the lines", min: low, max: low + 15, step: 1, value: found.agents,
    oninput(to) {
      if (!Number.isInteger(to)) return;
      show(to);
      ui.announce(`${people(to)}: ${fixed(level(found, to))}% answered in ${found.target} seconds.`);
    },
  });
  show(found.agents);
  return {
    node: h("div", {}, h("p", {}, `Now move the number of agents. What is the smallest number with which at least ${found.goal}% are answered within ${found.target} seconds? Leave the slider there.`), agents.node, answer),
    read() {
      const picked = agents.read();
      if (picked === null || picked < low || picked > low + 15) return ui.refuse(agents.refuse());
      return Number.isInteger(picked) ? { agents: picked } : ui.refuse("Enter a whole number of agents.");
    },
    show(given) {
      agents.set(given.agents);
      show(given.agents);
    },
  };
}

function judge(found, prediction, done) {
  const error = Math.abs(prediction.level - level(found, found.agents - 1));
  return { right: error <= TOLERANCE && done.agents === needed(found), error };
}

function reveal(found, prediction, done, ui) {
  const [now, then] = [level(found, found.agents), level(found, found.agents - 1)];
  const close = Math.abs(prediction.level - then) <= TOLERANCE;
  const least = needed(found);
  const curve = levelChart(found, prediction);
  const low = Math.ceil(loadOf(found));
  curve.update(Array.from({ length: 12 }, (_, n) => low + n).filter((n) => n > 0).map((agents) => ({ agents, level: level(found, agents) })));
  const share_of_team = 100 / found.agents;
  return h(
    "div",
    {},
    h("p", { class: close ? "cslx-right" : "cslx-wrong" }, h("strong", {}, close ? "✓ " : "✗ "),
      `You guessed ${fixed(prediction.level)}%. With ${people(found.agents - 1)} it is ${fixed(then)}%. ` +
      `One agent is ${fixed(share_of_team)}% of the team, and the service level falls by ${points(now, then)} percentage points.`),
    h("p", { class: done.agents === least ? "cslx-right" : "cslx-wrong" }, h("strong", {}, done.agents === least ? "✓ " : "✗ "),
      `The goal of ${found.goal}% needs ${people(least)}: ${fixed(level(found, least))}%. With ${least - 1} it is ${fixed(level(found, least - 1))}%.` +
      (done.agents === least ? "" : ` You chose ${done.agents}.`)),
    curve.node,
    board(found, ui),
  );
}

// The whole board: every figure can be moved.
function board(found, ui) {
  const mine = Object.assign(ui.choices, {
    calls: found.calls, handling: found.handling, paid: Math.ceil(found.agents / 0.7), shrinkage: 30, target: found.target,
    patience: 120, wage: 15, ...structuredClone(ui.choices),
  });
  const answer = h("div");
  const words = h("p", { class: "cslx-say" });
  const update = (spoken = true) => {
    const load = workload(mine.calls, mine.handling);
    const agents = agentsOnTheLines(Math.round(mine.paid), mine.shrinkage / 100);
    const cost = mine.paid * mine.wage;
    if (agents < 1) {
      words.textContent = "Nobody is left on the lines. Lower the shrinkage, or pay for more agents.";
      answer.replaceChildren();
    } else {
      const patient = serviceLevel(agents, load, mine.handling, mine.target);
      const real = withImpatience(agents, load, mine.handling, mine.patience, mine.target);
      answer.replaceChildren(
        figures([
          ["On the lines", people(agents)],
          ["Work", `${fixed(load)} erlangs`],
          ["Cost of an hour", gbp(cost)],
        ]),
        h("h5", {}, "If nobody hangs up (Erlang C)"),
        figures([
          [`Answered in ${mine.target} s`, share(patient)],
          ["Average wait", seconds(averageSpeedOfAnswer(agents, load, mine.handling))],
          ["Busy", share(occupancy(agents, load))],
        ]),
        h("h5", {}, "If callers lose patience (Erlang A)"),
        figures([
          [`Answered in ${mine.target} s`, share(real.service_level)],
          ["Hang up", share(real.abandoned)],
          ["Busy", share(real.occupancy)],
        ]),
      );
      words.textContent = `${people(agents)} on the lines: ${share(patient)} answered in ${mine.target} seconds if nobody hangs up, and ${share(real.abandoned)} hang up if their patience is ${mine.patience} seconds on average.`;
    }
    if (spoken) {
      ui.keep();
      ui.announce(words.textContent);
    }
  };
  const slider = (name, label, min, max, step, unit = "", hint = "") =>
    figure({
      label, hint, min, max, step, value: mine[name], unit,
      oninput(to) {
        mine[name] = to;
        update();
      },
    }).node;
  const node = h(
    "div",
    {},
    h("h4", {}, "Try your own desk"),
    slider("calls", "Calls in an hour", 0, 600, 10),
    slider("handling", "Handling time", 30, 900, 10, "seconds"),
    slider("paid", "Agents paid for", 1, 80, 1),
    slider("shrinkage", "Shrinkage", 0, 60, 1, "%", "Share of paid time in training, breaks, meetings, leave and illness."),
    slider("target", "Target", 5, 120, 5, "seconds"),
    slider("patience", "Patience of a caller", 10, 600, 10, "seconds"),
    slider("wage", "Cost of an agent’s hour", 10, 40, 0.5, "£"),
    answer,
    words,
  );
  update(false);
  return node;
}

const levelChart = (found, prediction) =>
  chart({
    title: `Calls answered within ${found.target} seconds, in %, by number of agents`,
    describe: (rows) => `${rows.map((row) => `${row.agents} agents ${fixed(row.level)}%`).join(", ")}. Your guess for ${found.agents - 1} agents was ${fixed(prediction.level)}%.`,
    head: ["Agents", "Answered in time"],
    rows: (rows) => rows.map((row) => [String(row.agents), `${fixed(row.level)}%`]),
    draw(Plot, width, rows) {
      const guess = [{ agents: found.agents - 1, level: prediction.level }];
      const marked = rows.filter((row) => row.agents === found.agents || row.agents === found.agents - 1);
      return Plot.plot({
        ...plotStyle, width, height: 300, marginLeft: 44, marginRight: 24, marginTop: 28, marginBottom: 40,
        x: { label: "Agents on the lines", labelAnchor: "center", labelArrow: "none", ticks: rows.map((row) => row.agents), tickFormat: String },
        y: { label: null, domain: [0, 100], grid: true, ticks: 5, tickFormat: (v) => `${v}%` },
        marks: [
          Plot.ruleY([found.goal], { stroke: "currentColor", strokeDasharray: "3,4" }),
          Plot.text([found.goal], { ...READABLE, y: (v) => v, text: (v) => `goal ${v}%`, frameAnchor: "right", textAnchor: "end", dy: -9 }),
          Plot.line(rows, { x: "agents", y: "level", stroke: INK.first, strokeWidth: 3, marker: "circle" }),
          Plot.text(marked, { ...READABLE, x: "agents", y: "level", text: (row) => `${fixed(row.level)}%`, dy: -14, fontWeight: 700 }),
          Plot.dot(guess, { x: "agents", y: "level", symbol: "times", r: 8, stroke: INK.second, strokeWidth: 3 }),
          Plot.text(guess, { ...READABLE, x: "agents", y: "level", text: () => "your guess", dy: 18 }),
        ],
      });
    },
  });

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

export default frame({
  slug: "staffing-board",
  about: "A team answers the phone. How much does one agent more or less change the wait?",
  tolerance: TOLERANCE,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
