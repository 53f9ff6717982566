// Changes the page without moving what one is in: where something above it opens, closes or comes,
// the page scrolls by as much. So the box under a finger, or with the cursor, stays in its place.
export function steady(change, here = document.activeElement) {
  const before = here?.getBoundingClientRect().top;
  const done = change();
  if (!here?.isConnected || here === document.body) return done;
  const moved = here.getBoundingClientRect().top - before;
  if (moved) window.scrollBy({ top: moved, behavior: "instant" });
  return done;
}

// Scrolls so that a part of the page stands whole between the head and the bar, if it fits there. One
// that is too high is left to the browser, which follows the cursor.
export function inSight(part) {
  const bar = document.querySelector(".app-write__bar");
  if (!bar || getComputedStyle(bar).position !== "sticky") return;
  const covers = [bar, ...bar.querySelectorAll(".app-still__list")].filter((one) => one.checkVisibility());
  const bottom = Math.min(...covers.map((one) => one.getBoundingClientRect().top)) - 8;
  const top = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  const at = part.getBoundingClientRect();
  if (at.height > bottom - top) return;
  const by = Math.min(at.top - top, Math.max(0, at.bottom - bottom));
  if (by) window.scrollBy({ top: by, behavior: "instant" });
}
