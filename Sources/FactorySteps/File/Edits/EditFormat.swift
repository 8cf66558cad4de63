import FactoryExpressions

/// How a model wrote down the change of a file.
enum EditFormat: String, CaseIterable {
    /// The whole new file, as it is or in one code block.
    case whole
    /// Blocks of lines to look for and lines to put there, between `<<<<<<< SEARCH`, `=======` and `>>>>>>> REPLACE`.
    case searchReplace = "search_replace"
    /// The hunks of a unified diff.
    case unified

    /// What `answer` makes of `text`.
    func apply(_ answer: String, to text: String) throws(EditError) -> String {
        switch self {
        case .whole: try Self.whole(answer)
        case .searchReplace: try LineEdit.apply(try SearchReplaceBlocks.edits(in: answer), to: text)
        case .unified: try LineEdit.apply(try UnifiedHunks.edits(in: answer), to: text)
        }
    }

    private static func whole(_ answer: String) throws(EditError) -> String {
        let blocks = CodeBlock.all(in: answer)
        guard blocks.count <= 1 else {
            throw EditError(
                message: "the text holds \(blocks.count) code blocks, and one file is wanted",
                hint: "ask for the whole file in one code block, or extract the block first")
        }
        return blocks.first?.code ?? answer
    }
}
