import FactoryEngine
import FactoryLLM
import FactoryServer
import Testing

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
