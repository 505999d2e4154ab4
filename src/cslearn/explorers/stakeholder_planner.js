// W6, the stakeholder and readiness planner: what holds up three teams, and who hears what when?
// problem() is the same as in stakeholder_planner.py.
import { INK, READABLE, chart, fixed, frame, h, plotStyle, table } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { ELEMENTS, FIRST_WEEK, LAST_WEEK, barrier, findings, plan, quadrant, reaching, silences } from "./people.js";
import { data } from "./stakeholder_planner_data.js";

const TEAMS = ["A", "B", "C"];
const PLACED = 4;
const ENOUGH = 0.2;
const SHORT = Object.keys(ELEMENTS);
const MOST_MESSAGES = 16;
const FEWEST_MESSAGES = 6;

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  if (seed === 0) {
    const { change, teams, people } = data.northfold;
    return { seed, change, teams, people };
  }
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const shuffled = (items) => {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = whole(0, last);
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  };
  const change = data.changes[whole(0, data.changes.length - 1)];
  const stuck = shuffled([0, 1, 2, 3, 4, 5]).slice(0, TEAMS.length);
  const teams = stuck.map((at, n) => {
    const tenths = SHORT.map((_, place) => {
      if (place < at) return whole(32, 45);
      return place === at ? whole(21, 30) : whole(23, 44);
    });
    if (at < 4 && draw() < 0.6) tenths[whole(at + 1, 4)] = tenths[at] - whole(2, 6);
    return { title: `Team ${TEAMS[n]}`, tenths };
  });
  for (;;) {
    const people = shuffled(data.people.map((_, n) => n)).slice(0, PLACED);
    if (people.some((n) => data.people[n].power === "hi" && data.people[n].stance === "against")) return { seed, change, teams, people };
  }
}

export const means = (team) => Object.fromEntries(SHORT.map((element, n) => [element, team.tenths[n] / 10]));
const points = (found) => found.teams.map((team) => barrier(means(team)) ?? "none");
const known = (labels) => Object.fromEntries(TEAMS.map((team, n) => [team, labels[n]]).filter(([, label]) => label !== "none"));
const truth = (found) => Object.fromEntries(found.people.map((place, n) => [`P${n + 1}`, data.people[place]]));
export const rules = (found, messages) => findings(plan(messages), known(points(found)), truth(found), TEAMS);

// ---- words and pictures -------------------------------------------------------------------

const PLACES = [["hi", "hi"], ["hi", "lo"], ["lo", "hi"], ["lo", "lo"]];
const placeName = (power, interest) => `${power === "hi" ? "High" : "Low"} power, ${interest === "hi" ? "high" : "low"} interest`;
const STANCES = { for: "for it", neutral: "neither", against: "against it" };
const PURPOSES = { A: "why", D: "what they lose and want", K: "how", Ab: "practice", R: "what it has brought" };
const labelName = (label) => (label === "none" ? "nothing: every mean is above 3.0" : ELEMENTS[label]);
const audienceName = (found, to) => {
  if (TEAMS.includes(to)) return `Team ${to}`;
  if (to.startsWith("P")) return `${to}, ${data.people[found.people[to[1] - 1]].who.toLowerCase()}`;
  return { leaders: "Team leaders", agents: "All agents", customers: "Customers" }[to];
};
const audiences = (found) => ["leaders", ...TEAMS, "agents", "customers", ...Object.keys(truth(found))];

