// The search of the portal. It reads scripts of this folder alone, so that it works from a disk too,
// and sends nothing anywhere. `words` cuts texts as linker/documents/site/words.py does.
(function () {
  "use strict";
  var held = {}, about = null, found = [], shown = 0, answered = null;
  var PAGE = 20, turn = 0;
  var form = document.getElementById("search"), results = document.getElementById("results");
  var told = document.getElementById("found"), more = document.getElementById("more");

  window.portal = { facets: keep, cards: keep, words: keep };
  function keep(name, value) { held[name] = value; }

  function load(name) {
    if (Object.hasOwn(held, name)) { return Promise.resolve(held[name]); }
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = "search/" + name + ".js";
      script.onload = function () {
        if (Object.hasOwn(held, name)) { resolve(held[name]); } else { reject(new Error(name)); }
      };
      script.onerror = function () { reject(new Error(name)); };
      document.head.append(script);
    });
  }

  function words(text) {
    var plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    return (plain.match(/[\p{L}\p{N}]+/gu) || []).flatMap(parts);
  }

  function parts(word) {
    if (!/^[\u3040-\u30ff\u3400-\u9fff]+$/.test(word)) { return [singular(word)]; }
    var pairs = [];
    for (var at = 0; at < word.length - 1; at += 1) { pairs.push(word.slice(at, at + 2)); }
    return pairs.length ? pairs : [word];
  }

  function singular(word) {
    if (word.length < 4) { return word; }
    if (/[^ea]ies$/.test(word)) { return word.slice(0, -3) + "y"; }
    if (/[^aeo]es$/.test(word)) { return word.slice(0, -1); }
    return /[^us]s$/.test(word) ? word.slice(0, -1) : word;
  }

  function shard(word) {
    var first = word.codePointAt(0);
    if (first >= 97 && first <= 122) { return "words-" + word[0]; }
    return first < 128 ? "words-0" : "words-u" + (first >> 8).toString(16);
  }

  // The records that hold a word, or one that begins with it: number -> weight. Rare words weigh
  // more, and so does the text of a record than what stands beside it.
  function holding(term) {
    var name = shard(term);
    if (!about.shards.includes(name)) { return Promise.resolve(new Map()); }
    return load(name).then(function (index) {
      var weights = new Map();
      Object.keys(index).forEach(function (word) {
        if (!word.startsWith(term)) { return; }
        var lists = index[word], whole = word === term ? 1 : 0.6;
        var rare = whole * Math.log(1 + about.records / (lists[0].length + lists[1].length));
        lists.forEach(function (steps, beside) {
          var number = 0, weight = beside ? rare / 2 : rare;
          steps.forEach(function (step) {
            number += step;
            weights.set(number, Math.max(weights.get(number) || 0, weight));
          });
        });
      });
      return weights;
    });
  }

  function matching(text) {
    var terms = Array.from(new Set(words(text)));
    if (!terms.length) {
      var all = new Map();
      about.rows.forEach(function (row, number) { all.set(number, 0); });
      return Promise.resolve(all);
    }
    return Promise.all(terms.map(holding)).then(function (several) {
      var sums = new Map();
      several[0].forEach(function (weight, number) {
        var weights = several.map(function (one) { return one.get(number); });
        if (weights.every(function (one) { return one !== undefined; })) {
          sums.set(number, weights.reduce(function (a, b) { return a + b; }));
        }
      });
      return sums;
    });
  }

  function chosen() {
    return about.facets.map(function (facet) {
      var value = form.elements[facet.key].value;
      return value === "" ? -1 : facet.values.indexOf(value);
    });
  }

  function fits(number, wanted, but) {
    return wanted.every(function (value, facet) {
      return value < 0 || facet === but || about.rows[number][facet].includes(value);
    });
  }

  // What is asked: searched for once, for a list that changes under a click loses it.
  function asked() { return new URLSearchParams(new FormData(form)).toString(); }

  function search() {
    if (asked() === answered) { return; }
    answered = asked();
    var mine = turn += 1, wanted = chosen();
    matching(form.elements.q.value).then(function (sums) {
      if (mine !== turn) { return; }
      found = Array.from(sums.keys()).filter(function (n) { return fits(n, wanted, -1); });
      found.sort(function (a, b) { return sums.get(b) - sums.get(a) || a - b; });
      count(Array.from(sums.keys()), wanted);
      told.textContent = found.length === 1 ? "1 recommendation" : found.length + " recommendations";
      if (!found.length) { told.textContent += ". Try fewer words, or clear a filter."; }
      results.replaceChildren();
      shown = 0;
      remember();
      return show();
    }).catch(broken);
  }

  // How many records each value would leave, beside its name.
  function count(numbers, wanted) {
    about.facets.forEach(function (facet, place) {
      var counts = facet.values.map(function () { return 0; });
      numbers.forEach(function (number) {
        if (fits(number, wanted, place)) {
          about.rows[number][place].forEach(function (value) { counts[value] += 1; });
        }
      });
      Array.from(form.elements[facet.key].options).slice(1).forEach(function (option, value) {
        option.textContent = facet.values[value] + " (" + counts[value] + ")";
        option.disabled = !counts[value] && !option.selected;
      });
    });
  }

  function show() {
    var next = found.slice(shown, shown + PAGE), mine = turn, first = shown;
    shown += next.length;
    var files = Array.from(new Set(next.map(function (n) { return Math.floor(n / about.cards); })));
    return Promise.all(files.map(function (n) { return load("cards-" + n); })).then(function () {
      if (mine !== turn) { return; }
      var terms = words(form.elements.q.value);
      next.forEach(function (number) {
        var file = held["cards-" + Math.floor(number / about.cards)];
        results.append(card(file[number % about.cards], terms));
      });
      more.hidden = shown >= found.length;
      if (first && results.children[first]) { results.children[first].querySelector("a").focus(); }
    });
  }

  function card(values, terms) {
    var item = element("li"), name = element("p", "name"), text = element("p", "text");
    var link = element("a"), said = element("span");
    link.href = values[0];
    marked(link, values[1], terms);
    name.append(link);
    if (values[3]) {
      var position = element("span", "position p-" + values[3].replaceAll(" ", "-"));
      position.textContent = capital(values[3]);
      name.append(" ", position);
    }
    var light = element("span", "light");
    var dot = element("span", "dot s-" + (values[4] || "none").replaceAll(" ", "-"));
    dot.setAttribute("aria-hidden", "true");
    light.append(dot, capital(values[4] || "no status yet"));
    name.append(" ", light);
    said.dir = "auto";
    if (values[5]) { said.lang = values[5]; }
    marked(said, values[2], terms);
    text.append(said);
    item.append(name, text);
    return item;
  }

  // Text with the words that were searched for marked; what is not text never becomes markup.
  function marked(parent, text, terms) {
    text.split(/([\p{L}\p{N}\p{M}]+)/u).forEach(function (part) {
      var own = words(part);
      var hit = own.some(function (word) {
        return terms.some(function (term) { return word.startsWith(term); });
      });
      if (hit) {
        var mark = element("mark");
        mark.textContent = part;
        parent.append(mark);
      } else {
        parent.append(part);
      }
    });
  }

  function element(name, classes) {
    var made = document.createElement(name);
    if (classes) { made.className = classes; }
    return made;
  }

  function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

  // The address holds the search, where the browser lets a page change its own.
  function remember() {
    var query = new URLSearchParams();
    new FormData(form).forEach(function (value, key) { if (value) { query.set(key, value); } });
    try { history.replaceState(null, "", query.size ? "?" + query : location.pathname); } catch { return; }
  }

  function recall() {
    new URLSearchParams(location.search).forEach(function (value, key) {
      if (form.elements[key]) { form.elements[key].value = value; }
    });
  }

  function broken() { document.getElementById("broken").hidden = false; }

  function start(facets) {
    about = facets;
    about.facets.forEach(function (facet) {
      facet.values.forEach(function (value) {
        form.elements[facet.key].append(new Option(value, value));
      });
    });
    recall();
    // On a phone the filters are folded up, unless one is set.
    document.getElementById("narrow").open =
      window.matchMedia("(min-width: 40rem)").matches || chosen().some(function (v) { return v >= 0; });
    form.hidden = false;
    var waiting;
    ["input", "change"].forEach(function (kind) {  // older browsers tell of a choice by "change" alone
      form.addEventListener(kind, function () {
        clearTimeout(waiting);
        waiting = setTimeout(search, 150);
      });
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
    form.addEventListener("reset", function () { setTimeout(search); });
    more.addEventListener("click", function () { show().catch(broken); });
    search();
  }

  load("facets").then(start).catch(broken);
}());
