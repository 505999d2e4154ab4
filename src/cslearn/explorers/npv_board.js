// W8, the NPV board: which cash lines belong, and what is the plan worth today? problem()
// and its screening are the same as in npv_board.py.
import { INK, READABLE, chart, choice, figure, frame, gbp, h, list, percent, plotStyle, table } from "./kit.js";
import { breakEvenBenefits, discountFactor, netPresentValue, paybackMonths, swings } from "./options.js";
import { mulberry32 } from "./randomness.js";
import { data } from "./npv_board_data.js";

const YEARS = 5;
const BAD = data.bad;
// How far a guess may be off before it counts as worse than the one before: a share of the costs.
const TOLERANCE = 0.1;

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  const draw = mulberry32(seed);
  const misleads = draw() < 0.5;
  for (;;) {
    const found = attempt(seed, draw);
    const right = value(found, BAD);
    const naive = value(found, []);
    if (Math.abs(right) < 4000 || Math.abs(naive) < 2000 || Math.abs(right - naive) < 5000) continue;
    if ((right > 0 !== naive > 0) === misleads) return found;
  }
}

function attempt(seed, draw) {
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const hundreds = (amount) => 100 * Math.trunc(amount / 100 + 0.5);
  const rate = [0.035, 0.05, 0.06, 0.08][whole(0, 3)];
  const proposal = data.proposals[whole(0, data.proposals.length - 1)];
  let annuity = 0;
  for (let year = 1; year < YEARS; year += 1) annuity += discountFactor(rate, year);
  const amounts = { set_up: [500 * whole(36, 90), 0], training: [500 * whole(8, 24), 0] };
  amounts.running = [0, 100 * whole(60, 180)];
  amounts.caused = [0, 100 * whole(15, 50)];
  let worth = 1000 * whole(5, 40);
  if (draw() < 0.5) worth = -worth;
  let spent = 0;
  for (const [now, yearly] of Object.values(amounts)) spent += now + yearly * annuity;
  const gained = (spent + worth) / annuity;
  const overtime = hundreds((gained * whole(42, 58)) / 100);
  amounts.overtime = [0, overtime];
  amounts.other = [0, hundreds(gained) - overtime];
  amounts.sunk = [100 * whole(60, 300), 0];
  amounts.twice = [0, hundreds((overtime * whole(85, 105)) / 100)];
  amounts.overhead = [0, 100 * whole(20, 120)];
  const lines = Object.entries(amounts).map(([role, [now, yearly]]) => {
    const { kind, choices } = data.lines[role];
    const [item, note] = choices[whole(0, choices.length - 1)];
    let [low, high] = kind === "benefit" ? [5 * whole(12, 17), 5 * whole(20, 23)] : [5 * whole(18, 20), 5 * whole(21, 26)];
    if (role === "sunk" || role === "overhead") low = high = 100;
    return { item, note, role, kind, now, yearly, low, high };
  });
  for (let last = lines.length - 1; last > 0; last -= 1) {
    const other = whole(0, last);
    [lines[last], lines[other]] = [lines[other], lines[last]];
  }
  return { seed, proposal, rate, lines };
}

export function flows(found, leftOut = []) {
  return board(found, found.lines.filter((line) => !leftOut.includes(line.role)).map((line) => line.item)).net;
}

export const value = (found, leftOut = []) => netPresentValue(flows(found, leftOut), found.rate);

export function cashLines(found, leftOut = []) {
  return found.lines
    .filter((line) => !leftOut.includes(line.role))
    .flatMap((line) =>
      Array.from({ length: YEARS }, (_, year) => {
        const amount = year ? line.yearly : line.now;
        const { item, kind } = line;
        return { item, kind, year, amount_low: (amount * line.low) / 100, amount_mid: amount, amount_high: (amount * line.high) / 100 };
      }),
    );
}

