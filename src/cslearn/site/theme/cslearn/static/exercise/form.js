// A form made from a task's JSON Schema. It holds an answer of plain data; whatever a learner
// types is in that answer, also what does not fit (a word where a number belongs stays a word).

import { make } from "./make.js";
import { asked, blank, isBlank, tidy, whole } from "./shape.js";

export const LONGEST = 20_000;
const MOST_RADIOS = 5;
// A choice with a longer name than this gets a line of its own, so that the name can be read.
const LONG_NAME = 36;
// One with a longer name than this gets more room than a number, so that most of its name can be read.
const MIDDLE_NAME = 16;
// A code of the field, such as SO1, helps; a name made for programs does not.
const isCode = (value) => value.length <= 4 && /[A-Z0-9]/.test(value);
const LONG_TEXT = 120;

const key = (path) => JSON.stringify(path);
const at = (value, path) => path.reduce((here, step) => here?.[step] ?? null, value);
const put = (value, path, entry) => {
  path.slice(0, -1).reduce((here, step) => here[step], value)[path.at(-1)] = entry;
};
const isNumber = (schema) => schema.type === "number" || schema.type === "integer";
const isScalar = (schema) => schema.type !== "object" && schema.type !== "array";
// A list of so many entries, no more and no fewer, such as two dates.
const sizeOf = (schema) => (schema.minItems !== undefined && schema.minItems === schema.maxItems ? schema.minItems : 0);

// What was typed as a number, or as it stands when it is none: "£1,250" is 1250, "6,62" stays a text.
export const entered = (text, schema) => {
  const trimmed = text.trim();
  if (!trimmed) return null;
  if (!isNumber(schema)) return text;
  let plain = trimmed.replace(/[\u2212\u2013]/g, "-").replace(/^([-+]?)\s*£\s*/, "$1").replace(/\s*%$/, "");
  if (/^[-+]?\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?$/.test(plain)) plain = plain.replace(/[,\u00a0\u202f ]/g, "");
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?$/.test(plain)) return text;
  const value = Number(plain);
  const exact = !Number.isInteger(value) || Number.isSafeInteger(value);
  return Number.isFinite(value) && exact ? value + 0 : text;
};

const shownValue = (value) => {
  if (value === null) return "";
  if (value === true) return "True";
  if (value === false) return "False";
  return String(value);
};

// Why a text is too long to be kept, or "".
export const tooLong = (size, most = LONGEST) =>
  size > most
    ? `This has ${size.toLocaleString("en-GB")} characters, and ${most.toLocaleString("en-GB")} is the most. It is not kept; shorten it.`
    : "";

// Refuses to paste or drop what is too long, and says so: what stood there stays.
export const guardPaste = (control, say) => {
  const guard = (event, data) => {
    const size = (data?.getData("text") ?? "").length + control.value.length;
    if (size <= LONGEST) return;
    event.preventDefault();
    say(`What you pasted has ${(size - control.value.length).toLocaleString("en-GB")} characters, and this box takes ${LONGEST.toLocaleString("en-GB")}. It was not pasted.`);
  };
  control.addEventListener("paste", (event) => guard(event, event.clipboardData));
  control.addEventListener("drop", (event) => guard(event, event.dataTransfer));
};

const withoutEmptyBoxes = (value, schema) => {
  if (schema.type === "object") {
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      if (field["x-hidden"] && isBlank(value[name] ?? null)) delete value[name];
      else value[name] = withoutEmptyBoxes(value[name], field);
    }
    return value;
  }
  if (schema.type !== "array") return value;
  if (isScalar(schema.items) && !schema["x-rows"]) return value.filter((entry) => entry !== null);
  return value.map((entry) => withoutEmptyBoxes(entry, schema.items));
};

export class Form {
  // onchange() is called after every entry; `answer` is the learner's, or null for none.
  constructor({ task, answer, onchange }) {
    this.task = task;
    this.schema = task.schema;
    this.onchange = onchange;
    this.element = make("div", { class: "entries" });
    this.status = make("p", { class: "visually-hidden", role: "status" });
    this.touched = new Set();
    this.fill(answer);
  }

