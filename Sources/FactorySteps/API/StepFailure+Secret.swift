import FactoryDomain
import FactorySecrets

extension StepFailure {
    /// A secret that is not put in where a step asks for it, as the failure of the step.
    init(_ refusal: SecretRefusal) {
        switch refusal {
        case .missing: self.init(code: "secret_missing", message: refusal.message, hint: refusal.hint)
        case .boundToHosts, .otherHost:
            self.init(code: "secret_host_denied", message: refusal.message, hint: refusal.hint)
        }
    }
}
