import {FactoryError} from "../../app/api.js";
import {folderOf, nameOf} from "../../model/workspace.js";

/** @typedef {import("../../app/app.js").App} App */
/** @typedef {import("../../../Client/client.d.ts").Folder} Folder */
/** @typedef {Folder["items"][number]} Item */
/**
 * What stands at a path: a folder with a page of what it holds, or nothing yet. `file` is the file that the path named;
 * `used` and `quota` are bytes of the whole workspace, null where that is not told.
 * @typedef {{folder: string, items: Item[], refused: Folder["refused"], next: string | null, isNew: boolean, file: string | null,
 *   used: number | null, quota: number | null}} Listing
 */

const PAGE = 200;

/**
 * @param {App} app
 * @param {string} path
 * @param {AbortSignal} signal
 * @param {string} [cursor]
 * @returns {Promise<Listing>}
 */
export async function readListing(app, path, signal, cursor) {
  try {
    // Of a file one byte is enough to know that it is none of a folder.
    const {data} = await app.api.getFile({path, limit: PAGE, signal, range: "bytes=0-0", ...(cursor ? {cursor} : {})});
    if (typeof data === "object" && "items" in data) {
      const {used = null, quota = null} = /** @type {{used?: number | null, quota?: number | null}} */ (data);
      return {folder: path, items: data.items, refused: data.refused, next: data.next_cursor, isNew: false, file: null, used, quota};
    }
  } catch (error) {
    if (!(error instanceof FactoryError) || ![404, 416].includes(error.status) || path === "") throw error;
    if (error.status === 404) return {folder: path, items: [], refused: [], next: null, isNew: true, file: null, used: null, quota: null};
  }
  return {...await readListing(app, folderOf(path), signal), file: nameOf(path)};
}

/** Folders first; what comes within each is the order of the server. @param {Item[]} items */
export const ordered = (items) => [...items.filter(({kind}) => kind === "folder"), ...items.filter(({kind}) => kind === "file")];
