// Keys, clicks and focus of the review deck: none is lost, none acts behind a dialog.
const KEYS = {
  C: ["decide", "confirm"], A: ["decide", "confirm"], X: ["decide", "reject"],
  U: ["decide", "unsure"], S: ["skip"], N: ["skip"], Z: ["undo"], T: ["out"], I: ["related"],
  K: ["opposite"], E: ["elsewhere"], D: ["split"], R: ["title"], "?": ["help"],
  G: ["goals"], L: ["likely"], W: ["why"],
};
const ON_LINE = { C: "confirm", A: "confirm", X: "reject", U: "unsure" }; // keys on an SDG line
const ON_MEMBER = new Set(["T", "I", "K", "E", "D", " "]); // keys that mean nothing there
const MOVES = { ArrowDown: 1, ArrowUp: -1 };

extend(class {
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
});
