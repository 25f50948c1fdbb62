// SDG targets and indicators of a card: one decision holds for all its records.
extend(class {
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
});

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
  const reasons = tr("Why"), confirm = tr("Confirm"), reject = tr("Reject");
  const why = deck.whys.get(`${deck.current} ${goal.code}`);
  return `<li class="deck-goal ${goal.code === goal.target ? "" : "below"}" tabindex="0" ${mine}
      aria-label="${text(goal.label)}, ${text(said)}">${goal.html}
    <p class="facts">${text(goal.facts)} ${goal.told}</p>
    <div class="deck-acts">
      ${button("goal", confirm, "C", `data-value="confirm" ${mine}`, off)}
      ${button("goal", reject, "X", `data-value="reject" ${mine}`, off)}
      ${goal.why ? button("why", reasons, "W", `${mine} aria-expanded="${why !== undefined}"`) : ""}
    </div>${why === undefined ? "" : `<div class="deck-why">${why || text(tr("One moment …"))}</div>`}</li>`;
}
