// W7, the decision matrix: does the winner survive a change of one weight, and where does
// it flip? problem() and its screening are the same as in decision_matrix.py.
import { INK, READABLE, chart, choice, figure, fixed, frame, gbp, h, list, percent, plotStyle, table } from "./kit.js";
import { breakEvenWeight, linearScores, ranking, weightedTotals, winShares } from "./options.js";
import { mulberry32 } from "./randomness.js";
import { data } from "./decision_matrix_data.js";

const COST = "cost_per_complaint_gbp";
const { criteria, names, unlawful: UNLAWFUL } = data;
// A guess this close counts as right; this close to the one before, as no worse.
const CLOSE = 10;
const TOLERANCE = 5;

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  if (seed === 0) return data.northfold;
  const draw = mulberry32(seed);
  const survives = draw() < 0.5;
  for (;;) {
    const found = attempt(seed, draw);
    if (sound(found, survives)) return found;
  }
}

function attempt(seed, draw) {
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const staffCap = whole(4, 6) / 2;
  const budget = 5000 * whole(20, 23);
  const options = Object.keys(names).map((id) => {
    const values = {
      repeat_purchase_pct: whole(400, 600) / 10,
      median_days_to_close: whole(30, 100) / 10,
      repeat_contact_pct: whole(150, 330) / 10,
      [COST]: whole(1100, 1900) / 100,
      overtime_hours_month: whole(40, 200),
    };
    return { id, values, set_up_gbp: 500 * whole(90, 200), extra_staff_fte: whole(0, 4) / 2, law: "" };
  });
  const unlawful = whole(0, 4);
  const over = whole(0, 3);
  options[unlawful].law = UNLAWFUL[whole(0, UNLAWFUL.length - 1)];
  // Another option than the unlawful one breaks a limit.
  const breaker = options[(unlawful + 1 + over) % 5];
  if (whole(0, 1)) breaker.extra_staff_fte = staffCap + whole(1, 3) / 2;
  else breaker.set_up_gbp = budget + 500 * whole(2, 20);
  const weights = { repeat_purchase_pct: 5 * whole(4, 6), median_days_to_close: 5 * whole(2, 4) };
  weights.repeat_contact_pct = 5 * whole(2, 4);
  const overtime = 5 * whole(1, 4);
  weights[COST] = 100 - overtime - Object.values(weights).reduce((a, b) => a + b);
  weights.overtime_hours_month = overtime;
  return { seed, options, weights, budget_gbp: budget, staff_cap_fte: staffCap, asked: 5 * whole(0, 16) };
}

export function scoresOf(found) {
  const columns = criteria.map((c) => linearScores(found.options.map((o) => o.values[c.name]), c.better));
  return Object.fromEntries(
    found.options.map((o, n) => [o.id, Object.fromEntries(criteria.map((c, k) => [c.name, columns[k][n]]))]),
  );
}

export function knockedOut(found, limits = found) {
  const out = {};
  for (const o of found.options) {
    if (o.law) out[o.id] = "law";
    else if (o.extra_staff_fte > limits.staff_cap_fte) out[o.id] = "staff cap";
    else if (o.set_up_gbp > limits.budget_gbp) out[o.id] = "budget";
  }
  return out;
}

export function weightsWith(found, cost) {
  const rest = 100 - found.weights[COST];
  return Object.fromEntries(
    Object.entries(found.weights).map(([name, w]) => [name, name === COST ? cost : (w * (100 - cost)) / rest]),
  );
}

function sound(found, survives) {
  const out = Object.keys(knockedOut(found));
  const { weights, asked } = found;
  const today = weights[COST];
  if (today < 10 || today > 45 || Math.abs(asked - today) < 10) return false;
  const scores = scoresOf(found);
  const totals = weightedTotals(scores, weights);
  const order = ranking(totals, out);
  const flip = breakEvenWeight(scores, weights, COST, out);
  if (totals[order[0]] - totals[order[1]] < 0.15 || flip === null) return false;
  const away = Math.abs(flip - today);
  if (flip < 4 || flip > 96 || away < 3 || away > 45 || Math.abs(flip - asked) < 4) return false;
  const then = weightedTotals(scores, weightsWith(found, asked));
  const best = ranking(then, out);
  const winner = order[0];
  const rival = best[0] === winner ? best[1] : best[0];
  return Math.abs(then[winner] - then[rival]) >= 0.15 && (best[0] === winner) === survives;
}

