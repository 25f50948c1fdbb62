// What Streamlit's pages lack in the browser: where the focus goes, where a page begins, and keys
// of which none is lost. No tag may stand in this file: Streamlit would drop the whole script.
if (!window.linkerKeyboard) {
  window.linkerKeyboard = true;
  const open = () =>
    document.querySelector("[data-testid=stDialog], [data-testid=stPopoverBody], dialog[open]");

  const tr = window.linkerTr;

  // Streamlit's words for what goes wrong are about Streamlit and the internet; those of its fields
  // are English in every language.
  const OWN_WORDS = {
    "Page not found": () => tr("There is no such page"),
    "The page that you have requested does not seem to exist. Running the app's main page.": () =>
      tr("Linker has no page of this name. Below is the page Start."),
    "Connection error": () => tr("Linker does not answer"),
    "Streamlit server is not responding. Are you connected to the internet?": () =>
      tr(
        "The program that shows these pages has stopped, or its machine cannot be reached. Start it again (linker app) and load this page again. What was written is kept; the internet is not needed."
      ),
    "Upload": () => tr("Upload"),
    "Drag and drop a file here": () => tr("Drag and drop a file here"),
    "Drag and drop files here": () => tr("Drag and drop files here"),
    "Press Enter to apply": () => tr("Press Enter to apply"),
    "Press Ctrl+Enter to apply": () => tr("Press Ctrl+Enter to apply"),
    "Press Enter to submit form": () => tr("Press Enter to submit form"),
    "Press Ctrl+Enter to submit form": () => tr("Press Ctrl+Enter to submit form"),
  };
  const own = (said) =>
    OWN_WORDS[said]?.() ??
    said
      .replace(/^(\S+) per file/, (_, size) => tr("{size} per file", { size }))
      .replace(/^(\d+) more$/, (_, number) => tr("{number} more", { number }));
  const WORDED =
    "[data-testid=stDialog], [data-testid=stFileUploader], [data-testid=InputInstructions], " +
    "[data-testid=stTopNavSection]";
  const reworded = new WeakMap(); // what Streamlit said in a place, and what stands there since
  function reword() {
    for (const place of document.querySelectorAll(WORDED)) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode;
        const before = reworded.get(node);
        const said = before?.to === node.nodeValue ? before.said : node.nodeValue.trim();
        const to = own(said);
        if (to === node.nodeValue.trim()) continue;
        reworded.set(node, { said, to });
        node.nodeValue = to;
      }
    }
  }

  // "?" lists the keys that the buttons of the page say they have.
  function help() {
    const dialog = document.createElement("dialog");
    dialog.className = "keys";
    const rows = buttons().filter((one) => one.querySelector("kbd") && !one.disabled);
    const table = document.createElement(rows.length ? "table" : "p");
    if (!rows.length) {
      table.textContent = tr(
        "This page has no keys of its own: Tab goes from one control to the next, Enter or the space bar presses it."
      );
    }
    for (const button of rows) {
      const key = button.querySelector("kbd").textContent.trim();
      const row = table.insertRow();
      const cap = document.createElement("kbd");
      cap.textContent = key === "A" ? tr("A or C") : key;
      row.insertCell().append(cap);
      row.insertCell().textContent = button.querySelector("p")?.textContent ?? "";
    }
    const title = document.createElement("h2");
    title.textContent = tr("Keys of this page");
    const close = document.createElement("button");
    close.textContent = tr("Close");
    close.onclick = () => dialog.close();
    dialog.onclose = () => dialog.remove();
    dialog.setAttribute("aria-label", title.textContent);
    dialog.append(title, table, close);
    document.body.append(dialog);
    dialog.showModal();
  }

  // What opens over a page (filters, reasons) stands at the end of the document: Tab would reach
  // it after everything else. The focus goes into it instead, and back when it closes.
  let opened = null;
  let opener = null;
  function follow() {
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
  }

  const left = new Map(); // how far each place was scrolled down when its reader last did something
  let place = "";

  // One step of Back for each thing that the reader did: Streamlit writes several addresses.
  let done = false;
  for (const kind of ["pointerdown", "keydown"]) {
    addEventListener(
      kind,
      () => {
        done = true;
        left.set(place, document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0);
      },
      true
    );
  }
  const push = history.pushState.bind(history);
  history.pushState = (...address) => {
    const step = done ? push : history.replaceState.bind(history);
    done = false;
    step(...address);
  };

  // A page, theme, record or link begins at its top; a list that one comes back to, where it was.
  const DETAILS = ["record", "theme", "link", "cluster"];
  let wanted = 0;
  function begin() {
    const main = document.querySelector("[data-testid=stMain]");
    if (!main) return;
    const query = new URLSearchParams(location.search);
    const details = DETAILS.map((name) => query.get(name) ?? "");
    const now = [location.pathname, ...details].join("\n");
    if (now !== place) {
      const list = details.every((value) => !value);
      wanted = list && place.split("\n").slice(1).some(Boolean) ? (left.get(now) ?? 0) : 0;
      place = now;
      main.scrollTop = wanted;
      setTimeout(() => (wanted = 0), 3000);
    } else if (wanted && main.scrollTop < wanted) {
      main.scrollTop = wanted; // the list is not all there yet
    }
  }

  // C confirms as A does: Streamlit keeps the letter to itself.
  // Keys wait for each other: one counts when the page shows what the one before it brought.
  const REST = 5000; // milliseconds
  const STILL = 1000; // milliseconds without work after which a page is all there
  const waiting = [];
  let turn = null;
  let page = location.pathname;
  let worked = Date.now(); // when the page was last seen at work
  const letter = (event) =>
    /^[a-z]$/i.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  const typing = (target) =>
    target.closest?.("input, textarea, select, [contenteditable=true], [role=combobox]");
  // The review deck takes its own keys.
  const deck = () => document.querySelector(".deck");
  const buttons = () =>
    [...document.querySelectorAll("[data-testid=stMain] button")].filter(
      (button) => !button.closest(".deck")
    );
  const named = (button, key) =>
    button.querySelector("kbd")?.textContent.trim() === (key === "C" ? "A" : key);
  const turned = () => document.querySelector("[data-turn]")?.dataset.turn;
  const working = () =>
    document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";
  const still = () => Date.now() - worked > STILL;
  // While a page that has keys is drawn anew, its buttons may be missing for a moment.
  const coming = () => !deck() && turned() !== undefined && !still();
  function press(key) {
    const button = buttons().find((one) => named(one, key));
    if (!button || button.disabled) return false;
    button.click();
    return true;
  }
  function serve() {
    if (working()) worked = Date.now();
    if (page !== location.pathname) {
      page = location.pathname;
      turn = null; // keys of a page that was left mean nothing on another
      waiting.length = 0;
    }
    if (turn && turned() === turn.at) {
      // Between two runs the page rests for a moment: only a long rest says that nothing comes.
      if (working()) {
        turn.rests = Date.now();
        turn.ran = true;
      }
      const rested = Date.now() - turn.rests;
      // A click on a button that was just being replaced draws the page and does nothing: the page
      // counts what it follows, so what it did not follow may be said again.
      if (turn.ran && !turn.again && !open() && rested > STILL) {
        turn.again = true;
        turn.rests = Date.now();
        press(turn.key);
        return;
      }
      if (rested < REST) return;
    }
    turn = null;
    if (!waiting.length || open()) return;
    if (turned() === undefined && working()) return; // the mark is not drawn yet
    const at = { at: turned(), key: waiting[0], rests: Date.now() };
    if (press(waiting[0])) turn = at;
    else if (coming()) return;
    waiting.shift();
  }
  addEventListener(
    "keydown",
    (event) => {
      if (typing(event.target)) return;
      if (event.key === "?" && !open() && !deck()) return help();
      if (!letter(event)) return;
      const key = event.key.toUpperCase();
      if (!open()) {
        if (!turn && !coming() && !buttons().some((one) => named(one, key))) return;
        if (!event.repeat) waiting.push(key);
        serve();
      }
      event.stopImmediatePropagation();
      event.preventDefault();
    },
    true
  );
  setInterval(serve, 30);

  // Once for all that changed until the page is painted: to look at each change makes pages wait.
  let looking = 0;
  function look() {
    looking = 0;
    follow();
    begin();
    reword();
  }
  new MutationObserver(() => (looking ||= requestAnimationFrame(look))).observe(document.body, {
    childList: true,
    subtree: true,
  });
  look(); // a page may be drawn before this comes, and stand still from then on
}
