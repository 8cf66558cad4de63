// A call of the API by its address, with the errors of the client.

/**
 * @template T
 * @param {import("./app.js").App} app
 * @param {"GET" | "POST" | "PUT" | "DELETE"} method
 * @param {string} path
 * @param {{body?: unknown, signal?: AbortSignal}} [given]
 * @returns {Promise<T>}
 */
export async function call(app, method, path, {body, signal} = {}) {
  const {data} = await /** @type {any} */ (app.api)._send({name: path, method, path, query: [], json: "application/json"}, {body, signal});
  return data;
}
