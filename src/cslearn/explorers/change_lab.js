// W1, the change lab: lead a change of Northfold's complaints desk for a year. The year is
// played by change_lab_model.js; what a learner then sees of it is in change_lab_year.js.
import { choice, figure, fixed, frame, gbp, h } from "./kit.js";
import { BASELINE, BUDGET_GBP, CHANGE_HOURS, FINAL, RUNS, STATIONS, pooled, situation } from "./change_lab_model.js";
import { baseOf, between, figures, readyTable, shown, waitTable } from "./change_lab_figures.js";
import { data } from "./change_lab_data.js";

const loadYear = () => import("./change_lab_year.js");

// ---- the problem ------------------------------------------------------------------------

export function problem(seed) {
  const { stuck, ready } = situation(seed);
  return { seed, stuck, ready, target: data.targets[stuck] };
}

// ---- predict ----------------------------------------------------------------------------

function predict(found, ui) {
  const base = baseOf(found.seed);
  const start = between(base.north.weeks, BASELINE);
  const then = (kpi, weeks = base.north.weeks) => pooled(weeks, kpi, ...BASELINE);
  const where = choice({ legend: "Where does work stick?", options: STATIONS.map((name) => [name, data.stations[name]]) });
  const guess = figure({
    label: "Two more agents from week 14, and nothing else. How many complaints in 100 are closed within five days in weeks 45 to 52?",
    hint: `In weeks 1 to 8 it is ${fixed(then("in5_pct"), 0)}. One year is luck, so the middle of ${RUNS} years counts.`,
    min: 0, max: 100, step: 1, value: null,
  });
  return {
    node: h("div", {},
      h("p", {}, "North has three complaints teams, A, B and C. You lead a change there for a year. You have ", h("strong", {}, gbp(BUDGET_GBP)), ` and ${CHANGE_HOURS} hours a week of a change team. West, the other site, changes nothing, so you can compare.`),
      figures([
        ["Closed in five days, North", shown("in5_pct", then("in5_pct"))],
        ["The same at West", shown("in5_pct", then("in5_pct", base.west))],
        ["Your target", `${found.target}%`],
        ["Middle time to close", shown("median_days", then("median_days"))],
        ["Satisfied customers", shown("csat_pct", then("csat_pct"))],
        ["Open complaints", shown("open", then("open"))],
      ]),
      h("p", {}, `The target must be reached in weeks ${FINAL[0]} to ${FINAL[1]}, in at least ${data.enough_years} of ${RUNS} years that begin like this one and differ in luck. No team’s morale may end below ${fixed(data.morale, 0)} of 5. The budget must hold.`),
      waitTable("North, weeks 1 to 8: where the time goes", start),
      h("p", { class: "cslx-hint" }, "Besides, refunds go out twice a week, and the courier takes about two days to answer."),
      readyTable("How ready the teams are: the staff survey, from 1 to 5", found.ready),
      where.node, guess.node),
    read() {
      if (where.read() === null) return ui.refuse(where.refuse("Choose where work sticks."));
      return guess.read() === null ? ui.refuse(guess.refuse()) : { stuck: where.read(), two_agents: guess.read() };
    },
    show(given) {
      where.set(given.stuck);
      guess.set(given.two_agents);
    },
  };
}

export default frame({
  slug: "change-lab",
  about: "Lead a change for a year: diagnose, plan, pilot, decide, adjust, and see how it went.",
  tolerance: data.tolerance_pp,
  problem,
  predict,
  later: async () => (await loadYear()).steps,
});
