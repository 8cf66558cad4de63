import FactoryAPI
import FactoryHTTP
import FactoryJSON
import NIOPosix
import Synchronization

/// Installs and starts the small local model for whoever asks the server for it: one at a time, seen and ended by others.
final class LocalInstallation: Sendable {
    /// What is done with the URL where the model answers.
    typealias Registering = @Sendable (_ url: String) async throws(APIProblem) -> Void

    private struct Order: Sendable {
        let port: Int
        let process: InstallProcess
        let register: Registering
        let ended: Latch
    }

    /// How far it is, or how the last ended where it did not succeed.
    private struct Progress: Sendable {
        var step = "preparing"
        var done: Int64 = 0
        var total: Int64?
        var failure: String?
    }

    private struct State {
        var order: Order?
        var progress = Progress()
        var port = LocalModel.standardPort
        var isClosed = false
    }

    private let state = Mutex(State())
    private let orders = AsyncStream.makeStream(of: Order.self)

    /// Begins, unless it is under way.
    ///
    /// - Returns: how it stands.
    func begin(port: Int, register: @escaping Registering) throws(APIProblem) -> JSON {
        let order = Order(port: port, process: InstallProcess(), register: register, ended: Latch())
        let isClosed = state.withLock { state in
            guard !state.isClosed, state.order == nil else { return state.isClosed }
            (state.order, state.progress, state.port) = (order, Progress(), port)
            orders.continuation.yield(order)
            return false
        }
        if isClosed { throw APIProblem(.stopping, "the server is stopping") }
        return json
    }

    /// Ends what is under way, and returns when nothing of it is left.
    func cancel() async -> JSON {
        if let order = state.withLock(\.order) {
            order.process.cancel()
            await order.ended.opened()
        }
        return json
    }

    /// Ends what is under way, and begins nothing any more.
    func close() {
        let order = state.withLock { state in
            state.isClosed = true
            return state.order
        }
        orders.continuation.finish()
        order?.process.cancel()
    }

    /// Carries out what is asked for, until it is closed.
    func run() async {
        let threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        for await order in orders.stream { await carryOut(order, on: threads) }
        try? await threads.shutdownGracefully()
    }

    private func carryOut(_ order: Order, on threads: NIOThreadPool) async {
        let outcome: InstallProcess.Outcome
        do {
            let arguments = try LocalModel().prepared(port: order.port)
            outcome = try await threads.runIfActive { [self] in
                order.process.run(arguments) { told($0) }
            }
        } catch let error as ServerError {
            outcome = .failed(error.description)
        } catch {
            outcome = .cancelled
        }
        var failure: String?
        switch outcome {
        case .listening(let url):
            state.withLock { $0.progress.step = "adding" }
            do throws(APIProblem) { try await order.register(url) } catch { failure = error.detail }
        case .failed(let reason): failure = reason
        case .cancelled: break
        }
        state.withLock { state in
            state.order = nil
            state.progress.failure = failure
        }
        order.ended.open()
    }

    private func told(_ line: JSON) {
        state.withLock { state in
            state.progress.step = line["step"]?.stringValue ?? state.progress.step
            state.progress.done = line["bytes_done"]?.intValue ?? state.progress.done
            state.progress.total = line["bytes_total"]?.intValue
        }
    }

    /// The form that the API shows.
    var json: JSON {
        let (order, progress, port) = state.withLock { ($0.order, $0.progress, $0.port) }
        let model = try? LocalModel()
        let url = model?.isRunning(port: port) == true ? "http://127.0.0.1:\(port)/v1" : nil
        let status =
            if order != nil { "installing" } else if progress.failure != nil { "failed" } else if model?.isInstalled
                == true
            { "installed" } else { "absent" }
        let isUnderWay = order != nil
        return [
            "status": .string(status), "step": isUnderWay ? .string(progress.step) : .null,
            "bytes_done": isUnderWay ? .int(progress.done) : 0,
            "bytes_total": isUnderWay ? progress.total.map(JSON.int) ?? .null : .null,
            "message": order == nil ? progress.failure.map(JSON.string) ?? .null : .null,
            "url": isUnderWay ? .null : url.map(JSON.string) ?? .null, "size_bytes": .int(LocalModel.downloadBytes),
        ]
    }
}
