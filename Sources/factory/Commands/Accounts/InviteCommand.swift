import ArgumentParser
import FactoryAccess
import FactoryDomain
import FactoryJSON

/// `factory invite`
struct InviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Makes a one-time link, good for 72 hours, and prints its token once.",
        discussion: """
            Whoever has the token makes an account of their own, or with --reset sets a new password: in the server's \
            page /invitation#TOKEN, or by POST /api/v1/invitations/accept.
            """)

    @Option(name: .long, help: ArgumentHelp("admin or member.", valueName: "role")) var role = RoleArgument.member
    @Option(name: .long, help: ArgumentHelp("The address the account will have.", valueName: "address"))
    var email: String?
    @Option(name: .long, help: ArgumentHelp("Set a new password for this account instead.", valueName: "account"))
    var reset: String?
    @Option(
        name: .long,
        help: ArgumentHelp("Where the server is reached, to print a whole link.", valueName: "https://…"))
    var url: String?
    @OptionGroup var options: AccountOptions

    func run() async throws {
        let link = try await options.use("invite") { accounts throws(AccountError) in
            guard let reset else {
                return try await accounts.invite(role.role, email: email, by: .commandLine)
            }
            return try await accounts.resetLink(for: try await accounts.account(reset).id, by: .commandLine)
        }
        let whole = url.map { "\($0)/invitation#\(link.token)" }
        let record = link.record
        options.print(
            [
                "id": .string(record.id.rawValue), "kind": .string(record.kind.rawValue),
                "role": record.role.map { .string($0.rawValue) } ?? .null,
                "email": record.email.map(JSON.string) ?? .null,
                "account": record.account.map { .string($0.rawValue) } ?? .null,
                "expires_at": .string(record.expiresAt.description), "token": .string(link.token),
                "url": whole.map(JSON.string) ?? .null,
            ], whole ?? link.token)
    }
}
