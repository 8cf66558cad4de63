/// What a function takes and gives, in one or several forms.
struct Signature {
    /// One form. A receiver is the first parameter.
    struct Form {
        let parameters: [ExpressionType]
        /// How many of the parameters, at the end, may be left out.
        let optionalCount: Int
        /// True where the last parameter may come again and again.
        let isVariadic: Bool
        let result: Result

        func takes(_ count: Int) -> Bool {
            count >= parameters.count - optionalCount && (count <= parameters.count || isVariadic)
        }

        func parameter(_ place: Int) -> ExpressionType { parameters[min(place, parameters.count - 1)] }
    }

    /// What a form gives.
    enum Result {
        case type(ExpressionType)
        /// What the first argument is.
        case same
        /// What the elements of the list that is the first argument are.
        case element
        /// The same, as it may be absent.
        case optionalElement
        /// The first argument, as it may be absent.
        case optional
        /// What the optional that is the first argument holds.
        case content
        /// What the optional that is the first argument holds, or the second argument.
        case contentOrSecond
        /// A list of what the optionals in the list hold.
        case listOfContents
        /// The list with one level of lists less; only where the number of levels is not given.
        case flattened
        /// Any of the arguments.
        case anyArgument
        /// An int for ints, otherwise any number: the sum of no doubles is the int 0.
        case sum
    }

    let forms: [Form]

    init(_ forms: Form...) { self.forms = forms }

    /// A function of one form.
    static func of(_ parameters: ExpressionType..., optional: Int = 0, gives result: Result) -> Signature {
        Signature(Form(parameters: parameters, optionalCount: optional, isVariadic: false, result: result))
    }

    /// A function of one form that gives a type of its own.
    static func of(_ parameters: ExpressionType..., optional: Int = 0, gives result: ExpressionType) -> Signature {
        Signature(
            Form(parameters: parameters, optionalCount: optional, isVariadic: false, result: .type(result)))
    }
}

extension Signature.Form {
    static func form(
        _ parameters: ExpressionType..., optional: Int = 0, isVariadic: Bool = false, gives result: Signature.Result
    ) -> Signature.Form {
        Signature.Form(parameters: parameters, optionalCount: optional, isVariadic: isVariadic, result: result)
    }
}
