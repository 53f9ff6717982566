// app-body-map: marks on the figure by a tap, by a cross moved with the arrow keys, or by the name of
// the place. The map is kept as JSON in the hidden field [data-value], which is posted like any
// answer; the server checks it, and draws its own picture from it. Without this script the form
// below the figure does the same by name of place.
import { saying } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const STEP = 10; // of 1000: about 7 mm on a child
const FAR = 60;
const REACH = 2.25; // as the server reckons: half as far again as the region is wide
const HIT = 30;
const FIELDS = ["kind", "length_mm", "width_mm", "text", "photo"];

const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
const typed = (value) => (value === null || value === undefined ? "" : String(value));

export function bodyMap(box) {
  const say = saying(box);
  const part = (name) => box.querySelector(`[data-${name}]`);
  const value = part("value");
  const place = part("place");
  const list = part("list");
  const edit = part("edit");
  const live = part("live");
  const fields = Object.fromEntries([...edit.querySelectorAll("[data-field]")].map((one) => [one.dataset.field, one]));
  const figures = [...box.querySelectorAll("[data-view]")];
  const most = Number(box.dataset.most);
  const kinds = Object.fromEntries([...fields.kind.options].map((one) => [one.value, one.value ? one.text : ""]));
  const regions = [...place.options].map((one) => ({
    key: one.value,
    view: one.value.split("-")[0],
    name: one.value.slice(one.value.indexOf("-") + 1),
    words: one.dataset.words,
    x: Number(one.dataset.x),
    y: Number(one.dataset.y),
    rx: Number(one.dataset.rx),
    ry: Number(one.dataset.ry),
  }));
  const cross = Object.fromEntries(figures.map((one) => [one.dataset.view, { x: 500, y: 620, said: "" }]));

  let marks = [];
  let chosen = -1;
  let moving = false;
  try {
    marks = JSON.parse(value.value || "{}").marks ?? [];
  } catch {
    marks = [];
  }

  // The way without scripts is not needed, and its fields are not to be sent.
  part("plain").remove();
  for (const one of box.querySelectorAll("[data-scripted]")) one.hidden = false;
  fields.where.append(...[...place.children].map((one) => one.cloneNode(true)));

  const regionOf = (mark) => regions.find((one) => one.view === mark.view && one.name === mark.region);
  const away = (region, x, y) => ((x - region.x) / region.rx) ** 2 + ((y - region.y) / region.ry) ** 2;

  function regionAt(view, x, y) {
    let best = null;
    let least = REACH;
    for (const one of regions) {
      const far = one.view === view ? away(one, x, y) : Infinity;
      if (far <= least && (far < least || !best)) [best, least] = [one, far];
    }
    return best;
  }

  function words(mark) {
    const region = regionOf(mark);
    const said = [`${kinds[mark.kind] || say("mark")}, ${region ? region.words : say("nowhere")}.`];
    if (typed(mark.length_mm)) said.push(say(typed(mark.width_mm) ? "size" : "length", { length: mark.length_mm, width: mark.width_mm }));
    if (typed(mark.text)) said.push(`${mark.text}${/[.!?…]$/.test(mark.text) ? "" : "."}`);
    if (typed(mark.photo)) said.push(say("photo", { photo: mark.photo }));
    return said.join(" ");
  }

  const numbered = (index) => say("number", { number: index + 1 });

  function short(index) {
    const region = regionOf(marks[index]);
    return [numbered(index), region?.words, kinds[marks[index].kind].toLowerCase()].filter(Boolean).join(", ");
  }

  function keep() {
    value.value = marks.length ? JSON.stringify({ marks }) : "";
    value.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function shape(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, one] of Object.entries(attributes)) made.setAttribute(key, one);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function drawFigures() {
    for (const figure of figures) {
      const rings = shape("g", { fill: "#fff", stroke: "#8c1d18", "stroke-width": 7 });
      const numbers = shape("g", {
        fill: "#5e120f", "font-family": "sans-serif", "font-weight": 700, "font-size": 48, "text-anchor": "middle",
      });
      marks.forEach((mark, index) => {
        if (mark.view !== figure.dataset.view) return;
        const digits = String(index + 1).length;
        const on = index === chosen;
        rings.append(shape("circle", { cx: mark.x, cy: mark.y, r: 34, ...(on && { "stroke-width": 14 }) }));
        numbers.append(shape("text", { x: mark.x, y: mark.y + 16, "font-size": [48, 42, 34][digits - 1] ?? 34 }, index + 1));
      });
      figure.querySelector("[data-marks]").replaceChildren(rings, numbers);
    }
    part("heading").textContent = say("heading", { count: marks.length });
  }

  function button(index, doing) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "app-map__small";
    made.textContent = say(doing);
    made.ariaLabel = say(`${doing}-this`, { number: index + 1 });
    made.dataset[doing] = "";
    return made;
  }

  function line(index) {
    const made = document.createElement("li");
    made.className = `app-map__mark${index === chosen ? " app-map__mark--on" : ""}`;
    const said = document.createElement("span");
    said.dir = "auto";
    said.textContent = words(marks[index]);
    made.append(said, button(index, "change"), button(index, "take"));
    return made;
  }

  const relist = () => list.replaceChildren(...marks.map((_, index) => line(index)));
  const reline = (index) => list.children[index]?.replaceWith(line(index));

  function choose(index, { focus = true } = {}) {
    const before = chosen;
    chosen = index;
    moving = false;
    part("move").setAttribute("aria-pressed", "false");
    edit.hidden = index < 0;
    if (before >= 0) reline(before);
    if (index >= 0) {
      const mark = marks[index];
      fields.where.value = `${mark.view}-${mark.region}`;
      for (const name of FIELDS) fields[name].value = typed(mark[name]);
      part("editing").textContent = numbered(index);
      reline(index);
      if (focus) fields.kind.focus();
    }
    drawFigures();
  }

  function add(region, x, y) {
    if (marks.length >= most) {
      live.textContent = say("full");
      return;
    }
    marks.push({ view: region.view, region: region.name, x, y, kind: "", length_mm: "", width_mm: "", text: "", photo: "" });
    list.append(line(marks.length - 1));
    keep();
    choose(marks.length - 1);
    live.textContent = short(chosen);
  }

  function put(view, x, y) {
    const region = regionAt(view, x, y);
    if (!region) {
      live.textContent = say("missed");
    } else if (moving && chosen >= 0) {
      Object.assign(marks[chosen], { view, region: region.name, x, y });
      keep();
      choose(chosen, { focus: false });
      live.textContent = say("moved", { mark: short(chosen) });
    } else {
      add(region, x, y);
    }
  }

  function take(index) {
    const removed = say("removed", { mark: short(index) });
    choose(-1);
    marks.splice(index, 1);
    relist();
    keep();
    drawFigures();
    live.textContent = removed;
    (list.children[Math.min(index, marks.length - 1)]?.querySelector("button") ?? part("add")).focus();
  }

  function moveCross(figure, across, along) {
    const at = cross[figure.dataset.view];
    at.x = within(at.x + across, 1000);
    at.y = within(at.y + along, 2000);
    figure.querySelector("[data-cross]").setAttribute("transform", `translate(${at.x} ${at.y})`);
    const region = regionAt(figure.dataset.view, at.x, at.y);
    const said = region ? region.words : say("beside");
    if (said !== at.said) live.textContent = at.said = said;
  }

  for (const figure of figures) {
    const { view } = figure.dataset;
    const svg = figure.querySelector("svg");
    figure.tabIndex = 0;
    figure.setAttribute("role", "application");
    figure.ariaLabel = say("figure", { view: figure.dataset.words.toLowerCase() });
    moveCross(figure, 0, 0);
    figure.addEventListener("click", (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const x = within(at.x, 1000);
      const y = within(at.y, 2000);
      const near = moving ? -1 : marks.findLastIndex((one) => one.view === view && Math.hypot(one.x - x, one.y - y) < HIT);
      if (near >= 0) choose(near);
      else put(view, x, y);
    });
    figure.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const far = event.shiftKey ? FAR : STEP;
      const ways = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] };
      if (ways[event.key]) moveCross(figure, ...ways[event.key]);
      else if (event.key === "Enter" || event.key === " ") put(view, cross[view].x, cross[view].y);
      else return;
      event.preventDefault();
    });
    figure.addEventListener("focus", () => {
      cross[view].said = "";
      moveCross(figure, 0, 0);
    });
  }

  part("add").addEventListener("click", () => {
    const region = regions[place.selectedIndex];
    add(region, region.x, region.y);
  });
  part("done").addEventListener("click", () => {
    const index = chosen;
    choose(-1);
    live.textContent = short(index);
    list.children[index].querySelector("button").focus();
  });
  part("remove").addEventListener("click", () => take(chosen));
  part("move").addEventListener("click", () => {
    moving = !moving;
    part("move").setAttribute("aria-pressed", String(moving));
    live.textContent = moving ? say("tap", { number: chosen + 1 }) : "";
    if (moving) figures.find((one) => one.dataset.view === marks[chosen].view).focus({ preventScroll: true });
  });
  list.addEventListener("click", ({ target }) => {
    const pressed = target.closest("button");
    if (!pressed) return;
    const index = [...list.children].indexOf(pressed.closest("li"));
    if ("take" in pressed.dataset) take(index);
    else choose(index);
  });
  edit.addEventListener("input", ({ target }) => {
    const name = target.dataset.field;
    const mark = marks[chosen];
    if (!name || !mark) return;
    if (name === "where") {
      const region = regions.find((one) => one.key === target.value);
      const near = mark.view === region.view && away(region, mark.x, mark.y) <= REACH;
      Object.assign(mark, { view: region.view, region: region.name, ...(!near && { x: region.x, y: region.y }) });
      drawFigures();
    } else {
      mark[name] = target.value;
    }
    reline(chosen);
    keep();
    if (target.tagName === "SELECT") live.textContent = short(chosen);
  });
  // Enter in a box is done with the mark, not with the whole form.
  edit.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    part("done").click();
  });

  relist();
  drawFigures();
}
