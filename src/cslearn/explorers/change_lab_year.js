// The year of the change lab, from the plan to the report: all that comes after the prediction, fetched when a
// learner begins. The words are in change_lab_words_data.js.
import { limits, signals } from "./control_chart.js";
import { INK, READABLE, chart, choice, figure, fixed, gbp, h, list, plotStyle, table } from "./kit.js";
import { ACTIONS, BASELINE, BUDGET_GBP, CHANGE_HOURS, ELEMENTS, FINAL, INVOLVEMENT, NO_CHANGE, RUNS, SWITCHES, TEAMS, WEEKS, bands, barrier, firstLive, full, liveWeeks, lucks, pilotEnds, playYear, pooled, processLevers, quantile, situation } from "./change_lab_model.js";
import { PARTS, RANGES, WATCHED, WINS, changeHours, costs, problems, total } from "./change_lab_plan.js";
import { baseOf, between, facts, figures, kept, kpiName, lower, once, readyTable, shown, waitTable } from "./change_lab_figures.js";
import { data } from "./change_lab_words_data.js";

const TWO_AGENTS = { extra_agents: 2, go_live: 14 };
const LAST_PLAN = "cslearn:change-lab:last-plan";
const START_PLAN = { ...NO_CHANGE, pilot_start: 12, go_live: 20 };

// ---- years ------------------------------------------------------------------------------

const ownYear = (seed, done) => once(`own ${seed} ${JSON.stringify(done)}`, () => playYear(done.plan, seed, { decisions: done.decisions }));
const twentyKey = (seed, plan) => `twenty ${seed} ${JSON.stringify(plan)}`;
const twenty = (seed, plan) => once(twentyKey(seed, plan), () => lucks(seed).map((luck) => playYear(plan, luck, { like: seed })));

