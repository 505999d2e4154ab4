// The change lab, step by step as in cslearn.methods.changelab, so that a page and a notebook
// play the same year. What the steps mean and where they come from is said there; a test
// compares both. Names of levers and of weekly figures are those of Python.
import { agentsOnTheLines, serviceLevel, workload } from "./queues.js";
import { mulberry32 } from "./randomness.js";

// ---- what is assumed ----------------------------------------------------------------------

const DAY = 450;
const WEEK = 5 * DAY;
export const WEEKS = 52;
const WARM_UP = 4;
const TICKS = 256;
export const TEAMS = ["A", "B", "C"];
export const STATIONS = ["agents", "courier desk", "managers"];
export const BASELINE = [1, 8];
export const FINAL = [45, 52];
export const FIGURES = {
  arrivals_week: [115, 70], weekday: [1.24, 1, 0.94, 0.92, 0.9], day_spread: 0.16,
  peak: 0.28, peak_weeks: [32, 35, 41, 43],
  value_median: 36, value_spread: 0.95, money: 0.86, above_25: 0.6494, simple: 0.45, vulnerable: 0.04, care: 1.3, courier: [0.25, 0.62],
  log: 7, investigate: [15, 34], portal: 4, sort: 3, settle: 8, approve: 5.5, desk: 9, reply: 14,
  rework: 0.65, second_reply: 12, redo: 12, even: 0.5,
  handout: 225, posting: 1125, daily: 450,
  courier_days: 2, portal_days: 0.3, strike_days: 3, confirm_days: 1.2, delay_even: 0.3,
  agents: [[3, 3, 3], [2, 2, 2]], managers: [2, 1], desks: [1, 1],
  load: {
    managers: { agents: 0.76, "courier desk": 0.7, managers: 1.13 },
    "courier desk": { agents: 0.76, "courier desk": 1.13, managers: 0.72 },
    agents: { agents: 1.07, "courier desk": 0.7, managers: 0.72 },
  },
  hurry: { agents: 0.35, "courier desk": 0.35, managers: 0.35 },
  hurry_days: { agents: 2, "courier desk": 12, managers: 12 },
  stuck_days: { agents: 0.45, "courier desk": 4, managers: 4 },
  usual_days: { agents: 0.1, "courier desk": 0.3, managers: 0.3 },
  reopen: 0.16, reopen_owner: 0.1, reopen_settled: 0.08, reopen_learning: 0.35, reopen_redo: 0.1,
  fault: 0.15, fault_weeks: 6,
  chase_day: 0.035, chase_free_days: 2, leak: 0.02, leak_pound: 0.0006,
  happy: 0.84, happy_day: 0.032, happy_days: 14, happy_reopened: 0.25, happy_fresh: 0.05,
};
export const PHONES = {
  calls: 108, chasing: 0.22, usual_open: 200, handling_s: 330, agents: 14, within_s: 20,
  hours_week: 37.5, agent_gbp: 0.3, manager_gbp: 0.6, desk_gbp: 0.3, chase_gbp: 3.2,
};
export const ELEMENTS = ["A", "D", "K", "Ab", "R"];
export const SHOCKS = ["courier strike", "system outage", "peak comes early", "key leader leaves"];
export const RUNS = 20;
const FIVE_DAYS = 5 * DAY * TICKS;
const [A, D, K, AB, R] = [0, 1, 2, 3, 4];
const DESIRE_BY_WORDS = 3;
const USUAL_LOAD = 0.8;
const [SETTLED, COACHED_FOR, HOURS_FOR, PAUSED_FOR, LOOKED_FOR, REST] = [6, 6, 8, 4, 2, 6];
const [MORE_HOURS, RAISE_GBP, MANAGER_HOURS] = [4, 25, 10];

// ---- the world ----------------------------------------------------------------------------

// The first numbers of mulberry32(seed); written out here and not called, because a year takes 150,000.
export function many(seed, count, found = new Float64Array(count)) {
  let state = seed | 0;
  for (let n = 0; n < count; n += 1) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    found[n] = ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  return found;
}

// Room that one year after the other uses: fresh arrays for every year would cost more than the year.
const rooms = new Map();

function room(Kind, name, size) {
  let found = rooms.get(name);
  if (!found || found.length < size) {
    found = new Kind(Math.ceil(size * 1.25));
    rooms.set(name, found);
  }
  return found.subarray(0, size);
}

// Times with a long tail around 1, in place of the even numbers of a stream.
function tailed(found, even) {
  for (let n = 0; n < found.length; n += 1) found[n] = even - (1 - even) * Math.log(1 - found[n]);
  return found;
}

export function situation(seed) {
  const draw = mulberry32(seed);
  for (let n = 0; n < 3; n += 1) draw();
  const pick = draw();
  let stuck = pick < 0.5 ? "managers" : pick < 0.75 ? "courier desk" : "agents";
  let lacks = ["Ab", "D", draw() < 0.5 ? "A" : "K"];
  for (const last of [2, 1]) {
    const other = Math.floor(draw() * (last + 1));
    [lacks[last], lacks[other]] = [lacks[other], lacks[last]];
  }
  if (seed === 0) [stuck, lacks] = ["managers", ["Ab", "D", "A"]];
  const ready = lacks.map((barrier) => {
    const row = [3.7 + 0.3 * draw(), 3.5 + 0.3 * draw(), 2.8 + 0.3 * draw(), 2.7 + 0.3 * draw(), 3 + 0.3 * draw()];
    row[ELEMENTS.indexOf(barrier)] = 2.3 + 0.3 * draw();
    return row;
  });
  let leader = Math.floor(draw() * TEAMS.length);
  const outside = SHOCKS[Math.floor(draw() * 3)];
  const first = 21 + Math.floor(draw() * 5);
  let shocks = [[outside, first], [SHOCKS[3], 28 + Math.floor(draw() * 4)]];
  if (seed === 0) [leader, shocks] = [1, [["courier strike", 24], [SHOCKS[3], 30]]];
  return { stuck, ready, barrier: lacks, leader, shocks };
}

