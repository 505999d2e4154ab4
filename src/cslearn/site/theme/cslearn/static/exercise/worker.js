// Runs Python for one exercise page, beside the page, so that the page never stands still.
// python.js sends { id, verb, ... } and gets { id, result } or { id, sentence, detail }; on the
// way this says { state, step, loaded, total }. Requests are done one after the other.

const PATIENCE = 120_000; // a file of three megabytes takes a minute on a very slow line
const WORDS = {
  offline: "Python could not be fetched. Look at your connection, then try again. What you typed is kept.",
  memory: "This device has not enough free memory for Python. Close other tabs and programs, then try again.",
  broken: "Python stopped by itself. Try again: it starts anew. What you typed is kept.",
};

class Failure extends Error {
  constructor(sentence, detail = "") {
    super(sentence);
    this.sentence = sentence;
    this.detail = String(detail);
  }
}

let base; // the address of _static/pyodide/
let store; // this site's files as this browser keeps them, or null where it cannot
let list; // files.json
let python; // the interpreter, once it runs
let page; // cslearn.exercises.page in it
let ready; // the promise that it will
const unpacked = new Set(); // packages that Python has got

const say = (state, more = {}) => postMessage({ state, ...more });

// ---- files ------------------------------------------------------------------------------------

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));

// sw.js uses the same store and the same keys.
const openStore = async () => {
  try {
    return await caches.open(`cslearn:${new URL("../../", base).pathname}`);
  } catch {
    return null; // no secure address, or the browser keeps nothing: every visit fetches anew
  }
};
const keyOf = (name, hash) => `${new URL(name, base)}?sha256=${hash}`;

const keep = async (name, hash, bytes) => {
  try {
    const type = name.endsWith("js") ? "text/javascript" : "application/octet-stream";
    await store?.put(keyOf(name, hash), new Response(bytes, { headers: { "content-type": type } }));
  } catch {
    // No room on this device: Python works, and is fetched again next time.
  }
};

const download = async (name, { size, sha256: hash }, cache, seen) => {
  // Without a secure address there is no crypto.subtle; then the browser compares the hash itself.
  const own = globalThis.crypto?.subtle;
  const integrity = own ? undefined : `sha256-${btoa(String.fromCharCode(...hash.match(/../g).map((h) => parseInt(h, 16))))}`;
  const stop = AbortSignal.timeout(PATIENCE);
  let response;
  try {
    response = await fetch(new URL(name, base), { cache, integrity, signal: stop });
  } catch (error) {
    throw new Failure(WORDS.offline, `${name}: ${error}`);
  }
  if (!response.ok) {
    const why = "Tell the person who looks after this site: a part of Python is missing from it";
    throw new Failure(`Python could not be fetched. ${why} (${name}).`, `${name}: ${response.status}`);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  try {
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > size) return null;
      bytes.set(value, at);
      at += value.length;
      seen(value.length);
    }
  } catch (error) {
    throw new Failure(WORDS.offline, `${name}: ${error}`);
  }
  return at === size && (!own || (await sha256(bytes)) === hash) ? bytes : null;
};

// The file's bytes, as files.json describes them and not otherwise.
const fetched = async (name, seen) => {
  const file = list.files[name];
  const kept = await store?.match(keyOf(name, file.sha256)).catch(() => undefined);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if (bytes.length === file.size) {
      seen(file.size);
      return bytes;
    }
  }
  for (const cache of ["default", "reload"]) {
    let counted = 0;
    const bytes = await download(name, file, cache, (more) => {
      counted += more;
      seen(more);
    });
    if (bytes) {
      keep(name, file.sha256, bytes); // goes on while Python starts
      return bytes;
    }
    seen(-counted);
  }
  throw new Failure(`A part of Python arrived damaged (${name}). Reload the page. If it happens again, tell the person who looks after this site.`);
};

// Several files at once, with one honest account of the bytes.
const fetchAll = async (names, step) => {
  const total = names.reduce((sum, name) => sum + list.files[name].size, 0);
  let loaded = 0;
  let shown = -1;
  const seen = (more) => {
    loaded += more;
    const percent = Math.floor((100 * loaded) / total);
    if (percent !== shown) say("loading", { step, loaded, total });
    shown = percent;
  };
  say("loading", { step, loaded, total });
  const all = await Promise.all(names.map(async (name) => [name, await fetched(name, seen)]));
  return Object.fromEntries(all);
};

const readList = async () => {
  const address = new URL("files.json", base);
  let response;
  try {
    response = await fetch(address, { cache: "no-cache" });
  } catch (error) {
    response = await store?.match(address.href);
    if (!response) throw new Failure(WORDS.offline, `files.json: ${error}`);
  }
  if (!response.ok) throw new Failure("This copy of the course was built without Python. Download the notebook, and check your answers in JupyterLab.");
  const text = await response.text();
  list = JSON.parse(text);
  if (list.missing) throw new Failure(list.missing);
  list.text = text;
  await store?.put(address.href, new Response(text, { headers: { "content-type": "application/json" } })).catch(() => {});
};

// ---- Python -----------------------------------------------------------------------------------

