import ArgumentParser
import HTTPTransport
import JSON
import LocalCloud

struct InvokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoke",
        abstract: "Invoke a function with an event, such as one of Events/, and print its answer.")

    @Argument(help: "Name of the function in the template.")
    var function: String

    @Argument(help: "File with the event.", completion: .file(extensions: ["json"]))
    var event: String

    @Flag(name: .long, help: "Hand the event over and do not wait.")
    var async = false

    @OptionGroup var stack: StackOptions

    func run() async throws {
        let state = try stack.state()
        guard let name = state.resources[function] else {
            throw ValidationError("The stack has no function \(function).")
        }
        let payload: [UInt8]
        do {
            payload = try JSON(parsing: try InputFile.bytes(of: event)).bytes
        } catch let error as JSONError {
            throw ValidationError("\(event): \(error)")
        }
        let lambda = state.lambda(transport: HTTPTransport())
        guard !async else {
            try await lambda.invokeAsynchronously(name, payload: payload)
            return
        }
        switch try await lambda.invoke(name, payload: payload, timeout: .seconds(900)) {
        case .answered(let answer): print(String(decoding: answer, as: UTF8.self))
        case .failed(let error):
            print(String(decoding: error, as: UTF8.self))
            throw ExitCode.failure
        case .throttled: throw ValidationError("The function is at its limit of concurrent invocations.")
        case .timedOut: throw ValidationError("The function did not answer.")
        }
    }
}
