// app-marks: what is chosen among the marks of a statement, said where they are folded away: in
// words, or on the sheet of paragraphs as the book shows them (nothing where all is usual).
export const neededBy = (box, field) =>
  field.dataset.needs && box.querySelector(`[name$="-${field.dataset.needs}"]`);

export function marks(box) {
  const now = box.querySelector("[data-now]");
  const fold = box.querySelector("[data-marks]");
  if (!now || !fold) return;
  const sheet = box.closest("[data-sheet]");

  const wordsOf = (field) => field.labels[0].textContent.trim();
  const chosen = () => [...box.querySelectorAll("[data-marks] input[type=radio]:checked")];

  function mark(name, words) {
    const made = document.createElement("span");
    made.className = `app-mark app-mark--${name}`;
    made.textContent = words;
    return made;
  }

  function asInTheBook() {
    const said = chosen().filter((field) => field.dataset.mark).map((field) => {
      const more = neededBy(box, field);
      const text = more?.selectedOptions ? (more.value ? more.selectedOptions[0].text : "") : more?.value.trim();
      return mark(field.dataset.mark, text ? `${wordsOf(field)}: ${text}` : wordsOf(field));
    });
    const about = [...box.querySelectorAll("[name$='-about']:checked")].map(wordsOf);
    if (about.length) said.push(mark("about", about.join(", ")));
    fold.toggleAttribute("data-usual", !said.length);
    now.replaceChildren(...said);
  }

  function inWords() {
    const words = chosen().map(wordsOf).join(", ");
    if (words) now.textContent = words;
  }

  const say = sheet ? asInTheBook : inWords;
  box.addEventListener("change", say);
  say();
}
