// Alt and the letter of data-key follow a link: Alt+N jots a note. Not the bare letter: a single
// key that cannot be switched off catches people who steer by voice (WCAG 2.1.4). Of several with
// one letter the last is meant: a page's own comes behind the frame's, and knows the book.
export function keys(root) {
  root.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
    const link = [...root.querySelectorAll("[data-key]")].findLast(
      ({ dataset }) => dataset.key === event.key.toLowerCase() || dataset.key === letter,
    );
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
