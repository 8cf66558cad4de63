/// Why a text is no TOML, or a value cannot be written as TOML.
struct TOMLError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, as a sentence without a full stop.
    var message: String
    /// What to do about it.
    var hint: String?
    /// Line of the text, from 1, where there is a text.
    var line: Int?

    var description: String { line.map { "line \($0): \(message)" } ?? message }
}
