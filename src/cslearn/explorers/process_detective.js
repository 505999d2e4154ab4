// W4, the process detective: before which step do cases really wait, and does your map show what happens?
// problem() and answers() are the same as in process_detective.py; map_room.js draws and replays maps.
import { door } from "./door.js";
import { Problem, cases, closedCases, flowEfficiency, handOffMatrix, handOffsMean, largest, openCases, stepFigures, variants, withoutTestCases } from "./event_log.js";
import { INK, READABLE, chart, choice, figure, fixed, frame, h, newId, percent, plotStyle, table } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { data } from "./process_detective_data.js";
import { isWorkingDay, plus } from "./rights.js";
import { sourceOf } from "./table_source.js";

const loadMapRoom = () => import("./map_room.js");

const CASES = 140;
const TEST_CASES = 3;
const OPENS = 540;
const DAY = 480;
const COMING = 65;
const DRAWN = 72;
const LAIN = 60;
const FIRST_DAY = "2024-01-08";
const TOLERANCE = 0.02;

// ---- the problem ------------------------------------------------------------------------

const days = Array.from({ length: 200 }, (_, n) => plus(FIRST_DAY, n)).filter((day) => isWorkingDay(day));

function moment(office, ends = false) {
  const day = Math.floor((office - ends) / DAY);
  const minute = OPENS + office - day * DAY;
  return `${days[day]} ${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

let last = null;

// The steps ask for their problem again and again; it is made once.
export function problem(seed) {
  if (last?.seed !== seed) last = made(seed);
  return last;
}

function made(seed) {
  if (seed === 0) return { seed, table: "events_before", ...data.northfold };
  const draw = mulberry32(seed);
  const scenario = data.scenarios[seed % data.scenarios.length];
  for (;;) {
    const { stuck, lain, rows } = rowsOf(draw, scenario);
    if (!isFair(rows, scenario, stuck, lain)) continue;
    const roles = new Map();
    for (const [name, role] of scenario.path) roles.set(name, [...new Set([...(roles.get(name) ?? []), role])]);
    return {
      seed,
      name: scenario.name,
      case: scenario.case,
      about: scenario.about,
      steps: [...roles].map(([name, each]) => [name, each.join(" and ")]),
      voices: [
        [`Those who do “${scenario.heavy}”`, "that is where the hard work is."],
        ["The case system", `no step is done as often as “${scenario.often}”.`],
        ["A specialist", `before “${scenario.rare}” a case lies for weeks.`],
        ["The director", `one ${scenario.case} lay for three months before “${lain}”. Start there!`],
      ],
      rows,
    };
  }
}

function rowsOf(draw, scenario) {
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const stuck = scenario.stuck[whole(0, scenario.stuck.length - 1)];
  const others = scenario.stuck.filter((name) => name !== stuck);
  const lain = others[whole(0, others.length - 1)];
  const hours = 26 + 8 * whole(0, 3);
  const path = scenario.path.map(([name, role, touch, wait, share]) =>
    // The same waiting for each case, however few of them do the step.
    [name, role, touch, name === stuck ? hours / share : wait * (0.7 + 0.6 * draw()), share]);
  const [at, back] = scenario.again;
  const first = path.findIndex(([name]) => name === back);
  const arrivals = Array.from({ length: CASES }, () => whole(0, COMING * DAY - 1)).sort((one, two) => one - two);
  // The one that lies for three months must come early enough to have gone on.
  arrivals[0] %= DAY;
  const rows = [];
  const write = (number, name, role, begins, ends, resource, outcome) => rows.push({
    case_id: String(number).padStart(4, "0"), activity: name, start_ts: moment(begins), end_ts: moment(ends, ends > begins),
    role, resource, site: "", outcome,
  });
  arrivals.forEach((arrival, number) => {
    let now = arrival;
    const steps = [];
    path.forEach((step, place) => {
      if (draw() < step[4] || (number === 0 && step[0] === lain)) steps.push(step);
      if (place === at && draw() < 0.17) steps.push(path[first], path[at]);
    });
    for (const [place, [name, role, touch, wait]] of steps.entries()) {
      // Nobody lets a case lie for ever.
      let pause = Math.floor(Math.min((-Math.log(1 - draw()) - Math.log(1 - draw())) / 2, 4) * wait * 60);
      if (number === 0 && name === lain) pause = LAIN * DAY;
      const took = Math.max(1, Math.floor(touch * (0.5 + draw())));
      const person = whole(1, 4);
      const begins = now + (place ? pause : 0);
      now = begins + (place ? took : 0);
      if (now > DRAWN * DAY) break;
      write(number + 1, name, role, begins, now, `${role[0].toUpperCase()}${person}`, place === steps.length - 1 ? "closed" : "");
    }
  });
  for (let test = 0; test < TEST_CASES; test += 1) {
    let now = whole(0, COMING - 1) * DAY + 180;
    for (const [name, role] of path) {
      write(9001 + test, name, role, now, now + 1, "T00", "test");
      now += 1;
    }
  }
  return { stuck, lain, rows };
}

function decoys(figures) {
  const first = (measure) => largest(figures, measure).activity;
  return { heavy: first("total_touch_hours"), often: first("count"), rare: first("wait_hours"), lain: first("longest_wait_hours") };
}

function isFair(rows, scenario, stuck, lain) {
  const figures = stepFigures(withoutTestCases(cases(rows)));
  const [one, two] = figures.map((each) => each.total_wait_hours).sort((a, b) => b - a);
  const found = decoys(figures);
  return figures.some((each) => each.activity === scenario.rare) && largest(figures, "total_wait_hours").activity === stuck && one >= 2 * two &&
    found.heavy === scenario.heavy && found.often === scenario.often && found.rare === scenario.rare && found.lain === lain;
}

const lastStep = (log) => {
  const counts = new Map();
  for (const { steps } of log) {
    const { activity } = steps[steps.length - 1];
    counts.set(activity, (counts.get(activity) ?? 0) + 1);
  }
  return [...counts].reduce((one, two) => (two[1] > one[1] ? two : one))[0];
};

export function answers(log) {
  const figures = stepFigures(log);
  const name = largest(figures, "total_wait_hours").activity;
  const share = (each) => each.find((one) => one.activity === name).share_of_wait;
  return { bottleneck: name, shares: [share(figures), share(stepFigures(closedCases(log, lastStep(log))))] };
}

// ---- predict ----------------------------------------------------------------------------

function pick(label, options, onchange = null) {
  const id = newId();
  const select = h("select", { id }, options.map(([value, text]) => h("option", { value }, text)));
  if (onchange) select.addEventListener("change", () => onchange(select.value));
  return { select, node: h("div", { class: "cslx-field" }, h("label", { for: id }, label), select) };
}

function predict(found, ui) {
  const step = choice({ legend: "Before which step do cases wait longest, all waits added up?", options: found.steps.slice(1).map(([name, role]) => [name, `${name} (${role})`]) });
  const share = figure({ label: "What share of all waiting is that?", min: 0, max: 100, step: 1, value: null, unit: "%" });
  return {
    node: h("div", {},
      h("p", {}, h("strong", {}, `${found.name}. `), found.about),
      h("p", {}, "Four people tell you where to look:"),
      h("ul", {}, found.voices.map(([who, says]) => h("li", {}, h("strong", {}, `${who}: `), says))),
      h("p", {}, "Each says something true. But which step holds up the customers?"),
      step.node, share.node),
    read() {
      if (!step.read()) return ui.refuse(step.refuse("Choose a step first."));
      if (share.read() === null) return ui.refuse(share.refuse());
      return { step: step.read(), share: share.read() };
    },
    show(given) {
      step.set(given.step);
      share.set(given.share);
    },
  };
}

// ---- run --------------------------------------------------------------------------------

const MEASURES = [
  ["touch_minutes", "Work on it, mean (minutes)", 1],
  ["count", "How often it is done", 0],
  ["wait_hours", "Wait before it, mean (office hours)", 1],
  ["longest_wait_hours", "Longest single wait before it (office hours)", 0],
  ["total_wait_hours", "All waiting before it together (office hours)", 0],
  ["total_touch_hours", "All work on it together (hours)", 1],
];
const number = (value, digits) => value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

const bars = (title, digits) => chart({
  title,
  head: ["Step", title],
  describe: (steps) => steps.map((one) => `${one.activity}: ${number(one.value, digits)}`).join("; "),
  rows: (steps) => [
    ...steps.map((one) => [one.activity, number(one.value, digits)]),
    ["All steps together", number(steps.reduce((sum, one) => sum + one.value, 0), digits)],
  ],
  draw: (Plot, width, steps) => Plot.plot({
    ...plotStyle, width, height: 30 + 28 * steps.length, marginLeft: 118, marginRight: 60, x: { axis: null },
    y: { label: null, domain: steps.map((one) => one.activity), tickSize: 0, padding: 0.25 },
    marks: [
      Plot.barX(steps, { x: "value", y: "activity", fill: INK.first }),
      Plot.text(steps, { ...READABLE, x: "value", y: "activity", text: (one) => number(one.value, digits), textAnchor: "start", dx: 6 }),
      Plot.ruleX([0], { stroke: "currentColor" }),
    ],
  }),
});

// What the learner does with the log: choose cases and a measure, and look.
function bench(log, ui) {
  const mine = Object.assign(ui.choices, { measure: "touch_minutes", site: "", tests: true, closed: false, ...structuredClone(ui.choices) });
  const picture = h("div");
  const facts = h("div");
  let drawn = null;
  const sites = [...new Set(log.map((one) => one.site))].filter(Boolean).sort();
  const chosen = () => {
    let kept = mine.site ? log.filter((one) => one.site === mine.site) : log;
    if (!mine.tests) kept = withoutTestCases(kept);
    return mine.closed ? closedCases(kept, lastStep(kept)) : kept;
  };
  const update = (spoken = true) => {
    const kept = chosen();
    const [, title, digits] = MEASURES.find(([name]) => name === mine.measure);
    const steps = stepFigures(kept).map((one) => ({ activity: one.activity, value: one[mine.measure] }));
    if (drawn?.title !== title) {
      drawn = { title, chart: bars(title, digits) };
      picture.replaceChildren(drawn.chart.node);
    }
    drawn.chart.update(steps);
    const open = openCases(kept, lastStep(kept)).length;
    const tests = kept.length - withoutTestCases(kept).length;
    const words = `${kept.length} cases, of which ${open} are still open and ${tests} are test cases.`;
    const ways = variants(kept);
    facts.replaceChildren(
      h("p", { class: "cslx-say" }, `${words} A case is handed over ${fixed(handOffsMean(kept))} times on average. Somebody works on it in ${fixed(100 * flowEfficiency(kept))}% of its time.`),
      h("details", {}, h("summary", {}, "Who hands over to whom"),
        table("Hand-offs from role to role", ["From", "To", "Times"], handOffMatrix(kept).map(([from, to, times]) => [from, to, String(times)]))),
      h("details", {}, h("summary", {}, "The ways that cases go"),
        table(`The most frequent of ${ways.length} ways`, ["Steps in order", "Cases"], ways.slice(0, 8).map(([trace, times]) => [trace.join(" → "), String(times)]))),
    );
    if (spoken) {
      ui.keep();
      ui.announce(`${words} Largest: ${largest(steps, "value").activity}.`);
    }
  };
  const set = (name) => (value) => {
    mine[name] = value;
    update();
  };
  const measure = pick("Show for each step", MEASURES, set("measure"));
  measure.select.value = mine.measure;
  const site = pick("Site", [["", "Both sites"], ...sites.map((name) => [name, name])], set("site"));
  site.select.value = mine.site;
  const tick = (label, checked, onchange) => h("label", { class: "cslx-tick" }, h("input", { type: "checkbox", checked, onchange: (event) => onchange(event.target.checked) }), " ", h("span", {}, label));
  update(false);
  return h("div", {},
    h("div", { class: "cslx-pairs" }, measure.node, sites.length > 1 ? site.node : null),
    tick("Leave out test cases (user T00)", !mine.tests, (on) => set("tests")(!on)),
    tick("Only cases that are closed", mine.closed, set("closed")),
    picture, facts);
}

function run(read) {
  return (found, prediction, ui) => {
    const place = h("div", {}, h("p", {}, "The log is on its way …"));
    const step = pick("The bottleneck is the step", [["", "Choose"], ...found.steps.slice(1).map(([name]) => [name, name])]);
    const share = figure({
      label: "Its share of all waiting", min: 0, max: 100, step: 0.1, value: null, unit: "%",
      hint: "All waiting before this step, divided by all waiting before all steps, of all real cases. To one decimal.",
    });
    let log = null;
    const open = () => (found.rows ? Promise.resolve(cases(found.rows)) : read(found.table)).then(
      (came) => {
        log = came;
        place.replaceChildren(bench(log, ui));
      },
      (error) => {
        place.replaceChildren(h("p", { class: "cslx-error", role: "alert" }, `The log did not come: ${error.message}`),
          h("button", { type: "button", onclick: open }, "Try again"));
      },
    );
    let shown = false;
    // Later, so that nothing is fetched for work that is done and only shown again.
    queueMicrotask(() => {
      if (!shown) open();
    });
    return {
      node: h("div", {},
        h("p", {}, `Here is the log of ${found.name}. Look at it in several ways, and then name the step. A wait runs from the end of one step to the start of the next, in office hours.`),
        place, step.node, share.node),
      read() {
        if (!log) return ui.refuse("The log is still on its way. Wait a moment, then press the button again.");
        if (!step.select.value) {
          step.select.focus();
          return ui.refuse("Choose the step first.");
        }
        if (share.read() === null) return ui.refuse(share.refuse());
        const real = withoutTestCases(log);
        const figures = stepFigures(real);
        const work = figures.reduce((sum, one) => sum + one.total_touch_hours, 0);
        return {
          step: step.select.value, share: share.read(), ...answers(real), decoys: decoys(figures),
          bars: figures.slice(1).map((one) => ({ step: one.activity, wait: one.share_of_wait, work: one.total_touch_hours / work })),
        };
      },
      show(done) {
        shown = true;
        step.select.value = done.step;
        share.set(done.share);
        place.replaceChildren(h("p", {}, "You have looked at this log."));
      },
    };
  };
}

// ---- reveal -----------------------------------------------------------------------------

const nearShare = (done) => done.shares.some((share) => Math.abs(done.share / 100 - share) <= TOLERANCE + 1e-9);

export function judge(found, prediction, done) {
  return { right: done.step === done.bottleneck && nearShare(done), error: Math.abs(prediction.share / 100 - done.shares[0]) };
}

const both = (prediction) => chart({
  title: "Each step's share of all waiting and of all work",
  head: ["Step", "Of all waiting", "Of all work"],
  describe: (steps) => steps.map((one) => `${one.step}: ${percent(one.wait)} of the waiting, ${percent(one.work)} of the work`).join("; "),
  rows: (steps) => steps.map((one) => [one.step, `${fixed(100 * one.wait)}%`, `${fixed(100 * one.work)}%`]),
  draw: (Plot, width, steps) => Plot.plot({
    ...plotStyle, width, height: 70 + 46 * steps.length, marginLeft: 118, marginRight: 74, marginTop: 8, marginBottom: 40,
    x: { label: "Share (%)", labelAnchor: "center", labelArrow: "none", ticks: 5, domain: [0, 100 * Math.max(0.3, prediction.share / 100, ...steps.flatMap((one) => [one.wait, one.work]))] },
    y: { label: null, domain: steps.map((one) => one.step), tickSize: 0, padding: 0.15 },
    marks: [
      Plot.barX(steps, { x: (one) => 100 * one.wait, y: "step", fill: INK.first, insetBottom: 20 }),
      Plot.barX(steps, { x: (one) => 100 * one.work, y: "step", fill: "none", stroke: INK.second, strokeWidth: 2, insetTop: 22, insetBottom: 2 }),
      Plot.text(steps, { ...READABLE, x: (one) => 100 * one.wait, y: "step", text: (one) => `wait ${percent(one.wait)}`, textAnchor: "start", dx: 5, dy: -9 }),
      Plot.text(steps, { ...READABLE, x: (one) => 100 * one.work, y: "step", text: (one) => `work ${percent(one.work)}`, textAnchor: "start", dx: 5, dy: 11 }),
      Plot.dot([prediction], { x: "share", y: "step", r: 7, fill: "none", stroke: INK.second, strokeWidth: 3, symbol: "diamond", dy: -9 }),
      Plot.ruleX([0], { stroke: "currentColor" }),
    ],
  }),
});

function reveal(found, prediction, done) {
  const good = done.step === done.bottleneck;
  const near = nearShare(done);
  const picture = both(prediction);
  picture.update(done.bars);
  const share = (name) => percent(done.bars.find((one) => one.step === name)?.wait ?? 0);
  const why = {
    heavy: ["holds the most work", "Long work is not a long wait."],
    often: ["is done most often", "Often is not long."],
    rare: ["has the longest mean wait", "But few cases go there, so it adds up to little."],
    lain: ["had the longest single wait", "That was one case."],
  };
  return h("div", {},
    h("p", { class: good && near ? "cslx-right" : "cslx-wrong" },
      h("strong", {}, good && near ? "✓ Found. " : good ? "✗ The right step, another share. " : "✗ Not that step. "),
      `Cases wait longest before “${done.bottleneck}”: ${fixed(100 * done.shares[0])}% of all waiting. You named “${done.step}” with ${fixed(done.share)}%.`),
    good ? null : Object.entries(done.decoys).filter(([, name]) => name === done.step).map(([kind, name]) =>
      h("p", { class: "cslx-wrong" }, `“${name}” ${why[kind][0]}. ${why[kind][1]}`)),
    h("p", {}, `Before you looked, you guessed “${prediction.step}” with ${fixed(prediction.share, 0)}%: the diamond in the chart.`),
    picture.node,
    h("h4", {}, "All four were telling the truth"),
    h("ul", {}, Object.entries(done.decoys).map(([kind, name]) => h("li", {}, h("strong", {}, name), ` ${why[kind][0]}, and holds ${share(name)} of all waiting. ${why[kind][1]}`))));
}

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

// ---- the whole --------------------------------------------------------------------------

// A reader of Northfold's logs: read(name) promises its cases; each log is fetched once.
function logReader(model) {
  const source = sourceOf(model, Problem);
  const come = new Map();
  return (name) => {
    if (!come.has(name)) {
      come.set(name, source.text(name).then((text) => {
        // An event log has no commas inside its cells.
        const [head, ...lines] = text.trim().split(/\r?\n/).map((line) => line.split(","));
        return cases(lines.map((line) => Object.fromEntries(head.map((column, n) => [column, line[n] ?? ""]))));
      }).catch((error) => (come.delete(name), Promise.reject(error))));
    }
    return come.get(name);
  };
}

const LOGS = [["events_before", "Before the change: cases of spring 2024"], ["events_after", "After the change: cases of autumn 2024"]];

// Northfold's two logs, to be looked into without a question.
function openLogs(read) {
  const status = h("p", { role: "status", class: "cslx-status" });
  const place = h("div");
  const choices = {};
  const ui = { choices, keep() {}, announce: (words) => (status.textContent = words) };
  let wanted = LOGS[0][0];
  const open = async () => {
    const name = wanted;
    place.replaceChildren(h("p", {}, "The log is on its way …"));
    try {
      const log = await read(name);
      if (name === wanted) place.replaceChildren(bench(log, ui));
    } catch (error) {
      place.replaceChildren(h("p", { class: "cslx-error", role: "alert" }, `The log did not come: ${error.message}`), h("button", { type: "button", onclick: open }, "Try again"));
    }
  };
  const which = pick("Log", LOGS, (name) => {
    wanted = name;
    open();
  });
  const details = h("details", { class: "cslx-open" }, h("summary", {}, "Look into Northfold's logs, before and after the change"), which.node, place, status);
  details.addEventListener("toggle", () => {
    if (details.open && !place.childNodes.length) open();
  });
  return h("div", { class: "cslx" }, details);
}

async function render({ model, el }) {
  const read = logReader(model);
  const spec = {
    slug: "process-detective",
    about: "Everybody knows where a process sticks, and everybody names another place. An event log settles it.",
    // The guess comes before the log is seen, so it need not be close.
    tolerance: 0.15,
    problem,
    predict,
    run: run(read),
    judge,
    reveal,
    reasons,
  };
  const steps = h("div");
  const isFirst = el.dataset.view === "map";
  const maps = door({
    title: "Draw your own map, and run the log over it",
    isOpen: isFirst,
    async come(body, announce) {
      const { mapRoom } = await loadMapRoom();
      return mapRoom(read, model, body, announce);
    },
  });
  const logs = openLogs(read);
  el.append(...(isFirst ? [maps.node, steps, logs] : [steps, logs, maps.node]));
  const leave = await frame(spec).render({ model, el: steps });
  return () => {
    leave();
    maps.close();
  };
}

export default { render };
