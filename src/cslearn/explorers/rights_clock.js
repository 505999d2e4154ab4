// W11, the rights clock: which right covers this customer, and what is the last day?
// problem() is the same as in rights_clock.py. Information, not legal advice.
import { INK, READABLE, chart, frame, h, plotStyle } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { NATIONS, acknowledgeDataComplaintBy, cancelGoodsBy, cancelledRefundBy, daysBetween, deliverBy, faultPresumedUntil, noDeductionUntil, plus, refundBy, rejectBy, subjectAccessBy } from "./rights.js";
import { data } from "./rights_clock_data.js";

const FIRST_DAY = "2026-07-01";
const DAYS = 365;
const CASES = 5;
const ENOUGH = 4;
const SPANS = { reject: [3, 25], installed: [5, 20], repaired: [4, 29], repair: [45, 170], final: [90, 170], cancelled: [2, 9] };

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const [goods, money, personal, undated] = data.groups;
  const first = whole(0, goods.length - 1);
  const second = (first + whole(1, goods.length - 1)) % goods.length;
  const kinds = [goods[first], goods[second], money[whole(0, money.length - 1)]];
  kinds.push(personal[whole(0, personal.length - 1)], undated[whole(0, undated.length - 1)]);
  for (let last = CASES - 1; last > 0; last -= 1) {
    const other = whole(0, last);
    [kinds[last], kinds[other]] = [kinds[other], kinds[last]];
  }
  const cases = kinds.map((kind) => {
    const found = { kind, text: whole(0, data.kinds[kind].texts.length - 1), nation: NATIONS[whole(0, 2)] };
    found.product = data.products[whole(0, data.products.length - 1)];
    found.appliance = data.appliances[whole(0, data.appliances.length - 1)];
    const a = plus(FIRST_DAY, whole(0, DAYS - 1));
    const b = kind in SPANS ? plus(a, whole(...SPANS[kind])) : null;
    const c = kind === "repaired" ? plus(b, whole(3, 20)) : null;
    const [start, end] = clock(kind, a, b, c, found.nation);
    return { ...found, a, b, c, from: start, last: end };
  });
  return { seed, cases };
}

function clock(kind, a, b, c, nation) {
  const last = {
    reject: () => rejectBy({ delivered: a }),
    installed: () => rejectBy({ delivered: a, installed: b }),
    repaired: () => rejectBy({ delivered: a, waits: [{ asked: b, received: c }] }),
    repair: () => faultPresumedUntil({ delivered: a }),
    final: () => noDeductionUntil({ delivered: a }),
    refund: () => refundBy(a),
    deliver: () => deliverBy(a),
    cancel: () => cancelGoodsBy(a),
    cancelled: () => cancelledRefundBy(b, a),
    access: () => subjectAccessBy(a, nation),
    breach: () => plus(a, 3),
    complaint: () => acknowledgeDataComplaintBy(a),
  }[kind];
  return last ? [kind === "installed" ? b : a, last()] : [null, null];
}

// ---- words ------------------------------------------------------------------------------

const long = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const words = (day) => long.format(new Date(`${day}T00:00:00Z`)).replace(",", "");
const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const brief = (day) => short.format(new Date(`${day}T00:00:00Z`));

function story(found) {
  const slots = {
    a: words(found.a), b: found.b && words(found.b), c: found.c && words(found.c), product: found.product, appliance: found.appliance,
    nation: found.nation,
    // The Equality Act does not reach Northern Ireland.
    britain: found.nation === NATIONS[2] ? NATIONS[0] : found.nation,
  };
  return data.kinds[found.kind].texts[found.text].replace(/\{(\w+)\}/g, (_, name) => slots[name]);
}

const letter = (n) => "ABCDE"[n];
const named = (key) => data.clocks.find(([name]) => name === key);
const clockRight = (found, key) => data.kinds[found.kind].clocks.includes(key);

