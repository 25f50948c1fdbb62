// What opens over a page (filters, reasons) stands at the end of the document: Tab would reach it
// after everything else. The focus goes into it instead, and back when it closes.
if (!window.linkerKeyboard) {
  window.linkerKeyboard = true;
  let opened = null;
  let opener = null;
  new MutationObserver(() => {
    const found = document.querySelector("[data-testid=stPopoverBody]");
    if (found === opened) return;
    if (found) {
      opener = opened ? opener : document.activeElement;
      found.tabIndex = -1;
      found.focus({ preventScroll: true });
    } else if (document.activeElement === document.body && opener?.isConnected) {
      opener.focus();
    }
    opened = found;
  }).observe(document.body, { childList: true, subtree: true });
}