// The same, a few years at a time, so that the page stays alive.
async function twentySoon(seed, plan, progress) {
  const key = twentyKey(seed, plan);
  if (!kept.has(key)) {
    const played = [];
    for (const luck of lucks(seed)) {
      played.push(playYear(plan, luck, { like: seed }));
      if (played.length % 4 === 0) {
        progress(played.length);
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    once(key, () => played);
  }
  return kept.get(key);
}

const ends = (played, kpi) => played.map((year) => pooled(year.weeks, kpi, ...FINAL)).sort((one, other) => one - other);
const twoAgents = (seed) => quantile(ends(twenty(seed, TWO_AGENTS), "in5_pct"), 0.5);

// How often a trigger would have fired in the first 20 weeks of years without any change.
function falseAlarms(seed, trigger) {
  const quiet = once(`quiet ${seed}`, () => lucks(seed, 5).map((luck) => playYear({}, luck, { like: seed, weeks: 20 }).weeks));
  let [fires, weeks] = [0, 0];
  for (const year of quiet) {
    let row = 0;
    for (const week of year) {
      const value = week[trigger.kpi];
      row = value !== null && (trigger.op === "<" ? value < trigger.value : value > trigger.value) ? row + 1 : 0;
      fires += row >= trigger.weeks ? 1 : 0;
      weeks += 1;
    }
  }
  return (100 * fires) / weeks;
}

// ---- words ------------------------------------------------------------------------------

const bare = (kpi, value) => (kpi === "median_days" ? fixed(value) : shown(kpi, value));
const points = (value) => `${value >= 0 ? "+" : "−"}${fixed(Math.abs(value), 0)} points`;
const several = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
// What happened, in a sentence.
function sentence(one, found) {
  const { week, event } = one;
  const says = {
    shock: () => data.shocks[one.name].replace("{team}", TEAMS[leaderOf(found.seed)]),
    live: () => `Team ${one.team} starts the new way.`,
    hired: () => `${one.agents} more agents start.`,
    "early win": () => `Early win: ${lower(data.wins[one.name])}.`,
    "fault mended": () => `A mistake in the new refund letter is found by ${one.found_by} and mended. It had sent about one refund in seven round again.`,
    gate: () => `The pilot reports ${points(one.pp)}, give or take ${fixed(one.margin_pp, 0)}, from ${one.n} cases. Decision: ${lower(data.gate[one.decision])}.`,
    trigger: () => `Trigger ${one.trigger + 1} fires: ${lower(kpiName(one.kpi))} is ${shown(one.kpi, one.value)}.`,
    action: () => (one.action === "hold" ? "You hold, and change nothing." : `You act: ${lower(data.actions[one.action])}.`),
    "no money": () => `No money for this: ${lower(data.actions[one.action])} takes ${gbp(one.needs_gbp)}, and the reserve has ${gbp(one.reserve_gbp)}.`,
  };
  return `Week ${week}. ${says[event]()}`;
}
const leaderOf = (seed) => situation(seed).leader;
const diary = (entries, found) => h("ul", {}, entries.map((one) => h("li", {}, sentence(one, found))));

// ---- the control chart ------------------------------------------------------------------

// The control chart of one figure: the limits come from the weeks before the first team went live.
function controlChart(kpi, plan, marks) {
  const before = Math.max(8, (firstLive(plan) || 21) - 1);
  const parts = (weeks) => {
    const values = weeks.map((one) => one[kpi]);
    const of = limits(values.slice(0, Math.min(before, values.length)));
    const found = signals(values.slice(before), of).map((signal) => signal.place + before);
    return { weeks, values, of, found: new Set(found) };
  };
  return chart({
    title: `${kpiName(kpi)}, North, week by week`,
    long: true,
    describe(weeks) {
      const { of, found, values } = parts(weeks);
      return `The ${before} weeks before have a mean of ${fixed(of.mean)} and limits of ${fixed(of.lower)} and ${fixed(of.upper)}. The last week stands at ${fixed(values[values.length - 1])}. ${found.size} weeks give a signal.`;
    },
    head: ["Week", kpiName(kpi), "Signal"],
    rows(weeks) {
      const { values, of, found } = parts(weeks);
      return values.map((value, n) => [String(n + 1), fixed(value),
        !found.has(n) ? "" : value > of.upper ? "above the limits" : value < of.lower ? "below the limits" : "eighth in a row"]);
    },
    draw(Plot, width, weeks) {
      const { values, of, found } = parts(weeks);
      const rows = values.map((value, n) => ({ week: n + 1, value }));
      const lines = [["mean", of.mean], ["limit", of.upper], ["limit", of.lower]];
      return Plot.plot({
        ...plotStyle, width, height: 260, marginLeft: 40, marginRight: 44, marginTop: 24, marginBottom: 38,
        x: { label: "Week", labelAnchor: "center", labelArrow: "none", domain: [1, WEEKS] },
        y: { label: null, grid: true, ticks: 5, zero: false },
        marks: [
          Plot.ruleX(marks, { stroke: "currentColor", strokeDasharray: "1,4" }),
          Plot.ruleY(lines.slice(0, 1), { y: (d) => d[1], stroke: "currentColor" }),
          Plot.ruleY(lines.slice(1), { y: (d) => d[1], stroke: "currentColor", strokeDasharray: "6,4" }),
          Plot.text(lines, { ...READABLE, y: (d) => d[1], text: (d) => d[0], frameAnchor: "right", textAnchor: "start", dx: 4 }),
          Plot.line(rows, { x: "week", y: "value", stroke: INK.first, strokeWidth: 2 }),
          Plot.dot(rows, { x: "week", y: "value", r: 2.5, fill: INK.first }),
          Plot.dot(rows.filter((_, n) => found.has(n)), { x: "week", y: "value", r: 6, stroke: INK.second, strokeWidth: 2.5 }),
        ],
      });
    },
  });
}

// ---- the plan ---------------------------------------------------------------------------

function field(label, options, value, onchange) {
  const select = h("select", { onchange: () => onchange(select.value) }, options.map(([key, text]) => h("option", { value: key }, text)));
  select.value = value;
  return h("div", { class: "cslx-field" }, h("label", {}, label, select));
}

const ORDERS = ["ABC", "ACB", "BAC", "BCA", "CAB", "CBA"];
const NEW_TRIGGER = { kpi: "adoption", op: "<", value: 50, weeks: 2, action: "coach_weakest" };

function planForm(found, mine, ui, onstart) {
  const plan = mine.plan;
  const controls = [];
  const summary = h("p", { class: "cslx-say" });
  const wrong = h("div", { role: "alert" });
  const refresh = (spoken = true) => {
    const cost = total(costs(plan));
    const hours = changeHours(plan).map(total);
    const most = Math.max(...hours);
    summary.textContent = `The plan costs ${gbp(cost)} of ${gbp(BUDGET_GBP)}. ` +
      (most ? `The change team’s busiest week is week ${hours.indexOf(most) + 1}, with ${fixed(most)} of ${CHANGE_HOURS} hours.` : "The change team has nothing to do.");
    wrong.replaceChildren();
    if (spoken) {
      ui.keep();
      ui.announce(summary.textContent);
    }
  };
  const set = (name, to) => {
    plan[name] = to;
    refresh();
  };
  const slider = (name) => {
    const [label, unit, hint] = data.levers[name];
    const [min, max] = RANGES[name];
    const control = figure({ label, unit, hint, min, max, step: name === "limit_gbp" ? 5 : name === "reserve_gbp" ? 500 : 1, value: plan[name], oninput: (to) => set(name, to) });
    controls.push([label, control]);
    return control.node;
  };
  const ticks = h("ul", { class: "cslx-lines cslx-ticks" }, SWITCHES.map((name) => {
    const [label, hint] = data.levers[name];
    const box = h("input", { type: "checkbox", checked: plan[name], onchange: () => set(name, box.checked) });
    return h("li", {}, h("label", {}, box, h("span", {}, label), h("span", { class: "cslx-amount" }, gbp(costs({ [name]: true, go_live: 20 })[name])), h("small", {}, hint)));
  }));
  const radios = (legend, name, options, words) => {
    const control = choice({ legend, options: options.map((key) => [key, words[key]]) });
    control.set(plan[name]);
    control.node.addEventListener("change", () => set(name, control.read()));
    return control.node;
  };
  const triggers = h("div");
  const drawTriggers = () => {
    triggers.replaceChildren(
      ...plan.triggers.map((trigger, n) => {
        const change = (name, to) => {
          trigger[name] = to;
          refresh();
        };
        const value = figure({ label: "Value", min: 0, max: 500, step: 1, value: trigger.value, oninput: (to) => change("value", to) });
        const weeks = figure({ label: "Weeks in a row", min: 1, max: 8, step: 1, value: trigger.weeks, oninput: (to) => change("weeks", to) });
        controls.push([`Trigger ${n + 1}`, value], [`Trigger ${n + 1}`, weeks]);
        return h("fieldset", { class: "cslx-choice" }, h("legend", {}, `Trigger ${n + 1}`),
          field("If", WATCHED.map((kpi) => [kpi, `${kpiName(kpi)}${facts.kpis[kpi][1] ? ` (${facts.kpis[kpi][1]})` : ""}`]), trigger.kpi, (to) => change("kpi", to)),
          field("is", [["<", "below"], [">", "above"]], trigger.op, (to) => change("op", to)),
          value.node, weeks.node,
          field("then", Object.keys(ACTIONS).map((key) => [key, `${data.actions[key]} (${gbp(ACTIONS[key])})`]), trigger.action, (to) => change("action", to)),
          h("button", { type: "button", onclick: () => {
            plan.triggers.splice(n, 1);
            drawTriggers();
            refresh();
            add.focus();
          } }, `Remove trigger ${n + 1}`));
      }),
      add,
    );
    add.hidden = plan.triggers.length > 2;
  };
  const add = h("button", { type: "button", onclick: () => {
    plan.triggers.push({ ...NEW_TRIGGER });
    drawTriggers();
    refresh();
    triggers.querySelectorAll("fieldset select")[3 * (plan.triggers.length - 1)].focus();
  } }, "Add a trigger");
  drawTriggers();
  const start = h("button", { type: "button", class: "cslx-go", onclick: () => {
    const bad = controls.find(([, control]) => control.node.isConnected && control.read() === null);
    // A field in a closed part cannot take the focus.
    if (bad) bad[1].node.closest("details").open = true;
    const faults = bad ? [`${bad[0]}: ${bad[1].refuse()}`] : problems(plan);
    if (faults.length) {
      wrong.replaceChildren(...faults.map((words) => h("p", { class: "cslx-error" }, words)));
      return;
    }
    onstart();
  } }, "Start the year");
  const earlier = lastPlan();
  const again = earlier && h("button", { type: "button", onclick: () => {
    mine.plan = earlier;
    ui.keep();
    mine.redraw();
  } }, "Begin with my last plan");
  refresh(false);
  return h("div", {},
    h("p", {}, "Make your plan. Nothing moves in weeks 1 to 8, which are measured as they are. You may leave any lever as it is."),
    again,
    h("details", { class: "cslx-open", open: true }, h("summary", {}, "Process: how complaints flow"), slider("limit_gbp"), ticks, slider("extra_agents"), slider("manager_hours")),
    h("details", { class: "cslx-open" }, h("summary", {}, "People: how the teams take it"),
      slider("training_hours"), slider("coaching_hours"), slider("messages"), slider("support_weeks"),
      radios("How far the teams are involved", "involvement", INVOLVEMENT, data.involvement),
      radios("An early win, three weeks after the start", "early_win", WINS, data.wins)),
    h("details", { class: "cslx-open" }, h("summary", {}, "Plan: pilot, waves, triggers"),
      field("Pilot with", [["none", "no pilot"], ...TEAMS.map((team) => [team, `team ${team}`])], plan.pilot_team, (to) => set("pilot_team", to)),
      slider("pilot_start"), slider("pilot_weeks"), slider("go_at"), slider("stop_at"), slider("go_live"), slider("pace"),
      field("Order of the teams", ORDERS.map((order) => [order, [...order].join(", then ")]), plan.order.join(""), (to) => set("order", [...to])),
      slider("reserve_gbp"),
      h("h4", {}, "Triggers"), h("p", { class: "cslx-hint" }, "A trigger says beforehand what will make you act. It can fire from the start of the pilot on."), triggers),
    summary, wrong, start);
}

function lastPlan() {
  try {
    const found = JSON.parse(localStorage.getItem(LAST_PLAN));
    return found && !problems(found).length ? full(found) : null;
  } catch {
    return null;
  }
}

// ---- the year, from one decision to the next ------------------------------------------------

// What waits for a decision: the gate, a trigger, one review six weeks after the last wave, or nothing.
function pending(found, mine) {
  const year = ownYear(found.seed, { plan: mine.plan, decisions: mine.decisions });
  const decided = (week, trigger) => mine.decisions.some((one) => one.week === week && one.trigger === trigger);
  const event = year.log.find((one) => (one.event === "gate" && !decided(one.week, -1)) || (one.event === "trigger" && !decided(one.week, one.trigger)));
  const lives = year.log.filter((one) => one.event === "live");
  const stopped = year.log.some((one) => one.event === "gate" && one.decision === "stop");
  const review = lives.length && !stopped ? Math.min(44, lives[lives.length - 1].week + 6) : 0;
  const open = review && !mine.decisions.some((one) => one.trigger === -2);
  if (event && !(open && review < event.week)) return { year, week: event.week, event };
  if (open) return { year, week: review, event: { event: "review", week: review } };
  return { year, week: WEEKS, event: null };
}

function yearView(found, mine, ui) {
  const { year, week, event } = pending(found, mine);
  const since = mine.decisions.length ? mine.decisions[mine.decisions.length - 1].week : 0;
  const sofar = year.weeks.slice(0, week);
  const last = sofar[sofar.length - 1];
  // What the plan itself would do at the gate or on a trigger comes after the learner's word.
  const news = year.log.filter((one) => one.week <= week && one.week >= since && !(one.week === week && ["gate", "action", "no money"].includes(one.event) && event));
  const titles = { gate: `Week ${week}: the pilot reports`, trigger: `Week ${week}: a trigger fires`, review: `Week ${week}: a look back` };
  const heading = h("h4", { tabindex: "-1" }, event ? titles[event.event] : "Week 52: the year is over");
  const recent = (kpi) => pooled(sofar, kpi, week - 3, week);
  const line = controlChart("in5_pct", mine.plan, Object.values(liveWeeks(mine.plan)).filter((start) => start && start <= week));
  line.update(sofar);
  const parts = [heading, news.length ? diary(news, found) : h("p", {}, "Nothing out of the ordinary."),
    figures([
      ["Closed in five days, last four weeks", shown("in5_pct", recent("in5_pct"))],
      ["Open complaints", shown("open", last.open)],
      ["Opened again", shown("reopen_pct", recent("reopen_pct"))],
      ["Calls answered in 20 seconds", shown("service_level_pct", recent("service_level_pct"))],
    ]),
    table("The teams", ["Team", "New way used", "Morale", "Stuck at"], TEAMS.map((team) => [team, year.log.some((one) => one.event === "live" && one.team === team && one.week <= week) ? `${fixed(last.adoption_by_team[team], 0)}%` : "not yet", fixed(last.morale_by_team[team]),
      facts.elements[barrier(ELEMENTS.map((name) => last.adkar[team][name]))] ?? "nothing"])),
    line.node];
  if (!event) return { parts, heading };
  let decide = null;
  if (event.event === "gate") {
    const size = fixed(Math.abs(event.pp), 0);
    parts.push(h("p", { class: "cslx-say" }, `Team ${mine.plan.pilot_team} closes ${size} percentage points ${event.pp >= 0 ? "more" : "fewer"} of its new complaints in five days than before, over and above what changed in the other teams. ` +
      `That comes from ${event.n} cases, so give or take ${fixed(event.margin_pp, 0)}. You said: go at ${mine.plan.go_at}, stop at ${mine.plan.stop_at}.`));
    decide = choice({ legend: "What do you decide?", options: Object.entries(data.gate) });
  } else {
    const wanted = event.event === "trigger" ? mine.plan.triggers[event.trigger].action : null;
    if (wanted) parts.push(h("p", { class: "cslx-say" }, `${kpiName(event.kpi)}: ${shown(event.kpi, event.value)}. Your plan calls for: ${lower(data.actions[wanted])}.`));
    else parts.push(h("p", { class: "cslx-say" }, "Six weeks after the last wave you look back with the teams. Does anything need to change?"));
    const order = [...new Set([wanted ?? "hold", ...Object.keys(ACTIONS)])];
    decide = choice({ legend: "What do you do?", options: order.map((key) => [key, `${data.actions[key]} (${gbp(ACTIONS[key])})`]) });
    parts.push(h("p", { class: "cslx-hint" }, `In the reserve: ${gbp(reserveAt(year, mine.plan, week, event.event === "trigger"))}.`));
  }
  const error = h("p", { class: "cslx-error", role: "alert" });
  const go = h("button", { type: "button", class: "cslx-go", onclick: () => {
    if (decide.read() === null) {
      error.textContent = decide.refuse("Choose one first.");
      return;
    }
    mine.decisions.push({ week, trigger: { gate: -1, review: -2 }[event.event] ?? event.trigger, action: decide.read() });
    ui.keep();
    mine.redraw();
  } }, "Decide and go on");
  parts.push(decide.node, error, go);
  return { parts, heading };
}

function reserveAt(year, plan, week, before) {
  const spent = year.log.filter((one) => one.event === "action" && (before ? one.week < week : one.week <= week)).reduce((sum, one) => sum + ACTIONS[one.action], 0);
  return plan.reserve_gbp - spent;
}

function run(found, prediction, ui) {
  const mine = ui.choices;
  // What was kept may leave out what stays as it is.
  mine.plan = structuredClone(full(mine.plan ?? START_PLAN));
  mine.decisions ??= [];
  const box = h("div");
  const draw = (focus) => {
    if (!mine.started) {
      ui.ready(false);
      box.replaceChildren(planForm(found, mine, ui, () => {
        mine.started = true;
        try {
          localStorage.setItem(LAST_PLAN, JSON.stringify(mine.plan));
        } catch {
          // A browser that keeps nothing: the next plan starts from scratch.
        }
        ui.keep();
        draw(true);
      }));
      if (focus) box.querySelector("button, input").focus();
      return;
    }
    const { parts, heading } = yearView(found, mine, ui);
    box.replaceChildren(h("p", { class: "cslx-hint" }, planWords(mine.plan)), ...parts);
    const over = pending(found, mine).event === null;
    ui.ready(over);
    if (over) ui.announce("The year is over.");
    if (focus) heading.focus();
  };
  // Not a part of what is kept.
  box.addEventListener("keydown", (event) => {
    // Enter in a field would press the step's own button, which is not there yet.
    if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
  });
  Object.defineProperty(mine, "redraw", { value: () => draw(true), enumerable: false, configurable: true });
  draw(false);
  return {
    node: box,
    read: () => (mine.started && pending(found, mine).event === null ? { plan: mine.plan, decisions: mine.decisions } : ui.refuse("Play the year to its end first.")),
    show() {},
  };
}

// The plan in one paragraph.
function planWords(plan) {
  const process = processLevers(plan).map((name) => (name === "limit" ? `limit £${plan.limit_gbp}` : lower(data.levers[name][0])));
  if (plan.extra_agents) process.push(several(plan.extra_agents, "more agent"));
  if (plan.manager_hours) process.push(`${several(plan.manager_hours, "more manager hour")} a week`);
  const people = [`${several(plan.training_hours, "hour")} of training`, `${several(plan.coaching_hours, "hour")} of coaching a week`, `${several(plan.messages, "message")} a week`, `involvement: ${lower(data.involvement[plan.involvement].split(":")[0])}`];
  const waves = plan.go_live ? TEAMS.map((team) => `${team} in week ${liveWeeks(plan)[team]}`).join(", ") : "never";
  return `Your plan. Process: ${list(process) || "nothing"}. People: ${list(people)}. Pilot: ${plan.pilot_team === "none" ? "none" : `team ${plan.pilot_team}, to week ${pilotEnds(plan)}`}. Going live: ${waves}. Cost: ${gbp(total(costs(plan)))}.`;
}

// ---- the report -------------------------------------------------------------------------

// What it takes: each with a sentence, and whether it is done.
function checks(found, done) {
  const year = ownYear(found.seed, done);
  const reached = ends(twenty(found.seed, done.plan), "in5_pct").filter((value) => value >= found.target).length;
  const morale = pooled(year.weeks, "morale", ...FINAL);
  const gate = year.log.some((one) => one.event === "gate");
  const answered = year.log.filter((one) => one.event === "action" && one.trigger >= 0 && one.action !== "hold");
  const quiet = answered.filter((one) => falseAlarms(found.seed, done.plan.triggers[one.trigger]) <= facts.quiet_pct);
  let adjusted = "No trigger of yours fired and was answered. Without one, nobody would have noticed in time.";
  if (quiet.length) adjusted = `A trigger fired in week ${quiet[0].week}, and you acted on it.`;
  else if (answered.length) {
    adjusted = `Your trigger fires in ${fixed(falseAlarms(found.seed, done.plan.triggers[answered[0].trigger]), 0)}% of ordinary weeks, so it tells you nothing.`;
  }
  return [
    [reached >= facts.enough_years, `The target of ${found.target}% is reached in ${reached} of ${RUNS} years with this plan. It takes ${facts.enough_years}.`],
    [morale >= facts.morale, `Morale in the lowest team ends at ${fixed(morale)} of 5. It must not be below ${fixed(facts.morale, 0)}.`],
    [gate, gate ? "You piloted before you rolled out." : "You did not pilot."],
    [quiet.length > 0, adjusted],
  ];
}

function judge(found, prediction, done) {
  return { right: checks(found, done).every(([good]) => good), error: Math.abs(prediction.two_agents - twoAgents(found.seed)) };
}

const mark = (good, ...words) => h("p", { class: good ? "cslx-right" : "cslx-wrong" }, h("strong", {}, good ? "✓ " : "✗ "), ...words);

function reveal(found, prediction, { plan, decisions }, ui) {
  const done = { plan: full(plan), decisions };
  const wait = h("p", { role: "status" }, `Playing ${RUNS} years …`);
  const box = h("div", {}, wait);
  if (compared(done.plan).every(([plan]) => kept.has(twentyKey(found.seed, plan)))) fill(found, prediction, done, ui, box);
  else {
    prepare(found, done, (words) => {
      wait.textContent = words;
    }).then(() => {
      fill(found, prediction, done, ui, box);
      ui.announce("The report is ready.");
    });
  }
  return box;
}

// What a report compares: the plan, no change, and what the learner was asked about.
const compared = (plan) => [[plan, "with your plan"], [{}, "without any change"], [TWO_AGENTS, "with two more agents"]];

async function prepare(found, done, say = () => {}) {
  for (const [plan, words] of compared(done.plan)) {
    await twentySoon(found.seed, plan, (count) => say(`Playing ${count} of ${RUNS} years ${words} …`));
  }
}

function fill(found, prediction, done, ui, box) {
  const { seed } = found;
  const mine = twenty(seed, done.plan);
  const none = twenty(seed, {});
  const own = ownYear(seed, done);
  const base = baseOf(seed);
  const two = twoAgents(seed);
  const close = Math.abs(prediction.two_agents - two) <= facts.tolerance_pp;
  const chartOfBands = bandChart(found, prediction, two);
  chartOfBands.update({ mine: bands(mine, "in5_pct"), none: bands(none, "in5_pct"), own: own.weeks });
  const marks = own.log.filter((one) => one.event === "live").map((one) => one.week);
  const control = controlChart("in5_pct", done.plan, marks);
  control.update(own.weeks);
  const spirits = moraleChart();
  spirits.update(own.weeks);
  box.replaceChildren(
    mark(prediction.stuck === found.stuck, `Work stuck at: ${lower(facts.stations[found.stuck])}.`, prediction.stuck === found.stuck ? "" : ` You chose: ${lower(facts.stations[prediction.stuck])}.`),
    mark(close, `Two more agents: ${fixed(two, 0)}% closed in five days in the middle of 20 years, against ${fixed(quantile(ends(none, "in5_pct"), 0.5), 0)}% without any change. You guessed ${fixed(prediction.two_agents, 0)}%.`),
    h("h4", {}, "Did it work?"),
    ...checks(found, done).map(([good, words]) => mark(good, words)),
    chartOfBands.node,
    reportTable(found, own, base, mine),
    h("h4", {}, "Signal or noise?"), control.node,
    h("h4", {}, "The teams"), spirits.node,
    readyTable("How ready the teams are in week 52", TEAMS.map((team) => ELEMENTS.map((name) => own.weeks[WEEKS - 1].adkar[team][name]))),
    h("h4", {}, "What it cost"), costTable(done.plan, own),
    h("h4", {}, "What happened"), diary(own.log, found),
    h("h4", {}, "Debrief"), ...debrief(found, done, own, mine),
    logBox(found, prediction, done, own));
}

function bandChart(found, prediction, two) {
  return chart({
    title: `Closed in five days, in %: ${RUNS} years with your plan, and ${RUNS} without any change`,
    long: true,
    describe: ({ mine, none }) => `In week ${WEEKS} eight in ten years with your plan lie between ${fixed(mine[WEEKS - 1].p10, 0)} and ${fixed(mine[WEEKS - 1].p90, 0)}%, and without any change between ${fixed(none[WEEKS - 1].p10, 0)} and ${fixed(none[WEEKS - 1].p90, 0)}%. The target is ${found.target}%. You guessed ${fixed(prediction.two_agents, 0)}% for two more agents; it is ${fixed(two, 0)}%.`,
    head: ["Week", "Your year", "With your plan: 10% to 90%", "No change: 10% to 90%"],
    rows: ({ mine, none, own }) => mine.map((row, n) => [String(row.week), fixed(own[n].in5_pct ?? 0, 0), `${fixed(row.p10, 0)} to ${fixed(row.p90, 0)}`, `${fixed(none[n].p10, 0)} to ${fixed(none[n].p90, 0)}`]),
    draw(Plot, width, { mine, none, own }) {
      const guess = [{ week: 48.5, value: prediction.two_agents }];
      const end = (rows) => rows.slice(-1);
      const narrow = width < 440;
      return Plot.plot({
        ...plotStyle, width, height: 320, marginLeft: 40, marginRight: narrow ? 20 : 96, marginTop: 20, marginBottom: 40,
        x: { label: "Week", labelAnchor: "center", labelArrow: "none", domain: [1, WEEKS] },
        y: { label: null, domain: [0, 100], grid: true, ticks: 5, tickFormat: (v) => `${v}%` },
        marks: [
          Plot.ruleY([found.target], { stroke: "currentColor", strokeDasharray: "3,4" }),
          Plot.text([found.target], { ...READABLE, y: (v) => v, text: () => "target", frameAnchor: "left", textAnchor: "start", dx: 4, dy: -9 }),
          Plot.areaY(none, { x: "week", y1: "p10", y2: "p90", fill: INK.second, fillOpacity: 0.25 }),
          Plot.lineY(none, { x: "week", y: "p50", stroke: INK.second, strokeWidth: 2, strokeDasharray: "5,4" }),
          Plot.areaY(mine, { x: "week", y1: "p10", y2: "p90", fill: INK.first, fillOpacity: 0.25 }),
          Plot.lineY(mine, { x: "week", y: "p50", stroke: INK.first, strokeWidth: 2.5 }),
          Plot.dot(own.filter((week) => week.in5_pct !== null), { x: "week", y: "in5_pct", r: 1.8, fill: "currentColor" }),
          Plot.text(end(mine), { ...READABLE, x: "week", y: "p50", text: () => "your plan", textAnchor: narrow ? "end" : "start", dx: narrow ? 0 : 6, dy: narrow ? -22 : 0 }),
          Plot.text(end(none), { ...READABLE, x: "week", y: "p50", text: () => "no change", textAnchor: narrow ? "end" : "start", dx: narrow ? 0 : 6, dy: narrow ? 24 : 0 }),
          Plot.ruleY([two], { x1: FINAL[0], x2: FINAL[1], stroke: "currentColor", strokeWidth: 3 }),
          Plot.dot(guess, { x: "week", y: "value", symbol: "times", r: 7, stroke: "currentColor", strokeWidth: 3 }),
          Plot.text(guess, { ...READABLE, x: "week", y: "value", text: () => "your guess for 2 agents", textAnchor: "end", dx: -12 }),
        ],
      });
    },
  });
}

function moraleChart() {
  const dashes = { A: "", B: "7,4", C: "2,4" };
  return chart({
    title: "Morale by team, from 1 to 5",
    long: true,
    describe: (weeks) => `In week 1 it is ${TEAMS.map((team) => `${fixed(weeks[0].morale_by_team[team])} in team ${team}`).join(", ")}; in week ${WEEKS} ${TEAMS.map((team) => `${fixed(weeks[WEEKS - 1].morale_by_team[team])} in team ${team}`).join(", ")}.`,
    head: ["Week", ...TEAMS.map((team) => `Team ${team}: morale`), ...TEAMS.map((team) => `Team ${team}: new way used`)],
    rows: (weeks) => weeks.filter((one) => one.week % 4 === 0 || one.week === 1).map((one) => [String(one.week), ...TEAMS.map((team) => fixed(one.morale_by_team[team])), ...TEAMS.map((team) => `${fixed(one.adoption_by_team[team], 0)}%`)]),
    draw(Plot, width, weeks) {
      return Plot.plot({
        ...plotStyle, width, height: 220, marginLeft: 34, marginRight: 30, marginTop: 14, marginBottom: 38,
        x: { label: "Week", labelAnchor: "center", labelArrow: "none" },
        y: { label: null, grid: true, ticks: 5, zero: false },
        marks: TEAMS.flatMap((team) => [
          Plot.line(weeks, { x: "week", y: (one) => one.morale_by_team[team], stroke: INK.first, strokeWidth: 2, strokeDasharray: dashes[team] }),
          Plot.text(weeks.slice(-1), { ...READABLE, x: "week", y: (one) => one.morale_by_team[team], text: () => team, textAnchor: "start", dx: 6, dy: { A: -7, B: 0, C: 7 }[team] }),
        ]),
      });
    },
  });
}

function reportTable(found, own, base, mine) {
  const rows = ["in5_pct", "median_days", "csat_pct", "fcr_pct", "reopen_pct", "cost_each_gbp", "service_level_pct"].map((kpi) => {
    const [before, after] = [pooled(own.weeks, kpi, ...BASELINE), pooled(own.weeks, kpi, ...FINAL)];
    const all = ends(mine, kpi);
    const net = after - before - (pooled(base.west, kpi, ...FINAL) - pooled(base.west, kpi, ...BASELINE));
    const signed = `${net >= 0 ? "+" : "−"}${facts.kpis[kpi][1] === "£" ? gbp(Math.abs(net), true) : fixed(Math.abs(net), facts.kpis[kpi][1] === "%" ? 0 : 1)}`;
    return [kpi === "median_days" ? `${kpiName(kpi)}, in working days` : kpiName(kpi), bare(kpi, before), bare(kpi, after), kpi === "service_level_pct" ? "no phones there" : signed, `${bare(kpi, quantile(all, 0.1))} to ${bare(kpi, quantile(all, 0.9))}`];
  });
  const cared = (first, last) => {
    const chosen = between(own.weeks, [first, last]);
    return (100 * chosen.reduce((sum, week) => sum + week.vulnerable_in5, 0)) / Math.max(1, chosen.reduce((sum, week) => sum + week.vulnerable_closed, 0));
  };
  rows.push(["Vulnerable customers closed in five days", `${fixed(cared(...BASELINE), 0)}%`, `${fixed(cared(...FINAL), 0)}%`, "too few", "too few"]);
  return table(`Before is weeks ${BASELINE[0]} to ${BASELINE[1]}, after is weeks ${FINAL[0]} to ${FINAL[1]}`, ["Measure", "Before", "After", "Change beyond West’s", "After, in 8 of 10 years"], rows);
}

function costTable(plan, own) {
  const parts = Object.entries(costs(plan)).filter(([name]) => name !== "reserve").map(([name, cost]) => [PARTS[name][0].toUpperCase() + PARTS[name].slice(1), gbp(cost)]);
  const sum = total(costs(plan)) - plan.reserve_gbp + own.spent_gbp;
  return table("Where the budget went", ["Part", "Cost"], [...parts, [`Reserve: spent, of ${gbp(plan.reserve_gbp)}`, gbp(own.spent_gbp)], ["Together", gbp(sum)], ["Left", gbp(BUDGET_GBP - sum)]]);
}

// ---- the debrief ------------------------------------------------------------------------

const asked = (question, ...answer) => h("details", {}, h("summary", {}, question), ...answer);

function debrief(found, done, own, mine) {
  const { plan } = done;
  const inFive = ends(mine, "in5_pct");
  const gates = own.log.filter((one) => one.event === "gate");
  const gate = gates[gates.length - 1];
  const gain = quantile(inFive, 0.5) - quantile(ends(twenty(found.seed, {}), "in5_pct"), 0.5);
  const fired = own.log.filter((one) => one.event === "trigger");
  const reached = inFive.filter((value) => value >= found.target).length;
  return [
    h("p", {}, "Answer each question for yourself before you open it."),
    asked("What was the bottleneck before, and what is it after?", waitTable("Before: weeks 1 to 8", between(own.weeks, BASELINE)), waitTable("After: weeks 45 to 52", between(own.weeks, FINAL)),
      h("p", {}, "The longest wait is where the next improvement belongs, and only there.")),
    asked("Which lever paid?", leverTable(found, plan)),
    asked("What did the pilot tell you?", h("p", {}, gate
      ? `It said ${points(gate.pp)}, give or take ${fixed(gate.margin_pp, 0)}. In the middle of 20 years, all of North gained ${points(gain)} by the end. A pilot is short, falls into the weeks of learning, and shares managers and couriers with the other teams. A team that is keener than the rest shows too much.`
      : "There was none. A pilot of three weeks or more would have found the mistake in the refund letter while one team had it. You met it with every team at once, for six weeks.")),
    asked("Which trigger fired?", plan.triggers.length ? h("ul", {}, plan.triggers.map((trigger, n) => h("li", {},
      `Trigger ${n + 1}, ${lower(kpiName(trigger.kpi))} ${trigger.op === "<" ? "below" : "above"} ${trigger.value}: fired ${fired.filter((one) => one.trigger === n).map((one) => `in week ${one.week}`).join(", ") || "never"}. In ordinary weeks without any change it would fire ${fixed(falseAlarms(found.seed, trigger), 0)}% of the time.`)))
      : h("p", {}, "You had none. So every decision on the way was made on the day, under pressure.")),
    asked("Would another year agree?", h("p", {}, `Of ${RUNS} years with this plan, ${reached} reach the target. Eight in ten end between ${fixed(quantile(inFive, 0.1), 0)} and ${fixed(quantile(inFive, 0.9), 0)}%. In those years the plan’s own rules decided at the gate and on triggers.`)),
  ];
}

// What each lever was worth: the same years without it, ten of them, on demand.
function leverTable(found, plan) {
  const box = h("div", { role: "status" });
  const variants = [
    ...processLevers(plan).map((name) => (name === "limit" ? ["the new limit", { limit_gbp: 25 }] : [lower(data.levers[name][0]), { [name]: false }])),
    ...["extra_agents", "manager_hours", "training_hours", "coaching_hours", "messages"].filter((name) => plan[name]).map((name) => [lower(data.levers[name][0]), { [name]: 0 }]),
    ...(plan.involvement !== "inform" ? [["involvement", { involvement: "inform" }]] : []),
    ...(plan.early_win !== "none" ? [["the early win", { early_win: "none" }]] : []),
    ["all that is done for people", { training_hours: 0, coaching_hours: 0, messages: 0, involvement: "inform", early_win: "none" }],
    ...(plan.triggers.length ? [["the triggers", { triggers: [] }]] : []),
  ];
  const button = h("button", { type: "button", onclick: async () => {
    button.hidden = true;
    const seeds = lucks(found.seed, 10);
    const whole = await medianSoon(seeds, found.seed, { ...plan, stop_at: -20, go_at: -19 });
    const rows = [];
    for (const [name, without] of variants) {
      box.textContent = `Playing ten years without ${name} …`;
      rows.push([name, points(whole - (await medianSoon(seeds, found.seed, { ...plan, ...without, stop_at: -20, go_at: -19 })))]);
    }
    box.replaceChildren(table("Closed in five days at the end: what is lost without it, in the middle of ten years", ["Without", "Lost"], rows.map(([name, words]) => [name, words.replace(/^\+/, "")])),
      h("p", { class: "cslx-hint" }, "Levers help each other, so the losses do not add up. A little below nothing is noise."));
  } }, "Take out one lever at a time");
  return variants.length ? h("div", {}, button, box) : h("p", {}, "Your plan moved no lever.");
}

async function medianSoon(seeds, like, plan) {
  const found = [];
  for (const luck of seeds) {
    found.push(pooled(playYear(plan, luck, { like }).weeks, "in5_pct", ...FINAL));
    if (found.length % 4 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return quantile(found.sort((one, other) => one - other), 0.5);
}

// ---- the log ----------------------------------------------------------------------------

// Only what differs from the plan that changes nothing, so that the log stays small.
const slim = (plan) => Object.fromEntries(Object.entries(plan).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(NO_CHANGE[name])));

function logBox(found, prediction, done, own) {
  const log = { lab: "change-lab", version: 1, seed: found.seed, plan: slim(done.plan), decisions: done.decisions };
  const words = JSON.stringify(log);
  const more = JSON.stringify({ ...log, prediction, happened: own.log, weeks: own.weeks.map(({ week, in5_pct, open, csat_pct, morale }) => ({ week, in5_pct, open, csat_pct, morale })) }, null, 1);
  const area = h("textarea", { class: "cslx-literal", rows: 4, readonly: true, value: words, "aria-label": "Decision log" });
  const told = h("span", { role: "status" });
  return h("div", {}, h("h4", {}, "Your decision log"),
    h("p", {}, "With this text anyone can play your year again, in a notebook too: ", h("code", {}, "cslearn.methods.changelab.replay"), ". Exercises can read it."),
    area,
    h("button", { type: "button", onclick: async () => {
      area.select();
      try {
        await navigator.clipboard.writeText(words);
        told.textContent = "Copied.";
      } catch {
        told.textContent = "The text is selected. Copy it with the keyboard.";
      }
    } }, "Copy the log"),
    h("a", { href: URL.createObjectURL(new Blob([more], { type: "application/json" })), download: `change-lab-${found.seed}.json` }, "Download it with its figures"), " ", told);
}

export function reasons(found) {
  const fit = data.reasons.filter((one) => one.stuck.includes(found.stuck));
  const { question, right, because, wrong } = fit[found.seed % fit.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

export const steps = { prepare, run, judge, reveal, reasons };
