/// A path within a workspace, checked before any system call sees it.
///
/// Valid UTF-8 in normalisation form C (so that one name has one spelling), at most 1,024 bytes and 32 components of
/// at most 255 bytes; `/` between components, none of them empty, `.` or `..`; no leading `/` or `~`; no backslash, no
/// control character, nothing that means something else on Windows (`:`, device names, a trailing dot or space). Names
/// that begin with ``reservedPrefix`` belong to the workspace itself.
public struct WorkspacePath: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Longest path, in bytes of UTF-8.
    public static let maximumBytes = 1_024
    /// Most components.
    public static let maximumComponents = 32
    /// Longest component, in bytes of UTF-8; a limit of every usual file system.
    public static let maximumComponentBytes = 255
    /// How the workspace's own temporary files begin.
    public static let reservedPrefix = ".factory-part-"

    /// The path as text.
    public let rawValue: String

    /// Checks `text`.
    /// - Throws: the first rule that `text` breaks.
    public init(_ text: String) throws(WorkspacePathError) {
        func fail(_ reason: WorkspacePathError.Reason) -> WorkspacePathError {
            WorkspacePathError(path: text, reason: reason)
        }
        guard !text.isEmpty else { throw fail(.empty) }
        guard text.utf8.count <= Self.maximumBytes else { throw fail(.tooLong) }
        guard !text.utf8.starts(with: "/".utf8) else { throw fail(.absolute) }
        guard !text.utf8.starts(with: "~".utf8) else { throw fail(.home) }
        for scalar in text.unicodeScalars {
            if scalar == "\\" { throw fail(.backslash) }
            if scalar.properties.generalCategory == .control { throw fail(.controlCharacter) }
        }
        let components = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard components.count <= Self.maximumComponents else { throw fail(.tooDeep) }
        for component in components.map(String.init) {
            if let reason = Self.problem(with: component) { throw fail(reason) }
        }
        guard Normalization.isNormal(text) else { throw fail(.notNormal) }
        rawValue = text
    }

    /// The components, at least one.
    public var components: [String] { rawValue.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? "" } }

    /// The last component.
    public var name: String { components.last ?? rawValue }

    /// The folder the path stands in; nil at the top of the workspace.
    public var parent: WorkspacePath? {
        guard let slash = rawValue.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return WorkspacePath(trusted: String(rawValue[..<slash]))
    }

    /// Every folder above the path, the topmost first.
    public var folders: [WorkspacePath] {
        var folders: [WorkspacePath] = []
        var next = parent
        while let folder = next {
            folders.append(folder)
            next = folder.parent
        }
        return folders.reversed()
    }

    /// True when `folder` is one of ``folders``.
    public func isBeneath(_ folder: WorkspacePath) -> Bool {
        rawValue.utf8.starts(with: folder.rawValue.utf8)
            && rawValue.utf8.dropFirst(folder.rawValue.utf8.count).first == UInt8(ascii: "/")
    }

    /// Whether a part of the path is `.git` in any spelling that some volume takes for it. What stands there makes git
    /// run programs, outside of any sandbox, as soon as a person, an editor or a shell prompt asks for its status.
    var isGitInternal: Bool {
        components.contains { component in
            let visible = component.unicodeScalars.filter { $0.properties.generalCategory != .format }
            return [".git", "git~1"].contains(String(String.UnicodeScalarView(visible)).lowercased())
        }
    }

    /// The path as text.
    public var description: String { rawValue }
    /// By the bytes of the text.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    /// A part of a path that was checked, which is therefore a path too.
    private init(trusted: String) { rawValue = trusted }

    private static func problem(with component: String?) -> WorkspacePathError.Reason? {
        guard let component else { return .notUTF8 }
        if component.isEmpty { return .emptyComponent }
        if component == "." || component == ".." { return .dots }
        if component.utf8.count > maximumComponentBytes { return .tooLong }
        if component.utf8.starts(with: reservedPrefix.utf8) { return .reserved }
        if component.utf8.contains(UInt8(ascii: ":")) { return .windowsForm }
        if component.utf8.last == UInt8(ascii: ".") || component.utf8.last == UInt8(ascii: " ") { return .windowsForm }
        return isDevice(component) ? .windowsForm : nil
    }

    /// `NUL`, `com1.txt` and the like: devices on Windows whatever stands behind the first dot.
    private static func isDevice(_ component: String) -> Bool {
        let stem = String(component.prefix { $0 != "." }).uppercased()
        if ["CON", "PRN", "AUX", "NUL"].contains(stem) { return true }
        guard stem.utf8.count == 4, stem.hasPrefix("COM") || stem.hasPrefix("LPT") else { return false }
        return stem.utf8.last.map { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) } ?? false
    }
}
