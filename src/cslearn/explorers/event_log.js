// The arithmetic of cslearn.methods.office_hours and cslearn.methods.eventlog, step by step in
// the same order, so that a page and a notebook give the same figures. A test compares them.
import { bankHolidays } from "./rights.js";

export class Problem extends Error {}

export const CLOSING = "confirm";
const TEST_RESOURCE = "T00";
const REPLY = "reply";
const AGAIN = "investigate";
const ENGLAND_AND_WALES = "England and Wales";
const FIRST_YEAR = 2008;
const OPENS = 540;
const CLOSES = 1020;
// From Monday 1 January of the year 1 to 1 January 1970.
const TO_1970 = 719162;

// ---- office hours -----------------------------------------------------------------------

const holidays = new Map();
const holidaysOf = (year) => {
  if (!holidays.has(year)) holidays.set(year, bankHolidays(year, ENGLAND_AND_WALES));
  return holidays.get(year);
};
const days = new Map();

const noMoment = (moment) => new Problem(`'${String(moment).slice(0, 40)}' is not a date and time, such as 2024-03-11 09:30. Put it right.`);

function dayOf(text) {
  const known = days.get(text);
  if (known) return known;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.UTC(+text.slice(0, 4), text.slice(5, 7) - 1, +text.slice(8)) : NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) return null;
  const year = +text.slice(0, 4);
  if (year < FIRST_YEAR) throw new Problem(`${text} lies before ${FIRST_YEAR}, where the calendar of bank holidays begins. Use later dates.`);
  let free = holidaysOf(year).filter((day) => day < text).length;
  for (let before = FIRST_YEAR; before < year; before += 1) free += holidaysOf(before).length;
  const number = at / 86400000 + TO_1970;
  const weekdays = 5 * Math.floor(number / 7) + Math.min(number % 7, 5);
  const found = [weekdays - free, number % 7 < 5 && !holidaysOf(year).includes(text)];
  days.set(text, found);
  return found;
}

// Where a moment, "2024-03-11 09:30", lies on the clock of an office that is open from nine to five.
export function minutes(moment) {
  const text = String(moment);
  const day = dayOf(text.slice(0, 10));
  const time = /^(\d\d).(\d\d)/.exec(text.slice(11));
  if (!day || !time || time[1] > 23 || time[2] > 59) throw noMoment(moment);
  const today = day[1] ? Math.min(Math.max(time[1] * 60 + +time[2] - OPENS, 0), CLOSES - OPENS) : 0;
  return day[0] * (CLOSES - OPENS) + today;
}

export const between = (earlier, later) => Math.max(0, minutes(later) - minutes(earlier));

// ---- cases ------------------------------------------------------------------------------

