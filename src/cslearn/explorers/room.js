// The room itself: choose a table and rows, see the figure with its interval and its spread,
// and copy an evidence row. data_room.js asks its questions in it.
import { INK, READABLE, chart, fixed, h, newId, plotStyle } from "./kit.js";
import { Problem, bins, spread } from "./evidence.js";
import { SHARES, chosen, counts, evidenceRow, held, kept, plain, same, toPython, unitOf } from "./tables.js";

const MOST_VALUES = 40;
const FEW = 30;
const LINES = 3;
const UNITS = { min: "minutes", h: "hours", "%": "%", GBP: "pounds", days: "days", score: "", count: "" };
const whole = (number) => number.toLocaleString("en-GB");
const rowsOf = (number) => `${whole(number)} ${number === 1 ? "row" : "rows"}`;

// ---- the bench --------------------------------------------------------------------------

export const shown = (found) => {
  if (found.unit === "%") return `${fixed(found.value)}%`;
  if (found.unit === "GBP") return `£${fixed(found.value, 2)}`;
  if (found.unit === "count") return Number.isInteger(found.value) ? whole(found.value) : fixed(found.value);
  return `${fixed(found.value, Math.abs(found.value) < 10 && found.unit !== "days" ? 2 : 1)} ${UNITS[found.unit] ?? found.unit}`.trim();
};

const sentence = (says) => says.charAt(0).toUpperCase() + says.slice(1);
// A list on a phone shows the beginning only.
const named = (column) => `${sentence(column.says.split(/[:;]/)[0])} (${column.name})`;

function select(label, options, value, onchange, hint = "") {
  const id = newId();
  const node = h("select", { id, onchange: () => onchange(node.value) }, options.map(([key, text]) => h("option", { value: key }, text)));
  node.value = value;
  return h("div", { class: "cslx-field" }, h("label", { for: id }, label), hint ? h("p", { class: "cslx-hint" }, hint) : null, node);
}

function entry(label, attributes, value, onchange) {
  const id = newId();
  const node = h("input", { id, value, ...attributes, onchange: () => onchange(node.value) });
  return h("div", { class: "cslx-field" }, h("label", { for: id }, label), node);
}

// What the values of a column are, most frequent first; nothing for a column of many.
function valuesOf(table, column, tidy) {
  const seen = new Map();
  for (const row of table.rows) {
    if (row[column] === null) continue;
    const text = tidy && typeof row[column] === "string" ? plain(row[column]) : String(row[column]);
    seen.set(text, (seen.get(text) ?? 0) + 1);
    if (seen.size > MOST_VALUES) return [];
  }
  return [...seen].sort((a, b) => b[1] - a[1]).map(([text]) => text);
}

// "Delivery " and "delivery" look alike in a list, so the spaces are shown.
const visible = (text) => (text === text.trim() ? text : text.replace(/^ +| +$/g, (spaces) => "␣".repeat(spaces.length)));
const isFigure = (column) => column.type === "integer" || column.type === "number";
const isWord = (column) => column.type === "string" || column.type === "boolean";

const EMPTY = { table: "", measure: { kind: "count", column: "", value: "" }, filter: [], start: "", end: "", without: [], tidy: false };

