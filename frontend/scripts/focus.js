// app-focus: what must be read first takes the focus when the page opens.
export function focus(element) {
  element.focus();
}
