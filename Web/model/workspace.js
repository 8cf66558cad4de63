// Paths and sizes of files in the workspace.

/** The largest file that the server takes. */
export const MOST_BYTES = 16 * 1024 * 1024;

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
 * @returns {string | null}
 */
export function refusal({name, size}) {
  if (size > MOST_BYTES) return "Larger than 16 MiB, which is the most that one file may have.";
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
 * How far several uploads are: bytes sent of all bytes, and how many are done.
 * @param {{size: number, sent: number, state: string}[]} uploads
 */
export function progress(uploads) {
  const counted = uploads.filter((upload) => upload.state !== "refused" && upload.state !== "cancelled");
  const size = counted.reduce((sum, upload) => sum + upload.size, 0);
  const sent = counted.reduce((sum, upload) => sum + (upload.state === "done" ? upload.size : upload.sent), 0);
  const done = counted.filter((upload) => upload.state === "done").length;
  return {size, sent, done, of: counted.length, part: size ? sent / size : done / Math.max(1, counted.length)};
}
