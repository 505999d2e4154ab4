// W13, the effect finder: what did the change do, and what would have happened anyway? problem() is
// the same as in effect_finder.py.
import { normal } from "./control_chart.js";
import { data } from "./effect_finder_data.js";
import { againstSeason, againstSite, againstTarget, beforeAfter, verdict } from "./effects.js";
import { INK, READABLE, chart, choice, figure, fixed, frame, h, plotStyle, table } from "./kit.js";
import { mulberry32 } from "./randomness.js";

const BEFORE = 52;
const AFTER = 12;
const LEARNING = 4;
const ABOUT_RIGHT = 1.5;
const DESIGNS = ["before_after", "season", "site"];

// ---- the problem ------------------------------------------------------------------------

const tenth = (value) => Math.floor(value * 10 + 0.5) / 10;

export function problem(seed) {
  if (seed === 0) return { seed: 0, effect: null, ...data.own };
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  for (;;) {
    const measure = data.measures[whole(0, data.measures.length - 1)];
    const season = whole(0, 2);
    let start = 52;
    let depth;
    if (season === 0) {
      start = whole(12, 30);
      depth = whole(60, 110) / 10;
    } else depth = whole(30, 80) / 10;
    if (season === 2) depth = 0;
    const length = whole(14, 18);
    const kinder = (whole(0, 1) * whole(10, 25)) / 10;
    const effect = [0, 0, 2, 3, 4, 5, 6, -3][whole(0, 7)];
    const gap = whole(-20, 20) / 10;
    const wanted = whole(2, 6);
    const here = [];
    const there = [];
    for (let week = 0; week < BEFORE + AFTER; week += 1) {
      const low = (week >= start && week < start + length) || (week >= start - 52 && week < start - 52 + length);
      const common = measure.mean + (week >= 38 ? kinder : 0) - (low ? depth : 0) + 0.6 * normal(draw);
      const after = week - BEFORE;
      let own = 0;
      if (after >= LEARNING) own = effect;
      else if (after >= 0) own = (effect * after) / LEARNING - 1.5;
      here.push(tenth(common + own + measure.sd * normal(draw)));
      there.push(tenth(common + gap + measure.sd * normal(draw)));
    }
    const found = { seed, measure: measure.name, unit: measure.unit, here, there, wanted, effect };
    const plain = effectOf(found, "before_after");
    const real = effectOf(found, "site");
    const clear = Math.min(Math.abs(real.low), Math.abs(real.high)) >= 0.4 && Math.abs(real.value - wanted) >= 0.6;
    if (clear && Math.abs(Math.abs(plain.value - real.value) - ABOUT_RIGHT) >= 0.5) return found;
  }
}

export function effectOf(found, design, learning = false) {
  const first = learning ? BEFORE : BEFORE + LEARNING;
  const { here, there } = found;
  if (design === "site") return againstSite(here.slice(0, BEFORE), here.slice(first), there.slice(0, BEFORE), there.slice(first));
  if (design === "season") return againstSeason(here.slice(first - 52, AFTER), here.slice(first));
  return beforeAfter(here.slice(0, BEFORE), here.slice(first));
}

export function bias(found) {
  const kindness = effectOf(found, "before_after").value - effectOf(found, "site").value;
  if (Math.abs(kindness) <= ABOUT_RIGHT) return "about_right";
  return kindness > 0 ? "too_kind" : "too_harsh";
}

export function truth(found) {
  const effect = effectOf(found, "site");
  return { bias: bias(found), verdict: verdict(effect), size: againstTarget(effect, found.wanted) };
}

// ---- words ------------------------------------------------------------------------------

const BIAS = { too_kind: "too kind to the change", too_harsh: "too harsh on it", about_right: "about right" };
const VERDICT = { improved: "it improved", cannot_tell: "the figures cannot tell", worse: "it got worse" };
const SIZE = { met: "the gain was at least what was wanted", part: "there was a gain, and less than was wanted", not: "there was no gain" };
const NAMES = { before_after: "Before and after", season: "Same weeks, a year before", site: "Against the other site" };
const pairs = (words) => Object.entries(words);
const points = (value) => `${value > 0 ? "+" : ""}${fixed(value)} points`;
const between = (effect) => `${points(effect.value)}, with a 95% interval from ${fixed(effect.low)} to ${fixed(effect.high)}`;
const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const weekName = (place) => (place < BEFORE ? `${place - BEFORE}`.replace("-", "−") : `${place - BEFORE + 1}`);
const upper = (words) => words[0].toUpperCase() + words.slice(1);

