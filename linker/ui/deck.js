// The review deck: shows one cluster after the other and takes every key. Each decision is an event
// with a number; events are sent until Python, which alone writes, says that they are on disk.
const KEYS = {
  C: ["decide", "confirm"], A: ["decide", "confirm"], X: ["decide", "reject"],
  U: ["decide", "unsure"], S: ["skip"], N: ["skip"], Z: ["undo"], T: ["out"], I: ["related"],
  K: ["opposite"], E: ["elsewhere"], D: ["split"], R: ["title"], "?": ["help"],
  G: ["goals"], L: ["likely"], W: ["why"],
};
const ON_LINE = { C: "confirm", A: "confirm", X: "reject", U: "unsure" }; // keys on an SDG line
const ON_MEMBER = new Set(["T", "I", "K", "E", "D", " "]); // keys that mean nothing there
const MOVES = { ArrowDown: 1, ArrowUp: -1 };
const OUT = new Set(["out", "related", "opposite", "move", "split"]);
const tr = (message, values) => window.linkerTr(message, values);
const trPlural = (one, several, n, values) => window.linkerTrPlural(one, several, n, values);
const AGAIN = 5000; // milliseconds after which what has no answer is sent again

class Deck {
  constructor(root) {
    this.root = root;
    this.session = crypto.randomUUID();
    this.number = 0;
    this.pending = []; // events without an answer
    this.keys = []; // keys that wait for a card
    this.past = []; // what was done here, for an undo that shows at once
    this.cards = new Map();
    this.gone = new Set(); // clusters decided or put off, until Python's order says so too
    this.order = [];
    this.current = null;
    this.member = 0;
    this.chosen = new Set();
    this.goalsOpen = false;
    this.whys = new Map(); // why, by cluster and code; empty until Python has said so
    this.times = [];
    this.onKey = this.onKey.bind(this);
    this.onLeave = (event) => this.pending.length && event.preventDefault();
    root.addEventListener("click", (event) => this.onClick(event));
    root.addEventListener("focusin", (event) => this.onFocus(event));
    root.addEventListener("toggle", (event) => this.onToggle(event), true);
    window.linkerDeck = this;
  }

  // What comes from Python -------------------------------------------------------------------

  take(data, send) {
    this.data = data;
    const root = document.documentElement;
    // The words of another language come by a script of the page, which may be a moment later.
    if (root.lang !== data.language) {
      return requestAnimationFrame(() => this.data === data && this.take(data, send));
    }
    if (this.language !== data.language) this.root.innerHTML = "";
    this.language = data.language;
    this.send = send;
    addEventListener("keydown", this.onKey, true);
    addEventListener("beforeunload", this.onLeave);
    this.clock ??= setInterval(() => this.pending.length && this.post(), AGAIN);
    if (data.session === this.session) this.answered(data);
    for (const card of data.cards) if (!this.isAhead(card.id)) this.cards.set(card.id, card);
    this.order = data.order;
    for (const id of [...this.gone]) {
      const open = this.pending.some((event) => event.cluster === id);
      if (!open) this.gone.delete(id);
    }
    if (data.scope !== this.scope) {
      this.scope = data.scope;
      this.whys.clear();
      this.current = data.opened && this.cards.has(data.opened) ? data.opened : null;
    }
    if (!this.card) this.next();
    this.draw();
    this.drain();
    if (data.more) setTimeout(() => this.data === data && this.post()); // once this card is shown
  }

  // Whether a card shows what Python has not answered yet: it must not fall back.
  isAhead(id) {
    return this.pending.some((event) => event.cluster === id || event.about === id);
  }

  answered(data) {
    for (const answer of data.answers) {
      const event = this.pending.find((one) => one.n === answer.n);
      if (!event) continue;
      if (!answer.ok) this.error = answer.said;
      if (!answer.ok && event.cluster) this.show(event.cluster);
      if (answer.show && ["undo", "open"].includes(event.do)) this.show(answer.show);
      if (event.do === "undo") this.say(answer.said);
      if (event.do === "why") this.explained(event, answer);
    }
    this.pending = this.pending.filter((event) => event.n > data.acked);
  }

  leave() {
    removeEventListener("keydown", this.onKey, true);
    removeEventListener("beforeunload", this.onLeave);
    clearInterval(this.clock);
    this.clock = undefined;
  }

