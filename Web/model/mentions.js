/** Names of people in what is said. @typedef {{id: string, name: string | null}} Person */

/**
 * A text in parts: those that call somebody apart from the rest.
 * @param {string} text @param {Person[]} people those who were called, as the server found them
 * @returns {{text: string, person: Person | null}[]}
 */
export function mentionsIn(text, people) {
  const named = people.filter((person) => person.name).sort((a, b) => (b.name ?? "").length - (a.name ?? "").length);
  if (named.length === 0) return [{text, person: null}];
  const pattern = new RegExp(`(@(?:${named.map((person) => (person.name ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})(?![\\w-]))`, "gi");
  return text.split(pattern).filter((part) => part !== "").map((part) => ({
    text: part, person: part.startsWith("@") ? named.find((person) => `@${person.name}`.toLowerCase() === part.toLowerCase()) ?? null : null,
  }));
}

/** What is written after an `@` before the caret; null where nobody is being called. @param {string} text @param {number} caret */
export function mentionBefore(text, caret) {
  return /(?:^|[\s(])@([\w.-]*)$/.exec(text.slice(0, caret))?.[1] ?? null;
}
