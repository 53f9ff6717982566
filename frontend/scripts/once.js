// app-once: a form is sent once, however often a tired thumb taps, and only while the server
// answers. Without a line the browser would show its own error in place of what was typed.
import { isThere } from "./sending.js";

const LINE = "/line/";
const PAUSES = [1000, 2000, 4000, 8000, 15_000];

export function once(form) {
  let going = false;
  let waiting = false;

  form.addEventListener("submit", async (event) => {
    if (going) {
      going = false;
      return;
    }
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    const button = event.submitter;
    const words = note(form, button);
    for (let tries = 0; !(await isThere(LINE)); tries += 1) {
      words.textContent = "No connection: kept on this page. It is sent by itself when the line is back.";
      await back(PAUSES[Math.min(tries, PAUSES.length - 1)]);
    }
    words.textContent = "";
    going = true;
    form.requestSubmit(button);
    // A download or a slow line must not leave the form dead.
    setTimeout(() => (waiting = false), 8000);
  });
  window.addEventListener("pageshow", () => ([going, waiting] = [false, false]));
}

// The place for what is to say, after the button that was pressed.
function note(form, button) {
  const there = form.querySelector("[data-line]");
  if (there) return there;
  const words = document.createElement("p");
  words.className = "app-saved app-saved--offline app-saved--alone";
  words.dataset.line = "";
  words.setAttribute("role", "status");
  (button ?? form.lastElementChild).after(words);
  return words;
}

// Waits a while, or until the browser says that the line is back.
function back(pause) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pause);
    window.addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