  // What is done -----------------------------------------------------------------------------

  get card() {
    return this.current && this.cards.get(this.current);
  }

  act(what, value, extra = {}) {
    const card = this.card;
    if (what === "undo") return this.undo();
    if (what === "goals") return this.toGoals();
    if (what === "why") return this.why(this.line);
    if (!card || !this.data.named) return;
    this.error = "";
    if (what === "likely") return this.judge(card.goals.filter((goal) => goal.likely), "confirm");
    if (what === "elsewhere") return this.elsewhere();
    if (what === "title") return this.title();
    if (what === "help") return this.help();
    if (OUT.has(what)) return this.out(what, extra);
    const note = this.root.querySelector(".deck-note")?.value ?? "";
    this.past.push({ do: what, id: card.id });
    this.post({ do: what, cluster: card.id, verdict: value, note, ...extra });
    this.gone.add(card.id);
    this.next();
    this.say(`${SAID[value]?.() ?? tr("Put off")}: ${card.title}. ${this.spoken()}`);
    this.draw(true);
  }

  out(what, extra) {
    const card = this.card;
    const active = card.members[this.member];
    const picked = what === "split" && this.chosen.size ? [...this.chosen] : [active?.record];
    const records = [...new Set(picked)].filter(Boolean);
    const left = card.members.filter((one) => !records.includes(one.record));
    if (!records.length || !left.length) {
      this.say((this.error = tr("These are all of it: reject the cluster instead.")));
      return this.draw();
    }
    this.past.push({ do: what, id: card.id, card });
    this.cards.set(card.id, { ...card, version: "", members: left });
    this.chosen.clear();
    this.member = Math.min(this.member, left.length - 1);
    this.post({ do: what, cluster: card.id, records, ...extra });
    this.say(`${WORDS[what]()}: ${active.label}.`);
    this.draw();
  }

  undo() {
    if (!this.data.named) return;
    const last = this.past.pop();
    this.post({ do: "undo", about: last?.id });
    if (!last) {
      this.current = null;
      this.waits = this.number;
    } else {
      if (last.card) this.cards.set(last.id, last.card);
      this.show(last.id);
    }
    this.say(tr("Taken back."));
    this.draw(!(last?.line >= 0));
    if (last?.line >= 0) this.goTo(last.line);
  }

  // SDG targets and indicators of the card: one decision holds for all its records.

  get line() {
    const held = document.activeElement?.closest?.(".deck-goal");
    return held && this.root.contains(held) ? Number(held.dataset.goal) : -1;
  }

  toGoals() {
    if (this.line >= 0) return this.root.querySelector(".deck-title").focus();
    if (!this.card?.goals.length) return this.say(tr("No SDG target is shared by these records."));
    this.goalsOpen = true;
    this.draw();
    this.goTo(Math.max(0, this.card.goals.findIndex((goal) => !goal.decision)));
  }

  goTo(line) {
    const last = this.card.goals.length - 1;
    this.root.querySelectorAll(".deck-goal")[Math.max(0, Math.min(line, last))]?.focus();
  }

  judge(lines, verdict) {
    const card = this.card;
    const codes = lines.map((goal) => goal.code);
    if (!this.data.named) return;
    if (!codes.length) return this.say(tr("No likely SDG line is left to judge."));
    const takes = (goal) => codes.includes(goal.code) ||
      (verdict === "reject" && codes.includes(goal.target) && !goal.decision);
    const told = `<span class="chip ${verdict}">${text(SAID[verdict]())}</span>`;
    const goals = card.goals.map((goal) =>
      takes(goal) ? { ...goal, decision: verdict, likely: false, told } : goal);
    const line = this.line;
    this.error = "";
    this.past.push({ do: "sdg", id: card.id, card, line });
    this.cards.set(card.id, { ...card, version: "", goals });
    this.post({ do: "sdg", cluster: card.id, codes, verdict });
    this.say(`${tr("{what}: SDG {codes}", { what: SAID[verdict](), codes: codes.join(", ") })}.`);
    this.draw();
    const next = goals.findIndex((goal, number) => number > line && !goal.decision);
    if (line >= 0) this.goTo(next < 0 ? line : next);
  }

