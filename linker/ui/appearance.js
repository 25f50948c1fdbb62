// Light, dark or as the system has it: chosen above every page and kept by this browser. Streamlit
// keeps it for the address of each page apart and reads it once, so this runs before it starts.
{
  // Streamlit would look for its server below the address of the page first, and wait a tenth of a
  // second for two answers that there is none.
  window.__streamlit = { BACKEND_BASE_URL: `${location.origin}/` };
  const KEY = "linker.appearance";
  const streamlits = `stActiveTheme-${location.pathname}-v2`;
  const root = document.documentElement;
  try {
    root.dataset.appearance = localStorage.getItem(KEY) ?? "System";
    localStorage.setItem(streamlits, JSON.stringify(root.dataset.appearance));
  } catch {
    // A browser that keeps nothing shows what its system has, and no choice.
  }
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("select.appearance")) return;
    localStorage.setItem(KEY, target.value);
    location.reload();
  });
  // A choice that was just drawn says what is chosen.
  new MutationObserver(() => {
    for (const select of document.querySelectorAll("select.appearance:not([data-set])")) {
      select.value = root.dataset.appearance;
      select.dataset.set = "";
    }
  }).observe(root, { childList: true, subtree: true });
}
