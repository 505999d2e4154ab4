// W5, signal or noise: which of six charts has really changed, by eye and by the rules?
// problem() is the same as in signal_or_noise.py.
import { limits, normal, signals, tampered } from "./control_chart.js";
import { INK, READABLE, chart, choice, figure, fixed, frame, h, list, plotStyle, table } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { data } from "./signal_or_noise_data.js";

const CHARTS = 6;
const BASELINE = 26;
const WEEKS = 12;
const ENOUGH = 5;

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  for (;;) {
    const order = data.measures.map((_, n) => n);
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = whole(0, last);
      [order[last], order[other]] = [order[other], order[last]];
    }
    const charts = order.slice(0, CHARTS).map((place) => {
      const { name, unit, mean, sd } = data.measures[place];
      let shift = 0;
      if (draw() < 0.5) {
        shift = whole(15, 28) / 10;
        if (draw() < 0.5) shift = -shift;
      }
      const values = Array.from({ length: BASELINE + WEEKS }, (_, week) => {
        const value = mean + sd * (normal(draw) + (week >= BASELINE ? shift : 0));
        return Math.floor(value * 10 + 0.5) / 10;
      });
      return { name, unit, shift, values };
    });
    const found = charts.filter((one) => firstSignal(one) !== null).length;
    if (found >= 2 && found <= 4) return { seed, charts };
  }
}

const limitsOf = (one) => limits(one.values.slice(0, BASELINE));

export function firstSignal(one) {
  const found = signals(one.values.slice(BASELINE), limitsOf(one));
  return found.length ? found[0].place + 1 : null;
}

// The same charts read in another way: fewer weeks of baseline, no runs, or limits that take in
// the new weeks.
export function reading(charts, weeks, runs, withAfter) {
  const rows = charts.map((one) => {
    const before = one.values.slice(0, BASELINE);
    const after = one.values.slice(BASELINE);
    const { mean, lower, upper } = limits([...before.slice(BASELINE - weeks), ...(withAfter ? after : [])]);
    const [found] = signals(after, { mean, lower, upper }, runs);
    return { mean, lower, upper, first: found ? found.place + 1 : null };
  });
  const changed = charts.map((one) => one.shift !== 0);
  const seen = rows.map((row) => row.first !== null);
  return {
    rows,
    hits: seen.filter((one, n) => one && changed[n]).length,
    changed: changed.filter(Boolean).length,
    alarms: seen.filter((one, n) => one && !changed[n]).length,
    quiet: changed.filter((is) => !is).length,
  };
}

// ---- words and small pictures -------------------------------------------------------------

const letter = (n) => "ABCDEF"[n];
const weekName = (place) => (place < BASELINE ? `${place - BASELINE} ` : `${place - BASELINE + 1}`).trim();
const RULES = { outside: "outside a limit", run8: "the eighth in a row on one side of the mean" };

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// A line of 38 weeks, small and without the chart library, because six stand on the first
// screen. With limits, three lines more.
function picture(one, n, of = null) {
  const [width, height] = [320, 90];
  const shown = of ? [...one.values, of.lower, of.upper] : one.values;
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const x = (place) => 6 + ((width - 12) * place) / (one.values.length - 1);
  const y = (value) => height - 6 - ((height - 12) * (value - low)) / (high - low);
  const level = (value, dash) =>
    svg("line", { x1: 0, x2: width, y1: y(value), y2: y(value), stroke: "currentColor", "stroke-opacity": 0.7, "stroke-dasharray": dash });
  const change = (x(BASELINE - 1) + x(BASELINE)) / 2;
  const says = `Chart ${letter(n)}, ${one.name}: ${one.values.length} weeks from ${low} to ${high} ${one.unit}` +
    (of ? `, mean ${fixed(of.mean)}, limits ${fixed(of.lower)} and ${fixed(of.upper)}` : "");
  return h("div", { class: "cslx-spark" }, svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": says },
    svg("line", { x1: change, x2: change, y1: 0, y2: height, stroke: "currentColor", "stroke-dasharray": "2,4" }),
    ...(of ? [level(of.mean, ""), level(of.lower, "6,4"), level(of.upper, "6,4")] : []),
    svg("polyline", { points: one.values.map((value, place) => `${x(place)},${y(value)}`).join(" "), fill: "none", stroke: INK.first, "stroke-width": 2 }),
    ...one.values.map((value, place) => svg("circle", { cx: x(place), cy: y(value), r: 2.2, fill: INK.first })),
  ));
}

const weeksTable = (one, n) =>
  h("details", {}, h("summary", {}, `Chart ${letter(n)} as a table`),
    table(`Chart ${letter(n)}: ${one.name} (${one.unit})`, ["Week", "Figure"],
      one.values.map((value, place) => [weekName(place), fixed(value)])));

