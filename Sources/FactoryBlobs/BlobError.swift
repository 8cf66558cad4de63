public import FactoryDomain
import Glibc

/// Why bytes could not be kept or read back.
public enum BlobError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nothing is kept under this address.
    case missing(ContentHash)
    /// What is kept under this address is not what was put there.
    case damaged(ContentHash)
    /// More bytes than the caller, or the store, takes.
    case tooLarge(bytes: Int, limit: Int)
    /// The disk has no room left.
    case diskFull
    /// Any other refusal of the operating system: the call and its `errno`.
    case systemCall(String, code: Int32)

    static func system(_ call: String, _ code: Int32) -> BlobError {
        code == ENOSPC || code == EDQUOT ? .diskFull : .systemCall(call, code: code)
    }

    /// One sentence without paths of the host.
    public var description: String {
        switch self {
        case .missing(let hash): "the stored bytes \(hash.rawValue.prefix(12)) are missing from the data folder"
        case .damaged(let hash): "the stored bytes \(hash.rawValue.prefix(12)) are damaged: their hash differs"
        case .tooLarge(let bytes, let limit): "\(bytes) bytes are more than the limit of \(limit)"
        case .diskFull: "the disk is full"
        case .systemCall(let call, let code): "\(call) failed: \(String(cString: strerror(code)))"
        }
    }
}