// One labelled control under each customer's words.
function cards(found, control) {
  return h(
    "ol",
    { class: "cslx-cards" },
    found.cases.map((one, n) => h("li", {}, h("p", {}, h("strong", {}, `Customer ${letter(n)}. `), story(one)), control(one, n))),
  );
}

function select(label) {
  const node = h(
    "select",
    {},
    h("option", { value: "" }, "Choose"),
    data.clocks.map(([key, name]) => h("option", { value: key }, name)),
  );
  return { node: h("label", { class: "cslx-field" }, h("span", {}, label), node), control: node };
}

// Day, month and year in three fields: a browser's own date field asks for them in the order
// of the browser's language, and 3/4 would be April here and March there.
function dayInput(legend) {
  const parts = ["Day", "Month", "Year"].map((name, n) =>
    h("input", { type: "text", inputmode: "numeric", maxlength: n < 2 ? 2 : 4, size: n < 2 ? 2 : 4, autocomplete: "off", "aria-label": `${name}. ${legend}` }),
  );
  const labels = parts.map((part, n) => h("label", {}, h("span", { "aria-hidden": "true" }, ["Day", "Month", "Year"][n]), part));
  const node = h("fieldset", { class: "cslx-day" }, h("legend", {}, legend), h("div", { class: "cslx-pair" }, labels));
  return {
    node,
    // A day that the calendar has, or null.
    read() {
      const [day, month, year] = parts.map((part) => (/^\d+$/.test(part.value.trim()) ? +part.value : NaN));
      const at = new Date(Date.UTC(year, month - 1, day));
      if (Number.isNaN(at.getTime()) || at.getUTCDate() !== day || at.getUTCMonth() !== month - 1 || year < 2000) return null;
      return at.toISOString().slice(0, 10);
    },
    set(to) {
      const [year, month, day] = to.split("-");
      [day, month, year].forEach((part, n) => {
        parts[n].value = +part;
      });
    },
    focus: () => parts[0].focus(),
  };
}

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const picks = found.cases.map((_, n) => select(`Which right or duty is it about, customer ${letter(n)}?`));
  return {
    node: h(
      "div",
      {},
      h("p", {}, "Five customers of one morning. For each, name the right or the duty that it is about. Most have a last day, which you work out in the next step."),
      cards(found, (_, n) => picks[n].node),
    ),
    read() {
      const missing = picks.findIndex((pick) => !pick.control.value);
      if (missing < 0) return { clocks: picks.map((pick) => pick.control.value) };
      picks[missing].control.focus();
      return ui.refuse(`Choose a right or a duty for customer ${letter(missing)}.`);
    },
    show(given) {
      picks.forEach((pick, n) => {
        pick.control.value = given.clocks[n];
      });
    },
  };
}

function run(found, prediction, ui) {
  const inputs = found.cases.map((one) => (one.last ? dayInput(data.kinds[one.kind].ask) : null));
  return {
    node: h(
      "div",
      {},
      h("p", {}, "Now the days. Ask three things: from which day does the clock count? Does that day itself count? And how long does it run?"),
      cards(found, (_, n) => (inputs[n] ? inputs[n].node : h("p", { class: "cslx-hint" }, "No day is asked for here."))),
    ),
    read() {
      const missing = inputs.findIndex((input) => input && input.read() === null);
      if (missing < 0) return { days: inputs.map((input) => input?.read() ?? null) };
      inputs[missing].focus();
      return ui.refuse(`Enter a day, month and year that the calendar has, for customer ${letter(missing)}.`);
    },
    show(given) {
      inputs.forEach((input, n) => input?.set(given.days[n]));
    },
  };
}

const dayRight = (one, day) => one.last === null || one.last === day;

function judge(found, prediction, done) {
  const right = found.cases.filter((one, n) => clockRight(one, prediction.clocks[n]) && dayRight(one, done.days[n])).length;
  return { right: right >= ENOUGH, error: 1 - right / CASES };
}