// ---- charts -----------------------------------------------------------------------------

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// The weeks of one site or of both, without the chart library, because it stands on the first
// screen. The second line is dashed and named, so that colour is not needed.
function weeksChart(found, both) {
  const lines = [["This site", found.here], ...(both ? [["The other site", found.there]] : [])];
  const title = `${found.measure}, week by week, in ${found.unit}`;
  const all = lines.flatMap(([, values]) => values);
  const [low, high] = [Math.floor(Math.min(...all) / 5) * 5, Math.ceil(Math.max(...all) / 5) * 5];
  const [width, height, left, top, bottom] = [340, 190, 26, 18, 34];
  const x = (place) => left + ((width - left - 6) * place) / (BEFORE + AFTER - 1);
  const y = (value) => top + ((height - top - bottom) * (high - value)) / (high - low);
  const text = (words, place, value, more = {}) => svg("text", { x: place, y: value, fill: "currentColor", "font-size": 11, ...more }, words);
  const start = (x(BEFORE - 1) + x(BEFORE)) / 2;
  const ticks = Array.from({ length: (high - low) / 5 + 1 }, (_, n) => low + 5 * n);
  const says = `${title}. ` + lines.map(([name, values]) =>
    `${name}: mean ${fixed(average(values.slice(0, BEFORE)))} in the 52 weeks before, ${fixed(average(values.slice(BEFORE)))} in the 12 after`).join(". ");
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": says },
    ...ticks.flatMap((tick) => [
      svg("line", { x1: left, x2: width - 6, y1: y(tick), y2: y(tick), stroke: "currentColor", "stroke-opacity": 0.25 }),
      text(String(tick), left - 5, y(tick) + 4, { "text-anchor": "end" }),
    ]),
    svg("line", { x1: start, x2: start, y1: top - 4, y2: height - bottom, stroke: "currentColor", "stroke-dasharray": "2,4" }),
    text("start", start, top - 7, { "text-anchor": "middle" }),
    ...[-52, -39, -26, -13].map((week) => text(String(week).replace("-", "−"), x(week + BEFORE), height - bottom + 14, { "text-anchor": "middle" })),
    text("12", x(BEFORE + AFTER - 1), height - bottom + 14, { "text-anchor": "end" }),
    text("Weeks before and after the start", (left + width) / 2, height - 5, { "text-anchor": "middle" }),
    ...lines.map(([, values], n) => svg("polyline", {
      points: values.map((value, place) => `${x(place)},${y(value)}`).join(" "),
      fill: "none", stroke: n ? INK.second : INK.first, "stroke-width": 2, "stroke-dasharray": n ? "5,3" : "",
    })));
  const key = both ? h("p", { class: "cslx-hint" }, "Whole line: this site. Dashed line: the other site.") : null;
  return h("div", {}, h("p", {}, h("strong", {}, title)), picture, key,
    h("details", {}, h("summary", {}, "The same as a table"),
      table(title, ["Week", ...lines.map(([name]) => name)], found.here.map((_, place) => [weekName(place), ...lines.map(([, values]) => fixed(values[place]))]))));
}

function effectsChart(found, guess) {
  const rows = DESIGNS.map((design) => ({ name: NAMES[design], ...effectOf(found, design) }));
  const ends = [...rows.flatMap((row) => [row.low, row.high]), guess, found.wanted, 0];
  const node = chart({
    title: "The change by three comparisons, in percentage points",
    describe: () => [...rows.map((row) => `${row.name}: ${between(row)}`), `Your guess was ${fixed(guess)}, the board wanted ${found.wanted}`].join(". "),
    head: ["Comparison", "Change", "From", "To"],
    rows: () => [...rows.map((row) => [row.name, fixed(row.value), fixed(row.low), fixed(row.high)]), ["Your guess", fixed(guess), "", ""], ["Wanted", fixed(found.wanted), "", ""]],
    draw: (Plot, width) => Plot.plot({
      ...plotStyle, width, height: 250, marginLeft: 12, marginRight: 12, marginTop: 34, marginBottom: 40,
      x: { label: "Percentage points", labelAnchor: "center", labelArrow: "none", domain: [Math.min(...ends) - 0.6, Math.max(...ends) + 0.6], ticks: 6 },
      y: { label: null, domain: rows.map((row) => row.name), axis: null, padding: 0.6 },
      marks: [
        Plot.ruleX([0], { stroke: "currentColor" }),
        Plot.ruleX([found.wanted], { stroke: "currentColor", strokeDasharray: "6,4" }),
        Plot.ruleX([guess], { stroke: INK.second, strokeDasharray: "2,4", strokeWidth: 2 }),
        Plot.ruleY(rows, { y: "name", x1: "low", x2: "high", stroke: INK.first, strokeWidth: 3 }),
        Plot.dot(rows, { y: "name", x: "value", r: 6, fill: INK.first }),
        Plot.text(rows, { ...READABLE, y: "name", x: "value", text: "name", dy: -18 }),
        Plot.text(["wanted"], { ...READABLE, x: found.wanted, text: (t) => t, frameAnchor: "top", dy: -14 }),
        Plot.text(["you"], { ...READABLE, x: guess, text: (t) => t, frameAnchor: "top", dy: -28 }),
      ],
    }),
  });
  node.update(found);
  return node.node;
}

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const plain = effectOf(found, "before_after");
  const kind = choice({ legend: "As a measure of what the change did, that difference is", options: pairs(BIAS).map(([key, words]) => [key, upper(words)]) });
  const guess = figure({ label: "What did the change itself bring? Your guess, in points", min: -15, max: 20, step: 0.5, value: null, unit: "points" });
  return {
    node: h("div", {},
      h("p", {}, `A change went live at one site. ${found.measure} stood at ${fixed(average(found.here.slice(0, BEFORE)))}${found.unit} in the 52 weeks before. ` +
        `In weeks 5 to 12 after the start it was ${fixed(average(found.here.slice(BEFORE + LEARNING)))}${found.unit}: ${points(plain.value)}. Weeks 1 to 4 are left out, because people were learning.`),
      weeksChart(found, false), kind.node, guess.node),
    read() {
      if (kind.read() === null) return ui.refuse(kind.refuse("Say whether the difference is too kind, too harsh or about right."));
      if (guess.read() === null) return ui.refuse(guess.refuse());
      return { bias: kind.read(), points: guess.read() };
    },
    show(given) {
      kind.set(given.bias);
      guess.set(given.points);
    },
  };
}

