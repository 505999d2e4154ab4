// W16, the escalation desk: who owns this complaint, by when is it answered, and who may agree
// the money? problem() is the same as in escalation_desk.py.
import { INK, READABLE, chart, figure, frame, h, plotStyle, table } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { answerBy, matrix, mayAgree, rowFor } from "./escalation.js";
import { plus } from "./rights.js";
import { data } from "./escalation_desk_data.js";

const FIRST_DAY = "2024-04-02";
const DAYS = 151;
const CASES = 4;
const ENOUGH = 3;
const STEP = 5;
const MOST = 150;
// The longest wait of the matrix, over a weekend with a bank holiday, is ten days.
const CHOICES = 14;
const ROWS = matrix(data.now.escalation);
const OWNERS = ROWS.map((row) => row.owner);
const ROLES = Object.keys(data.now.limits);

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const one = (items) => items[whole(0, items.length - 1)];
  const today = draw() < 0.5 ? one(data.awkward) : plus(FIRST_DAY, whole(0, DAYS - 1));
  const [serious, middle, loud, plain] = data.groups;
  const kinds = [one(serious), one(middle), one(loud)];
  kinds.push(one([...serious, ...middle, ...plain].filter((kind) => !kinds.includes(kind))));
  for (let last = CASES - 1; last > 0; last -= 1) {
    const other = whole(0, last);
    [kinds[last], kinds[other]] = [kinds[other], kinds[last]];
  }
  const cases = kinds.map((kind) => {
    const about = data.kinds[kind];
    const found = { kind, text: whole(0, about.texts.length - 1) };
    found.product = one(data.products);
    found.appliance = one(data.appliances);
    found.amount = about.bands ? whole(...one(about.bands)) : null;
    const row = rowFor(about.fact ? [about.fact] : [], ROWS);
    return {
      ...found, severity: row.severity, owner: row.owner, due: answerBy(today, row.days),
      agrees: found.amount === null ? null : mayAgree(found.amount, data.now.limits),
    };
  });
  return { seed, today, cases };
}

export const settled = (limit) => (100 * data.refunds.up_to[Math.floor(limit / STEP)]) / data.refunds.all;

// ---- words ------------------------------------------------------------------------------

