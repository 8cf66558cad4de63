import FactoryLLM
import FactorySandbox
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import Glibc

/// Looks at everything that runs need on this machine, by using it.
public struct Doctor: Sendable {
    /// Free space below which the disk is called limited: 1 GiB.
    private static let lowSpaceBytes: UInt64 = 1 << 30

    private let configuration: FactoryConfiguration

    /// A doctor for the installation that `configuration` describes.
    public init(_ configuration: FactoryConfiguration) { self.configuration = configuration }

    /// Everything it found, the same things in the same order each time.
    public func examine() async -> [Finding] {
        [await dataFolder(), modes(), disk(), await masterKey()] + (await sandbox()) + (await providers())
    }

    private func dataFolder() async -> Finding {
        do throws(StoreError) {
            let folder = try DataFolder(path: configuration.dataFolder)
            guard folder.hasStore else {
                return Finding("data folder", .works, "\(folder.path), empty; the first run makes the store")
            }
            let settings = try await SQLiteStore(in: folder, access: .reading).settings()
            return Finding(
                "data folder", .works, "\(folder.path), store format \(SQLiteStore.formatNumber), \(settings.journal)")
        } catch {
            return Finding(
                "data folder", .broken, "\(configuration.dataFolder): \(error)",
                fix: "make the folder writable for this user, or name another with --data")
        }
    }

    private func modes() -> Finding {
        let name = "file modes"
        guard let folder = DataFolder(holdingStoreAt: configuration.dataFolder) else {
            return Finding(name, .works, "nothing is kept yet")
        }
        do throws(StoreError) {
            let exposures = try folder.exposures()
            guard !exposures.isEmpty else { return Finding(name, .works, "what is kept is for its owner alone") }
            return Finding(
                name, .limited, exposures.map(\.description).joined(separator: "; "),
                fix: exposures.map(\.remedy).joined(separator: "\n"))
        } catch {
            return Finding(name, .broken, error.description, fix: "chown -R it to the user who runs this")
        }
    }

    private func disk() -> Finding {
        var status = statvfs()
        guard statvfs(configuration.dataFolder, &status) == 0 else {
            return Finding("disk", .broken, "cannot be asked: \(String(cString: strerror(errno)))")
        }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        let text = "\(free >> 20) MiB free for the data folder"
        guard free >= Self.lowSpaceBytes else {
            return Finding("disk", .limited, text, fix: "free some space, or move the data folder with --data")
        }
        return Finding("disk", .works, text)
    }

    private func masterKey() async -> Finding {
        let name = "master key"
        do throws(SecretError) {
            let keys = try configuration.masterKey.source(in: configuration.dataFolder).keys()
            guard let id = try await sealingKey() else {
                return Finding(name, .works, keys.current.map(\.id) ?? "made when the first secret is stored")
            }
            guard keys.key(id) != nil else { throw .missingKey(id) }
            return Finding(name, .works, id)
        } catch {
            return Finding(name, .limited, "secrets cannot be opened: \(error.description)", fix: error.hint)
        }
    }

    /// The id of the key that something is sealed with; nil where nothing is.
    private func sealingKey() async throws(SecretError) -> String? {
        do throws(StoreError) {
            guard let folder = DataFolder(holdingStoreAt: configuration.dataFolder) else { return nil }
            let store = try SQLiteStore(in: folder, access: .reading)
            guard try await store.sealedCount(notWith: nil) > 0 else { return nil }
            return try await store.sealingKeys().current
        } catch { throw .store(error) }
    }

    private func sandbox() async -> [Finding] {
        let sandbox = Sandbox(configuration: SandboxConfiguration(configuration))
        switch await sandbox.readiness() {
        case .unavailable(let problem):
            return [
                Finding("sandbox", .limited, "code steps are refused: \(problem.reason)", fix: problem.hint)
            ]
        case .full:
            var findings = [Finding("sandbox", .works, "full isolation; every attack of the self-test was held off")]
            for language in SandboxLanguage.allCases { findings.append(await interpreter(for: language, in: sandbox)) }
            return findings
        }
    }

    private func interpreter(for language: SandboxLanguage, in sandbox: Sandbox) async -> Finding {
        do throws(SandboxError) {
            let found = try await sandbox.interpreter(for: language)
            return Finding(language.rawValue, .works, "\(found.path), \(found.version)")
        } catch {
            let package = language == .python ? "python3" : "nodejs"
            return Finding(language.rawValue, .limited, error.description, fix: "sudo apt-get install \(package)")
        }
    }

    private func providers() async -> [Finding] {
        guard !configuration.providers.isEmpty else {
            return [
                Finding(
                    "models", .limited, "no provider is configured, so prompt steps fail",
                    fix: "set OPENAI_API_KEY or OPENAI_BASE_URL, or list providers in config.yaml in the data folder;\n"
                        + "scripts/local-model in the source tree serves a small model on this machine")
            ]
        }
        let outside: Outside
        do throws(ServerError) { outside = try Outside(configuration) } catch {
            return [Finding("models", .broken, error.description, fix: "correct the configuration")]
        }
        var findings: [Finding] = []
        for provider in configuration.providers { findings.append(await finding(provider, outside)) }
        if let target = try? await outside.models.target(for: "default") {
            findings.append(Finding("default model", .works, target.qualifiedName))
        } else {
            findings.append(
                Finding(
                    "default model", .limited, "none is chosen",
                    fix: "set CODE_FACTORY_MODEL=provider/model, or aliases.default in config.yaml"))
        }
        await outside.shutdown()
        return findings
    }

    private func finding(_ provider: ProviderConfiguration, _ outside: Outside) async -> Finding {
        let name = "provider \(provider.name)"
        do throws(ModelError) {
            let models = try await outside.models.provider(named: provider.name)?.models() ?? []
            let shown = models.prefix(3).map(\.name).joined(separator: ", ") + (models.count > 3 ? ", …" : "")
            return Finding(name, .works, "\(provider.baseURL) serves \(models.count) models: \(shown)")
        } catch {
            return Finding(name, .limited, "\(provider.baseURL): \(error.message)", fix: error.hint)
        }
    }
}
