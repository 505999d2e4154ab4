// W3, the SERVQUAL explorer: which dimension of service should be put right first? problem()
// is the same as in servqual_explorer.py.
import { INK, READABLE, chart, choice, figure, fixed, frame, h, list, plotStyle, table } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { DIMENSIONS, NAMES, Problem, alphaIfDeleted, cronbachAlpha, dimensionGaps, itemGaps, itemTotalCorrelation, meanWeights, rescaledWeights, straightLiners, weightedGaps } from "./servqual.js";
import { data } from "./servqual_explorer_data.js";

const COMMENTS = 10;
const OTHER = 1000003;

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  if (seed === 0) {
    const found = { seed: 0, firm: "Northfold", sites: ["North", "West"], people: data.northfold.map(unpacked) };
    return { ...found, comments: comments(found) };
  }
  const draw = mulberry32(seed);
  const kind = draw();
  for (;;) {
    const found = { seed, ...drawn(draw, kind) };
    const counts = shares(found.people);
    const [careful, naive] = [weightedOf(kept(found.people)), weightedOf(found.people)];
    const order = ranked(careful);
    const clear = careful[order[0]] <= 1.25 * careful[order[1]] && ranked(naive)[0] === order[0];
    const gaps = gapsOf(found.people);
    const said = Object.fromEntries(NAMES.map((name, n) => [name, counts[n] * gaps[name]]));
    const [one, two] = ranked(said);
    const hinted = one === order[0] && said[one] <= 1.2 * said[two];
    if (clear && hinted && found.people.filter(straight).length >= 4) return { ...found, comments: comments(found) };
  }
}

// The names from the lowest figure, so from the largest gap, up.
const ranked = (figures) => Object.keys(figures).sort((a, b) => figures[a] - figures[b]);
const straight = (person) => new Set(person.P.filter((value) => value !== null)).size === 1;
const kept = (people) => people.filter((person) => !straight(person));
const dimensionsOf = (people) => dimensionGaps(people.map((one) => one.E), people.map((one) => one.P));
const gapsOf = (people) => Object.fromEntries(Object.entries(dimensionsOf(people)).map(([name, { gap }]) => [name, gap]));
const weightsOf = (people) => meanWeights(people.map((one) => one.w));
const weightedOf = (people) => weightedGaps(gapsOf(people), weightsOf(people));
const total = (values) => values.reduce((all, value) => all + value, 0);
export const answer = (found) => ranked(weightedOf(kept(found.people)))[0];

function shares(people) {
  const right = people.filter((one) => total(one.w) === 100);
  const totals = NAMES.map((_, n) => total(right.map((one) => one.w[n])));
  const whole = total(totals);
  const counts = totals.map((part) => Math.floor((COMMENTS * part) / whole));
  const rest = [0, 1, 2, 3, 4].sort((a, b) => ((COMMENTS * totals[b]) % whole) - ((COMMENTS * totals[a]) % whole) || a - b);
  for (const n of rest.slice(0, COMMENTS - total(counts))) counts[n] += 1;
  return counts;
}

function comments(found) {
  const draw = mulberry32(found.seed + OTHER);
  const said = shares(found.people).flatMap((count, n) => data.comments[n].slice(0, count));
  for (let last = said.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1));
    [said[last], said[other]] = [said[other], said[last]];
  }
  return said;
}

function drawn(draw, kind) {
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const order = [0, 1, 2, 3, 4];
  for (let last = 4; last > 0; last -= 1) {
    const other = whole(0, last);
    [order[last], order[other]] = [order[other], order[last]];
  }
  const [first, second] = order;
  const gap = order.map(() => 0.3 + 0.3 * draw());
  const weight = order.map(() => 16);
  if (kind < 0.4) {
    [gap[first], weight[first], gap[second], weight[second]] = [1.0, 36, 1.5, 10];
  } else if (kind < 0.75) {
    [gap[first], weight[first], gap[second], weight[second]] = [1.3, 26, 0.15, 34];
  } else {
    [gap[first], weight[first]] = [1.4, 28];
  }
  const odd = whole(0, 21);
  const sites = data.sites[whole(0, data.sites.length - 1)];
  const firm = data.firms[whole(0, data.firms.length - 1)];
  const people = Array.from({ length: whole(60, 120) }, () => person(draw, whole, gap, weight, odd));
  return { firm, sites, people };
}

