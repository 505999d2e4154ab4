// What every page does: the contents on a phone, the colours, printing, and the reader's own data.
(() => {
  const find = (selector) => document.querySelector(selector);
  const here = document.currentScript.src;

  // Later: what a reader sees comes first.
  if (navigator.serviceWorker) {
    addEventListener("load", () => setTimeout(() => import(new URL("offline.js", here)).then((keep) => keep.begin()), 500));
  }

  // Without JavaScript the link jumps to the contents, which :target shows.
  const link = find(".contents-link");
  const contents = find(".contents");
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  button.setAttribute("aria-controls", contents.id);
  button.setAttribute("aria-expanded", "false");
  const open = (yes) => {
    contents.classList.toggle("open", yes);
    button.setAttribute("aria-expanded", String(yes));
  };
  button.addEventListener("click", () => open(!contents.classList.contains("open")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && contents.classList.contains("open")) {
      open(false);
      button.focus();
    }
  });
  // The opened contents lie over the text, so what has the focus must not be under them.
  document.addEventListener("focusin", (event) => {
    if (!contents.contains(event.target) && event.target !== button) open(false);
  });
  link.replaceWith(button);
  find(".contents [aria-current]")?.scrollIntoView({ block: "nearest" });
  if (!location.hash) scrollTo(0, 0);

  let store;
  try {
    store = localStorage;
  } catch {
    return; // Storage is switched off: nothing is kept, so there is nothing to choose or erase.
  }

  const colours = find("#colours");
  colours.value = store.getItem("cslearn:colours") ?? "auto";
  colours.parentElement.hidden = false;
  colours.addEventListener("change", () => {
    if (colours.value === "auto") store.removeItem("cslearn:colours");
    else store.setItem("cslearn:colours", colours.value);
    document.dispatchEvent(new Event("cslearn:colours-chosen"));
  });

  // A printed page shows what is folded on the screen, except answers not asked for.
  const folded = () => document.querySelectorAll("main details:not([open]):not(.answers):not(.code)");
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...folded()];
    for (const block of opened) block.open = true;
  });
  addEventListener("afterprint", () => {
    for (const block of opened) block.open = false;
  });

  // Every key of the course begins with "cslearn:".
  const mine = () => Object.keys(store).filter((key) => key.startsWith("cslearn:")).sort();
  const NAMES = { quiz: "Answer", explorer: "Explorer", exercise: "Exercise", case: "Tables of a case", portfolio: "Your portfolio", colours: "Choice of colours" };
  const data = find(".my-data");
  const list = (said = "") => {
    const keys = mine();
    find(".my-data-count").textContent =
      said || (keys.length ? `${keys.length} ${keys.length === 1 ? "entry" : "entries"}:` : "Nothing is kept so far.");
    find(".my-data-list").replaceChildren(
      ...keys.map((key) => {
        const item = document.createElement("li");
        const [, kind, ...where] = key.split(":");
        item.textContent = [NAMES[kind] ?? kind, ...where].join(", ");
        return item;
      }),
    );
    for (const control of data.querySelectorAll("button")) control.disabled = keys.length === 0;
  };
  // An exercise on this page shows at once what was erased or brought back.
  const tell = () => document.dispatchEvent(new Event("cslearn:data-changed"));
  data.hidden = false;
  data.addEventListener("toggle", () => list());
  find(".my-data-save").addEventListener("click", () => {
    const copy = Object.fromEntries(mine().map((key) => [key, store.getItem(key)]));
    const away = document.createElement("a");
    away.href = URL.createObjectURL(new Blob([JSON.stringify(copy, null, 2)], { type: "application/json" }));
    away.download = "my-course-data.json";
    away.click();
    URL.revokeObjectURL(away.href);
  });
  find(".my-data-erase").addEventListener("click", () => {
    if (!confirm("Erase all your answers and settings of this course from this device?")) return;
    for (const key of mine()) store.removeItem(key);
    list("Erased. Reload the page to begin afresh.");
    tell();
  });

  const isCopy = (found) =>
    found !== null && typeof found === "object" && !Array.isArray(found) && Object.keys(found).length > 0 &&
    Object.entries(found).every(([key, value]) => key.startsWith("cslearn:") && typeof value === "string");
  const back = find(".my-data-restore input");
  back.addEventListener("change", async () => {
    const [file] = back.files;
    if (!file) return;
    let found = null;
    try {
      if (file.size < 20 * 1024 * 1024) found = JSON.parse(await file.text());
    } catch {
      // Not JSON: said below.
    }
    back.value = "";
    if (!isCopy(found)) {
      list(`“${file.name}” is not a copy of this course's data. Choose the file that “Save a copy” gave you.`);
      return;
    }
    const taken = Object.keys(found).filter((key) => store.getItem(key) !== null && store.getItem(key) !== found[key]);
    if (taken.length && !confirm(`${taken.length} entries here are not the same as in the copy. Replace them by those of the copy?`)) return;
    try {
      for (const [key, value] of Object.entries(found)) store.setItem(key, value);
      list(`${Object.keys(found).length} entries are brought back. Reload the page to see them all.`);
    } catch {
      list("This browser has no room for all of the copy. Some entries are brought back; the file has them all.");
    }
    tell();
  });
})();