function cards(found, inside) {
  return h("ol", { class: "cslx-cards" }, found.charts.map((one, n) => h("li", {}, inside(one, n))));
}

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const picks = found.charts.map((one, n) =>
    choice({ legend: `Chart ${letter(n)}: ${one.name} (${one.unit})`, options: [["signal", "Something changed"], ["noise", "Only noise"]] }));
  return {
    node: h("div", {},
      h("p", {}, "Six charts of 38 weeks. At the dotted line a change went live: 26 weeks are before it, 12 after. Some charts have not changed at all. Which have? Go by eye."),
      cards(found, (one, n) => [picture(one, n), weeksTable(one, n), picks[n].node])),
    read() {
      const missing = picks.findIndex((pick) => pick.read() === null);
      if (missing < 0) return { eye: picks.map((pick) => pick.read()) };
      return ui.refuse(picks[missing].refuse(`Choose for chart ${letter(missing)}.`));
    },
    show: (given) => picks.forEach((pick, n) => pick.set(given.eye[n])),
  };
}

function run(found, prediction, ui) {
  const picks = found.charts.map((one, n) => {
    const select = h("select", {}, h("option", { value: "" }, "Choose"), h("option", { value: "none" }, "No signal"),
      Array.from({ length: WEEKS }, (_, week) => h("option", { value: String(week + 1) }, `Week ${week + 1}`)));
    return { control: select, node: h("label", { class: "cslx-field" }, h("span", {}, `First signal of chart ${letter(n)}`), select) };
  });
  return {
    node: h("div", {},
      h("p", {}, "Now with limits, from the 26 weeks before: the mean, plus and minus 2.66 times the mean of the moving ranges. A signal is a week outside the limits, or the eighth in a row on one side of the mean. Name the first week after the change with a signal."),
      cards(found, (one, n) => {
        const of = limitsOf(one);
        const after = one.values.slice(BASELINE);
        return [
          h("p", {}, h("strong", {}, `Chart ${letter(n)}: ${one.name}. `), `Mean ${fixed(of.mean, 2)}, limits ${fixed(of.lower, 2)} and ${fixed(of.upper, 2)}.`),
          picture(one, n, of),
          table(`Chart ${letter(n)}: the 12 weeks after the change`, ["Week", "Figure", "Side"],
            after.map((value, week) => [String(week + 1), fixed(value), value > of.mean ? "above" : value < of.mean ? "below" : "on the mean"])),
          picks[n].node,
        ];
      })),
    read() {
      const missing = picks.findIndex((pick) => !pick.control.value);
      if (missing < 0) return { weeks: picks.map((pick) => (pick.control.value === "none" ? null : +pick.control.value)) };
      picks[missing].control.focus();
      return ui.refuse(`Choose a week, or “No signal”, for chart ${letter(missing)}.`);
    },
    show: (given) => picks.forEach((pick, n) => {
      pick.control.value = given.weeks[n] === null ? "none" : String(given.weeks[n]);
    }),
  };
}

// The share of changed charts that the eye caught, less the share of quiet ones that it cried about.
function eyeScore(found, prediction) {
  const truth = found.charts.map((one) => firstSignal(one) !== null);
  const said = prediction.eye.map((word) => word === "signal");
  const share = (of) => said.filter((yes, n) => yes && truth[n] === of).length / truth.filter((is) => is === of).length;
  return { hits: share(true), alarms: share(false) };
}

function judge(found, prediction, done) {
  const right = found.charts.filter((one, n) => firstSignal(one) === done.weeks[n]).length;
  const { hits, alarms } = eyeScore(found, prediction);
  return { right: right >= ENOUGH, error: 1 - (hits - alarms) };
}

function reveal(found, prediction, done, ui) {
  const names = (wanted) => list(found.charts.flatMap((one, n) => (wanted(one, n) ? [letter(n)] : []))) || "none";
  const right = found.charts.filter((one, n) => firstSignal(one) === done.weeks[n]).length;
  const { hits, alarms } = eyeScore(found, prediction);
  const verdicts = found.charts.map((one, n) => {
    const first = firstSignal(one);
    const good = first === done.weeks[n];
    const [signal] = signals(one.values.slice(BASELINE), limitsOf(one));
    const chance = first !== null && one.shift === 0 ? " Nothing was changed in this chart: it is a false alarm, and no rule can tell." : "";
    const missed = first === null && one.shift !== 0 ? " A change was planted here. Twelve weeks were not enough to see it." : "";
    return h("p", { class: good ? "cslx-right" : "cslx-wrong" }, h("strong", {}, `${good ? "✓" : "✗"} Chart ${letter(n)}: `),
      first === null ? "no signal." : `first signal in week ${first}, ${RULES[signal.rule]}.`,
      good ? "" : ` You chose ${done.weeks[n] === null ? "no signal" : `week ${done.weeks[n]}`}.`, chance, missed);
  });
  return h("div", {},
    h("p", {}, `By the rules you have ${right} of ${CHARTS} right.`), verdicts,
    h("p", {}, `By eye you saw a change in ${names((_, n) => prediction.eye[n] === "signal")}. By the rules there is a signal in ${names((one) => firstSignal(one) !== null)}. ` +
      `Your eye found ${Math.round(100 * hits)}% of the signals, and cried wolf in ${Math.round(100 * alarms)}% of the quiet charts.`),
    otherWays(found, ui), tampering(found, ui));
}

