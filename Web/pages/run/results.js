// <cf-run-results> what a run was given and gave, and <cf-run-files> the files it wrote, with all of them as an archive.

import {html, nothing} from "../../dom/html.js";
import {Part} from "../../dom/element.js";
import {signal, untracked} from "../../dom/signal.js";
import {formatCount, formatSize} from "../../model/format.js";
import {emptyView} from "../../parts/empty.js";
import "../../parts/file-view.js";
import {icon} from "../../parts/icon.js";
import "../../parts/json-tree.js";
import {loadView, resource} from "../../parts/load.js";
import {skeletonRows} from "../../parts/skeleton.js";
import "./output.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../model/run-state.js").RunState} RunState */
/** @typedef {import("../../../Client/client.d.ts").Run} Run */
/** @typedef {import("../../../Client/client.d.ts").Artifact} Artifact */
/** @typedef {import("../../parts/file-view.js").ShownFile} ShownFile */

export class RunResults extends Part {
  static props = {state: null};
  /** @type {RunState | null} */ state;

  view() {
    const run = /** @type {Run | undefined} */ (this.state?.answer);
    if (!run) return nothing;
    const inputs = Object.keys(/** @type {object} */ (run.inputs ?? {})).length;
    return html`<div class="scroll results" tabindex="0" role="region" aria-label="Inputs and outputs"><section><h2 class="sub">Outputs</h2>${run.outputs === null ? html`<p class="dim">${run.status === "succeeded" ? "The run has no outputs." : "There are outputs once the run has succeeded."}</p>`
      : html`<cf-run-output .value=${run.outputs} .name=${`run-${run.number}-outputs`}></cf-run-output>`}</section>
      <section><h2 class="sub">Inputs</h2>${inputs === 0 ? html`<p class="dim">The run was given no inputs.</p>` : html`<cf-json .value=${run.inputs} .root=${"inputs"} .label=${"Inputs of the run"}></cf-json>`}
      ${run.environment ? html`<p class="sm muted">Environment <code>${run.environment}</code></p>` : nothing}</section></div>`;
  }
}

export class RunFiles extends Part {
  static props = {app: null, run: "", version: ""};
  /** @type {App} */ app;
  /** @type {string} id of the run */ run;
  /** @type {string} another one when there may be other files */ version;
  #chosen = signal("");
  /** @type {ShownFile | null} */ #shown = null;
  #shownOf = "";
  /** @type {import("../../parts/load.js").Resource<Artifact[]>} */ #files;

  view() {
    this.#files ??= untracked(() => resource(async (stop) => {
      void this.version;
      return (await this.app.api.listArtifacts({id: this.run, signal: stop})).data.items;
    }, this, {follow: true, of: () => this.run}));
    return loadView(this.#files, {ready: (files) => this.#view(files), skeleton: () => skeletonRows(3)});
  }

  /** @param {Artifact[]} files */
  #view(files) {
    if (files.length === 0) return emptyView({icon: "files", title: "No files", text: "The run has written no files."});
    const chosen = files.find((file) => file.id === this.#chosen.value) ?? files[0];
    return html`<div class="rfiles"><div class="stack"><h2 class="sr">Files of the run</h2><ul class="scroll" aria-label="Files of the run">${files.map((file) => html`<li><button type="button" class="frow ${file === chosen ? "on" : ""}" aria-current=${file === chosen ? "true" : nothing} @click=${() => { this.#chosen.value = file.id; }}>${icon("FILE", 14)}<span class="mono trunc grow">${file.path}</span><span class="dim sm num">${formatSize(file.size)}</span></button></li>`)}</ul>
      <a class="btn sm" href="/api/v1/runs/${this.run}/archive" download>${icon("download", 14)}<span>All ${formatCount(files.length, "file")} as a zip</span></a></div>
      <cf-file-view class="scroll" .file=${this.#file(chosen)}></cf-file-view></div>`;
  }

  /** The same object for the same file, so that it is read once. @param {Artifact} artifact @returns {ShownFile} */
  #file(artifact) {
    if (this.#shown && this.#shownOf === artifact.id + artifact.sha256) return this.#shown;
    this.#shownOf = artifact.id + artifact.sha256;
    const {api} = this.app;
    return this.#shown = {
      name: artifact.path, size: artifact.size, url: `/api/v1/artifacts/${artifact.id}`,
      read: async (stop, most) => {
        const {data} = await api.getArtifact({id: artifact.id, range: `bytes=0-${most - 1}`, signal: stop});
        return typeof data === "string" ? new TextEncoder().encode(data) : data;
      },
    };
  }
}

RunResults.define("cf-run-results");
RunFiles.define("cf-run-files");
