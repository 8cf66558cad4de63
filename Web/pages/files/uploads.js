// The files on their way to the server. The queue is of the whole app: files go on being sent while other pages are looked at.

import {effect, signal} from "../../dom/signal.js";
import {formatCount} from "../../model/format.js";
import {isOpen, isWhole, otherFile, Pace} from "../../model/uploads.js";
import {join, nameOf, refusal} from "../../model/workspace.js";
import {problemText} from "../../parts/problem.js";
import {failureOf, sendPieces, sendWhole} from "./sending.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./sending.js").Begun} Begun */
/**
 * One file on its way. `open` was begun before the page was loaded and waits for the file to be chosen again; `exists`
 * waits for somebody to say whether it takes the place of the one there; `broken` goes on by itself once the server
 * answers; `refused` was not sent at all, `failed` can be tried again.
 * @typedef {object} Upload
 * @property {number} id
 * @property {File | null} file
 * @property {string} path
 * @property {number} size
 * @property {number} sent bytes
 * @property {import("../../model/uploads.js").UploadState} state
 * @property {string} why what kept it, in words
 * @property {string | null} replaces the ETag of the file that it may take the place of
 * @property {string | null} server the id of what the server has of it already
 */

/** What the server has no time for is tried again after this. */
const AGAIN_MS = 5000;

/** @type {WeakMap<App, Uploads>} */
const made = new WeakMap();

/** The uploads of this window. @param {App} app */
export function uploadsOf(app) {
  let uploads = made.get(app);
  if (!uploads) made.set(app, uploads = new Uploads(app));
  return uploads;
}

/** Files are sent one after another: the bytes of all requests share one limit on the server. */
export class Uploads {
  /** @type {import("../../dom/signal.js").Signal<Upload[]>} */
  list = signal([]);
  /** Bytes in a second of what is sent now. */
  rate = signal(/** @type {number | null} */ (null));
  /** How many have arrived: who shows files reads them anew. */
  arrived = signal(0);
  /** Whether somebody looks at the list; where nobody does, its end is told. */
  isShown = false;
  #app;
  #last = 0;
  /** @type {AbortController | null} */
  #stop = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;

