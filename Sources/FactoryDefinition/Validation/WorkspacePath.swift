/// The rules for paths in a workspace that can be checked without looking at it.
enum WorkspacePath {
    /// Why `path` is refused, as the end of a sentence that begins with the field; nil when it may be tried.
    ///
    /// UTF-8 of at most 1,024 bytes and 32 components; relative; no empty, `.` or `..` component; no backslash, control
    /// character or leading `~`. `.` alone is the workspace itself.
    static func problem(with path: String) -> String? {
        if path == "." { return nil }
        if path.isEmpty { return "is empty" }
        if path.utf8.count > 1_024 { return "is longer than 1,024 bytes" }
        if path.hasPrefix("/") { return "is absolute and leaves the workspace" }
        if path.hasPrefix("~") { return "begins with `~`" }
        if path.utf8.contains(UInt8(ascii: "\\")) { return "holds a backslash" }
        if path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "holds a control character" }
        let components = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if components.count > 32 { return "has more than 32 components" }
        for component in components {
            if component.elementsEqual("..".utf8) { return "holds `..` and leaves the workspace" }
            if component.elementsEqual(".".utf8) { return "holds a `.` component" }
            if component.isEmpty { return "holds an empty component" }
        }
        return nil
    }
}
