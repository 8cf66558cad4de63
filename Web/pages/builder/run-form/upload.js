import {FactoryError} from "../../../app/api.js";

/** @typedef {import("../../../app/app.js").App} App */

/** What the server takes in one request. */
export const mostBytes = 16 * 2 ** 20;

/**
 * Puts a file into the workspace, beside what is there.
 * @param {App} app @param {File} file @param {AbortSignal} [signal] @returns {Promise<string>} its path
 */
export async function upload(app, file, signal) {
  if (file.size > mostBytes) throw new Error("The file has more than 16 MiB. Put it into the workspace in pieces, or by the command line.");
  const name = file.name.replace(/[^\p{L}\p{N}._ -]+/gu, "_").replace(/^\.+/, "").slice(0, 120) || "file";
  const dot = name.lastIndexOf(".") > 0 ? name.lastIndexOf(".") : name.length;
  const body = new Uint8Array(await file.arrayBuffer());
  for (let number = 1; number < 100; number += 1) {
    const path = `inputs/${number === 1 ? name : `${name.slice(0, dot)}-${number}${name.slice(dot)}`}`;
    try {
      await app.api.putFile({path, ifNoneMatch: "*", body, contentType: "application/octet-stream", ...(signal ? {signal} : {})});
      return path;
    } catch (error) {
      // There is a file of that name: it may be another one, so it stays.
      if (!(error instanceof FactoryError) || error.status !== 412) throw error;
    }
  }
  throw new Error(`There are too many files named ${name} in the folder inputs.`);
}
