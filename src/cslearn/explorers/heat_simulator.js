// W9, the HEAT simulator: a call to play, reply by reply. problem() is the same as in
// heat_simulator.py. Information on law, not legal advice.
import { INK, READABLE, chart, choice, figure, frame, gbp, h, plotStyle } from "./kit.js";
import { CALM, CHANGES, EARLY_OWN, FLOOR, HANGS_UP, STEPS, TURNS, begin, best, cost, offers, play, say, solved } from "./heat.js";
import { mulberry32 } from "./randomness.js";
import { cancelGoodsBy, deliverBy, faultPresumedUntil, noDeductionUntil, refundBy, rejectBy, subjectAccessBy } from "./rights.js";
import { data } from "./heat_simulator_data.js";

// Degrees: less than one good reply.
const TOLERANCE = 10;

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  const draw = mulberry32(seed);
  const orders = Array.from({ length: TURNS }, () => {
    const order = [0, 1, 2, 3];
    for (let last = 3; last > 0; last -= 1) {
      const other = Math.floor(draw() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  });
  return { seed, call: seed % data.calls.length, orders };
}

export function lastDay({ rule, days: [day] }) {
  const clocks = {
    reject: () => rejectBy({ delivered: day }),
    repair: () => faultPresumedUntil({ delivered: day }),
    final: () => noDeductionUntil({ delivered: day }),
    refund: () => refundBy(day),
    deliver: () => deliverBy(day),
    cancel: () => cancelGoodsBy(day),
    access: () => subjectAccessBy(day),
  };
  return rule ? clocks[rule]() : null;
}

// ---- words ------------------------------------------------------------------------------

const storyOf = (found) => data.calls[found.call];
const long = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const quoted = (text) => `“${text}”`;
const feels = (degrees) => (degrees <= CALM ? "calm" : degrees < FLOOR ? "warm" : degrees < 80 ? "hot" : "very hot");
const moved = (change) => (change > 0 ? `+${change}` : `${change}`.replace("-", "−"));

// What the customer says after the last reply of a call.
export function answer(story, call) {
  const last = call.lines[call.lines.length - 1];
  if (!last) return story.opening;
  if (call.ended === "hung up" || call.ended === "out of time") return data.ends[call.ended];
  if (last.kind === "own") return call.temperature <= CALM ? story.settled : data.ends.uneasy;
  if (data.ends[last.kind]) return data.ends[last.kind];
  const after = { hear: story.more, empathise: story.eased, apologise: story.thanks }[last.kind];
  const slips = call.lines.filter((line) => !STEPS.includes(line.kind)).length;
  return after ?? (slips > 1 ? story.crosser : story.cross);
}

// In the order of this turn.
function replies(found, call) {
  const open = offers(call);
  return found.orders[call.lines.length].map((n) => [open[n], quoted(storyOf(found).replies[open[n]])]);
}

const meter = (call) =>
  h("ul", { class: "cslx-lines", "aria-label": "HEAT meter" }, STEPS.map((step) =>
    h("li", {}, `${call.done.includes(step) ? "✓" : "○"} ${data.kinds[step][0]}${call.done.includes(step) ? ": done" : ": not yet"}`)));

const ruleTable = () =>
  h("details", {}, h("summary", {}, "The rules of the temperature"), h("ul", {},
    Object.entries(CHANGES).map(([kind, change]) => h("li", {}, `${data.kinds[kind][0]}: ${moved(change)}`)),
    h("li", {}, `Take ownership before the customer was understood and had an apology: ${moved(EARLY_OWN)}`),
    h("li", {}, `Before you have heard the story it does not fall below ${FLOOR}. At ${HANGS_UP} the customer hangs up. ${CALM} or less is calm.`),
    h("li", {}, `A call has at most ${TURNS} replies. To take ownership, to hand off or to promise ends it.`)));

// ---- the steps --------------------------------------------------------------------------

function predict(found, ui) {
  const story = storyOf(found);
  const first = choice({ legend: "Which reply calms this customer most, right now?", options: replies(found, begin(story.start)) });
  const end = figure({
    label: "At what temperature will your call end?", min: 0, max: HANGS_UP, step: 1, value: null, unit: "degrees",
    hint: `It starts at ${story.start} of ${HANGS_UP}. ${CALM} or less is calm.`,
  });
  return {
    node: h("div", {},
      h("p", {}, h("strong", {}, `${story.who}. `), quoted(story.opening)),
      first.node, ruleTable(), end.node),
    read() {
      if (first.read() === null) return ui.refuse(first.refuse("Choose one of the four replies."));
      if (end.read() === null) return ui.refuse(end.refuse());
      return { first: first.read(), end: end.read() };
    },
    show(given) {
      first.set(given.first);
      end.set(given.end);
    },
  };
}

function run(found, prediction, ui) {
  const story = storyOf(found);
  const box = h("div");
  let call = begin(story.start);
  const log = () =>
    h("ol", { class: "cslx-cards" }, call.lines.map((line, n) =>
      h("li", {},
        h("p", {}, h("strong", {}, "You: "), quoted(story.replies[line.kind])),
        h("p", {}, h("strong", {}, "Customer: "), quoted(answer(story, play(story.start, call.lines.slice(0, n + 1).map((one) => one.kind))))))));

  function paint(focus) {
    const state = h("p", { class: "cslx-say", tabindex: "-1" }, h("strong", {}, `Temperature ${call.temperature} of ${HANGS_UP}: ${feels(call.temperature)}. `),
      call.ended ? `The call is over${{ "hung up": ": the customer hung up", "out of time": ": no time is left" }[call.ended] ?? ""}.` : `Reply ${call.lines.length + 1} of at most ${TURNS}.`);
    const parts = [h("p", {}, h("strong", {}, `${story.who}. `), quoted(story.opening)), log(), state, meter(call)];
    if (!call.ended) {
      const asked = choice({ legend: `${quoted(answer(story, call))} What do you say?`, options: replies(found, call) });
      const speak = h("button", { type: "button" }, "Say it");
      speak.addEventListener("click", () => {
        const kind = asked.read();
        if (kind === null) {
          ui.refuse(asked.refuse("Choose one of the four replies."));
          return;
        }
        call = say(call, kind);
        ui.choices.said = call.lines.map((line) => line.kind);
        ui.keep();
        ui.announce(`${answer(story, call)} Temperature ${call.temperature}.`);
        paint(true);
      });
      parts.push(asked.node, speak);
    }
    box.replaceChildren(...parts);
    // The button that had the focus is gone; the state comes before the next question.
    if (focus) state.focus();
  }

  // A call that was begun before the page was left goes on.
  call = play(story.start, ui.choices.said ?? []);
  paint(false);
  return {
    node: box,
    read: () => (call.ended ? { said: call.lines.map((line) => line.kind) } : ui.refuse("Play the call to its end first.")),
    show(given) {
      call = play(story.start, given.said);
      paint(false);
    },
  };
}

function judge(found, prediction, done) {
  const call = play(storyOf(found).start, done.said);
  return { right: solved(call), error: Math.abs(prediction.end - call.temperature) };
}

function reveal(found, prediction, done) {
  const story = storyOf(found);
  const call = play(story.start, done.said);
  const scored = call.lines.map((line, n) => {
    const [name, why] = data.kinds[line.kind];
    const change = line.after - line.before;
    const good = STEPS.includes(line.kind) && !(line.kind === "own" && !solved(call));
    const held = line.after === FLOOR && !line.done.includes("hear") && change !== CHANGES[line.kind] ? ` Not below ${FLOOR}: nobody had heard the story.` : "";
    const early = line.kind === "own" && !line.done.includes("apologise") ? " It came before the apology, so it counted less." : "";
    return h("p", { class: good ? "cslx-right" : "cslx-wrong" },
      h("strong", {}, `${good ? "✓" : "✗"} ${n + 1}. ${name}: ${line.before} → ${line.after} (${moved(change)}). `),
      `${quoted(story.replies[line.kind])} ${why}${early}${held}`);
  });
  const last = call.lines[call.lines.length - 1].kind;
  const day = lastDay(story);
  const remedy = {
    own: "Your remedy is lawful and within your limits.",
    promise: `Your promise does not stand. ${story.why}`,
    handoff: "You agreed on no remedy.",
  }[last] ?? "The call ended without a remedy.";
  const picture = curve();
  picture.update({ call, start: story.start, end: prediction.end });
  return h("div", {},
    h("p", {}, h("strong", {}, solved(call) ? "✓ Calm, and a lawful remedy with a name and a date." : "✗ Not yet both: calm, and a lawful remedy with a name and a date."),
      ` It ended at ${call.temperature}; you said ${prediction.end}. The four steps in order would end at ${best(story.start).temperature}.`),
    h("p", { class: prediction.first === "hear" ? "cslx-right" : "cslx-wrong" },
      prediction.first === "hear" ? "✓ The first reply that calms is the one that listens." : `✗ You thought that “${data.kinds[prediction.first][0]}” calms first. It is the reply that listens: ${quoted(story.replies.hear)}`),
    scored,
    picture.node,
    h("p", {}, h("strong", {}, "The law. "), `${story.law} (Source: ${story.source}.)`, day ? ` The clock's last day is ${long.format(new Date(`${day}T00:00:00Z`))}.` : ""),
    h("p", {}, h("strong", {}, "The remedy. "), remedy),
    h("p", {}, h("strong", {}, "The cost. "), `${gbp(cost(call, story.remedy_gbp, story.promise_gbp), true)}, with the time for ${call.lines.length} replies${solved(call) ? "" : " and for one more contact, because this one settled nothing for good"}. With the four steps it is ${gbp(cost(best(story.start), story.remedy_gbp, story.promise_gbp), true)}.`),
    h("p", { class: "cslx-hint" }, "Temperatures and costs are made up for practice. Information, not legal advice. Checked on 23 November 2026."));
}

const points = ({ call, start }) => [{ turn: 0, degrees: start }, ...call.lines.map((line, n) => ({ turn: n + 1, degrees: line.after, kind: line.kind }))];

const curve = () =>
  chart({
    title: "The temperature after each reply; dashed: calm",
    describe: (found) => points(found).map(({ turn, degrees }) => `${turn ? `reply ${turn}` : "start"}: ${degrees}`).join(", "),
    head: ["Reply", "What it was", "Temperature"],
    rows: (found) => points(found).map(({ turn, degrees, kind }) => [turn ? `${turn}` : "Start", kind ? data.kinds[kind][0] : "", `${degrees}`]),
    draw(Plot, width, found) {
      const shown = points(found);
      return Plot.plot({
        ...plotStyle, width, height: 240, marginLeft: 44, marginRight: 24, marginTop: 24, marginBottom: 40,
        x: { label: "Replies", labelAnchor: "center", labelArrow: "none", domain: [0, TURNS], ticks: TURNS, tickFormat: "d" },
        y: { label: "Degrees", labelArrow: "none", domain: [0, HANGS_UP], ticks: 5 },
        marks: [
          Plot.ruleY([CALM], { stroke: INK.second, strokeWidth: 2, strokeDasharray: "6,4" }),
          Plot.line(shown, { x: "turn", y: "degrees", stroke: INK.first, strokeWidth: 2.5 }),
          Plot.dot(shown, { x: "turn", y: "degrees", fill: INK.first, r: 5 }),
          Plot.text(shown, { ...READABLE, x: "turn", y: "degrees", text: "degrees", dy: -14, fontWeight: 700 }),
        ],
      });
    },
  });

export function reasons(found) {
  const { question, right, because, wrong } = data.reasons[found.seed % data.reasons.length];
  return { question, options: [{ text: right, right: true, because }, ...wrong.map(([text, words]) => ({ text, because: words }))] };
}

export default frame({
  slug: "heat-simulator",
  about: "A customer rings, and you choose each reply. Bring the call to a calm end, with a remedy that is lawful and holds.",
  tolerance: TOLERANCE,
  problem,
  predict,
  run,
  judge,
  reveal,
  reasons,
});
