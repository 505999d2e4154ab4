// W6b, the model matcher: which model looks at this worry, and what are its steps for, in which order?
// problem() is the same as in model_matcher.py.
import { INK, READABLE, chart, choice, frame, h, plotStyle } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { data } from "./model_matcher_data.js";

const ACTIONS = 4;
const ENOUGH = 3;
const TOLERANCE = 0.2;

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  const draw = mulberry32(seed);
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const shuffled = (items) => {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = whole(0, last);
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  };
  const model = seed % data.models.length;
  const { steps } = data.models[model];
  const worry = whole(0, data.worries.length - 1);
  let order = shuffled(steps.map((_, n) => n));
  while (order.every((place, n) => place === n)) order = shuffled(order);
  const places = shuffled(steps.map((_, n) => n));
  while (places.length < ACTIONS) places.push(whole(0, steps.length - 1));
  const actions = [];
  for (const place of places.slice(0, ACTIONS)) {
    const { length } = steps[place].actions;
    let which = whole(0, length - 1);
    const taken = () => actions.some(([step, action]) => step === place && action === which);
    while (taken()) which = (which + 1) % length;
    actions.push([place, which]);
  }
  return { seed, worry, model, steps: order, actions: shuffled(actions) };
}

// ---- words and pictures -------------------------------------------------------------------

const modelOf = (found) => data.models[found.model];
const nameOf = (key) => data.models.find((model) => model.key === key).name;
const ordinal = (n) => `${n}${["th", "st", "nd", "rd"][n < 4 ? n : 0]}`;

function select(label, options) {
  const control = h("select", {}, h("option", { value: "" }, "Choose"), options.map(([key, text]) => h("option", { value: key }, text)));
  return { control, node: h("label", { class: "cslx-field" }, h("span", {}, label), control) };
}

// The same change in all four models, on one line of time.
const fourModels = () =>
  chart({
    title: "One Owner, told in four models: when each step is at work",
    describe: (found) => data.models.map((model) => `${model.name}: ${model.steps.map((step, n) => `${n + 1} ${step.name}, week ${step.from} to ${step.to}`).join("; ")}`).join(". ") + `. This problem is about ${modelOf(found).name}.`,
    head: ["Model", "Step", "From week", "To week"],
    rows: () => data.models.flatMap((model) => model.steps.map((step, n) => [model.name, `${n + 1} ${step.name}`, String(step.from), String(step.to)])),
    draw(Plot, width, found) {
      const shown = data.models.flatMap((model) => model.steps.map((step, n) => ({ ...step, model: model.name, place: n, number: String(n + 1), own: model === modelOf(found) })));
      return Plot.plot({
        ...plotStyle, width, height: 560, marginLeft: 10, marginRight: 10, marginTop: 26, marginBottom: 40,
        x: { label: "Weeks from going live", labelAnchor: "center", labelArrow: "none", domain: [-21, 31], ticks: [-20, -10, 0, 10, 20, 30] },
        y: { axis: null, padding: 0.15 },
        fy: { axis: null, domain: data.models.map((model) => model.name), padding: 0.2 },
        marks: [
          Plot.ruleX([0], { stroke: "currentColor", strokeDasharray: "2,4" }),
          Plot.barX(shown, { fy: "model", y: "place", x1: "from", x2: "to", fill: (step) => (step.own ? INK.second : INK.first) }),
          Plot.text(shown, { fy: "model", y: "place", x: (step) => (step.from + step.to) / 2, text: "number", fill: "white", fontWeight: 700, fontSize: 11 }),
          Plot.text(data.models, { ...READABLE, fy: "name", frameAnchor: "top-left", text: "name", dy: -15, fontWeight: 700, textAnchor: "start" }),
        ],
      });
    },
  });

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const asked = choice({ legend: data.worries[found.worry].text, options: data.models.map((model) => [model.key, model.name]) });
  return {
    node: asked.node,
    read: () => (asked.read() === null ? ui.refuse(asked.refuse("Choose one of the four models.")) : { model: asked.read() }),
    show: (given) => asked.set(given.model),
  };
}

