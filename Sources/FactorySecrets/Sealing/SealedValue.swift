import Crypto

/// A value sealed with a data key of its own, which is wrapped by a master key, as one run of bytes:
/// format (1), the master key's id (8), the wrapped data key (12 + 32 + 16), the value (12 + n + 16).
///
/// Both are AES-256-GCM with random nonces of 96 bits. The value is bound to what it is for: opened for anything else it
/// is not authentic. The data key is bound to the master key alone, so that it can be wrapped anew without knowing
/// what the value is for.
public struct SealedValue: Sendable, Hashable {
    static let format: UInt8 = 1
    static let idBytes = 8
    private static let wrapBytes = 12 + MasterKey.byteCount + 16
    private static let valueStart = 1 + idBytes + wrapBytes

    private let bytes: [UInt8]

    /// Reads the text that is kept.
    ///
    /// - Returns: nil for a text that this program does not write.
    public init?(_ text: String) {
        guard let bytes = MasterKey.bytes(ofHex: text) else { return nil }
        self.init(bytes: bytes)
    }

    private init?(bytes: [UInt8]) {
        guard bytes.first == Self.format, bytes.count >= Self.valueStart + 12 + 16 else { return nil }
        self.bytes = bytes
    }

    /// What is kept: hex digits. The third to the eighteenth are ``keyID``.
    public var text: String { MasterKey.hexText(bytes) }

    /// Id of the master key that the data key is wrapped with.
    public var keyID: String { MasterKey.hexText(bytes[1..<(1 + Self.idBytes)]) }

    /// Seals `value` for `purpose`.
    static func sealing(_ value: [UInt8], for purpose: SealPurpose, with master: MasterKey) -> SealedValue? {
        let data = SymmetricKey(size: .bits256)
        guard let wrap = wrap(data, with: master),
            let box = try? AES.GCM.seal(value, using: data, authenticating: purpose.bytes).combined
        else { return nil }
        return SealedValue(bytes: head(of: master) + wrap + Array(box))
    }

    /// The value, for the purpose it was sealed for.
    ///
    /// - Returns: nil where the key, the purpose or the bytes are others.
    func opened(for purpose: SealPurpose, with master: MasterKey) -> [UInt8]? {
        guard let data = dataKey(with: master),
            let box = try? AES.GCM.SealedBox(combined: bytes[Self.valueStart...]),
            let value = try? AES.GCM.open(box, using: data, authenticating: purpose.bytes)
        else { return nil }
        return Array(value)
    }

    /// The same value with its data key wrapped by another master key; nil where `old` does not open it.
    func rewrapped(from old: MasterKey, to new: MasterKey) -> SealedValue? {
        guard let data = dataKey(with: old), let wrap = Self.wrap(data, with: new) else { return nil }
        return SealedValue(bytes: Self.head(of: new) + wrap + bytes[Self.valueStart...])
    }

    private func dataKey(with master: MasterKey) -> SymmetricKey? {
        guard keyID == master.id else { return nil }
        let wrap = bytes[(1 + Self.idBytes)..<Self.valueStart]
        guard let box = try? AES.GCM.SealedBox(combined: wrap),
            let key = try? AES.GCM.open(box, using: master.key, authenticating: Self.wrapPurpose(of: master))
        else { return nil }
        return SymmetricKey(data: key)
    }

    private static func wrap(_ data: SymmetricKey, with master: MasterKey) -> [UInt8]? {
        let bytes = data.withUnsafeBytes { Array($0) }
        return (try? AES.GCM.seal(bytes, using: master.key, authenticating: wrapPurpose(of: master)).combined)
            .map { Array($0) }
    }

    private static func wrapPurpose(of master: MasterKey) -> [UInt8] {
        SealPurpose("code-factory data key", [master.id]).bytes
    }

    private static func head(of master: MasterKey) -> [UInt8] {
        [format] + (MasterKey.bytes(ofHex: master.id) ?? [])
    }
}

/// What a value is sealed for: a word for the kind of thing, and whatever tells one from another.
public struct SealPurpose: Sendable, Hashable {
    /// Every part with its length before it, so that no two purposes are the same bytes.
    let bytes: [UInt8]

    /// - Parameters:
    ///   - kind: such as `secret`; each kind of thing has one of its own.
    ///   - parts: owner, name, version and the like, always in the same order.
    public init(_ kind: String, _ parts: [String]) {
        bytes = ([kind] + parts).flatMap { part -> [UInt8] in
            let text = Array(part.utf8)
            return withUnsafeBytes(of: UInt32(text.count).bigEndian) { Array($0) } + text
        }
    }
}