// The board with some lines switched on: costs, benefits and net cash of each year. Stress:
// benefits come lower, costs come higher, each by a share.
function board(found, items, lower = 0, higher = 0) {
  const sums = { cost: [0, 0], benefit: [0, 0] };
  for (const line of found.lines) {
    if (!items.includes(line.item)) continue;
    sums[line.kind][0] += line.now;
    sums[line.kind][1] += line.yearly;
  }
  const years = ([now, yearly], factor) => Array.from({ length: YEARS }, (_, year) => (year ? yearly : now) * factor);
  const costs = years(sums.cost, 1 + higher);
  const benefits = years(sums.benefit, 1 - lower);
  return { costs, benefits, net: benefits.map((benefit, year) => benefit - costs[year]) };
}

// ---- words ------------------------------------------------------------------------------

const rateWords = (rate) => `${+(rate * 100).toFixed(1)}%`;
const worthIt = (npv) => (npv > 0 ? "more than it costs" : "less than it costs");
const paysBack = (months) => {
  if (months === null) return "not in 4 years";
  return months === 0 ? "at once" : `${Math.ceil(months)} months`;
};
const amount = (line) => {
  const sign = line.kind === "benefit" ? "+" : "−";
  return line.now ? `${sign}${gbp(line.now)} now` : `${sign}${gbp(line.yearly)} a year`;
};
// The bad line that the step "explain" asks about: another kind from problem to problem.
const askedAbout = (found) => found.lines.find((line) => line.role === BAD[found.seed % BAD.length]);
const rightItems = (found) => found.lines.filter((line) => !BAD.includes(line.role)).map((line) => line.item);
const same = (one, two) => one.length === two.length && one.every((item) => two.includes(item));

function figures(pairs) {
  return h("dl", { class: "cslx-figures" }, pairs.map(([term, words]) => h("div", {}, h("dt", {}, term), h("dd", {}, words))));
}

// The nine lines with a tick each; oninput hears the items that are on.
function ticks(found, items, oninput, legend) {
  const boxes = found.lines.map((line) => h("input", { type: "checkbox", checked: items.includes(line.item), onchange: () => oninput(read()) }));
  const read = () => found.lines.filter((_, n) => boxes[n].checked).map((line) => line.item);
  const node = h(
    "fieldset",
    { class: "cslx-choice" },
    h("legend", {}, legend),
    h(
      "ul",
      { class: "cslx-lines" },
      found.lines.map((line, n) =>
        h(
          "li",
          {},
          h("label", {}, boxes[n], h("span", {}, line.item), h("span", { class: "cslx-amount" }, amount(line)), h("small", {}, line.note)),
        ),
      ),
    ),
  );
  return {
    node,
    read,
    set: (on) => found.lines.forEach((line, n) => {
      boxes[n].checked = on.includes(line.item);
    }),
  };
}

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const sign = choice({
    legend: "Once only the lines that belong are left: what is the plan worth today?",
    options: [
      ["more", "More than it costs (above £0)"],
      ["less", "Less than it costs (below £0)"],
    ],
  });
  const guess = figure({
    label: "About how much, in £?",
    hint: "With a minus if it is a loss. Add four years of “a year” to what is paid now, then allow a little for later money being worth less.",
    min: -100000, max: 100000, step: 1000, value: null,
  });
  return {
    node: h(
      "div",
      {},
      h("p", {}, `The proposal: ${found.proposal}. “Now” is year 0; “a year” means each of the years 1 to 4. The rate is ${rateWords(found.rate)} a year. `,
        h("strong", {}, "Three of the nine lines do not belong.")),
      table(
        "The cash lines as they were handed in",
        ["Line", "Amount"],
        found.lines.map((line) => [h("span", {}, line.item, h("br"), h("small", {}, line.note)), h("span", { class: "cslx-amount" }, amount(line))]),
      ),
      sign.node,
      guess.node,
    ),
    read() {
      if (!sign.read()) return ui.refuse(sign.refuse("Choose more or less than it costs."));
      if (guess.read() === null) return ui.refuse(guess.refuse());
      if (guess.read() > 0 !== (sign.read() === "more")) {
        guess.refuse();
        return ui.refuse("Your amount and your choice do not fit: a plan worth more than it costs has an amount above 0, a loss one below 0.");
      }
      return { sign: sign.read(), npv: guess.read() };
    },
    show(given) {
      sign.set(given.sign);
      guess.set(given.npv);
    },
  };
}

