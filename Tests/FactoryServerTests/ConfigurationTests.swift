import FactoryEngine
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
}