const weekOf = (year, shock) => year.shocks.find(([name]) => name === shock)?.[1] ?? 0;

function season(year, week) {
  const strike = weekOf(year, "courier strike");
  const early = weekOf(year, "peak comes early") > 0 ? 5 : 0;
  const [up, full, down, over] = FIGURES.peak_weeks.map((place) => place - early);
  let depth = 1;
  if (week <= up || week >= over) depth = 0;
  else if (week < full) depth = (week - up) / (full - up);
  else if (week > down) depth = (over - week) / (over - down);
  return (1 + FIGURES.peak * depth) * (strike && strike <= week && week < strike + 2 ? 1.2 : 1);
}

function counts(seed, rate, year) {
  const days = 5 * (WARM_UP + WEEKS);
  const [first, second, third] = [many(seed, days), many(seed + 1, days), many(seed + 2, days)];
  const found = new Int32Array(days);
  for (let day = 0; day < days; day += 1) {
    const normal = Math.sqrt(-2 * Math.log(1 - first[day])) * Math.cos(2 * Math.PI * second[day]);
    const mood = Math.max(0.4, 1 + FIGURES.day_spread * normal);
    const mean = (rate / 5) * FIGURES.weekday[day % 5] * season(year, Math.floor(day / 5) - WARM_UP + 1) * mood;
    let chance = Math.exp(-mean);
    let [below, count] = [chance, 0];
    while (third[day] >= below && count < 1000) {
      count += 1;
      chance *= mean / count;
      below += chance;
    }
    found[day] = count;
  }
  return found;
}

function shares(site, stuck) {
  const f = FIGURES;
  const looking = (f.simple * f.investigate[0] + (1 - f.simple) * f.investigate[1]) * (1 + f.vulnerable * (f.care - 1));
  const asks = f.simple * f.courier[0] + (1 - f.simple) * f.courier[1];
  const work = {
    agents: f.log + looking + f.reply + f.reopen * (f.rework * looking + f.second_reply),
    "courier desk": asks * f.desk,
    managers: 2 * f.money * f.above_25 * f.approve,
  };
  const heads = { agents: f.agents[site].reduce((sum, n) => sum + n), "courier desk": f.desks[site], managers: f.managers[site] };
  return STATIONS.map((name) => (f.arrivals_week[site] * work[name]) / (heads[name] * 5 * DAY * f.load[stuck][name]));
}

const DRAWS = ["simple", "vulnerable", "money", "courier", "place", "log", "investigate", "desk", "approve", "approve2",
  "reply", "rework", "answer", "confirm", "confirm2", "reopen", "adopt", "fault", "chase", "happy"];

function casesOf(seed, site, year) {
  const f = FIGURES;
  const draw = mulberry32(seed);
  const streams = {};
  for (const name of ["counts", "times", "value", ...DRAWS]) streams[name] = Math.floor(draw() * 4294967296);
  const daily = counts(streams.counts, f.arrivals_week[site], year);
  const size = daily.reduce((sum, n) => sum + n, 0);
  const stream = (name, count = size) => many(streams[name], count, room(Float64Array, name, count));
  const times = stream("times");
  const week_starts = new Int32Array(WARM_UP + WEEKS + 1);
  let place = 0;
  daily.forEach((count, day) => {
    for (let n = 0; n < count; n += 1, place += 1) times[place] = Math.floor(times[place] * (DAY * TICKS)) + day * (DAY * TICKS);
    times.subarray(place - count, place).sort();
    if (day % 5 === 4) week_starts[(day + 1) / 5] = place;
  });
  const pair = stream("value", 2 * size);
  const share = shares(site, year.stuck);
  const [easy, frail, money, courier, at] = ["simple", "vulnerable", "money", "courier", "place"].map((name) => stream(name));
  const [simple, vulnerable, asks, team] = ["is simple", "is vulnerable", "asks", "team"].map((name) => room(Uint8Array, name, size));
  // The streams of even numbers are not needed again, so their room is.
  const [paid, owner, looking] = [money, at, courier];
  for (let n = 0; n < size; n += 1) {
    simple[n] = easy[n] < f.simple ? 1 : 0;
    asks[n] = courier[n] < (simple[n] ? f.courier[0] : f.courier[1]) ? 1 : 0;
    vulnerable[n] = frail[n] < f.vulnerable ? 1 : 0;
    looking[n] = (simple[n] ? f.investigate[0] : f.investigate[1]) * (vulnerable[n] ? f.care : 1);
    if (money[n] < f.money) {
      const normal = Math.sqrt(-2 * Math.log(1 - pair[2 * n])) * Math.cos(2 * Math.PI * pair[2 * n + 1]);
      paid[n] = Math.floor(Math.exp(f.value_spread * normal) * (f.value_median * 100) + 0.5) / 100;
    } else paid[n] = 0;
    const where = at[n] * TEAMS.length;
    team[n] = Math.floor(where);
    owner[n] = where - team[n];
  }
  const touch = (name, minutes, station) => {
    const found = tailed(stream(name), f.even);
    const scale = TICKS / share[station];
    for (let n = 0; n < size; n += 1) found[n] = minutes * found[n] * scale;
    return found;
  };
  const delay = (name, days) => {
    const found = tailed(stream(name), f.delay_even);
    for (let n = 0; n < size; n += 1) found[n] = days * found[n] * (DAY * TICKS);
    return found;
  };
  const investigate = tailed(stream("investigate"), f.even);
  for (let n = 0; n < size; n += 1) investigate[n] = looking[n] * investigate[n] * (TICKS / share[0]);
  return {
    arrives: times, week_starts, simple, vulnerable, paid, asks, team, owner, looking, investigate,
    log: touch("log", f.log, 0),
    desk: touch("desk", f.desk, 1),
    approve: touch("approve", f.approve, 2),
    approve2: touch("approve2", f.approve, 2),
    reply: touch("reply", f.reply, 0),
    rework: tailed(stream("rework"), f.even),
    answer: delay("answer", f.courier_days),
    confirm: delay("confirm", f.confirm_days),
    confirm2: delay("confirm2", f.confirm_days),
    reopen: stream("reopen"), adopt: stream("adopt"), fault: stream("fault"), chase: stream("chase"), happy: stream("happy"),
  };
}

