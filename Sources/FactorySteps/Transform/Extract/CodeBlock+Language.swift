import FactoryExpressions

extension CodeBlock {
    /// The blocks of `text` in `language`, by any of its usual names. Where none says so, those that name no language.
    static func all(in text: String, language: String) -> [CodeBlock] {
        let blocks = all(in: text)
        let wanted = canonical(language)
        let named = blocks.filter { canonical($0.language) == wanted }
        return named.isEmpty ? blocks.filter(\.language.isEmpty) : named
    }

    /// One name for a language; what some renderers put around or behind it (`{python}`, `js:title`) is left out.
    private static func canonical(_ language: String) -> String {
        let word = language.split { "{},:.".contains($0) }.first ?? ""
        let name = word.lowercased()
        return aliases[name] ?? name
    }

    private static let aliases = [
        "py": "python", "python3": "python", "js": "javascript", "node": "javascript", "mjs": "javascript",
        "ts": "typescript", "sh": "shell", "bash": "shell", "zsh": "shell", "yml": "yaml", "md": "markdown",
        "c++": "cpp", "rs": "rust", "rb": "ruby", "golang": "go", "cs": "csharp", "c#": "csharp", "kt": "kotlin",
    ]
}