  // Shows another answer; the focus stays in its field.
  fill(answer) {
    this.answer = whole(answer ?? blank(this.schema), this.schema);
    const focused = document.activeElement?.id;
    const inside = this.element.contains(document.activeElement);
    this.draw();
    if (inside) document.getElementById(focused)?.focus();
  }

  // The answer to keep and to hand in. Boxes that were added and left empty are no entries.
  value() {
    return withoutEmptyBoxes(structuredClone(this.answer), this.schema);
  }

  draw() {
    this.fields = new Map();
    this.local = new Map();
    const parts = asked(this.schema).map(([name, field]) => this.part(field, [name], name, false));
    this.element.replaceChildren(...parts, this.status);
    this.judge();
  }

  id(path) {
    return ["entry", this.task.name, ...path].join("-").replace(/[^\w-]/g, "_");
  }

  part(schema, path, label, inRow) {
    if (schema.type === "object") return this.group(schema, path, label);
    if (schema.type === "array") return this.list(schema, path, label);
    return this.scalar(schema, path, label, inRow);
  }

  // ---- groups -----------------------------------------------------------------------------

  fieldset(schema, path, label, ...children) {
    const id = this.id(path);
    const help = [schema.description, isScalar(schema.items ?? {}) && schema.items ? this.range(schema.items) : ""]
      .filter(Boolean).join(". ");
    const fault = make("p", { class: "fault", id: `${id}-fault`, hidden: true });
    const describedBy = [help ? `${id}-help` : "", `${id}-fault`].filter(Boolean).join(" ");
    const set = make("fieldset", { id, class: "group", tabindex: "-1", "aria-describedby": describedBy },
      make("legend", {}, schema.title ?? label),
      help ? make("p", { class: "help", id: `${id}-help` }, help) : null, fault, ...children);
    this.fields.set(key(path), { control: set, fault, label: schema.title ?? label, path });
    return set;
  }

  group(schema, path, label) {
    const all = asked(schema);
    // Short entries stand side by side, as in a table; on a phone below each other.
    const short = all.every(([, field]) => isScalar(field));
    const fields = all.map(([name, field]) => this.part(field, [...path, name], name, short));
    return this.fieldset(schema, path, label, make("div", { class: short ? "row" : "block" }, ...fields));
  }

  list(schema, path, label) {
    if (schema.items.enum && schema.uniqueItems) return this.ticks(schema, path, label);
    // Entries with names of their own stand side by side, like short entries of a group.
    const holder = make("div", { class: schema["x-names"] ? "row" : isScalar(schema.items) ? "cells" : "rows" });
    const set = this.fieldset(schema, path, label, holder);
    this.drawRows(schema, path, holder, set);
    return set;
  }

