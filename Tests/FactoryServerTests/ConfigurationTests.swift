import FactoryEngine
import FactoryLLM
import Testing

@testable import FactoryServer

@Suite("The configuration") struct ConfigurationTests {
    func read(
        _ environment: [String: String] = [:], files: [String: String] = [:],
        flags: ConfigurationReader.Flags = ConfigurationReader.Flags()
    ) throws -> FactoryConfiguration {
        try ConfigurationReader(
            environment: ["HOME": "/home/ada"].merging(environment) { $1 }, processors: 4, readFile: { files[$0] }
        ).read(flags)
    }

    @Test("takes the data folder from the flag, else the variable, else the user's data home, else the home")
    func dataFolder() throws {
        #expect(try read().dataFolder == "/home/ada/.local/share/code-factory")
        #expect(try read(["XDG_DATA_HOME": "/x"]).dataFolder == "/x/code-factory")
        #expect(try read(["XDG_DATA_HOME": "/x", "CODE_FACTORY_DATA": "/y"]).dataFolder == "/y")
        #expect(try read(["CODE_FACTORY_DATA": "/y"], flags: .init(dataFolder: "/z")).dataFolder == "/z")
    }

    @Test(
        "takes providers from the variables that other programs know",
        arguments: [
            (["OPENAI_API_KEY": "k"], "openai", "https://api.openai.com/v1"),
            (["ANTHROPIC_API_KEY": "k"], "anthropic", "https://api.anthropic.com"),
            (["ANTHROPIC_BASE_URL": "http://127.0.0.1:1"], "anthropic", "http://127.0.0.1:1"),
            (["OLLAMA_HOST": "gpu.local"], "ollama", "http://gpu.local:11434"),
            (["OLLAMA_HOST": "0.0.0.0:9"], "ollama", "http://127.0.0.1:9"),
            (["OLLAMA_HOST": ":9"], "ollama", "http://127.0.0.1:9"),
            (["OLLAMA_HOST": "https://gpu.local/x"], "ollama", "https://gpu.local/x"),
        ])
    func environmentProviders(environment: [String: String], name: String, base: String) throws {
        let provider = try #require(try read(environment).providers.first)
        #expect(provider.name == name)
        #expect(provider.kind.rawValue == name)
        #expect(provider.baseURL == base)
    }

    @Test("takes the wire format of a provider from the file, and refuses one that is not spoken")
    func kinds() throws {
        func file(_ kind: String) -> [String: String] {
            ["/d/config.yaml": "providers: [{name: a, kind: \(kind), base_url: https://a.example}]"]
        }
        #expect(try read(files: file("anthropic"), flags: .init(dataFolder: "/d")).providers.first?.kind == .anthropic)
        let error = #expect(throws: ConfigurationError.self) {
            try read(files: file("gemini"), flags: .init(dataFolder: "/d"))
        }
        #expect(error?.key == "providers[0].kind")
    }

    @Test("reads config.yaml in the data folder, and the environment goes before it")
    func file() throws {
        let files = [
            "/d/config.yaml": """
            widths: {llm: 2, code: 8}
            allow_hosts: ["127.0.0.1:8091"]
            aliases: {default: local/small}
            providers:
              - name: local
                base_url: http://127.0.0.1:8091/v1
                api_key_file: /d/key
                prices: {small: {input: 0.5, output: 2}}
            """, "/d/key": "sk-from-file\n",
        ]
        let configuration = try read(
            ["CODE_FACTORY_WIDTH_CODE": "3"], files: files, flags: .init(dataFolder: "/d", allowedHosts: ["a:1"]))
        #expect(configuration.widths == LaneWidths(llm: 2, code: 3))
        #expect(configuration.allowedHosts == ["127.0.0.1:8091", "a:1"])
        #expect(configuration.aliases == ["default": "local/small"])
        #expect(
            configuration.providers == [
                ProviderConfiguration(
                    name: "local", baseURL: "http://127.0.0.1:8091/v1", apiKey: "sk-from-file",
                    prices: ["small": .init(input: 0.5, output: 2)])
            ])
    }

    @Test("makes a provider of OPENAI_API_KEY and OPENAI_BASE_URL")
    func openAI() throws {
        #expect(try read().providers.isEmpty)
        #expect(
            try read(["OPENAI_API_KEY": "k"]).providers
                == [ProviderConfiguration(name: "openai", baseURL: "https://api.openai.com/v1", apiKey: "k")])
        #expect(
            try read(["OPENAI_BASE_URL": "http://127.0.0.1:1/v1"]).providers
                == [ProviderConfiguration(name: "openai", baseURL: "http://127.0.0.1:1/v1")])
    }

    @Test(
        "refuses what it cannot use, naming the key and the rule",
        arguments: [
            ("widths: {llm: 0}", "widths.llm"), ("width: {llm: 1}", "width"), ("providers: [{name: a}]", "base_url"),
            ("allow_hosts: yes", "allow_hosts"), ("[1]", "configuration file"), ("a: b: c", "configuration file"),
            ("providers: [{name: a, base_url: b, api_key_file: /none}]", "api_key_file"),
        ])
    func refused(_ text: String, _ key: String) {
        #expect { try read(files: ["/d/config.yaml": text], flags: .init(dataFolder: "/d")) } throws: { error in
            (error as? ConfigurationError)?.description.contains(key) == true
        }
    }

    @Test("refuses a width in the environment that is no number")
    func badWidth() {
        #expect(throws: ConfigurationError.self) { try read(["CODE_FACTORY_WIDTH_API": "many"]) }
    }

    @Test("refuses a configuration file that was named and is not there")
    func missingFile() {
        #expect(throws: ConfigurationError.self) { try read(["CODE_FACTORY_CONFIG": "/none"]) }
    }

    @Test("takes where to listen from the flag, else the variable, else the file, else loopback")
    func listener() throws {
        #expect(try read().listener == ListenerConfiguration())
        let files = ["/d/config.yaml": "listen: '127.0.0.1:1'\nserver_names: [a.example]\ndrain_seconds: 3"]
        var flags = ConfigurationReader.Flags(dataFolder: "/d")
        #expect(try read(files: files, flags: flags).listener.port == 1)
        #expect(try read(files: files, flags: flags).listener.drainSeconds == 3)
        let environment = ["CODE_FACTORY_LISTEN": "[::1]:2", "CODE_FACTORY_SERVER_NAMES": "b.example:443"]
        #expect(try read(environment, files: files, flags: flags).listener.host == "::1")
        flags.listen = ":0"
        flags.serverNames = ["c.example"]
        let listener = try read(environment, files: files, flags: flags).listener
        #expect(listener.authority(port: 7) == "127.0.0.1:7")
        #expect(listener.names == ["a.example", "b.example:443", "c.example"])
    }

    @Test(
        "knows loopback from other addresses",
        arguments: [
            ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("localhost", true), ("0.0.0.0", false),
            ("127.0.0.1.example.com", false), ("::", false), ("10.0.0.1", false), ("localhost.example", false),
        ])
    func loopback(_ host: String, _ isLoopback: Bool) {
        #expect(ListenerConfiguration(host: host).isLoopback == isLoopback)
    }

    @Test("refuses an address or a number that is none", arguments: ["7070", "localhost", "a:b", "a:70000", ""])
    func badListen(_ text: String) {
        var flags = ConfigurationReader.Flags(dataFolder: "/d")
        flags.listen = text
        #expect(throws: ConfigurationError.self) { try read(flags: flags) }
    }
}

