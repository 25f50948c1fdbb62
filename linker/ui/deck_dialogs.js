// What opens over the review deck: the list of keys, a new title, the other clusters.
extend(class {
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
      const found = this.titles.filter(
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
});

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
  const title = text(tr("Title")), elsewhere = tr("Put it elsewhere"), keys = tr("Keys");
  return `<section class="deck" aria-label="${deck}">
    <div class="deck-main"></div>
    <section class="deck-side" aria-label="${mine}"></section>
    <p class="deck-live unseen" role="status" aria-live="polite"></p>
    ${dialog("deck-help", keys, `<table>${help()}</table>`)}
    ${dialog("deck-rename", tr("Rename"), `<input aria-label="${title}" maxlength="160">
      <button type="button" data-act="rename">${rename}</button>`)}
    ${dialog("deck-elsewhere", elsewhere,
      `<input aria-label="${other}" placeholder="${other}"><ul></ul>`)}</section>`;
}
