// swift-tools-version: 6.2
import PackageDescription

// Every target compiles in Swift 6 mode with the same settings. Which target may import which is a decision, not
// an accident: the table stands in ARCHITECTURE.md, and Tests/ArchitectureTests reads every import and holds it.
let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let cSettings: [CSetting] = [
    .define("_GNU_SOURCE"),
    .unsafeFlags(["-std=c23", "-Wall", "-Wextra", "-Werror", "-fvisibility=hidden"]),
]

func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPCompression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioHTTPTypesHTTP2 = Target.Dependency.product(name: "NIOHTTPTypesHTTP2", package: "swift-nio-extras")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHPACK = Target.Dependency.product(name: "NIOHPACK", package: "swift-nio-http2")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let hummingbird = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "code-factory",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "factory", targets: ["factory"]),
        .executable(name: "factory-jail", targets: ["factory-jail"]),
        // What Benchmarks/, a package of its own, measures.
        .library(
            name: "FactoryCore",
            targets: [
                "FactoryJSON", "FactoryExpressions", "FactoryDefinition", "FactoryEngine", "FactoryStoreSQLite",
                "FactoryBlobs", "FactorySecrets",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
    ],
    targets: [
        // Values and language
        target("FactoryJSON"),
        target("FactoryExpressions", ["FactoryJSON"]),
        target("FactoryDomain", ["FactoryJSON"]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
        target("FactoryDefinition", ["FactoryJSON", "FactoryDomain", "FactoryExpressions", "CYAML"]),

        target("FactoryTemplates", ["FactoryJSON", "FactoryDefinition", "CAssets"]),

        // Durable state
        target("FactoryStore", ["FactoryJSON", "FactoryDomain"]),
        target("FactoryStoreSQLite", ["FactoryJSON", "FactoryDomain", "FactoryStore", "CAssets", grdb, sqlite]),
        target("FactoryBlobs", ["FactoryDomain", crypto]),
        target("FactorySecrets", ["FactoryJSON", "FactoryDomain", "FactoryStore", crypto]),
        target(
            "FactoryEngine",
            [
                "FactoryJSON", "FactoryDomain", "FactoryExpressions", "FactoryDefinition", "FactoryStore",
                "FactoryBlobs", "FactorySecrets",
            ]),

        // The outside world
        target("FactoryNetwork", [httpClient, nioCore, nioPosix, nioHTTP1, nioHTTPCompression, nioSSL]),
        target("FactoryLLM", ["FactoryJSON", "FactoryNetwork", crypto]),
        .target(name: "CJail", cSettings: cSettings),
        // Static, so that no shared library of the host runs in the program that builds the wall, and without Swift's
        // own start-up object (that is what -nostartfiles leaves out; C's start files stay).
        .executableTarget(
            name: "factory-jail", dependencies: ["CJail"], path: "Sources/factory-jail", cSettings: cSettings,
            linkerSettings: [.unsafeFlags(["-nostartfiles", "-static-executable"], .when(platforms: [.linux]))]),
        target("FactorySandbox", ["FactoryJSON", "CJail", "CAssets"]),
        .target(name: "CFile", cSettings: cSettings),
        target("FactoryWorkspace", ["FactoryDomain", "FactoryBlobs", "CFile"]),
        .target(name: "CAssets", exclude: ["sql", "agents"], cSettings: cSettings),

        target(
            "FactoryTriggers",
            [
                "FactoryJSON", "FactoryDomain", "FactoryExpressions", "FactoryDefinition", "FactoryStore",
                "FactorySecrets", "FactoryEngine", "FactoryNetwork", crypto,
            ]),

        // The door
        target("FactoryAPI", ["FactoryJSON"]),
        target("FactoryAccess", ["FactoryJSON", "FactoryDomain", "FactoryStore", "FactoryAPI", crypto, cryptoExtras]),
        target(
            "FactoryHTTP",
            [
                "FactoryJSON", "FactoryDomain", "FactoryExpressions", "FactoryAPI", "FactoryAccess",
                "FactoryDefinition", "FactoryStore", "FactoryBlobs", "FactoryEngine", "FactorySecrets",
                "FactoryTriggers", "FactoryWorkspace", "FactoryTemplates", "CAssets", "CZlib", nioCore, nioSSL,
                nioHTTP1, nioHTTP2, nioHPACK, nioHTTPTypes, nioHTTPTypesHTTP1, nioHTTPTypesHTTP2, httpTypes, logging,
                hummingbird,
            ]),
        target(
            "FactoryTelemetry",
            [
                "FactoryJSON", "FactoryDomain", "FactoryStore", "FactorySecrets", "FactoryEngine", "FactoryNetwork",
            ]),

        target("FactoryClient", ["FactoryJSON", "FactoryNetwork"]),

        // Composition
        target(
            "FactorySteps",
            [
                "FactoryJSON", "FactoryDomain", "FactoryExpressions", "FactoryDefinition", "FactoryEngine",
                "FactoryLLM", "FactorySandbox", "FactoryWorkspace", "FactorySecrets", "FactoryNetwork",
                "FactoryBlobs",
            ]),
        target(
            "FactoryServer",
            [
                "FactoryJSON", "FactoryDomain", "FactoryExpressions", "FactoryDefinition", "FactoryStore",
                "FactoryStoreSQLite", "FactoryBlobs", "FactorySecrets", "FactoryEngine", "FactoryNetwork",
                "FactoryLLM", "FactorySandbox", "FactoryWorkspace", "FactorySteps", "FactoryAPI", "FactoryAccess",
                "FactoryHTTP", "FactoryTelemetry", "FactoryTemplates", "FactoryTriggers", "CAssets", nioCore, nioPosix,
            ]),
        .executableTarget(
            name: "factory",
            dependencies: [
                "FactoryJSON", "FactoryDomain", "FactoryExpressions", "FactoryDefinition", "FactoryStore",
                "FactoryAPI", "FactoryAccess", "FactorySecrets", "FactoryEngine", "FactoryLLM", "FactoryTemplates",
                "FactoryServer", "FactoryClient",
                "FactoryNetwork", "factory-jail",
                argumentParser,
            ],
            swiftSettings: swiftSettings),

        // Tests
        target(
            "FactoryTestKit",
            [
                "FactoryJSON", "FactoryDomain", "FactoryDefinition", "FactoryStore", "FactoryEngine", "FactoryLLM",
                nioCore, nioPosix,
            ]),
        tests("ArchitectureTests", []),
        tests("FactoryJSONTests", ["FactoryJSON"]),
        tests("FactoryExpressionsTests", ["FactoryExpressions", "FactoryJSON"]),
        tests("FactoryDefinitionTests", ["FactoryDefinition", "FactoryJSON", "FactoryDomain", "FactoryExpressions"]),
        tests(
            "FactoryStoreSQLiteTests",
            ["FactoryStoreSQLite", "FactoryStore", "FactoryDomain", "FactoryJSON", "FactoryTestKit", grdb]),
        tests("FactoryBlobsTests", ["FactoryBlobs", "FactoryDomain", "FactoryTestKit"]),
        // A SQLite VFS whose disk fails on demand; no product has it.
        .target(
            name: "CFaultyVFS", path: "Tests/CFaultyVFS", cSettings: cSettings,
            linkerSettings: [.linkedLibrary("sqlite3")]),
        tests(
            "FactorySecretsTests",
            [
                "FactorySecrets", "FactoryJSON", "FactoryDomain", "FactoryStore", "FactoryStoreSQLite",
                "FactoryTestKit",
            ]),
        tests(
            "FactoryEngineTests",
            [
                "FactoryEngine", "FactoryTestKit", "FactoryStoreSQLite", "FactoryStore", "FactoryBlobs",
                "FactorySecrets", "FactoryDefinition", "FactoryDomain", "FactoryExpressions", "FactoryJSON",
                "CFaultyVFS",
            ]),
        tests("FactoryNetworkTests", ["FactoryNetwork", "FactoryTestKit", nioCore, nioPosix, nioSSL]),
        tests("FactoryLLMTests", ["FactoryLLM", "FactoryNetwork", "FactoryJSON", "FactoryTestKit", nioCore, nioPosix]),
        tests("FactorySandboxTests", ["FactorySandbox", "FactoryJSON", "CJail", "factory-jail"]),
        tests("FactoryWorkspaceTests", ["FactoryWorkspace", "FactoryBlobs", "FactoryDomain"]),
        tests(
            "FactoryStepsTests",
            [
                "FactorySteps", "FactoryTestKit", "FactoryEngine", "FactoryDefinition", "FactoryDomain",
                "FactoryExpressions", "FactoryJSON", "FactorySecrets", "FactoryBlobs", "FactoryWorkspace",
                "FactoryNetwork", "FactoryLLM", "FactorySandbox", nioCore, nioPosix,
            ]),
        tests(
            "FactoryAccessTests",
            [
                "FactoryAccess", "FactoryAPI", "FactoryJSON", "FactoryStore", "FactoryStoreSQLite", "FactoryDomain",
                "FactoryTestKit", grdb,
            ]),
        tests("FactoryClientTests", ["FactoryClient", "FactoryJSON"]),
        tests(
            "FactoryHTTPTests",
            [
                "FactoryHTTP", "FactoryAPI", "FactoryDefinition", "FactoryDomain", "FactoryJSON", httpTypes, nioCore,
                nioEmbedded, nioHTTP2, nioHTTPTypes,
            ]),
        tests(
            "FactoryTelemetryTests",
            [
                "FactoryTelemetry", "FactoryEngine", "FactoryStore", "FactoryDomain", "FactoryJSON", "FactorySecrets",
                "FactoryNetwork", "FactoryTestKit", nioPosix,
            ]),
        tests(
            "FactoryTemplatesTests",
            ["FactoryTemplates", "FactoryDefinition", "FactoryLLM", "FactoryJSON"]),
        tests(
            "FactoryTriggersTests",
            [
                "FactoryTriggers", "FactoryStoreSQLite", "FactoryStore", "FactoryEngine", "FactoryBlobs",
                "FactorySecrets", "FactoryDefinition", "FactoryDomain", "FactoryExpressions", "FactoryJSON",
                "FactoryNetwork", "FactoryTestKit", crypto, nioCore, nioPosix,
            ]),
        tests(
            "FactoryServerTests",
            [
                "FactoryServer", "FactoryEngine", "FactoryJSON", "FactoryTestKit", "FactoryAPI", "FactoryAccess",
                "FactoryBlobs", "FactoryDomain", "FactoryHTTP", "FactoryLLM", "FactoryNetwork", "FactorySecrets",
                "FactoryStore", "FactoryStoreSQLite", nioCore, nioPosix,
            ]),
    ]
)
