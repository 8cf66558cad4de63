/**
 * The draft on the server: what it is known to be, and how it is written, one request after the other.
 *
 * @typedef {import("../../../model/document.js").PipelineDocument} PipelineDocument
 * @typedef {import("../../../../Client/client.d.ts").Factory} Factory
 * @typedef {import("../../../../Client/client.d.ts").Pipeline} Pipeline
 * @typedef {import("../../../../Client/client.d.ts").Answer<Pipeline>} PipelineAnswer
 * @typedef {{document: PipelineDocument, etag: string}} Known what the server has
 */

export class ServerDraft {
  /** @type {Known} */
  known;
  #api;
  #id;
  /** What is being sent. @type {Promise<unknown>} */
  #sending = Promise.resolve();

  /** @param {Factory} api @param {string} id @param {Known} known */
  constructor(api, id, known) {
    this.#api = api;
    this.#id = id;
    this.known = known;
  }

  /** The revision that the server is known to have. */
  get revision() { return Number(this.known.etag.replace(/\D/g, "")); }

  /** Ends when all that was sent is answered. */
  get quiet() { return this.#sending; }

  /** Sends when what was sent before is answered. @template Result @param {() => Promise<Result>} send @returns {Promise<Result>} */
  after(send) {
    const sending = this.#sending.then(send);
    this.#sending = sending.catch(() => {});
    return sending;
  }

  /** @param {PipelineDocument | string} body @param {string} [etag] @returns {Promise<PipelineAnswer>} */
  put(body, etag = this.known.etag) {
    const document = /** @type {Parameters<Factory["replacePipeline"]>[0]["body"]} */ (/** @type {unknown} */ (body));
    return this.#api.replacePipeline({id: this.#id, ifMatch: etag, draft: true, merge: true, body: document});
  }

  /** What it is now; null where the answer does not tell. @returns {Promise<Known | null>} */
  async read() {
    const {data, etag} = await this.#api.getPipeline({id: this.#id});
    return typeof data === "string" || etag === null ? null : {document: /** @type {PipelineDocument} */ (data.document), etag};
  }
}
