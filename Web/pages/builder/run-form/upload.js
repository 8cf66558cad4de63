import {isWhole} from "../../../model/uploads.js";
import {failureOf, sendPieces, sendWhole} from "../../files/sending.js";

/** @typedef {import("../../../app/app.js").App} App */
/** @typedef {{signal: AbortSignal, onSent: (bytes: number) => void}} Given */

/** What the server has no time for is tried again after this. */
const AGAIN_MS = 5000;

/**
 * Puts a file into the workspace, beside what is there. Where the connection breaks off it goes on when the server answers.
 * @param {App} app @param {File} file @param {Given} given @returns {Promise<string>} its path
 */
export async function upload(app, file, given) {
  const name = file.name.normalize("NFC").replace(/[^\p{L}\p{N}._ -]+/gu, "_").replace(/^\.+/, "").slice(0, 120).replace(/[. ]+$/, "") || "file";
  const dot = name.lastIndexOf(".") > 0 ? name.lastIndexOf(".") : name.length;
  for (let number = 1; number < 100; number += 1) {
    const path = `inputs/${number === 1 ? name : `${name.slice(0, dot)}-${number}${name.slice(dot)}`}`;
    const {state, why} = await send(app, file, path, given);
    if (state === "done") return path;
    // There is a file of that name: it may be another one, so it stays.
    if (state !== "exists") throw new Error(why);
  }
  throw new Error(`There are too many files named ${name} in the folder inputs.`);
}

/**
 * What was begun and given up takes no room on the server.
 * @param {App} app @param {File} file @param {string} path @param {Given} given
 */
async function send(app, file, path, {signal, onSent}) {
  /** @type {string | null} */
  let server = null;
  const onBegun = (/** @type {{id: string}} */ begun) => { server = begun.id; };
  signal.addEventListener("abort", () => { if (server !== null) void app.api.removeUpload({id: server}).catch(() => {}); });
  for (;;) {
    const given = {path, file, size: file.size, replaces: null, server};
    const change = await (isWhole(file.size) ? sendWhole : sendPieces)(app, given, {signal, onSent, onBegun})
      .catch((error) => { signal.throwIfAborted(); return failureOf(error); });
    if (change.state !== "broken") return change;
    await answering(signal);
  }
}

/** Waits until the server may have time again. @param {AbortSignal} signal @returns {Promise<void>} */
function answering(signal) {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const end = (/** @type {() => void} */ act) => () => { clearTimeout(timer); over.abort(); act(); };
    const timer = setTimeout(end(resolve), AGAIN_MS);
    addEventListener("cf-reconnected", end(resolve), {signal: over.signal});
    signal.addEventListener("abort", end(() => reject(signal.reason)), {signal: over.signal});
  });
}
