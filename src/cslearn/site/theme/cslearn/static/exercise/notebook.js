// The notebook file: the released one with the learner's entries in it, and back.
// What is written is what nbformat would write, to the byte, so that a downloaded notebook
// differs from the released one in the answers alone.

import { literal, readAnswer } from "./literal.js";
import { blank, fitsForm, whole } from "./shape.js";

// Where Python's str.splitlines ends a line; nbformat keeps a cell's text as a list of lines.
const LINE = /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g;
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_CELLS = 2_000;
const STARTER = /^[^\n]*(?:\n(?!#)[^\n]*)*/;

export class Unreadable extends Error {}

const lines = (text) => text.match(LINE) ?? [];
const textOf = (cell) => {
  const source = Array.isArray(cell.source) ? cell.source.filter((part) => typeof part === "string").join("") : cell.source;
  return typeof source === "string" ? source : "";
};
const roleOf = (cell) => cell.metadata?.cslearn?.role ?? "";
const taskOf = (cell) => cell.metadata?.cslearn?.task ?? "";
const tidyText = (text) => text.replaceAll("\r\n", "\n").replace(/[^\S\n]+$/gm, "").replace(/^\n+|\n+$/g, "");
const isLocked = (cell) => cell.metadata?.nbgrader && cell.metadata.editable === false;
// A code cell to play in: not marked, not locked.
export const isScratch = (cell) =>
  cell.cell_type === "code" && !["answer", "check", "learner_code"].includes(roleOf(cell)) && !isLocked(cell);

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// The released notebook as text, filled with `entries`:
// { code, tasks: { name: { answer } | { source } | { text } }, cells: { id: source }, extras: [...] }
export const write = (released, tasks, entries) => {
  const notebook = structuredClone(released);
  for (const cell of notebook.cells) {
    const task = tasks.find((one) => one.name === taskOf(cell));
    const given = entries.tasks[task?.name];
    const role = roleOf(cell);
    let source = null;
    if (role === "learner_code" && entries.code) source = `learner_code = ${JSON.stringify(entries.code)}`;
    else if (role === "written" && given?.text) source = given.text;
    else if (role === "answer" && given?.source !== undefined) source = given.source;
    else if (role === "answer" && given && !same(given.answer, blank(task.schema))) {
      const answer = `${task.variable} = ${literal(given.answer)}`;
      // The line below the starter, which says what to do, stays where it is.
      source = textOf(cell).replace(STARTER, () => answer);
    } else if (Object.hasOwn(entries.cells, cell.id) && isScratch(cell)) source = entries.cells[cell.id];
    if (source !== null) cell.source = lines(source);
  }
  let number = 0;
  for (const extra of entries.extras ?? []) {
    const at = notebook.cells.findLastIndex((cell) => cell.id === extra.behind || cell.behind === extra.behind);
    do number += 1;
    while (notebook.cells.some((cell) => cell.id === `own-${number}`));
    const code = extra.kind === "code" ? { execution_count: null } : {};
    notebook.cells.splice(at + 1, 0, {
      cell_type: extra.kind,
      ...code,
      id: `own-${number}`,
      metadata: {},
      ...(extra.kind === "code" ? { outputs: [] } : {}),
      source: lines(extra.source),
      behind: extra.behind,
    });
  }
  for (const cell of notebook.cells) delete cell.behind;
  return `${JSON.stringify(notebook, null, 1)}\n`;
};

const parsed = (text) => {
  let notebook;
  try {
    notebook = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    if (/^<{7} |^>{7} /m.test(text)) {
      throw new Unreadable("This file holds the marks of a merge conflict (<<<<<<<). Choose another copy of it.");
    }
    throw new Unreadable(
      text.trimStart().startsWith("{")
        ? "This file is damaged or was not saved completely. Choose another copy of it."
        : "This file is not a notebook. A notebook's name ends in .ipynb.",
    );
  }
  if (notebook === null || typeof notebook !== "object" || !Array.isArray(notebook.cells)) {
    throw new Unreadable(
      notebook?.worksheets
        ? "This notebook was saved in a very old format. Open it in JupyterLab, save it, and choose it again."
        : "This file is not a notebook. A notebook's name ends in .ipynb.",
    );
  }
  if (notebook.cells.length > MOST_CELLS) throw new Unreadable(`This notebook has more than ${MOST_CELLS} cells.`);
  return notebook.cells.filter((cell) => cell !== null && typeof cell === "object");
};

const likeness = (target, task) => {
  if (roleOf(target) === "answer") return new RegExp(`^${task.variable}[ \\t]*=(?!=)`, "m");
  if (roleOf(target) === "learner_code") return /^learner_code[ \t]*=(?!=)/m;
  return null;
};

// For each released cell the one that stands for it: by id, by label, and where another tool
// has taken these away, by its text.
const matched = (cells, released, tasks) => {
  const found = new Map();
  const taken = new Set();
  const take = (target, cell) => {
    found.set(target, [...(found.get(target) ?? []), cell]);
    taken.add(cell);
  };
  for (const cell of cells) {
    const target = released.find(
      (one) =>
        one.id === cell.id ||
        one.id === cell.metadata?.nbgrader?.grade_id ||
        (roleOf(one) && roleOf(one) === roleOf(cell) && taskOf(one) === taskOf(cell)),
    );
    if (target && (roleOf(target) || target.cell_type === cell.cell_type)) take(target, cell);
  }
  for (const target of released.filter((one) => !found.has(one))) {
    const pattern = likeness(target, tasks.find((one) => one.name === taskOf(target)));
    for (const cell of cells) {
      const alike = cell.cell_type === target.cell_type && tidyText(textOf(cell)) === tidyText(textOf(target));
      if (!taken.has(cell) && (alike || (cell.cell_type === "code" && pattern?.test(textOf(cell))))) take(target, cell);
    }
  }
  // A written answer that lost its label stands between the same neighbours as before.
  for (const target of released.filter((one) => roleOf(one) === "written" && !found.has(one))) {
    const place = released.indexOf(target);
    const before = found.get(released[place - 1])?.at(-1);
    const after = found.get(released[place + 1])?.[0];
    const [low, high] = [cells.indexOf(before), after ? cells.indexOf(after) : cells.length];
    const free = cells.slice(low + 1, high).filter((cell) => !taken.has(cell) && cell.cell_type === "markdown");
    if (before && free.length) take(target, free[0]);
  }
  return { found, taken };
};

const otherExercise = (cells, exercise) => {
  for (const cell of cells) {
    const name = /\b(?:check|open_case)\(\s*["']([\w-]+)["']/.exec(textOf(cell))?.[1];
    if (name && name !== exercise) return name;
  }
  return null;
};

// What the learner entered in a notebook file: the same `entries` that `write` takes.
// Throws Unreadable, with the sentence to show, for a file that is no notebook of this exercise.
export const read = (text, exercise, released, tasks) => {
  if (text.length > MOST_BYTES) throw new Unreadable("This file is too large to be a notebook of this exercise.");
  if (!text.trim()) throw new Unreadable("This file is empty. Choose another copy of it.");
  const cells = parsed(text);
  const other = otherExercise(cells, exercise);
  if (other) throw new Unreadable(`This is the notebook of another exercise (${other}). Open it on that exercise's page.`);
  const { found, taken } = matched(cells, released.cells, tasks);
  const marked = released.cells.filter((cell) => ["answer", "check", "written"].includes(roleOf(cell)));
  if (!marked.some((cell) => found.has(cell))) {
    throw new Unreadable("This notebook has none of the cells of this exercise. Choose the notebook that you downloaded here.");
  }
  const entries = { code: "", tasks: {}, cells: {}, extras: [] };
  for (const [target, stand] of found) {
    const [role, task] = [roleOf(target), tasks.find((one) => one.name === taskOf(target))];
    const starter = tidyText(textOf(target));
    const filled = stand.filter((cell) => tidyText(textOf(cell)) !== starter && textOf(cell).trim());
    if (!filled.length) continue;
    // Of several copies the last one that was filled in counts, as it does for the marker.
    const source = textOf(filled.at(-1));
    if (role === "learner_code") {
      const code = readAnswer(source, "learner_code").value;
      if (typeof code === "string") entries.code = code;
    } else if (role === "written") entries.tasks[task.name] = { text: source };
    else if (role === "answer") entries.tasks[task.name] = answerFrom(source, task);
    else if (isScratch(target)) entries.cells[target.id] = source;
    else if (target.cell_type === "markdown" && roleOf(target) === "") {
      entries.extras.push({ behind: target.id, kind: "markdown", source });
    }
  }
  let behind = "";
  const home = new Map([...found].flatMap(([target, stand]) => stand.map((cell) => [cell, target])));
  for (const cell of cells) {
    if (home.has(cell)) behind = home.get(cell).id;
    else if (!taken.has(cell) && textOf(cell).trim()) {
      const kind = ["code", "markdown", "raw"].includes(cell.cell_type) ? cell.cell_type : "raw";
      entries.extras.push({ behind, kind, source: textOf(cell) });
    }
  }
  return entries;
};

const answerFrom = (source, task) => {
  const { value, code } = readAnswer(source, task.variable);
  // What the form cannot show is kept as it stands in the file.
  if (code || !fitsForm(value, task.schema) || value === null) return { source, because: code ?? "it has another shape" };
  return { answer: whole(value, task.schema) };
};

