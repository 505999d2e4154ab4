// The shape of an answer, checked without Python. The same repairs and the same sentences as
// cslearn.exercises.answers.tidy; a test feeds both the same answers and compares.

import { repr } from "./literal.js";

const LONGEST_TEXT = 20_000;
const LARGEST_NUMBER = 1e15;
const MOST_VALUES = 5_000;
const MOST_REPAIRS = 40;

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const own = (object, name) => (Object.hasOwn(object ?? {}, name) ? object[name] : undefined);
const letters = (text) => [...text];

// The fields of a group that a learner is asked for, as [name, schema].
export const asked = (schema) => Object.entries(schema.properties ?? {}).filter(([, field]) => !field["x-hidden"]);

// The starter for an answer: every field that is asked for, each null.
export const blank = (schema) => {
  if (schema.type === "object") return Object.fromEntries(asked(schema).map(([name, field]) => [name, blank(field)]));
  if (schema.type === "array") return Array.from({ length: schema["x-rows"] ?? 0 }, () => blank(schema.items));
  return null;
};

export const isBlank = (value) => {
  if (value !== null && typeof value === "object") return Object.values(value).every(isBlank);
  return value === null || value === "";
};

export const fieldAt = (schema, path) =>
  path.reduce((here, step) => (typeof step === "number" ? here?.items : own(here?.properties, step)) ?? {}, schema);

const plural = (item) => ({ integer: "whole numbers", number: "numbers" })[item.type] ?? "names";

const kind = (field) => {
  const unit = "x-unit" in field ? `, ${field["x-unit"]}` : "";
  if ("enum" in field) return "one of the choices";
  if (field.type === "array") {
    if (field.items.type === "object") return "a list of rows";
    return "enum" in field.items ? "a list of choices" : `a list of ${plural(field.items)}${unit}`;
  }
  if (field.type === "object") return "one entry for each name";
  return ({ integer: "a whole number", number: "a number", boolean: "True or False" }[field.type] ?? "text") + unit;
};

const whereIs = (path, schema) => {
  if (!path.length) return "Your answer";
  let here = schema;
  return path
    .map((step) => {
      if (typeof step === "number") {
        here = here.items ?? {};
        return `${here.type === "object" ? "row" : "entry"} ${step + 1}`;
      }
      here = own(here.properties, step) ?? {};
      return letters(step).slice(0, 40).join("");
    })
    .join(", ");
};

const plainText = (value) => (typeof value === "string" ? value : repr(value));

const shown = (value) => {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "a group of entries";
  const all = letters(plainText(value));
  const text = all.length <= 40 ? all.join("") : `${all.slice(0, 37).join("")}...`;
  return typeof value === "string" ? `'${text}'` : text;
};

const fault = (path, schema, rest) => {
  const where = whereIs(path, schema);
  return { path, sentence: `${where}: ${rest}`, short: rest[0].toUpperCase() + rest.slice(1) };
};

// Only lists, groups, texts and ordinary numbers under names that the task uses.
const plain = (value, schema, path, faults, count) => {
  count.seen += 1;
  if (count.seen > MOST_VALUES || path.length > 20) {
    if (count.seen === MOST_VALUES + 1 || path.length === 21) {
      const sentence = "The answer is far longer than the task asks for; the rest of it is ignored.";
      faults.push({ path: [], sentence, short: sentence });
      count.seen = MOST_VALUES + 2;
    }
    return null;
  }
  if (typeof value === "string") {
    if (letters(value).length <= LONGEST_TEXT) return value;
    faults.push(fault(path, schema, "this text is too long to be marked."));
    return null;
  }
  if (typeof value === "number") {
    if (Math.abs(value) <= LARGEST_NUMBER) return value;
    faults.push(fault(path, schema, "enter an ordinary number."));
    return null;
  }
  if (Array.isArray(value)) return value.map((inner, n) => plain(inner, schema, [...path, n], faults, count));
  if (isObject(value)) {
    const result = {};
    const known = fieldAt(schema, path).properties;
    for (const [key, inner] of Object.entries(value)) {
      if (known !== undefined && !Object.hasOwn(known, key)) {
        faults.push(fault(path, schema, `${shown(key)} is not a name that this task uses; it was ignored.`));
        continue;
      }
      result[key] = plain(inner, schema, [...path, key], faults, count);
    }
    return result;
  }
  return value;
};

const TYPES = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
};

