/** @type {Record<string, string>} */
const words = {generation: "Generation", transformation: "Transformation", documentation: "Documentation", review: "Review"};

/** @param {string} category */
export const categoryWord = (category) => words[category] ?? category;
