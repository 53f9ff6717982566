// app-sketch: drawing with finger, pen or mouse, and by keyboard. The sketch is kept as JSON in the
// hidden field [data-value], in whole numbers, simplified so that it fits; the server checks it and
// draws its own picture from it. One finger draws, two scroll (touch-action: pinch-zoom).
import { getStroke } from "perfect-freehand";
import { saying } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, CELL] = [1000, 750, 125];
const STEP = 10;
const FAR = 60;
const NEAR = 1.2; // what a point may lie off the line that stands for it
const COLOURS = { black: "#1d1b18", blue: "#14508c", red: "#a3211b" };
const DASHES = { black: "", blue: "18 10", red: "2 12" };
const WIDTHS = { thin: 3, medium: 6, thick: 12 };

const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));

// Ramer, Douglas and Peucker, without recursion: a long stroke has thousands of points.
function simplified(points) {
  const kept = new Set([0, points.length - 1]);
  const todo = [[0, points.length - 1]];
  while (todo.length) {
    const [from, to] = todo.pop();
    const [[ax, ay], [bx, by]] = [points[from], points[to]];
    const long = Math.hypot(bx - ax, by - ay);
    let [most, at] = [NEAR, -1];
    for (let one = from + 1; one < to; one += 1) {
      const [x, y] = points[one];
      const off = long ? Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long : Math.hypot(x - ax, y - ay);
      if (off > most) [most, at] = [off, one];
    }
    if (at < 0) continue;
    kept.add(at);
    todo.push([from, at], [at, to]);
  }
  return points.filter((_, index) => kept.has(index));
}

function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, one] of Object.entries(attributes)) made.setAttribute(key, one);
  if (text !== undefined) made.textContent = text;
  return made;
}

function line({ ink, pen, points }) {
  const at = [];
  for (let one = 0; one < points.length; one += 3) at.push(points.slice(one, one + 3));
  if (ink === "black" && at.length > 1) {
    const outline = getStroke(at.map(([x, y, p]) => [x, y, p / 100]), {
      size: WIDTHS[pen] * 1.15, thinning: 0.4, smoothing: 0.5, streamline: 0, simulatePressure: false,
    });
    return shape("path", { d: `M${outline.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`, fill: COLOURS.black, stroke: "none" });
  }
  const path = at.map(([x, y]) => `${x} ${y}`);
  return shape("path", {
    d: `M${path[0]}L${(path.length > 1 ? path.slice(1) : path).join("L")}`, fill: "none", stroke: COLOURS[ink], "stroke-width": WIDTHS[pen],
    "stroke-linecap": "round", "stroke-linejoin": "round", ...(DASHES[ink] && { "stroke-dasharray": DASHES[ink] }),
  });
}

