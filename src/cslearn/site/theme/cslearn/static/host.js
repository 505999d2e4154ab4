// Mounts the page's explorers: anywidget modules, `export default { render({ model, el }) }`.
// Kept under "cslearn:explorer:<page>:<explorer>" in this browser.
(() => {
  const createModel = (key) => {
    let values = {};
    try {
      values = JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      // Storage is off or holds something else: the explorer starts afresh.
    }
    const heard = new Map();
    const tell = (event, ...news) => [...(heard.get(event) ?? [])].forEach((listener) => listener(...news));
    const each = (events, act) => events.split(" ").forEach(act);
    const model = {
      get: (name) => values[name],
      set(name, value) {
        if (values[name] === value) return;
        values = { ...values, [name]: value };
        tell(`change:${name}`, model, value);
        tell("change", model);
      },
      on: (events, listener) => each(events, (e) => heard.set(e, (heard.get(e) ?? new Set()).add(listener))),
      off: (events, listener) => each(events, (e) => (listener ? heard.get(e)?.delete(listener) : heard.delete(e))),
      save_changes() {
        try {
          localStorage.setItem(key, JSON.stringify(values));
        } catch {
          // Storage is off or full: the explorer works on, and forgets when the page closes.
        }
      },
    };
    return model;
  };

  const mount = async (place) => {
    if (place.dataset.state) return;
    place.dataset.state = "loading";
    const wait = place.querySelector(".explorer-wait");
    try {
      const made = (await import(new URL(place.dataset.module, location.href))).default;
      const widget = typeof made === "function" ? await made() : made;
      const model = createModel(`cslearn:explorer:${place.dataset.explorer}`);
      const el = document.createElement("div");
      if (place.dataset.view) el.dataset.view = place.dataset.view;
      place.append(el);
      await widget.initialize?.({ model });
      await widget.render({ model, el });
      wait.remove();
      place.dataset.state = "ready";
    } catch (error) {
      place.dataset.state = "failed";
      wait.setAttribute("role", "alert");
      wait.textContent =
        location.protocol === "file:"
          ? "This explorer works only when the book is opened from a web address, not from a file on disk."
          : `This explorer could not start (${error.message}). Reload the page; if that does not help, go on without it.`;
      console.error(error);
    }
  };

  const places = [...document.querySelectorAll("[data-explorer]")];
  for (const place of places) {
    place.querySelector(".explorer-wait").textContent = `${place.getAttribute("aria-label")} is loading …`;
  }
  const near = new IntersectionObserver((seen) => seen.filter((s) => s.isIntersecting).forEach((s) => mount(s.target)), {
    rootMargin: "800px",
  });
  places.forEach((place) => near.observe(place));
  // The rest when the browser has nothing else to do, unless the reader saves data.
  if (!navigator.connection?.saveData) {
    const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 1500));
    addEventListener("load", () => idle(() => places.forEach(mount)));
  }
})();
