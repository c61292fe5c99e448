import AWSClients
import Foundation
import HTTPTransport
import InviteService
import JSON
import LocalCloud
import Store

/// A running local stack as the verbs use it: its tables, its bucket and its HTTP API.
struct StackAccess {
    let state: StackState
    let transport = HTTPTransport()

    func environment() throws -> Environment {
        var variables = state.environment
        for (variable, output) in [
            ("MAIN_TABLE", "MainTable"), ("STATISTICS_TABLE", "StatisticsTable"), ("DATA_BUCKET", "DataBucket"),
        ] { variables[variable] = state.outputs[output] }
        return try Environment(variables: variables)
    }

    /// Calls the HTTP API; an answer that is no success becomes an error with the API's own words.
    func call(_ method: String, _ path: String, key: String, body: JSON? = nil) async throws -> JSON {
        let request = HTTPRequest(
            method: method, url: state.gateway + path,
            headers: [HTTPHeader("x-api-key", key), HTTPHeader("content-type", "application/json")],
            body: body?.bytes ?? [], deadline: .now + .seconds(60))
        let response = try await transport.send(request)
        let answer = try? JSON(parsing: response.body)
        guard (200..<300).contains(response.status) else {
            throw APIFailure(
                status: response.status,
                message: answer?["error"]?["message"]?.string ?? String(decoding: response.body, as: UTF8.self))
        }
        return answer ?? .null
    }
}

struct APIFailure: Error, CustomStringConvertible {
    let status: Int
    let message: String

    var description: String { "The API answered \(status): \(message)" }
}
