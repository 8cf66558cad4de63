/** The pipeline of the address, for elements that were not told which it is. */
export const pipelineIdOf = () => /^\/pipelines\/([^/]+)/.exec(location.pathname)?.[1] ?? "";
