// Shows what others write in a log while its page is open. It asks again every few seconds while
// the page is in sight, and replaces the part only if it differs and nobody is about to use it.
const EVERY = 15_000;

export function live(element, start) {
  const part = element.querySelector("[data-live-part]");
  const said = element.querySelector("[data-live-said]");
  const url = new URL(element.dataset.liveUrl, window.location.href);

  async function look() {
    if (document.hidden || part.contains(document.activeElement)) return;
    let answer;
    try {
      answer = await fetch(url, { credentials: "same-origin" });
    } catch {
      return; // no line: the next look tries again
    }
    if (!answer.ok || answer.redirected) return;
    const now = document.createElement("div");
    now.innerHTML = await answer.text();
    if (now.textContent.trim() === part.textContent.trim()) return;
    part.replaceChildren(...now.childNodes);
    start(part);
    const last = answer.headers.get("X-Last");
    if (last !== url.searchParams.get("last")) said.textContent = element.dataset.sayNew;
    url.searchParams.set("last", last);
  }

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