function run(found, prediction, ui) {
  const words = h("p", { class: "cslx-say" });
  const show = (items) => {
    const npv = netPresentValue(board(found, items).net, found.rate);
    words.textContent = `${items.length} of 9 lines count. With these, the plan is worth ${gbp(npv)} today.`;
  };
  const all = found.lines.map((line) => line.item);
  const lines = ticks(found, all, (items) => {
    show(items);
    ui.announce(words.textContent);
  }, "Take out the three lines that do not belong");
  show(all);
  return {
    node: h(
      "div",
      {},
      h("p", {}, "Ask of each line: does this money change if we go ahead? Is it on the board already? Read the notes."),
      lines.node,
      words,
    ),
    read() {
      const on = lines.read();
      if (on.length === 6) return { on };
      return ui.refuse(`Three lines do not belong, and you have taken out ${9 - on.length}.`);
    },
    show(given) {
      lines.set(given.on);
      show(given.on);
    },
  };
}

function judge(found, prediction, done) {
  const right = rightItems(found);
  const { costs } = board(found, right);
  const error = Math.abs(prediction.npv - value(found, BAD)) / netPresentValue(costs, found.rate);
  return { right: same(done.on, right), error };
}

function reveal(found, prediction, done, ui) {
  const right = rightItems(found);
  const npv = value(found, BAD);
  const naive = value(found);
  const good = prediction.npv > 0 === npv > 0;
  const verdicts = found.lines
    .filter((line) => BAD.includes(line.role) || !done.on.includes(line.item))
    .map((line) => {
      const bad = BAD.includes(line.role);
      const out = !done.on.includes(line.item);
      const says = bad ? (out ? "✓ You took out" : "✗ You left in") : "✗ You took out";
      const why = line === askedAbout(found) ? "It does not belong. Why? You say in step 4." : data.lines[line.role].because;
      return h("p", { class: bad && out ? "cslx-right" : "cslx-wrong" }, h("strong", {}, `${says} “${line.item}”. `), why);
    });
  const caught = found.lines.filter((line) => BAD.includes(line.role) && !done.on.includes(line.item)).length;
  return h(
    "div",
    {},
    h("p", {}, `You took out ${caught} of the 3 lines that do not belong.`),
    verdicts,
    h(
      "p", { class: good ? "cslx-right" : "cslx-wrong" },
      h("strong", {}, good ? "✓ " : "✗ "),
      `You guessed ${gbp(prediction.npv)}. The plan is worth ${gbp(npv)} today: ${worthIt(npv)}.`,
      naive > 0 !== npv > 0
        ? ` With all nine lines it would have shown ${gbp(naive)}, and you would have decided the other way.`
        : ` With all nine lines it would have shown ${gbp(naive)}.`,
    ),
    stress(found, prediction, right, ui),
  );
}