  drawRows(schema, path, holder, set) {
    const rows = at(this.answer, path) ?? [];
    const size = sizeOf(schema);
    while (rows.length < size) rows.push(null);
    if (size) put(this.answer, path, rows);
    const scalar = isScalar(schema.items);
    const name = schema.title ?? path.at(-1);
    const noun = scalar ? "entry" : "row";
    for (const known of [...this.fields.keys()]) {
      const steps = JSON.parse(known);
      if (steps.length > path.length && key(steps.slice(0, path.length)) === key(path)) this.fields.delete(known);
    }
    const again = (focus) => {
      this.drawRows(schema, path, holder, set);
      focus?.(holder);
      this.changed(path);
    };
    const remove = (n) => {
      const [gone] = rows.splice(n, 1);
      put(this.answer, path, rows);
      set.gone = { n, gone };
      again((now) => (now.querySelector(".put-back") ?? now.querySelector(".add"))?.focus());
      this.say(`${noun === "row" ? "Row" : "Entry"} ${n + 1} of ${name} is removed.`);
    };
    const drawn = rows.map((_, n) => {
      const here = [...path, n];
      const removal = make("button", { type: "button", class: "remove", onclick: () => remove(n) },
        "Remove", make("span", { class: "visually-hidden" }, ` ${noun} ${n + 1} of ${name}`));
      if (scalar) {
        const called = schema["x-names"]?.[n];
        const cell = this.scalar(schema.items, here, called ?? `${n + 1}`, true, `${name}, ${called ?? `entry ${n + 1}`}`);
        if (size) return cell;
        if (schema.items.enum || schema.items.type === "string") cell.append(removal);
        return cell;
      }
      const fields = schema.items.type === "object"
        ? asked(schema.items).map(([inner, field]) => this.part(field, [...here, inner], inner, isScalar(field)))
        : [this.part(schema.items, here, `Entry ${n + 1}`, true)];
      const row = make("fieldset", { class: "row-box", tabindex: "-1", id: this.id(here) },
        make("legend", {}, `Row ${n + 1}`, make("span", { class: "visually-hidden" }, ` of ${name}`)),
        make("div", { class: "row" }, ...fields), removal);
      this.fields.set(key(here), { control: row, fault: set.querySelector(":scope > .fault"), label: `${name}, row ${n + 1}`, path: here });
      return row;
    });
    if (size) {
      holder.replaceChildren(...drawn);
      return;
    }
    const most = schema.maxItems ?? 100;
    const add = make("button", { type: "button", class: "add", disabled: rows.length >= most, onclick: () => {
      put(this.answer, path, [...rows, blank(schema.items)]);
      again(() => {
        const made = document.getElementById(this.id([...path, rows.length]));
        (made?.matches("fieldset") ? (made.querySelector("input, select, textarea") ?? made) : made)?.focus();
      });
      this.say(`${noun === "row" ? "Row" : "Entry"} ${rows.length + 1} of ${name} is added.`);
    } }, `Add ${noun === "row" ? "a row" : "an entry"}`, make("span", { class: "visually-hidden" }, ` to ${name}`));
    const plainCells = scalar && !schema.items.enum && schema.items.type !== "string";
    const less = plainCells && rows.length
      ? make("button", { type: "button", class: "remove", onclick: () => remove(rows.length - 1) },
          "Remove the last", make("span", { class: "visually-hidden" }, ` entry of ${name}`))
      : null;
    const back = set.gone
      ? make("button", { type: "button", class: "put-back", onclick: () => {
          const { n, gone } = set.gone;
          set.gone = null;
          const now = [...rows];
          now.splice(n, 0, gone);
          put(this.answer, path, now);
          again((box) => box.querySelector(".add").focus());
          this.say(`${noun === "row" ? "Row" : "Entry"} ${n + 1} of ${name} is back.`);
        } }, `Put ${noun} ${set.gone.n + 1} back`, make("span", { class: "visually-hidden" }, ` into ${name}`))
      : null;
    const full = rows.length >= most ? make("span", { class: "help" }, `${most} is the most.`) : null;
    holder.replaceChildren(...drawn, make("p", { class: "row-actions" }, ...[add, less, back, full].filter(Boolean)));
  }

  ticks(schema, path, label) {
    const chosen = at(this.answer, path) ?? [];
    const values = [...schema.items.enum, ...chosen.filter((value) => value !== null && !schema.items.enum.includes(value))];
    const boxes = values.map((value, n) => {
      const id = `${this.id(path)}-${n}`;
      const box = make("input", { type: "checkbox", id, checked: chosen.includes(value) });
      box.addEventListener("change", () => {
        const now = (at(this.answer, path) ?? []).filter((one) => one !== value);
        // In the order of the choices, whatever order they were ticked in.
        put(this.answer, path, values.filter((one) => (one === value ? box.checked : now.includes(one))));
        this.changed(path);
      });
      return make("div", { class: "choice" }, box, make("label", { for: id }, this.choice(schema.items, value)));
    });
    return this.fieldset(schema, path, label, ...boxes);
  }

  // ---- single entries ---------------------------------------------------------------------

