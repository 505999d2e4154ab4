// A table in the browser: read from its file, typed as its description says, chosen from,
// counted, and cited. answer() and evidenceRow() give what data_room.py gives.
import { Problem, mean, median, share, toTheCent } from "./evidence.js";
import { data } from "./data_room_data.js";
import { sourceOf } from "./table_source.js";

export const SHARES = ["is", "at least", "at most"];
const day = (value) => (value === null ? null : value.slice(0, 10));
const minutesOf = (value) => {
  const [year, month, date, hour, minute] = value.split(/[- :]/).map(Number);
  return Date.UTC(year, month - 1, date, hour || 0, minute || 0) / 60000;
};
const midnight = (value) => minutesOf(value.slice(0, 10)) / 1440;

// The rows of a CSV as lists of texts. Quotation marks may hold commas, line ends and, doubled, themselves.
export function parseCsv(text) {
  const rows = [];
  let row = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      for (;;) {
        const end = text.indexOf('"', at + 1);
        if (end < 0) throw new Problem("A quotation mark is opened and never closed, so the table cannot be read.");
        cell += text.slice(at + 1, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
    } else {
      let end = at;
      while (end < text.length && text[end] !== "," && text[end] !== "\n" && text[end] !== "\r") end += 1;
      cell = text.slice(at, end);
      at = end;
    }
    row.push(cell);
    if (text[at] === ",") {
      at += 1;
      if (at === text.length) row.push("");
      continue;
    }
    if (text[at] === "\r") at += 1;
    at += 1;
    rows.push(row);
    row = [];
  }
  if (row.length) rows.push(row);
  return rows;
}

const NUMBER = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i;

function typed(text, type) {
  if (text === "") return null;
  if (type === "integer" || type === "number") return NUMBER.test(text) ? Number(text) : null;
  if (type === "boolean") return text === "1" ? "yes" : "no";
  return text;
}

const derive = {
  sum: ([one, two]) => (row) => (row[one] === null || row[two] === null ? null : row[one] + row[two]),
  days: ([one, two]) => (row) => (row[one] === null || row[two] === null ? null : midnight(row[two]) - midnight(row[one])),
  minutes: ([one, two]) => (row) => (row[one] === null || row[two] === null ? null : minutesOf(row[two]) - minutesOf(row[one])),
  first: (column, { letters }) => (row) => letters[row[column]?.[0]] ?? null,
};

// A table with its types: what it says of itself, its columns, its rows as objects, and answer().
export function makeTable(resource, text) {
  const name = resource.path.replace(/\.csv$/, "");
  const about = data.tables[name] ?? {};
  const [head, ...lines] = parseCsv(text);
  const fields = resource.schema.fields;
  const places = fields.map((one) => head.indexOf(one.name));
  if (places.includes(-1)) throw new Problem(`${resource.path} has no column ${fields[places.indexOf(-1)].name}.`);
  const rows = lines.map((line) => {
    const row = {};
    fields.forEach((one, n) => {
      row[one.name] = typed(line[places[n]] ?? "", one.type);
    });
    return row;
  });
  const columns = fields.map((one) => ({ name: one.name, type: one.type, says: one.description ?? "", unit: one.unit ?? "" }));
  for (const one of about.derived ?? []) {
    const way = Object.keys(derive).find((key) => key in one);
    const make = derive[way](one[way], one);
    for (const row of rows) row[one.name] = make(row);
    columns.push({ name: one.name, type: way === "first" ? "string" : "number", says: one.says, unit: one.unit ?? "" });
  }
  const when = about.when || columns.find((one) => one.type === "date" || one.type === "datetime")?.name || null;
  const rules = (about.without ?? []).map((one) => ({ ...one, falls: fallsUnder(one.rule, rows, when) }));
  const days = when ? rows.map((row) => day(row[when])).filter((one) => one !== null).sort() : [];
  const table = { name, title: resource.title, columns, rows, when, rules, ratios: about.ratios ?? [], first: days[0] ?? "", last: days[days.length - 1] ?? "" };
  table.column = (wanted) => columns.find((one) => one.name === wanted);
  table.answer = (recipe) => answer(table, recipe);
  return table;
}

function fallsUnder(rule, rows, when) {
  if (rule.again) {
    // The row before this one with the same customer and matter, in the order of the table.
    const last = new Map();
    const found = new Set();
    for (const row of rows) {
      const key = JSON.stringify(rule.again.map((column) => row[column]));
      const now = minutesOf(row[when]);
      if (last.has(key) && now - last.get(key) <= rule.minutes) found.add(row);
      last.set(key, now);
    }
    return (row) => found.has(row);
  }
  const { column } = rule;
  if ("is" in rule) return (row) => same(row[column], rule.is, false);
  if ("empty" in rule) return (row) => row[column] === null;
  if ("day" in rule) return (row) => day(row[column]) === rule.day;
  // 1 January 1970 was a Thursday.
  if ("weekday" in rule) return (row) => row[column] !== null && ((midnight(row[column]) + 3) % 7) + 1 === rule.weekday;
  if ("over" in rule) return (row) => row[column] !== null && row[column] > rule.over;
  return (row) => row[column] !== null && row[column] < rule.under;
}

