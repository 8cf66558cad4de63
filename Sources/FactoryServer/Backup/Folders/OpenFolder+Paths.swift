import Glibc

extension OpenFolder {
    /// What `body` makes of the folder in which the last component of `path` stands, and of its name; nil where a folder
    /// on the way is missing or a link.
    func find<Value>(
        _ path: String, _ body: (OpenFolder, String) throws(ServerError) -> Value
    ) throws(ServerError) -> Value? {
        var folder = self
        let components = path.split(separator: "/").map(String.init)
        for component in components.dropLast() {
            guard let next = try folder.folder(component) else { return nil }
            folder = next
        }
        return try body(folder, components.last ?? "")
    }

    /// Removes what SQLite left beside a store that nobody has open and that holds everything itself.
    func removeStoreCompanions() throws(ServerError) {
        for end in ["-wal", "-shm"] { try remove("factory.sqlite" + end) }
    }

    /// The folder at `path` in this one, made with those on the way where they are missing.
    func makeFolders(_ path: some Sequence<Substring>) throws(ServerError) -> OpenFolder {
        var folder = self
        for component in path { folder = try folder.makeFolder(String(component)) }
        return folder
    }
}

extension String {
    /// This path without slashes at its end.
    func trimmingSlashes() -> String {
        var text = self[...]
        while text.count > 1, text.last == "/" { text.removeLast() }
        return String(text)
    }

    /// This path without links in it; as it is where nothing stands there.
    var resolved: String {
        guard let found = realpath(self, nil) else { return self }
        defer { free(found) }
        return String(cString: found)
    }
}
