/// The identity of one `Entity`: a prefix that names the kind and a body that sorts by time of creation.
///
/// Example: `run_01jd3m9q4t8c6v2x5z7k0w1y3b`. An ``ID`` of one entity does not compile in the place of another's.
public struct ID<Entity: Identified>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The text form, prefix included.
    public let rawValue: String

    /// Takes `rawValue` as it is, for values that come back from the store.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Takes text from outside; nil unless it has the entity's prefix and a body of lower-case letters and digits.
    public init?(parsing text: String) {
        guard text.hasPrefix(Entity.idPrefix), text.utf8.count > Entity.idPrefix.utf8.count, text.utf8.count <= 64,
            text.utf8.dropFirst(Entity.idPrefix.utf8.count).allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            })
        else { return nil }
        rawValue = text
    }

    /// The text form.
    public var description: String { rawValue }
    /// Orders ids by time of creation.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A kind of thing that has an ``ID``.
public protocol Identified {
    /// What every id of this kind begins with, underscore included.
    static var idPrefix: String { get }
}

/// One execution of a pipeline.
public enum Run: Identified {
    /// What the id of a run begins with.
    public static let idPrefix = "run_"
}
/// One step inside one run.
public enum StepRun: Identified {
    /// What the id of a step run begins with.
    public static let idPrefix = "sr_"
}
/// One try at a step run.
public enum Attempt: Identified {
    /// What the id of a attempt begins with.
    public static let idPrefix = "att_"
}