// What a problem comes to: who leads today and at the weight asked about, and where it flips.
export function solve(found) {
  const scores = scoresOf(found);
  const out = knockedOut(found);
  const barred = Object.keys(out);
  const at = (cost) => weightedTotals(scores, weightsWith(found, cost));
  const totals = weightedTotals(scores, found.weights);
  const order = ranking(totals, barred);
  const flip = breakEvenWeight(scores, found.weights, COST, barred);
  const then = at(found.asked);
  const orderThen = ranking(then, barred);
  // At the turning point itself the winner and the rival are level, ahead of the rest.
  const rival = ranking(at(flip), barred).slice(0, 2).find((o) => o !== order[0]);
  return {
    scores, out, barred, at, totals, order, flip, then, orderThen, rival,
    today: found.weights[COST],
    winner: order[0],
    survives: orderThen[0] === order[0],
    rest: at(0),
  };
}

// ---- words and tables -------------------------------------------------------------------

const called = (id) => `${id} ${names[id]}`;
const measure = (c, value) => {
  if (c.unit === "£") return gbp(value, true);
  return c.unit === "%" ? `${fixed(value, c.digits)}%` : fixed(value, c.digits);
};
const standing = (totals, order, id) => {
  const place = order.indexOf(id);
  return place < 0 ? "out" : String(place + 1);
};
const leads = (totals, order) =>
  `${order[0]} leads with ${fixed(totals[order[0]])}` + (order[1] ? `, then ${order[1]} with ${fixed(totals[order[1]])}.` : ".");

function outWords(found, out) {
  return found.options
    .filter((o) => out[o.id])
    .map((o) => {
      if (out[o.id] === "law") return h("li", {}, h("b", {}, called(o.id)), ` is out: it breaks the law. ${o.law}`);
      const why =
        out[o.id] === "budget"
          ? `${gbp(o.set_up_gbp)} to set up, above the budget of ${gbp(found.budget_gbp)}.`
          : `${o.extra_staff_fte} extra full-time staff, above the cap of ${found.staff_cap_fte}.`;
      return h("li", {}, h("b", {}, called(o.id)), ` is out: ${why}`);
    });
}

function matrix(found, s) {
  const ids = found.options.map((o) => o.id);
  const dear = (c) => (c.better === "min" ? "low is good" : "high is good");
  return h(
    "details",
    {},
    h("summary", {}, "All scores, weights and figures"),
    table(
      "Scores, 0 for the worst of the five and 10 for the best",
      ["Criterion (weight)", ...ids],
      criteria.map((c) => [`${c.label} (${found.weights[c.name]})`, ...ids.map((id) => fixed(s.scores[id][c.name]))]),
    ),
    table(
      "The figures behind the scores",
      ["Measure", ...ids],
      [
        ...criteria.map((c) => [
          `${c.label}${c.unit === "days" || c.unit === "hours" ? `, ${c.unit}` : ""} (${dear(c)})`,
          ...found.options.map((o) => measure(c, o.values[c.name])),
        ]),
        ["Set-up cost", ...found.options.map((o) => gbp(o.set_up_gbp))],
        ["Extra full-time staff", ...found.options.map((o) => fixed(o.extra_staff_fte))],
      ],
    ),
    h(
      "p",
      {},
      "Where the weights come from: ",
      list([...new Set(criteria.map((c) => c.objective))].map((objective) => {
        const points = criteria.filter((c) => c.objective === objective).reduce((sum, c) => sum + found.weights[c.name], 0);
        return `${objective} ${points}`;
      })),
      ". These are the board’s objectives.",
    ),
  );
}

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const s = solve(found);
  const survives = choice({
    legend: `What if cost counted ${found.asked} instead of ${s.today}, and the other weights kept their proportions? Would ${called(s.winner)} still win?`,
    options: [
      ["yes", `Yes, ${s.winner} still wins`],
      ["no", "No, another option wins"],
    ],
  });
  const flip = figure({
    label: `At what weight of cost does another option draw level with ${s.winner}?`,
    hint: "A number from 0 to 100. A rough guess is fine: within 10 points counts as right.",
    min: 0, max: 100, step: 1, value: null,
  });
  return {
    node: h(
      "div",
      {},
      found.seed ? h("p", {}, "The same five options, with other figures, limits and weights.") : null,
      table(
        `The five options today, with a weight of ${s.today} on cost`,
        ["Option", "On cost", "On the rest", "Total"],
        found.options.map(({ id }) => [
          s.out[id] ? `${called(id)} (out)` : id === s.winner ? h("strong", {}, `${called(id)} ◀ leads`) : called(id),
          fixed(s.scores[id][COST]),
          fixed(s.rest[id]),
          fixed(s.totals[id]),
        ]),
      ),
      h("p", { class: "cslx-hint" }, "“On the rest” is the score on the other four criteria together."),
      h("ul", {}, outWords(found, s.out)),
      matrix(found, s),
      survives.node,
      flip.node,
    ),
    read() {
      if (!survives.read()) return ui.refuse(survives.refuse("Choose yes or no."));
      if (flip.read() === null) return ui.refuse(flip.refuse());
      return { survives: survives.read() === "yes", flip: flip.read() };
    },
    show(given) {
      survives.set(given.survives ? "yes" : "no");
      flip.set(given.flip);
    },
  };
}

