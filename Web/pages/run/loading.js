// The boxes of a run that is being read.

import {html} from "../../dom/html.js";
import {skeleton, skeletonRows, waitingView} from "../../parts/skeleton.js";

export const loadingView = () => waitingView(html`<div class="rhead" aria-hidden="true">${skeleton("7rem", "1.5rem")}${skeleton("12rem")}<span class="end">${skeleton("18rem", "1.5rem")}</span></div>
  <div class="rgrid" aria-hidden="true"><div class="rleft pad">${skeletonRows(8, "2.375rem")}</div><div class="rright pad">${skeleton("60%", "1.5rem")}${skeleton("90%")}${skeleton("75%")}</div></div>`, "Loading the run");
