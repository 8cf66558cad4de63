/**
 * What could not be saved, kept in the tab until it is: a page that is loaded anew goes on with it.
 *
 * @typedef {import("../../../model/document.js").PipelineDocument} PipelineDocument
 * @typedef {{document: PipelineDocument, etag: string}} Kept the draft, and the revision it was made on
 */
export class Backup {
  #key;

  /** @param {string} id of the pipeline @param {"draft" | "text"} [what] */
  constructor(id, what = "draft") {
    this.#key = `cf.unsaved.${what}.${id}`;
  }

  /** @param {Kept | {text: string, etag: string}} value */
  keep(value) {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // A tab that may keep nothing, or not so much: the page itself still has it.
    }
  }

  clear() {
    sessionStorage.removeItem(this.#key);
  }

  /** @returns {any} null where nothing is kept */
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key) ?? "null");
    } catch {
      return null;
    }
  }
}