// The year of a seed; with like, the same luck in the situation of another seed.
function world(seed, like = seed) {
  const draw = mulberry32(seed);
  const streams = [0, 1, 2].map(() => Math.floor(draw() * 4294967296));
  let year = situation(seed);
  if (like !== seed) year = { ...situation(like), shocks: year.shocks, leader: year.leader };
  const pair = many(streams[2], 2 * WEEKS);
  const quality = Array.from({ length: WEEKS }, (_, n) => Math.sqrt(-2 * Math.log(1 - pair[2 * n])) * Math.cos(2 * Math.PI * pair[2 * n + 1]));
  return { seed, situation: year, streams, quality };
}

// ---- the work -----------------------------------------------------------------------------

const ROOM = 1 << 14;
const [LOG, INVESTIGATE, ASK, APPROVE, REPLY, REWORK, ANSWER, REDO] = [0, 1, 2, 3, 4, 5, 6, 7];
const [AT_AGENTS, AT_DESK, AT_MANAGERS] = [0, 1, 2];
const OLD_LIMIT = 25;
const OLD_WAY = {
  live: [false, false, false], adoption: [0, 0, 0], pace: [1, 1, 1], slips: [1, 1, 1], limit: OLD_LIMIT, sort_first: false,
  single_owner: false, courier_portal: false, one_signature: false, daily_posting: false, manager_pace: 1, fault: false,
  strike: false, pause: [0, 0],
};

function newWeek() {
  return {
    closed: [], replies: 0, reopened: 0, redone: 0, approvals: 0, arrived: 0, fresh: 0, decided: 0,
    waited: [0, 0, 0], visits: [0, 0, 0], busy: [0, 0, 0], team_busy: [0, 0, 0],
  };
}

class Floor {
  constructor(cases, site, year) {
    const f = FIGURES;
    const free = (station, heads) =>
      Array(heads).fill(Math.floor((station === year.stuck ? f.stuck_days : f.usual_days)[station] * DAY * TICKS));
    this.cases = cases;
    this.share = shares(site, year.stuck);
    this.agents = f.agents[site].map((heads) => free("agents", heads));
    this.desks = free("courier desk", f.desks[site]);
    this.managers = free("managers", f.managers[site]);
    const size = cases.arrives.length;
    for (const name of ["stage", "left", "reopened", "redone", "fresh"]) this[name] = room(Uint8Array, name, size).fill(0);
    this.closed_at = room(Float64Array, "closed_at", size).fill(0);
    this.weeks = Array.from({ length: WARM_UP + WEEKS }, newWeek);
    this.heap = room(Float64Array, "heap", size + 1);
    this.held = 0;
    this.next = 0;
    this.gone = 0;
  }

  hire(agents, week) {
    for (let n = 0; n < agents; n += 1) this.agents[n % TEAMS.length].push(week * WEEK * TICKS);
  }

