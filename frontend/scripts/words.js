// What a script says stands in the page, in the page's language: data-say-… on the element of the module, with
// {names} where values go. What counts stands there for a few numbers (data-say-points-0, -1, -2 …), in which every
// form of a plural comes up (COUNTS in foundation/web/drawn.py).
const plural = new Intl.PluralRules(document.documentElement.lang || "en");

export const saying = (box) => (name, values = {}) => {
  const key = `data-say-${name}`;
  const words = box.getAttribute(key) ?? box.getAttribute(alike(box, `${key}-`, values.count)) ?? "";
  return words.replace(/\{(\w+)\}/g, (_, hole) => values[hole]);
};

function alike(box, key, count) {
  const form = plural.select(count ?? 0);
  const isAlike = (name) => name.startsWith(key) && plural.select(Number(name.slice(key.length))) === form;
  return box.getAttributeNames().find(isAlike);
}
