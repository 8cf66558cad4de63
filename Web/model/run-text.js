// A text that arrives in pieces, each with the byte it begins at. Pieces may repeat and may leave gaps.

/** @typedef {{text: string, bytes: number}} Text */

/** @type {Text} */
export const emptyText = {text: "", bytes: 0};

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const GAP = "\n[some of this text did not arrive]\n";

/** @param {Text} had @param {number} offset in bytes of UTF-8 @param {string} piece @returns {Text} */
export function withPiece(had, offset, piece) {
  const bytes = byteLength(piece);
  if (offset === had.bytes) return {text: had.text + piece, bytes: had.bytes + bytes};
  if (offset > had.bytes) return {text: had.text + GAP + piece, bytes: offset + bytes};
  if (offset + bytes <= had.bytes) return had;
  const rest = decoder.decode(encoder.encode(piece).subarray(had.bytes - offset));
  return {text: had.text + rest, bytes: offset + bytes};
}

/** @param {string} text */
function byteLength(text) {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return encoder.encode(text).length;
  return text.length;
}