// The board under stress: lines on or off, another rate, lower benefits, higher costs.
function stress(found, prediction, right, ui) {
  const mine = Object.assign(ui.choices, {
    lines: right, rate_pct: +(found.rate * 100).toFixed(1), benefits_lower_pct: 0, costs_higher_pct: 0,
    ...structuredClone(ui.choices),
  });
  const answer = h("div");
  const words = h("p", { class: "cslx-say" });
  const years = yearsChart(prediction);
  const tornado = tornadoChart();
  const update = (spoken = true) => {
    const rate = mine.rate_pct / 100;
    const [lower, higher] = [mine.benefits_lower_pct / 100, mine.costs_higher_pct / 100];
    const { costs, benefits, net } = board(found, mine.lines, lower, higher);
    const npv = netPresentValue(net, rate);
    const months = paybackMonths(net);
    const needed = breakEvenBenefits(costs, benefits, rate);
    answer.replaceChildren(figures([
      ["Worth today (NPV)", gbp(npv)],
      ["Paid back after", paysBack(months)],
      ["Share of benefits needed", needed === null ? "none planned" : percent(needed)],
    ]));
    words.textContent = `Worth ${gbp(npv)} today: ${worthIt(npv)}. ` +
      (needed === null ? "" : needed <= 1 ? `Up to ${percent(1 - needed)} of these benefits may fail to come before it loses money.` : "Even if all these benefits come, it loses money.");
    let soFar = 0;
    years.update(net.map((cash, year) => {
      const today = cash * discountFactor(rate, year);
      soFar += today;
      return { year, cash, today, soFar };
    }));
    const rows = cashLines(found).filter((line) => mine.lines.includes(line.item)).map((line) => {
      const factor = line.kind === "benefit" ? 1 - lower : 1 + higher;
      return { ...line, amount_low: line.amount_low * factor, amount_mid: line.amount_mid * factor, amount_high: line.amount_high * factor };
    });
    tornado.update(rows.length ? { rows: swings(rows, rate), npv } : { rows: [], npv });
    if (spoken) {
      ui.keep();
      ui.announce(words.textContent);
    }
  };
  const slider = (name, label, max, step, hint = "") =>
    figure({
      label, hint, min: 0, max, step, value: mine[name], unit: "%",
      oninput(to) {
        mine[name] = to;
        update();
      },
    }).node;
  const lines = ticks(found, mine.lines, (items) => {
    mine.lines = items;
    update();
  }, "Lines that count");
  update(false);
  return h(
    "div",
    {},
    h("h4", {}, "Put it under stress"),
    slider("rate_pct", "Rate a year", 20, 0.5),
    slider("benefits_lower_pct", "Benefits come lower by", 60, 5),
    slider("costs_higher_pct", "Costs come higher by", 60, 5),
    answer,
    words,
    years.node,
    tornado.node,
    h("details", {}, h("summary", {}, "Switch lines on and off"), lines.node),
  );
}

const yearsChart = (prediction) =>
  chart({
    title: "Value today, year by year (bars) and added up (line)",
    describe: (rows) =>
      `Added up: ${rows.map((row) => `year ${row.year} ${gbp(row.soFar)}`).join(", ")}. Your guess was ${gbp(prediction.npv)}.`,
    head: ["Year", "Cash", "Value today", "Added up"],
    rows: (rows) => rows.map((row) => [String(row.year), gbp(row.cash), gbp(row.today), gbp(row.soFar)]),
    draw(Plot, width, rows) {
      const last = rows[rows.length - 1];
      const guess = [{ y: prediction.npv, says: `your guess ${gbp(prediction.npv)}` }];
      const end = [{ year: last.year, y: last.soFar, says: gbp(last.soFar) }];
      return Plot.plot({
        ...plotStyle, width, height: 300, marginLeft: 58, marginRight: 16, marginTop: 24, marginBottom: 36,
        x: { label: "Year", labelAnchor: "center", labelArrow: "none", tickSize: 0, domain: rows.map((row) => row.year), padding: 0.35 },
        y: { label: null, grid: true, ticks: 5, tickFormat: (v) => (v ? `${v < 0 ? "−" : ""}£${Math.abs(v / 1000)}k` : "£0") },
        marks: [
          Plot.barY(rows, { x: "year", y: "today", fill: INK.faint, stroke: "currentColor", strokeOpacity: 0.6 }),
          Plot.ruleY([0], { stroke: "currentColor" }),
          Plot.ruleY(guess, { y: "y", stroke: INK.second, strokeWidth: 2.5, strokeDasharray: "8,5" }),
          Plot.text(guess, { ...READABLE, y: "y", text: "says", frameAnchor: "left", dx: 6, dy: -9, textAnchor: "start" }),
          Plot.line(rows, { x: "year", y: "soFar", stroke: INK.first, strokeWidth: 3, marker: "circle" }),
          Plot.text(end, { ...READABLE, x: "year", y: "y", text: "says", dy: -14, fontWeight: 700 }),
        ],
      });
    },
  });

