// What a plan of the change lab costs, what it asks of the change team, and what is wrong with it, as in
// cslearn.methods.changelab.plan. A page needs it when a plan is made, and not before.
import { ACTIONS, BASELINE, BUDGET_GBP, CHANGE_HOURS, FINAL, INVOLVEMENT, NO_CHANGE, PREPARE, SWITCHES, TEAMS, WEEKS, firstLive, full, liveWeeks, pilotEnds, processLevers } from "./change_lab_model.js";

export const BLACKOUT = [33, 42];
export const WINS = ["none", "labels", "letters", "screen", "breakfast"];
export const WATCHED = ["in5_pct", "open", "reopen_pct", "csat_pct", "fcr_pct", "aht_min", "service_level_pct", "adoption", "morale"];
export const RANGES = {
  limit_gbp: [0, 150], extra_agents: [0, 6], manager_hours: [0, 5], training_hours: [0, 12], coaching_hours: [0, 3],
  support_weeks: [0, 16], messages: [0, 3], pilot_start: [PREPARE, 40], pilot_weeks: [1, 12], go_at: [-20, 60],
  stop_at: [-20, 60], go_live: [0, FINAL[0] - 1], pace: [0, 8], reserve_gbp: [0, 60000],
};
const SET_UP_GBP = { limit: 3000, sort_first: 14000, single_owner: 18000, courier_portal: 52000, one_signature: 5000, daily_posting: 9000 };
const WEEKLY_GBP = { extra_agent: 560, manager_hour: 65, daily_posting: 180, message: 140, pilot: 350 };
const INVOLVEMENT_GBP = { inform: 0, consult: 3500, "co-design": 9000 };
const WINS_GBP = { none: 0, labels: 2500, letters: 400, screen: 4000, breakfast: 600 };
const [TRAINING_HOUR_GBP, TRAINER_GBP, COACHING_HOUR_GBP, TEAM_HEADS] = [24, 1200, 160, 20];
const BUILD_HOURS = { limit: 2, sort_first: 5, single_owner: 6, courier_portal: 14, one_signature: 2, daily_posting: 4 };
const BUILD_WEEKS = 3;
const [MESSAGE_HOURS, PILOT_HOURS, WAVE_HOURS, WIN_HOURS] = [2.5, 6, 8, 5];
const INVOLVEMENT_HOURS = { inform: 0, consult: 6, "co-design": 12 };

const touchesPeople = (plan) =>
  ["messages", "training_hours", "coaching_hours", "reserve_gbp"].some((name) => plan[name]) || plan.involvement !== "inform" || plan.early_win !== "none";

export function costs(given) {
  const plan = full(given);
  if (!plan.go_live && !touchesPeople(plan)) return {};
  const left = plan.go_live ? WEEKS + 1 - plan.go_live : 0;
  const teams = plan.go_live ? TEAMS.length : 0;
  const until = Math.min(WEEKS, Math.max(...Object.values(liveWeeks(plan))) + plan.support_weeks);
  const parts = {};
  if (plan.go_live) for (const name of processLevers(plan)) parts[name] = SET_UP_GBP[name];
  if (plan.daily_posting && plan.go_live) parts.daily_posting += WEEKLY_GBP.daily_posting * left;
  parts.extra_agents = WEEKLY_GBP.extra_agent * plan.extra_agents * left;
  parts.manager_hours = WEEKLY_GBP.manager_hour * plan.manager_hours * left;
  if (plan.training_hours && teams) parts.training = teams * (TRAINER_GBP + TRAINING_HOUR_GBP * TEAM_HEADS * plan.training_hours);
  parts.coaching = COACHING_HOUR_GBP * plan.coaching_hours * plan.support_weeks * teams;
  parts.messages = WEEKLY_GBP.message * plan.messages * (until - PREPARE + 1);
  parts.involvement = INVOLVEMENT_GBP[plan.involvement];
  parts.early_win = WINS_GBP[plan.early_win];
  if (plan.pilot_team !== "none" && plan.go_live) parts.pilot = WEEKLY_GBP.pilot * plan.pilot_weeks;
  parts.reserve = plan.reserve_gbp;
  return Object.fromEntries(Object.entries(parts).filter(([, cost]) => cost));
}

