import Foundation

/// The store that the program of format 1 left behind, with a finished run (number 1) and one whose process was killed
/// in its second step (number 2).
public enum OldStore {
    /// Puts a copy of it as the store of the data folder at `path`.
    public static func place(in path: String) throws {
        // This file stands in Sources/FactoryTestKit/Folders.
        let root = (0..<4).reduce(URL(filePath: #filePath)) { path, _ in path.deletingLastPathComponent() }
        try FileManager.default.copyItem(
            at: root.appending(path: "Tests/Fixtures/format-1.sqlite"),
            to: URL(filePath: path).appending(path: "factory.sqlite"))
    }
}
