import ArgumentParser
import FactoryDefinition
import FactoryJSON
import FactoryLLM
import FactoryTemplates
import Glibc

/// Who answers a run's model calls, and whether the answers are kept.
struct RecordingOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Write what models answer to this file, for --replay.", valueName: "file"))
    var record: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Answer model calls from this recording; a call that is not in it fails.", valueName: "file"))
    var replay: String?

    @Flag(
        name: .long,
        help: "Answer model calls from the recording of the template whose prompts the document has.")
    var recorded = false

    func validate() throws {
        guard [record != nil, replay != nil, recorded].count(where: { $0 }) <= 1 else {
            throw ValidationError("Give one of --record, --replay and --recorded.")
        }
    }

    /// Whether models are left alone.
    var isReplay: Bool { replay != nil || recorded }

    /// The recording that answers a run of `pipeline`, and inputs for those that the person did not give; nil where
    /// models are asked.
    func source(for pipeline: Pipeline) throws -> (cassette: [UInt8], sample: JSONObject)? {
        if let replay { return (try Self.cassette(at: replay, of: "--replay"), [:]) }
        guard recorded else { return nil }
        do {
            guard let template = try TemplateLibrary().origin(of: pipeline.document) else {
                throw CommandFailure(
                    .invalid, "there is no recording of this document: its prompts are not those of a template",
                    hint: "run it without --recorded to ask a model, or replay a recording of your own with --replay")
            }
            return (template.recording, template.sampleInputs)
        } catch let error as TemplateError { throw CommandFailure(.unavailable, error.description) }
    }

    /// A recorder, where a recording is asked for.
    func recording() throws -> RunRecording? {
        guard let record else { return nil }
        if access(record, F_OK) == 0 {
            // Only a recording may be replaced by one: a slip must not cost the document.
            _ = try Self.cassette(at: record, of: "--record")
        }
        return RunRecording(path: record)
    }

    private static func cassette(at path: String, of option: String) throws -> [UInt8] {
        let bytes = try TextFile.bytes(path, of: option)
        do throws(CassetteError) { _ = try Cassette(parsing: bytes) } catch {
            throw CommandFailure(.invalid, "\(option) \(path): \(error)")
        }
        return bytes
    }
}

/// A recording on its way into a file.
struct RunRecording: Sendable {
    let path: String
    let recorder = CassetteRecorder()

    /// Writes what was recorded, whole or not at all.
    func save() throws {
        let cassette = recorder.cassette
        try OutputFile.write(Array(cassette.serialized().utf8), to: path, replacing: true)
        let count = cassette.calls.count
        Output.note("recorded \(count) model call\(count == 1 ? "" : "s") to \(path)")
    }
}

/// Files that commands leave for people.
enum OutputFile {
    /// Writes `bytes` to `path`: aside and renamed, so that the file is there whole or not at all.
    ///
    /// - Parameter replacing: whether a file that is there goes.
    static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws {
        let temporary = "\(path).part-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        let isWhole = rest.isEmpty && fsync(descriptor) == 0
        close(descriptor)
        // A link is refused where there is a file; a rename would replace it.
        guard isWhole, replacing ? rename(temporary, path) == 0 : link(temporary, path) == 0 else {
            let failure = failure(path)
            unlink(temporary)
            throw failure
        }
        if !replacing { unlink(temporary) }
    }

    private static func failure(_ path: String) -> CommandFailure {
        let code = errno
        guard code == EEXIST else {
            return CommandFailure(.usage, "cannot write \(path): \(String(cString: strerror(code)))")
        }
        return CommandFailure(.usage, "\(path) is there already, and stays as it is")
    }
}