  why(line) {
    const goal = this.card?.goals[line];
    if (!goal?.why) return;
    const key = `${this.current} ${goal.code}`;
    if (!this.whys.delete(key)) {
      this.whys.set(key, "");
      this.post({ do: "why", cluster: this.current, code: goal.code });
    }
    this.draw();
    this.goTo(line);
  }

  explained(event, answer) {
    const key = `${event.cluster} ${event.code}`;
    if (!answer.ok) this.whys.delete(key);
    else if (this.whys.has(key)) this.whys.set(key, answer.said);
  }

  show(id) {
    this.gone.delete(id);
    this.current = id;
    this.member = 0;
    this.waits = 0;
  }

  next() {
    const open = this.order.filter((id) => !this.gone.has(id) && id !== this.current);
    const id = open.find((one) => this.cards.has(one));
    this.current = id === open[0] ? id ?? null : null;
    this.member = 0;
    this.chosen.clear();
  }

  post(event) {
    if (event) this.pending.push({ ...event, n: ++this.number });
    const have = [...this.cards.values()].map((card) => `${card.id}@${card.version}`);
    this.send({
      session: this.session, events: this.pending, have, at: Date.now(), open: this.current ?? "",
    });
  }

  // Keys, clicks, focus ----------------------------------------------------------------------