const tornadoChart = () =>
  chart({
    title: "How far each line alone can move the value (outline: cautious figure, filled: hopeful)",
    describe: ({ rows, npv }) =>
      rows.length ? `The value is ${gbp(npv)}. ${rows[0].line} moves it most, from ${gbp(rows[0].low)} to ${gbp(rows[0].high)}.` : "No lines are on.",
    head: ["Line", "Cautious", "Hopeful"],
    rows: ({ rows }) => rows.map((row) => [row.line, gbp(row.low), gbp(row.high)]),
    draw(Plot, width, { rows, npv }) {
      const narrow = width < 480;
      return Plot.plot({
        ...plotStyle, width, height: 62 + 46 * rows.length, marginLeft: 12, marginRight: 12, marginTop: 30, marginBottom: 30,
        x: { label: null, ticks: narrow ? 3 : 6, nice: true, tickFormat: (v) => (v ? `${v < 0 ? "−" : ""}£${Math.abs(v / 1000)}k` : "£0") },
        y: { axis: null, domain: rows.map((row) => row.line), padding: 0.55 },
        marks: [
          Plot.barX(rows, { x1: "low", x2: npv, y: "line", fill: "none", stroke: INK.second, strokeWidth: 2 }),
          Plot.barX(rows, { x1: npv, x2: "high", y: "line", fill: INK.first }),
          Plot.ruleX([npv], { stroke: "currentColor", strokeWidth: 1.5 }),
          Plot.ruleX([0], { stroke: "currentColor", strokeDasharray: "3,3" }),
          Plot.text(rows, { ...READABLE, y: "line", text: "line", frameAnchor: "left", textAnchor: "start", dy: -19 }),
          Plot.text([npv], { x: (v) => v, text: (v) => `now ${gbp(v)}`, frameAnchor: "top", dy: -18 }),
        ],
      });
    },
  });

// Why one of the three does not belong; another one from problem to problem.
const WRONG = {
  sunk: [
    ["It is too small to matter.", "Size decides nothing. A small line belongs if the decision changes it, and a large one does not if it is spent."],
    ["It was paid earlier, so it must be discounted first.", "Discounting is for money still to come. This money is gone in both cases: if we go ahead and if we do not."],
    ["Another line counts the same money.", "No other line holds this bill. The trouble is that no decision can bring it back."],
  ],
  twice: [
    ["It is already spent.", "It lies in years 1 to 4, so it is not spent yet. The trouble is that these hours are on the board already."],
    ["Saved time can never be counted.", "It can, if nothing else on the board counts those hours. Here the overtime line does."],
    ["It is too hopeful.", "A hopeful line gets a cautious figure, and stays. This one would still be the same hours a second time."],
  ],
  overhead: [
    ["Rent and head office are never costs of a plan.", "They are if the plan causes them: a room hired only for it belongs. A share of a bill that stays the same does not."],
    ["It is already in the running cost.", "No, the running cost is another bill. The trouble is that this one stays the same whatever we decide."],
    ["It is too small to matter.", "Size decides nothing. What counts is whether the decision changes it."],
  ],
};

export function reasons(found) {
  const { role, item } = askedAbout(found);
  const { because } = data.lines[role];
  return {
    question: `Why does “${item}” not belong on the board?`,
    options: [
      { text: because, right: true, because: `The value is the difference that the decision makes: ${list(["what changes", "counted once", "as it falls due"])}.` },
      ...WRONG[role].map(([text, why]) => ({ text, because: why })),
    ],
  };
}

export default frame({
  slug: "npv-board",
  about: "A plan costs money now and brings money later. Before you add it all up, make sure that each line belongs.",
  tolerance: TOLERANCE,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
