// The line #save-state: what it says, and the hidden fields the server puts into it.
import { take as takeStill } from "./still.js";

const LOOKS = {
  dirty: "", saving: "saving", offline: "offline", waiting: "offline", trouble: "offline", "signed-out": "stopped", large: "stopped",
};
const TROUBLE = /--(offline|stopped)/;

export function saveState(line, say) {
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
      const name = LOOKS[kind];
      set(`app-saved${name ? ` app-saved--${name}` : ""}`, say(kind), TROUBLE.test(`--${name}`));
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