  onKey(event) {
    const typing = event.target.closest?.("input, textarea, select, [role=combobox]");
    const over = "[data-testid=stDialog], [data-testid=stPopoverBody], dialog[open]";
    const plain = !(event.ctrlKey || event.metaKey || event.altKey);
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const mine = KEYS[key] || MOVES[key] || (key === " " && event.target.closest?.(".deck-member"));
    if (typing || !plain || !mine || document.querySelector(over)) return;
    if (key === " " && event.target.closest("button, input, summary")) return;
    if (MOVES[key] && !event.target.closest?.(".deck") && event.target !== document.body) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.repeat && !MOVES[key]) return;
    this.pressed = performance.now();
    this.keys.push(key);
    this.drain();
  }

  drain() {
    while (this.keys.length && (this.card || (this.keys[0] === "Z" && !this.waits))) {
      this.follow(this.keys.shift());
    }
    if (!this.card && !this.busy) this.keys = [];
  }

  get busy() {
    return this.pending.length > 0;
  }

  follow(key) {
    const line = this.line;
    if (line >= 0 && MOVES[key]) return this.goTo(line + MOVES[key]);
    if (line >= 0 && ON_LINE[key]) return this.judge([this.card.goals[line]], ON_LINE[key]);
    if (line >= 0 && ON_MEMBER.has(key)) return;
    if (MOVES[key]) return this.go(this.member + MOVES[key]);
    if (key === " ") return this.choose();
    this.act(...KEYS[key]);
  }

  go(member) {
    this.member = Math.max(0, Math.min(member, this.card.members.length - 1));
    this.root.querySelectorAll(".deck-member")[this.member]?.focus();
  }

  choose() {
    const record = this.card.members[this.member].record;
    this.chosen.has(record) ? this.chosen.delete(record) : this.chosen.add(record);
    this.draw();
  }

  onClick(event) {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const { act, value, member, id, goal } = button.dataset;
    if (member !== undefined) this.member = Number(member);
    if (goal !== undefined) this.goTo(Number(goal));
    if (act === "open") {
      this.post({ do: "open", cluster: id });
      if (this.cards.has(id)) this.show(id);
      else this.current = null;
      return this.draw(true);
    }
    if (act === "goal") return this.judge([this.card.goals[goal]], value);
    if (act === "choose") return this.choose();
    if (act === "close") return button.closest("dialog").close();
    if (act === "rename") {
      button.closest("dialog").close();
      return this.rename(this.root.querySelector(".deck-rename input").value);
    }
    if (act === "move") {
      button.closest("dialog").close();
      return this.out("move", { to: id });
    }
    this.pressed = performance.now();
    if (act === "undo" || this.card) this.act(act, value);
  }

  onFocus(event) {
    const member = event.target.closest?.(".deck-member");
    if (member) this.member = Number(member.dataset.member);
  }

  onToggle(event) {
    if (event.target.classList.contains("deck-sdg")) this.goalsOpen = event.target.open;
  }

  // What is shown ----------------------------------------------------------------------------

  say(words) {
    const live = this.root.querySelector(".deck-live");
    if (live) live.textContent = words;
  }

  spoken() {
    const { title, summary } = this.card || {};
    return this.card ? tr("Next: {title}, {summary}.", { title, summary }) : "";
  }

  draw(fresh = false) {
    const root = this.frame();
    const held = root.contains(document.activeElement) ? document.activeElement : null;
    const focus = held?.classList.contains("deck-member") ? this.member : -1;
    const line = this.line;
    this.drawCard(root.querySelector(".deck-main"));
    root.querySelector(".deck-side").innerHTML = side(this);
    if (focus >= 0 && !fresh) this.go(focus);
    if (line >= 0 && !fresh && this.card) this.goTo(line);
    if (fresh) {
      root.querySelector(".deck-title")?.focus({ preventScroll: true });
      const main = document.querySelector("[data-testid=stMain]");
      const top = root.getBoundingClientRect().top - 80;
      if (main && top < 0) main.scrollTop += top;
    }
    if (this.pressed) {
      const since = this.pressed;
      this.pressed = 0;
      requestAnimationFrame(() => this.times.push(performance.now() - since));
    }
  }

  // What is typed into the note of a card stays, whatever comes of others meanwhile.
  drawCard(main) {
    const html = this.card ? face(this) : this.empty();
    if (html === this.shown) return;
    const before = this.drawn === this.current && main.querySelector(".deck-note");
    const typing = before && before === document.activeElement;
    main.innerHTML = this.shown = html;
    this.drawn = this.current;
    const note = main.querySelector(".deck-note");
    if (!before || !note) return;
    note.value = before.value;
    if (!typing) return;
    note.focus({ preventScroll: true });
    note.setSelectionRange(before.selectionStart, before.selectionEnd);
  }

  frame() {
    if (!this.root.querySelector(".deck-main")) {
      this.root.innerHTML = frame();
      this.shown = "";
    }
    return this.root;
  }

  empty() {
    if (this.busy || this.waits) return `<p class='facts'>${text(tr("One moment …"))}</p>`;
    return `<p class='last'>${text(this.data.empty)}</p>${undoButton(this)}`;
  }

  help() {
    this.root.querySelector(".deck-help").showModal();
  }

  title() {
    const dialog = this.root.querySelector(".deck-rename");
    dialog.querySelector("input").value = this.card.title;
    dialog.showModal();
  }

  rename(title) {
    const card = this.card;
    if (!title.trim() || title.trim() === card.title) return;
    this.past.push({ do: "rename", id: card.id, card });
    this.cards.set(card.id, { ...card, version: "", title: title.trim() });
    this.post({ do: "rename", cluster: card.id, title: title.trim() });
    this.say(tr("Renamed: {title}.", { title: title.trim() }));
    this.draw();
  }

  elsewhere() {
    const dialog = this.root.querySelector(".deck-elsewhere");
    const field = dialog.querySelector("input");
    const list = dialog.querySelector("ul");
    const from = this.card;
    const fill = () => {
      const words = field.value.toLowerCase().split(/\s+/);
      const found = this.data.titles.filter(
        ([id, title]) => id !== from.id && words.every((word) => title.toLowerCase().includes(word))
      );
      list.innerHTML = found.slice(0, 12).map(
        ([id, title]) => `<li><button data-act="move" data-id="${id}">${text(title)}</button></li>`
      ).join("");
    };
    field.value = "";
    field.oninput = fill;
    fill();
    dialog.showModal();
  }
}

const WORDS = {
  out: () => tr("Taken out"), related: () => tr("Same issue only"),
  opposite: () => tr("The contrary"), move: () => tr("Put elsewhere"),
  split: () => tr("Split off"),
};
const SAID = {
  confirm: () => tr("Confirmed"), reject: () => tr("Rejected"), unsure: () => tr("Left as unsure"),
};
const text = (words) => {
  const box = document.createElement("i");
  box.textContent = words;
  return box.innerHTML.replaceAll("\"", "&quot;");
};
const button = (act, label, key, more = "", off = "") =>
  `<button type="button" data-act="${act}" aria-keyshortcuts="${key}" ${more} ${off}>${text(label)}` +
  ` <kbd aria-hidden="true">${key}</kbd></button>`;
