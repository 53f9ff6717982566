// app-marks: the fold of a statement says in words which marks are chosen inside it.
export function marks(box) {
  const now = box.querySelector("[data-now]");
  if (!now) return;

  function say() {
    const words = [...box.querySelectorAll("input[type=radio]:checked")]
      .map((field) => field.labels[0].textContent.trim().toLowerCase());
    if (words.length) now.textContent = words.join(", ").replace(/^./, (c) => c.toUpperCase());
  }

  box.addEventListener("change", say);
  say();
}
