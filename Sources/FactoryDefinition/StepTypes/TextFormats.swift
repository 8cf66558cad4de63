extension StepType {
    /// What text can be read as a value, and a value written as, by file, api and transform steps alike.
    static let textFormats = ["json", "jsonl", "yaml", "toml", "csv", "tsv", "xml", "lines"]

    /// How a model may write down a change of a file.
    static let answerFormats = ["whole", "search_replace", "unified"]
}
