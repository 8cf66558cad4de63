// Commands that a person can paste into a shell.

/**
 * A text as one word of a POSIX shell.
 * @param {string} text
 */
export const quoted = (text) => /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/**
 * What a new key can do at once: start its pipeline, or list what it sees. Every key made here may read.
 * @param {{server: string, key: string, scopes: string[], pipelines: {id: string}[] | null}} given
 * @returns {{text: string, does: string}}
 */
export function commandFor({server, key, scopes, pipelines}) {
  const bearer = `-H ${quoted(`Authorization: Bearer ${key}`)}`;
  const first = pipelines?.[0];
  if (scopes.includes("run") && first) {
    const lines = [
      `curl --fail-with-body ${quoted(`${server}/api/v1/pipelines/${first.id}/runs`)}`, bearer,
      `-H ${quoted("Content-Type: application/json")}`, `-d ${quoted(`{"inputs": {}}`)}`,
    ];
    return {text: lines.join(" \\\n  "), does: "Starts a run with the inputs that have defaults."};
  }
  const path = first ? `/api/v1/pipelines/${first.id}` : "/api/v1/pipelines";
  return {
    text: [`curl --fail-with-body ${quoted(server + path)}`, bearer].join(" \\\n  "),
    does: first ? "Reads the pipeline." : "Lists the pipelines that the key may see.",
  };
}