const undoButton = (deck) => button("undo", tr("Undo"), "Z", "", deck.data.named ? "" : "disabled");

function face(deck) {
  const { card, data } = deck;
  const off = data.named ? "" : "disabled";
  const members = card.members.map((member, number) => line(deck, member, number, off)).join("");
  const rest = trPlural("and {n} more that is as sure.", "and {n} more that are as sure.", card.more);
  const more = card.more ? `<p class="facts">${text(rest)}</p>` : "";
  const asks = trPlural("{n} ask", "{n} asks", card.members.length);
  const judge = text(tr("Judge this cluster"));
  const note = text(tr("Note")), optional = text(tr("Note (optional)"));
  const error = deck.error ? `<p class="last deck-error" role="alert">${text(deck.error)}</p>` : "";
  return `<p class="facts">${text(data.progress)}</p>
    <h2 class="deck-title" tabindex="-1">${text(card.title)}</h2>
    <p class="facts deck-summary">${text(card.summary)}</p>${card.head}
    <div class="deck-bar" role="toolbar" aria-label="${judge}">
      <p class="question">${text(data.question)}</p>
      ${button("decide", tr("Confirm"), "C", 'data-value="confirm" class="deck-first"', off)}
      ${button("decide", tr("Reject"), "X", 'data-value="reject"', off)}
      ${button("decide", tr("Unsure"), "U", 'data-value="unsure"', off)}
      ${button("skip", tr("Later"), "S")}
      ${undoButton(deck)}
      ${button("title", tr("Rename"), "R", "", off)}
      ${button("help", tr("Keys"), "?")}
      <input class="deck-note" aria-label="${note}" maxlength="1000"
        placeholder="${optional}">
    </div>${error}${card.goals.length ? goals(deck, off) : ""}
    <ul class="deck-members" aria-label="${text(asks)}">${members}</ul>${more}`;
}

function line(deck, member, number, off) {
  const mine = `data-member="${number}"`;
  const chosen = deck.chosen.has(member.record);
  const label = member.doubt ? tr("{record}, in doubt", { record: member.label }) : member.label;
  const split = tr("Split {number} off", { number: deck.chosen.size });
  return `<li class="deck-member ${chosen ? "chosen" : ""}" tabindex="0" ${mine}
      aria-label="${text(label)}">${member.html}
    <div class="deck-acts">
      ${button("out", tr("Take out"), "T", mine, off)}
      ${button("related", tr("Same issue only"), "I", mine, off)}
      ${button("opposite", tr("The contrary"), "K", mine, off)}
      ${button("elsewhere", tr("Put elsewhere"), "E", mine, off)}
      <button type="button" data-act="choose" ${mine} aria-pressed="${chosen}" ${off}>
        ${text(chosen ? tr("Chosen") : tr("Choose"))}</button>
      ${deck.chosen.size ? button("split", split, "D", mine, off) : ""}
    </div></li>`;
}

function goals(deck, off) {
  const all = deck.card.goals;
  const stay = all.filter((goal) => goal.code === goal.target && goal.decision !== "reject");
  const open = all.filter((goal) => !goal.decision).length;
  const likely = all.filter((goal) => goal.likely).length;
  const together = tr("Confirm all {number} likely", { number: likely });
  const title = text(tr("SDG targets and indicators"));
  const holds = tr(
    "What you say of a line holds for all its records. A target that is rejected takes its indicators along."
  );
  return `<details class="deck-sdg" ${deck.goalsOpen ? "open" : ""}>
    <summary aria-keyshortcuts="G">${title} <kbd aria-hidden="true">G</kbd>
      ${stay.map((goal) => goal.chip).join(" ")}
      <span class="facts">${text(open ? tr("{number} to judge", { number: open }) : tr("all judged"))}</span></summary>
    <p class="facts">${text(holds)}</p>
    ${likely > 1 ? `<div class="deck-acts">${button("likely", together, "L", "", off)}</div>` : ""}
    <ul class="deck-goals" aria-label="${title}">
      ${all.map((goal, number) => goalLine(deck, goal, number, off)).join("")}</ul></details>`;
}