function run(found, prediction, ui) {
  const words = h("p", { class: "cslx-say" });
  const design = choice({ legend: "How do you compare?", options: pairs(NAMES) });
  const learning = h("input", { type: "checkbox" });
  const said = choice({ legend: "So, at the site with the change", options: pairs(VERDICT).map(([key, text]) => [key, upper(text)]) });
  const size = choice({ legend: `The board had wanted ${found.wanted} points. Going by the middle of the interval,`, options: pairs(SIZE) });
  const update = () => {
    if (design.read() === null) return;
    words.textContent = `${NAMES[design.read()]}: ${between(effectOf(found, design.read(), learning.checked))}.`;
    ui.announce(words.textContent);
  };
  design.node.addEventListener("change", update);
  learning.addEventListener("change", update);
  return {
    node: h("div", {},
      h("p", {}, "Now you see the other site as well. It had the same weeks, and not the change. Try each comparison, choose the one that you would stand by, and say what it shows."),
      weeksChart(found, true), design.node,
      h("label", {}, learning, " ", h("span", {}, "Count the four learning weeks as well")),
      words, said.node, size.node),
    read() {
      if (design.read() === null) return ui.refuse(design.refuse("Choose a comparison."));
      if (said.read() === null) return ui.refuse(said.refuse("Say what the comparison shows."));
      if (size.read() === null) return ui.refuse(size.refuse("Say how large the gain was."));
      return { design: design.read(), learning: learning.checked, verdict: said.read(), size: size.read() };
    },
    show(given) {
      design.set(given.design);
      learning.checked = given.learning;
      said.set(given.verdict);
      size.set(given.size);
      update();
    },
  };
}

function judge(found, prediction, done) {
  const right = truth(found);
  return {
    right: prediction.bias === right.bias && done.design === "site" && done.verdict === right.verdict && done.size === right.size,
    error: Math.abs(prediction.points - effectOf(found, "site").value),
  };
}

function reveal(found, prediction, done) {
  const right = truth(found);
  const real = effectOf(found, "site");
  const plain = effectOf(found, "before_after");
  const line = (good, words) => h("p", { class: good ? "cslx-right" : "cslx-wrong" }, h("strong", {}, good ? "✓ " : "✗ "), words);
  const why = {
    too_kind: "The year before held a bad season for both sites, and the weeks after did not.",
    too_harsh: "The weeks after the start fell into a bad season, at both sites.",
    about_right: "The season weighed about the same on both sides. You could not know that without the other site.",
  }[right.bias];
  return h("div", {},
    h("p", {}, `Against the other site: ${between(real)}. You guessed ${points(prediction.points)}.`),
    effectsChart(found, prediction.points),
    line(prediction.bias === right.bias, `Before and after gave ${points(plain.value)}, which is ${BIAS[right.bias]}. ${why}`),
    line(done.design === "site", done.design === "site"
      ? "You chose the other site. It had the same season and the same way of counting."
      : `You chose “${NAMES[done.design].toLowerCase()}”. ${done.design === "season"
        ? "The year before may have been counted in another way, and eight weeks against eight are few."
        : "The season is still in it."} Use the other site, if there is one.`),
    line(done.verdict === right.verdict, `The interval runs from ${fixed(real.low)} to ${fixed(real.high)}, so ${VERDICT[right.verdict]}.`),
    line(done.size === right.size, `${found.wanted} points were wanted: ${SIZE[right.size]}.`),
    found.effect === null ? null : h("p", {}, `What was planted: ${points(found.effect)}. ${found.effect >= real.low && found.effect <= real.high
      ? "The interval holds it." : "This interval misses it, as one in twenty does."}`));
}

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

export default frame({
  slug: "effect-finder",
  about: "A figure went up after a change. How much of it was the change?",
  // Points by which a guess may be off.
  tolerance: 2,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