  // The earliest event sits at place 0; each is a time and a case in one number.
  push(key) {
    const heap = this.heap;
    let at = this.held;
    this.held += 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above] <= key) break;
      heap[at] = heap[above];
      at = above;
    }
    heap[at] = key;
  }

  replace(key) {
    const heap = this.heap;
    const size = this.held;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && heap[below + 1] < heap[below]) below += 1;
      if (heap[below] >= key) break;
      heap[at] = heap[below];
      at = below;
    }
    heap[at] = key;
  }

  pop() {
    this.held -= 1;
    if (this.held) this.replace(this.heap[this.held]);
  }

  play(week, rules) {
    const f = FIGURES;
    const { cases, heap, stage, fresh, left } = this;
    const tally = this.weeks[week];
    const end = (week + 1) * WEEK * TICKS * ROOM;
    const { arrives, simple, vulnerable, paid, asks, team, owner } = cases;
    const { live, adoption, pace, slips, limit, sort_first, single_owner, courier_portal, one_signature, daily_posting } = rules;
    const [handout, daily, slow] = [f.handout * TICKS, f.daily * TICKS, f.posting * TICKS];
    const perMinute = TICKS / this.share[AT_AGENTS];
    const [sort, settle, portal] = [f.sort * perMinute, f.settle * perMinute, f.portal * perMinute];
    const quick = f.portal_days / f.courier_days;
    const strike = rules.strike ? Math.floor(f.strike_days * DAY * TICKS) : 0;
    const hurry = STATIONS.map((name) => f.hurry[name]);
    const calm = STATIONS.map((name) => f.hurry_days[name] * DAY * TICKS);
    const [shut, opens] = rules.pause;
    const { waited, visits, busy, team_busy } = tally;
    const last = cases.week_starts[week + 1];
    let place = this.next;
    tally.arrived = last - cases.week_starts[week];
    for (;;) {
      let one = 0;
      let now = 0;
      let fromHeap = false;
      if (place < last && (!this.held || arrives[place] * ROOM + place <= heap[0])) {
        one = place;
        now = arrives[place];
        place += 1;
        const crew = team[one];
        if (live[crew] && cases.adopt[one] < adoption[crew]) {
          fresh[one] = 1;
          tally.fresh += 1;
        }
        if (paid[one] > (fresh[one] ? limit : OLD_LIMIT)) left[one] = one_signature && fresh[one] ? 1 : 2;
        else if (paid[one] > OLD_LIMIT) tally.decided += paid[one];
      } else if (this.held && heap[0] < end) {
        now = Math.floor(heap[0] / ROOM);
        one = heap[0] - now * ROOM;
        fromHeap = true;
      } else break;
      const crew = team[one];
      const step = stage[one];
      const modern = fresh[one] === 1;
      let factor = pace[crew];
      let station = AT_AGENTS;
      let work = 0;
      let atOnce = false;
      if (step === LOG) {
        work = cases.log[one];
        if (modern && sort_first) {
          work += sort;
          atOnce = simple[one] && !asks[one] && !vulnerable[one] && !left[one];
          if (atOnce) work += settle;
        }
      } else if (step === INVESTIGATE) {
        work = cases.investigate[one];
        if (modern && asks[one] && courier_portal) work += portal;
      } else if (step === REPLY) work = cases.reply[one];
      else if (step === APPROVE) {
        station = AT_MANAGERS;
        factor = rules.manager_pace;
        work = left[one] === 2 ? cases.approve[one] : cases.approve2[one];
      } else if (step === ASK) {
        station = AT_DESK;
        factor = 1;
        work = cases.desk[one];
      } else if (step === REWORK) work = f.rework * cases.looking[one] * cases.rework[one] * perMinute;
      else work = (step === ANSWER ? f.second_reply : f.redo) * cases.rework[one] * perMinute;

      const servers = station === AT_AGENTS ? this.agents[crew] : station === AT_MANAGERS ? this.managers : this.desks;
      let who = 0;
      if (station === AT_AGENTS && modern && single_owner) who = Math.floor(owner[one] * servers.length);
      else for (let n = 1; n < servers.length; n += 1) if (servers[n] < servers[who]) who = n;
      let start = servers[who];
      if (start < now) start = now;
      if (shut <= start && start < opens) start = opens;
      const wait = start - now;
      if (wait) {
        waited[station] += wait;
        const share = wait / calm[station];
        factor *= 1 - hurry[station] * (share < 1 ? share : 1);
      }
      const took = Math.floor(work * factor + 0.5);
      const finish = start + took;
      servers[who] = finish;
      visits[station] += 1;
      busy[station] += took;
      if (station === AT_AGENTS) team_busy[crew] += took;

      let pay = false;
      let follow = 0;
      if (step === LOG) {
        if (atOnce) {
          this.reply(one, finish, finish, f.reopen_settled, slips[crew], tally);
          follow = stage[one] === REWORK ? finish : 0;
        } else {
          stage[one] = INVESTIGATE;
          follow = modern && (single_owner || sort_first) ? finish : (Math.floor(finish / handout) + 1) * handout;
        }
      } else if (step === INVESTIGATE || step === ASK) {
        follow = finish;
        if (step === INVESTIGATE && asks[one]) {
          if (modern && courier_portal) follow = finish + Math.floor(cases.answer[one] * quick + 0.5);
          else stage[one] = ASK;
        } else if (step === ASK) follow = finish + Math.floor(cases.answer[one] + 0.5) + strike;
        if (stage[one] !== ASK || step === ASK) {
          if (left[one]) stage[one] = APPROVE;
          else pay = true;
        }
      } else if (step === APPROVE) {
        left[one] -= 1;
        tally.approvals += 1;
        if (left[one]) follow = (Math.floor(finish / handout) + 1) * handout;
        else {
          follow = finish;
          pay = true;
        }
      } else if (step === REDO) {
        const every = daily_posting && modern ? daily : slow;
        follow = (Math.floor(finish / every) + 1) * every;
        stage[one] = REPLY;
      } else if (step === REWORK) {
        stage[one] = ANSWER;
        follow = modern && single_owner ? finish : (Math.floor(finish / handout) + 1) * handout;
      } else {
        const asked = step === REPLY ? cases.confirm[one] : cases.confirm2[one];
        const closes = finish + Math.floor(asked * (modern && single_owner ? 0.5 : 1) + 0.5);
        this.reply(one, finish, closes, modern && single_owner ? f.reopen_owner : f.reopen, slips[crew], tally);
        follow = stage[one] === REWORK ? closes : 0;
      }
      if (pay) {
        stage[one] = REPLY;
        if (paid[one] > 0) {
          const every = daily_posting && modern ? daily : slow;
          follow = (Math.floor(follow / every) + 1) * every;
          if (rules.fault && modern && cases.fault[one] < f.fault) {
            stage[one] = REDO;
            this.redone[one] = 1;
            tally.redone += 1;
          }
        }
      }
      if (follow) {
        if (fromHeap) this.replace(follow * ROOM + one);
        else this.push(follow * ROOM + one);
      } else if (fromHeap) this.pop();
    }
    this.next = place;
    this.gone += tally.closed.length;
    return tally;
  }

  reply(one, finish, closes, again, slips, tally) {
    tally.replies += 1;
    const chance = again * slips + (this.redone[one] ? FIGURES.reopen_redo : 0);
    if (!this.reopened[one] && this.cases.reopen[one] < chance) {
      this.reopened[one] = 1;
      tally.reopened += 1;
      this.stage[one] = REWORK;
      return;
    }
    this.closed_at[one] = closes;
    this.weeks[Math.floor(closes / (WEEK * TICKS))]?.closed.push(one);
    this.stage[one] = LOG;
  }
}

// ---- people -------------------------------------------------------------------------------

const WINS_DO = { none: [0, 0], labels: [0.3, 0.3], letters: [0.15, 0.25], screen: [-0.05, 0.05], breakfast: [0.03, 0] };
const logistic = (x) => 1 / (1 + Math.exp(-x));
const QUIET = { messages: 0, involvement: 0, trained: 0, coached: 0, sponsor: true, win: "none", live_for: null, load: 0.8, redone: 0, rushed: false, talked: false };

// The first element in order that is 3.0 or less, or null.
export const barrier = (ready) => ELEMENTS.find((_, n) => ready[n] <= 3) ?? null;

class Team {
  constructor(ready) {
    this.ready = ready.slice();
    this.home = ready.slice();
    this.hours = 0;
    this.usual_coaching = 0;
    this.adoption = 0;
    this.morale = this.mood(USUAL_LOAD);
  }