const STEPS = { fetch: "Fetching Python", start: "Starting Python", rules: "Reading the rules" };
const HOME = "/lib/course";
const SET_UP = `
import sys
sys.path.insert(0, "${HOME}")
from cslearn.exercises import page as cslearn_page
`;

// Pyodide asks for its files with fetch: it gets the ones that have been compared.
const giving = async (files, work) => {
  const original = globalThis.fetch;
  const lock = JSON.stringify({ info: { version: list.version }, packages: {} });
  globalThis.fetch = async (address, options) => {
    const name = String(address.url ?? address).split("/").pop();
    if (name === "pyodide-lock.json") return new Response(lock);
    if (!files[name]) return original(address, options);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(files[name], { headers: { "content-type": type } });
  };
  try {
    return await work();
  } finally {
    globalThis.fetch = original;
  }
};

const unpack = (bytes, folder) => python.unpackArchive(bytes, "zip", { extractDir: folder });

// A picture of Python's memory right after its start, before it has seen anything of the
// learner's: with it the next start takes a tenth of the time. Bound to these very files.
const pictureKey = async () => keyOf("memory", await sha256(new TextEncoder().encode(list.text)));

const pictureAt = async (key) => {
  const kept = await store?.match(key).catch(() => undefined);
  if (!kept) return null;
  const memory = await kept.arrayBuffer();
  return memory.byteLength === Number(kept.headers.get("x-size")) ? memory : null;
};

const start = async (address, exercise) => {
  base = address;
  if (typeof WebAssembly !== "object") {
    throw new Failure("This browser cannot run Python in a page, because WebAssembly is switched off or missing. Use another browser, or download the notebook.");
  }
  store = await openStore();
  await readList();
  const files = await fetchAll(list.start, STEPS.fetch);
  say("loading", { step: STEPS.start });
  const key = store && (await pictureKey());
  const picture = await pictureAt(key);
  await import(new URL("pyodide.asm.js", base));
  const { loadPyodide } = await import(new URL("pyodide.mjs", base));
  const make = (more) => giving(files, () => loadPyodide({ indexURL: base, stdout: () => {}, stderr: () => {}, ...more }));
  if (picture) {
    try {
      python = await make({ _loadSnapshot: picture });
      unpack(files["cslearn-page.zip"], HOME);
      return;
    } catch (error) {
      // Damaged: start as on a first visit.
      console.info("Python starts without its kept memory:", error);
      await store.delete(key);
    }
  }
  python = await make(store ? { _makeSnapshot: true } : {});
  unpack(files["cslearn-page.zip"], HOME);
  say("loading", { step: STEPS.rules });
  python.runPython(SET_UP);
  page = python.globals.get("cslearn_page");
  page.get_ready(exercise ?? "");
  if (store) {
    const memory = python.makeMemorySnapshot();
    store.put(key, new Response(memory, { headers: { "x-size": memory.length } })).catch(() => {});
  }
};

const addPackage = async (name) => {
  const wanted = list.packages[name]?.filter((file) => !unpacked.has(file));
  if (!wanted?.length) return false;
  const files = await fetchAll(wanted, `Fetching ${name}`);
  say("loading", { step: `Starting ${name}` });
  const [site] = python.runPython("import site; site.getsitepackages()").toJs();
  for (const file of wanted) {
    unpack(files[file], site);
    unpacked.add(file);
  }
  python.runPython("import importlib; importlib.invalidate_caches()");
  return true;
};

// What the checks of this exercise need besides, fetched while the learner still types. After the
// picture of the memory, which can hold no such package.
const prepare = async (exercise) => {
  page ??= python.globals.get("cslearn_page");
  for (;;) {
    const missing = page.get_ready(exercise ?? "");
    if (!missing || !(await addPackage(missing))) return;
  }
};

const asked = async (request) => {
  for (;;) {
    say("busy");
    page ??= python.globals.get("cslearn_page");
    const said = JSON.parse(page.reply(JSON.stringify(request)));
    if (!said.needs) return said;
    if (!(await addPackage(said.needs))) {
      throw new Failure(`This check needs ${said.needs}, which is not on this site. Tell the person who looks after it.`, said.detail);
    }
  }
};

// ---- requests ---------------------------------------------------------------------------------

// What went wrong, in words for a reader; `fatal` when this worker cannot go on.
const told = (error) => {
  if (error instanceof Failure) return { sentence: error.sentence, detail: error.detail, fatal: !python };
  const words = `${error?.name}: ${error?.message}`;
  const memory = /out of memory|allocat/i.test(words) && !/PythonError/.test(words);
  return { sentence: memory ? WORDS.memory : WORDS.broken, detail: `${words}\n${error?.stack ?? ""}`, fatal: true };
};

let queue = Promise.resolve();
onmessage = ({ data: { id, verb, ...rest } }) => {
  queue = queue.then(async () => {
    try {
      ready ??= start(rest.base, rest.exercise);
      await ready;
      if (verb === "start") await prepare(rest.exercise);
      const said = verb === "start" ? { result: null } : await asked({ verb, ...rest.request });
      postMessage({ id, ...said });
      say("ready");
    } catch (error) {
      postMessage({ id, ...told(error) });
    }
  });
};