// recipe: see data_room.py. fixed: the table is given. onchange(recipe, found) hears every change.
export function bench({ tables, recipe: given, fixed: isGiven = false, announce, onchange }) {
  let recipe = { ...structuredClone(EMPTY), ...given };
  let table = null;
  let found = null;
  let recount = null;
  let trouble = "The table is still on its way.";
  const choose = h("div");
  const form = h("div");
  const result = h("div", { class: "cslx-result" });
  const node = h("div", {}, choose, form, result);
  const words = h("p", { class: "cslx-say" });
  const more = h("p", {});
  const pictures = h("div");
  const refuse = (box, error) => {
    trouble = error.message;
    box.replaceChildren(h("p", { class: "cslx-error", role: "alert" }, error instanceof Problem ? error.message : `This did not work: ${error.message}`));
  };

  async function open(name) {
    recipe.table = name;
    table = null;
    found = null;
    result.replaceChildren();
    if (!name) {
      form.replaceChildren(h("p", {}, "Choose a table from the list first."));
      return;
    }
    form.replaceChildren(h("p", {}, "The table is on its way …"));
    try {
      const came = await tables.table(name);
      if (recipe.table !== name) return;
      table = came;
    } catch (error) {
      refuse(form, error);
      return;
    }
    if (table.when && !(recipe.start && recipe.end)) Object.assign(recipe, { start: table.first, end: table.last });
    if (!table.when) Object.assign(recipe, { start: "", end: "" });
    build();
    result.replaceChildren(words, more, pictures);
    update(false);
  }

  // The form is built anew where one choice opens others, and the focus stays where it was.
  function rebuild() {
    const controls = () => [...form.querySelectorAll("select, input")];
    const at = controls().indexOf(document.activeElement);
    build();
    if (at >= 0) controls()[at]?.focus();
    update();
  }

  function build() {
    form.replaceChildren(
      h("p", {}, h("strong", {}, `${table.title}. `), `${rowsOf(table.rows.length)}.`),
      part("What to measure", measureForm()),
      part("Which rows", [...filterForm(), ...periodForm()]),
      part("What to leave out", withoutForm()),
    );
  }

  const part = (legend, children) => h("fieldset", { class: "cslx-choice" }, h("legend", {}, legend), children);
  const set = (change) => {
    Object.assign(recipe, change);
    rebuild();
  };
  // What is typed or ticked opens no other choice; the form stays, so that Tab and the
  // picker of a date work on.
  const adjust = (change) => {
    Object.assign(recipe, change);
    recount?.();
    update();
  };
  const measure = (change) => set({ measure: { ...recipe.measure, ...change } });

  function measureForm() {
    const { kind, column, value } = recipe.measure;
    const ratio = (one) => `ratio:${one[0]}:${one[1]}`;
    const able = table.columns.filter((one) => isFigure(one) || (isWord(one) && valuesOf(table, one.name, recipe.tidy).length > 1));
    const options = [
      ["count", "How many rows"],
      ...table.ratios.map((one) => [ratio(one), `${sentence(one[2])} (${one[0]} ÷ ${one[1]})`]),
      ...able.map((one) => [one.name, named(one)]),
    ];
    const now = kind === "count" ? kind : kind === "ratio" ? ratio([column, value]) : column;
    const parts = [
      select("Figure", options, now, (to) => {
        if (to === "count") measure({ kind: "count", column: "", value: "" });
        else if (to.startsWith("ratio:")) measure({ kind: "ratio", column: to.split(":")[1], value: to.split(":")[2] });
        else if (isFigure(table.column(to))) measure({ kind: "mean", column: to, value: "" });
        else measure({ kind: "is", column: to, value: startingValue(to) });
      }),
    ];
    const described = table.column(column);
    if (!described || kind === "ratio") return parts;
    const values = valuesOf(table, column, recipe.tidy);
    if (isFigure(described)) {
      const kinds = [["mean", "Mean: the sum shared out evenly"], ["median", "Median: the one in the middle"], ["at least", "Share at or above a value"], ["at most", "Share at or below a value"]];
      if (values.length > 1) kinds.push(["is", "Share with one value"]);
      parts.push(select("How to sum it up", kinds, kind, (to) => measure({ kind: to, value: SHARES.includes(to) ? recipe.measure.value || startingValue(column) : "" })));
    }
    if (kind === "is") parts.push(select("Share of rows that say", values.map((one) => [one, visible(one)]), value, (to) => measure({ value: to })));
    else if (SHARES.includes(kind)) {
      const unit = described.unit ? ` (${described.unit})` : "";
      parts.push(entry(`Value${unit}`, { type: "number", step: "any" }, value, (to) => adjust({ measure: { ...recipe.measure, value: to } })));
    }
    return parts;
  }

  function startingValue(column) {
    if (isFigure(table.column(column))) return String(Math.round(spread(held(table.rows, column)).median));
    const [first] = valuesOf(table, column, recipe.tidy);
    return table.column(column).type === "boolean" ? "yes" : first;
  }

  function filterForm() {
    const able = table.columns.filter((one) => (isWord(one) || one.type === "integer") && valuesOf(table, one.name, recipe.tidy).length > 1);
    const options = [["", "All rows"], ...able.map((one) => [one.name, named(one)])];
    const lines = Math.min(recipe.filter.length + 1, LINES);
    return Array.from({ length: lines }, (_, n) => {
      const [column, value] = recipe.filter[n] ?? ["", ""];
      const change = (to) => {
        const filter = recipe.filter.map((one) => [...one]);
        if (to) filter[n] = to;
        else filter.splice(n, 1);
        set({ filter });
      };
      const nodes = [select(n ? `And only rows by (${n + 1})` : "Only rows by", options, column, (to) => change(to ? [to, valuesOf(table, to, recipe.tidy)[0]] : null))];
      if (column) nodes.push(select(`Where ${column} is`, valuesOf(table, column, recipe.tidy).map((one) => [one, visible(one)]), value, (to) => change([column, to])));
      return h("div", { class: "cslx-pairs" }, nodes);
    });
  }

  function periodForm() {
    if (!table.when) return [];
    const edge = (label, key) =>
      entry(label, { type: "date", min: table.first, max: table.last }, recipe[key], (to) => adjust({ [key]: to || (key === "start" ? table.first : table.last) }));
    return [h("div", { class: "cslx-pairs" }, edge("From", "start"), edge("To (that day included)", "end"))];
  }

  function withoutForm() {
    const tick = (label, says, checked, onchange) => {
      const box = h("input", { type: "checkbox", checked, onchange: () => onchange(box.checked) });
      const number = h("span", { class: "cslx-amount" });
      return { number, node: h("li", {}, h("label", {}, box, h("span", {}, label), number, h("small", {}, says))) };
    };
    const ticks = table.rules.map((rule) =>
      tick(sentence(rule.name), rule.says, recipe.without.includes(rule.name), (on) =>
        adjust({ without: table.rules.map((one) => one.name).filter((one) => (one === rule.name ? on : recipe.without.includes(one))) }),
      ),
    );
    recount = () => {
      const rows = chosen(table, recipe);
      table.rules.forEach((rule, n) => {
        ticks[n].number.textContent = rowsOf(rows.filter(rule.falls).length);
      });
    };
    recount();
    const nodes = ticks.map((one) => one.node);
    if (freeWords().length) {
      const says = `Not rows, but spellings: read “Delivery ” and “delivery” as one (${freeWords().join(", ")})`;
      nodes.push(
        tick("Capitals and spaces", says, recipe.tidy, (on) => {
          const plainly = (column, value) => (on && freeWords().includes(column) ? plain(value) : value);
          const { column, value } = recipe.measure;
          set({
            tidy: on,
            measure: { ...recipe.measure, value: plainly(column, value) },
            filter: recipe.filter.map(([one, wanted]) => [one, plainly(one, wanted)]),
          });
        }).node,
      );
    }
    if (!nodes.length) return [h("p", {}, "Nothing is offered for this table. Blank rows are never counted.")];
    return [h("p", { class: "cslx-hint" }, "Tick what does not belong to your question, and nothing else. Blank rows are never counted."), h("ul", { class: "cslx-lines cslx-ticks" }, nodes)];
  }

  // Columns in which one word is spelt in several ways.
  function freeWords() {
    table.free ??= table.columns
      .filter((one) => one.type === "string")
      .filter((one) => {
        const values = valuesOf(table, one.name, false);
        return values.length > new Set(values.map(plain)).size;
      })
      .map((one) => one.name);
    return table.free;
  }

  function update(spoken = true) {
    try {
      found = table.answer(recipe);
      trouble = "";
    } catch (error) {
      found = null;
      trouble = error.message;
      words.textContent = error instanceof Problem ? error.message : `This did not work: ${error.message}`;
      more.textContent = "";
      pictures.replaceChildren();
      if (!(error instanceof Problem)) console.error(error);
    }
    if (found) describe();
    if (spoken) announce(words.textContent);
    onchange?.(structuredClone(recipe), found);
  }

  function describe() {
    const { kind, column } = recipe.measure;
    const rows = kept(table, recipe);
    const [low, high] = [found.low, found.high].map((end) => (end === null ? null : shown({ ...found, value: end })));
    if (kind === "count") words.textContent = `${rowsOf(found.n)}.`;
    else {
      const what = kind === "ratio" ? `${whole(found.n)} in all` : `${rowsOf(found.n)} with a value`;
      words.textContent = `${shown(found)}, from ${what}.` + (low === null ? " Too few rows for an interval." : ` The 95% interval runs from ${low} to ${high}.`);
    }
    const remarks = [];
    if (low !== null) remarks.push("If these rows are a fair sample, the true figure very likely lies in the interval: the method catches it 19 times in 20.");
    if (kind !== "count" && found.n < FEW) remarks.push(`Only ${found.n} rows: do not build a case on them alone.`);
    if (kind !== "count" && kind !== "ratio" && rows.length > found.n) {
      remarks.push(`${whole(rows.length - found.n)} of ${whole(rows.length)} chosen rows are blank in ${column}, so ${Math.round((100 * found.n) / rows.length)}% have a value. Are they like the others?`);
    }
    if (isFigure(table.column(column) ?? {}) && (kind === "mean" || kind === "median")) {
      const [unit, by] = unitOf(table, column);
      const quarters = spread(held(rows, column));
      const say = (value) => shown({ unit, value: value / by });
      remarks.push(`The middle half lies between ${say(quarters.lower)} and ${say(quarters.upper)}; lowest ${say(quarters.lowest)}, highest ${say(quarters.highest)}.`);
    }
    more.textContent = remarks.join(" ");
    draw(rows);
  }

  let drawn = null;
  function draw(rows) {
    const { steps, title, head } = distribution(table, recipe, rows);
    // A chart keeps its place and its open table while only its figures change.
    if (drawn?.title !== title) {
      drawn = { title, chart: barChart(title, head) };
      pictures.replaceChildren(drawn.chart.node);
    } else if (!pictures.childNodes.length) pictures.replaceChildren(drawn.chart.node);
    drawn.chart.update(steps);
  }

  const ready = isGiven
    ? open(recipe.table)
    : tables.catalogue().then(
        (resources) => {
          const names = resources.map((one) => [one.path.replace(/\.csv$/, ""), one.title]);
          let wanted = names.some(([name]) => name === recipe.table) ? recipe.table : "";
          // Opened by a button: arrow keys in a closed list would fetch every table on the way.
          const go = h("button", { type: "button", onclick: () => {
            recipe = structuredClone(EMPTY);
            open(wanted);
            onchange?.(structuredClone(recipe), null);
          } }, "Open the table");
          choose.replaceChildren(
            select("Table", [["", "Choose a table"], ...names], wanted, (name) => {
              wanted = name;
            }),
            go,
          );
          return recipe.table ? open(recipe.table) : null;
        },
        (error) => refuse(choose, error),
      );
  return { node, ready, table: () => table, found: () => found, trouble: () => trouble, recipe: () => structuredClone(recipe) };
}

