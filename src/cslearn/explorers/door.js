// A part of an explorer that is fetched when somebody opens it.
import { h } from "./kit.js";

// come(body, announce) fetches the part and builds it in body; it gives what ends it, if anything must.
// about stands under the title, whether the part has come or not.
export function door({ title, about = null, isOpen = false, come }) {
  const status = h("p", { role: "status", class: "cslx-status" });
  const body = h("div");
  const details = h("details", { class: "cslx-open", open: isOpen }, h("summary", {}, title), about, body);
  let end = null;
  const open = async () => {
    if (!details.open || end) return;
    end = () => {};
    body.replaceChildren(h("p", {}, "One moment, this part is on its way …"));
    try {
      const ends = await come(body, (words) => {
        status.textContent = words;
      });
      if (ends) end = ends;
    } catch (error) {
      console.warn(error);
      end = null;
      body.replaceChildren(h("p", { class: "cslx-error", role: "alert" }, "This part did not come. Look whether you are online, then close it and open it again."));
    }
  };
  details.addEventListener("toggle", open);
  if (isOpen) open();
  return { node: h("div", { class: "cslx" }, details, status), close: () => end?.() };
}