export const total = (parts) => Object.values(parts).reduce((sum, cost) => sum + cost, 0);

export function changeHours(given) {
  const plan = full(given);
  const hours = Array.from({ length: WEEKS }, () => ({}));
  const add = (name, first, last, each) => {
    if (!each) return;
    for (let week = Math.max(first, 1); week <= Math.min(last, WEEKS); week += 1) hours[week - 1][name] = (hours[week - 1][name] ?? 0) + each;
  };
  const starts = firstLive(plan);
  const lives = liveWeeks(plan);
  const until = starts ? Math.max(...Object.values(lives)) + plan.support_weeks : PREPARE + plan.support_weeks;
  add("messages", PREPARE, until, MESSAGE_HOURS * plan.messages);
  if (!starts) return hours;
  add("building", starts - BUILD_WEEKS, starts - 1, processLevers(plan).reduce((sum, name) => sum + BUILD_HOURS[name], 0));
  add("involvement", starts - BUILD_WEEKS, starts - 1, INVOLVEMENT_HOURS[plan.involvement]);
  for (const week of Object.values(lives)) {
    add("training", week - 2, week - 1, plan.training_hours);
    add("coaching", week, week + plan.support_weeks - 1, plan.coaching_hours);
    add("going live", week, week + 1, WAVE_HOURS);
  }
  if (plan.pilot_team !== "none") add("pilot", plan.pilot_start, pilotEnds(plan), PILOT_HOURS);
  if (plan.early_win !== "none") add("early win", starts + 1, starts + 2, WIN_HOURS);
  return hours;
}

export const LABELS = {
  limit_gbp: "The approval limit", sort_first: "Sort at the first contact", single_owner: "One owner",
  courier_portal: "The courier portal", one_signature: "One signature", daily_posting: "Daily posting",
  extra_agents: "Extra agents", manager_hours: "Extra manager hours", training_hours: "Training hours",
  coaching_hours: "Coaching hours", support_weeks: "Weeks of support", messages: "Messages a week",
  involvement: "Involvement", early_win: "The early win", pilot_team: "The pilot team",
  pilot_start: "The first week of the pilot", pilot_weeks: "The length of the pilot", go_at: "The threshold to go",
  stop_at: "The threshold to stop", go_live: "The first wave", pace: "Weeks between waves", reserve_gbp: "The reserve",
};
export const PARTS = {
  limit: "the new limit", sort_first: "sorting at the first contact", single_owner: "one owner",
  courier_portal: "the courier portal", one_signature: "one signature", daily_posting: "daily posting",
  extra_agents: "extra agents", manager_hours: "extra manager hours", training: "training", coaching: "coaching",
  messages: "messages", involvement: "involvement", early_win: "the early win", pilot: "the pilot", reserve: "the reserve",
};
const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const shown = (value) => (value === null || value === "" ? "empty" : typeof value === "string" ? `'${value}'` : `${value}`);

// What is wrong with a plan, a sentence each; empty if it can be played.
export function problems(given) {
  const unknown = Object.keys(given).find((name) => !(name in NO_CHANGE));
  if (unknown) return [`There is no lever '${unknown}'.`];
  const plan = full(given);
  const found = shapes(plan);
  return found.length ? found : [...triggersWrong(plan), ...datesWrong(plan), ...meansWrong(plan)];
}

function shapes(plan) {
  const found = [];
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = plan[name];
    if (!isNumber(value) || value < least || value > most) {
      found.push(`${LABELS[name]} must be from ${number.format(least)} to ${number.format(most)}, but it is ${shown(value)}.`);
    } else if (!Number.isInteger(value) && name !== "go_at" && name !== "stop_at") {
      found.push(`${LABELS[name]} must be a whole number, but it is ${shown(value)}.`);
    }
  }
  for (const name of SWITCHES) if (typeof plan[name] !== "boolean") found.push(`${LABELS[name]} is either on or off, but it is ${shown(plan[name])}.`);
  for (const [name, known] of [["involvement", INVOLVEMENT], ["early_win", WINS], ["pilot_team", ["none", ...TEAMS]]]) {
    if (!known.includes(plan[name])) found.push(`${LABELS[name]} must be one of ${known.join(", ")}, but it is ${shown(plan[name])}.`);
  }
  if (!Array.isArray(plan.order) || plan.order.map(String).sort().join() !== TEAMS.join()) found.push("The order of the waves must name each of the teams A, B and C once.");
  if (!Array.isArray(plan.triggers)) found.push("Triggers come as a list.");
  return found;
}

