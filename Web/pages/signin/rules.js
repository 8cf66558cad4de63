// What the server takes as a name and a password, so that the form can say so before it asks.

const LEAST_BYTES = 12;
const MOST_BYTES = 256;

/** @param {string} text @returns {string | null} what is wrong with it */
export function checkName(text) {
  const name = text.trim();
  if (name === "") return "A name is needed.";
  return /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(name) ? null : "Letters, digits, dot, underscore and hyphen; it begins with a letter or a digit.";
}

/** @param {string} text @returns {string | null} */
export function checkPassword(text) {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes < LEAST_BYTES) return "12 characters are needed at least.";
  return bytes > MOST_BYTES ? "256 bytes are the most." : null;
}