function person(draw, whole, gap, weight, odd) {
  const [site, wave] = [draw() < 0.4 ? 1 : 0, draw() < 0.5 ? 1 : 0];
  const careless = draw() < 0.09;
  const alike = [whole(5, 7), whole(4, 7)];
  const sides = [0, 1].map((side) => {
    const own = [0.8, 1.6][side] * (draw() - 0.5);
    let item = 0;
    return Object.values(DIMENSIONS).flatMap((items, n) => {
      const level = 6.0 - side * gap[n] + own + [1.2, 2.0][side] * (draw() - 0.5);
      return items.map(() => {
        const value = side && item === odd ? 6.0 - gap[n] + 4.5 * (draw() - 0.5) : level + [1.8, 2.6][side] * (draw() - 0.5);
        const given = Math.min(7, Math.max(1, Math.trunc(value + 0.5)));
        const blank = draw() < 0.012;
        item += 1;
        return blank ? null : careless ? alike[side] : given;
      });
    });
  });
  const points = weight.map((one) => 5 * Math.trunc((one / 5) * (0.7 + 0.6 * draw()) + 0.5));
  points[points.indexOf(Math.max(...points))] += 100 - total(points);
  if (draw() < 0.04) points[0] += 10;
  return { site, wave, E: sides[0], P: sides[1], w: points };
}

function unpacked(row) {
  const [where, answers, weights] = row.split(" ");
  const given = [...answers].map((one) => +one || null);
  return { site: +where[0], wave: +where[1], E: given.slice(0, 22), P: given.slice(22), w: weights.split(",").map(Number) };
}

// ---- words ------------------------------------------------------------------------------

const cap = (name) => name[0].toUpperCase() + name.slice(1);
const two = (value) => fixed(value, 2);
const dimensionOptions = NAMES.map((name) => [name, cap(name)]);
const verdict = (right, words) => h("p", { class: right ? "cslx-right" : "cslx-wrong" }, h("strong", {}, right ? "✓ " : "✗ "), words);

function select(label, options, onchange) {
  const control = h("select", { onchange }, options.map(([value, text]) => h("option", { value }, text)));
  return { control, node: h("label", { class: "cslx-field" }, h("span", {}, label), control) };
}

function tick(label, checked, onchange) {
  const box = h("input", { type: "checkbox", checked, onchange });
  return { box, node: h("label", {}, box, " ", h("span", {}, label)) };
}

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const gaps = dimensionsOf(found.people);
  const asked = choice({ legend: "Which dimension should be put right first?", options: dimensionOptions });
  return {
    node: h(
      "div",
      {},
      h("p", {}, `${found.firm} asked ${found.people.length} customers the same 22 things twice, each from 1 to 7: what to expect of an excellent retailer, and what they found. ${found.seed ? "The answers are as they came in." : "Forms that were typed in backwards are put right already, and nothing else is."}`),
      table("Mean answers in the five dimensions", ["Dimension", "Expected", "Found"], NAMES.map((name) => [cap(name), two(gaps[name].expectation), two(gaps[name].perception)])),
      h("p", {}, "The weights are still hidden. But ten customers said what matters most to them:"),
      h("ul", {}, found.comments.map((words) => h("li", {}, words))),
      asked.node,
    ),
    read: () => (asked.read() ? { dimension: asked.read() } : ui.refuse(asked.refuse("Choose one of the five dimensions."))),
    show: (given) => asked.set(given.dimension),
  };
}

function run(found, prediction, ui) {
  const site = select("Site", [["", "Both sites"], ["0", found.sites[0]], ["1", found.sites[1]]], () => update());
  const wave = select("Wave", [["", "Both waves"], ["0", "First wave"], ["1", "Second wave"]], () => update());
  const count = straightLiners(found.people.map((one) => one.P)).filter(Boolean).length;
  const drop = tick(`Leave out people with one answer to everything they found (${count})`, false, () => update());
  const asked = choice({ legend: "With the weights, which dimension should be put right first?", options: dimensionOptions });
  const bars = gapChart();
  const words = h("p", { class: "cslx-say" });
  const update = (spoken = true) => {
    const people = (drop.box.checked ? kept(found.people) : found.people).filter(
      (one) => [[site, one.site], [wave, one.wave]].every(([{ control }, at]) => !control.value || +control.value === at),
    );
    const [gaps, weights] = [dimensionsOf(people), weightsOf(people)];
    const parts = weightedOf(people);
    bars.update(NAMES.map((name) => ({ name: cap(name), ...gaps[name], weight: weights[name], part: parts[name] })));
    words.textContent = `${people.length} people. The weighted score is ${two(total(Object.values(parts)))}.`;
    if (spoken) ui.announce(words.textContent);
  };
  update(false);
  return {
    node: h(
      "div",
      {},
      h("p", {}, "Now clean the answers and look at the weights: the points out of 100 that customers gave. The filters show each part. For your answer set them back to both."),
      h("fieldset", { class: "cslx-choice" }, h("legend", {}, "Which answers"), drop.node),
      site.node, wave.node, bars.node, words, asked.node,
    ),
    read() {
      if (!asked.read()) return ui.refuse(asked.refuse("Choose one of the five dimensions."));
      if (site.control.value || wave.control.value) {
        site.control.focus();
        return ui.refuse("Set both filters back, so that your answer is for all customers.");
      }
      return { dimension: asked.read(), drop: drop.box.checked };
    },
    show(given) {
      asked.set(given.dimension);
      drop.box.checked = given.drop;
      update(false);
    },
  };
}

