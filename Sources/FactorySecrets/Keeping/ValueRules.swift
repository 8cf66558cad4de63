/// What names and values may be.
public enum ValueRules {
    /// Most bytes of a secret's value: 64 KiB.
    public static let secretBytes = 64 << 10
    /// Most bytes of a variable's value: 4 KiB.
    public static let variableBytes = 4 << 10
    /// Most bytes of the name of a secret or a variable.
    public static let nameBytes = 128
    /// Most bytes of the name of an environment.
    public static let environmentNameBytes = 64
    /// Most bytes of a description.
    public static let descriptionBytes = 500
    /// Most hosts that a secret is bound to.
    public static let hosts = 20

    /// Checks the name of a secret or a variable, as documents write it behind `secrets.` and `vars.`.
    public static func checkName(_ name: String) throws(SecretError) {
        let isName = name.utf8.enumerated().allSatisfy { place, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): place > 0
            default: false
            }
        }
        guard isName, (1...nameBytes).contains(name.utf8.count) else {
            throw .invalid(
                field: "name", message: "is no name of a secret or a variable",
                hint: "names have letters, digits and `_`, do not begin with a digit, and have at most 128 characters")
        }
    }

    /// Checks the name of an environment.
    public static func checkEnvironment(_ name: String) throws(SecretError) {
        let isName = name.utf8.enumerated().allSatisfy { place, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "-"), UInt8(ascii: "_"): place > 0
            default: false
            }
        }
        guard isName, (1...environmentNameBytes).contains(name.utf8.count) else {
            throw .invalid(
                field: "environment", message: "is no name of an environment",
                hint: "such as dev, stage or prod: small letters, digits, `-` and `_`, at most 64 characters")
        }
    }

    static func checkSecret(_ value: String) throws(SecretError) {
        guard !value.isEmpty else {
            throw .invalid(field: "value", message: "is empty", hint: "remove a secret that is no longer needed")
        }
        try check(value, bytes: secretBytes, field: "value")
    }

    static func checkVariable(_ value: String) throws(SecretError) {
        try check(value, bytes: variableBytes, field: "value")
    }

    static func checkDescription(_ text: String?) throws(SecretError) {
        try check(text ?? "", bytes: descriptionBytes, field: "description")
    }

    /// `hosts` in their usual form.
    static func checkedHosts(_ hosts: [String]) throws(SecretError) -> [String] {
        guard hosts.count <= Self.hosts else {
            throw .invalid(field: "hosts", message: "are more than \(Self.hosts)", hint: "use `*.example.com`")
        }
        var checked: [String] = []
        for (place, host) in hosts.enumerated() {
            do throws(SecretHostProblem) {
                let host = try SecretHost(parsing: host).description
                if !checked.contains(host) { checked.append(host) }
            } catch {
                throw .invalid(
                    field: "hosts[\(place)]", message: error.message,
                    hint: "such as api.example.com, api.example.com:8443 or *.example.com")
            }
        }
        return checked
    }

    private static func check(_ text: String, bytes: Int, field: String) throws(SecretError) {
        guard text.utf8.count <= bytes else {
            throw .invalid(
                field: field, message: "has \(text.utf8.count) bytes; at most \(bytes) are kept",
                hint: "keep large values in a file of the workspace")
        }
        guard !text.utf8.contains(0) else {
            throw .invalid(field: field, message: "holds a zero byte", hint: "encode binary values as base64")
        }
    }
}
