// How files get to the server: whole, or in pieces that can be paused and taken up again.

import {formatDuration, formatSize} from "./format.js";

/** Up to here a file is sent in one request: there is little to take up again. */
export const WHOLE_BYTES = 4 * 1024 * 1024;
/** One request has this much, unless the server names a size. */
export const PIECE_BYTES = 4 * 1024 * 1024;

/** @typedef {"waiting" | "sending" | "paused" | "broken" | "open" | "exists" | "done" | "failed" | "refused" | "cancelled"} UploadState */
/** @typedef {{size: number, sent: number, state: UploadState | string}} Progress */

/** Not over: it is sent, or can be. @param {string} state */
export const isOpen = (state) => ["waiting", "sending", "paused", "broken", "open", "exists"].includes(state);

/** @param {number} size */
export const isWhole = (size) => size <= WHOLE_BYTES;

/** What comes next of a file. @param {number} sent @param {number} size @param {number | null | undefined} most */
export const nextPiece = (sent, size, most) => ({from: sent, to: Math.min(size, sent + (most && most > 0 ? most : PIECE_BYTES))});

/**
 * Why a file is not the one that was begun; null where it may be. More than name and size the server does not know of it.
 * @param {{path: string, size: number}} begun
 * @param {{name: string, size: number}} file
 * @returns {string | null}
 */
export function otherFile({path, size}, file) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (file.name.normalize("NFC") !== name) return `${file.name} is another file. This upload goes on with ${name}.`;
  if (file.size !== size) return `${name} has ${formatSize(file.size)}, but ${formatSize(size)} when the upload began.`;
  return null;
}

/**
 * How far several uploads are: bytes sent of all bytes, and how many are done.
 * @param {Progress[]} uploads
 */
export function progress(uploads) {
  const counted = uploads.filter((upload) => upload.state !== "refused" && upload.state !== "cancelled");
  const size = counted.reduce((sum, upload) => sum + upload.size, 0);
  const sent = counted.reduce((sum, upload) => sum + (upload.state === "done" ? upload.size : upload.sent), 0);
  const done = counted.filter((upload) => upload.state === "done").length;
  return {size, sent, done, of: counted.length, part: size ? sent / size : done / Math.max(1, counted.length)};
}

const WINDOW_MS = 5000;
/** A rate of less time is no rate. */
const LEAST_MS = 700;

/** How fast bytes go, over the last seconds. */
export class Pace {
  /** @type {{at: number, bytes: number}[]} */
  #samples = [];

  /** @param {number} at in ms @param {number} bytes of the whole, so far */
  add(at, bytes) {
    const last = this.#samples.at(-1);
    // What was sent twice begins anew.
    if (last && bytes < last.bytes) this.#samples = [];
    this.#samples.push({at, bytes});
    while (this.#samples.length > 2 && at - this.#samples[1].at > WINDOW_MS) this.#samples.shift();
  }

  /** Bytes in a second; null while too little is known. */
  get rate() {
    const first = this.#samples[0], last = this.#samples.at(-1);
    if (!first || !last || last.at - first.at < LEAST_MS || last.bytes === first.bytes) return null;
    return (last.bytes - first.bytes) / (last.at - first.at) * 1000;
  }
}

/**
 * `1.2 GB of 3.1 GB · 41 MB/s · 46 s left`, as far as it is known.
 * @param {{sent: number, size: number}} upload @param {number | null} rate bytes in a second
 */
export function progressWords({sent, size}, rate) {
  const words = [`${formatSize(sent)} of ${formatSize(size)}`];
  if (rate !== null && rate > 0) words.push(`${formatSize(rate)}/s`, `${formatDuration(Math.max(1, Math.ceil((size - sent) / rate)) * 1000)} left`);
  return words.join(" · ");
}
