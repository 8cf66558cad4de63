// The one-time token of a link stands behind `#`, where no server and no log sees it.

/** The token of the address, taken out of it: it stays in no history. */
export function takeToken() {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}
