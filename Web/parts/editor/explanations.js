/** @typedef {import("./positions.js").Diagnostic} Diagnostic @typedef {import("./positions.js").Fix} Fix */

/**
 * What is wrong, below the text, each with its fixes as buttons.
 * @param {HTMLElement} list @param {Diagnostic[]} diagnostics @param {(diagnostic: Diagnostic, fix: Fix) => void} use
 */
export function explanations(list, diagnostics, use) {
  list.hidden = diagnostics.length === 0;
  list.replaceChildren(...diagnostics.slice(0, 20).map((diagnostic) => {
    const entry = document.createElement("li");
    entry.className = diagnostic.severity === "error" ? "bad" : "warn";
    const place = diagnostic.line ? `Line ${diagnostic.line}: ` : "";
    entry.append(place, ...code(diagnostic.message), /[.?!]$/.test(diagnostic.message) ? " " : ". ");
    if (diagnostic.hint && !diagnostic.fixes?.length) entry.append(...code(diagnostic.hint));
    for (const fix of diagnostic.fixes ?? []) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ed-fix";
      button.textContent = fix.label;
      button.addEventListener("click", () => use(diagnostic, fix));
      entry.append(button);
    }
    return entry;
  }));
}

/** Words between backticks are shown as code. @param {string} text */
function code(text) {
  return text.split("`").map((part, index) => {
    if (index % 2 === 0) return part;
    const element = document.createElement("code");
    element.textContent = part;
    return element;
  });
}
