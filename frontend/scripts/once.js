// app-once: a form is sent once, however often a tired thumb taps.
export function once(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    // A download or a slow line must not leave the form dead.
    setTimeout(() => (sent = false), 8000);
  });
  window.addEventListener("pageshow", () => (sent = false));
}
