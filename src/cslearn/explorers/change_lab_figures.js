// What the screens of the change lab have in common: years that were played, figures in words, and two tables.
import { fixed, gbp, h, table } from "./kit.js";
import { ELEMENTS, STATIONS, TEAMS, playYear, west } from "./change_lab_model.js";
import { data } from "./change_lab_data.js";

// For the steps after the prediction, which have words of their own.
export const facts = data;

// Years that were played are kept, because a step asks for them again.
export const kept = new Map();
export function once(key, make) {
  const found = kept.has(key) ? kept.get(key) : make();
  // What was asked for last stands last; the first goes when there are many.
  kept.delete(key);
  kept.set(key, found);
  if (kept.size > 12) kept.delete(kept.keys().next().value);
  return found;
}
export const baseOf = (seed) => once(`base ${seed}`, () => ({ north: playYear({}, seed), west: west(seed) }));

// ---- words ------------------------------------------------------------------------------

export const kpiName = (kpi) => data.kpis[kpi][0];
export const lower = (text) => text[0].toLowerCase() + text.slice(1);
export function shown(kpi, value) {
  if (value === null || value === undefined) return "none yet";
  const unit = data.kpis[kpi]?.[1] ?? "";
  if (unit === "£") return gbp(value, true);
  if (unit.startsWith("%")) return `${fixed(value, 0)}%`;
  if (kpi === "open") return fixed(value, 0);
  return `${fixed(value)} ${unit}`.trim();
}
export const figures = (pairs) => h("dl", { class: "cslx-figures" }, pairs.map(([term, words]) => h("div", {}, h("dt", {}, term), h("dd", {}, words))));

// ---- tables and charts that several screens have ------------------------------------------

export function waitTable(caption, weeks) {
  const sum = (pick) => weeks.reduce((sofar, week) => sofar + pick(week), 0);
  const came = sum((week) => week.arrived);
  return table(caption, ["Who", "Visits by 100 complaints", "Work a visit", "Wait before it"],
    STATIONS.map((name) => {
      const visits = sum((week) => week.visits[name]);
      return [data.stations[name], fixed((100 * visits) / came, 0), `${fixed(sum((week) => week.minutes[name]) / visits, 0)} min`,
        `${fixed(sum((week) => week.waits_days[name] * week.visits[name]) / visits)} days`];
    }));
}

export function readyTable(caption, ready) {
  // Teams side by side, so that it fits a phone.
  return table(caption, ["Element", ...TEAMS.map((team) => `Team ${team}`)], ELEMENTS.map((name, n) => [data.elements[name], ...ready.map((row) => fixed(row[n]))]));
}

export const between = (weeks, [first, last]) => weeks.filter((one) => first <= one.week && one.week <= last);
