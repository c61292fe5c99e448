import Foundation
import JSON

/// What a function's answer means as an HTTP response (payload format 2.0).
package enum ProxyResponse {
    /// - Returns: nil when the answer cannot be made into a response, which the gateway reports as a 500.
    package static func response(from payload: [UInt8]) -> ServedResponse? {
        guard let answer = try? JSON(parsing: payload) else { return nil }
        guard let status = answer["statusCode"] else {
            // Without a status code any JSON is the body itself.
            return ServedResponse(status: 200, headers: [("content-type", "application/json")], body: payload)
        }
        guard let status = status.int ?? status.string.flatMap(Int.init), (100...599).contains(status) else {
            return nil
        }
        var response = ServedResponse(status: status)
        for member in answer["headers"]?.object ?? [:] {
            guard let value = text(member.value) else { return nil }
            response.headers.append((member.name.lowercased(), value))
        }
        for cookie in answer["cookies"]?.array ?? [] {
            guard let cookie = cookie.string else { return nil }
            response.headers.append(("set-cookie", cookie))
        }
        switch answer["body"] {
        case nil, .null?: break
        case .string(let body)?:
            if answer["isBase64Encoded"]?.bool == true {
                guard let decoded = Data(base64Encoded: body) else { return nil }
                response.body = [UInt8](decoded)
            } else {
                response.body = Array(body.utf8)
            }
        default: return nil
        }
        if !response.body.isEmpty, !response.headers.contains(where: { $0.name == "content-type" }) {
            response.headers.append(("content-type", "text/plain; charset=utf-8"))
        }
        return response
    }

    private static func text(_ value: JSON) -> String? {
        switch value {
        case .string(let text): text
        case .number(let text): text
        case .bool(let value): String(value)
        default: nil
        }
    }
}
