// Keeps what has been opened for use without a network, shows the version, and offers a newer one.
// The work is done by sw.js at the top of the site; site.js loads this once the page stands.

const HERE = import.meta.url;
const root = new URL("../", HERE);
const footer = document.querySelector("footer.bottom");

const button = (words, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
};

// What this page has loaded so far; a page that is opened for the first time came past sw.js.
const loaded = () => [
  location.href,
  ...performance.getEntriesByType("resource").map((entry) => entry.name),
  // Explorers load their chart library with the first chart, and some load a part when it is
  // opened. Without a network that is too late.
  ...[...document.querySelectorAll("[data-explorer]")].flatMap(({ dataset }) => {
    const module = new URL(dataset.module, location.href).href;
    return [module, ...(dataset.files ?? "").split(" ").filter(Boolean).map((file) => new URL(file, module).href)];
  }),
];

const offer = (registration) => {
  if (document.querySelector(".newer")) return;
  const bar = document.createElement("section");
  bar.className = "newer";
  bar.setAttribute("aria-label", "A newer version");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const reload = button("Reload", () => {
    reload.disabled = true;
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage({ ask: "take over" });
  });
  bar.append(said, reload, button("Later", () => bar.remove()));
  document.body.append(bar);
  // After it stands in the page, so that a screen reader says it.
  said.textContent = "A newer version of the course is ready. What you have entered stays.";
};

const watch = (registration) => {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      // Without a controller it is the first one, which replaces nothing.
      if (coming.state === "installed" && navigator.serviceWorker.controller) offer(registration);
    });
  });
};

const version = document.createElement("p");
version.className = "version";
footer.append(version);
const show = ({ data }) => {
  if (!data?.version) return;
  const pages = data.pages === 1 ? "1 page is" : `${data.pages} pages are`;
  version.textContent = `Version ${data.version}. ${pages} kept on this device and can be opened without a network.`;
};

export const begin = async () => {
  // A platform may allow none, or the browser may keep nothing: then the site works as before.
  try {
    navigator.serviceWorker.addEventListener("message", show);
    const registration = await navigator.serviceWorker.register(new URL("sw.js", root), { updateViaCache: "none" });
    watch(registration);
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ ask: "keep", addresses: loaded() });
  } catch (error) {
    version.remove();
    console.info("This site cannot be kept for use without a network:", error.message);
  }
};
