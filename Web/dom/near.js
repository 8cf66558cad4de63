// Reading on as the end of a list comes near.

/**
 * Asks for more when an element comes near to what is seen, and again as long as it stays there and something came: a page
 * of a list may be shorter than the window, or be scrolled past before it is there.
 * @param {Element} element
 * @param {() => Promise<boolean>} read whether something came
 * @returns {() => void} ends it
 */
export function whileNear(element, read) {
  let isNear = false;
  let isReading = false;
  const watch = new IntersectionObserver(async (entries) => {
    if (!element.isConnected) return watch.disconnect();
    isNear = entries.at(-1)?.isIntersecting ?? false;
    if (!isNear || isReading) return undefined;
    isReading = true;
    const came = await read().finally(() => { isReading = false; });
    if (!came || !element.isConnected) return undefined;
    // Watched anew, it tells at once where it is.
    watch.unobserve(element);
    watch.observe(element);
    return undefined;
  }, {rootMargin: "600px"});
  watch.observe(element);
  return () => watch.disconnect();
}
