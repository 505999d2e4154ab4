// What every explorer shares: the five steps (predict, run, reveal, explain, retry on a new
// problem), labelled controls, charts with a table twin, and what is kept of a learner's work.
// An explorer says what is particular to it in one object; frame() makes the module of it.

import { mulberry32 } from "./randomness.js";

const STEPS = ["predict", "run", "reveal", "explain", "retry"];
const STEP_NAMES = ["Predict", "Run", "Reveal", "Explain", "Retry"];
const CHART_FILES = ["d3.min.js", "plot.umd.min.js"];

// ---- small pieces -----------------------------------------------------------------------

let lastId = 0;
export const newId = () => `cslx-${(lastId += 1)}`;

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (["value", "checked", "disabled", "hidden", "open", "textContent"].includes(name)) node[name] = value;
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null));
  return node;
}

const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP", maximumFractionDigits: 0 });
const pence = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
export const gbp = (amount, withPence = false) =>
  // A loss of 30 pence would read "-£0".
  (withPence ? pence : pounds).format(!withPence && Math.abs(amount) < 0.5 ? 0 : amount).replace("-", "−");
export const percent = (share) => `${Math.round(share * 100)}%`;
export const fixed = (value, digits = 1) => value.toFixed(digits).replace("-", "−");
export const list = (words) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;

export function table(caption, head, rows) {
  const box = h(
    "div",
    { class: "cslx-scroll" },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, cell)))),
      h(
        "tbody",
        {},
        rows.map((row) => h("tr", {}, row.map((cell, n) => (n ? h("td", {}, cell) : h("th", { scope: "row" }, cell))))),
      ),
    ),
  );
  // A table that is too wide can be scrolled with the keyboard; others are no stop on the way.
  new ResizeObserver(() => {
    const wide = box.scrollWidth > box.clientWidth + 1;
    for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", caption]]) {
      if (wide) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  }).observe(box);
  return box;
}

// ---- controls ---------------------------------------------------------------------------

// A number and a slider for the same figure: type it or slide it. The first may be empty
// (value null), so that a prediction is never the figure that happened to stand there.
export function figure({ label, min, max, step, value, unit = "", hint = "", oninput }) {
  const id = newId();
  const about = hint ? `${id}-hint` : null;
  const number = h("input", {
    type: "number", id, min, max, step: "any", inputmode: min < 0 ? "text" : "decimal", "aria-describedby": about,
    value: value ?? "",
  });
  const slider = h("input", { type: "range", min, max, step, value: value ?? (min + max) / 2, "aria-label": `${label}, slider` });
  const read = () => (number.value.trim() === "" || !Number.isFinite(+number.value) ? null : +number.value);
  const inRange = () => read() !== null && read() >= min && read() <= max;
  number.addEventListener("input", () => {
    number.toggleAttribute("aria-invalid", false);
    if (inRange()) {
      slider.value = read();
      oninput?.(read());
    }
  });
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.removeAttribute("aria-invalid");
    oninput?.(read());
  });
  const node = h(
    "div",
    { class: "cslx-figure" },
    h("label", { for: id }, label),
    hint ? h("p", { id: about, class: "cslx-hint" }, hint) : null,
    h("div", { class: "cslx-pair" }, number, unit ? h("span", {}, unit) : null, slider),
  );
  return {
    node,
    read: () => (inRange() ? read() : null),
    set(to) {
      number.value = to;
      slider.value = to;
    },
    refuse() {
      number.setAttribute("aria-invalid", "true");
      number.focus();
      return `Enter a number from ${min} to ${max}.`;
    },
  };
}

export function choice({ legend, options }) {
  const name = newId();
  const inputs = options.map(([key]) => h("input", { type: "radio", name, value: key }));
  const node = h(
    "fieldset",
    { class: "cslx-choice" },
    h("legend", {}, legend),
    options.map(([, text], n) => h("label", {}, inputs[n], " ", h("span", {}, text))),
  );
  const read = () => inputs.find((input) => input.checked)?.value ?? null;
  return {
    node,
    read,
    set(key) {
      for (const input of inputs) input.checked = input.value === key;
    },
    refuse(words) {
      inputs[0].focus();
      return words;
    },
  };
}

