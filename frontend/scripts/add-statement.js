// app-add-statement: another statement without asking the server. The box holds [data-statements],
// a <template> with __n__ where the number goes (__place__ where the words count it), and a button
// [data-add], which without scripts submits and comes back with one more.
export function addStatement(box, start) {
  const list = box.querySelector("[data-statements]");
  const pattern = box.querySelector("template");
  const button = box.querySelector("[data-add]");
  if (!list || !pattern || !button) return;

  function next() {
    const taken = [...list.querySelectorAll('[name^="statements-"]')]
      .map((field) => Number(field.name.split("-")[1]))
      .filter(Number.isInteger);
    return taken.length ? Math.max(...taken) + 1 : Number(box.dataset.first ?? 1);
  }

  button.addEventListener("click", (event) => {
    event.preventDefault();
    const count = list.querySelectorAll("[data-statement]").length + 1;
    const made = document.createElement("div");
    made.innerHTML = pattern.innerHTML
      .replaceAll("__n__", String(next()))
      .replaceAll("__place__", String(count));
    const added = [...made.children];
    list.append(...added);
    start(list);
    added[0]?.querySelector("textarea")?.focus();
  });
}
