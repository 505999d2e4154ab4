// W10, the KPI workbench: which way does a figure move when only its definition, or its making,
// changes? problem() and measures() are the same as in kpi_workbench.py.
import { INK, READABLE, chart, choice, figure, fixed, frame, h, list, plotStyle, table } from "./kit.js";
import { averageHandlingTime, firstContactByRepeat, firstContactByTick, netPromoter, topBox } from "./kpis.js";
import { data } from "./kpi_workbench_data.js";
import { mulberry32 } from "./randomness.js";

const DAY = 1440;
const UNTIL = 28 * DAY;
const ASKED = 4;
const LEAST = { fcr: 3, aht: 8, csat: 3, nps: 4 };
const FIELDS = ["customer", "at", "seconds", "ticked", "csat", "score"];
const [CUT, LONG] = [360, 480];
const KEYS = data.moves.map((move) => move.key);

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  for (;;) {
    const contacts = seed === 0 ? data.northfold.map(contact) : drawContacts(whole, draw);
    const order = KEYS.map((_, n) => n);
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = whole(0, last);
      [order[last], order[other]] = [order[other], order[last]];
    }
    const taught = [];
    const asked = order.slice(0, ASKED).map((place) => {
      const { key, asks } = data.moves[place];
      const [measure, usual] = asks[whole(0, asks.length - 1)];
      taught.push(usual);
      return [key, measure];
    });
    const doctored = order.slice(2, 4).sort((a, b) => a - b).map((place) => KEYS[place]);
    const found = { seed, contacts, asked, doctored };
    const ways = asked.map((one) => way(found, ...one));
    if (ways.some((is, n) => is !== taught[n]) || new Set(ways).size < 3 || ways[0] === "same") continue;
    if (onlyOne(found)) return found;
  }
}

function onlyOne(found) {
  // One window has one length.
  if (["short", "long"].every((key) => found.doctored.includes(key))) return false;
  const report = measures(found.contacts, found.doctored);
  return KEYS.every((one, place) => KEYS.slice(place + 1).every((other) => {
    if (found.doctored.includes(one) && found.doctored.includes(other)) return true;
    const there = measures(found.contacts, [one, other]);
    return Math.max(...Object.keys(LEAST).map((name) => Math.abs(there[name].value - report[name].value))) >= 1;
  }));
}

function contact(row) {
  const found = Object.fromEntries(FIELDS.map((name, n) => [name, row[n]]));
  return { ...found, answered: found.ticked !== null };
}

function drawContacts(whole, draw) {
  const contacts = [];
  const customers = whole(45, 60);
  for (let customer = 1; customer <= customers; customer += 1) {
    let at = whole(0, UNTIL - 1);
    for (let turn = 0; turn < 5; turn += 1) {
      const answered = draw() < 0.94;
      const solved = answered && draw() < 0.52;
      const ticked = draw() < (solved ? 0.85 : 0.5);
      const long = draw();
      const seconds = 110 + Math.floor(900 * long * long);
      const replied = draw() < 0.45;
      const csat = solved ? whole(3, 5) : whole(1, 4);
      const score = Math.max(0, Math.min(10, 2 * csat + whole(-2, 1)));
      contacts.push(contact(answered
        ? [customer, at, seconds, ticked, replied ? csat : null, replied ? score : null]
        : [customer, at, 0, null, null, null]));
      if (solved) break;
      const gap = draw();
      at += DAY / 4 + Math.floor(11 * DAY * gap * gap);
    }
  }
  return contacts.sort((a, b) => a.at - b.at || a.customer - b.customer);
}

// ---- what the moves do ------------------------------------------------------------------

function cutShort(one) {
  const rest = { ...one, at: one.at + DAY, seconds: one.seconds - CUT + 120, csat: null, score: null };
  if (one.csat === null) return [{ ...one, seconds: CUT, ticked: true }, rest];
  return [{ ...one, seconds: CUT, ticked: true, csat: Math.max(1, one.csat - 1), score: Math.max(0, one.score - 2) }, rest];
}

const handedOn = (one) => [
  { ...one, seconds: 120, csat: null, score: null },
  { ...one, at: one.at + 5, seconds: one.seconds - 60 },
];

function made(contacts, moves) {
  let rows = contacts;
  if (moves.includes("early")) rows = rows.flatMap((one) => (one.seconds > CUT ? cutShort(one) : [one]));
  if (moves.includes("transfer")) rows = rows.flatMap((one) => (one.seconds > LONG ? handedOn(one) : [one]));
  return rows;
}