  /** @param {App} app */
  constructor(app) {
    this.#app = app;
    addEventListener("cf-reconnected", () => this.#goOn());
    addEventListener("beforeunload", (event) => { if (this.isBusy) event.preventDefault(); });
    let owner = app.session.value?.account.id;
    effect(() => {
      const account = app.session.value?.account.id;
      if (account !== owner) this.#end();
      owner = account;
    });
  }

  get isBusy() {
    return this.list.peek().some(({state}) => state === "waiting" || state === "sending");
  }

  /** What the server has of files that were begun, here or elsewhere. */
  async read() {
    const {items} = (await this.#app.api.listUploads()).data;
    const known = new Set(this.list.peek().map(({server}) => server));
    const begun = items.filter(({id, status}) => status === "open" && !known.has(id));
    if (begun.length > 0) this.list.value = [...this.list.peek(), ...begun.map(({id, path, size, received}) => this.#make({path, size, sent: received, state: "open", server: id}))];
  }

  /** @param {Partial<Upload>} given @returns {Upload} */
  #make(given) {
    return {id: this.#last += 1, file: null, path: "", size: 0, sent: 0, state: "waiting", why: "", replaces: null, server: null, ...given};
  }

  /** @param {File[]} files @param {string} folder @param {number | null} left bytes for which there is room */
  add(files, folder, left) {
    for (const file of files) {
      // The server takes accented letters in one form; some systems spell them in another.
      const path = join(folder, file.name.normalize("NFC"));
      const before = this.list.peek().find((one) => one.path === path && isOpen(one.state) && one.state !== "exists");
      if (before?.state === "waiting" || before?.state === "sending") continue;
      if (before && otherFile(before, file) === null) {
        this.#change(before.id, {file, state: "waiting", why: ""});
        continue;
      }
      const why = refusal({name: nameOf(path), size: file.size}, left);
      const others = this.list.peek().filter((one) => one.path !== path || one === before);
      this.list.value = [...others, this.#make({file, path, size: file.size, state: why ? "refused" : "waiting", why: why ?? ""})];
    }
    this.#next();
  }

  /** Goes on with what was begun, when it is the same file. @param {Upload} upload @param {File} file */
  choose({id, path, size}, file) {
    const why = otherFile({path, size}, file);
    this.#change(id, why ? {why} : {file, state: "waiting", why: ""});
    this.#next();
  }

  /** Puts it in the place of the file that is there now. @param {Upload} upload */
  async replace({id, path, server}) {
    try {
      // What was begun with another wish is begun anew.
      if (server !== null) await this.#app.api.removeUpload({id: server});
      const tag = await tagOf(this.#app, path);
      this.#change(id, {state: "waiting", why: "", sent: 0, server: null, replaces: tag});
    } catch (error) {
      this.#change(id, {state: "failed", why: problemText(error)});
    }
    this.#next();
  }

  /** @param {Upload} upload */
  pause({id, state}) {
    this.#change(id, {state: "paused", why: ""});
    if (state === "sending") this.#stop?.abort();
  }

  /** Goes on, or tries once more. @param {Upload} upload */
  resume({id}) {
    this.#change(id, {state: "waiting", why: ""});
    this.#next();
  }

  /** @param {Upload} upload */
  async cancel({id, state, server}) {
    this.#change(id, {state: "cancelled", why: ""});
    if (state === "sending") this.#stop?.abort();
    if (server === null) return;
    try {
      await this.#app.api.removeUpload({id: server});
    } catch (error) {
      this.#change(id, {why: `What the server has of it stays there until it expires: ${problemText(error)}`});
    }
  }

  /** Forgets what is over. */
  clear() {
    this.list.value = this.list.peek().filter(({state}) => isOpen(state));
  }

  /** With the session of who sent them. */
  #end() {
    this.list.value = [];
    this.#stop?.abort();
    clearTimeout(this.#again);
  }

  #goOn() {
    clearTimeout(this.#again);
    this.list.value = this.list.peek().map((one) => one.state === "broken" ? {...one, state: "waiting", why: ""} : one);
    this.#next();
  }

  /** @param {number} id @param {Partial<Upload>} change */
  #change(id, change) {
    this.list.value = this.list.peek().map((one) => one.id === id ? {...one, ...change} : one);
  }

  async #next() {
    const upload = this.#stop ? undefined : this.list.peek().find(({state}) => state === "waiting");
    if (!upload) return;
    const stop = this.#stop = new AbortController();
    this.#change(upload.id, {state: "sending"});
    const pace = new Pace();
    /** @type {Partial<Upload>} */
    let change = {};
    try {
      change = await (isWhole(upload.size) ? sendWhole : sendPieces)(this.#app, upload, {
        signal: stop.signal,
        onBegun: ({id}) => this.#change(upload.id, {server: id}),
        onSent: (sent) => {
          pace.add(performance.now(), sent);
          this.rate.value = pace.rate;
          this.#change(upload.id, {sent});
        },
      });
    } catch (error) {
      if (!stop.signal.aborted) change = failureOf(error);
    }
    this.#stop = null;
    this.rate.value = null;
    // Whoever paused or cancelled it meanwhile has said already how it stands.
    if (this.list.peek().some(({id, state}) => id === upload.id && state === "sending")) this.#change(upload.id, change);
    if (change.state === "done") this.arrived.value += 1;
    if (change.state === "broken" && this.#app.online.peek()) this.#again = setTimeout(() => this.#goOn(), AGAIN_MS);
    if (!this.isBusy) this.#tell();
    this.#next();
  }

  #tell() {
    if (this.isShown) return;
    const list = this.list.peek();
    const done = list.filter(({state}) => state === "done").length;
    const failed = list.filter(({state}) => state === "failed" || state === "exists").length;
    if (failed > 0) this.#app.toast(`${formatCount(failed, "file")} did not get there`, {kind: "bad", action: {label: "Files", run: () => this.#app.go("/files")}});
    else if (done > 0) this.#app.toast(`${formatCount(done, "file")} uploaded`, {kind: "ok"});
  }
}

/** The tag of what is there now; any where it says none. @param {App} app @param {string} path */
async function tagOf(app, path) {
  // Asking for no more than a byte would be refused for a file that has none.
  const response = await app.connection.send(`/api/v1/files?path=${encodeURIComponent(path)}`, {method: "GET"});
  await response.body?.cancel();
  return response.headers.get("ETag") ?? "*";
}
