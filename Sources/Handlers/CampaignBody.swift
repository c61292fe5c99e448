import Audience
import InviteService
import JSON
import LambdaEvents

/// The body of `POST /event/{uid}/campaigns`.
enum CampaignBody {
    private static let example = "{\"source\":\"s3://…\"}"
    private static let names: Set = [
        "source", "addresses", "pinpoint", "dry_run", "consent", "name_field", "drop_roles", "drop_disposable",
        "origin",
    ]

    static func request(_ http: HTTPAPIRequest) throws(APIError) -> CampaignStart.Request {
        let body = try http.jsonObject(example: example)
        try body.refuseOthers(than: names)
        return CampaignStart.Request(
            list: try list(body), origin: try origin(body),
            options: ListOptions(
                nameField: try text(body, "name_field", atMost: 200), dropsRoles: try flag(body, "drop_roles"),
                dropsDisposable: try flag(body, "drop_disposable")),
            isDryRun: try flag(body, "dry_run"), consent: try text(body, "consent", atMost: 1000),
            idempotencyKey: try idempotencyKey(http))
    }

    private static func list(_ body: JSONObject) throws(APIError) -> CampaignStart.List {
        switch (body["source"], body["addresses"], body["pinpoint"]) {
        case (let source?, nil, nil):
            guard let url = source.string else { throw .badRequest("\"source\" must be an s3:// prefix.") }
            return .stored(url: url)
        case (nil, let addresses?, nil): return .given(try entries(addresses))
        case (nil, nil, let segment?): return try pinpointSegment(segment)
        case (nil, nil, nil):
            throw .badRequest(
                "\"source\" is missing: the s3:// prefix under which the list lies. Or give \"addresses\" or "
                    + "\"pinpoint\".")
        default: throw .badRequest("Give only one of \"source\", \"addresses\" and \"pinpoint\".")
        }
    }

    private static func pinpointSegment(_ value: JSON) throws(APIError) -> CampaignStart.List {
        func isID(_ text: String) -> Bool {
            (1...100).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
        try value.object?.refuseOthers(than: ["segment", "application", "version"], "pinpoint.")
        guard let segment = value["segment"]?.string, isID(segment) else {
            throw .badRequest("\"pinpoint\" must be an object such as {\"segment\":\"the segment's id\"}.")
        }
        let application = value["application"]
        guard application == nil || application?.string.map(isID) == true else {
            throw .badRequest("\"application\" must be the id of a Pinpoint application.")
        }
        let version = value["version"]
        guard version == nil || version?.int.map({ (1...1_000_000_000).contains($0) }) == true else {
            throw .badRequest("\"version\" must be the number of a version of the segment.")
        }
        return .segment(application: application?.string, id: segment, version: version?.int)
    }

    private static func entries(_ addresses: JSON) throws(APIError) -> [CampaignStart.Entry] {
        let limit = CampaignStart.givenLimit
        guard let rows = addresses.array, (1...limit).contains(rows.count) else {
            throw .badRequest(
                "\"addresses\" must be an array of 1 to \(limit) addresses. Longer lists are uploaded: POST …/lists.")
        }
        var entries: [CampaignStart.Entry] = []
        for row in rows {
            try row.object?.refuseOthers(than: ["email", "name"], "addresses.")
            let name = row["name"]
            guard let email = row.string ?? row["email"]?.string, name == nil || name?.string != nil else {
                throw .badRequest(
                    "Each of \"addresses\" must be an address, or an object {\"email\",\"name\"}.")
            }
            entries.append(CampaignStart.Entry(email: email, name: name?.string))
        }
        return entries
    }

    private static func origin(_ body: JSONObject) throws(APIError) -> Origin {
        guard let name = body["origin"] else { return .vip }
        guard let known = name.string.flatMap(Origin.init(rawValue:)), [.api, .bulk, .vip].contains(known) else {
            throw .badRequest("\"origin\" must be one of api, bulk, vip.")
        }
        return known
    }

    private static func flag(_ body: JSONObject, _ name: String) throws(APIError) -> Bool {
        guard let value = body[name] else { return false }
        guard let flag = value.bool else { throw .badRequest("\"\(name)\" must be true or false.") }
        return flag
    }

    private static func text(_ body: JSONObject, _ name: String, atMost limit: Int) throws(APIError) -> String? {
        guard let value = body[name] else { return nil }
        guard let text = value.string, (1...limit).contains(text.utf8.count) else {
            throw .badRequest("\"\(name)\" must be a text of 1 to \(limit) bytes.")
        }
        return text
    }

    private static func idempotencyKey(_ http: HTTPAPIRequest) throws(APIError) -> String? {
        guard let key = http.headers["idempotency-key"] else { return nil }
        guard (1...200).contains(key.utf8.count) else {
            throw .badRequest("The header Idempotency-Key must have 1 to 200 characters.")
        }
        return key
    }
}