// How many dimensions lie before the one that was predicted.
function judge(found, prediction, done) {
  const order = ranked(weightedOf(kept(found.people)));
  const error = order.indexOf(prediction.dimension);
  return { right: error === 0 && done.dimension === order[0] && done.drop, error };
}

function reveal(found, prediction, done, ui) {
  const people = kept(found.people);
  const [gaps, weights] = [dimensionsOf(people), weightsOf(people)];
  const parts = weightedOf(people);
  const orders = [gapsOf(people), parts, Object.fromEntries(NAMES.map((name) => [name, gaps[name].perception]))].map(ranked);
  const [byGap, right] = [orders[0][0], orders[1][0]];
  const gone = found.people.length - people.length;
  const items = itemChart(prediction);
  const all = itemGaps(people.map((one) => one.E), people.map((one) => one.P));
  const fits = fitOf(people);
  items.update(all.map((item, n) => ({ number: n + 1, words: data.statements[n], ...item, ...fits.items[n] })));
  const odd = fits.items.map((item, n) => ({ ...item, n })).filter((item) => item.without > item.alpha + 0.02);
  return h(
    "div",
    {},
    verdict(prediction.dimension === right, `You predicted ${prediction.dimension}. The largest weighted gap is in ${right}: ${two(gaps[right].gap)} × ${fixed(weights[right])} ÷ 100 = ${two(parts[right])}.` +
      (byGap === right ? " Its gap is the largest without weights too." : ` Without weights ${byGap} has the largest gap, ${two(gaps[byGap].gap)}, but it gets only ${fixed(weights[byGap])} of 100 points.`)),
    verdict(done.dimension === right, done.dimension === right ? "Your answer with the weights is right." : `With the weights you chose ${done.dimension}.`),
    verdict(done.drop, done.drop ? `You left out ${gone} people who gave one answer to everything.` : `You left in ${gone} people who gave one answer to everything.`),
    table("The order of the dimensions, worst first", ["Dimension", "By gap", "Weighted", "By SERVPERF"], NAMES.map((name) => [cap(name), ...orders.map((order) => String(order.indexOf(name) + 1))])),
    h("p", {}, `SERVPERF takes what people found and leaves their expectations out. ${orders[2].join() === orders[0].join() ? "Here its order is that of the gaps." : "Here its order is another one than that of the gaps."}`),
    table("Do the statements of a dimension go together? Alpha of what people found", ["Dimension", "Alpha"], NAMES.map((name) => [cap(name), two(fits.alphas[name])])),
    h("p", {}, odd.length
      ? `Alpha would rise from ${two(odd[0].alpha)} to ${two(odd[0].without)} without statement ${odd[0].n + 1}, “${data.statements[odd[0].n]}”. It goes with the others by only ${two(odd[0].fit)}. Read it again: perhaps it asks something else.`
      : "No dimension gets a clearly better alpha by losing a statement."),
    items.node,
    board(people, weights, ui),
  );
}

// Alpha of each dimension, and for each statement alpha without it and its agreement with the others.
function fitOf(people) {
  const alphas = {};
  const items = Object.entries(DIMENSIONS).flatMap(([name, numbers]) => {
    const rows = people.map((one) => numbers.map((item) => one.P[item - 1]));
    alphas[name] = cronbachAlpha(rows);
    const [less, fit] = [alphaIfDeleted(rows), itemTotalCorrelation(rows)];
    return numbers.map((_, n) => ({ alpha: alphas[name], without: less[n], fit: fit[n] }));
  });
  return { alphas, items };
}

