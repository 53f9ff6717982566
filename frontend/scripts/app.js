// Starts the modules a page asks for: <form data-module="app-autosave app-conditional">, and sends
// its forms. Every page is complete without them. Nothing is kept in the browser.
import { addStatement } from "./add-statement.js";
import { autosave } from "./autosave.js";
import { bodyMap } from "./body-map.js";
import { conditional } from "./conditional.js";
import { focus } from "./focus.js";
import { hints } from "./hints.js";
import { jump } from "./jump.js";
import { keys } from "./keys.js";
import { live } from "./live.js";
import { marks } from "./marks.js";
import { menu } from "./menu.js";
import { names } from "./names.js";
import { paragraphs } from "./paragraphs.js";
import { posting } from "./posting.js";
import { rows } from "./rows.js";
import { sketch } from "./sketch.js";
import { still } from "./still.js";

const modules = {
  "app-add-statement": addStatement,
  "app-autosave": autosave,
  "app-body-map": bodyMap,
  "app-conditional": conditional,
  "app-focus": focus,
  "app-hints": hints,
  "app-jump": jump,
  "app-live": live,
  "app-marks": marks,
  "app-menu": menu,
  "app-names": names,
  "app-paragraphs": paragraphs,
  "app-rows": rows,
  "app-sketch": sketch,
  "app-still": still,
};
const started = new WeakMap();

// Starts each module of each element once, also in parts that came later.
function start(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    const done = started.get(element) ?? new Set();
    started.set(element, done);
    for (const name of element.dataset.module.split(" ")) {
      if (modules[name] && !done.has(name)) {
        done.add(name);
        modules[name](element, start);
      }
    }
  }
}

keys(document);
posting(start);
start(document);
document.addEventListener("htmx:after:swap", () => start(document));
