import FactoryDomain
import FactoryNetwork

extension StepFailure {
    /// A request that could not be made, as the failure of a step. The codes are those of ``EgressError/Code``.
    init(_ error: EgressError) {
        let failureClass: Class =
            switch error.code {
            case .network: .network
            case .timeout: .timeout
            case .denied, .invalidRequest, .tooLarge, .redirect, .cancelled: .other
            }
        self.init(code: error.code.rawValue, class: failureClass, message: error.message, hint: error.hint)
    }
}