  week(given) {
    const s = { ...QUIET, ...given };
    const ready = this.ready;
    const live = s.live_for !== null;
    const room = ready.map((level) => (5 - level) / 2);
    const fades = [s.messages === 0 ? 0.03 : 0, 0.02, 0.01, 0.01, 0.03];
    const lift = fades.map((fade, n) => fade * (this.home[n] - ready[n]));
    lift[A] += 0.1 * s.messages * room[A];
    lift[D] += 0.05 * s.messages * Math.max(0, DESIRE_BY_WORDS - ready[D]) + 0.07 * s.involvement * room[D];
    if (s.sponsor && s.messages > 0) lift[D] += 0.02 * room[D];
    else if (!s.sponsor) lift[D] -= 0.04;
    if (s.talked) {
      lift[D] += 0.1 * room[D];
      lift[AB] += 0.1 * room[AB];
    }
    const won = WINS_DO[s.win];
    lift[D] += won[0] * room[D];
    if (live && s.live_for < 6) lift[D] -= 0.1 * (1 - s.involvement / 2);
    if (s.rushed) lift[D] -= 0.05;
    lift[D] -= 0.5 * s.redone;
    lift[K] += 0.16 * s.trained * room[K];
    lift[AB] += (0.1 * s.coached + 0.03 * s.trained + 0.05 * this.adoption) * room[AB];
    lift[R] += (0.06 * s.coached + 0.02 * s.messages + won[1]) * room[R];
    if (live) lift[R] += 0.03 * this.adoption * room[R];
    this.ready = ready.map((level, n) => Math.min(5, Math.max(1, level + lift[n])));
    this.hours += s.trained;
    if (s.coached > 0) this.usual_coaching = s.coached;
    if (live) this.adopt(s);
    let at = this.mood(s.load);
    if (live && s.live_for < 6) at -= 0.5 * (1 - this.adoption);
    this.morale = Math.min(5, Math.max(1, this.morale + 0.12 * (at - this.morale)));
  }

  adopt(s) {
    let kept = s.coached;
    if (s.coached === 0) kept = this.usual_coaching * Math.min(1, Math.max(0, (this.ready[R] - 2.2) / 1));
    const ceiling = logistic(-1.6 + 0.35 * Math.min(this.hours, 12) + 0.55 * kept + 0.55 * s.involvement) * this.gate();
    const speed = Math.min(0.5, 0.1 + 0.02 * this.hours + 0.06 * s.coached);
    this.adoption += speed * (ceiling - this.adoption);
  }

  mood(load) {
    const at = 3.25 + 0.35 * (this.ready[D] - 3.4) + 0.25 * (this.ready[R] - 3);
    return at - Math.max(0, load - 0.9);
  }

  gate() {
    return Math.min(1, Math.max(0.5, 0.5 + (0.5 * (Math.min(...this.ready) - 2)) / 1.1));
  }

  losesItsLeader() {
    for (const [element, blow] of [[D, 0.5], [AB, 1.3], [R, 1]]) {
      this.ready[element] = Math.max(1, this.ready[element] - blow);
      this.home[element] = Math.max(1, this.home[element] - blow);
    }
    this.adoption *= 0.4;
    this.hours *= 0.6;
    this.usual_coaching = 0;
  }

  pace(liveFor) {
    if (liveFor === null) return 1;
    return 1 + 0.35 * (1 - this.adoption) * Math.exp(-liveFor / 4) + (liveFor < 2 ? 0.1 : 0);
  }

  slips(liveFor, learning) {
    return liveFor === null ? 1 : 1 + learning * (1 - this.adoption) * Math.exp(-liveFor / 4);
  }
}

// ---- the plan -----------------------------------------------------------------------------

export const BUDGET_GBP = 120000;
export const CHANGE_HOURS = 40;
export const PREPARE = 9;
const PILOT_FINDS = 3;
export const INVOLVEMENT = ["inform", "consult", "co-design"];
export const ACTIONS = {
  hold: 0, coach_weakest: 1800, coach_team_A: 1800, coach_team_B: 1800, coach_team_C: 1800, raise_limit: 500,
  fix_template: 1200, pause: 0, investigate_data: 800, manager_hours: 1500,
};
export const SWITCHES = ["sort_first", "single_owner", "courier_portal", "one_signature", "daily_posting"];
export const NO_CHANGE = {
  limit_gbp: 25, sort_first: false, single_owner: false, courier_portal: false, one_signature: false, daily_posting: false,
  extra_agents: 0, manager_hours: 0, training_hours: 0, coaching_hours: 0, support_weeks: 8, messages: 0, involvement: "inform",
  early_win: "none", pilot_team: "none", pilot_start: 12, pilot_weeks: 6, go_at: 5, stop_at: 0, go_live: 0,
  order: ["A", "B", "C"], pace: 3, reserve_gbp: 0, triggers: [],
};

export const full = (plan) => ({ ...NO_CHANGE, ...plan });
export const processLevers = (plan) => [...(plan.limit_gbp !== NO_CHANGE.limit_gbp ? ["limit"] : []), ...SWITCHES.filter((name) => plan[name])];
export const pilotEnds = (plan) => (plan.pilot_team !== "none" ? plan.pilot_start + plan.pilot_weeks - 1 : 0);
export const firstLive = (plan) => (!plan.go_live ? 0 : plan.pilot_team !== "none" ? plan.pilot_start : plan.go_live);

export function liveWeeks(plan) {
  const weeks = {};
  let wave = 0;
  for (const team of plan.order) {
    if (!plan.go_live) weeks[team] = 0;
    else if (team === plan.pilot_team) weeks[team] = plan.pilot_start;
    else {
      weeks[team] = plan.go_live + wave * plan.pace;
      wave += 1;
    }
  }
  return weeks;
}

// ---- the year -----------------------------------------------------------------------------

export const KPIS = ["in5_pct", "median_days", "p90_days", "open", "reopen_pct", "csat_pct", "fcr_pct", "aht_min", "service_level_pct",
  "cost_each_gbp", "qa_score", "adoption", "morale"];

function outside(made, week) {
  if (week < 1) return {};
  const strike = weekOf(made.situation, "courier strike");
  const start = (week + WARM_UP - 1) * WEEK * TICKS;
  return {
    strike: strike > 0 && strike <= week && week < strike + 2,
    pause: week === weekOf(made.situation, "system outage") ? [start, start + 2 * DAY * TICKS] : [0, 0],
  };
}