// How the chosen rows are spread: steps of a figure, rows for each word, or rows for each month.
function distribution(table, recipe, rows) {
  const { kind, column, value } = recipe.measure;
  const described = table.column(column);
  if (kind === "count") {
    if (!table.when) return { title: "Rows", head: ["", "Rows"], steps: [{ label: "All", count: rows.length, counted: true }] };
    const months = new Map();
    for (const row of rows) {
      const month = row[table.when].slice(0, 7);
      months.set(month, (months.get(month) ?? 0) + 1);
    }
    return { title: "Rows in each month", head: ["Month", "Rows"], steps: [...months].sort().map(([label, count]) => ({ label, count, counted: true })) };
  }
  if (kind === "ratio") {
    const shares = rows.filter((row) => row[value]).map((row) => (100 * row[column]) / row[value]);
    return { title: `Days by share: ${column} ÷ ${value}, in %`, head: ["From, in %", "Days"], steps: stepsOf(shares, () => true) };
  }
  const values = held(rows, column);
  if (isFigure(described)) {
    const [unit, by] = unitOf(table, column);
    const inUnit = UNITS[unit] ? `, in ${UNITS[unit]}` : "";
    const marked = (from, to) => !SHARES.includes(kind) || counts((from + to) / 2, recipe) || counts(from, recipe);
    return { title: `Rows by ${column}${inUnit}`, head: [`From${inUnit.replace(",", "")}`, "Rows"], steps: stepsOf(values.map((one) => one / by), (from, to) => marked(from * by, to * by)) };
  }
  const seen = new Map();
  for (const one of values) {
    const text = recipe.tidy ? plain(one) : one;
    seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  const order = [...seen].sort((a, b) => b[1] - a[1]);
  const steps = order.slice(0, 14).map(([label, count]) => ({ label: visible(label), count, counted: same(label, value, recipe.tidy) }));
  const others = order.slice(14).reduce((total, [, count]) => total + count, 0);
  if (others) steps.push({ label: `${order.length - 14} others`, count: others, counted: false });
  return { title: `Rows by ${column}`, head: [column, "Rows"], steps };
}

// Bars of equal width; the last one gathers a long thin tail, so that the rest can be seen.
function stepsOf(values, marked) {
  if (!values.length) return [];
  const order = [...values].sort((a, b) => a - b);
  const tail = order[Math.floor(0.99 * (order.length - 1))];
  const most = order[order.length - 1];
  const inside = most > 2 * tail ? values.filter((one) => one <= tail) : values;
  const steps = bins(inside).map(({ start, end, count }) => ({ label: short(start), count, counted: marked(start, end) }));
  if (inside.length < values.length) steps.push({ label: `over ${short(tail)}`, count: values.length - inside.length, counted: marked(tail, most) });
  return steps;
}

const short = (value) => String(+value.toFixed(2)).replace("-", "−");

const barChart = (title, head) =>
  chart({
    title,
    head: [...head, "Counted"],
    describe: (steps) => steps.map((step) => `${step.label}: ${step.count}`).join("; "),
    rows: (steps) => steps.map((step) => [step.label, whole(step.count), step.counted ? "yes" : "no"]),
    draw: (Plot, width, steps) =>
      Plot.plot({
        ...plotStyle,
        width,
        height: 40 + 24 * Math.max(steps.length, 2),
        marginLeft: Math.min(130, 24 + 8 * Math.max(...steps.map((step) => step.label.length), 4)),
        marginRight: 50,
        x: { axis: null },
        y: { label: null, domain: steps.map((step) => step.label), tickSize: 0, padding: 0.2 },
        marks: [
          // Filled bars are counted in the figure; those with an outline only are not.
          Plot.barX(steps, { x: "count", y: "label", fill: (step) => (step.counted ? INK.first : "none"), stroke: INK.first, strokeWidth: 1.5 }),
          Plot.text(steps, { ...READABLE, x: "count", y: "label", text: (step) => whole(step.count), textAnchor: "start", dx: 6 }),
          Plot.ruleX([0], { stroke: "currentColor" }),
        ],
      }),
  });

// ---- the row to copy ---------------------------------------------------------------------

const pretty = (row) => `{\n${Object.entries(row).map(([key, value]) => `  ${JSON.stringify(key)}: ${toPython(value)},\n`).join("")}}`;

// A row as text to copy, with a button. Without leave to use the clipboard the text is
// marked instead, so that the keyboard can copy it.
export function literal(row, label) {
  const id = newId();
  const area = h("textarea", { id, rows: 11, readonly: true, spellcheck: "false", class: "cslx-literal", value: pretty(row) });
  const said = h("p", { role: "status", class: "cslx-hint" });
  const copy = h("button", { type: "button", class: "cslx-go" }, "Copy the row");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(area.value);
      said.textContent = "Copied. Paste it into your answer.";
    } catch {
      area.focus();
      area.select();
      said.textContent = "The text is marked. Copy it with Ctrl and C, or by a long press.";
    }
  });
  return h("div", { class: "cslx-field" }, h("label", { for: id }, label), area, copy, said);
}

