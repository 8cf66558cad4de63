// An address that leads nowhere.

import {html} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {icon} from "../../parts/icon.js";

class NotFound extends Part {
  static props = {app: null, params: {}, query: null};

  view() {
    return html`<header class="topbar"><a class="hamb brandm" href="/pipelines" aria-label="Code Factory home">${icon("logo", 24)}</a><h1 class="h-sm">Page not found</h1></header>
      <main id="main" tabindex="-1"><div class="page"><div class="empty">
        <h2>Nothing is at this address</h2>
        <p><code>${location.pathname}</code> is no page of Code Factory. It may have been moved to the trash, or the link was cut off.</p>
        <div class="row"><a class="btn primary" href="/pipelines">Open pipelines</a><a class="btn" href="/runs">Open runs</a></div>
      </div></div></main>`;
  }
}

NotFound.define("cf-notfound");