const byTeam = (values) => Object.fromEntries(TEAMS.map((name, n) => [name, values[n]]));

class Play {
  constructor(plan, made, decisions) {
    this.plan = plan;
    this.world = made;
    this.floor = new Floor(casesOf(made.streams[0], 0, made.situation), 0, made.situation);
    this.teams = made.situation.ready.map((ready) => new Team(ready));
    this.live = liveWeeks(plan);
    this.by_hand = new Map(decisions.map((one) => [`${one.week} ${one.trigger ?? -1}`, one.action]));
    this.log = [];
    this.weeks = [];
    this.changes = processLevers(plan).length > 0 && plan.go_live > 0;
    this.touched = ["messages", "involvement", "training_hours", "coaching_hours", "early_win"].some((name) => plan[name] !== NO_CHANGE[name]);
    this.limit = plan.limit_gbp;
    this.faulty = this.changes;
    this.gate_week = plan.go_live ? pilotEnds(plan) : 0;
    this.adapted = false;
    this.stopped = false;
    this.begins = plan.go_live;
    this.coached = [0, 0, 0];
    [this.more_hours, this.paused, this.looking] = [0, 0, 0];
    this.reserve = plan.reserve_gbp;
    this.spent = 0;
    this.rows = plan.triggers.map(() => 0);
    this.rested = plan.triggers.map(() => 0);
  }

  say(week, event, more = {}) {
    this.log.push({ week, event, ...more });
  }

  week(week) {
    const k = week + WARM_UP - 1;
    if (week < 1) {
      this.floor.play(k, OLD_WAY);
      return;
    }
    const { plan, teams } = this;
    const year = this.world.situation;
    for (const [name, first] of year.shocks) {
      if (week === first) {
        this.say(week, "shock", { name });
        if (name === "key leader leaves") teams[year.leader].losesItsLeader();
      }
    }
    if (week === this.begins && !this.stopped && plan.extra_agents) {
      this.floor.hire(plan.extra_agents, k);
      this.say(week, "hired", { agents: plan.extra_agents });
    }
    const liveFor = TEAMS.map((name) => {
      const start = this.live[name];
      if (start === week) this.say(week, "live", { team: name });
      return start && week >= start ? week - start : null;
    });
    this.findFault(week);
    const started = this.begins > 0 && this.begins <= week && !this.stopped;
    const hours = (started ? plan.manager_hours : 0) + (week < this.more_hours ? MORE_HOURS : 0);
    const away = TEAMS.map((_, n) => Math.min(0.5, (this.trainedIn(n, week) + this.coachedIn(n, week) / 2) / PHONES.hours_week));
    const changed = liveFor.map((weeks) => (this.changes ? weeks : null));
    const tally = this.floor.play(k, {
      ...OLD_WAY,
      live: changed.map((weeks) => weeks !== null),
      adoption: teams.map((team) => team.adoption),
      pace: teams.map((team, n) => team.pace(changed[n]) / (1 - away[n])),
      slips: teams.map((team, n) => team.slips(changed[n], FIGURES.reopen_learning)),
      limit: this.limit,
      sort_first: plan.sort_first, single_owner: plan.single_owner, courier_portal: plan.courier_portal,
      one_signature: plan.one_signature, daily_posting: plan.daily_posting,
      manager_pace: 1 / (1 + hours / MANAGER_HOURS),
      fault: this.faulty,
      ...outside(this.world, week),
    });
    this.people(week, liveFor, tally);
    const figures = figuresOf(this.floor, k, week, season(year, week), (away[0] + away[1] + away[2]) / 3, this.limit);
    this.addPeople(figures, liveFor, week);
    this.weeks.push(figures);
    this.pilot(week);
    this.watch(week, figures);
  }

  findFault(week) {
    const { plan } = this;
    const starts = Object.values(this.live).filter((start) => start);
    if (!this.faulty || !starts.length) return;
    const piloted = plan.pilot_team !== "none" && plan.pilot_weeks >= PILOT_FINDS;
    const from = piloted ? plan.pilot_start : Math.min(...starts);
    if (week === from + (piloted ? PILOT_FINDS : FIGURES.fault_weeks)) this.mend(week, piloted ? "the pilot" : "complaints");
    else if (this.looking === week) this.mend(week, "looking into the data");
  }

  mend(week, by) {
    if (!this.faulty) return;
    this.faulty = false;
    this.say(week, "fault mended", { found_by: by });
  }

  trainedIn(n, week) {
    const start = this.live[TEAMS[n]];
    return start && start - 2 <= week && week < start ? this.plan.training_hours / 2 : 0;
  }

  coachedIn(n, week) {
    const start = this.live[TEAMS[n]];
    const gone = weekOf(this.world.situation, "key leader leaves");
    let planned = start && start <= week && week < start + this.plan.support_weeks ? this.plan.coaching_hours : 0;
    if (n === this.world.situation.leader && gone && week >= gone) planned = 0;
    return planned + (week < this.coached[n] ? 3 : 0) + (week < this.paused ? 1 : 0);
  }

  people(week, liveFor, tally) {
    const { plan } = this;
    const starts = firstLive(plan);
    const until = (Math.max(...Object.values(this.live)) || PREPARE) + plan.support_weeks;
    const on = PREPARE <= week && week <= until;
    const gone = weekOf(this.world.situation, "key leader leaves");
    const win = starts && week === starts + 3 ? plan.early_win : "none";
    if (win !== "none") this.say(week, "early win", { name: win });
    this.teams.forEach((team, n) => {
      const load = tally.team_busy[n] / (this.floor.agents[n].length * WEEK * TICKS);
      if (!this.changes && !this.touched) {
        team.week({ load });
        return;
      }
      team.week({
        messages: on ? plan.messages : 0,
        involvement: on ? INVOLVEMENT.indexOf(plan.involvement) : 0,
        trained: this.trainedIn(n, week),
        coached: this.coachedIn(n, week),
        sponsor: !(gone && gone <= week && week < gone + 6),
        win,
        live_for: liveFor[n],
        load,
        redone: tally.redone / Math.max(1, tally.fresh),
        rushed: plan.pace < 2 && liveFor[n] !== null && liveFor[n] < 4 && this.changes,
        talked: week < this.coached[n] || week < this.paused,
      });
    });
  }