export const plain = (text) => text.trim().toLowerCase();
export const same = (value, wanted, tidy) =>
  value !== null && (tidy && typeof value === "string" ? plain(value) === plain(wanted) : String(value) === wanted);

// Rows of the chosen values and period, before anything is left out.
export function chosen(table, recipe) {
  for (const [column] of recipe.filter) {
    if (!table.column(column)) throw new Problem(`There is no column ${column}. The columns are ${table.columns.map((one) => one.name).join(", ")}.`);
  }
  return table.rows.filter((row) => {
    if (table.when) {
      const now = day(row[table.when]);
      if (now === null || now < recipe.start || now > recipe.end) return false;
    }
    return recipe.filter.every(([column, value]) => same(row[column], value, recipe.tidy));
  });
}

export function kept(table, recipe) {
  const out = table.rules.filter((rule) => recipe.without.includes(rule.name));
  return chosen(table, recipe).filter((row) => !out.some((rule) => rule.falls(row)));
}

// The rows that have a value to count, with the values themselves.
export const held = (rows, column) => rows.map((row) => row[column]).filter((value) => value !== null);

export function answer(table, recipe) {
  const rows = kept(table, recipe);
  const { kind, column, value } = recipe.measure;
  if (kind === "count") return { n: rows.length, value: rows.length, low: null, high: null, unit: "count" };
  if (kind === "ratio") {
    const [part, all] = sums(rows, column, value);
    return { n: all, ...share(part, all), unit: "%" };
  }
  const values = held(rows, column);
  if (SHARES.includes(kind)) {
    const hits = values.filter((one) => counts(one, recipe)).length;
    return { n: values.length, ...share(hits, values.length), unit: "%" };
  }
  const [unit, by] = unitOf(table, column);
  const found = { mean, median }[kind](values);
  const scaled = Object.fromEntries(Object.entries(found).map(([key, one]) => [key, one === null ? null : one / by]));
  return { n: values.length, ...scaled, unit };
}

function sums(rows, column, value) {
  const both = rows.filter((row) => row[column] !== null && row[value] !== null);
  return [column, value].map((name) => both.reduce((total, row) => total + row[name], 0));
}

export const counts = (one, { measure: { kind, value }, tidy }) => {
  if (kind === "is") return same(one, value, tidy);
  return kind === "at least" ? one >= Number(value) : one <= Number(value);
};
export const unitOf = (table, column) => data.units[table.column(column)?.unit] ?? ["score", 1];

// ---- the evidence row -------------------------------------------------------------------

export function measureInWords({ kind, column, value }) {
  if (kind === "count") return kind;
  if (kind === "ratio") return `${column} as a share of ${value}`;
  return SHARES.includes(kind) ? `share of ${column} ${kind} ${value}` : `${kind} of ${column}`;
}

export function evidenceRow(recipe, found, id, reads) {
  const source = data.sources[recipe.table] ?? recipe.table;
  const filter = Object.fromEntries(recipe.filter);
  if (Object.values(data.sources).filter((one) => one === source).length > 1) filter.table = recipe.table;
  if (recipe.without.length) filter.without = recipe.without.join(", ");
  if (recipe.tidy) filter.spelling = "tidied";
  return {
    id, source, measure: measureInWords(recipe.measure), filter,
    period: recipe.start ? [recipe.start, recipe.end] : null,
    n: found.n, value: toTheCent(found.value), unit: found.unit, reads,
  };
}

// Plain data as Python writes it.
export function toPython(value) {
  if (value === null) return "None";
  if (Array.isArray(value)) return `[${value.map(toPython).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${toPython(one)}`).join(", ")}}`;
  return typeof value === "boolean" ? (value ? "True" : "False") : JSON.stringify(value);
}

// ---- where tables come from -------------------------------------------------------------

// catalogue() and table(name) give promises; what failed is tried again when it is next asked for.
export function tablesOf(model) {
  const source = sourceOf(model, Problem);
  const made = new Map();
  const once = (name, make) => {
    if (!made.has(name)) made.set(name, make().catch((error) => (made.delete(name), Promise.reject(error))));
    return made.get(name);
  };
  const catalogue = () => once("", source.catalogue);
  return {
    catalogue,
    table: (name) =>
      once(name, async () => {
        const [resources, csv] = await Promise.all([catalogue(), source.text(name)]);
        const resource = resources.find((one) => one.path === `${name}.csv`);
        if (!resource) throw new Problem(`There is no table ${name}.`);
        return makeTable(resource, csv);
      }),
  };
}