const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (isObject(value)) return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)}}`;
  return JSON.stringify(value);
};

const length = (value) => letters(value).length;
const isDate = (text) => {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  // 30 February would roll over into March.
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

// [rule, whether it is broken], in the order in which the validator on Python's side looks.
const RULES = [
  ["minLength", (value, least) => typeof value === "string" && length(value) < least],
  ["maxLength", (value, most) => typeof value === "string" && length(value) > most],
  ["pattern", (value, pattern) => typeof value === "string" && !new RegExp(pattern, "u").test(value)],
  ["format", (value, format) => typeof value === "string" && format === "date" && !isDate(value)],
  ["minimum", (value, least) => typeof value === "number" && value < least],
  ["maximum", (value, most) => typeof value === "number" && value > most],
  ["maxItems", (value, most) => Array.isArray(value) && value.length > most],
  ["uniqueItems", (value, yes) => yes && Array.isArray(value) && new Set(value.map(canonical)).size < value.length],
];
const LATE_RULES = [
  ["exclusiveMinimum", (value, least) => typeof value === "number" && value <= least],
  ["exclusiveMaximum", (value, most) => typeof value === "number" && value >= most],
];

const firstFault = (value, schema, path) => {
  const broken = (rules) => rules.find(([rule, breaks]) => rule in schema && breaks(value, schema[rule]))?.[0];
  if (value === null) return null;
  if (schema.type && !TYPES[schema.type](value)) return { path, rule: "type" };
  if (schema.enum && !schema.enum.some((choice) => choice === value)) return { path, rule: "enum" };
  const early = broken(RULES);
  if (early) return { path, rule: early };
  if (Array.isArray(value) && schema.items) {
    for (const [n, inner] of value.entries()) {
      const found = firstFault(inner, schema.items, [...path, n]);
      if (found) return found;
    }
  }
  if (isObject(value)) {
    for (const name of Object.keys(schema.properties ?? {}).sort()) {
      const found = Object.hasOwn(value, name) ? firstFault(value[name], schema.properties[name], [...path, name]) : null;
      if (found) return found;
    }
  }
  const late = broken(LATE_RULES);
  return late ? { path, rule: late } : null;
};

const sentenceFor = (rule, given, field) => {
  if (rule === "enum") return `${given} is not one of the choices (${field.enum.map(plainText).join(", ")}).`;
  if (rule === "type") return `${given} should be ${kind(field)}.`;
  if (rule === "minimum" || rule === "exclusiveMinimum") return `${given} is too small; the lowest is ${field[rule]}.`;
  if (rule === "maximum" || rule === "exclusiveMaximum") return `${given} is too large; the highest is ${field[rule]}.`;
  if (rule === "maxItems") return `there are more entries than the ${field.maxItems} that the task allows.`;
  if (rule === "uniqueItems") return "the same entry stands there twice.";
  if (rule === "pattern") return `${given} is not written as the task asks.`;
  return `${given} does not fit.`;
};

const complete = (value, schema) => {
  if (schema.type === "object") {
    const given = isObject(value) ? value : {};
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, field]) => [name, complete(own(given, name) ?? null, field)]),
    );
  }
  if (schema.type === "array") return Array.isArray(value) ? value.map((inner) => complete(inner, schema.items)) : [];
  return value;
};

// { value, faults }: the answer with every entry that does not fit blanked, and where and why.
export const tidy = (answer, schema) => {
  const faults = [];
  let value = plain(answer, schema, [], faults, { seen: 0 });
  for (let repairs = 0; ; repairs += 1) {
    if (repairs === MOST_REPAIRS) {
      const sentence = "There are too many entries that do not fit; the whole answer is taken as blank.";
      faults.push({ path: [], sentence, short: sentence });
      value = null;
      break;
    }
    const found = firstFault(value, schema, []);
    if (!found) break;
    const given = found.path.reduce((here, step) => here[step], value);
    faults.push(fault(found.path, schema, sentenceFor(found.rule, shown(given), fieldAt(schema, found.path))));
    if (!found.path.length) value = null;
    else found.path.slice(0, -1).reduce((here, step) => here[step], value)[found.path.at(-1)] = null;
  }
  return { value: complete(value, schema), faults };
};

// Whether a form made from the schema can hold all of this answer, right or wrong.
export const fitsForm = (value, schema) => {
  if (schema.type === "object") {
    return (
      value === null ||
      (isObject(value) &&
        Object.keys(value).every((name) => Object.hasOwn(schema.properties ?? {}, name)) &&
        Object.entries(value).every(([name, inner]) => fitsForm(inner, schema.properties[name])))
    );
  }
  if (schema.type === "array") {
    return value === null || (Array.isArray(value) && value.every((inner) => fitsForm(inner, schema.items)));
  }
  return value === null || typeof value !== "object";
};

// The same answer with every field there: what a form shows.
export const whole = complete;
