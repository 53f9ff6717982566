// The line #save-state: what it says, and the hidden fields the server puts into it.
import { take as takeStill } from "./still.js";

const WORDS = {
  dirty: ["", "Not saved yet"],
  saving: ["saving", "Saving…"],
  offline: ["offline", "No connection: kept on this page, trying again"],
  waiting: ["offline", "No connection: kept on this page. It goes on by itself when the line is back"],
  trouble: ["offline", "The server has trouble: kept on this page, trying again"],
  signedOut: ["stopped", "Not saved: you are signed out. Your words are kept on this page. Sign in in another tab."],
  large: ["stopped", "Not saved: this is too long for one entry. Your words are kept on this page."],
};
const TROUBLE = /--(offline|stopped)/;

export function saveState(line) {
  const teller = document.createElement("span");
  teller.className = "govuk-visually-hidden";
  teller.setAttribute("role", "status");
  line.before(teller);

  function set(className, words, tell) {
    const before = TROUBLE.test(line.className);
    line.className = className;
    const text = line.querySelector("span") ?? line.appendChild(document.createElement("span"));
    text.textContent = words;
    // A screen reader hears of trouble and of its end, not of every second of typing.
    if ((tell || before) && teller.textContent !== words) teller.textContent = words;
  }

  return {
    isTrouble: () => TROUBLE.test(line.className),
    show(kind) {
      const [name, words] = WORDS[kind];
      set(`app-saved${name ? ` app-saved--${name}` : ""}`, words, TROUBLE.test(`--${name}`));
    },
    // Shows an answer of the server; false if it holds none.
    take(html) {
      const page = new DOMParser().parseFromString(html, "text/html");
      const answer = page.getElementById("save-state");
      if (!answer) return false;
      takeStill(page);
      set(answer.className, answer.textContent.trim(), TROUBLE.test(answer.className));
      // A refusal knows no hidden fields: those that were there stay.
      const fields = [...line.querySelectorAll("input")];
      line.innerHTML = answer.innerHTML;
      if (!line.querySelector("input")) line.append(...fields);
      return true;
    },
  };
}