const bars = (s) =>
  chart({
    title: "Totals at this weight",
    describe: ({ totals, order }) => leads(totals, order),
    head: ["Option", "Total", "Place"],
    rows: ({ totals, order }) => Object.keys(totals).map((id) => [called(id), fixed(totals[id]), standing(totals, order, id)]),
    draw(Plot, width, { totals, order }) {
      const rows = Object.keys(totals).map((id) => ({
        id: called(id),
        total: totals[id],
        says: `${fixed(totals[id])}${s.out[id] ? ` (out: ${s.out[id]})` : id === order[0] ? " ◀ leads" : ""}`,
        fill: s.out[id] ? "none" : id === order[0] ? INK.first : INK.faint,
      }));
      return Plot.plot({
        ...plotStyle, width, height: 190, marginLeft: 112, marginRight: 104, marginBottom: 8, marginTop: 4,
        x: { domain: [0, 10], axis: null },
        y: { label: null, tickSize: 0 },
        marks: [
          Plot.barX(rows, { x: "total", y: "id", fill: "fill", stroke: "currentColor", strokeOpacity: 0.6 }),
          Plot.text(rows, { x: "total", y: "id", text: "says", textAnchor: "start", dx: 5 }),
        ],
      });
    },
  });

function run(found, prediction, ui) {
  const s = solve(found);
  const picture = bars(s);
  const words = h("p", { class: "cslx-say" });
  let cost = s.today;
  let moved = false;
  const show = (to) => {
    cost = to;
    const totals = s.at(cost);
    const order = ranking(totals, s.barred);
    words.textContent = `Cost counts ${fixed(cost, 0)}: ${leads(totals, order)}`;
    picture.update({ totals, order });
  };
  const weight = figure({
    label: "Weight of cost", min: 0, max: 100, step: 1, value: s.today,
    oninput(to) {
      moved = true;
      show(to);
      ui.announce(words.textContent);
    },
  });
  show(s.today);
  return {
    node: h(
      "div",
      {},
      h("p", {}, `Move the weight of cost from ${s.today} to ${found.asked}, and on. Watch who leads, and where it changes.`),
      weight.node,
      words,
      picture.node,
    ),
    read: () => (moved ? { cost } : ui.refuse("Move the weight first: type a number or use the slider.")),
    show(given) {
      weight.set(given.cost);
      show(given.cost);
    },
  };
}

function judge(found, prediction) {
  const s = solve(found);
  const error = Math.abs(prediction.flip - s.flip);
  return { right: prediction.survives === s.survives && error <= CLOSE, error };
}

