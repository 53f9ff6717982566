// Says when the same draft is open in another window of this browser. The windows ask each other;
// nothing is kept. Of another device the server tells (record/drafting/open_pages.py).
export function also(form, line, words) {
  const channel = new BroadcastChannel(form.dataset.saveUrl);
  const note = document.createElement("p");
  note.className = "app-saved__also";
  note.setAttribute("role", "status");
  line.after(note);
  const others = new Set();
  const mine = form.elements.namedItem("page").value;
  const tell = (what) => channel.postMessage({ what, page: mine });

  channel.addEventListener("message", ({ data }) => {
    if (data.what === "gone") others.delete(data.page);
    else others.add(data.page);
    if (data.what === "here?") tell("here");
    note.textContent = others.size ? words : "";
  });
  window.addEventListener("pagehide", () => tell("gone"));
  window.addEventListener("pageshow", () => {
    others.clear();
    tell("here?");
  });
}
