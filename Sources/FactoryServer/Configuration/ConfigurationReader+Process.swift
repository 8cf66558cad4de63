import Glibc

extension ConfigurationReader {
    /// Reads from the environment and the files of this process.
    public static func process() -> ConfigurationReader {
        var environment: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { environment[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return ConfigurationReader(
            environment: environment, processors: sysconf(Int32(_SC_NPROCESSORS_ONLN)), readFile: readText)
    }

    /// The text of the file at `path`, at most 1 MiB; nil where there is none.
    @Sendable private static func readText(_ path: String) throws(ConfigurationError) -> String? {
        guard let file = fopen(path, "re") else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw ConfigurationError(key: path, message: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        guard feof(file) != 0 else {
            throw ConfigurationError(key: path, message: "cannot be read, or is longer than 1 MiB")
        }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