export function measures(contacts, moves) {
  const on = (key) => moves.includes(key);
  let rows = made(contacts, moves);
  const inTime = () => rows.filter((one) => one.at < UNTIL && one.answered);
  const work = inTime();
  if (on("awkward")) {
    const times = new Map();
    for (const { customer } of rows) times.set(customer, (times.get(customer) ?? 0) + 1);
    rows = rows.filter((one) => times.get(one.customer) < 3);
  }
  const counted = inTime();
  const asked = counted.filter((one) => one.csat !== null && !(on("happy") && !one.ticked) && !(on("angry") && one.csat < 3));
  return {
    fcr: on("tick") ? firstContactByTick(counted) : firstContactByRepeat(rows, on("short") ? 3 : on("long") ? 14 : 7, UNTIL),
    aht: averageHandlingTime(counted.map((one) => one.seconds)),
    csat: topBox(asked.map((one) => one.csat)),
    nps: netPromoter(asked.map((one) => one.score)),
    hours: work.reduce((sum, one) => sum + one.seconds, 0) / 3600,
  };
}

function change(found, move, measure) {
  const [now, then] = [[], [move]].map((moves) => measures(found.contacts, moves)[measure].value);
  return then - now;
}

function way(found, move, measure) {
  const by = change(found, move, measure);
  if (Math.abs(by) < 1e-9) return "same";
  if (Math.abs(by) < LEAST[measure]) return null;
  return by > 0 ? "up" : "down";
}

// ---- words ------------------------------------------------------------------------------

const moveOf = (key) => data.moves.find((move) => move.key === key);
const nameOf = (measure) => data.measures[measure][0];
const UNITS = { fcr: "%", aht: " s", csat: "%", nps: "" };
const STEPS = { fcr: "percentage points", aht: "seconds", csat: "percentage points", nps: "points" };
const WAYS = { up: "rises", down: "falls", same: "stays the same" };
const shown = (measure, value) => `${fixed(value, measure === "aht" ? 0 : 1)}${UNITS[measure]}`;
const span = (measure, { low, high }) => (low === null ? "too few answers" : `${shown(measure, low)} to ${shown(measure, high)}`);
const quoted = (keys) => list(keys.map((key) => `“${moveOf(key).text}”`));

const figuresTable = (caption, found, moves) => {
  const now = measures(found.contacts, moves);
  return table(caption, ["Figure", "Value", "95% interval", "Counted"], [
    ...Object.keys(LEAST).map((name) => [nameOf(name), shown(name, now[name].value), span(name, now[name]), String(now[name].n)]),
    ["All work there is", `${fixed(now.hours)} hours`, "", ""],
  ]);
};

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const picks = found.asked.map(([key, measure], n) => choice({
    legend: `${n + 1}. ${moveOf(key).text}. What does this do to: ${nameOf(measure)}?`,
    options: Object.entries(WAYS).map(([word, text]) => [word, `It ${text}`]),
  }));
  const [key, measure] = found.asked[0];
  const size = figure({
    label: `By about how much does move 1 change it, in ${STEPS[measure]}?`,
    hint: `${moveOf(key).text}. A rough size is enough, up or down alike.`,
    min: 0, max: measure === "aht" ? 200 : 100, step: 1, value: null,
  });
  return {
    node: h("div", {},
      h("p", {}, `${found.seed ? "A" : "Northfold’s"} team has kept its contacts for six weeks. Contacts of the first four weeks count. A contact is solved if the customer does not come back within 7 days.${found.seed ? "" : " Half of these customers answered the survey; their answers from 0 to 10 are invented, since Northfold’s table has none."}`),
      figuresTable("The honest figures", found, []),
      h("p", {}, "Now somebody changes a definition, or plays a figure. Which way does it move? Each move is made alone."),
      picks.map((pick) => pick.node), size.node),
    read() {
      const missing = picks.findIndex((pick) => pick.read() === null);
      if (missing >= 0) return ui.refuse(picks[missing].refuse(`Choose a direction for move ${missing + 1}.`));
      if (size.read() === null) return ui.refuse(size.refuse());
      return { ways: picks.map((pick) => pick.read()), size: size.read() };
    },
    show(given) {
      picks.forEach((pick, n) => pick.set(given.ways[n]));
      size.set(given.size);
    },
  };
}

