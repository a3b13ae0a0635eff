/* The ready-made comparison of a page. */

import { save } from "../shared/save.js";
import { InteractiveTable } from "./interactive.js";
import { tableAsCsv } from "./saved.js";

const table = document.querySelector(".compared .cmp");
new InteractiveTable(table, document.querySelector(".compared > .tools"));

const button = document.querySelector("button[data-name]");
button.addEventListener("click", () => save(`${button.dataset.name}.csv`, "text/csv;charset=utf-8", tableAsCsv(table)));
button.parentElement.hidden = false;
