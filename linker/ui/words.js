// Says the messages of all scripts in the language of the page; Python puts `linkerWords` before.
window.linkerTr = (message, values = {}) =>
  (window.linkerWords[message] ?? message).replace(
    /\{(\w+)\}/g,
    (hole, name) => values[name] ?? hole
  );
window.linkerTrPlural = (one, several, n, values = {}) => {
  const rules = new Intl.PluralRules(document.documentElement.lang);
  return window.linkerTr(rules.select(n) === "one" ? one : several, { n, ...values });
};
