// The arithmetic of cslearn.methods.queues, step by step in the same order, so that a page and
// a notebook give the same figures. A test compares them.

export class Problem extends Error {}

const MOST_AGENTS = 10000;
const NEGLIGIBLE = 1e-15;

function figure(value, what, { least = 0, above = false } = {}) {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Problem(`${what} must be a number, but it is ${value}. Enter a figure.`);
  if (value < least || (above && value === least)) {
    throw new Problem(`${what} must be ${above ? "more than" : "at least"} ${least}, but it is ${value}.`);
  }
  return value;
}

function agentsOf(value) {
  if (!Number.isInteger(value)) throw new Problem(`The number of agents must be a whole number, but it is ${value}.`);
  if (value < 1 || value > MOST_AGENTS) throw new Problem(`The number of agents must be from 1 to 10,000, but it is ${value}.`);
  return value;
}

export function workload(callsPerHour, handlingSeconds) {
  const calls = figure(callsPerHour, "Calls in an hour");
  return (calls * figure(handlingSeconds, "The handling time", { above: true })) / 3600;
}

export function agentsOnTheLines(paid, shrinkage) {
  const share = figure(shrinkage, "Shrinkage");
  if (share >= 1) throw new Problem(`Shrinkage must be a share below 1, but it is ${shrinkage}. For 30% enter 0.3.`);
  return Math.floor(agentsOf(paid) * (1 - share) + 1e-9);
}

export function chanceOfWaiting(agents, erlangs) {
  const [count, load] = [agentsOf(agents), figure(erlangs, "The workload")];
  if (load >= count) return 1;
  let blocked = 1;
  for (let k = 1; k <= count; k += 1) blocked = (load * blocked) / (k + load * blocked);
  return blocked / (1 - (load / count) * (1 - blocked));
}

export function serviceLevel(agents, erlangs, handlingSeconds, targetSeconds) {
  const [count, load] = [agentsOf(agents), figure(erlangs, "The workload")];
  const handling = figure(handlingSeconds, "The handling time", { above: true });
  const target = figure(targetSeconds, "The target");
  if (load >= count) return 0;
  return 1 - chanceOfWaiting(count, load) * Math.exp((-(count - load) * target) / handling);
}

// Infinite where the queue grows without end.
export function averageSpeedOfAnswer(agents, erlangs, handlingSeconds) {
  const [count, load] = [agentsOf(agents), figure(erlangs, "The workload")];
  const handling = figure(handlingSeconds, "The handling time", { above: true });
  return load >= count ? Infinity : (chanceOfWaiting(count, load) * handling) / (count - load);
}

export const occupancy = (agents, erlangs) => Math.min(1, figure(erlangs, "The workload") / agentsOf(agents));

export function agentsNeeded(erlangs, handlingSeconds, targetSeconds, goal) {
  const [load, wanted] = [figure(erlangs, "The workload"), figure(goal, "The goal")];
  if (wanted >= 1) throw new Problem(`The goal must be a share below 1, but it is ${goal}. For 80% enter 0.8.`);
  const handling = figure(handlingSeconds, "The handling time", { above: true });
  const target = figure(targetSeconds, "The target");
  if (load >= MOST_AGENTS - 1) throw new Problem(`The workload is ${load} erlangs; this works for fewer than 10,000.`);
  let blocked = 1;
  for (let count = 1; ; count += 1) {
    blocked = (load * blocked) / (count + load * blocked);
    if (load >= count) continue;
    const waits = blocked / (1 - (load / count) * (1 - blocked));
    if (1 - waits * Math.exp((-(count - load) * target) / handling) >= wanted) return count;
    if (count === MOST_AGENTS) throw new Problem("No number of agents reaches that goal. Check the target and the goal.");
  }
}

export function withImpatience(agents, erlangs, handlingSeconds, patienceSeconds, targetSeconds) {
  const [count, load] = [agentsOf(agents), figure(erlangs, "The workload")];
  const handling = figure(handlingSeconds, "The handling time", { above: true });
  const patience = figure(patienceSeconds, "Patience", { above: true });
  const target = figure(targetSeconds, "The target");
  if (load === 0) return { service_level: 1, answered: 1, abandoned: 0, waiting: 0, average_wait_seconds: 0, occupancy: 0 };
  if (load > 20 * MOST_AGENTS) throw new Problem(`The workload is ${load} erlangs. Check the figures for a typing slip.`);
  const leave = handling / patience;
  let down = 1;
  let below = 0;
  for (let busy = count; busy > 0; busy -= 1) {
    down = (down * busy) / load;
    below += down;
    if (down < NEGLIGIBLE * below) break;
  }
  const share = target / patience;
  const gone = -Math.expm1(-share);
  const shape = count / leave;
  const tail = Math.exp(-shape * share - share);
  let step = tail * (shape + 1) * gone;
  let within = 1 - tail;
  let [weight, k] = [1, 0];
  let [total, waiting, met, leaving, queue] = [0, 0, 0, 0, 0];
  for (;;) {
    total += weight;
    waiting += weight;
    const leaves = ((k + 1) * leave) / (count + (k + 1) * leave);
    met += weight * (1 - leaves) * within;
    leaving += weight * leaves;
    queue += k * weight;
    if (weight < NEGLIGIBLE * total && load < count + (k + 1) * leave) break;
    within -= step;
    k += 1;
    step = (step * gone * (shape + 1 + k)) / (k + 1);
    weight = (weight * load) / (count + k * leave);
    if (weight > 1e250) {
      [weight, total, waiting, met] = [weight * 1e-250, total * 1e-250, waiting * 1e-250, met * 1e-250];
      [leaving, queue, below] = [leaving * 1e-250, queue * 1e-250, below * 1e-250];
    }
  }
  const whole = below + total;
  const abandoned = leaving / whole;
  return {
    service_level: Math.max(0, Math.min(1, (below + met) / whole)),
    answered: 1 - abandoned,
    abandoned,
    waiting: waiting / whole,
    average_wait_seconds: (queue / whole / load) * handling,
    occupancy: (load * (1 - abandoned)) / count,
  };
}

export const workInProgress = (arrivals, timeInSystem) => figure(arrivals, "Arrivals") * figure(timeInSystem, "The time in the process");
export const timeInProcess = (inProgress, arrivals) =>
  figure(inProgress, "The number in the process") / figure(arrivals, "Arrivals", { above: true });
