/* The ready-made comparison of a page. */

import { InteractiveTable } from "./interactive.js";

new InteractiveTable(document.querySelector(".compared .cmp"), document.querySelector(".compared > .tools"));
