// Text of programs as a reader wants it: without what steers terminals.

// Colours and other sequences of control (ECMA-48), titles of windows, and single letters after an escape.
const SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[@-Z\\-_a-z]?)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f]/g;
// These turn the direction of the text around them, so that a line reads as something else than it is.
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** One line; of what a carriage return overwrote, the last. @param {string} line */
export function plainLine(line) {
  const text = line.replace(SEQUENCES, "").replace(TURNS, "�");
  if (!text.includes("\r")) return text;
  const parts = text.split("\r").filter((part) => part !== "");
  return parts.at(-1) ?? "";
}

/** A text of many lines. @param {string} text */
export const plainText = (text) => text.split("\n").map(plainLine).join("\n");
