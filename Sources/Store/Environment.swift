import AWSClients
import HTTPTransport
import InviteService
import SwiftGlibc

/// What the template gives a function: names of its resources, and the clients to reach them.
package struct Environment: Sendable {
    package enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        case missing(String)
        case notANumber(String)
        case unknownValue(String)

        package var description: String {
            switch self {
            case .missing(let name): "the environment variable \(name) is not set: see the function in template.yaml"
            case .notANumber(let name): "the environment variable \(name) is not a number of the kind it must be"
            case .unknownValue(let name): "the environment variable \(name) has none of the values template.yaml allows"
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

    package func decimal(_ name: String) throws(Failure) -> Double {
        guard let number = Double(try required(name)), number.isFinite else { throw .notANumber(name) }
        return number
    }

    /// One of the values that the template allows; the standard one when the variable is not set.
    package func value<Value: RawRepresentable<String>>(_ name: String, standard: Value) throws(Failure) -> Value {
        guard let text = self[name] else { return standard }
        guard let value = Value(rawValue: text) else { throw .unknownValue(name) }
        return value
    }

    package subscript(name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Read from the kernel: the C library's `environ` is not importable without the Glibc overlay, which Debian builds
    /// against a newer glibc than Amazon Linux has.
    private static func processVariables() -> [String: String] {
        guard let file = fopen("/proc/self/environ", "r") else { return [:] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        var variables: [String: String] = [:]
        for entry in bytes.split(separator: 0) {
            let pair = entry.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            variables[String(decoding: pair[0], as: UTF8.self)] = String(decoding: pair[1], as: UTF8.self)
        }
        return variables
    }
}
