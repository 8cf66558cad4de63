import FactoryJSON

/// What the agent wrote to the result descriptor, read as the untrusted text it is.
struct JobAnswer {
    static let limits = JSONLimits(depth: 64, bytes: 16 << 20, keys: 100_000)

    let isEmpty: Bool
    private(set) var result: JSON?
    private(set) var error: SandboxCodeError?
    private(set) var problem: String?

    init(_ bytes: [UInt8]) {
        isEmpty = bytes.isEmpty
        if bytes.isEmpty { return }
        do throws(JSONError) {
            let document = try JSON(parsing: bytes, limits: Self.limits)
            if let given = document["result"] {
                result = given
            } else if let told = document["error"] {
                error = SandboxCodeError(json: told)
            } else {
                problem = "the result is not what the sandbox's agent writes"
            }
        } catch {
            problem = "the result cannot be read: \(error.message)"
        }
    }
}

extension SandboxCodeError {
    init?(json: JSON) {
        guard let type = json["type"]?.stringValue, let message = json["message"]?.stringValue else { return nil }
        let line = json["line"]?.intValue.flatMap { $0 > 0 ? Int($0) : nil }
        self.init(type: String(type.prefix(100)), message: String(message.prefix(2000)), line: line)
    }
}
