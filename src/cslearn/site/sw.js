// Gives what this device has kept, and keeps what it is given: a page once opened works without a network.
// The version stands for the hash of every file of the site. An entry is kept under its address and
// hash, so an update fetches only what changed, and nothing that arrived half is ever kept.

const VERSION = "VERSION-OF-THE-SITE";
const SCOPE = new URL(registration.scope);
const LIST = new URL(`site-files.${VERSION}.json`, SCOPE).href;
// The worker of the exercise pages uses the same store for Python.
const STORE = `cslearn:${SCOPE.pathname}`;
// These it puts there itself.
const PYTHON = /^_static\/pyodide\/.*\.(?:wasm|zip|whl)$/;

let listed; // the promise of { path: sha256 }
let outdated = false; // the site has changed, and this version is about to be replaced

const files = () => {
  listed ??= (async () => {
    const store = await caches.open(STORE);
    let kept = await store.match(LIST);
    if (!kept) {
      const fetched = await fetch(LIST, { cache: "no-cache" });
      if (!fetched.ok) throw new Error(`${LIST}: ${fetched.status}`);
      const text = await fetched.text();
      kept = new Response(text);
      await store.put(LIST, new Response(text));
    }
    const list = await kept.json();
    if (list.version !== VERSION) throw new Error(`${LIST} is of version ${list.version}`);
    return list.files;
  })();
  listed.catch(() => (listed = undefined)); // the next request tries again
  return listed;
};

const pathOf = (address) => {
  const url = new URL(address);
  if (url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return null;
  const path = decodeURI(url.pathname.slice(SCOPE.pathname.length));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
};
const keyOf = (path, hash) => `${new URL(encodeURI(path), SCOPE)}?sha256=${hash}`;
const partsOf = (key) => {
  const url = new URL(key);
  return [pathOf(key), url.searchParams.get("sha256")];
};

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Keeps a response if it is the file of this version, whole; says whether it is.
const keep = async (path, hash, response) => {
  if (!response.ok) return false;
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
  const bytes = await response.arrayBuffer();
  if (hex(await crypto.subtle.digest("SHA-256", bytes)) !== hash) return false;
  try {
    const store = await caches.open(STORE);
    await store.put(keyOf(path, hash), new Response(bytes, { headers }));
  } catch {
    // No room: the page works, but not without a network.
  }
  return true;
};

const kept = async (path, hash) => (await caches.open(STORE)).match(keyOf(path, hash));

const fetchAndKeep = async (path, hash) => {
  if (await kept(path, hash)) return;
  const address = new URL(encodeURI(path), SCOPE);
  for (const cache of ["force-cache", "no-cache"]) {
    const response = await fetch(address, { cache }).catch(() => null);
    if (response && (await keep(path, hash, response))) return;
  }
};

const WITHOUT = `<!DOCTYPE html><html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>No network</title><h1>There is no network</h1>
<p>This page has not been opened on this device before, so it is not kept here. Pages that you have opened work.</p>
<p><a href="${SCOPE.pathname}">Go to the first page of the course</a></p></html>`;

const given = async (event, path) => {
  const { request } = event;
  const hash = await files().then((list) => list[path], () => undefined);
  const own = hash && (await kept(path, hash));
  if (own && !outdated) return own;
  try {
    const response = await fetch(request);
    if (hash && response.ok && !PYTHON.test(path)) {
      const copy = response.clone();
      event.waitUntil(
        keep(path, hash, copy).then((same) => {
          if (same) return null;
          outdated = true;
          return registration.update();
        }).catch(() => {}),
      );
    }
    return response;
  } catch (error) {
    if (own) return own;
    if (request.mode !== "navigate") throw error;
    return new Response(WITHOUT, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
  }
};

addEventListener("fetch", (event) => {
  const path = event.request.method === "GET" ? pathOf(event.request.url) : null;
  if (path !== null && path !== "sw.js") event.respondWith(given(event, path));
});

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const list = await files();
      // What was there before and has changed, so that it is there after the update too.
      const store = await caches.open(STORE);
      const before = new Map((await store.keys()).map((key) => partsOf(key.url)));
      for (const [path, hash] of before) {
        if (hash && list[path] && list[path] !== hash) await fetchAndKeep(path, list[path]);
      }
      // The first one has nothing to wait for; a later one waits until the reader says so.
      if (!registration.active) await skipWaiting();
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const list = await files();
      const store = await caches.open(STORE);
      const python = list["_static/pyodide/files.json"];
      for (const key of await store.keys()) {
        const [path, hash] = partsOf(key.url);
        const current = path === "_static/pyodide/memory" ? hash === python : list[path] === hash;
        const unhashed = key.url === LIST || path === "_static/pyodide/files.json";
        if (!current && !unhashed) await store.delete(key);
      }
      await clients.claim();
    })(),
  );
});

addEventListener("message", (event) => {
  const { ask, addresses = [] } = event.data ?? {};
  if (ask === "take over") skipWaiting();
  if (ask !== "keep") return;
  event.waitUntil(
    (async () => {
      const list = await files();
      const paths = new Set(addresses.map(pathOf));
      for (const path of paths) if (list[path] && !PYTHON.test(path)) await fetchAndKeep(path, list[path]);
      const keys = await (await caches.open(STORE)).keys();
      const pages = new Set(keys.map((key) => partsOf(key.url)[0]).filter((path) => path?.endsWith(".html"))).size;
      event.source?.postMessage({ version: VERSION, pages });
    })().catch(() => {}),
  );
});