  addPeople(figures, liveFor, week) {
    const { teams } = this;
    const using = teams.filter((_, n) => liveFor[n] !== null && liveFor[n] >= SETTLED).map((team) => team.adoption);
    figures.adoption = using.length && this.changes ? 100 * Math.min(...using) : null;
    figures.morale = Math.min(...teams.map((team) => team.morale));
    figures.morale_by_team = byTeam(teams.map((team) => team.morale));
    figures.adoption_by_team = byTeam(teams.map((team) => 100 * team.adoption));
    figures.adkar = byTeam(teams.map((team) => Object.fromEntries(ELEMENTS.map((name, n) => [name, team.ready[n]]))));
    const share = (teams[0].adoption + teams[1].adoption + teams[2].adoption) / 3;
    const spirit = (teams[0].morale + teams[1].morale + teams[2].morale) / 3;
    const came = Math.max(1, figures.arrived);
    const score = 86 + 7 * share + 3 * (spirit - 3.2) - (3 * figures.approvals) / came - (30 * figures.redone) / came;
    figures.qa_score = score + 1.4 * this.world.quality[week - 1];
  }

  pilot(week) {
    const { plan } = this;
    if (!this.gate_week || plan.pilot_team === "none" || week !== this.gate_week || this.stopped) return;
    const effect = this.pilotEffect(plan.pilot_start, week);
    let decision = effect.pp >= plan.go_at ? "go" : effect.pp <= plan.stop_at ? "stop" : "adapt";
    if (decision === "adapt" && this.adapted) decision = "go";
    decision = this.by_hand.get(`${week} -1`) ?? decision;
    this.say(week, "gate", { decision, ...effect });
    if (decision === "stop") {
      this.stopped = true;
      this.live = byTeam([0, 0, 0]);
      for (const team of this.teams) team.adoption = 0;
    } else if (decision === "adapt") {
      this.adapted = true;
      this.mend(week + 1, "the pilot");
      this.gate_week += 2;
      this.begins += 2;
      for (const name of TEAMS) if (this.live[name] > week) this.live[name] += 2;
    }
  }

  pilotEffect(first, last) {
    const mine = TEAMS.indexOf(this.plan.pilot_team);
    const now = this.inFive(Math.min(first + 2, Math.max(first, last - 2)), Math.max(first, last - 1));
    const then = this.inFive(...BASELINE);
    const pooledOf = (counted, wanted) => {
      const chosen = counted.filter((_, n) => (n === mine) === wanted);
      return [chosen.reduce((sum, [good]) => sum + good, 0), chosen.reduce((sum, [, all]) => sum + all, 0)];
    };
    const [found, sizes] = [[], []];
    let variance = 0;
    for (const [counted, wanted] of [[now, true], [then, true], [now, false], [then, false]]) {
      const [good, size] = pooledOf(counted, wanted);
      const share = size ? good / size : 0;
      found.push(share);
      sizes.push(size);
      variance += size ? (share * (1 - share)) / size : 0.25;
    }
    return { pp: 100 * (found[0] - found[1] - (found[2] - found[3])), margin_pp: 196 * Math.sqrt(variance), n: sizes[0], others_n: sizes[2] };
  }

  inFive(first, last) {
    const { cases, closed_at } = this.floor;
    const counted = TEAMS.map(() => [0, 0]);
    for (let one = cases.week_starts[first + WARM_UP - 1]; one < cases.week_starts[last + WARM_UP]; one += 1) {
      const row = counted[cases.team[one]];
      if (closed_at[one] > 0 && closed_at[one] <= cases.arrives[one] + FIVE_DAYS) row[0] += 1;
      row[1] += 1;
    }
    return counted;
  }

  watch(week, figures) {
    const live = Object.values(this.live).filter((start) => start);
    const starts = live.length ? Math.min(...live) : 0;
    this.plan.triggers.forEach((trigger, n) => {
      const value = figures[trigger.kpi];
      const hit = value !== null && (trigger.op === "<" ? value < trigger.value : value > trigger.value);
      this.rows[n] = hit ? this.rows[n] + 1 : 0;
      if (starts && week >= starts && this.rows[n] >= trigger.weeks && week >= this.rested[n]) {
        this.rested[n] = week + REST;
        const action = this.by_hand.get(`${week} ${n}`) ?? trigger.action;
        this.say(week, "trigger", { trigger: n, kpi: trigger.kpi, value });
        this.act(week, action, n);
      }
    });
    const own = this.by_hand.get(`${week} -2`);
    if (own) this.act(week, own, -2);
  }

  act(week, wanted, trigger) {
    let action = wanted;
    const price = ACTIONS[action];
    if (price > this.reserve) {
      this.say(week, "no money", { action, trigger, needs_gbp: price, reserve_gbp: this.reserve });
      return;
    }
    this.reserve -= price;
    this.spent += price;
    if (action === "coach_weakest") {
      let using = [0, 1, 2].filter((n) => this.live[TEAMS[n]] && this.live[TEAMS[n]] <= week);
      if (!using.length) using = [0];
      action = `coach_team_${TEAMS[using.reduce((least, n) => (this.teams[n].adoption < this.teams[least].adoption ? n : least))]}`;
    }
    this.say(week, "action", { action, trigger });
    if (action.startsWith("coach_team_")) this.coached[TEAMS.indexOf(action.slice(-1))] = week + 1 + COACHED_FOR;
    else if (action === "raise_limit") this.limit = Math.min(150, this.limit + RAISE_GBP);
    else if (action === "fix_template") this.mend(week + 1, "a trigger");
    else if (action === "pause") {
      this.paused = week + 1 + PAUSED_FOR;
      for (const name of TEAMS) if (this.live[name] > week && this.live[name] + PAUSED_FOR <= WEEKS) this.live[name] += PAUSED_FOR;
    } else if (action === "investigate_data") this.looking = week + LOOKED_FOR;
    else if (action === "manager_hours") this.more_hours = week + 1 + HOURS_FOR;
  }
}

