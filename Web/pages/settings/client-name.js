// What a browser or a program calls itself, as people call it. Where it cannot be told, its own words stay.

const BROWSERS = [["Edg/", "Edge"], ["OPR/", "Opera"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]];
const SYSTEMS = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Android", "Android"], ["Windows", "Windows"], ["Mac OS X", "macOS"], ["CrOS", "ChromeOS"], ["Linux", "Linux"]];

/** @param {string} text a User-Agent */
export function clientName(text) {
  const browser = BROWSERS.find(([sign]) => text.includes(sign ?? ""))?.[1];
  const system = SYSTEMS.find(([sign]) => text.includes(sign ?? ""))?.[1];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? (text === "" ? "Unknown" : text);
}
