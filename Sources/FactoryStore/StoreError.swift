/// Why the store could not do what it was asked.
public enum StoreError: Error, Sendable, CustomStringConvertible {
    /// No such thing.
    case notFound(kind: String, id: String)
    /// The owner has another thing of this name.
    case nameTaken(String)
    /// It was there already.
    case exists(kind: String, id: String)
    /// It has another revision than the caller saw.
    case changed
    /// There are as many of this kind as one owner can have.
    case full(kind: String, limit: Int)
    /// It is sealed with another master key than the store's present one, whose id this is.
    case otherKey(current: String)
    /// Another engine took over; this one must stop writing.
    case staleLease
    /// Another process holds the data folder; who it said it was.
    case held(by: String)
    /// The store was written by a newer program.
    case newer(found: Int, known: Int)
    /// The disk has no room; nothing of the transaction was kept.
    case diskFull
    /// The store is damaged or refuses to work; `reason` is safe to show.
    case unavailable(reason: String)

    /// One sentence that is safe to show.
    public var description: String {
        switch self {
        case .notFound(let kind, let id): "there is no \(kind) \(id)"
        case .nameTaken(let name): "the name \(name) is taken"
        case .exists(let kind, let id): "there is a \(kind) \(id) already"
        case .changed: "it was changed meanwhile"
        case .full(let kind, let limit): "there are \(limit) of this kind (\(kind)) already, and no more can be kept"
        case .otherKey(let current): "what is sealed now is sealed with the master key \(current)"
        case .staleLease: "another engine has taken over this run"
        case .held(let holder): "the data folder is in use by \(holder)"
        case .newer(let found, let known):
            "the store has format \(found), this program knows formats up to \(known): use a newer program"
        case .diskFull: "the disk is full; nothing was lost, free some space and resume"
        case .unavailable(let reason): "the store is out of reach: \(reason)"
        }
    }
}