function select(label, options, value, onchange) {
  const control = h("select", { onchange: () => onchange?.(control.value) }, h("option", { value: "" }, "Choose"),
    options.map(([key, text]) => h("option", { value: key }, text)));
  control.value = value ?? "";
  return { control, node: h("label", { class: "cslx-field" }, h("span", {}, label), control) };
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Five bars, small and without the chart library, because three teams stand on the first screen.
function sketch(team) {
  const own = means(team);
  const x = (mean) => 118 + (mean - 1) * 42;
  const says = `${team.title}: ${SHORT.map((element) => `${ELEMENTS[element]} ${fixed(own[element])}`).join(", ")}`;
  return h("div", { class: "cslx-spark" }, svg("svg", { viewBox: "0 0 320 132", role: "img", "aria-label": says },
    ...SHORT.flatMap((element, n) => [
      svg("text", { x: 112, y: 20 + 25 * n, "text-anchor": "end", fill: "currentColor", "font-size": 14 }, ELEMENTS[element]),
      svg("rect", { x: x(1), y: 7 + 25 * n, width: x(own[element]) - x(1), height: 17, fill: INK.first }),
      svg("text", { x: 318, y: 20 + 25 * n, "text-anchor": "end", fill: "currentColor", "font-size": 14, "font-weight": 700 }, fixed(own[element])),
    ]),
    svg("line", { x1: x(3), x2: x(3), y1: 0, y2: 132, stroke: "currentColor", "stroke-width": 1.5, "stroke-dasharray": "5,4" })));
}

// Bars of the five means of each team, with the barrier and what the learner named.
const bars = () =>
  chart({
    title: "What holds up each team, and what you named",
    describe: ({ found, picked }) => found.teams.map((team, n) =>
      `${team.title}: ${SHORT.map((element) => `${ELEMENTS[element]} ${fixed(means(team)[element])}`).join(", ")}; you named ${labelName(picked[n])}`).join(". "),
    head: ["Team", ...Object.values(ELEMENTS), "You named"],
    rows: ({ found, picked }) => found.teams.map((team, n) => [team.title, ...SHORT.map((element) => fixed(means(team)[element])), picked[n] === "none" ? "nothing" : ELEMENTS[picked[n]]]),
    draw(Plot, width, { found, picked }) {
      const shown = found.teams.flatMap((team, n) => SHORT.map((element) => {
        const mean = means(team)[element];
        const here = points(found)[n] === element;
        const yours = picked[n] === element;
        return { team: team.title, element: ELEMENTS[element], mean, here, note: `${fixed(mean)}${here ? " barrier" : ""}${yours ? (here ? ", yours" : " yours") : ""}` };
      }));
      return Plot.plot({
        ...plotStyle, width, height: 500, marginLeft: 104, marginRight: 12, marginTop: 24, marginBottom: 40,
        x: { label: "Mean, from 1 to 5 (dashed: 3.0)", labelAnchor: "center", labelArrow: "none", domain: [1, 7], ticks: [1, 2, 3, 4], tickFormat: "d" },
        y: { label: null, domain: Object.values(ELEMENTS) },
        fy: { label: null, axis: null, padding: 0.22 },
        marks: [
          Plot.barX(shown, { fy: "team", x1: 1, x2: "mean", y: "element", fill: (row) => (row.here ? INK.second : INK.first), insetTop: 2, insetBottom: 2 }),
          Plot.ruleX([3], { stroke: "currentColor", strokeWidth: 2, strokeDasharray: "6,4" }),
          Plot.text(shown, { ...READABLE, fy: "team", x: () => 4.7, y: "element", text: "note", textAnchor: "start", fontWeight: 700 }),
          Plot.text(found.teams, { ...READABLE, fy: "title", frameAnchor: "top-left", text: "title", dy: -16, fontWeight: 700, textAnchor: "start" }),
        ],
      });
    },
  });

// Who hears what in which week, and the silences of the teams.
const timeLine = () =>
  chart({
    title: "Who hears what in which week; a thick line is more than three weeks of silence",
    describe: ({ found, messages }) => {
      const quiet = TEAMS.flatMap((team) => silences(messages, team).map(([from, to]) => `Team ${team} hears nothing from week ${from} to ${to}`));
      return `${messages.length} messages. ${quiet.length ? quiet.join(". ") : "No team is left in silence"}. ${messages.map((m) => `${audienceName(found, m.to)}, week ${m.week}: ${ELEMENTS[m.purpose]}`).join("; ")}`;
    },
    head: ["Week", "To", "What for", "Can they answer?"],
    rows: ({ found, messages }) => messages.map((m) => [String(m.week), audienceName(found, m.to), ELEMENTS[m.purpose], m.twoWay ? "yes" : "no"]),
    draw(Plot, width, { found, messages }) {
      const who = ["leaders", ...TEAMS, "customers", ...Object.keys(truth(found))];
      const name = (to) => (TEAMS.includes(to) ? `Team ${to}` : to.startsWith("P") ? to : { leaders: "Leaders", customers: "Customers" }[to]);
      const dots = who.flatMap((to) =>
        (TEAMS.includes(to) ? reaching(messages, to) : messages.filter((m) => m.to === to)).map((m) => ({ who: name(to), week: m.week, text: m.purpose })));
      const gaps = TEAMS.flatMap((team) => silences(messages, team).map(([from, to]) => ({ who: name(team), from, to })));
      return Plot.plot({
        ...plotStyle, width, height: 60 + 30 * who.length, marginLeft: 78, marginRight: 14, marginTop: 10, marginBottom: 40,
        x: { label: "Week (0: going live)", labelAnchor: "center", labelArrow: "none", domain: [-9, 11], ticks: [FIRST_WEEK, -3, 0, 3, LAST_WEEK] },
        y: { label: null, domain: who.map(name), grid: true },
        marks: [
          Plot.ruleX([0], { stroke: "currentColor", strokeDasharray: "2,4" }),
          Plot.link(gaps, { x1: "from", x2: "to", y1: "who", y2: "who", stroke: INK.second, strokeWidth: 6 }),
          Plot.dot(dots, { x: (d) => Math.max(-9, Math.min(11, d.week)), y: "who", r: 10, fill: INK.first }),
          Plot.text(dots, { x: (d) => Math.max(-9, Math.min(11, d.week)), y: "who", text: "text", fill: "white", fontWeight: 700, fontSize: 11 }),
        ],
      });
    },
  });

const ruleList = (found) =>
  h("ul", { class: "cslx-lines" }, found.map(({ holds, sentence }) => h("li", {}, `${holds ? "✓" : "✗"} ${sentence}`)));

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const picks = found.teams.map((team) => select(`What holds up ${team.title}?`, [...SHORT, "none"].map((label) => [label, labelName(label)])));
  return {
    node: h("div", {},
      h("p", {}, h("strong", {}, found.change), " Before it starts, people in three teams answered ten statements, from 1 (disagree) to 5 (agree). These are the means of the five elements of ADKAR; the dashed line is at 3.0."),
      h("p", {}, "Where is each team held up? Go through the elements from the top."),
      h("ol", { class: "cslx-cards" }, found.teams.map((team, n) => h("li", {}, h("p", {}, h("strong", {}, team.title)), sketch(team), picks[n].node))),
      h("details", {}, h("summary", {}, "The means as a table"),
        table("Mean of each element", ["Element", ...TEAMS.map((team) => `Team ${team}`)],
          SHORT.map((element) => [ELEMENTS[element], ...found.teams.map((team) => fixed(means(team)[element]))])))),
    read() {
      const missing = picks.findIndex((pick) => !pick.control.value);
      if (missing < 0) return { barriers: picks.map((pick) => pick.control.value) };
      picks[missing].control.focus();
      return ui.refuse(`Choose what holds up ${found.teams[missing].title}.`);
    },
    show: (given) => picks.forEach((pick, n) => {
      pick.control.value = given.barriers[n];
    }),
  };
}

