// Paths and sizes of files in the workspace.

import {formatSize} from "./format.js";

/**
 * The folders on the way to a path, outermost first, each with its own path.
 * @param {string} path
 * @returns {{name: string, path: string}[]}
 */
export function crumbs(path) {
  const names = path.split("/").filter((name) => name !== "");
  return names.map((name, index) => ({name, path: names.slice(0, index + 1).join("/")}));
}

/** @param {string} folder @param {string} name */
export const join = (folder, name) => folder === "" ? name : `${folder}/${name}`;

/** @param {string} path */
export const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1);

/** @param {string} path */
export const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/**
 * What keeps a file from being sent, before a byte of it is; null where nothing does.
 * @param {{name: string, size: number}} file
 * @param {number | null} [left] bytes for which there is room, where that is known
 * @returns {string | null}
 */
export function refusal({name, size}, left = null) {
  if (left !== null && size > left) return `It has ${formatSize(size)}; your files may grow by ${formatSize(left)}. Delete what is not needed first.`;
  if (/[\p{Cc}\\:]/u.test(name) || /[. ]$/.test(name)) return "A name has no “:” or “\\”, and no dot or space at its end.";
  return null;
}

/**
 * What is wrong with the name of a new folder; null where nothing is.
 * @param {string} name
 * @returns {string | null}
 */
export function folderRefusal(name) {
  if (name.trim() === "") return "A folder needs a name.";
  if (name.split("/").some((part) => part === "" || part === "." || part === "..")) {
    return "A name is not empty, “.” or “..”, and has no slash at its ends.";
  }
  return refusal({name, size: 0});
}

/**
 * How many bytes files may still take; null where there is no limit, or none is told.
 * @param {{used: number | null, quota: number | null} | null | undefined} room
 */
export const roomLeft = (room) => room && room.quota !== null && room.used !== null ? Math.max(0, room.quota - room.used) : null;
