// An exercise in the page: the learner's case, a form for each task, Check, and the notebook
// to hand in. Everything stays in this browser until the learner downloads it.

import { tidyCode } from "./codes.js";
import { asksForMap, DrawnMap } from "./drawn_map.js";
import { Form, guardPaste, LONGEST, tooLong } from "./form.js";
import { make, table, weeks } from "./make.js";
import * as notebooks from "./notebook.js";
import { showOutputs } from "./outputs.js";
import { fitsForm, isBlank, whole } from "./shape.js";
import { Store } from "./store.js";

const PYTHON = new URL("./python.js", import.meta.url);
const BASE = new URL("../", import.meta.url).href;
const MEGA = 1024 * 1024;

const words = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.,-]*/gu)?.length ?? 0;
const clock = (date) => date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const sentenceOf = (fault) => fault?.sentence ?? `Something went wrong (${fault?.message ?? fault}).`;

class Exercise {
  constructor(place) {
    this.data = JSON.parse(place.querySelector("script[type='application/json']").textContent);
    this.place = place;
    this.tasks = this.data.tasks;
    this.parts = new Map();
    this.store = new Store({
      exercise: this.data.name,
      onchange: (work, clashes) => this.takeOver(work, clashes),
      onstate: (state) => this.showSaved(state),
    });
    this.tablePlaces = [...document.querySelectorAll(".case-tables")];
    this.bookTables = this.tablePlaces.map((one) => [...one.childNodes]);
    this.drawCasePanel();
    for (const task of this.tasks) this.drawTask(task);
    this.drawHandIn();
    this.openCase(this.store.lastCase());
    // The downloaded notebook is the released one with entries in it.
    this.released = fetch(this.data.notebook).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
    this.released.catch(() => {});
    for (const hint of document.querySelectorAll("details.hint[data-hint]")) {
      hint.addEventListener("toggle", () => this.hintToggled(hint));
    }
    document.addEventListener("cslearn:data-changed", () => this.store.hear());
    addEventListener("beforeunload", (event) => this.store.unsaved && event.preventDefault());
    addEventListener("beforeprint", () => this.fitTexts());
    for (const instead of document.querySelectorAll(".without-forms")) instead.hidden = true;
    place.dataset.state = "ready";
  }

  get practice() {
    return !this.open.code;
  }

  caseName() {
    if (this.open.code) return `your own case, code ${this.open.code}`;
    return this.open.practice === 0 ? "the practice case, the one in the lessons" : `practice case ${this.open.practice}`;
  }

  // ---- the case ---------------------------------------------------------------------------

