import {signal} from "../../dom/signal.js";
import {join, refusal} from "../../model/workspace.js";
import {problemText} from "../../parts/problem.js";

/** @typedef {import("../../app/app.js").App} App */
/**
 * One file on its way. `exists` waits for somebody to say whether it takes the place of the one there; `refused` was
 * not sent at all, `failed` can be tried again.
 * @typedef {object} Upload
 * @property {number} id
 * @property {File} file
 * @property {string} path
 * @property {number} size
 * @property {number} sent bytes
 * @property {"waiting" | "sending" | "exists" | "done" | "failed" | "refused" | "cancelled"} state
 * @property {string} why what kept it, in words
 * @property {string | null} replaces the ETag of the file that it may take the place of
 */

/** Files are sent one after another: the bytes of all requests share one limit on the server. */
export class Uploads {
  /** @type {import("../../dom/signal.js").Signal<Upload[]>} */
  list = signal([]);
  #app;
  #onWritten;
  #last = 0;
  /** @type {XMLHttpRequest | null} */
  #request = null;

  /** @param {App} app @param {(path: string) => void} onWritten */
  constructor(app, onWritten) {
    this.#app = app;
    this.#onWritten = onWritten;
  }

  get isBusy() {
    return this.list.peek().some(({state}) => state === "waiting" || state === "sending");
  }

  /** @param {File[]} files @param {string} folder */
  add(files, folder) {
    const added = files.map((file) => {
      // The server takes accented letters in one form; some systems spell them in another.
      const name = file.name.normalize("NFC");
      const why = refusal({name, size: file.size});
      return /** @type {Upload} */ ({
        id: this.#last += 1, file, path: join(folder, name), size: file.size, sent: 0,
        state: why ? "refused" : "waiting", why: why ?? "", replaces: null,
      });
    });
    const again = new Set(added.map(({path}) => path));
    const others = this.list.peek().filter(({path, state}) => !again.has(path) || state === "waiting" || state === "sending");
    this.list.value = [...others, ...added];
    this.#next();
  }

  /** Puts it in the place of the file that is there now. @param {Upload} upload */
  async replace({id, path}) {
    try {
      const tag = await tagOf(this.#app, path);
      this.#change(id, {state: "waiting", why: "", sent: 0, replaces: tag});
    } catch (error) {
      this.#change(id, {state: "failed", why: problemText(error)});
    }
    this.#next();
  }

  /** @param {Upload} upload */
  retry({id}) {
    this.#change(id, {state: "waiting", why: "", sent: 0});
    this.#next();
  }

  /** @param {Upload} upload */
  cancel({id, state}) {
    if (state === "sending") this.#request?.abort();
    this.#change(id, {state: "cancelled", why: ""});
  }

  /** Forgets what is over. */
  clear() {
    this.list.value = this.list.peek().filter(({state}) => ["waiting", "sending", "exists"].includes(state));
  }

  /** Ends what is under way. */
  end() {
    this.list.value = [];
    this.#request?.abort();
  }

  /** @param {number} id @param {Partial<Upload>} change */
  #change(id, change) {
    this.list.value = this.list.peek().map((one) => one.id === id ? {...one, ...change} : one);
  }

  async #next() {
    if (this.#request) return;
    const upload = this.list.peek().find(({state}) => state === "waiting");
    if (!upload) return;
    this.#change(upload.id, {state: "sending", sent: 0});
    const change = await this.#send(upload);
    this.#request = null;
    const isKnown = this.list.peek().some(({id, state}) => id === upload.id && state === "sending");
    if (isKnown) this.#change(upload.id, change);
    if (change.state === "done") this.#onWritten(upload.path);
    this.#next();
  }

  /**
   * `fetch` tells nothing of how far a request is, so this is the one place that does without it.
   * @param {Upload} upload
   * @returns {Promise<Partial<Upload>>}
   */
  #send({id, file, path, replaces}) {
    const request = new XMLHttpRequest();
    this.#request = request;
    return new Promise((resolve) => {
      request.open("PUT", `/api/v1/files?path=${encodeURIComponent(path)}`);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.setRequestHeader("X-CSRF-Token", this.#app.session.value?.csrf_token ?? "");
      if (replaces === null) request.setRequestHeader("If-None-Match", "*");
      else request.setRequestHeader("If-Match", replaces);
      request.upload.onprogress = (event) => this.#change(id, {sent: event.loaded});
      request.onload = () => resolve(outcome(request, replaces !== null));
      request.onerror = () => resolve({state: "failed", why: "The connection broke off before the file was there."});
      request.onabort = () => resolve({state: "cancelled"});
      request.send(file);
    });
  }
}

/** @param {XMLHttpRequest} request @param {boolean} isReplacement @returns {Partial<Upload>} */
function outcome(request, isReplacement) {
  if (request.status >= 200 && request.status < 300) return {state: "done"};
  if (request.status === 412) {
    return {state: "exists", why: isReplacement ? "The file there was changed meanwhile." : "There is a file of this name."};
  }
  try {
    return {state: "failed", why: problemText(new Error(JSON.parse(request.responseText).detail))};
  } catch {
    // What answered is no server of Code Factory: the status is all there is.
    return {state: "failed", why: `The server answered ${request.status}.`};
  }
}

/** The tag of what is there now. @param {App} app @param {string} path */
async function tagOf(app, path) {
  // Asking for no more than a byte would be refused for a file that has none.
  const response = await app.connection.send(`/api/v1/files?path=${encodeURIComponent(path)}`, {method: "GET"});
  await response.body?.cancel();
  return response.headers.get("ETag");
}