function reveal(found, prediction, done) {
  const verdicts = found.cases.map((one, n) => {
    const kind = data.kinds[one.kind];
    const [name, source] = named(kind.clocks[0]).slice(1);
    const rightClock = clockRight(one, prediction.clocks[n]);
    const rightDay = dayRight(one, done.days[n]);
    const good = rightClock && rightDay;
    const off = one.last && !rightDay ? daysBetween(one.last, done.days[n]) : 0;
    return h(
      "p",
      { class: good ? "cslx-right" : "cslx-wrong" },
      h("strong", {}, `${good ? "✓" : "✗"} Customer ${letter(n)}: ${name} (${source}). `),
      rightClock ? "" : `You named “${named(prediction.clocks[n])[1]}”. `,
      one.last ? `The last day is ${words(one.last)}. ` : "",
      off ? `Yours is ${Math.abs(off)} ${Math.abs(off) === 1 ? "day" : "days"} too ${off > 0 ? "late" : "early"}. ` : "",
      kind.because,
    );
  });
  const count = found.cases.filter((one, n) => clockRight(one, prediction.clocks[n]) && dayRight(one, done.days[n])).length;
  const lines = dateLines();
  lines.update(found.cases.flatMap((one, n) =>
    one.last ? [{ who: `Customer ${letter(n)}`, from: one.from, last: one.last, yours: done.days[n], days: daysBetween(one.from, one.last), guess: daysBetween(one.from, done.days[n]) }] : []));
  return h("div", {}, h("p", {}, `You have ${count} of ${CASES} right.`), verdicts, lines.node,
    h("p", { class: "cslx-hint" }, "Information, not legal advice. Checked on 23 November 2026."));
}

const dateLines = () =>
  chart({
    title: "From the start of each clock to its last day (bar), and your day (dashed line), in days",
    describe: (rows) => rows.map((row) => `${row.who}: ${row.days} days, to ${words(row.last)}; your day ${words(row.yours)}`).join(". "),
    head: ["Customer", "Counted from", "Last day", "Your day"],
    rows: (rows) => rows.map((row) => [row.who, words(row.from), words(row.last), words(row.yours)]),
    draw(Plot, width, rows) {
      const most = Math.max(...rows.map((row) => row.days));
      // A day that is years off would press all bars to nothing.
      const shown = rows.map((row) => ({ ...row, guess: Math.max(0, Math.min(row.guess, most * 1.25)) }));
      return Plot.plot({
        ...plotStyle, width, height: 50 + 56 * rows.length, marginLeft: 12, marginRight: 60, marginTop: 14, marginBottom: 36,
        x: { label: "Days from the start", labelAnchor: "center", labelArrow: "none", domain: [0, most * 1.25], ticks: width < 480 ? 4 : 8 },
        y: { axis: null, domain: rows.map((row) => row.who), padding: 0.6 },
        marks: [
          Plot.barX(shown, { x1: 0, x2: "days", y: "who", fill: INK.first }),
          Plot.tickX(shown, { x: "guess", y: "who", stroke: INK.second, strokeWidth: 3, strokeDasharray: "5,3" }),
          Plot.text(shown, { ...READABLE, y: "who", text: (row) => `${row.who}, from ${brief(row.from)}`, frameAnchor: "left", textAnchor: "start", dy: -20 }),
          Plot.text(shown, { ...READABLE, x: "days", y: "who", text: (row) => brief(row.last), textAnchor: "start", dx: 8, fontWeight: 700 }),
        ],
      });
    },
  });

// Another customer from problem to problem.
const askedAbout = (found) => found.cases[found.seed % CASES];

export function reasons(found) {
  const kind = data.kinds[askedAbout(found).kind];
  return {
    question: `Customer ${letter(found.seed % CASES)}. ${kind.question}`,
    options: [{ text: kind.right, right: true, because: kind.because }, ...kind.wrong.map(([text, because]) => ({ text, because }))],
  };
}

export default frame({
  slug: "rights-clock",
  about: "A right is worth something only in time. Which one covers this customer, and what is its last day?",
  // One of five.
  tolerance: 1 / CASES,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
