/// A secret as a run has it: in plain text, in memory.
public struct RunSecret: Sendable, Hashable {
    /// The value.
    public var value: String
    /// The hosts it may be sent to; without any it may be used everywhere.
    public var hosts: [SecretHost]

    /// A secret of these values.
    public init(value: String, hosts: [SecretHost] = []) {
        self.value = value
        self.hosts = hosts
    }

    func mayGo(to destination: SecretDestination) -> Bool {
        hosts.isEmpty || hosts.contains { $0.admits(destination) }
    }
}

/// Where a request goes that a secret is put into.
public struct SecretDestination: Sendable, Hashable, CustomStringConvertible {
    /// The host as it stands in a URL: lower case, IPv6 addresses in brackets.
    public let host: String
    /// The port.
    public let port: Int

    /// A destination of these values.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `host:port`.
    public var description: String { "\(host):\(port)" }
}

/// Why a secret is not put in where a step asks for it. Says nothing of the value.
public enum SecretRefusal: Error, Sendable, Hashable {
    /// There is none of this name.
    case missing(String)
    /// It is bound to hosts, and would be used by something other than a request to one of them.
    case boundToHosts(String, [SecretHost])
    /// The request goes elsewhere.
    case otherHost(String, SecretDestination, [SecretHost])

    /// One sentence.
    public var message: String {
        switch self {
        case .missing(let name): "There is no secret `\(name)`."
        case .boundToHosts(let name, _):
            "The secret `\(name)` is bound to hosts: only api steps that send a request to one of them may use it."
        case .otherHost(let name, let destination, _):
            "The secret `\(name)` may not be sent to \(destination): it is bound to other hosts."
        }
    }

    /// What to do about it.
    public var hint: String {
        switch self {
        case .missing: "Store it, or take it out of the step."
        case .boundToHosts(_, let hosts), .otherHost(_, _, let hosts):
            "It may go to \(hosts.map(\.description).joined(separator: ", ")). Store it anew with other hosts if it is "
                + "meant to be used here."
        }
    }
}
