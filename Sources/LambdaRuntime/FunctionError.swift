import JSON

/// An error in the shape the Runtime API takes: `{errorMessage, errorType, stackTrace}`.
package struct FunctionError: Equatable {
    package var type: String
    var message: String

    /// Lambda keeps an error type only if it reads `Function.Xxx` or `Runtime.Xxx` with letters alone; anything else
    /// becomes `Runtime.Unknown`. So the Swift type's name is cut down to its letters.
    package init(_ error: any Error) {
        // `Module.Intake.Failure` becomes `IntakeFailure`; a private type has an "(unknown context …)" in between.
        let path = String(reflecting: Swift.type(of: error)).split(separator: ".").dropFirst()
            .filter { !$0.hasPrefix("(") }.joined()
        let letters = path.utf8.filter { ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x61 && $0 <= 0x7A) }
        let name = String(decoding: letters, as: UTF8.self)
        let capitalized = name.prefix(1).uppercased() + name.dropFirst()
        type = "Function." + (capitalized.utf8.count >= 2 ? capitalized : "Error")
        message = String(describing: error)
    }

    var body: [UInt8] {
        JSON.object(["errorMessage": .string(message), "errorType": .string(type), "stackTrace": []]).bytes
    }
}
