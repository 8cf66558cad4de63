import FactoryBlobs
import Foundation
import Synchronization
import Testing

@testable import FactoryWorkspace

/// A folder of its own for each test, with a workspace and a blob store in it, removed at the end.
final class TemporaryFolder: Sendable {
    let path: String
    let blobs: BlobStore

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/workspace-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path + "/work", withIntermediateDirectories: true)
        let counter = Mutex(0)
        blobs = try BlobStore(folder: path + "/blobs") {
            counter.withLock { count in
                count += 1
                return "part-\(count)"
            }
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func workspace(
        _ kind: Workspace.Kind = .personal, resolution: Workspace.Resolution = .automatic
    ) throws -> Workspace {
        try Workspace(
            root: path + "/work", kind: kind, floor: FreeSpaceFloor(bytes: 0, share: 0, both: true),
            resolution: resolution)
    }

    /// Puts a file into the workspace's folder, past the workspace.
    func put(_ text: String, at name: String) throws {
        let file = URL(fileURLWithPath: path + "/work/" + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Reads a file of the workspace's folder, past the workspace.
    func text(at name: String) -> String? {
        FileManager.default.contents(atPath: path + "/work/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Every file and folder in the workspace's folder, hidden ones included.
    func names() throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: path + "/work").sorted() }
}

extension [UInt8] {
    init(_ text: String) { self = Array(text.utf8) }
    var text: String { String(decoding: self, as: UTF8.self) }
}

/// The workspace error that `body` throws.
func workspaceError(_ body: () throws -> Void) throws -> WorkspaceError {
    try #require(throws: WorkspaceError.self) { try body() }
}