const written = (options) => {
  const format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  return (day) => format.format(new Date(`${day}T00:00:00Z`)).replace(",", "");
};
const words = written({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const brief = written({ weekday: "short", day: "numeric", month: "long" });
const letter = (n) => "ABCD"[n];
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const an = (role) => (role === "agent" ? `an ${role}` : `a ${role}`);
const story = (one) => data.kinds[one.kind].texts[one.text].replace(/\{(\w+)\}/g, (_, name) => one[name]);
const factOf = (one) => data.kinds[one.kind].fact ?? ROWS[0].facts[0];
const named = (role) => (role === null ? "Nobody in the document" : capital(role));

function cards(found, control) {
  return h(
    "ol",
    { class: "cslx-cards" },
    found.cases.map((one, n) => h("li", {}, h("p", {}, h("strong", {}, `Customer ${letter(n)}. `), story(one)), control(one, n))),
  );
}

function select(label, options) {
  const control = h("select", {}, h("option", { value: "" }, "Choose"), options.map(([key, text]) => h("option", { value: key }, text)));
  return { node: h("label", { class: "cslx-field" }, h("span", {}, label), control), control };
}

const owners = (label) => select(label, OWNERS.map((owner) => [owner, capital(owner)]));

// Both versions, as they lie in the shared folder, the outdated one first.
function folder() {
  const limits = ({ version, status, ...one }) =>
    table(`Version ${version}, in force from ${words(one.from).replace(/^\w+ /, "")}. Status: ${status}`, ["May agree alone", "Up to"],
      Object.entries(one.limits).map(([role, most]) => [capital(role), `£${most.toLocaleString("en-GB")}`]));
  return h(
    "div",
    {},
    // A table of four columns would have to be scrolled on a phone.
    h("p", {}, "The escalation matrix, the same in both versions:"),
    h("ul", {}, ROWS.map((row) => h("li", {}, h("strong", {}, `Severity ${row.severity}: ${row.owner}, within ${row.days} working ${row.days === 1 ? "day" : "days"}. `), `${capital(row.facts.length > 1 ? `${row.facts.slice(0, -1).join(", ")} or ${row.facts.at(-1)}` : row.facts[0])}.`))),
    h("p", {}, "The limits lie in the folder twice. Look at the dates before you use one."),
    limits(data.old),
    limits(data.now),
  );
}

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const picks = found.cases.map((_, n) => owners(`Who should own it, customer ${letter(n)}?`));
  return {
    node: h(
      "div",
      {},
      h("p", {}, `It is ${words(found.today)}. Four complaints have come in. Go by your feeling first: who at Northfold should own each one? The matrix comes next.`),
      cards(found, (_, n) => picks[n].node),
    ),
    read() {
      const missing = picks.findIndex((pick) => !pick.control.value);
      if (missing < 0) return { owners: picks.map((pick) => pick.control.value) };
      picks[missing].control.focus();
      return ui.refuse(`Choose an owner for customer ${letter(missing)}.`);
    },
    show(given) {
      picks.forEach((pick, n) => {
        pick.control.value = given.owners[n];
      });
    },
  };
}

function run(found, prediction, ui) {
  const days = Array.from({ length: CHOICES }, (_, n) => plus(found.today, n + 1)).map((day) => [day, brief(day)]);
  const desks = found.cases.map((one, n) => ({
    owner: owners(`Owner by the matrix, customer ${letter(n)}`),
    due: select(`Last day for the answer, customer ${letter(n)}`, days),
    agrees: one.amount === null ? null : select(`First in the list who may agree £${one.amount}, customer ${letter(n)}`, [...ROLES.map((role) => [role, capital(role)]), ["nobody", "Nobody in the document"]]),
  }));
  const parts = (desk) => [desk.owner, desk.due, desk.agrees].filter((part) => part !== null);
  return {
    node: h(
      "div",
      {},
      h("p", {}, `Now by the document. It is still ${words(found.today)}, and the day itself does not count. Both sites keep the bank holidays of England and Wales.`),
      folder(),
      cards(found, (one, n) => h("div", {}, parts(desks[n]).map((part) => part.node), one.amount === null ? h("p", { class: "cslx-hint" }, "No money is asked for here.") : null)),
    ),
    read() {
      for (const [n, desk] of desks.entries()) {
        const missing = parts(desk).find((part) => !part.control.value);
        if (missing) {
          missing.control.focus();
          return ui.refuse(`Something is still open for customer ${letter(n)}: choose from each list.`);
        }
      }
      return { desks: desks.map((desk) => ({ owner: desk.owner.control.value, due: desk.due.control.value, agrees: desk.agrees?.control.value ?? null })) };
    },
    show(given) {
      desks.forEach((desk, n) => {
        for (const name of ["owner", "due", "agrees"]) if (desk[name]) desk[name].control.value = given.desks[n][name];
      });
    },
  };
}

const agreesRight = (one, desk) => one.amount === null || desk.agrees === (one.agrees ?? "nobody");
const caseRight = (one, desk) => desk.owner === one.owner && desk.due === one.due && agreesRight(one, desk);

function judge(found, prediction, done) {
  const right = found.cases.filter((one, n) => caseRight(one, done.desks[n])).length;
  const felt = found.cases.filter((one, n) => prediction.owners[n] === one.owner).length;
  return { right: right >= ENOUGH, error: 1 - felt / CASES };
}

// What may have led to a wrong name for the money.
function moneyTrap(one, picked) {
  if (picked === mayAgree(one.amount, data.old.limits)) return `That is what version ${data.old.version} says, and it was replaced. `;
  if (picked === one.owner) return "Owning the case and agreeing the money are two questions. ";
  if (data.now.limits[picked] < one.amount) return `${capital(an(picked))} may agree £${data.now.limits[picked]} only. `;
  return "Somebody before that in the list may agree it already. ";
}

function verdict(one, n, prediction, desk) {
  const good = caseRight(one, desk);
  const said = [
    desk.owner === one.owner ? "" : `You gave it to ${an(desk.owner)}. `,
    desk.due === one.due ? "" : `You said ${brief(desk.due)} for the answer. `,
    agreesRight(one, desk) ? "" : `For the £${one.amount} you said ${named(desk.agrees === "nobody" ? null : desk.agrees).toLowerCase()}. ${moneyTrap(one, desk.agrees)}`,
  ];
  return h(
    "p",
    { class: good ? "cslx-right" : "cslx-wrong" },
    h("strong", {}, `${good ? "✓" : "✗"} Customer ${letter(n)}: ${factOf(one)}, severity ${one.severity}. ${capital(an(one.owner))} owns it and answers by ${brief(one.due)}. `),
    one.amount === null ? "" : `£${one.amount}: ${an(one.agrees ?? "board").replace("a head", "the head").replace("a board", "the board")} may agree it. `,
    said,
    prediction.owners[n] === one.owner ? "" : `Your feeling said ${prediction.owners[n]}. `,
    data.kinds[one.kind].because,
  );
}

function reveal(found, prediction, done, ui) {
  const right = found.cases.filter((one, n) => caseRight(one, done.desks[n])).length;
  const felt = found.cases.filter((one, n) => prediction.owners[n] === one.owner).length;
  const ladder = ladderChart();
  ladder.update(found.cases.map((one, n) => ({
    who: `Customer ${letter(n)}`, fact: factOf(one), right: one.owner, felt: prediction.owners[n], yours: done.desks[n].owner,
  })));
  const say = h("p", { class: "cslx-say" });
  const show = (limit) => {
    say.textContent = `With a limit of £${limit}, the first agent could have agreed ${Math.round(settled(limit))} of 100 refunds alone.`;
  };
  const limit = figure({
    label: "Agents may agree up to", unit: "pounds", min: 0, max: MOST, step: STEP, value: ui.choices.limit ?? data.now.limits.agent,
    oninput(value) {
      show(value);
      ui.announce(say.textContent);
      ui.choices.limit = value;
      ui.keep();
    },
  });
  show(ui.choices.limit ?? data.now.limits.agent);
  return h(
    "div",
    {},
    h("p", {}, `You have ${right} of ${CASES} cases right in every part. Your feeling had ${felt} of ${CASES} owners right.`),
    found.cases.map((one, n) => verdict(one, n, prediction, done.desks[n])),
    ladder.node,
    h(
      "details",
      {},
      h("summary", {}, "Move the limit"),
      h("p", {}, `Northfold paid ${data.refunds.all.toLocaleString("en-GB")} refunds in its year of complaints. Each one above the agents’ limit waits for managers. Where would you set it?`),
      limit.node,
      say,
      h("p", { class: "cslx-hint" }, "A higher limit gives money away faster too. Watch what is paid out, and look at a sample of cases each month."),
    ),
  );
}

const ladderChart = () =>
  chart({
    title: "Who owns it: by the matrix (bar), by your desk (cross), by your feeling (ring)",
    head: ["Customer", "Fact", "By the matrix", "By your desk", "By your feeling"],
    describe: (rows) => rows.map((row) => `${row.who}: ${row.right}; your desk ${row.yours}; your feeling ${row.felt}`).join(". "),
    rows: (rows) => rows.map((row) => [row.who, row.fact, capital(row.right), capital(row.yours), capital(row.felt)]),
    draw(Plot, width, rows) {
      const place = (owner) => OWNERS.indexOf(owner) + 1;
      return Plot.plot({
        ...plotStyle, width, height: 60 + 54 * rows.length, marginLeft: 12, marginRight: 30, marginTop: 14, marginBottom: 36,
        x: { label: null, domain: [0, OWNERS.length + 0.3], ticks: OWNERS.map((_, n) => n + 1), tickFormat: (n) => capital(OWNERS[n - 1]) },
        y: { axis: null, domain: rows.map((row) => row.who), padding: 0.62 },
        marks: [
          Plot.ruleX(OWNERS.map((_, n) => n + 1), { stroke: INK.faint }),
          Plot.barX(rows, { x1: 0, x2: (row) => place(row.right), y: "who", fill: INK.first }),
          Plot.dot(rows, { x: (row) => place(row.felt), y: "who", r: 9, fill: "none", stroke: INK.second, strokeWidth: 3 }),
          Plot.dot(rows, { x: (row) => place(row.yours), y: "who", r: 5, symbol: "times", stroke: "currentColor", strokeWidth: 3 }),
          Plot.text(rows, { ...READABLE, y: "who", text: (row) => `${row.who}: ${row.fact}`, frameAnchor: "left", textAnchor: "start", dy: -20 }),
        ],
      });
    },
  });

// Another customer from problem to problem.
export function reasons(found) {
  const kind = data.kinds[found.cases[found.seed % CASES].kind];
  return {
    question: `Customer ${letter(found.seed % CASES)}. ${kind.question}`,
    options: [{ text: kind.right, right: true, because: kind.because }, ...kind.wrong.map(([text, because]) => ({ text, because }))],
  };
}

export default frame({
  slug: "escalation-desk",
  about: "A loud voice pulls a complaint up, and a quiet one lets it lie. A matrix looks at the facts instead.",
  // One of four owners by feeling.
  tolerance: 1 / CASES,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
