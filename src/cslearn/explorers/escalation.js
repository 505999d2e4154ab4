// The arithmetic of cslearn.methods.escalation, step by step in the same order, so that page
// and notebook agree. A test compares them.
import { Problem, NATIONS, isWorkingDay, plus } from "./rights.js";

const PARTS = /,\s*(?:or\s+)?|\s+or\s+/;

// rows: {severity, meaning, owner, answer_within_working_days}, as the policy has them.
export function matrix(rows) {
  const found = rows
    .map((row) => ({
      severity: row.severity,
      facts: row.meaning.trim().split(PARTS).filter((part) => part),
      owner: row.owner,
      days: row.answer_within_working_days,
    }))
    .sort((one, two) => one.severity - two.severity);
  if (!found.length) throw new Problem("The matrix has no rows. Give at least one.");
  const facts = found.flatMap((row) => row.facts);
  if (new Set(found.map((row) => row.severity)).size < found.length || new Set(facts).size < facts.length) {
    throw new Problem("Two rows of the matrix have the same severity or the same fact. Nobody could tell which counts.");
  }
  return found;
}

export function rowFor(facts, rows) {
  let found = rows[0];
  for (const fact of facts) {
    const row = rows.find((one) => one.facts.includes(fact));
    if (!row) throw new Problem(`No row of the matrix knows '${fact}'. It knows: ${rows.flatMap((one) => one.facts).join("; ")}.`);
    if (row.severity > found.severity) found = row;
  }
  return found;
}

export function mayAgree(amount, limits) {
  if (!Number.isFinite(amount) || amount < 0) throw new Problem(`A sum of money must be a number, 0 or more, but this is ${amount}.`);
  let before = 0;
  for (const [role, limit] of Object.entries(limits)) {
    if (limit < before) throw new Problem(`The limit of ${role} is lower than that of the role before. List the roles upwards.`);
    before = limit;
  }
  return Object.entries(limits).find(([, limit]) => amount <= limit)?.[0] ?? null;
}

export function answerBy(received, days, nation = NATIONS[0]) {
  let day = plus(received, 0);
  if (!Number.isInteger(days) || days < 1) throw new Problem(`Say in how many working days, as a whole number from 1 on, not ${days}.`);
  if (!NATIONS.includes(nation)) throw new Problem(`Say whose bank holidays count: ${NATIONS.join(", ")}. '${nation}' is none of them.`);
  let left = days;
  while (left) {
    day = plus(day, 1);
    if (isWorkingDay(day, nation)) left -= 1;
  }
  return day;
}
