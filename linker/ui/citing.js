// Copies a record as a citation; where a browser has no clipboard, shows it to be copied by hand.
if (!window.linkerCites) {
  window.linkerCites = true;
  const tr = window.linkerTr;
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("button.cite");
    if (!button) return;
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.cite);
      button.textContent = tr("Copied");
      setTimeout(() => (button.textContent = label), 2000);
    } catch {
      prompt(tr("Copy this:"), button.dataset.cite);
    }
  });
}
