/// Why some text is no ``WorkspacePath``.
public struct WorkspacePathError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken.
    public enum Reason: Sendable, Hashable, CaseIterable {
        case empty, tooLong, tooDeep, notUTF8, notNormal
        case absolute, home, dots, emptyComponent
        case backslash, controlCharacter, windowsForm, reserved
    }

    /// The text, as it came.
    public let path: String
    /// The rule that was broken.
    public let reason: Reason

    /// One sentence, safe to show: control characters of the path are escaped.
    public var description: String { "The path \(path.quotedForMessage) \(reason.text)." }

    /// What to do about it; nil where the sentence says it all.
    public var hint: String? {
        switch reason {
        case .absolute, .home, .dots: "Paths are relative to the workspace, for example reports/july.csv."
        case .backslash: "Write / between the parts of a path."
        case .emptyComponent: "Write one / between the parts of a path, and none at its end."
        case .notNormal: "Spell accented letters with one character each (Unicode normalisation form C)."
        case .empty, .tooLong, .tooDeep, .notUTF8, .controlCharacter, .windowsForm, .reserved: nil
        }
    }
}

extension WorkspacePathError.Reason {
    fileprivate var text: String {
        switch self {
        case .empty: "is empty"
        case .tooLong:
            "is longer than \(WorkspacePath.maximumBytes) bytes, or one part of it than "
                + "\(WorkspacePath.maximumComponentBytes)"
        case .tooDeep: "has more than \(WorkspacePath.maximumComponents) parts"
        case .notUTF8: "is not valid UTF-8"
        case .notNormal: "is not in Unicode normalisation form C"
        case .absolute: "begins with /"
        case .home: "begins with ~"
        case .dots: "has a part that is . or .."
        case .emptyComponent: "has an empty part"
        case .backslash: "contains a backslash"
        case .controlCharacter: "contains a control character"
        case .windowsForm:
            "has a part that is no plain name everywhere: with a colon, a dot or space at its end, or a device's name"
        case .reserved: "has a part that begins with \(WorkspacePath.reservedPrefix), which is kept for temporary files"
        }
    }
}

extension String {
    /// In double quotes, cut at 200 characters, without anything that moves a terminal's cursor.
    var quotedForMessage: String {
        var text = "\""
        for scalar in unicodeScalars.prefix(200) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + (unicodeScalars.count > 200 ? "…\"" : "\"")
    }
}
