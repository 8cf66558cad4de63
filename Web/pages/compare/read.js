// All that a comparison shows, read at once.

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Pipeline} Pipeline */
/** @typedef {import("../../../Client/client.d.ts").VersionSummary} VersionSummary */
/** @typedef {import("./changes.js").Members} Members */
/**
 * @typedef {object} Comparison
 * @property {Pipeline} pipeline
 * @property {string} etag of its draft
 * @property {VersionSummary[]} versions
 * @property {import("../../../Client/client.d.ts").Difference} difference
 * @property {Members} before
 * @property {Members} after
 */

const MOST_VERSIONS = 200;

/**
 * @param {App} app
 * @param {{id: string, a: string, b: string}} params
 * @param {AbortSignal} signal
 * @returns {Promise<Comparison>}
 */
export async function readComparison({api}, {id, a, b}, signal) {
  const number = Number(a);
  const [{data: pipeline, etag}, {data: difference}, before, after, {data: list}] = await Promise.all([
    api.getPipeline({id, signal}), api.compareVersion({id, number, to: b, signal}), documentOf(number),
    b === "draft" ? null : documentOf(Number(b)), api.listVersions({id, limit: MOST_VERSIONS, signal}),
  ]);
  if (typeof pipeline === "string") throw new TypeError("a document came in the place of a pipeline");
  return {pipeline, etag: etag ?? `"${pipeline.revision}"`, versions: list.items, difference, before, after: after ?? pipeline.document};

  /** @param {number} version */
  async function documentOf(version) {
    const {data} = await api.getVersion({id, number: version, signal});
    return typeof data === "string" ? {} : data.document;
  }
}