function run(found, prediction, ui) {
  const board = h("div");
  const boxes = data.moves.map((move) => h("input", { type: "checkbox", value: move.key, onchange: () => update() }));
  const ticked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const update = (spoken = true) => {
    const now = measures(found.contacts, ticked());
    board.replaceChildren(figuresTable("The figures with your moves", found, ticked()));
    if (spoken) ui.announce(Object.keys(LEAST).map((name) => `${nameOf(name)} ${shown(name, now[name].value)}`).join(", "));
  };
  update(false);
  return {
    node: h("div", {},
      h("p", {}, "Here is a report that somebody has made to look different. Two of the eight moves are behind it. Tick moves until your figures are the same, and leave just those two ticked."),
      figuresTable("The report on your desk", found, found.doctored),
      h("fieldset", { class: "cslx-choice" }, h("legend", {}, "Moves"),
        data.moves.map((move, n) => h("label", {}, boxes[n], " ", h("span", {}, move.text)))),
      board),
    read() {
      if (ticked().length === 2) return { moves: ticked() };
      boxes[0].focus();
      return ui.refuse(`Leave exactly two moves ticked. Now there are ${ticked().length}.`);
    },
    show(given) {
      for (const box of boxes) box.checked = given.moves.includes(box.value);
      update(false);
    },
  };
}

const caught = (found, done) => done.moves.every((key) => found.doctored.includes(key));

function judge(found, prediction, done) {
  const right = found.asked.every((one, n) => way(found, ...one) === prediction.ways[n]);
  const size = Math.abs(change(found, ...found.asked[0]));
  return { right: right && caught(found, done), error: Math.abs(prediction.size - size) / size };
}

function reveal(found, prediction, done) {
  const verdicts = found.asked.map(([key, measure], n) => {
    const is = way(found, key, measure);
    const by = change(found, key, measure);
    const good = is === prediction.ways[n];
    return h("p", { class: good ? "cslx-right" : "cslx-wrong" },
      h("strong", {}, `${good ? "✓" : "✗"} ${moveOf(key).text}. `),
      `${nameOf(measure)} ${WAYS[is]}${is === "same" ? "" : ` by ${fixed(Math.abs(by))} ${STEPS[measure]}`}.`,
      good ? " " : ` You said that it ${WAYS[prediction.ways[n]]}. `, moveOf(key).because,
      h("br"), h("strong", {}, "Who gains? "), moveOf(key).gains);
  });
  const good = caught(found, done);
  const lines = intervals(found);
  lines.update([["As it is", []], ...data.moves.map((move) => [move.text, [move.key]])].map(([name, moves], n) =>
    ({ letter: n ? String(n) : "0", name, ...measures(found.contacts, moves).fcr })));
  const [key, measure] = found.asked[0];
  return h("div", {}, verdicts,
    h("p", {}, `Your size for move 1 was ${fixed(prediction.size, 0)}; it is ${fixed(Math.abs(change(found, key, measure)))} ${STEPS[measure]}.`),
    h("p", { class: good ? "cslx-right" : "cslx-wrong" }, h("strong", {}, good ? "✓ " : "✗ "),
      `Behind the report were ${quoted(found.doctored)}.`, good ? "" : ` You ticked ${quoted(done.moves)}.`),
    lines.node,
    h("p", {}, "An interval says what chance alone may do. It knows nothing of a changed definition: a wrong figure can have a narrow interval."));
}

const intervals = () => chart({
  title: "First contact resolution, in %, as it is (0) and after each move alone (1 to 8), with 95% intervals",
  describe: (rows) => rows.map((row) => `${row.name}: ${fixed(row.value)}%`).join("; "),
  head: ["Move", "Value", "95% interval"],
  rows: (rows) => rows.map((row) => [`${row.letter}. ${row.name}`, `${fixed(row.value)}%`, `${fixed(row.low)}% to ${fixed(row.high)}%`]),
  draw: (Plot, width, rows) => Plot.plot({
    ...plotStyle, width, height: 320, marginLeft: 30, marginRight: 20, marginTop: 16, marginBottom: 40,
    x: { label: "%", domain: [0, 100], grid: true, ticks: 5 },
    y: { label: null, domain: rows.map((row) => row.letter) },
    marks: [
      Plot.ruleX([rows[0].value], { stroke: "currentColor", strokeDasharray: "3,4" }),
      Plot.ruleY(rows, { y: "letter", x1: "low", x2: "high", stroke: INK.first, strokeWidth: 3 }),
      Plot.dot(rows, { y: "letter", x: "value", r: 5, fill: INK.second }),
      Plot.text(rows, { ...READABLE, y: "letter", x: "value", text: (row) => `${fixed(row.value, 0)}%`, dy: -12 }),
    ],
  }),
});

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

export default frame({
  slug: "kpi-workbench",
  about: "The service stays as it is, and the figures move. Who changed what, and who gains?",
  // Half of the true size more or less, for a rough guess.
  tolerance: 0.5,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