export function sketch(box) {
  const say = saying(box);
  const part = (name) => box.querySelector(`[data-${name}]`);
  const value = part("value");
  const surface = part("surface");
  const svg = surface.querySelector("svg");
  const drawn = part("drawn");
  const list = part("list");
  const told = part("told");
  const grid = part("grid");
  const limits = { strokes: Number(box.dataset.mostStrokes), drawn: Number(box.dataset.mostDrawn), points: Number(box.dataset.mostPoints) };
  const cross = { x: WIDTH / 2, y: HEIGHT / 2 };
  const before = []; // what to go back to
  let now = { strokes: [], points: [], paper: "plain" };
  try {
    const stored = JSON.parse(value.value || "{}");
    now = {
      strokes: stored.strokes ?? [],
      points: stored.points ?? [],
      paper: stored.paper ?? "plain",
    };
  } catch {
    // What cannot be read is drawn again.
  }
  let live = null; // the stroke being drawn
  let from = null; // where a line begins

  part("plain").remove();
  for (const one of box.querySelectorAll("[data-scripted]")) one.hidden = false;
  grid.checked = now.paper === "grid";

  const chosen = (what) => box.querySelector(`[name$="-${what}"]:checked`).value;
  const square = ({ x, y }) => `${"ABCDEFGH"[Math.min(7, Math.floor(x / CELL))]}${Math.min(5, Math.floor(y / CELL)) + 1}`;
  const tell = (words) => (told.textContent = words);

  function keep() {
    const blank = !now.strokes.length && !now.points.length && now.paper === "plain";
    value.value = blank ? "" : JSON.stringify(now);
    value.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function remember() {
    before.push(JSON.stringify(now));
    if (before.length > 100) before.shift();
  }

  function sheet() {
    const made = [shape("rect", { width: WIDTH, height: HEIGHT, fill: "#fff" })];
    if (now.paper !== "grid" && !now.points.length) return made;
    let path = "";
    for (let x = CELL; x < WIDTH; x += CELL) path += `M${x} 0V${HEIGHT}`;
    for (let y = CELL; y < HEIGHT; y += CELL) path += `M0 ${y}H${WIDTH}`;
    made.push(shape("path", { d: path, fill: "none", stroke: "#cfc8bd", "stroke-width": 2 }));
    const names = shape("g", { "font-family": "sans-serif", "font-size": 22, fill: "#8b8378" });
    for (let x = 0; x < WIDTH; x += CELL)
      for (let y = 0; y < HEIGHT; y += CELL) names.append(shape("text", { x: x + 8, y: y + 26 }, square({ x, y })));
    return [...made, names];
  }

  function dot(point, index) {
    const made = shape("g", { "font-family": "sans-serif", "font-size": 34, fill: "#1d1b18" });
    const turned = point.x > (WIDTH * 2) / 3;
    const text = point.text.length > 20 ? `${point.text.slice(0, 19)}…` : point.text;
    made.append(
      shape("circle", { cx: point.x, cy: point.y, r: 26, fill: "#fff", stroke: "#14508c", "stroke-width": 4 }),
      shape("text", { x: point.x, y: point.y + 12, "text-anchor": "middle" }, index + 1),
      shape("text", {
        x: point.x + (turned ? -36 : 36), y: point.y + 12, "text-anchor": turned ? "end" : "start", stroke: "#fff", "stroke-width": 5, "paint-order": "stroke",
      }, text),
    );
    return made;
  }

  function draw() {
    drawn.replaceChildren(...sheet(), ...now.strokes.map(line), ...now.points.map(dot));
    const drawing = ["strokes", "points"].filter((what) => now[what].length);
    part("heading").textContent = drawing.map((what) => say(what, { count: now[what].length })).join(" ");
  }

  function relist() {
    list.replaceChildren(...now.points.map((point, index) => {
      const made = document.createElement("li");
      made.className = "app-map__mark";
      const label = document.createElement("label");
      label.className = "app-sketch__label";
      const input = document.createElement("input");
      input.className = "govuk-input app-input app-sketch__box";
      input.value = point.text;
      input.maxLength = 200;
      input.dir = "auto";
      input.autocomplete = "off";
      label.append(say("label", { number: index + 1, square: square(point) }), " ", input);
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "app-map__small";
      remove.textContent = say("remove");
      remove.ariaLabel = say("remove-this", { number: index + 1 });
      made.append(label, remove);
      return made;
    }));
  }

  function redo() {
    relist();
    draw();
    keep();
  }

  function addStroke(points) {
    const count = now.strokes.reduce((sum, one) => sum + one.points.length / 3, 0);
    if (now.strokes.length >= limits.strokes || count + points.length / 3 > limits.drawn) {
      tell(say("full"));
      return;
    }
    remember();
    now.strokes.push({ ink: chosen("ink"), pen: chosen("pen"), points });
    tell("");
    draw();
    keep();
  }

  function addPoint(x, y) {
    if (now.points.length >= limits.points) {
      tell(say("no-point"));
      return;
    }
    remember();
    now.points.push({ x, y, text: "" });
    redo();
    tell(say("point", { number: now.points.length, square: square({ x, y }) }));
    list.lastElementChild.querySelector("input").focus();
  }

  function lineAt(x, y) {
    if (!from) {
      from = [x, y];
      tell(say("begun"));
      return;
    }
    addStroke([...from, 50, x, y, 50]);
    from = null;
    tell(say("line"));
  }

  function place(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const pressure = event.pointerType === "mouse" || !event.pressure ? 0.5 : event.pressure;
    return [within(at.x, WIDTH), within(at.y, HEIGHT), within(pressure * 100, 100)];
  }

  const show = (...made) => part("live").replaceChildren(...made);

  surface.addEventListener("pointerdown", (event) => {
    if (live && event.pointerId !== live.id) {
      // A second finger: they scroll or zoom, they do not draw.
      live = null;
      show();
      return;
    }
    if (event.button !== 0 || !event.isPrimary) return;
    if (chosen("tool") !== "draw") return;
    surface.setPointerCapture(event.pointerId);
    live = { id: event.pointerId, points: [place(event)] };
  });
  surface.addEventListener("pointermove", (event) => {
    if (event.pointerId !== live?.id) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) live.points.push(place(one));
    show(line({ ink: chosen("ink"), pen: chosen("pen"), points: live.points.flat() }));
  });
  surface.addEventListener("pointerup", (event) => {
    if (event.pointerId !== live?.id) return;
    const { points } = live;
    live = null;
    show();
    addStroke((points.length > 2 ? simplified(points) : points).flat());
  });
  surface.addEventListener("pointercancel", () => {
    live = null;
    show();
  });
  surface.addEventListener("click", (event) => {
    const tool = chosen("tool");
    const [x, y] = place(event);
    if (tool === "point") addPoint(x, y);
    else if (tool === "line") lineAt(x, y);
  });

  function moveCross(across, along) {
    const was = square(cross);
    cross.x = within(cross.x + across, WIDTH);
    cross.y = within(cross.y + along, HEIGHT);
    part("cross").setAttribute("transform", `translate(${cross.x} ${cross.y})`);
    if (square(cross) !== was) tell(say("square", { square: square(cross) }));
  }

  surface.tabIndex = 0;
  surface.setAttribute("role", "application");
  surface.ariaLabel = say("sketch");
  surface.setAttribute("aria-describedby", box.querySelector("[id$=-keys]").id);
  surface.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const far = event.shiftKey ? FAR : STEP;
    const ways = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] };
    if (ways[event.key]) moveCross(...ways[event.key]);
    else if (event.key === "Enter") addPoint(cross.x, cross.y);
    else if (event.key.toLowerCase() === "l") lineAt(cross.x, cross.y);
    else return;
    event.preventDefault();
  });
  moveCross(0, 0);

  list.addEventListener("input", ({ target }) => {
    const index = [...list.children].indexOf(target.closest("li"));
    now.points[index].text = target.value;
    draw();
    keep();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.tagName === "INPUT") {
      event.preventDefault();
      surface.focus();
    }
  });
  list.addEventListener("click", ({ target }) => {
    if (target.tagName !== "BUTTON") return;
    const index = [...list.children].indexOf(target.closest("li"));
    remember();
    now.points.splice(index, 1);
    redo();
    tell(say("removed", { number: index + 1 }));
    surface.focus();
  });
  part("undo").addEventListener("click", () => {
    if (!before.length) {
      tell(say("nothing"));
      return;
    }
    now = JSON.parse(before.pop());
    grid.checked = now.paper === "grid";
    from = null;
    redo();
    tell(say("undone"));
  });
  part("clear").addEventListener("click", () => {
    remember();
    now = { strokes: [], points: [], paper: now.paper };
    from = null;
    redo();
    tell(say("cleared"));
  });
  grid.addEventListener("change", () => {
    remember();
    now.paper = grid.checked ? "grid" : "plain";
    draw();
    keep();
  });

  relist();
  draw();
}
