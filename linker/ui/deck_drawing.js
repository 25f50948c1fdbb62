// What the review deck shows: a card with its members, and the last decisions beside it.
extend(class {
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
    const list = side(this);
    if (list !== this.listed) root.querySelector(".deck-side").innerHTML = this.listed = list;
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
      this.shown = this.listed = "";
    }
    return this.root;
  }

  empty() {
    if (this.busy || this.waits) return `<p class='facts'>${text(tr("One moment …"))}</p>`;
    return `<p class='last'>${text(this.data.empty)}</p>${undoButton(this)}`;
  }
});

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
