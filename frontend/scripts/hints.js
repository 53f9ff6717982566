// app-hints: gentle hints on one statement, a second after the last key. [data-hints] takes the
// answer of the server; "use" puts words in only when tapped, "leave it" is kept with the draft.
// Nothing is kept in the browser. Without scripts the hints stand on the page to read through.
import { steady } from "./steady.js";

const WAIT = 900;

export function hints(box) {
  const form = box.closest("form");
  const url = form?.dataset.hintsUrl;
  const text = box.querySelector("textarea");
  const place = box.querySelector("[data-hints]");
  if (!url || !text || !place) return;
  let timer = null;
  let asked = 0;
  let last = "";

  const kind = () => box.querySelector("[name$='-kind']:checked")?.value ?? "";
  const dismissed = () => [...form.querySelectorAll("[name=dismissed_hints]")].map((one) => one.value);

  async function ask() {
    const said = JSON.stringify([text.value, kind(), dismissed()]);
    if (said === last) return;
    last = said;
    const mine = (asked += 1);
    const body = new URLSearchParams({ text: text.value, kind: kind() });
    for (const one of dismissed()) body.append("dismissed_hints", one);
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(url, {
        method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin",
        cache: "no-store", redirect: "error",
      });
      if (!answer.ok || mine !== asked) return;
      const html = await answer.text();
      steady(() => {
        place.innerHTML = html;
        for (const ways of place.querySelectorAll("[hidden]")) ways.hidden = false;
      });
      const holds = document.querySelector("[data-word-reason]");
      if (holds && place.querySelector("[data-holds]")) holds.hidden = false;
    } catch {
      last = ""; // no connection: the words matter, the hints can wait
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  }

  place.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const ways = button?.closest("[data-start]");
    if (!ways) return;
    if ("use" in button.dataset) {
      const { start, end, found } = ways.dataset;
      const points = [...text.value];
      if (points.slice(start, end).join("") !== found) return void ask();
      text.setRangeText(
        button.dataset.use,
        points.slice(0, start).join("").length,
        points.slice(0, end).join("").length,
        "end",
      );
    } else {
      const kept = document.createElement("input");
      kept.type = "hidden";
      kept.name = "dismissed_hints";
      kept.value = ways.dataset.found.toLowerCase();
      form.append(kept);
    }
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
    ask();
  });
  text.addEventListener("input", soon);
  box.addEventListener("change", soon);
  if (text.value.trim()) ask();
}