const mark = (right) => h("strong", {}, right ? "✓ Right. " : "✗ Not so. ");

function reveal(found, prediction, done, ui) {
  const s = solve(found);
  const { error } = judge(found, prediction);
  const yes = prediction.survives === s.survives;
  const lines = chart({
    title: "Total of each option as the weight of cost goes from 0 to 100 (◀ leads today)",
    describe: () =>
      `Straight lines. ${s.winner} and ${s.rival} cross at a weight of ${fixed(s.flip)}. Your guess was ${fixed(prediction.flip, 0)}.`,
    head: ["Weight of cost", ...found.options.map((o) => o.id), "Leads"],
    rows: () =>
      [...new Set([0, 20, 40, 60, 80, 100, s.today, found.asked])]
        .sort((a, b) => a - b)
        .map((cost) => {
          const totals = s.at(cost);
          const says = cost === s.today ? `${cost} (today)` : cost === found.asked ? `${cost} (asked)` : String(cost);
          return [says, ...found.options.map((o) => fixed(totals[o.id])), ranking(totals, s.barred)[0]];
        }),
    draw: (Plot, width) => crossing(Plot, width, found, s, prediction),
  });
  lines.update({});
  const shares = winShares(s.scores, s.barred);
  const share = shares[s.winner];
  const firm = share >= 0.9 ? "robust: hardly any weighting beats it" : share >= 0.7 ? "fairly safe, not certain" : "fragile: it hangs on the weights";
  return h(
    "div",
    {},
    h(
      "p", { class: yes ? "cslx-right" : "cslx-wrong" }, mark(yes),
      `You said that ${s.winner} ${prediction.survives ? "still wins" : "no longer wins"}. With cost at ${found.asked}, ${leads(s.then, s.orderThen)}`,
    ),
    h(
      "p", { class: error <= CLOSE ? "cslx-right" : "cslx-wrong" }, mark(error <= CLOSE),
      `You put the turning point at ${fixed(prediction.flip, 0)}. ${s.rival} draws level with ${s.winner} at ${fixed(s.flip)}: you were ${fixed(error)} points away.`,
    ),
    lines.node,
    h("p", {}, `And if nobody knew the weights? Of 2,000 random weightings, ${list(s.order.filter((o) => shares[o] > 0).map((o) => `${o} wins ${percent(shares[o])}`))}. The lead of ${s.winner} is ${firm}.`),
    freePlay(found, s, ui),
  );
}

function crossing(Plot, width, found, s, prediction) {
  const ends = found.options.flatMap(({ id }) => [0, 100].map((cost) => ({ id, cost, total: s.at(cost)[id] })));
  const kind = (id) => (s.out[id] ? "out" : id === s.winner ? "winner" : id === s.rival ? "rival" : "other");
  // Names at the right end, pushed apart where lines end close together.
  const labels = ends.filter((end) => end.cost === 100).sort((a, b) => a.total - b.total);
  let below = -Infinity;
  for (const label of labels) {
    label.y = Math.max(label.total, below + 0.62);
    below = label.y;
  }
  const excess = Math.max(0, below - 10);
  for (const label of labels) label.y -= excess * (label.y / below);
  const marks = [
    { x: s.today, says: `today ${s.today}`, width: 1, dash: null, ink: "currentColor" },
    { x: found.asked, says: `asked ${found.asked}`, width: 1.5, dash: "2,4", ink: "currentColor" },
    { x: prediction.flip, says: `your guess ${fixed(prediction.flip, 0)}`, width: 2.5, dash: "8,5", ink: INK.second },
    { x: s.flip, says: `level ${fixed(s.flip)}`, width: 3, dash: null, ink: INK.first },
  ];
  // Each mark's words stand on a row of their own. On the left half the leftmost stands
  // highest and its words run to the right, above the others; on the right half likewise.
  const right = (m) => m.x > 55;
  marks.sort((one, two) => right(one) - right(two) || (right(one) ? one.x - two.x : two.x - one.x));
  const look = {
    winner: { stroke: INK.first, strokeWidth: 3.5 },
    rival: { stroke: "currentColor", strokeWidth: 2.5 },
    other: { stroke: "currentColor", strokeWidth: 1, strokeOpacity: 0.7 },
    out: { stroke: "currentColor", strokeWidth: 1, strokeOpacity: 0.55, strokeDasharray: "3,3" },
  };
  return Plot.plot({
    ...plotStyle, width, height: 400, marginTop: 88, marginRight: 62, marginLeft: 30, marginBottom: 40,
    x: { domain: [0, 100], label: "Weight of cost", labelAnchor: "center", labelArrow: "none", ticks: 5 },
    y: { domain: [0, 10], label: null, ticks: 5, grid: true },
    marks: [
      ...found.options.map(({ id }) => Plot.line(ends.filter((end) => end.id === id), { x: "cost", y: "total", ...look[kind(id)] })),
      Plot.text(labels, {
        x: "cost", y: "y", dx: 6, textAnchor: "start",
        text: (d) => (s.out[d.id] ? `${d.id} (out)` : d.id === s.winner ? `${d.id} ◀` : d.id),
        fontWeight: 600,
      }),
      ...marks.map((m, row) =>
        Plot.ruleX([m], { x: "x", stroke: m.ink, strokeWidth: m.width, strokeDasharray: m.dash, insetTop: -14 - 19 * row }),
      ),
      ...marks.map((m, row) =>
        Plot.text([m], {
          ...READABLE, x: "x", text: "says", frameAnchor: "top", dy: -20 - 19 * row,
          dx: right(m) ? -5 : 5, textAnchor: right(m) ? "end" : "start",
        }),
      ),
      Plot.dot([{ x: s.flip, y: s.at(s.flip)[s.winner] }], { x: "x", y: "y", r: 6, fill: INK.first, stroke: "currentColor" }),
    ],
  });
}

