// What a file is shown as, by its name, its kind of content, and its first bytes.

import {grammarOfPath} from "./code-tokens.js";

/** @typedef {"markdown"|"table"|"json"|"code"|"text"|"image"|"diff"|"binary"} FileKind */

const IMAGES = new Map([["png", "image/png"], ["jpg", "image/jpeg"], ["jpeg", "image/jpeg"], ["gif", "image/gif"], ["webp", "image/webp"], ["svg", "image/svg+xml"]]);

/** @param {string} name */
const ending = (name) => (/\.([^./]+)$/.exec(name)?.[1] ?? "").toLowerCase();

/** The media type of an image, or null. @param {string} name */
export const imageType = (name) => IMAGES.get(ending(name)) ?? null;

/** @param {string} name @returns {FileKind} */
export function kindOfName(name) {
  const end = ending(name);
  if (IMAGES.has(end)) return "image";
  if (end === "md" || end === "markdown") return "markdown";
  if (end === "csv" || end === "tsv") return "table";
  if (end === "json") return "json";
  if (end === "diff" || end === "patch") return "diff";
  return grammarOfPath(name) ? "code" : "text";
}

/** The bytes as text, or null where they are none. A last letter that was cut off is left out. @param {Uint8Array} bytes @param {boolean} isWhole */
export function textOf(bytes, isWhole) {
  if (bytes.subarray(0, 8192).includes(0)) return null;
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes, {stream: !isWhole});
  } catch {
    return null;
  }
}
