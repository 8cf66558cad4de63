import FactoryDomain
import FactoryJSON
import FactoryLLM
import FactorySteps

extension ModelError {
    /// As a step would fail with it: code, class, message and hint.
    var json: JSON {
        let failure = StepFailure(self)
        return [
            "code": .string(failure.code), "class": .string(failure.class.rawValue),
            "message": .string(failure.message), "hint": failure.hint.map(JSON.string) ?? .null,
        ]
    }
}