// Weights, limits and the criterion to test, all free: the matrix as a tool.
function freePlay(found, s, ui) {
  const start = { weights: { ...found.weights }, budget_gbp: found.budget_gbp, staff_cap_fte: found.staff_cap_fte, criterion: COST };
  const mine = Object.assign(ui.choices, { ...start, ...structuredClone(ui.choices) });
  const answer = h("div");
  const words = h("p", { class: "cslx-say" });
  const update = (spoken = true) => {
    const out = knockedOut(found, mine);
    const barred = Object.keys(out);
    if (barred.length === found.options.length) {
      words.textContent = "Every option is out. Raise the budget or the staff cap.";
      answer.replaceChildren();
    } else if (!Object.values(mine.weights).some((w) => w > 0)) {
      words.textContent = "All weights are 0, so nothing counts. Give at least one criterion a weight.";
      answer.replaceChildren();
    } else {
      const totals = weightedTotals(s.scores, mine.weights);
      const order = ranking(totals, barred);
      const shares = winShares(s.scores, barred);
      const { label } = criteria.find((c) => c.name === mine.criterion);
      const whole = Object.values(mine.weights).reduce((a, b) => a + b);
      const now = (100 * mine.weights[mine.criterion]) / whole;
      words.textContent = `${leads(totals, order)} ${turning(totals, order, barred, label, now)}`;
      answer.replaceChildren(
        table(
          "Your matrix",
          ["Option", "Total", "Place", "Wins of 2,000"],
          found.options.map(({ id }) => [
            called(id), fixed(totals[id]), out[id] ? `out: ${out[id]}` : standing(totals, order, id), percent(shares[id]),
          ]),
        ),
        h("p", { class: "cslx-hint" }, `Your weights add up to ${fixed(whole, 0)}. What counts is each one’s share of that.`),
      );
    }
    if (spoken) {
      ui.keep();
      ui.announce(words.textContent);
    }
  };
  const turning = (totals, order, barred, label, now) => {
    if (order.length < 2) return "No other option is left in.";
    if (now === 100) return `“${label}” holds all the weight, so there is nothing to weigh it against.`;
    const flip = breakEvenWeight(s.scores, mine.weights, mine.criterion, barred);
    const share = `“${label}” has a share of ${fixed(now)} in 100.`;
    if (flip === null) return `${share} No other share of it would change the winner.`;
    return `${share} Another option draws level at ${fixed(flip)}.`;
  };
  const weights = criteria.map((c) =>
    figure({
      label: `${c.label} (${c.objective})`, min: 0, max: 100, step: 5, value: mine.weights[c.name],
      oninput(to) {
        mine.weights[c.name] = to;
        update();
      },
    }));
  const limits = [
    ["budget_gbp", "Budget to set up, £", 40000, 130000, 500],
    ["staff_cap_fte", "Cap on extra full-time staff", 0, 6, 0.5],
  ].map(([name, label, min, max, step]) =>
    figure({
      label, min, max, step, value: mine[name],
      oninput(to) {
        mine[name] = to;
        update();
      },
    }));
  const picked = h(
    "select",
    {
      onchange: (event) => {
        mine.criterion = event.target.value;
        update();
      },
    },
    criteria.map((c) => h("option", { value: c.name }, c.label)),
  );
  picked.value = mine.criterion;
  const reset = h(
    "button",
    {
      type: "button",
      onclick: () => {
        Object.assign(mine, structuredClone(start));
        criteria.forEach((c, n) => weights[n].set(start.weights[c.name]));
        limits[0].set(start.budget_gbp);
        limits[1].set(start.staff_cap_fte);
        picked.value = start.criterion;
        update();
      },
    },
    "Back to the board’s weights",
  );
  update(false);
  return h(
    "details",
    {},
    h("summary", {}, "Try your own weights and limits"),
    h("p", {}, "Start from what the objectives ask for, not from the option you like. The law is not a weight: what breaks it stays out."),
    words,
    answer,
    h("div", { class: "cslx-figure" }, h("label", {}, "Find the turning point of ", picked)),
    weights.map((w) => w.node),
    limits.map((l) => l.node),
    reset,
  );
}

