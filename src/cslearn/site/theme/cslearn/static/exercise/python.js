// Python for an exercise page: a worker that starts when it is first needed and can be stopped at any moment.
//
//   const python = new Python({ onstate: ({ state, loaded, total, step, reason }) => ... });
//   await python.check({ exercise, task, answer, code, practice });
//
// state is idle, loading (with loaded and total in bytes while files come), ready, busy, stopped
// or failed (with reason). Every promise that is refused is refused with an Error whose
// `sentence` can be shown to a reader; what Python said is in its `detail`.
// `base` is the address of the site's _static/; without it the one that this file is in.

const HERE = import.meta.url;
const SENTENCES = {
  stopped: "Stopped. Python starts again with your next check.",
  worker: "Python could not start in this browser. Reload the page, try another browser, or download the notebook.",
  none: "This browser cannot run Python in a page. Use another browser, or download the notebook.",
  lost: "Python stopped by itself, perhaps because this device is short of memory. Try again: it starts anew. What you typed is kept.",
};

const refusal = (sentence, detail = "") => Object.assign(new Error(sentence), { sentence, detail });

export class Python {
  #base;
  #onstate;
  #worker = null;
  #state = "idle";
  #waiting = new Map();
  #next = 1;

  constructor({ base, onstate } = {}) {
    this.#base = new URL("pyodide/", base ? new URL(base, document.baseURI) : new URL("../", HERE)).href;
    this.#onstate = onstate ?? (() => {});
  }

  get state() {
    return this.#state;
  }

  /** Starts Python in the background; done when the first check could run. */
  start() {
    return this.#ask("start");
  }

  /** Ends the worker at once, whatever it does. What waits is refused; the next call starts a new one. */
  stop() {
    if (this.#worker) this.#end("stopped", refusal(SENTENCES.stopped));
  }

  /** Marks and a sentence for each part; on a learner's own case the form of the answer only. */
  check({ exercise, task, answer, code = "", practice = 0 }) {
    return this.#ask("check", { exercise, task, answer, code, practice });
  }

  /** The tables and single figures of a case. */
  tables({ exercise, code = "", practice = 0 }) {
    return this.#ask("tables", { exercise, code, practice });
  }

  /** What one cell of code gives; names stay for the next cell until Python is stopped. */
  run({ source, cell = "cell" }) {
    return this.#ask("run", { source, cell });
  }

  #tell(state, more = {}) {
    this.#state = state;
    this.#onstate({ state, ...more });
  }

  #ask(verb, request) {
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        try {
          this.#worker = this.#born();
        } catch (error) {
          this.#tell("failed", { reason: SENTENCES.none });
          reject(refusal(SENTENCES.none, error));
          return;
        }
        this.#tell("loading", { step: "Starting Python" });
      }
      const id = this.#next++;
      // The page's exercise is made ready with Python's start, whatever is asked first.
      const exercise = request?.exercise ?? document.querySelector("[data-exercise]")?.dataset.exercise;
      this.#waiting.set(id, { resolve, reject });
      try {
        this.#worker.postMessage({ id, verb, base: this.#base, exercise, request });
      } catch (error) {
        this.#waiting.delete(id);
        reject(refusal("This answer cannot be sent to Python. Reload the page; what you typed is kept.", error));
      }
    });
  }

  #born() {
    const address = new URL("worker.js", HERE).href;
    // A worker made from a blob is under the page's own Content-Security-Policy, one made from an
    // address is not: so nothing that runs in it can ask anyone but this site for anything.
    const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" }));
    const worker = new Worker(blob, { type: "module", name: "Python" });
    worker.addEventListener("message", () => URL.revokeObjectURL(blob), { once: true });
    worker.onmessage = ({ data }) => this.#heard(worker, data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (worker !== this.#worker) return;
      const started = this.#state === "busy" || this.#state === "ready";
      const sentence = started ? SENTENCES.lost : SENTENCES.worker;
      this.#end("failed", refusal(sentence, event.message), sentence);
    };
    worker.onmessageerror = worker.onerror;
    return worker;
  }

  #heard(worker, data) {
    if (worker !== this.#worker) return; // the last words of a worker that was stopped
    if (data.state) {
      const { state, ...more } = data;
      this.#tell(state, more);
      return;
    }
    const waiting = this.#waiting.get(data.id);
    if (!waiting) return;
    this.#waiting.delete(data.id);
    if ("result" in data) {
      waiting.resolve(data.result);
      return;
    }
    const refused = refusal(data.sentence, data.detail);
    if (data.fatal) this.#end("failed", refused, data.sentence);
    else this.#tell("ready");
    waiting.reject(refused);
  }

  #end(state, refused, reason) {
    this.#worker.terminate();
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#tell(state, reason ? { reason } : {});
    for (const { reject } of waiting) reject(refused);
  }
}
