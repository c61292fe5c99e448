import AWSClients
import Glibc
import HTTPTransport
import InviteService

/// What the template gives a function: names of its resources, and the clients to reach them.
package struct Environment: Sendable {
    package enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        case missing(String)
        case notANumber(String)

        package var description: String {
            switch self {
            case .missing(let name): "the environment variable \(name) is not set: see the function in template.yaml"
            case .notANumber(let name): "the environment variable \(name) is not a whole number"
            }
        }
    }

    private let variables: [String: String]
    package let clients: AWSClients

    /// The process's own environment.
    package init() throws { try self.init(variables: Self.processVariables()) }

    package init(variables: [String: String]) throws {
        self.variables = variables
        clients = AWSClients(configuration: try AWSConfiguration(environment: variables), transport: HTTPTransport())
    }

    /// The value of a variable that must be set and not empty.
    package func required(_ name: String) throws(Failure) -> String {
        guard let value = variables[name], !value.isEmpty else { throw .missing(name) }
        return value
    }

    package func number(_ name: String) throws(Failure) -> Int {
        guard let number = Int(try required(name)) else { throw .notANumber(name) }
        return number
    }

    package subscript(name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

    private static func processVariables() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return variables
    }
}