export function reasons(found) {
  const s = solve(found);
  const { winner: W, rival: R } = s;
  const onCost = s.scores[W][COST] - s.scores[R][COST];
  const onRest = s.rest[W] - s.rest[R];
  const [strong, weak] = onCost > 0 ? ["on cost", "on the rest"] : ["on the rest", "on cost"];
  const favours = (found.asked > s.today) === onCost > 0;
  let right = `${W} is ahead of ${R} ${strong} but behind ${weak}. The change gives weight to where it is behind, and goes past the turning point.`;
  if (s.survives && favours) right = `${W} is ahead of ${R} ${strong}, and the change gives that more weight.`;
  else if (s.survives) right = `${W} is behind ${R} ${weak}. That gains weight, but the turning point is not reached.`;
  const [a, b] = [Math.abs(onCost), Math.abs(onRest)];
  return {
    question: s.survives
      ? `Why does ${W} still win when cost counts ${found.asked}?`
      : `Why does ${W} lose its lead when cost counts ${found.asked}?`,
    options: [
      {
        text: right,
        right: true,
        because: `Two leads decide. On cost they are ${fixed(a)} apart, on the rest ${fixed(b)}. They are level at 100 × ${fixed(b)} ÷ (${fixed(a)} + ${fixed(b)}), about ${fixed((100 * b) / (a + b))}. You can guess the next one this way.`,
      },
      {
        text: "The options’ scores change when the weights change.",
        because: "Scores come from the figures of the options. A weight only says how much a score counts.",
      },
      s.survives
        ? { text: "A leader stays ahead whatever the weights are.", because: `Only as far as the turning point. Beyond ${fixed(s.flip)} the lead of ${W} is gone.` }
        : { text: "Whoever is best on cost alone takes the lead.", because: "Only if cost were everything. As long as other criteria count, their scores count too, and an option that is out cannot lead." },
      {
        text: "A high cost earns a high score, so dear options gain from more weight on cost.",
        because: "It is the other way round. For cost, low is good: the cheapest of the five scores 10 and the dearest 0.",
      },
    ],
  };
}

export default frame({
  slug: "decision-matrix",
  about:
    "Five ways to improve the complaints process, five criteria, and 100 points of weight shared out by the board. Each option scores from 0 to 10 on each criterion. Someone always asks: “What if cost counted for more, or for less?”",
  tolerance: TOLERANCE,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
