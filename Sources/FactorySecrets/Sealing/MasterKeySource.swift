import Glibc

/// Where the master key comes from: a file that is made at the first use, or the environment.
public struct MasterKeySource: Sendable {
    private enum Place: Sendable {
        case file(MasterKeyFile, next: MasterKeyFile)
        case given(String, next: String?)
    }

    private let place: Place

    /// The key in the file at `path`; while it is replaced, the new one stands beside it in `path.next`.
    public static func file(_ path: String) -> MasterKeySource {
        MasterKeySource(place: .file(MasterKeyFile(path: path), next: MasterKeyFile(path: path + ".next")))
    }

    /// A key from the environment.
    ///
    /// - Parameter next: the key that is to take its place, while it is replaced.
    public static func given(_ text: String, next: String?) -> MasterKeySource {
        MasterKeySource(place: .given(text, next: next))
    }

    /// The keys there are, read anew each time: another process may have replaced them.
    ///
    /// - Throws: for a key that is not one, or that others can reach.
    public func keys() throws(SecretError) -> MasterKeys {
        switch place {
        case .file(let file, let next): return MasterKeys(current: try file.read(), next: try next.read())
        case .given(let text, let next):
            return MasterKeys(
                current: try Self.parse(text, "CODE_FACTORY_MASTER_KEY"),
                next: try next.map { text throws(SecretError) in
                    try Self.parse(text, "CODE_FACTORY_NEXT_MASTER_KEY")
                })
        }
    }

    /// The key, made now where there is none.
    public func make() throws(SecretError) -> MasterKey {
        switch place {
        case .file(let file, _): return try file.make()
        case .given(let text, _): return try Self.parse(text, "CODE_FACTORY_MASTER_KEY")
        }
    }

    /// The key that is to take the place of the present one: the one left by a rotation that was interrupted, or a new
    /// one.
    ///
    /// - Throws: ``SecretError/noNextKey`` where keys come from the environment and it names none.
    func makeNext() throws(SecretError) -> MasterKey {
        switch place {
        case .file(_, let next): return try next.make()
        case .given(_, let next):
            guard let next else { throw .noNextKey }
            return try Self.parse(next, "CODE_FACTORY_NEXT_MASTER_KEY")
        }
    }

    /// Puts the next key in the place of the present one, which is gone then.
    ///
    /// - Returns: false where whoever sets the environment has to do it.
    func promoteNext() throws(SecretError) -> Bool {
        guard case .file(let file, let next) = place else { return false }
        try next.move(to: file)
        return true
    }

    private static func parse(_ text: String, _ name: String) throws(SecretError) -> MasterKey {
        guard let key = MasterKey(parsing: text) else {
            throw .unusableKey(name, "is no key: it takes 64 hex digits, as `openssl rand -hex 32` prints them")
        }
        return key
    }
}

/// The master keys at hand.
public struct MasterKeys: Sendable {
    /// The present one, or the one before while keys are replaced; nil where none has been made.
    public var current: MasterKey?
    /// The one that takes its place.
    public var next: MasterKey?

    /// The key of this id; nil where it is not at hand.
    public func key(_ id: String) -> MasterKey? {
        if current?.id == id { return current }
        return next?.id == id ? next : nil
    }
}
