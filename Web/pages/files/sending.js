// One file on its way: whole in one request, or piece by piece. A piece that arrived stays on the server, so that a break,
// a pause or a page that is loaded anew costs no more than the piece they fell into.

import {FactoryError, Unreachable} from "../../app/api.js";
import {nextPiece} from "../../model/uploads.js";
import {problemText} from "../../parts/problem.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("./uploads.js").Upload} Upload */
/** @typedef {Pick<Upload, "path" | "file" | "size" | "replaces" | "server">} Wish what is sent where */
/** @typedef {import("../../../Client/client.d.ts").Upload} Begun */
/** @typedef {{signal: AbortSignal, onSent: (bytes: number) => void, onBegun: (begun: Begun) => void}} Given */
/** @typedef {{status: number, problem: {[name: string]: any}, answer: any}} Reply */

/** How often a server may say that it has more or less than was thought, without a piece between. */
const MOST_CORRECTIONS = 4;

/**
 * @param {App} app @param {Wish} upload @param {Given} given
 * @returns {Promise<Partial<Upload>>} what is another with it now
 */
export async function sendWhole(app, {path, file, replaces}, {signal, onSent}) {
  // A tag where the file there is known, any where somebody said to replace whatever there is.
  /** @type {Record<string, string>} */
  const condition = replaces === null ? {"If-None-Match": "*"} : {"If-Match": replaces};
  const reply = await transfer(app, "PUT", `/api/v1/files?path=${encodeURIComponent(path)}`, /** @type {File} */ (file), {headers: condition, signal, onProgress: onSent});
  if (reply.status < 300) return {state: "done"};
  if (reply.status === 412) return {state: "exists", why: replaces === null ? "There is a file of this name." : "The file there was changed meanwhile."};
  return refusalOf(reply);
}

/**
 * @param {App} app @param {Wish} upload @param {Given} given
 * @returns {Promise<Partial<Upload>>}
 */
export async function sendPieces(app, upload, given) {
  const {signal, onSent, onBegun} = given;
  const file = /** @type {File} */ (upload.file);
  const first = await begin(app, upload, signal);
  if (first === null) return {state: "exists", why: "There is a file of this name."};
  onBegun(first);
  let begun = first;
  for (let corrections = 0; begun.status !== "complete";) {
    const {from, to} = nextPiece(begun.received, file.size, begun.piece_bytes);
    onSent(from);
    /** @type {Reply} */
    const reply = await transfer(app, "PATCH", `/api/v1/uploads/${begun.id}`, file.slice(from, to), {
      headers: {"Upload-Offset": String(from)}, signal, onProgress: (bytes) => onSent(from + bytes),
    });
    if (reply.status < 300) {
      corrections = 0;
      begun = {...begun, ...reply.answer};
    } else if (reply.status === 409 && reply.problem.code === "upload_offset" && typeof reply.problem.received === "number" && (corrections += 1) <= MOST_CORRECTIONS) {
      begun = {...begun, received: reply.problem.received};
    } else if (reply.status === 412) {
      return {state: "exists", why: "A file of this name came there meanwhile."};
    } else if (reply.status === 404) {
      return {state: "failed", why: "The server keeps nothing of this upload any more. Retry begins it anew.", server: null, sent: 0};
    } else {
      return refusalOf(reply);
    }
  }
  return {state: "done", server: null};
}

/** Takes up what was begun, or begins. @param {App} app @param {Wish} upload @param {AbortSignal} signal @returns {Promise<Begun | null>} null where a file of that name is there */
async function begin(app, {server, path, size, replaces}, signal) {
  if (server !== null) {
    try {
      return (await app.api.getUpload({id: server, signal})).data;
    } catch (error) {
      if (!(error instanceof FactoryError) || error.status !== 404) throw error;
    }
  }
  try {
    return (await app.api.createUpload({body: {path, size, replace: replaces !== null}, signal})).data;
  } catch (error) {
    if (error instanceof FactoryError && replaces === null && error.code === "precondition_failed") return null;
    throw error;
  }
}

/** Why a file did not get there, and whether waiting helps. @param {unknown} error @returns {Partial<Upload>} */
export function failureOf(error) {
  if (error instanceof Unreachable || (error instanceof FactoryError && isPassing(error.status))) {
    return {state: "broken", why: "The connection broke off. It goes on when the server answers."};
  }
  return {state: "failed", why: problemText(error)};
}

/** @param {Reply} reply @returns {Partial<Upload>} */
function refusalOf({status, problem}) {
  // The server may still be at work on the piece before, which the connection that broke had sent.
  if (isPassing(status) || problem.code === "state_conflict") return {state: "broken", why: typeof problem.detail === "string" ? problemText(new Error(problem.detail)) : "The server has no time for it now."};
  // What answered may be no server of Code Factory: the status is then all there is.
  return {state: "failed", why: typeof problem.detail === "string" ? problemText(new Error(`${problem.detail}${problem.hint ? `. ${problem.hint}` : ""}`)) : `The server answered ${status}.`};
}

/** @param {number} status */
const isPassing = (status) => [429, 502, 503, 504].includes(status);

/**
 * `fetch` tells nothing of how far a request is, so this is the one place that does without it.
 * @param {App} app @param {string} method @param {string} url @param {Blob} body
 * @param {{headers: Record<string, string>, signal: AbortSignal, onProgress: (bytes: number) => void}} given
 * @returns {Promise<Reply>}
 */
function transfer(app, method, url, body, {headers, signal, onProgress}) {
  signal.throwIfAborted();
  const request = new XMLHttpRequest();
  const stop = () => request.abort();
  signal.addEventListener("abort", stop);
  return new Promise((/** @type {(reply: Reply) => void} */ resolve, reject) => {
    request.open(method, url);
    for (const [name, value] of Object.entries({...headers, "Content-Type": "application/octet-stream", "X-CSRF-Token": app.connection.csrfToken ?? ""})) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status === 401) app.connection.onSignedOut();
      resolve({status: request.status, problem: answer ?? {}, answer});
    };
    request.onerror = () => {
      // Others learn of it, too; and whoever waits is told when the server is back.
      app.connection.online.value = false;
      reject(new Unreachable(new Error("the request broke off")));
    };
    request.onabort = () => reject(signal.reason);
    request.send(body);
  }).finally(() => signal.removeEventListener("abort", stop));
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
