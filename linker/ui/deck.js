// The review deck: shows one cluster after the other and takes every key. Each decision is an event
// with a number; events are sent until Python, which alone writes, says that they are on disk.
// Its parts: deck_keys.js takes keys and clicks, deck_goals.js judges SDG lines, deck_drawing.js shows
// a card, deck_dialogs.js holds what opens over it. Python reads them as one script, this one first.
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
    this.titles = []; // of all clusters, by id, to choose one from
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
    // Titles come where they are others than those that the last post said are here.
    if (data.titles) [this.titles, this.titled] = [data.titles, data.titled];
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
    const more = data.more || data.titled !== this.titled;
    if (more) setTimeout(() => this.data === data && this.post()); // once this card is shown
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
    // Nothing of what is left was written before these answers: `deck_again.py` must know.
    if (data.answers.length) for (const event of this.pending) event.since = data.logged;
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
    if (event) this.pending.push({ ...event, n: ++this.number, since: this.data.logged });
    const have = [...this.cards.values()].map((card) => `${card.id}@${card.version}`);
    this.send({
      session: this.session, events: this.pending, have, titled: this.titled, at: Date.now(),
      open: this.current ?? "",
    });
  }
}

// Gives the deck the methods of one of its parts.
function extend(part) {
  const { constructor, ...methods } = Object.getOwnPropertyDescriptors(part.prototype);
  Object.defineProperties(Deck.prototype, methods);
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".deck-root") ?? parentElement;
  const deck = (root.linkerDeck ??= new Deck(root));
  deck.take(data, (sent) => setStateValue("sent", sent));
  return () => deck.leave();
}
