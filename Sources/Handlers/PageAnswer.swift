import InviteService
import JSON
import LambdaEvents

extension HTTPAPIRequest {
    /// Whether the answer is for somebody's eyes.
    var wantsPage: Bool { headers["accept"]?.lowercased().contains("text/html") ?? false }

    var isJSON: Bool { mediaType == "application/json" }

    var mediaType: String {
        let type = (headers["content-type"] ?? "").prefix { $0 != ";" }
        return type.split(separator: " ").first.map { $0.lowercased() } ?? ""
    }

    /// The fields of a form, or the text members of a JSON object.
    func bodyFields() throws(APIError) -> [String: String] {
        switch mediaType {
        case "application/json":
            var fields: [String: String] = [:]
            for member in try jsonObject(example: "{\"email\":\"ann@example.com\"}") where !member.value.isNull {
                guard let text = member.value.string else { throw .badRequest("\"\(member.name)\" must be a text.") }
                fields[member.name] = text
            }
            return fields
        case "application/x-www-form-urlencoded": return FormFields.parse(body)
        case _ where body.isEmpty: return [:]
        default:
            throw APIError(
                status: 415, code: "unsupported_media_type",
                message: "Send the fields as a form (application/x-www-form-urlencoded) or as application/json.")
        }
    }
}

extension HTTPAPIResponse {
    /// A calendar object, to be saved or opened by a calendar program.
    static func calendar(_ bytes: [UInt8]) -> HTTPAPIResponse {
        HTTPAPIResponse(
            status: 200,
            headers: [
                "content-type": "text/calendar; charset=utf-8; method=PUBLISH",
                "content-disposition": "attachment; filename=\"invite.ics\"", "cache-control": "no-store",
                "x-content-type-options": "nosniff",
            ], body: String(decoding: bytes, as: UTF8.self))
    }

    /// - Parameter mayBeFramed: for pages that others embed; one whose button does something to its reader must not be
    ///   laid under another page.
    static func page(
        _ page: Page, status: Int = 200, headers: [String: String] = [:], mayBeFramed: Bool = false
    ) -> HTTPAPIResponse {
        let frames = mayBeFramed ? "*" : "'none'"
        var all = [
            "content-type": "text/html; charset=utf-8", "cache-control": "no-store",
            // The page's address is a token that proves who its reader is.
            "referrer-policy": "no-referrer",
            "content-security-policy":
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors \(frames)",
            "x-content-type-options": "nosniff",
        ]
        all.merge(headers) { $1 }
        return HTTPAPIResponse(status: status, headers: all, body: page.text)
    }
}
