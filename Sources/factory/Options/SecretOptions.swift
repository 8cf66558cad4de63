import ArgumentParser

/// `--secret NAME=@file`: values that pipelines refer to as `secrets.NAME`.
struct SecretOptions: ParsableArguments {
    @Option(
        name: .customLong("secret"),
        help: ArgumentHelp(
            "A secret, read from a file so that it stands in no command line.", valueName: "name=@file"))
    var secrets: [String] = []

    func given() throws -> [String: String] {
        var values: [String: String] = [:]
        for secret in secrets {
            let (name, value) = try Assignment.split(secret, of: "--secret")
            guard value.hasPrefix("@") else {
                throw CommandFailure(
                    .usage, "--secret \(name): the value must come from a file",
                    hint: "write --secret \(name)=@FILE; command lines are visible to other users of this machine")
            }
            let text = try TextFile.read(String(value.dropFirst()), of: "--secret \(name)").trimmingLineEnds()
            guard !text.isEmpty else { throw CommandFailure(.usage, "--secret \(name): the file is empty") }
            values[name] = text
        }
        return values
    }
}

/// `NAME=VALUE` on a command line.
enum Assignment {
    static func split(_ text: String, of option: String) throws -> (name: String, value: String) {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
            throw CommandFailure(.usage, "\(option) \(text): expected NAME=VALUE")
        }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
}
