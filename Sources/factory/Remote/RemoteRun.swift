import FactoryClient
import FactoryDomain
import FactoryJSON
import FactoryNetwork
import Synchronization

/// A run on a server.
struct RemoteRun: Sendable {
    let client: FactoryClient
    let id: String

    init(_ client: FactoryClient, id: String) {
        self.client = client
        self.id = id
    }

    /// Where the API has it.
    var path: String { "/api/v1/runs/\(FactoryClient.component(id))" }

    /// The run that `argument` names by id or number; the latest where it names none.
    static func find(_ argument: RunArgument, _ client: FactoryClient) async throws -> RemoteRun {
        try await find(argument.run, client)
    }

    /// The same by its text.
    static func find(_ text: String?, _ client: FactoryClient) async throws -> RemoteRun {
        if let text, text.hasPrefix("run_") { return RemoteRun(client, id: text) }
        guard let text else {
            guard let latest = try await client.list("/api/v1/runs", atMost: 1).first?["id"]?.stringValue else {
                throw CommandFailure(.usage, "the server has no runs yet")
            }
            return RemoteRun(client, id: latest)
        }
        guard let number = Int64(text), number > 0 else {
            throw CommandFailure(.usage, "\(text) is neither the number nor the id of a run")
        }
        let found = try await client.list("/api/v1/runs", query: [("number", text)], atMost: 1)
        guard let id = found.first?["id"]?.stringValue else {
            throw CommandFailure(.usage, "the server has no run \(number)", hint: "factory runs list")
        }
        return RemoteRun(client, id: id)
    }

    /// The run as it stands.
    func report() async throws -> JSON { try await client.send(.get, path).json() }

    /// Asks for something to be done with the run, and prints it as it stands then.
    func ask(_ what: String, _ body: JSONObject = [:], output: OutputFormat) async throws {
        let run = try await client.send(.post, "\(path)/\(what)", body: .json(.object(body))).json()
        guard output == .text else { return Output.data(output.print(run)) }
        Output.note("run \(run["number"]?.intValue ?? 0) \(run["status"]?.stringValue ?? "")")
    }

    /// Prints the number of a run that has just begun, or all of it; with `watch`, what happens until it ends.
    static func begun(
        _ run: JSON, _ client: FactoryClient, saying what: String, watch: Bool, output: OutputFormat
    ) async throws {
        if watch, let id = run["id"]?.stringValue {
            return try await RemoteRun(client, id: id).watch(output: output)
        }
        guard output == .text else { return Output.data(output.print(run)) }
        let number = run["number"]?.intValue ?? 0
        Output.data("\(number)")
        Output.note("run \(number) \(what)")
    }

    /// Shows what happens until the run has ended, and ends with its exit code.
    func watch(output: OutputFormat) async throws {
        let place = Mutex<String?>(nil)
        var tries = 0
        var ended: JSON = [:]
        watching: while true {
            let before = place.withLock { $0 }
            do throws(ClientError) {
                try await client.events("\(path)/events", after: before) { event in
                    if let id = event.id { place.withLock { $0 = id } }
                    if let line = Self.line(of: event) { Output.note(line) }
                    return .more
                }
                // A stream that ends before its run was closed by a server that stops.
                let run = try await client.send(.get, path).json()
                if Self.hasEnded(run) {
                    ended = run
                    break watching
                }
                tries = 0
            } catch {
                guard case .unreachable = error, tries < 10 else { throw CommandFailure(client: error) }
                tries += 1
            }
            try await Task.sleep(for: .seconds(1))
        }
        try conclude(ended, output)
    }

    /// Prints an ended run and throws its exit code, where it did not succeed.
    func conclude(_ run: JSON, _ output: OutputFormat) throws {
        if output == .text {
            if let outputs = run["outputs"], !outputs.isNull { Output.data(OutputFormat.yaml.print(outputs)) }
            let error = run["error"]?["message"]?.stringValue.map { ": \($0)" } ?? ""
            Output.note("run \(run["number"]?.intValue ?? 0) \(run["status"]?.stringValue ?? "")\(error)")
        } else {
            Output.data(output.print(run))
        }
        switch run["status"]?.stringValue {
        case "succeeded":
            let changes = run["changes"]?["status"]?.stringValue
            if changes == "pending" || changes == "conflict" { throw CommandFailure(.waiting) }
        case "cancelled": throw CommandFailure(.cancelled)
        default: throw CommandFailure(.runFailed)
        }
    }

    private static func hasEnded(_ run: JSON) -> Bool {
        run["status"]?.stringValue.flatMap(RunStatus.init)?.isFinal ?? false
    }

    private static func line(of event: ServerEvent) -> String? {
        guard let json = try? JSON(parsing: event.data),
            let kind = json["type"]?.stringValue.flatMap(RunEvent.Kind.init)
        else { return nil }
        let known = RunEvent(
            sequence: json["id"]?.intValue, at: Timestamp(milliseconds: 0), kind: kind,
            step: json["step"]?.stringValue, data: json["data"] ?? [:])
        return PlainProgress(pipeline: json["pipeline"]?.stringValue ?? "the pipeline").text(of: known).map {
            "\(json["at"]?.stringValue ?? "") \($0)"
        }
    }
}