function run(found, prediction, ui) {
  const model = modelOf(found);
  const size = model.steps.length;
  const places = found.steps.map((step) => select(`Place of “${model.steps[step].name}”`, model.steps.map((_, n) => [String(n + 1), ordinal(n + 1)])));
  const matched = found.actions.map((_, n) => select(`What ${n + 1} is for`, found.steps.map((step) => [String(step), model.steps[step].name])));
  return {
    node: h("div", {},
      h("p", {}, h("strong", {}, `${model.name}. `), `It looks at ${model.sees}. Put its ${size} steps in order.`),
      h("ol", { class: "cslx-cards" }, found.steps.map((step, n) => h("li", {}, h("p", {}, h("strong", {}, `${model.steps[step].name}. `), model.steps[step].does), places[n].node))),
      h("p", {}, "Here are four things that people did. Which step is each one for?"),
      h("ol", { class: "cslx-cards" }, found.actions.map(([step, action], n) => h("li", {}, h("p", {}, h("strong", {}, `${n + 1}. `), model.steps[step].actions[action]), matched[n].node)))),
    read() {
      const order = places.map((place) => +place.control.value);
      const open = order.findIndex((place) => !place);
      if (open >= 0) {
        places[open].control.focus();
        return ui.refuse(`Give “${model.steps[found.steps[open]].name}” a place.`);
      }
      const twice = order.findIndex((place, n) => order.indexOf(place) !== n);
      if (twice >= 0) {
        places[twice].control.focus();
        return ui.refuse(`Two steps stand in the ${ordinal(order[twice])} place. Give each a place of its own.`);
      }
      const unmatched = matched.findIndex((one) => !one.control.value);
      if (unmatched >= 0) {
        matched[unmatched].control.focus();
        return ui.refuse(`Choose what ${unmatched + 1} is for.`);
      }
      return { order, purposes: matched.map((one) => +one.control.value) };
    },
    show(given) {
      places.forEach((place, n) => {
        place.control.value = String(given.order[n]);
      });
      matched.forEach((one, n) => {
        one.control.value = String(given.purposes[n]);
      });
    },
  };
}

const inPlace = (found, done) => found.steps.filter((step, n) => done.order[n] === step + 1).length;
const matchedRight = (found, done) => found.actions.filter(([step], n) => done.purposes[n] === step).length;

function judge(found, prediction, done) {
  const size = found.steps.length;
  const right = inPlace(found, done) + matchedRight(found, done);
  return { right: inPlace(found, done) === size && matchedRight(found, done) >= ENOUGH, error: 1 - right / (size + ACTIONS) };
}

function reveal(found, prediction, done) {
  const model = modelOf(found);
  const worry = data.worries[found.worry];
  const good = prediction.model === worry.model;
  const own = (step) => done.order[found.steps.indexOf(step)];
  const picture = fourModels();
  picture.update(found);
  return h("div", {},
    h("p", { class: good ? "cslx-right" : "cslx-wrong" }, h("strong", {}, `${good ? "✓" : "✗"} The worry: ${nameOf(worry.model)}. `), worry.because, good ? "" : ` You chose ${nameOf(prediction.model)}.`),
    h("p", {}, `${inPlace(found, done)} of ${model.steps.length} steps stand in their place, and ${matchedRight(found, done)} of ${ACTIONS} actions are matched.`),
    model.steps.map((step, n) => {
      const here = own(n) === n + 1;
      return h("p", { class: here ? "cslx-right" : "cslx-wrong" }, h("strong", {}, `${here ? "✓" : "✗"} ${n + 1}. ${step.name}. `), step.does, here ? "" : ` You put it in the ${ordinal(own(n))} place.`);
    }),
    found.actions.map(([step, action], n) => {
      const here = done.purposes[n] === step;
      return h("p", { class: here ? "cslx-right" : "cslx-wrong" }, h("strong", {}, `${here ? "✓" : "✗"} ${model.steps[step].name}: `), model.steps[step].actions[action], here ? "" : ` You chose “${model.steps[done.purposes[n]].name}”.`);
    }),
    picture.node,
    h("p", { class: "cslx-hint" }, `In our own words, ${model.source}. The weeks are how this course tells One Owner, and no part of the models.`));
}

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, why]) => ({ text, because: why }))] };
}

export default frame({
  slug: "model-matcher",
  about: "Four models of change look at four different things. Which one sees what worries you, and what are its steps for?",
  // About one step or action more.
  tolerance: TOLERANCE,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