function goalLine(deck, goal, number, off) {
  const mine = `data-goal="${number}"`;
  const said = SAID[goal.decision]?.() ?? tr("not judged");
  const reasons = tr("Why");
  const why = deck.whys.get(`${deck.current} ${goal.code}`);
  return `<li class="deck-goal ${goal.code === goal.target ? "" : "below"}" tabindex="0" ${mine}
      aria-label="${text(goal.label)}, ${text(said)}">${goal.html}
    <p class="facts">${text(goal.facts)} ${goal.told}</p>
    <div class="deck-acts">
      ${button("goal", tr("Confirm"), "C", `data-value="confirm" ${mine}`, off)}
      ${button("goal", tr("Reject"), "X", `data-value="reject" ${mine}`, off)}
      ${goal.why ? button("why", reasons, "W", `${mine} aria-expanded="${why !== undefined}"`) : ""}
    </div>${why === undefined ? "" : `<div class="deck-why">${why || text(tr("One moment …"))}</div>`}</li>`;
}

function side(deck) {
  const written = (event) => !["open", "why"].includes(event.do);
  const saving = deck.pending.filter(written).map((event) => {
    const card = deck.cards.get(event.cluster);
    return `<li class="saving">${text(card ? card.title : tr("Undo"))} <i>${text(tr("saving …"))}</i></li>`;
  });
  const mine = deck.data.mine.map(
    ([id, what, title]) =>
      `<li>${id ? `<button type="button" data-act="open" data-id="${id}">${text(title)}</button>`
        : `<span>${text(title)}</span>`}
       <span class="facts">${text(what)}</span></li>`
  );
  const list = [...saving.reverse(), ...mine].join("");
  const none = `<li class='facts'>${text(tr("None yet."))}</li>`;
  return `<h2>${text(tr("My last decisions"))}</h2><ol>${list || none}</ol>`;
}

const help = () => [
  [tr("C or A"), tr("confirm: all of these ask the same measure")],
  ["X", tr("reject: they do not")],
  ["U", tr("leave as unsure")],
  ["S", tr("later")],
  ["R", tr("rename the cluster")],
  ["Z", tr("take back what was last, whatever it was")],
  ["↑ ↓", tr("go through the members")],
  ["T", tr("take the member out")],
  ["I", tr("the member is about the same issue only")],
  ["K", tr("the member asks the contrary")],
  ["E", tr("put the member into another cluster")],
  [tr("Space"), tr("choose members")],
  ["D", tr("split the chosen ones off as a cluster of their own")],
  ["?", tr("this list")],
  ["G", tr("to the SDG targets and indicators, and back")],
  ["C X U", tr("on an SDG line: confirm, reject, leave as unsure, for all its records")],
  ["L", tr("confirm all likely SDG lines of this card")],
  ["W", tr("on an SDG line: why")],
].map(([key, what]) => `<tr><th scope="row"><kbd>${text(key)}</kbd></th><td>${text(what)}</td></tr>`)
  .join("");

function frame() {
  const close = `<button type="button" data-act="close">${text(tr("Close"))}</button>`;
  const dialog = (name, title, body) =>
    `<dialog class="${name}" aria-label="${text(title)}"><h2>${text(title)}</h2>${body}${close}</dialog>`;
  const rename = text(tr("Rename")), other = text(tr("Words of the other cluster"));
  const deck = text(tr("Review deck")), mine = text(tr("My last decisions"));
  const title = text(tr("Title")), elsewhere = tr("Put it elsewhere");
  return `<section class="deck" aria-label="${deck}">
    <div class="deck-main"></div>
    <section class="deck-side" aria-label="${mine}"></section>
    <p class="deck-live unseen" role="status" aria-live="polite"></p>
    ${dialog("deck-help", tr("Keys"), `<table>${help()}</table>`)}
    ${dialog("deck-rename", tr("Rename"), `<input aria-label="${title}" maxlength="160">
      <button type="button" data-act="rename">${rename}</button>`)}
    ${dialog("deck-elsewhere", elsewhere,
      `<input aria-label="${other}" placeholder="${other}"><ul></ul>`)}</section>`;
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".deck-root") ?? parentElement;
  const deck = (root.linkerDeck ??= new Deck(root));
  deck.take(data, (sent) => setStateValue("sent", sent));
  return () => deck.leave();
}
