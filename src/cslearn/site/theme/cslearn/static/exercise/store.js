// Keeps a learner's work in this browser, and brings the work of two tabs together.
// One entry for each case, so that practice and the learner's own case stay apart:
// "cslearn:exercise:<exercise>:<case>", where a case is "practice-0" or a learner code.

const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// Two versions of one thing since `base`. What only one side changed is taken from that side;
// where both changed the same entry, `mine` wins and the other is listed in `clashes`.
export const merge = (base, mine, theirs, clashes = [], path = []) => {
  if (same(mine, theirs) || same(theirs, base)) return mine;
  if (same(mine, base)) return theirs;
  if (isGroup(mine) && isGroup(theirs)) {
    const from = isGroup(base) ? base : {};
    const result = {};
    for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      const value = merge(from[name], mine[name], theirs[name], clashes, [...path, name]);
      if (value !== undefined) result[name] = value;
    }
    return result;
  }
  if (Array.isArray(mine) && Array.isArray(theirs) && mine.length === theirs.length) {
    const from = Array.isArray(base) ? base : [];
    return mine.map((inner, n) => merge(from[n], inner, theirs[n], clashes, [...path, n]));
  }
  clashes.push({ path, theirs });
  return mine;
};

export class Store {
  // onchange(work, clashes): another tab changed the work. onstate({ saved: Date } | { sentence }).
  constructor({ exercise, onchange, onstate }) {
    this.prefix = `cslearn:exercise:${exercise}`;
    this.onchange = onchange;
    this.onstate = onstate;
    this.unsaved = false;
    addEventListener("storage", (event) => {
      if (event.key === this.key || event.key === null) this.hear();
    });
    // A tab that slept in the background was told nothing.
    addEventListener("pageshow", () => this.hear());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hear());
  }

  // Which case was open last: { code, practice }.
  lastCase() {
    return this.parse(this.get(this.prefix)) ?? { code: "", practice: 0 };
  }

  // The work on one case, or null when there is none. Later saves go to that case.
  open({ code, practice }) {
    this.key = `${this.prefix}:${code || `practice-${practice}`}`;
    this.put(this.prefix, JSON.stringify({ code, practice }), false);
    this.last = this.get(this.key);
    this.mine = this.parse(this.last);
    return structuredClone(this.mine);
  }

  save(work) {
    this.mine = structuredClone(work);
    const there = this.get(this.key);
    let kept = this.mine;
    const clashes = [];
    if (there !== this.last && there !== null && this.last !== undefined) {
      kept = merge(this.parse(this.last) ?? {}, this.mine, this.parse(there) ?? {}, clashes);
    }
    const text = JSON.stringify(kept);
    if (this.put(this.key, text)) this.last = text;
    if (!same(kept, this.mine) || clashes.length) {
      this.mine = structuredClone(kept);
      this.onchange(structuredClone(kept), clashes);
    }
  }

  // Another tab saved, or erased: take over what it changed.
  hear() {
    if (!this.key || this.unsaved) return;
    const there = this.get(this.key);
    if (there === this.last || this.last === undefined) return;
    const clashes = [];
    const kept = there === null ? null : merge(this.parse(this.last) ?? {}, this.mine ?? {}, this.parse(there) ?? {}, clashes);
    this.last = there;
    this.mine = kept;
    this.onchange(structuredClone(kept), clashes);
  }

  forget() {
    this.mine = null;
    this.last = null;
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Storage is off: nothing was kept.
    }
  }

  // A case's tables, so that a second visit shows them without Python.
  keepTables(version, tables) {
    try {
      localStorage.setItem(this.tablesKey(), JSON.stringify({ version, tables }));
    } catch {
      // They can be made again; the work counts.
    }
  }

  tables(version) {
    const kept = this.parse(this.get(this.tablesKey()));
    return kept?.version === version ? kept.tables : null;
  }

  tablesKey() {
    return this.key.replace("cslearn:exercise:", "cslearn:case:");
  }

  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  parse(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null; // not ours
    }
  }

  put(key, text, isWork = true) {
    try {
      localStorage.setItem(key, text);
      if (!isWork) return true;
      this.unsaved = false;
      this.onstate({ saved: new Date() });
      return true;
    } catch (fault) {
      this.unsaved = isWork;
      const full = fault.name === "QuotaExceededError";
      this.onstate({
        sentence: full
          ? "This browser has no room left to keep your work. Download your notebook before you close this page."
          : "This browser does not let the page keep your work. Download your notebook before you close this page.",
      });
      return false;
    }
  }
}