  choice(schema, value) {
    const name = schema["x-choices"]?.[String(value)];
    if (!(schema.enum ?? []).includes(value)) return `${shownValue(value)} (not one of the choices)`;
    if (!name) return shownValue(value);
    return isCode(shownValue(value)) ? `${name} (${shownValue(value)})` : name;
  }

  range(schema) {
    const low = schema.minimum ?? schema.exclusiveMinimum;
    const high = schema.maximum ?? schema.exclusiveMaximum;
    if (low !== undefined && high !== undefined) return `From ${low} to ${high}`;
    if (low !== undefined) return "exclusiveMinimum" in schema ? `Above ${low}` : `${low} or more`;
    return high === undefined ? "" : `${high} or less`;
  }

  scalar(schema, path, label, inRow, spoken = "") {
    const id = this.id(path);
    const title = schema.title ?? label;
    const unit = schema["x-unit"];
    const cell = path.length > 1 && typeof path.at(-1) === "number";
    // The unit of an entry among others is enough to know what to enter; a fault says the limits.
    const help = [schema.description, cell || (inRow && unit) ? "" : this.range(schema)].filter(Boolean).join(". ");
    const fault = make("p", { class: "fault", id: `${id}-fault`, hidden: true });
    const describedBy = [help ? `${id}-help` : "", `${id}-fault`].filter(Boolean).join(" ");
    const helpLine = help ? make("p", { class: "help", id: `${id}-help` }, help) : null;
    const value = at(this.answer, path);
    const field = { fault, label: spoken || title, path };
    this.fields.set(key(path), field);

    const choices = schema.enum ?? (schema.type === "boolean" ? [true, false] : null);
    if (choices && !inRow && choices.length <= MOST_RADIOS) {
      field.control = this.radios(schema, path, title, value, choices, helpLine, fault, describedBy);
      return field.control;
    }
    const control = choices ? this.select(schema, path, value, choices) : this.input(schema, path, value);
    control.id = id;
    control.setAttribute("aria-describedby", describedBy);
    field.control = control;
    const says = make("label", { for: id }, ...(spoken
      ? [make("span", { class: "visually-hidden" }, spoken), make("span", { "aria-hidden": "true" }, label)]
      : [title]), unit ? make("span", { class: "unit" }, ` (${unit})`) : null);
    const longest = Math.max(0, ...(choices ?? []).map((one) => this.label(schema, one).length));
    const wide = longest > LONG_NAME ? " wide" : longest > MIDDLE_NAME ? " roomy" : "";
    return make("div", { class: `entry ${isNumber(schema) ? "number" : choices ? "choose" : "text"}${wide}` }, says, helpLine, control, fault);
  }

  values(schema, choices, value) {
    // A choice that an opened file brought, and that is none, is shown as it stands.
    return value === null || choices.includes(value) ? choices : [...choices, value];
  }

  label(schema, value) {
    if (schema.type === "boolean" && typeof value === "boolean") return value ? "Yes" : "No";
    return this.choice(schema, value);
  }

  select(schema, path, value, choices) {
    const values = this.values(schema, choices, value);
    const control = make("select", {}, make("option", { value: "" }, "Choose …"),
      ...values.map((one, n) => make("option", { value: String(n), selected: one === value }, this.label(schema, one))));
    control.addEventListener("change", () => {
      put(this.answer, path, control.value === "" ? null : values[Number(control.value)]);
      this.changed(path);
    });
    return control;
  }

  radios(schema, path, title, value, choices, helpLine, fault, describedBy) {
    const id = this.id(path);
    const values = [...this.values(schema, choices, value), null];
    const options = values.map((one, n) => {
      const radio = make("input", { type: "radio", name: id, id: `${id}-${n}`, checked: one === value });
      radio.addEventListener("change", () => {
        put(this.answer, path, one);
        this.changed(path);
      });
      return make("div", { class: "choice" }, radio,
        make("label", { for: `${id}-${n}` }, one === null ? "Not answered yet" : this.label(schema, one)));
    });
    return make("fieldset", { id, class: "group radios", tabindex: "-1", "aria-describedby": describedBy },
      make("legend", {}, title), helpLine, fault, ...options);
  }