// Own weights, and statements on or off.
function board(people, weights, ui) {
  const mine = Object.assign(ui.choices, { weights: { ...weights }, off: [], ...structuredClone(ui.choices) });
  const result = h("div");
  const words = h("p", { class: "cslx-say" });
  const update = (spoken = true) => {
    const blanked = (row) => row.map((value, n) => (mine.off.includes(n + 1) ? null : value));
    try {
      const gaps = dimensionGaps(people.map((one) => blanked(one.E)), people.map((one) => blanked(one.P)));
      const points = rescaledWeights(mine.weights);
      const parts = weightedGaps(Object.fromEntries(NAMES.map((name) => [name, gaps[name].gap])), points);
      const alphaOf = (name) => {
        const left = DIMENSIONS[name].filter((item) => !mine.off.includes(item));
        return left.length < 2 ? "needs two" : two(cronbachAlpha(people.map((one) => left.map((item) => one.P[item - 1]))));
      };
      result.replaceChildren(table("With your weights and statements", ["Dimension", "Gap", "Weight", "Weighted", "Alpha"],
        NAMES.map((name) => [cap(name), two(gaps[name].gap), fixed(points[name]), two(parts[name]), alphaOf(name)])));
      words.textContent = `Put right first: ${ranked(parts)[0]}. The weighted score is ${two(total(Object.values(parts)))}.`;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      result.replaceChildren();
      words.textContent = mine.off.length ? "Leave at least one statement in each dimension, and one weight above 0." : error.message;
    }
    if (spoken) {
      ui.keep();
      ui.announce(words.textContent);
    }
  };
  const sliders = NAMES.map((name) => figure({
    label: `Weight of ${name}`, min: 0, max: 100, step: 1, value: Math.round(mine.weights[name] * 10) / 10,
    oninput(to) {
      mine.weights[name] = to;
      update();
    },
  }).node);
  const ticks = data.statements.map((text, n) => tick(`${n + 1} ${text}`, !mine.off.includes(n + 1), (event) => {
    mine.off = event.target.checked ? mine.off.filter((item) => item !== n + 1) : [...mine.off, n + 1];
    update();
  }).node);
  update(false);
  return h("details", {}, h("summary", {}, "Try your own weights and statements"),
    h("p", {}, "The five weights are stretched to add up to 100."), ...sliders,
    h("fieldset", { class: "cslx-choice" }, h("legend", {}, "Statements that count"), ...ticks), result, words);
}

const axis = { label: "Gap: found less expected", labelAnchor: "center", labelArrow: "none" };

const gapChart = () =>
  chart({
    title: "Gap in each dimension, with a 95% interval",
    describe: (rows) => `${list(rows.map((row) => `${row.name} ${two(row.gap)}`))}. Below zero, the service falls short.`,
    head: ["Dimension", "Gap", "95% interval", "Weight", "Weighted gap"],
    rows: (rows) => rows.map((row) => [row.name, two(row.gap), `${two(row.low)} to ${two(row.high)}`, fixed(row.weight), two(row.part)]),
    draw: (Plot, width, rows) =>
      Plot.plot({
        ...plotStyle, width, height: 260, marginLeft: 116, marginRight: 48, marginBottom: 40,
        x: { ...axis, ticks: 5, grid: true },
        y: { label: null, domain: rows.map((row) => row.name) },
        marks: [
          Plot.barX(rows, { x: "gap", y: "name", fill: INK.first, fillOpacity: 0.75 }),
          Plot.ruleY(rows, { x1: "low", x2: "high", y: "name", stroke: "currentColor", strokeWidth: 2, marker: "tick" }),
          Plot.ruleX([0], { stroke: "currentColor" }),
          Plot.text(rows, { ...READABLE, x: () => 0, y: "name", text: (row) => two(row.gap), textAnchor: "start", dx: 6, fontWeight: 700 }),
        ],
      }),
  });

const itemChart = (prediction) =>
  chart({
    title: "Gap of each of the 22 statements",
    describe: (rows) => `${list(rows.map((row) => `${row.number}: ${two(row.gap)}`))}. You predicted ${prediction.dimension}.`,
    head: ["Statement", "Dimension", "Gap", "Alpha without it", "Goes with the others"],
    rows: (rows) => rows.map((row) => [`${row.number} ${row.words}`, cap(row.dimension), two(row.gap), two(row.without), row.fit === null ? "–" : two(row.fit)]),
    draw: (Plot, width, rows) =>
      Plot.plot({
        ...plotStyle, width, height: 480, marginLeft: 36, marginRight: 76, marginBottom: 40,
        x: { ...axis, ticks: 5, grid: true },
        y: { label: null, domain: rows.map((row) => row.number), tickFormat: String },
        marks: [
          Plot.barX(rows, { x: "gap", y: "number", fill: (row) => (row.dimension === prediction.dimension ? INK.second : INK.first), fillOpacity: 0.75 }),
          Plot.ruleX([0], { stroke: "currentColor" }),
          Plot.text(rows.filter((row) => row.dimension === prediction.dimension), { ...READABLE, x: () => 0, y: "number", text: () => "predicted", textAnchor: "start", dx: 6 }),
        ],
      }),
  });

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

export default frame({
  slug: "servqual-explorer",
  about: "A survey shows where service falls short. Which gap should be closed first?",
  // Only the right dimension counts as right, so no error is left to compare.
  tolerance: 0,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