function triggersWrong(plan) {
  const found = [];
  plan.triggers.forEach((trigger, n) => {
    const where = `Trigger ${n + 1}`;
    if (!trigger || Object.keys(trigger).sort().join() !== "action,kpi,op,value,weeks") {
      found.push(`${where} needs a measure (kpi), op, value, weeks and action.`);
      return;
    }
    if (!WATCHED.includes(trigger.kpi)) found.push(`${where} watches ${shown(trigger.kpi)}; it can watch ${WATCHED.join(", ")}.`);
    if (trigger.op !== "<" && trigger.op !== ">") found.push(`${where} must ask for below (<) or above (>).`);
    if (!isNumber(trigger.value)) found.push(`${where} needs a number to compare with, but it is ${shown(trigger.value)}.`);
    if (!Number.isInteger(trigger.weeks) || trigger.weeks < 1 || trigger.weeks > 8) found.push(`${where} must ask for 1 to 8 weeks in a row, but it is ${shown(trigger.weeks)}.`);
    if (!(trigger.action in ACTIONS)) found.push(`${where} calls for ${shown(trigger.action)}; it can call for ${Object.keys(ACTIONS).join(", ")}.`);
  });
  return found;
}

function datesWrong(plan) {
  const found = [];
  if (!plan.go_live) {
    if (processLevers(plan).length || plan.extra_agents || plan.manager_hours) found.push("The plan changes the process but never goes live. Give the first wave a week.");
    if (plan.pilot_team !== "none") found.push("There is a pilot but no first wave after it. Give the first wave a week, or drop the pilot.");
    return found;
  }
  const starts = firstLive(plan);
  if (starts < PREPARE + BUILD_WEEKS) {
    found.push(`The first team starts in week ${starts}. Weeks ${BASELINE[0]} to ${BASELINE[1]} are measured as they are, and building takes ${BUILD_WEEKS} weeks: start in week ${PREPARE + BUILD_WEEKS} or later.`);
  }
  if (plan.pilot_team !== "none") {
    const reports = pilotEnds(plan);
    if (plan.go_live <= reports) found.push(`The plan runs backwards: the first wave goes live in week ${plan.go_live}, but the pilot reports at the end of week ${reports}. Move the wave to week ${reports + 1} or later.`);
    if (plan.stop_at >= plan.go_at) found.push(`Stop at ${plan.stop_at} and go at ${plan.go_at} percentage points overlap: one result would mean both. Set the threshold to stop below the one to go.`);
  }
  for (const [team, week] of Object.entries(liveWeeks(plan))) {
    if (week >= BLACKOUT[0] && week <= BLACKOUT[1]) found.push(`Team ${team} would go live in week ${week}, in the winter peak (weeks ${BLACKOUT[0]} to ${BLACKOUT[1]}). Start earlier, or let the waves follow each other faster.`);
    else if (week >= FINAL[0]) found.push(`Team ${team} would go live in week ${week}. The year is judged by weeks ${FINAL[0]} to ${FINAL[1]}, so the last wave must start before them.`);
  }
  return found;
}

const largest = (parts) => Object.entries(parts).reduce((most, part) => (part[1] > most[1] ? part : most));

function meansWrong(plan) {
  const found = [];
  const parts = costs(plan);
  const sum = total(parts);
  if (sum > BUDGET_GBP) {
    const [dear, cost] = largest(parts);
    found.push(`The plan costs £${number.format(sum)}, and the budget is £${number.format(BUDGET_GBP)}. The largest part is ${PARTS[dear]} with £${number.format(cost)}. Take £${number.format(sum - BUDGET_GBP)} out.`);
  }
  const work = changeHours(plan);
  const week = work.findIndex((hours) => total(hours) > CHANGE_HOURS);
  if (week >= 0) {
    const [dear, most] = largest(work[week]);
    found.push(`Week ${week + 1} asks for ${total(work[week])} hours of the change team, and there are ${CHANGE_HOURS}. The most goes to ${dear}, with ${most} hours. Move something to another week, or do less of it.`);
  }
  return found;
}
