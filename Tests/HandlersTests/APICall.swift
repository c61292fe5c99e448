import JSON
import LambdaRuntime
import Testing

/// A request through the HTTP API as its functions get it, and what they answer.
struct APICall {
    var method = "GET"
    var path: String
    var key: String?
    var query: [String: String] = [:]
    var headers: [String: String] = [:]
    var body = ""
    var sourceIP = "192.0.2.7"

    struct Reply: Equatable {
        let status: Int
        let headers: [String: String]
        let text: String

        var json: JSON? { try? JSON(parsing: Array(text.utf8)) }
        var errorCode: String? { json?["error"]?["code"]?.string }
    }

    var event: JSON {
        var headers = headers
        headers["x-api-key"] = key
        func object(_ values: [String: String]) -> JSON {
            var object = JSONObject()
            for (name, value) in values { object[name] = .string(value) }
            return .object(object)
        }
        return [
            "version": "2.0", "headers": object(headers), "queryStringParameters": object(query),
            "requestContext": [
                "http": ["method": .string(method), "path": .string(path), "sourceIp": .string(sourceIP)]
            ],
            "body": .string(body), "isBase64Encoded": false,
        ]
    }

    func reply(from handle: (JSON, LambdaContext) async throws -> JSON) async throws -> Reply {
        let context = LambdaContext(requestID: "r", deadline: .now + .seconds(20))
        let answer = try await handle(event, context)
        var headers: [String: String] = [:]
        for member in answer["headers"]?.object ?? [:] { headers[member.name] = member.value.string }
        return Reply(status: answer["statusCode"]?.int ?? 0, headers: headers, text: answer["body"]?.string ?? "")
    }
}

/// What a request that is refused is answered with.
struct Refusal: CustomTestStringConvertible, Sendable {
    let call: String
    let key: String?
    var query: [String: String] = [:]
    var body = ""
    let status: Int
    let code: String
    /// A part of the message.
    let message: String

    var method: String { String(call.prefix { $0 != " " }) }
    var path: String { String(call.drop { $0 != " " }.dropFirst()) }
    var testDescription: String { "\(call) \(query) \(body): \(status) \(code)" }

    var request: APICall { APICall(method: method, path: path, key: key, query: query, body: body) }
}