function figuresOf(floor, k, week, busySeason, away, limit) {
  const f = FIGURES;
  const tally = floor.weeks[k];
  const { cases } = floor;
  const days = [];
  let [in5, chased, happy, careful, carefulIn5] = [0, 0, 0, 0, 0];
  for (const one of tally.closed) {
    const ticks = floor.closed_at[one] - cases.arrives[one];
    if (ticks <= FIVE_DAYS) in5 += 1;
    if (cases.vulnerable[one]) {
      careful += 1;
      if (ticks <= FIVE_DAYS) carefulIn5 += 1;
    }
    const took = ticks / (DAY * TICKS);
    days.push(took);
    const again = floor.reopened[one] === 1;
    if (again || cases.chase[one] < f.chase_day * Math.max(0, took - f.chase_free_days)) chased += 1;
    let glad = f.happy - f.happy_day * Math.min(took, f.happy_days);
    glad -= again ? f.happy_reopened : 0;
    glad += floor.fresh[one] ? f.happy_fresh : 0;
    if (cases.happy[one] < glad) happy += 1;
  }
  days.sort((one, other) => one - other);
  const closed = days.length;
  const open = cases.week_starts[k + 1] - floor.gone;
  const minutes = STATIONS.map((_, n) => (tally.busy[n] * floor.share[n]) / TICKS);
  const calls = PHONES.calls * busySeason * (1 - PHONES.chasing + (PHONES.chasing * open) / PHONES.usual_open);
  const agents = agentsOnTheLines(PHONES.agents, away);
  const chases = chased + 0.02 * open;
  const leak = tally.decided * (f.leak + f.leak_pound * Math.max(0, limit - 50));
  const cost = minutes[0] * PHONES.agent_gbp + minutes[1] * PHONES.desk_gbp + minutes[2] * PHONES.manager_gbp + chases * PHONES.chase_gbp + leak;
  const share = (part, whole) => (whole ? (100 * part) / whole : null);
  return {
    week,
    arrived: tally.arrived,
    closed,
    open,
    in5_pct: share(in5, closed),
    vulnerable_closed: careful,
    vulnerable_in5: carefulIn5,
    median_days: quantile(days, 0.5),
    p90_days: quantile(days, 0.9),
    reopen_pct: share(tally.reopened, tally.replies),
    csat_pct: share(happy, closed),
    fcr_pct: share(closed - chased, closed),
    aht_min: tally.replies ? (minutes[0] + minutes[1] + minutes[2]) / tally.replies : null,
    service_level_pct: 100 * serviceLevel(agents, workload(calls, PHONES.handling_s), PHONES.handling_s, PHONES.within_s),
    cost_gbp: cost,
    cost_each_gbp: closed ? cost / closed : null,
    waits_days: Object.fromEntries(STATIONS.map((name, n) => [name, tally.visits[n] ? tally.waited[n] / tally.visits[n] / TICKS / DAY : 0])),
    visits: Object.fromEntries(STATIONS.map((name, n) => [name, tally.visits[n]])),
    minutes: Object.fromEntries(STATIONS.map((name, n) => [name, minutes[n]])),
    approvals: tally.approvals,
    redone: tally.redone,
    fresh: tally.fresh,
  };
}

export function quantile(ordered, share) {
  if (!ordered.length) return null;
  const at = share * (ordered.length - 1);
  const low = Math.floor(at);
  if (low + 1 === ordered.length) return ordered[low];
  return ordered[low] + (at - low) * (ordered[low + 1] - ordered[low]);
}

// One year under a plan that can be played; decisions are made by hand, see Python.
export function playYear(given, seed = 0, { weeks = WEEKS, like = seed, decisions = [] } = {}) {
  const plan = full(given);
  const made = world(seed, like);
  const play = new Play(plan, made, decisions);
  for (let week = 1 - WARM_UP; week <= weeks; week += 1) play.week(week);
  return { plan, seed, like, weeks: play.weeks, log: play.log, spent_gbp: play.spent, reserve_gbp: play.reserve };
}

export function west(seed, like = seed) {
  const made = world(seed, like);
  const floor = new Floor(casesOf(made.streams[1], 1, made.situation), 1, made.situation);
  const found = [];
  for (let k = 0; k < WARM_UP + WEEKS; k += 1) {
    const week = k - WARM_UP + 1;
    floor.play(k, { ...OLD_WAY, ...outside(made, week) });
    if (week >= 1) found.push(figuresOf(floor, k, week, season(made.situation, week), 0, 0));
  }
  return found;
}

export const lucks = (seed, count = RUNS) => Array.from({ length: count }, (_, n) => (seed + 10007 * n) % 4294967296);
export const years = (plan, seeds, like) => seeds.map((seed) => playYear(plan, seed, { like }));

export function bands(played, kpi) {
  const length = Math.min(...played.map((year) => year.weeks.length));
  return Array.from({ length }, (_, n) => {
    const values = played.map((year) => year.weeks[n][kpi]).filter((value) => value !== null).sort((one, other) => one - other);
    return { week: n + 1, p10: quantile(values, 0.1), p50: quantile(values, 0.5), p90: quantile(values, 0.9) };
  });
}

const BY_CASE = ["in5_pct", "csat_pct", "fcr_pct", "cost_each_gbp", "median_days", "p90_days", "reopen_pct", "aht_min"];

export function pooled(weeks, kpi, first, last) {
  const chosen = weeks.filter((one) => first <= one.week && one.week <= last && one[kpi] !== null);
  if (!chosen.length) return null;
  const weight = chosen.map((one) => (BY_CASE.includes(kpi) ? one.closed : 1));
  return chosen.reduce((sum, one, n) => sum + one[kpi] * weight[n], 0) / weight.reduce((sum, n) => sum + n, 0);
}
