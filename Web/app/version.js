// Whether the server has other files than this page was made of, as after an update.

/** Where the files of this page are: `/ui/<digest>/`. */
const root = new URL("../../", import.meta.url).pathname;

/** @param {typeof fetch} send */
export async function isReplaced(send) {
  try {
    const response = await send("/", {headers: {Accept: "text/html"}, cache: "no-store"});
    return response.ok && !(await response.text()).includes(root);
  } catch {
    return false;
  }
}