// Which limits, which rules: what they find, and how often they cry wolf.
function otherWays(found, ui) {
  const mine = Object.assign(ui.choices, { weeks: BASELINE, runs: true, with_after: false, ...structuredClone(ui.choices) });
  const words = h("p", { class: "cslx-say" });
  const place = h("div");
  const update = (spoken = true) => {
    const read = reading(found.charts, mine.weeks, mine.runs, mine.with_after);
    place.replaceChildren(table("The six charts, read in this way", ["Chart", "Mean", "Limits", "First signal", "Changed?"],
      read.rows.map((row, n) => [letter(n), fixed(row.mean), `${fixed(row.lower)} to ${fixed(row.upper)}`,
        row.first === null ? "none" : `week ${row.first}`, found.charts[n].shift ? "yes" : "no"])));
    words.textContent = `Found: ${read.hits} of ${read.changed} charts that really changed. False alarms: ${read.alarms} of ${read.quiet} that did not.`;
    if (spoken) {
      ui.keep();
      ui.announce(words.textContent);
    }
  };
  const weeks = figure({
    label: "Weeks before the change that set the limits", min: 6, max: BASELINE, step: 1, value: mine.weeks, unit: "weeks",
    oninput(to) {
      mine.weeks = Math.round(to);
      update();
    },
  });
  const tick = (name, text) => {
    const box = h("input", { type: "checkbox", checked: mine[name] });
    box.addEventListener("change", () => {
      mine[name] = box.checked;
      update();
    });
    return h("label", {}, box, " ", h("span", {}, text));
  };
  update(false);
  return h("div", {}, h("h4", {}, "Read them in another way"),
    h("p", {}, "What happens with fewer weeks in the baseline? Without the rule of eight? And if the new weeks help to set their own limits?"),
    weeks.node,
    h("fieldset", { class: "cslx-choice" }, h("legend", {}, "Rules"),
      tick("runs", "Count runs of eight"), tick("with_after", "Let the 12 weeks after the change help to set the limits")),
    words, place);
}

// A steady process, and somebody who corrects it.
function tampering(found, ui) {
  const mine = Object.assign(ui.choices, { answer_pct: 0, ...structuredClone(ui.choices) });
  const draw = mulberry32(found.seed + 1000);
  const noise = Array.from({ length: 60 }, () => normal(draw));
  const words = h("p", { class: "cslx-say" });
  const lines = chart({
    title: "A steady process with somebody who corrects it after each week",
    describe: (rows) => `Figures from ${fixed(Math.min(...rows.map((row) => row.value)))} to ${fixed(Math.max(...rows.map((row) => row.value)))} around an aim of 0.`,
    head: ["Week", "Figure"],
    rows: (rows) => rows.map((row) => [String(row.week), fixed(row.value, 2)]),
    draw: (Plot, width, rows) => Plot.plot({
      ...plotStyle, width, height: 220, marginLeft: 34, marginRight: 12, marginTop: 16, marginBottom: 36,
      x: { label: "Week", labelAnchor: "center", labelArrow: "none", ticks: 6 },
      y: { label: null, domain: [-6, 6], grid: true, ticks: 5 },
      marks: [
        Plot.ruleY([0], { stroke: "currentColor" }),
        Plot.line(rows, { x: "week", y: "value", stroke: INK.first, strokeWidth: 2, marker: "circle" }),
        Plot.text(["aim"], { ...READABLE, y: 0, text: (t) => t, frameAnchor: "right", textAnchor: "end", dy: -9 }),
      ],
    }),
  });
  const spread = (values) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  const update = (spoken = true) => {
    // With 100% this is tampered(); with less, only a part of each distance is answered.
    let setting = 0;
    const part = mine.answer_pct / 100;
    const values = part === 1 ? tampered(noise) : noise.map((one) => {
      const value = setting + one;
      setting -= part * value;
      return value;
    });
    lines.update(values.map((value, n) => ({ week: n + 1, value: Math.max(-6, Math.min(6, value)) })));
    const ratio = spread(values) / spread(noise);
    words.textContent = part === 0
      ? "Nobody touches the process. What you see is its own noise."
      : `Each distance from the aim is answered with ${mine.answer_pct}% of it. The spread is now ${fixed(ratio, 2)} times as wide.`;
    if (spoken) {
      ui.keep();
      ui.announce(words.textContent);
    }
  };
  const answer = figure({
    label: "Answer each week with a correction of", min: 0, max: 100, step: 10, value: mine.answer_pct, unit: "%",
    oninput(to) {
      mine.answer_pct = to;
      update();
    },
  });
  update(false);
  return h("div", {}, h("h4", {}, "Tamper with it"),
    h("p", {}, "This process is steady. A keen manager corrects it after every week. Do the corrections help?"), answer.node, words, lines.node);
}

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

export default frame({
  slug: "signal-or-noise",
  about: "Every figure moves from week to week. When has something really changed?",
  // About one chart of six more or fewer by eye.
  tolerance: 0.35,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