// ---- charts -----------------------------------------------------------------------------

let library = null;

// The chart library is 160 KB: it is fetched when a learner first touches an explorer, so
// that text, controls and tables never wait for it.
export function chartLibrary() {
  library ??= loadCharts();
  return library;
}

async function loadCharts() {
  // In a notebook the library travels inside the module.
  if (globalThis.cslearnCharts) globalThis.cslearnCharts();
  else for (const file of CHART_FILES) await addScript(new URL(file, import.meta.url).href);
  if (!globalThis.Plot?.plot) throw new Error("The chart library did not start.");
  return globalThis.Plot;
}

function addScript(src) {
  // Beside an AMD loader (old notebook pages have one) the files would hand themselves to
  // it instead of to the page.
  const amd = globalThis.define?.amd;
  if (amd) globalThis.define.amd = undefined;
  return new Promise((resolve, reject) => {
    const settle = (done) => () => {
      if (amd) globalThis.define.amd = amd;
      done();
    };
    document.head.append(
      h("script", { src, onload: settle(resolve), onerror: settle(() => reject(new Error(`No answer from ${src}`))) }),
    );
  });
}

// A chart with its words: title, picture with a text alternative, and the same as a table.
// draw(Plot, width, data) gives an SVG; describe(data) its text; rows(data) the table, which
// stands open where there is room, unless it is long.
export function chart({ title, draw, describe, head, rows, long = false }) {
  const picture = h("div", { class: "cslx-picture" }, h("p", {}, "The chart is on its way. The table shows the same."));
  const twin = h("div");
  const details = h("details", {}, h("summary", {}, "The same as a table"), twin);
  const node = h("figure", { class: "cslx-chart" }, h("figcaption", {}, title), picture, details);
  let data = null;
  let Plot = null;
  let width = 0;
  let waiting = 0;
  const paint = () => {
    waiting = 0;
    if (!Plot || !data || width < 50) return;
    const svg = draw(Plot, Math.min(width, 680), data);
    // The library names its groups ("bar", "rule"): noise beside the text of the whole picture.
    for (const group of svg.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${title}. ${describe(data)}`);
    picture.replaceChildren(svg);
  };
  const repaint = () => {
    if (!waiting) waiting = requestAnimationFrame(paint);
  };
  const watcher = new ResizeObserver(([entry]) => {
    if (!width && !long && entry.contentRect.width >= 560) details.open = true;
    if (Math.abs(entry.contentRect.width - width) > 1) {
      width = entry.contentRect.width;
      repaint();
    }
  });
  watcher.observe(picture);
  chartLibrary().then(
    (ready) => {
      Plot = ready;
      repaint();
    },
    () => picture.replaceChildren(h("p", {}, "The chart could not be loaded. The table shows the same.")),
  );
  return {
    node,
    update(to) {
      data = to;
      twin.replaceChildren(table(title, head, rows(data)));
      repaint();
    },
  };
}

// Two colours that stand out from white and from black alike; whatever they say is also
// said by a letter, a line style or a word.
export const INK = { first: "#2f7fc4", second: "#c8641b", faint: "color-mix(in srgb, currentColor 45%, transparent)" };
// Text that may cross a line gets an edge in the colour of the page.
export const READABLE = { fill: "currentColor", stroke: "var(--cslx-back)", strokeWidth: 4 };
export const plotStyle = { style: { background: "none", color: "inherit", fontSize: "13px", overflow: "visible" } };

// ---- the five steps ---------------------------------------------------------------------

// Learned: right on the last two new problems (the first one, number 0, is the book's own
// and does not count), and the guess of the second no further off than that of the first.
// Within the tolerance, further off means nothing.
export function isLearned(rounds, tolerance) {
  const fresh = rounds.filter((round) => round.seed > 0);
  const [one, two] = fresh.slice(-2);
  return fresh.length > 1 && one.right && two.right && two.error <= Math.max(one.error, tolerance);
}

// spec: slug, about, tolerance (of the guess), and
//   problem(seed)                           the problem of that number; 0 is the book's own
//   predict(problem, ui)                    {node, read, show}: the form of the prediction
//   run(problem, prediction, ui)            {node, read, show}: what the learner then does
//   judge(problem, prediction, done)        {right, error}: how it went
//   reveal(problem, prediction, done, ui)   node
//   reasons(problem)                        {question, options: [{text, because, right}]}
// and, where that takes long, prepare(problem, done), which a returning learner's page waits for.
// An explorer with much to fetch gives all but the first two as later(): a promise of them, asked
// for when a learner begins.
// read() gives plain data, or null after ui.refuse(words); show(data) fills the form again.
// ui: announce(words), refuse(words), choices (free play, kept with the work), keep(), and
// ready(is), with which a step that has screens of its own hides its button until they are done.
export function frame(spec) {
  return { render: ({ model, el }) => mount(spec, model, el) };
}

// The style sheet lies beside this file; in a notebook the widget brings it itself. An
// explorer waits for it, so that nothing jumps, and does without if it does not come.
function styles() {
  if (globalThis.cslearnCharts) return null;
  const href = new URL("kit.css", import.meta.url).href;
  return new Promise((resolve) => {
    const there = document.querySelector(`link[href="${href}"]`);
    if (there?.sheet) resolve();
    const link = there ?? h("link", { rel: "stylesheet", href });
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    if (!there) document.head.append(link);
  });
}

async function mount(spec, model, el) {
  await styles();
  const key = `cslearn:explorer:${spec.slug}`;
  const status = h("p", { role: "status", class: "cslx-status" });
  const note = h("p", { class: "cslx-note", hidden: true });
  const badge = h("p", { class: "cslx-badge" });
  const steps = h("ol", { class: "cslx-steps", "aria-label": "The five steps" });
  const panels = h("div");
  const root = h("div", { class: "cslx" }, badge, steps, note, panels, status);
  let timer = 0;
  let written = "";
  let state = null;
  let all = spec.later ? null : spec;
  let coming = null;

  function fetched() {
    if (all) return null;
    coming ??= spec.later().then(
      (rest) => {
        all = { ...spec, ...rest };
      },
      (error) => {
        coming = null;
        throw error;
      },
    );
    return coming;
  }

  const say = (words) => {
    note.textContent = words;
    note.hidden = false;
  };
  const notThere = (error) => {
    console.warn(error);
    return "The next step did not come. Look whether you are online, then press the button again.";
  };
  // A slider moves many times a second; only where it comes to rest is read out.
  const announce = (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      status.textContent = words;
    }, 500);
  };

  const fresh = (seed, before = {}) => ({
    explorer: spec.slug,
    seed,
    step: "predict",
    prediction: null,
    done: null,
    tried: [],
    choices: {},
    rounds: before.rounds ?? [],
    learned: before.learned ?? false,
  });

  function keep() {
    written = JSON.stringify(state);
    model.set("value", JSON.parse(written));
    model.save_changes();
    try {
      localStorage.setItem(key, written);
    } catch {
      say("This browser forgets your work when you close the page. Everything else works.");
    }
  }

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      say("What this browser kept of your work could not be read, so this starts from the beginning.");
      return null;
    }
  }

  const readable = (found) =>
    found?.explorer === spec.slug &&
    Number.isInteger(found.seed) &&
    found.seed >= 0 &&
    STEPS.includes(found.step) &&
    [found.rounds, found.tried].every(Array.isArray);

  function start(given) {
    state = fresh(0);
    if (readable(given)) state = { ...state, ...given };
    try {
      open();
    } catch (error) {
      // Work kept by an older version may not fit the steps of this one.
      if (state.step === "predict") throw error;
      console.warn(error);
      say("Your earlier work does not fit this version, so this problem starts again. What you learned is kept.");
      state = fresh(state.seed, state);
      open();
    }
  }

  function showProgress() {
    const now = STEPS.indexOf(state.step);
    steps.replaceChildren(
      ...STEP_NAMES.map((name, n) =>
        h("li", { "aria-current": n === now ? "step" : null, class: n < now ? "cslx-past" : null }, name),
      ),
    );
    const last = state.rounds[state.rounds.length - 1];
    const inARow = last?.right && last.seed > 0 ? 1 : 0;
    badge.replaceChildren(
      h("strong", {}, state.seed ? `New problem ${state.seed}` : "First problem"),
      h("span", {}, state.learned ? "✓ Learned" : `○ Not learned yet: ${inARow} of 2 new problems right in a row`),
    );
    badge.classList.toggle("cslx-learned", state.learned);
  }

  function panel(step, node) {
    const place = STEPS.indexOf(step);
    const heading = h("h3", { tabindex: "-1" }, `${place + 1} ${STEP_NAMES[place]}`);
    panels.append(h("section", { class: "cslx-panel", "data-step": step }, heading, node));
    return heading;
  }

  function advance(step) {
    state.step = step;
    keep();
    showProgress();
    build(step).focus();
  }

  // A form with one button. What it reads is kept under that name, it closes, and the next step opens.
  function form(make, name, label, next) {
    const error = h("p", { class: "cslx-error", role: "alert" });
    const button = h("button", { type: "submit", class: "cslx-go" }, label);
    const part = make({
      announce,
      keep,
      choices: state.choices,
      ready(is) {
        button.hidden = !is;
      },
      refuse(words) {
        error.textContent = words;
        return null;
      },
    });
    const body = h("fieldset", { class: "cslx-bare" }, part.node, error, button);
    const close = () => {
      body.disabled = true;
      button.hidden = true;
    };
    const onsubmit = async (event) => {
      event.preventDefault();
      error.textContent = "";
      const answer = part.read();
      if (answer === null) return;
      if (!all) {
        error.textContent = "One moment, the next step is on its way …";
        try {
          await fetched();
        } catch (trouble) {
          error.textContent = notThere(trouble);
          return;
        }
        error.textContent = "";
        // Pressed twice while it was on its way.
        if (state[name] !== null) return;
      }
      state[name] = answer;
      close();
      advance(next);
    };
    if (state[name] !== null) {
      part.show(state[name]);
      close();
    }
    return h("form", { novalidate: true, onsubmit }, body);
  }

  function build(step) {
    const problem = spec.problem(state.seed);
    if (step === "predict") {
      return panel(step, [
        h("p", {}, spec.about),
        form((ui) => spec.predict(problem, ui), "prediction", "Run it", "run"),
      ]);
    }
    if (step === "run") {
      return panel(step, form((ui) => all.run(problem, state.prediction, ui), "done", "Reveal", "reveal"));
    }
    if (step === "reveal") {
      const ui = { announce, keep, choices: state.choices };
      const onward = h("button", { type: "button", class: "cslx-go" }, "Explain it");
      onward.addEventListener("click", () => {
        onward.hidden = true;
        advance("explain");
      });
      onward.hidden = state.step !== "reveal";
      return panel(step, [all.reveal(problem, state.prediction, state.done, ui), onward]);
    }
    return step === "explain" ? explain(problem) : retry(problem);
  }

  function explain(problem) {
    const { question, options } = all.reasons(problem);
    const order = shuffled(options.length, problem.seed + 1);
    const asked = choice({ legend: question, options: order.map((n) => [String(n), options[n].text]) });
    const answers = h("div", { role: "status" });
    const button = h("button", { type: "submit", class: "cslx-go" }, "Check my reason");
    const body = h("fieldset", { class: "cslx-bare" }, asked.node, button);
    const found = () => state.tried.some((n) => options[n].right);
    const show = () => {
      answers.replaceChildren(
        ...state.tried.map((n) =>
          h(
            "p",
            { class: options[n].right ? "cslx-right" : "cslx-wrong" },
            h("strong", {}, options[n].right ? "✓ That is it. " : "✗ Not this one. "),
            options[n].right ? "" : `“${options[n].text}” `,
            options[n].because,
          ),
        ),
      );
      body.disabled = found();
      button.hidden = found();
    };
    const onsubmit = (event) => {
      event.preventDefault();
      const picked = asked.read();
      if (picked === null) {
        answers.replaceChildren(h("p", { class: "cslx-error" }, "Choose one of the four reasons first."));
        return;
      }
      if (!state.tried.includes(+picked)) state.tried.push(+picked);
      show();
      if (found()) finish(problem);
      else keep();
    };
    show();
    return panel("explain", [h("form", { novalidate: true, onsubmit }, body), answers]);
  }

  function finish(problem) {
    const { right, error } = all.judge(problem, state.prediction, state.done);
    state.rounds.push({ seed: state.seed, right, error, reasonAtOnce: state.tried.length === 1 });
    state.learned ||= isLearned(state.rounds, spec.tolerance);
    advance("retry");
  }

  function retry() {
    const [before, last] = state.rounds.slice(-2).length > 1 ? state.rounds.slice(-2) : [null, state.rounds[0]];
    let words = "Not right this time. You know more than before you tried: take a new problem.";
    if (last.right && last.seed === 0) words = "Right. Now two new problems in a row, and you have it.";
    else if (last.right && before?.right && before.seed > 0 && !isLearned([before, last], spec.tolerance)) {
      words = "Right twice, but this guess was further off than the one before. One more.";
    } else if (last.right) words = "Right. One more new problem in a row, and you have it.";
    if (state.learned) words = "✓ Learned: two new problems right in a row. You can play on with as many as you like.";
    const button = h("button", { type: "button", class: "cslx-go" }, "Try a new problem");
    button.addEventListener("click", () => {
      state = fresh(state.seed + 1, state);
      keep();
      open().focus();
    });
    return panel("retry", [h("p", {}, words), button]);
  }

  function open() {
    panels.replaceChildren();
    showProgress();
    let heading = null;
    for (const step of STEPS.slice(0, STEPS.indexOf(state.step) + 1)) heading = build(step);
    return heading;
  }

  const onchange = () => {
    const given = model.get("value");
    if (JSON.stringify(given) !== written && readable(given)) {
      written = JSON.stringify(given);
      if (all || given.step === "predict") start(given);
      else fetched().then(() => start(given), (error) => say(notThere(error)));
    }
  };
  // By the time a learner has read the question, the chart library and the next steps are there.
  const ahead = () => {
    chartLibrary().catch(() => {});
    fetched()?.catch(() => {});
  };
  root.addEventListener("focusin", ahead, { once: true });
  const given = model.get("value");
  const found = readable(given) ? given : stored();
  if (!all && readable(found) && found.step !== "predict") await fetched();
  if (all?.prepare && readable(found) && found.done) await all.prepare(spec.problem(found.seed), found.done);
  start(found);
  // What this browser kept becomes the model's too, so that Python sees what the learner sees.
  if (found !== given && readable(found)) keep();
  model.on("change:value", onchange);
  el.append(root);
  return () => {
    clearTimeout(timer);
    model.off("change:value", onchange);
  };
}

function shuffled(count, seed) {
  const draw = mulberry32(seed);
  const order = Array.from({ length: count }, (_, n) => n);
  for (let n = count - 1; n > 0; n -= 1) {
    const other = Math.floor(draw() * (n + 1));
    [order[n], order[other]] = [order[other], order[n]];
  }
  return order;
}
