import FactoryAccess
import FactoryStore
import Glibc

extension Entry {
    /// What the person at this machine is called.
    static var userName: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "owner" }
        return String(cString: name)
    }
}

extension ServerError {
    /// What an error about accounts means to who starts a server or uses the command line.
    init(_ error: AccountError) {
        switch error {
        case .store(let error): self = .store(error)
        case .sealed(let reason):
            self = .refused("what was sealed before there were accounts cannot be given to the first: \(reason)")
        case .invalid(let field, let rule): self = .configuration(ConfigurationError(key: field, message: rule))
        case .nameTaken(let name): self = .refused("the name \(name) is taken")
        case .notFound: self = .refused("there is no such thing")
        case .busy: self = .refused("there was not the memory to work on a password")
        case .wrongCredentials, .tokenInvalid, .throttled: self = .refused("not let in")
        case .alreadySetUp: self = .refused("the first account was made already")
        case .refused(.lastAdmin):
            self = .refused("somebody has to be admin, and this is the last: make another account admin first")
        case .refused(.runsUnfinished(let count)):
            self = .refused("\(count) of its runs have not ended: cancel them, or wait")
        case .refused(.ownsThings(let counts)):
            let things = counts.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
            self = .refused(
                "the account owns things (\(things.joined(separator: ", "))): name who gets them with --transfer-to")
        case .refused: self = .refused("there is no such thing")
        }
    }
}