const START = ["leaders", ...TEAMS, "agents", "agents", "agents", "customers"];
const complete = (rows) => rows.filter((row) => row.to && Number.isInteger(row.week) && row.purpose);

function run(found, prediction, ui) {
  const mine = Object.assign(ui.choices, {
    places: Object.keys(truth(found)).map(() => ({ place: "", stance: "" })),
    rows: START.map((to) => ({ to, week: null, purpose: "", two_way: false })),
    ...structuredClone(ui.choices),
  });
  const lines = timeLine();
  const told = h("div");
  const editor = h("ol", { class: "cslx-cards" });
  const own = () => Object.fromEntries(mine.places.map(({ place, stance }, n) => [`P${n + 1}`, { power: place.slice(0, 2), stance }]));

  function update(spoken = true) {
    const messages = plan(complete(mine.rows));
    // By what the learner said holds up the teams, so that nothing is given away.
    const now = findings(messages, known(prediction.barriers), own(), TEAMS);
    lines.update({ found, messages });
    told.replaceChildren(h("p", { class: "cslx-say" }, `Your plan keeps ${now.filter((one) => one.holds).length} of ${now.length} rules, by what you said of the teams and people.`), ruleList(now));
    if (spoken) {
      ui.keep();
      ui.announce(`${now.filter((one) => one.holds).length} of ${now.length} rules are kept. ${now.find((one) => !one.holds)?.sentence ?? ""}`);
    }
  }

  const cards = Object.entries(truth(found)).map(([name, person], n) => {
    const place = select(`Place of ${name}`, PLACES.map(([power, interest]) => [`${power}${interest}`, placeName(power, interest)]), mine.places[n].place, (to) => {
      mine.places[n].place = to;
      update();
    });
    const stance = select(`Stance of ${name}`, Object.entries(STANCES), mine.places[n].stance, (to) => {
      mine.places[n].stance = to;
      update();
    });
    return { place, stance, node: h("li", {}, h("p", {}, h("strong", {}, `${name}. ${person.who}. `), person.facts.join(" ")), h("div", { class: "cslx-pairs" }, place.node, stance.node)) };
  });

  function row(message, n) {
    const to = select(`Message ${n + 1} to`, audiences(found).map((who) => [who, audienceName(found, who)]), message.to, (value) => {
      message.to = value;
      update();
    });
    const week = h("input", { type: "number", min: -12, max: 16, step: 1, value: message.week ?? "", oninput: () => {
      message.week = week.value.trim() !== "" && Number.isInteger(+week.value) ? +week.value : null;
      update();
    } });
    const purpose = select(`Message ${n + 1} is for`, SHORT.map((element) => [element, `${ELEMENTS[element]}: ${PURPOSES[element]}`]), message.purpose, (value) => {
      message.purpose = value;
      update();
    });
    const two = h("input", { type: "checkbox", checked: message.two_way, onchange: () => {
      message.two_way = two.checked;
      update();
    } });
    const gone = h("button", { type: "button", onclick: () => {
      mine.rows.splice(n, 1);
      paint();
      update();
      add.focus();
    } }, "Remove", h("span", { class: "cslx-unseen" }, ` message ${n + 1}`));
    return h("li", {},
      h("div", { class: "cslx-tight" }, to.node, h("label", { class: "cslx-field" }, h("span", {}, `Week of message ${n + 1}`), week)),
      purpose.node,
      h("div", { class: "cslx-pair" }, h("label", {}, two, " ", h("span", {}, `They can answer message ${n + 1}`)), gone));
  }

  const add = h("button", { type: "button", onclick: () => {
    mine.rows.push({ to: "", week: null, purpose: "", two_way: false });
    paint();
    update();
    editor.lastElementChild.querySelector("select").focus();
  } }, "Add a message");

  function paint() {
    editor.replaceChildren(...mine.rows.map(row));
    add.disabled = mine.rows.length >= MOST_MESSAGES;
  }

  paint();
  update(false);
  return {
    node: h("div", {},
      h("h4", {}, "Four people with a stake"),
      h("p", {}, "Power: can they stop, slow or speed it? Interest: how much does it touch their own work? Go by the facts, not by the title."),
      h("ol", { class: "cslx-cards" }, cards.map((card) => card.node)),
      h("h4", {}, "The messages"),
      h("p", {}, "Week 0 is going live. Leaders hear first, then agents, then customers. Each team first hears what it lacks. Nobody goes more than three weeks without news from week -6 to week 8. Tell a win by week 4, and let everyone answer who could stop it."),
      editor, add, lines.node, told),
    read() {
      const unplaced = cards.findIndex(({ place, stance }) => !place.control.value || !stance.control.value);
      if (unplaced >= 0) {
        const card = cards[unplaced];
        (card.place.control.value ? card.stance : card.place).control.focus();
        return ui.refuse(`Choose a place and a stance for P${unplaced + 1}.`);
      }
      const open = mine.rows.findIndex((message) => !complete([message]).length);
      if (open >= 0) {
        editor.children[open].querySelector("input").focus();
        return ui.refuse(`Message ${open + 1} needs somebody to hear it, a whole week and a purpose. Fill it in or remove it.`);
      }
      if (mine.rows.length < FEWEST_MESSAGES) {
        add.focus();
        return ui.refuse(`A plan has at least ${FEWEST_MESSAGES} messages. Add some.`);
      }
      return structuredClone({ places: mine.places, rows: mine.rows });
    },
    show(given) {
      Object.assign(mine, structuredClone(given));
      cards.forEach(({ place, stance }, n) => {
        place.control.value = mine.places[n].place;
        stance.control.value = mine.places[n].stance;
      });
      paint();
      update(false);
    },
  };
}