// ---- the open room ----------------------------------------------------------------------

const READS = [["", "Choose"], ["worse", "Worse than it should be"], ["same", "As it should be"], ["better", "Better than it should be"]];

// Any table, any question; what is chosen is kept as the model's "room", apart from the steps.
export function openRoom(tables, model, place, say) {
  const out = h("div");
  let timer = 0;
  let kept = { recipe: null, id: "E1", reads: "", ...model.get("room") };
  const keep = (change) => {
    kept = { ...kept, ...change };
    model.set("room", kept);
    model.save_changes();
  };
  const announce = (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => say(words), 500);
  };
  let lastFound = null;

  const cite = h("div");
  function show() {
    if (!lastFound || !kept.reads) {
      cite.replaceChildren(h("p", {}, "Say how the figure reads, and the row appears here."));
      if (kept.row) keep({ row: null });
      return;
    }
    const row = evidenceRow(kept.recipe, lastFound, kept.id, kept.reads);
    keep({ row });
    cite.replaceChildren(literal(row, "Evidence row"));
  }

  const room = bench({
    // A page may name the table on which the room opens.
    tables, recipe: kept.recipe ?? { table: model.get("table") || "" }, announce,
    onchange(recipe, found) {
      lastFound = found;
      keep({ recipe });
      out.hidden = !found;
      show();
    },
  });
  out.replaceChildren(
    h("h4", {}, "Evidence row"),
    h("div", { class: "cslx-pairs" },
      select("Number of the row", Array.from({ length: 8 }, (_, n) => [`E${n + 1}`, `E${n + 1}`]), kept.id, (id) => {
        keep({ id });
        show();
      }),
      select("How it reads", READS, kept.reads, (reads) => {
        keep({ reads });
        show();
      }),
    ),
    cite,
  );
  out.hidden = true;
  place.replaceChildren(room.node, out);
  return () => clearTimeout(timer);
}
