/// How a CSV text is written.
struct CSVOptions: Sendable, Equatable {
    /// Between the fields: one ASCII character, neither a quote nor a line break.
    var delimiter: UInt8 = UInt8(ascii: ",")
    /// Whether the first row holds the names of the columns.
    var header = true
    /// Whether text that a spreadsheet would run as a formula gets an apostrophe in front, when written.
    var guardFormulas = false

    /// The same for fields between tabs.
    var tabbed: CSVOptions {
        var options = self
        options.delimiter = UInt8(ascii: "\t")
        return options
    }
}

/// Why a text is no CSV, or a value cannot be written as CSV.
struct CSVError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, as a sentence without a full stop.
    var message: String
    /// What to do about it.
    var hint: String?
    /// Line of the text, from 1, where there is a text.
    var line: Int?

    var description: String { line.map { "line \($0): \(message)" } ?? message }
}
