import {placeAt} from "../parts/editor/positions.js";

/** What is wrong with a JSON text, and where; null where nothing is. @param {string} text */
export function jsonRefusal(text) {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    const at = /position (\d+)/.exec(said);
    const line = /line (\d+) column (\d+)/.exec(said);
    const place = line ? {line: Number(line[1]), column: Number(line[2])} : placeAt(text, at ? Number(at[1]) : text.length);
    return {...place, length: 1, message: reason(said, text)};
  }
}

/** The engines say it in different words. @param {string} said @param {string} text */
function reason(said, text) {
  if (/end of (?:JSON|data)|Unexpected end|unterminated/i.test(said)) return "The JSON is not complete";
  const found = /(?:token|character)?\s*['"`](.)['"`]/.exec(said)?.[1];
  return found && text.includes(found) ? `\`${found}\` cannot stand here` : "This is no JSON";
}
