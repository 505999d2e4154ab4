// W12, the data room: find the rows, leave out what does not belong, and cite the figure.
// problem() is the same as in data_room.py. What follows the guess is in data_room_steps.js: tables.js counts,
// and room.js is what a learner sees.
import { door } from "./door.js";
import { choice, figure, frame, h, list } from "./kit.js";
import { mulberry32 } from "./randomness.js";
import { data } from "./data_room_data.js";

const loadSteps = () => import("./data_room_steps.js");

const SITES = ["North", "West"];
// How far a guess may be off before it counts as worse than the one before: a share of the
// figure, or ten percentage points.
const TOLERANCE = 0.1;

// ---- the problem ------------------------------------------------------------------------

// Questions come in turn, those about the table that a page names first.
export function problem(seed, table = "") {
  const draw = mulberry32(seed);
  const questions = [...data.questions].sort((one, two) => (one.table !== table) - (two.table !== table));
  const question = questions[seed % questions.length];
  const site = SITES[Math.floor(draw() * SITES.length)];
  const periods = data[question.periods];
  const [period, start, end] = periods[Math.floor(draw() * periods.length)];
  const recipe = (of) => ({
    table: question.table,
    measure: of.measure,
    filter: question.filter.map(([column, value]) => [column, value.replace("{site}", site)]),
    start,
    end,
    without: of.without,
    tidy: of.tidy,
  });
  return {
    seed,
    id: question.id,
    ask: question.ask.replace("{site}", site).replace("{period}", period),
    careful: recipe(question),
    naive: recipe(question.naive),
    optional: question.optional,
  };
}

const questionOf = (found) => data.questions.find((question) => question.id === found.id);
const DIRECTIONS = [
  ["higher", "Higher than the careful figure"],
  ["lower", "Lower than the careful figure"],
  ["same", "About the same, within 1% of it"],
];

// ---- the guess --------------------------------------------------------------------------

function predict(found, ui) {
  const question = questionOf(found);
  const [min, max, step] = question.scale;
  const guess = figure({ label: "Your guess", unit: question.unit === "min" ? "minutes" : question.unit, min, max, step, value: null, hint: "It need not be good. It makes you look twice." });
  const way = choice({
    legend: "Someone in a hurry takes every row as it is. How will that figure come out?",
    options: DIRECTIONS,
  });
  return {
    node: h("div", {}, h("p", {}, h("strong", {}, found.ask)), guess.node, way.node),
    read() {
      if (guess.read() === null) return ui.refuse(guess.refuse());
      if (!way.read()) return ui.refuse(way.refuse("Choose higher, lower or about the same."));
      return { guess: guess.read(), way: way.read() };
    },
    show(given) {
      guess.set(given.guess);
      way.set(given.way);
    },
  };
}

export function reasons(found) {
  const { explain } = questionOf(found);
  return {
    question: explain.ask,
    options: [
      { text: explain.right, right: true, because: `So say in your evidence what you left out: ${list(found.careful.without) || "nothing, but say how you read the words"}.` },
      ...explain.wrong.map(([text, because]) => ({ text, because })),
    ],
  };
}

async function render({ model, el }) {
  const first = model.get("table") || "";
  const spec = {
    // Another order of questions is another game: work in one does not fit the other.
    slug: first ? `data-room-${first}` : "data-room",
    about: "A figure in a report is only as good as the rows behind it. Here is a question, and a table with a trap in it.",
    tolerance: TOLERANCE,
    problem: (seed) => problem(seed, first),
    predict,
    reasons,
    later: async () => (await loadSteps()).stepsOf(model),
  };
  const leave = await frame(spec).render({ model, el });
  const room = door({
    title: "The open data room: any table, your own question",
    about: h("p", {}, "Choose a table and work out a figure. Then copy it as an evidence row. The row says where the figure is from, what it counts and what was left out, so that anyone can work it out again."),
    async come(body, announce) {
      const { open } = await loadSteps();
      return open(model, body, announce);
    },
  });
  el.append(room.node);
  return () => {
    leave();
    room.close();
  };
}

export default { render };
