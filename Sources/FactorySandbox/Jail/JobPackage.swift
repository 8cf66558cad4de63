import CAssets
import CJail
import FactoryJSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A job as it travels: three sealed memory files, none of which appears in arguments, environment or a folder.
struct JobPackage: Sendable {
    /// Where the bytes of a given file lie in ``files``.
    struct Place: Sendable {
        let offset: Int
        let size: Int
    }

    let job: Descriptor
    let files: Descriptor
    let agent: Descriptor
    /// The given files, to tell changed ones from others afterwards.
    let places: [String: Place]

    init(_ job: SandboxJob) throws(SandboxError) {
        let document: JSON = ["code": .string(job.code), "inputs": job.inputs]
        var text: [UInt8] = []
        do throws(JSONError) {
            text = try document.serializedBytes(maxBytes: 256 << 20)
        } catch {
            throw .invalidJob("the inputs cannot be passed to the code: \(error.message)")
        }
        try self.init(job: text, agent: Self.agent(for: job.language), files: job.files, limits: job.limits)
    }

    init(job: [UInt8], agent: [UInt8], files: [SandboxFile], limits: SandboxLimits) throws(SandboxError) {
        self.job = try Self.sealed("job", job)
        self.agent = try Self.sealed("agent", agent)
        self.files = try Descriptor.memoryFile("files")
        var writer = FileWriter(target: self.files, left: limits.folderBytes)
        var places: [String: Place] = [:]
        for file in files { places[file.path] = try writer.write(file) }
        self.places = places
        try self.files.seal()
    }

    private static func sealed(_ name: String, _ bytes: [UInt8]) throws(SandboxError) -> Descriptor {
        let file = try Descriptor.memoryFile(name)
        try file.write(bytes)
        try file.seal()
        return file
    }

    private static func agent(for language: SandboxLanguage) throws(SandboxError) -> [UInt8] {
        var size = 0
        guard let bytes = factory_asset("agents/" + language.agentName, &size) else {
            throw .setupFailed(SandboxProblem(reason: "the agent for \(language.rawValue) is not in this program"))
        }
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }
}

extension SandboxLanguage {
    /// The agent's name, in the program's assets and in the jail.
    var agentName: String {
        switch self {
        case .python: "python.py"
        case .javascript: "javascript.cjs"
        }
    }
}

/// Writes files in the form that `factory-jail` unpacks.
private struct FileWriter {
    let target: Descriptor
    /// Bytes that still fit into the job's folder.
    var left: Int
    private var offset = 0

    init(target: Descriptor, left: Int) {
        self.target = target
        self.left = left
    }

    mutating func write(_ file: SandboxFile) throws(SandboxError) -> JobPackage.Place {
        let path = Array(file.path.utf8)
        let bytes =
            switch file.content {
            case .bytes(let bytes): bytes
            case .descriptor(let number): try readAll(of: number, path: file.path)
            }
        left -= bytes.count
        guard left >= 0 else {
            throw .invalidJob("the files are larger than the job's folder, which ends at “\(file.path)”")
        }
        var header = jail_file(path_length: UInt32(path.count), executable: 0, size: UInt64(bytes.count))
        let headerBytes = withUnsafeBytes(of: &header) { Array($0) }
        try target.write(headerBytes + path)
        try target.write(bytes)
        let start = offset + headerBytes.count + path.count
        offset = start + bytes.count
        return JobPackage.Place(offset: start, size: bytes.count)
    }

    private func readAll(of number: Int32, path: String) throws(SandboxError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= left {
            let count = pread(number, &piece, piece.count, off_t(bytes.count))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw .invalidJob("“\(path)” cannot be read: \(Descriptor.text(of: errno))")
            }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return bytes
    }
}