  drawCasePanel() {
    this.caseNow = make("p", { class: "case-now" });
    this.codeFault = make("p", { class: "fault", id: "learner-code-fault", hidden: true });
    this.codeInput = make("input", {
      id: "learner-code", type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
      "aria-describedby": "learner-code-help learner-code-fault",
    });
    const form = make("form", { class: "code-form", novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      this.enterCode();
    } },
    make("label", { for: "learner-code" }, "Your learner code"),
    make("p", { class: "help", id: "learner-code-help" }, "Your tutor gave it to you. It looks like 7KQ2-9MXD-41TF. With no code you work on a practice case."),
    this.codeInput, this.codeFault,
    make("p", { class: "actions" }, make("button", { type: "submit" }, "Open my case")));
    this.another = make("button", { type: "button", onclick: () => this.openCase({ code: "", practice: this.practice ? this.open.practice + 1 : 0 }, true) });
    this.firstCase = make("button", { type: "button", onclick: () => this.openCase({ code: "", practice: 0 }, true) }, "Back to the case of the lessons");
    this.caseStatus = make("p", { class: "case-status", role: "status" });
    this.casePython = make("div", { class: "python" });
    this.savedLine = make("p", { class: "saved" });
    this.savedFault = make("p", { class: "fault", role: "alert", hidden: true });
    this.clashList = make("div", { class: "clashes", role: "status" });
    this.place.append(this.caseNow, this.savedLine, this.savedFault, this.clashList, form,
      make("p", { class: "actions" }, this.another, this.firstCase), this.caseStatus, this.casePython);
  }

  enterCode() {
    const { code, sentence } = this.codeInput.value.trim()
      ? tidyCode(this.codeInput.value)
      : { sentence: "Type the code that your tutor gave you, or go on with a practice case." };
    this.codeFault.textContent = sentence ?? "";
    this.codeFault.hidden = !sentence;
    if (sentence) {
      this.codeInput.setAttribute("aria-invalid", "true");
      this.codeInput.focus();
      return;
    }
    this.codeInput.removeAttribute("aria-invalid");
    this.openCase({ code, practice: 0 }, true);
  }

  openCase(which, byHand = false) {
    const known = tidyCode(which.code ?? "").code ?? "";
    this.open = { code: known, practice: known ? 0 : Math.max(0, Math.trunc(Number(which.practice)) || 0) };
    const work = this.store.open(this.open);
    this.codeInput.value = this.open.code;
    this.savedLine.textContent = work ? "Your work on this case is saved in this browser." : "What you enter is saved in this browser.";
    this.caseNow.replaceChildren("You are working on ", make("strong", {}, this.caseName()), ".",
      this.practice ? " You see your marks as you go." : " Check looks at the form of your answers only. Your tutor's marker gives the marks.");
    this.another.textContent = this.practice ? "Try another practice case" : "Go to the practice case";
    this.firstCase.hidden = !this.practice || this.open.practice === 0;
    this.clashList.replaceChildren();
    this.primed = false;
    this.show(work);
    this.showTables(byHand);
    if (byHand) this.caseStatus.textContent = `This is ${this.caseName()}.`;
  }

  async showTables(byHand) {
    const asked = JSON.stringify(this.open);
    const put = (give) => this.tablePlaces.forEach((place, n) => place.replaceChildren(...give(place, n)));
    if (this.practice && this.open.practice === 0) {
      put((_, n) => this.bookTables[n]);
      return;
    }
    let shown = this.store.tables(this.data.version);
    if (!shown) {
      put(() => [make("p", { class: "help" }, "The tables of this case are being made …")]);
      try {
        const python = await this.startPython();
        ({ shown } = await python.tables({ exercise: this.data.name, ...this.open }));
        if (asked !== JSON.stringify(this.open)) return;
        this.store.keepTables(this.data.version, shown);
      } catch (fault) {
        if (asked !== JSON.stringify(this.open)) return;
        put((_, n) => (n > 0 ? [] : [
          make("p", { class: "fault", role: "alert" }, `The tables of this case could not be made. ${sentenceOf(fault)}`),
          make("p", {}, make("button", { type: "button", onclick: () => this.showTables(true) }, "Try again")),
        ]));
        return;
      }
    }
    put((place) => caseTables(shown, place.dataset.tables));
    if (byHand) this.caseStatus.textContent = `The tables of ${this.caseName()} are here.`;
  }

  // ---- Python, in a worker ----------------------------------------------------------------

  startPython() {
    this.python ??= import(PYTHON).then(
      ({ Python }) => {
        const python = new Python({ base: BASE, onstate: (state) => this.showPython(state) });
        this.running = python;
        return python;
      },
      () => {
        this.python = null;
        throw Object.assign(new Error("python.js"), {
          sentence: "The checker could not be loaded. Look at your connection and try again; your answers are safe, and you can download your notebook.",
        });
      },
    );
    return this.python;
  }

  // The first touch of the form is a good moment: by the time of the first Check it is there.
  warmUp() {
    if (this.warm || navigator.connection?.saveData) return;
    this.warm = true;
    this.startPython().then((python) => python.start()).catch((fault) => this.showPython({ state: "failed", reason: sentenceOf(fault) }));
  }

  showPython(state) {
    if (state.state !== "ready" && state.state !== "busy") this.primed = false;
    for (const place of document.querySelectorAll(".python")) {
      const parts = [];
      if (state.state === "loading") {
        const total = state.total ?? 0;
        const said = total
          ? `Getting the checker ready: ${((state.loaded ?? 0) / MEGA).toFixed(1)} of ${(total / MEGA).toFixed(1)} MB.`
          : "Getting the checker ready.";
        parts.push(make("p", {}, said, " It comes from this site, and runs on your device."),
          make("progress", { max: total || null, value: total ? (state.loaded ?? 0) : null, "aria-label": "Getting the checker ready" }));
      } else if (state.state === "busy") parts.push(make("p", {}, "Working …"));
      else if (state.state === "stopped" && this.stopped) parts.push(make("p", {}, "Stopped. Check or Run starts it again."));
      else if (state.state === "failed") {
        parts.push(make("p", { class: "fault" }, state.reason ?? "The checker could not start. Your answers are safe, and you can download your notebook."));
      }
      if (state.state === "loading" || state.state === "busy") parts.push(make("button", { type: "button", class: "stop", onclick: () => this.stop() }, "Stop"));
      // The Stop button keeps the focus while the figures beside it change.
      const held = place.querySelector(".stop") === document.activeElement && document.activeElement !== null;
      place.replaceChildren(...parts);
      if (held) (place.querySelector(".stop") ?? place.closest("section")?.querySelector(".check, .run"))?.focus();
    }
  }

  stop() {
    this.stopped = true;
    this.running?.stop();
    this.showPython({ state: "stopped" });
  }

  // ---- tasks ------------------------------------------------------------------------------

  drawTask(task) {
    const place = document.querySelector(`[data-task="${task.name}"]`);
    const part = { task, place };
    this.parts.set(task.name, part);
    place.addEventListener("input", () => this.warmUp(), { once: true });
    place.addEventListener("focusin", () => this.warmUp(), { once: true });
    if (task.award === "tutor") this.drawWritten(part);
    else this.drawForm(part);
    // The form says what to hand in; the list of it is for those who have no form.
    for (const list of place.parentElement.querySelectorAll(":scope > .what-to-hand-in")) list.hidden = true;
    for (const cell of place.parentElement.querySelectorAll("[data-cell]")) this.drawCell(cell);
  }

  drawForm(part) {
    const { task, place } = part;
    part.form = new Form({ task, answer: null, onchange: () => this.entered(part) });
    part.drawn = asksForMap(task.schema) ? new DrawnMap(() => part.form.value()) : null;
    part.summary = make("div", { class: "summary-place" });
    part.result = make("div", { class: "result", role: "status", tabindex: "-1" });
    part.source = make("div", { class: "own-code", hidden: true });
    part.check = make("button", { type: "submit", class: "check" }, `Check task ${part.task.number}`);
    const form = make("form", { class: "task-form", novalidate: true, "aria-label": `Your answer to task ${task.number}`, onsubmit: (event) => {
      event.preventDefault();
      this.check(part);
    } }, part.summary, part.form.element, part.drawn?.element, make("p", { class: "actions" }, part.check), make("div", { class: "python" }));
    part.formElement = form;
    place.append(part.source, form, part.result);
  }

  drawWritten(part) {
    const { task, place } = part;
    const id = `entry-${task.name}`;
    part.text = make("textarea", { id, rows: "10", "aria-describedby": `${id}-count ${id}-fault`, spellcheck: "true" });
    part.count = make("p", { class: "help", id: `${id}-count` });
    part.fault = make("p", { class: "fault", id: `${id}-fault`, role: "alert", hidden: true });
    const say = (sentence) => {
      part.fault.textContent = sentence;
      part.fault.hidden = !sentence;
    };
    guardPaste(part.text, say);
    part.text.addEventListener("input", () => {
      const sentence = tooLong(part.text.value.length);
      say(sentence);
      this.countWords(part);
      if (!sentence) this.entered(part);
    });
    place.append(make("div", { class: "entry" }, make("label", { for: id }, `Your answer to task ${task.number}`),
      make("p", { class: "help" }, "Your tutor reads and marks it. Write in your own words, and name no real person."), part.text, part.fault, part.count));
  }

  countWords(part) {
    const [least, most] = part.task.words ?? [];
    const count = words(part.text.value);
    const asked = least ? ` of ${least} to ${most}` : "";
    const far = !least || !count ? "" : count < least ? ` Write ${least - count} more.` : count > most ? ` Take out ${count - most}.` : "";
    part.count.textContent = `${count}${asked} ${count === 1 && !asked ? "word" : "words"}.${far}`;
  }

  fitTexts() {
    // On paper nothing may be hidden below the edge of a box.
    for (const text of document.querySelectorAll("main textarea")) text.style.height = `${text.scrollHeight + 4}px`;
  }

  // ---- the work ---------------------------------------------------------------------------

  work() {
    const tasks = {};
    for (const { task, form, text, code } of this.parts.values()) {
      if (text) {
        if (text.value && text.value.length <= LONGEST) tasks[task.name] = { text: text.value.toWellFormed?.() ?? text.value };
        else if (text.value) tasks[task.name] = this.kept?.tasks?.[task.name] ?? {};
      } else if (code !== undefined) tasks[task.name] = code;
      else tasks[task.name] = { answer: form.value() };
    }
    const cells = {};
    for (const { id, text, first } of this.cells ?? []) if (text.value !== first) cells[id] = text.value;
    return { tasks, cells, extras: this.extras ?? [], hints: this.hints ?? [] };
  }

  entered(part) {
    if (part.result?.childElementCount) {
      part.result.classList.add("stale");
      if (!part.result.querySelector(".since")) part.result.prepend(make("p", { class: "since" }, "You have changed your answer since this check."));
    }
    if (part.summary && !part.form.judge().length) part.summary.replaceChildren();
    part.drawn?.update();
    this.save();
  }

  save() {
    this.kept = this.work();
    this.store.save(this.kept);
    this.showProgress();
  }

  // Shows work that was kept, opened from a file, or changed in another tab; null is a fresh start.
  show(work) {
    this.kept = work;
    this.extras = Array.isArray(work?.extras) ? work.extras : [];
    this.hints = Array.isArray(work?.hints) ? work.hints : [];
    for (const part of this.parts.values()) {
      const given = work?.tasks?.[part.task.name];
      if (part.text) {
        if (part.text.value !== (given?.text ?? "")) part.text.value = given?.text ?? "";
        part.fault.hidden = true;
        this.countWords(part);
        continue;
      }
      const fits = given?.answer !== undefined && fitsForm(given.answer, part.task.schema);
      part.code = typeof given?.source === "string" ? given : undefined;
      const answer = fits ? whole(given.answer, part.task.schema) : null;
      if (JSON.stringify(part.form.value()) !== JSON.stringify(answer ?? whole(null, part.task.schema)) || !answer) {
        part.form.touched.clear();
        part.form.fill(answer);
        part.drawn?.update();
      }
      this.showCode(part);
    }
    for (const cell of this.cells ?? []) {
      const source = work?.cells?.[cell.id] ?? cell.first;
      if (cell.text.value !== source) cell.text.value = source;
    }
    for (const hint of document.querySelectorAll("details.hint[data-hint]")) hint.open = this.hints.includes(hint.dataset.hint);
    this.showExtras();
    this.showProgress();
  }

  clearResults() {
    for (const part of this.parts.values()) {
      part.result?.replaceChildren();
      part.result?.setAttribute("class", "result");
      part.summary?.replaceChildren();
    }
    for (const { outputs } of this.cells ?? []) outputs.replaceChildren();
  }

  takeOver(work, clashes) {
    this.show(work);
    if (work === null) this.clearResults();
    if (!clashes.length) return;
    this.clashList.replaceChildren(make("p", {}, "Another tab changed the same entries. This page keeps its own; the other tab had:"),
      make("ul", {}, ...clashes.map(({ path, theirs }) => make("li", {}, `${path.filter((step) => step !== "tasks" && step !== "answer").join(", ")}: `,
        typeof theirs === "string" ? theirs : JSON.stringify(theirs)))));
  }

  hintToggled(hint) {
    const name = hint.dataset.hint;
    if (hint.open === this.hints.includes(name)) return;
    this.hints = hint.open ? [...this.hints, name] : this.hints.filter((one) => one !== name);
    this.save();
  }

  showSaved(state) {
    if (state.saved) {
      this.savedLine.textContent = `Saved in this browser at ${clock(state.saved)}.`;
      this.savedLine.hidden = false;
      this.savedFault.hidden = true;
    } else if (this.savedFault.hidden || this.savedFault.textContent !== state.sentence) {
      this.savedLine.hidden = true;
      this.savedFault.textContent = state.sentence;
      this.savedFault.hidden = false;
    }
  }

  // An answer that a form cannot show (Python code, or another shape) stays as it is in the file.
  showCode(part) {
    const { code, source } = part;
    source.hidden = code === undefined;
    part.formElement.hidden = code !== undefined;
    if (code === undefined) return;
    const id = `source-${part.task.name}`;
    const text = make("textarea", { id, class: "code", rows: String(Math.min(20, code.source.split("\n").length + 1)), spellcheck: "false", autocapitalize: "off" });
    text.value = code.source;
    text.addEventListener("input", () => {
      part.code = { ...code, source: text.value };
      this.save();
    });
    source.replaceChildren(
      make("p", {}, `The form cannot show your answer to this task (${code.because}). It is kept as it stands, and goes into your notebook. Check cannot look at it here; the marker can.`),
      make("label", { for: id }, `Your answer to task ${part.task.number}, as Python`), text,
      make("p", { class: "actions" }, make("button", { type: "button", onclick: () => {
        if (!confirm("Use the form for this task instead? The Python above is then taken out of your notebook.")) return;
        part.code = undefined;
        this.showCode(part);
        this.save();
        part.formElement.querySelector("input, select, textarea, button").focus();
      } }, "Use the form instead")));
  }

  // ---- Check ------------------------------------------------------------------------------

  async check(part) {
    const { task, form, result } = part;
    const summary = form.summary();
    part.summary.replaceChildren(...(summary ? [summary] : []));
    const answer = form.value();
    const asked = { exercise: this.data.name, task: task.name, answer, ...this.open };
    if (isBlank(answer)) {
      this.showResult(part, "", [make("p", { class: "headline" }, "Nothing entered yet.")]);
      summary?.focus();
      return;
    }
    summary?.focus();
    part.check.setAttribute("aria-disabled", "true");
    this.stopped = false;
    part.turn = (part.turn ?? 0) + 1;
    const turn = part.turn;
    result.setAttribute("aria-busy", "true");
    try {
      const python = await this.startPython();
      const checked = await python.check(asked);
      if (turn !== part.turn || asked.code !== this.open.code || asked.practice !== this.open.practice) return;
      this.showChecked(part, checked);
      if (!summary) result.focus();
    } catch (fault) {
      if (turn === part.turn) this.showResult(part, "poor", [make("p", { class: "headline" }, "Not checked."), make("p", {}, sentenceOf(fault))]);
    } finally {
      part.check.removeAttribute("aria-disabled");
      result.removeAttribute("aria-busy");
    }
  }

  showResult(part, className, children) {
    part.result.className = `result ${className}`;
    part.result.replaceChildren(...children);
  }

  showChecked(part, checked) {
    const { task } = part;
    const notes = (checked.notes ?? []).length
      ? [make("p", {}, "Look at these entries again:"), make("ul", { class: "notes" }, ...checked.notes.map((note) => make("li", {}, note)))]
      : [];
    if (checked.shape_only) {
      this.showResult(part, notes.length ? "poor" : "noted", [
        make("p", { class: "headline" }, notes.length ? "Some entries do not have the right form." : "Every entry has the right form."), ...notes,
        make("p", {}, "Checked: that each entry is of the right kind, and within its limits. Not checked: whether your figures are right. This is your own case, so your tutor's marker does that when you have handed in."),
      ]);
      return;
    }
    const parts = checked.parts.map(({ name, marks, maximum, sentence, misconception }) =>
      make("li", {}, make("strong", {}, name.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase())),
        `: ${figure(marks)} of ${figure(maximum)}`, make("span", { class: "because" }, sentence),
        misconception ? this.misconception(misconception, task) : null));
    const full = checked.marks >= checked.maximum;
    this.showResult(part, full ? "good" : "noted", [
      make("p", { class: "headline" }, `${full ? "✓ " : ""}${task.id} ${task.title}: ${figure(checked.marks)} of ${figure(checked.maximum)} marks on ${this.caseName()}.`),
      ...notes, make("ul", { class: "marks" }, ...parts),
      make("p", { class: "help" }, "These are practice marks, from the same rules that mark your own case."),
    ]);
  }

  misconception(id, task) {
    const known = this.data.misconceptions[id];
    if (!known) return null;
    return make("span", { class: "misconception" }, make("strong", {}, `A common mistake: ${known.name[0].toLowerCase()}${known.name.slice(1)}. `), `${known.says} `,
      task.lesson ? make("a", { href: task.lesson.href }, `Read the lesson “${task.lesson.title}”`) : null);
  }

  // ---- code cells -------------------------------------------------------------------------

  drawCell(place) {
    const id = place.dataset.cell;
    const first = place.querySelector("pre").textContent;
    const text = make("textarea", { id: `cell-${id}`, class: "code", rows: String(first.split("\n").length + 1), spellcheck: "false", autocapitalize: "off", autocomplete: "off" });
    text.value = first;
    const outputs = make("div", { class: "outputs", role: "status" });
    const cell = { id, text, first, outputs };
    this.cells = [...(this.cells ?? []), cell];
    guardPaste(text, (sentence) => outputs.replaceChildren(make("p", { class: "fault" }, sentence)));
    text.addEventListener("input", () => text.value.length <= LONGEST && this.save());
    const run = make("button", { type: "button", class: "run", onclick: () => this.run(cell) }, "Run");
    const back = make("button", { type: "button", onclick: () => {
      text.value = first;
      this.save();
    } }, "Put the cell back");
    place.replaceChildren(make("label", { for: text.id }, "Python. Change the figures as you like. Nothing here is marked."), text,
      make("p", { class: "actions" }, run, back), make("div", { class: "python" }), outputs);
  }

  // Python code that gives the cells `my_case`, the tables and the helpers, as the notebook's first cells do.
  async prime(python) {
    if (this.primed) return;
    const { cells } = await this.released;
    const source = (role) => {
      const found = cells.find((cell) => cell.metadata?.cslearn?.role === role)?.source ?? "";
      return Array.isArray(found) ? found.join("") : found;
    };
    await python.run({ source: `learner_code = ${JSON.stringify(this.open.code)}`, cell: "learner-code" });
    const outputs = await python.run({ source: source("set-up"), cell: "set-up" });
    const fault = outputs.outputs.find((one) => one.type === "error");
    if (fault) throw Object.assign(new Error(fault.sentence), { sentence: fault.sentence });
    if (this.practice && this.open.practice) {
      const line = `from cslearn.northfold.case import case as _case\nmy_case = _case(${JSON.stringify(this.data.name)}, practice=${this.open.practice})`;
      await python.run({ source: line, cell: "practice" });
    }
    this.primed = true;
  }

  async run(cell) {
    cell.outputs.replaceChildren(make("p", { class: "help" }, "Running …"));
    this.stopped = false;
    try {
      const python = await this.startPython();
      await this.prime(python);
      const { outputs } = await python.run({ source: cell.text.value, cell: cell.id });
      cell.outputs.replaceChildren(...showOutputs(outputs));
    } catch (fault) {
      cell.outputs.replaceChildren(make("p", { class: "fault" }, sentenceOf(fault)));
    }
  }

  // ---- hand in ----------------------------------------------------------------------------

  drawHandIn() {
    const place = document.querySelector("[data-hand-in]");
    this.progress = make("ul", { class: "task-progress" });
    this.extrasNote = make("p", { class: "help", hidden: true });
    this.handInNote = make("p", {});
    this.fileStatus = make("div", { class: "file-status", role: "status" });
    const file = make("input", { type: "file", id: "open-notebook", accept: ".ipynb,application/x-ipynb+json,application/json" });
    file.addEventListener("change", async () => {
      if (file.files.length) await this.openFile(file.files[0]);
      file.value = ""; // so that the same file can be chosen again
    });
    place.append(this.progress, this.handInNote, this.extrasNote,
      make("p", { class: "actions" }, make("button", { type: "button", class: "primary", onclick: () => this.download() }, "Download my notebook")),
      make("div", { class: "entry" }, make("label", { for: "open-notebook" }, "Open a notebook that you downloaded here, or saved in JupyterLab"), file),
      make("p", { class: "actions" }, make("button", { type: "button", onclick: () => this.reset() }, "Start this case afresh")),
      this.fileStatus);
  }

  showProgress() {
    if (!this.progress) return;
    const items = [...this.parts.values()].map(({ task, form, text, code }) => {
      const blank = text ? !text.value.trim() : code === undefined && isBlank(form.value());
      const faults = form && code === undefined ? form.judge().length : 0;
      const state = blank ? "nothing entered yet" : faults ? `${faults} ${faults === 1 ? "entry" : "entries"} to look at` : text ? `${words(text.value)} words` : "entries made";
      return make("li", {}, make("a", { href: `#${task.anchor}` }, `Task ${task.number}: ${task.title}`), `: ${state}`);
    });
    this.progress.replaceChildren(...items);
    this.handInNote.replaceChildren(this.practice
      ? "This is a practice case. To hand in, open your own case with your learner code first."
      : `The notebook carries your code ${this.open.code}. Hand in the file as your tutor told you.`);
  }

  showExtras() {
    const count = this.extras.length;
    this.extrasNote.hidden = !count;
    this.extrasNote.textContent = count
      ? `The file that you opened has ${count} ${count === 1 ? "cell" : "cells"} of your own. This page does not show ${count === 1 ? "it" : "them"}, and keeps ${count === 1 ? "it" : "them"} in your notebook.`
      : "";
  }

  async download() {
    let released;
    try {
      released = await this.released;
    } catch {
      this.released = fetch(this.data.notebook).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
      try {
        released = await this.released;
      } catch {
        this.sayFile("poor", "The notebook could not be fetched from this site. Look at your connection and try again; your answers are safe.");
        return;
      }
    }
    const text = notebooks.write(released, this.tasks, { ...this.work(), code: this.open.code });
    const away = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" })), download: `${this.data.name}.ipynb` });
    away.click();
    setTimeout(() => URL.revokeObjectURL(away.href), 60_000);
    this.sayFile("noted", `Your notebook ${this.data.name}.ipynb is downloaded, with everything that you entered.`);
  }

  async openFile(file) {
    let entries;
    try {
      if (file.size > 64 * MEGA) throw new notebooks.Unreadable("This file is too large to be a notebook of this exercise.");
      entries = notebooks.read(await file.text(), this.data.name, await this.released, this.tasks);
    } catch (fault) {
      const sentence = fault instanceof notebooks.Unreadable ? fault.message : "This file could not be read. Choose another copy of it.";
      this.sayFile("poor", `${sentence} What you have entered here is as it was.`);
      if (!(fault instanceof notebooks.Unreadable)) console.error(fault);
      return;
    }
    const before = { open: this.open, work: this.work() };
    const { code, sentence } = entries.code.trim() ? tidyCode(entries.code) : { code: "" };
    const target = code ? { code, practice: 0 } : { code: "", practice: this.practice ? this.open.practice : 0 };
    this.openCase(target);
    const there = this.work();
    if (!isBlank(Object.values(there.tasks)) && !confirm(`The file “${file.name}” will take the place of what you entered here for ${this.caseName()}. Go on?`)) {
      this.openCase(before.open);
      this.sayFile("noted", "The file was not opened.");
      return;
    }
    const { tasks, cells, extras } = entries;
    this.store.save({ tasks, cells, extras, hints: this.hints });
    this.show({ tasks, cells, extras, hints: this.hints });
    this.clearResults();
    this.save();
    const shape = [...this.parts.values()].flatMap(({ form, code: source }) => (form && source === undefined ? form.judge(true) : []));
    this.sayFile("noted", `“${file.name}” is open: ${this.caseName()}.${sentence ? ` ${sentence}` : ""}${shape.length ? ` ${shape.length} of its entries do not fit; they are marked.` : ""}`,
      isBlank(Object.values(there.tasks)) ? null : () => {
        this.openCase(target);
        this.show(there);
        this.save();
      });
  }

  reset() {
    if (!confirm(`Take out all that you entered for ${this.caseName()}, and close its hints and results?`)) return;
    const before = this.work();
    const { open } = this;
    this.store.forget();
    this.show(null);
    this.clearResults();
    this.savedLine.textContent = "Nothing is kept of this case.";
    this.sayFile("noted", "This case is as new.", () => {
      this.openCase(open);
      this.show(before);
      this.save();
    });
  }

  sayFile(className, sentence, undo = null) {
    this.fileStatus.className = `file-status result ${className}`;
    this.fileStatus.replaceChildren(make("p", {}, sentence));
    if (!undo) return;
    const back = make("button", { type: "button", onclick: () => {
      undo();
      this.sayFile("noted", "Your entries are back.");
    } }, "Put back what was here");
    this.fileStatus.append(make("p", { class: "actions" }, back));
  }
}

const figure = (value) => String(Math.round(value * 100) / 100);

const caseTables = ({ says = [], tables }, task) => [
  task || !says.length ? null : make("ul", { class: "facts" }, ...says.map((sentence) => make("li", {}, sentence))),
  ...Object.values(tables).filter((one) => (one.task ?? "") === task).flatMap(({ title, columns, rows, folded, picture }) => {
    const parts = [...(picture ? [weeks(picture)] : []), table(title, columns, rows)];
    return folded ? make("details", {}, make("summary", {}, title), ...parts) : parts;
  }),
].filter(Boolean);

for (const place of document.querySelectorAll("[data-exercise]")) {
  try {
    new Exercise(place);
  } catch (fault) {
    place.append(make("p", { class: "fault", role: "alert" }, `The form could not start (${fault.message}). Download the notebook and fill it in instead.`));
    console.error(fault);
  }
}
