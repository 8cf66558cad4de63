// What keys are called on this machine.

export const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** `Ctrl K`, which is `⌘ K` on a Mac. @param {string} keys */
export const keyName = (keys) => IS_MAC ? keys.replaceAll("Ctrl", "⌘").replaceAll("Alt", "⌥").replaceAll("Shift", "⇧") : keys;
