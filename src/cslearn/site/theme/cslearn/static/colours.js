// Sets data-theme="light" or "dark" on <html> before anything is drawn. Explorers read it
// and hear "cslearn:colours" when it changes.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("cslearn:colours");
    } catch {
      return null; // Storage is switched off: follow the device.
    }
  };
  const apply = () => {
    document.documentElement.dataset.theme = chosen() ?? (dark.matches ? "dark" : "light");
    document.dispatchEvent(new Event("cslearn:colours"));
  };
  dark.addEventListener("change", apply);
  document.addEventListener("cslearn:colours-chosen", apply);
  apply();
})();