export function cases(rows) {
  const found = new Map();
  rows.forEach((row, place) => {
    if (!row.case_id || !row.activity || !row.start_ts || !row.end_ts) {
      throw new Problem(`Row ${place + 1} of the event log lacks a case number, an activity, a start or an end. Mend it or leave it out.`);
    }
    const key = `${row.site ?? ""}|${row.case_id}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(row);
  });
  return [...found.values()].map((entries) => {
    // Stable, so that steps of one minute stay in the order of the rows.
    const sorted = [...entries].sort((one, two) => compare(one.start_ts, two.start_ts));
    let came = null;
    const steps = sorted.map((row) => {
      const [begins, ends] = [minutes(row.start_ts), minutes(row.end_ts)];
      const wait = came === null ? 0 : Math.max(0, begins - came);
      came = ends;
      return {
        activity: row.activity, role: row.role ?? "", resource: row.resource ?? "", start: row.start_ts, end: row.end_ts,
        outcome: row.outcome ?? "", wait, touch: Math.max(0, ends - begins),
      };
    });
    return { site: entries[0].site ?? "", number: entries[0].case_id, steps };
  });
}

export const compare = (one, two) => (one < two ? -1 : one > two ? 1 : 0);
export const traceOf = (one) => one.steps.map((step) => step.activity);
const isTest = (one) => one.steps.some((step) => step.resource === TEST_RESOURCE);
export const withoutTestCases = (log) => log.filter((one) => !isTest(one));
const isOpen = (one, closing) => one.steps.every((step) => step.activity !== closing);
export const closedCases = (log, closing = CLOSING) => log.filter((one) => !isOpen(one, closing));
export const openCases = (log, closing = CLOSING) => log.filter((one) => isOpen(one, closing));

// ---- where it sticks --------------------------------------------------------------------

// A list, in the order in which the activities first appear; figures as in Python's StepFigures.
export function stepFigures(log) {
  const found = new Map();
  let everything = 0;
  for (const one of log) {
    const seen = new Set();
    for (const step of one.steps) {
      if (!found.has(step.activity)) found.set(step.activity, { count: 0, cases: 0, wait: 0, touch: 0, longest: 0 });
      const sum = found.get(step.activity);
      sum.count += 1;
      sum.wait += step.wait;
      sum.touch += step.touch;
      sum.longest = Math.max(sum.longest, step.wait);
      everything += step.wait;
      seen.add(step.activity);
    }
    for (const activity of seen) found.get(activity).cases += 1;
  }
  return [...found].map(([activity, sum]) => ({
    activity,
    count: sum.count,
    cases: sum.cases,
    wait_hours: sum.wait / sum.count / 60,
    touch_minutes: sum.touch / sum.count,
    total_wait_hours: sum.wait / 60,
    total_touch_hours: sum.touch / 60,
    share_of_wait: everything ? sum.wait / everything : 0,
    longest_wait_hours: sum.longest / 60,
  }));
}

// The one with the largest figure; of two alike the first.
export const largest = (figures, measure) => figures.reduce((one, two) => (two[measure] > one[measure] ? two : one));

export function bottleneck(log) {
  const figures = stepFigures(log);
  if (!figures.length) throw new Problem("The log has no cases, so it has no bottleneck. Widen the filter.");
  return largest(figures, "total_wait_hours").activity;
}

const totalOf = (log, what) => log.reduce((sum, one) => one.steps.reduce((more, step) => more + step[what], sum), 0);

export function flowEfficiency(log) {
  const [wait, touch] = [totalOf(log, "wait"), totalOf(log, "touch")];
  return touch + wait ? touch / (touch + wait) : 0;
}

const pairs = (list) => list.slice(1).map((two, n) => [list[n], two]);
const cameBack = (one, after, to) => pairs(one.steps).some(([a, b]) => a.activity === after && b.activity === to);

export const reworkRate = (log, after = REPLY, to = AGAIN) =>
  log.length ? log.filter((one) => cameBack(one, after, to)).length / log.length : 0;

// ---- who hands over to whom ---------------------------------------------------------------

const passes = (log, by) => log.flatMap((one) => pairs(one.steps).map(([a, b]) => [a[by], b[by]]).filter(([a, b]) => a !== b));

export const handOffsMean = (log, by = "role") => (log.length ? passes(log, by).length / log.length : 0);

// [giver, taker, times], the largest first.
export function handOffMatrix(log, by = "role") {
  const counts = tally(passes(log, by));
  return counts.sort((one, two) => two[2] - one[2] || compare(one[0], two[0]) || compare(one[1], two[1]));
}

function tally(lists) {
  const counts = new Map();
  for (const list of lists) {
    const key = JSON.stringify(list);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, times]) => [...JSON.parse(key), times]);
}

// ---- which ways cases go ------------------------------------------------------------------

function compareLists(one, two) {
  for (let n = 0; n < Math.min(one.length, two.length); n += 1) {
    const order = compare(one[n], two[n]);
    if (order) return order;
  }
  return one.length - two.length;
}

// [activities, cases], the most frequent first.
export function variants(log) {
  const counts = tally(log.map((one) => [traceOf(one)]));
  return counts.sort((one, two) => two[1] - one[1] || compareLists(one[0], two[0]));
}

// [one, next, times, cases], in the order of first appearance.
export function directlyFollows(log) {
  const found = new Map();
  for (const one of log) {
    const seen = new Set();
    for (const pair of pairs(traceOf(one))) {
      const key = JSON.stringify(pair);
      if (!found.has(key)) found.set(key, [...pair, 0, 0]);
      const counts = found.get(key);
      counts[2] += 1;
      if (!seen.has(key)) counts[3] += 1;
      seen.add(key);
    }
  }
  return [...found.values()];
}
