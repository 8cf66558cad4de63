import CJail

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Compares a dead job's folder with the files it was given.
///
/// Nobody can change the folder any more, and still nothing in it is trusted: regular files with one name are read,
/// below the folder, without following anything; all else is refused by name.
struct FolderCollector {
    private let package: JobPackage
    private let limits: SandboxLimits
    private var found = SandboxFiles()
    private var missing: Set<String>
    private var collectedBytes = 0

    init(package: JobPackage, limits: SandboxLimits) {
        self.package = package
        self.limits = limits
        missing = Set(package.places.keys)
    }

    mutating func collect(_ folder: Descriptor) -> SandboxFiles {
        walk(folder.number, prefix: "", depth: 1)
        found.deleted = missing.sorted()
        found.changed.sort { $0.path < $1.path }
        found.refused.sort { $0.path < $1.path }
        return found
    }

    private mutating func walk(_ folder: Int32, prefix: String, depth: Int) {
        guard let names = Self.names(in: folder) else { return refuse(String(prefix.dropLast()), .unreadable) }
        for name in names {
            let path = prefix + String(decoding: name, as: UTF8.self)
            guard depth <= SandboxFile.deepestPath, let text = String(validating: name, as: UTF8.self),
                SandboxFile.isSafe(prefix + text)
            else {
                refuse(path, .name)
                continue
            }
            look(at: text, in: folder, path: path, depth: depth)
        }
    }

    private mutating func look(at name: String, in folder: Int32, path: String, depth: Int) {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return refuse(path, .unreadable) }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFDIR || kind == S_IFREG else { return refuse(path, Self.reason(for: kind)) }
        guard kind == S_IFDIR || status.st_nlink == 1 else { return refuse(path, .hardLink) }
        let flags = O_RDONLY | O_NONBLOCK | (kind == S_IFDIR ? O_DIRECTORY : 0)
        let opened = cjail_open_beneath(folder, name, flags, 0)
        guard opened >= 0 else { return refuse(path, .unreadable) }
        let descriptor = Descriptor(opened)
        if kind == S_IFDIR {
            walk(descriptor.number, prefix: path + "/", depth: depth + 1)
        } else {
            take(descriptor, path: path)
        }
    }

    private mutating func take(_ file: Descriptor, path: String) {
        var status = stat()
        guard fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
            return refuse(path, .unreadable)
        }
        let size = Int(status.st_size)
        let place = package.places[path]
        if let place, place.size == size, isSame(file, as: place) {
            missing.remove(path)
            return
        }
        guard found.changed.count < limits.collectedFiles else { return refuse(path, .tooMany) }
        guard collectedBytes + size <= limits.collectedBytes else { return refuse(path, .tooLarge) }
        guard let bytes = Self.read(file.number, offset: 0, count: size) else { return refuse(path, .unreadable) }
        collectedBytes += size
        missing.remove(path)
        found.changed.append(SandboxFiles.Changed(path: path, bytes: bytes, isNew: place == nil))
    }

    private func isSame(_ file: Descriptor, as place: JobPackage.Place) -> Bool {
        var offset = 0
        while offset < place.size {
            let count = min(1 << 20, place.size - offset)
            let now = Self.read(file.number, offset: offset, count: count)
            guard now != nil, now == Self.read(package.files.number, offset: place.offset + offset, count: count)
            else { return false }
            offset += count
        }
        return true
    }

    private mutating func refuse(_ path: String, _ reason: SandboxFiles.Reason) {
        // What was given here, or below, is not gone for certain.
        missing = missing.filter { !path.isEmpty && $0 != path && !$0.hasPrefix(path + "/") }
        found.refused.append(SandboxFiles.Refused(path: path, reason: reason))
    }
}

extension FolderCollector {
    private static func reason(for kind: mode_t) -> SandboxFiles.Reason {
        switch kind {
        case S_IFLNK: .symbolicLink
        case S_IFIFO: .pipe
        case S_IFSOCK: .socket
        default: .device
        }
    }

    /// Exactly `count` bytes from `offset`, or nil.
    private static func read(_ file: Int32, offset: Int, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let length = bytes.withUnsafeMutableBytes { buffer in
                pread(file, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
            }
            if length < 0 && errno == EINTR { continue }
            guard length > 0 else { return nil }
            done += length
        }
        return bytes
    }

    /// The names in a folder as bytes, sorted, without `.` and `..`; nil when it cannot be read.
    private static func names(in folder: Int32) -> [[UInt8]]? {
        // The stream owns its descriptor, and reading it moves that one's place.
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return nil }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return nil
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
