// app-jump: "go to number" moves within the page where the entry is on it; else the form asks.
export function jump(form) {
  form.addEventListener("submit", (event) => {
    const number = form.querySelector("input").value.trim().replace(/^no\.?\s*/i, "");
    const entry = /^\d+$/.test(number) && document.getElementById(`no-${Number(number)}`);
    if (!entry) return;
    event.preventDefault();
    entry.tabIndex = -1;
    location.hash = entry.id;
    entry.focus();
  });
}