const misplaced = (found, done) =>
  Object.values(truth(found)).filter((person, n) => done.places[n].place !== `${person.power}${person.interest}` || done.places[n].stance !== person.stance);

function broken(found, done) {
  const kept = rules(found, done.rows);
  return (kept.filter((one) => !one.holds).length + misplaced(found, done).length) / (kept.length + PLACED);
}

function judge(found, prediction, done) {
  const error = broken(found, done);
  return { right: points(found).every((label, n) => label === prediction.barriers[n]) && error <= ENOUGH, error };
}

function reveal(found, prediction, done) {
  const picture = bars();
  picture.update({ found, picked: prediction.barriers });
  const teams = found.teams.map((team, n) => {
    const label = points(found)[n];
    const good = label === prediction.barriers[n];
    const own = means(team);
    const lowest = SHORT.reduce((least, element) => (own[element] < own[least] ? element : least));
    const decoy = label !== "none" && lowest !== label ? ` ${ELEMENTS[lowest]} is lower still (${fixed(own[lowest])}), and has to wait.` : "";
    return h("p", { class: good ? "cslx-right" : "cslx-wrong" }, h("strong", {}, `${good ? "✓" : "✗"} ${team.title}: `),
      label === "none" ? "every mean is above 3.0, so nothing holds it up." : `${ELEMENTS[label]} (${fixed(own[label])}) is the first mean of 3.0 or less.${decoy}`,
      good ? "" : ` You named ${labelName(prediction.barriers[n])}.`);
  });
  const people = Object.entries(truth(found)).map(([name, person], n) => {
    const { place, stance } = done.places[n];
    const good = place === `${person.power}${person.interest}` && stance === person.stance;
    return h("p", { class: good ? "cslx-right" : "cslx-wrong" }, h("strong", {}, `${good ? "✓" : "✗"} ${name}, ${person.who.toLowerCase()}: `),
      `${placeName(person.power, person.interest).toLowerCase()}, so ${quadrant(person.power, person.interest)}; ${STANCES[person.stance]}.`, good ? "" : ` ${person.facts.join(" ")}`);
  });
  const kept = rules(found, done.rows);
  const lines = timeLine();
  lines.update({ found, messages: plan(done.rows) });
  const right = points(found).filter((label, n) => label === prediction.barriers[n]).length;
  return h("div", {},
    h("p", {}, `You found what holds up ${right} of 3 teams. By what is really so, your plan keeps ${kept.filter((one) => one.holds).length} of ${kept.length} rules.`),
    teams, picture.node, h("h4", {}, "The people"), people,
    h("h4", {}, "The messages"), lines.node, ruleList(kept),
    h("p", {}, judge(found, prediction, done).right ? "✓ All teams, and a plan that holds." : "A problem counts as right with all three teams, and at most a fifth of the rules and places wrong."));
}

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

export default frame({
  slug: "stakeholder-planner",
  about: "A plan on paper moves nobody. What does each team still lack, who could stop it, and who hears what when?",
  tolerance: ENOUGH,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