@Suite("Limits") struct ServiceLimitsTests {
    private func limits(
        _ environment: [String: String] = [:], file: String? = nil
    ) throws -> ServiceLimits {
        try ConfigurationReader(
            environment: ["HOME": "/home/ada"].merging(environment) { $1 }, processors: 4, readFile: { _ in file }
        ).read(ConfigurationReader.Flags(dataFolder: "/d")).limits
    }

    @Test("come from the variable, else from the file, else from the program")
    func sources() throws {
        #expect(try limits() == ServiceLimits())
        let file = """
            limits: {requests_per_second: 7, runs_per_minute: 8, event_streams: 9, calls_per_minute: 10, body_bytes: 1GiB}
            """
        var expected = ServiceLimits()
        expected.requestsPerSecond = 7
        expected.runsPerMinute = 8
        expected.eventStreams = 9
        expected.callsPerMinute = 10
        expected.bodyBytes = 1 << 30
        #expect(try limits(file: file) == expected)
        expected.eventStreams = 3
        expected.bodyBytes = 40_000_000
        let environment = ["CODE_FACTORY_LIMIT_EVENT_STREAMS": "3", "CODE_FACTORY_LIMIT_BODY_BYTES": "40MB"]
        #expect(try limits(environment, file: file) == expected)
    }

    @Test(
        "are refused beyond their range, naming it",
        arguments: [
            ("requests_per_second", "0"), ("requests_per_second", "100001"), ("runs_per_minute", "0"),
            ("runs_per_minute", "many"), ("event_streams", "0"), ("event_streams", "1.5"), ("calls_per_minute", "-1"),
            ("body_bytes", "31MiB"), ("body_bytes", "65GiB"), ("body_bytes", "none"), ("body_bytes", "2PB"),
        ])
    func refused(_ name: String, _ value: String) {
        for given in [
            (["CODE_FACTORY_LIMIT_\(name.uppercased())": value], nil), ([:], "limits: {\(name): \(value)}"),
        ] as [([String: String], String?)] {
            let error = #expect(throws: ConfigurationError.self) { try limits(given.0, file: given.1) }
            #expect(error?.key == (given.1 == nil ? given.0.keys.first : "limits.\(name)"))
        }
    }

    @Test("that are not known are an error")
    func unknown() {
        #expect(throws: ConfigurationError.self) { try limits(file: "limits: {everything: 1}") }
    }
}

@Suite("Open files") struct OpenFilesTests {
    @Test("leave room for what is no connection")
    func room() throws {
        #expect(try OpenFiles(allowed: 1_048_576).connections(asked: nil) == 16_384)
        #expect(try OpenFiles(allowed: 1_048_576).connections(asked: 100_000) == 100_000)
        #expect(try OpenFiles(allowed: 12_000).connections(asked: nil) == 10_976)
        #expect(try OpenFiles(allowed: 1_024).connections(asked: nil) == 512)
        #expect(try OpenFiles(allowed: 12_000).connections(asked: 10_976) == 10_976)
    }

    @Test("are not promised where there are none")
    func refusal() {
        let error = #expect(throws: ConfigurationError.self) {
            try OpenFiles(allowed: 4_096).connections(asked: 10_000)
        }
        #expect(error?.description.contains("need 11024 open files") == true)
        #expect(error?.description.contains("at most 3072") == true)
    }

    @Test("are raised to what is needed, where that may be")
    func raised() {
        let before = OpenFiles.raised(for: 1)
        #expect(OpenFiles.raised(for: 2_000).allowed >= before.allowed)
    }
}