  input(schema, path, value) {
    const number = isNumber(schema);
    const low = schema.minimum ?? schema.exclusiveMinimum;
    // The number keys of some phones have no minus.
    const mode = !number || low === undefined || low < 0 ? null : schema.type === "integer" ? "numeric" : "decimal";
    const long = schema.maxLength > LONG_TEXT;
    const date = schema.format === "date" && (value === null || /^\d{4}-\d\d-\d\d$/.test(value));
    const control = make(long ? "textarea" : "input", {
      type: long ? null : date ? "date" : "text", rows: long ? "3" : null, inputmode: mode,
      autocomplete: "off", autocapitalize: number ? "off" : null, spellcheck: number || schema.pattern ? "false" : null,
    });
    control.value = shownValue(value);
    const say = (sentence) => {
      this.local.set(key(path), sentence);
      this.touched.add(key(path));
      this.judge();
      this.say(sentence);
    };
    guardPaste(control, say);
    control.addEventListener("input", () => {
      const sentence = tooLong(control.value.length);
      if (sentence) return say(sentence);
      this.local.delete(key(path));
      put(this.answer, path, entered(control.value.toWellFormed?.() ?? control.value, schema));
      // While a fault is shown it goes as soon as it is mended; a new one waits until the field is left.
      return this.changed(path, false);
    });
    control.addEventListener("change", () => {
      const now = at(this.answer, path);
      if (typeof now === "number" && /[^\d.eE+-]/.test(control.value.trim())) control.value = shownValue(now);
      this.touched.add(key(path));
      const field = this.judge().find((one) => key(one.path) === key(path));
      if (field) this.say(`${this.fields.get(key(path)).label}: ${field.short}`);
    });
    return control;
  }

  // ---- faults ------------------------------------------------------------------------------

  changed(path, touch = true) {
    if (touch) this.touched.add(key(path));
    this.judge();
    this.onchange();
  }

  say(sentence) {
    this.status.textContent = sentence;
  }

  // Shows what does not fit beside its field and gives all of it, shown or not.
  judge(everything = false) {
    const { faults } = tidy(this.answer, this.schema);
    const all = [...[...this.local].map(([known, short]) => ({ path: JSON.parse(known), short, sentence: short })), ...faults];
    if (everything) for (const { path } of all) this.touched.add(key(this.nearest(path).path));
    const shown = new Map();
    for (const { path, short } of all) {
      const field = this.nearest(path);
      if (this.touched.has(key(field.path)) && !shown.has(field)) shown.set(field, short);
    }
    for (const field of this.fields.values()) {
      const sentence = shown.get(field) ?? "";
      if (field.control.matches(".row-box")) continue;
      field.fault.textContent = sentence;
      field.fault.hidden = !sentence;
      if (field.control.matches("fieldset")) field.control.classList.toggle("faulty", Boolean(sentence));
      else if (sentence) field.control.setAttribute("aria-invalid", "true");
      else field.control.removeAttribute("aria-invalid");
    }
    return all;
  }

  nearest(path) {
    for (let length = path.length; length > 0; length -= 1) {
      const field = this.fields.get(key(path.slice(0, length)));
      if (field && !field.control.matches(".row-box")) return field;
    }
    return this.fields.values().next().value;
  }

  // The summary of all faults, each with a link to its field; null when all fits.
  summary() {
    const faults = this.judge(true);
    if (!faults.length) return null;
    const id = `summary-${this.task.name}`;
    return make("div", { class: "summary", tabindex: "-1", role: "group", "aria-labelledby": id },
      make("p", { id, class: "headline" }, faults.length === 1 ? "Look at one entry again:" : `Look at ${faults.length} entries again:`),
      make("ul", {}, ...faults.map(({ path, sentence }) => {
        const { control } = this.nearest(path);
        return make("li", {}, make("a", { href: `#${control.id}`, onclick: (event) => {
          event.preventDefault();
          control.focus();
          control.scrollIntoView({ block: "center" });
        } }, sentence));
      })));
  }
}
