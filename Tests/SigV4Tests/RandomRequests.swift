import SigV4

/// A generator with a fixed course (SplitMix64), so that a failure can be repeated.
struct RepeatableGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Requests such as a client might send, with every trait that signing treats in its own way.
enum RandomRequests {
    static func make(count: Int, seed: UInt64) -> [BotocoreOracle.Request] {
        var generator = RepeatableGenerator(state: seed)
        return (0..<count).map { _ in one(using: &generator) }
    }

    private static func one(using generator: inout RepeatableGenerator) -> BotocoreOracle.Request {
        let form = Bool.random(using: &generator) ? "header" : "query"
        let service = ["s3", "dynamodb", "execute-api"].randomElement(using: &generator) ?? "s3"
        let host =
            ["example.com", "bucket.s3.eu-west-1.amazonaws.com", "127.0.0.1:4566"]
            .randomElement(using: &generator) ?? ""
        let method = ["GET", "PUT", "POST", "DELETE"].randomElement(using: &generator) ?? "GET"
        let query = query(repeatingNames: form == "header", using: &generator)
        // botocore moves the body of a presigned request into its query; ours has no such mode.
        let body =
            form == "query" || method == "GET"
            ? ""
            : Hexadecimal.encode(
                (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                })
        let path = path(isKey: service == "s3", using: &generator)
        return BotocoreOracle.Request(
            form: form, service: service, region: Bool.random(using: &generator) ? "eu-west-1" : "us-east-1",
            epochSeconds: Int.random(in: 946_684_800...4_102_444_799, using: &generator),
            accessKeyID: "AKID\(generator.next() % 1000)", secretAccessKey: "secret/+\(generator.next())",
            sessionToken: Bool.random(using: &generator) ? "token+/\(generator.next())==" : nil, method: method,
            url: "https://\(host)\(path)" + (query.isEmpty ? "" : "?\(query)"),
            headers: ["Host", host] + headers(using: &generator), bodyHex: body,
            signsPayload: form == "header" ? service != "s3" || Bool.random(using: &generator) : service != "s3",
            expiresAfter: Int.random(in: 1...604_800, using: &generator))
    }

    private static let letters: [String] = [
        "a", "Z", "0", "-", ".", "_", "~", " ", "+", "%", "&", "=", "?", "#", ":", "@", "!", "'", "(", "*", "é", "ሴ",
        "📅",
    ]

    private static func word(_ length: ClosedRange<Int>, using generator: inout RepeatableGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: length, using: &generator) {
            text += letters.randomElement(using: &generator) ?? ""
        }
        return text
    }

    private static func path(isKey: Bool, using generator: inout RepeatableGenerator) -> String {
        var path = ""
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            switch Int.random(in: 0...5, using: &generator) {
            case 0: path += "/."
            case 1: path += "/.."
            case 2: path += "/"
            default: path += "/" + PercentEncoding.encode(word(1...6, using: &generator))
            }
        }
        return path.isEmpty ? "/" : path
    }

    private static func query(repeatingNames: Bool, using generator: inout RepeatableGenerator) -> String {
        var parameters: [String] = []
        for index in 0..<Int.random(in: 0...4, using: &generator) {
            let value = PercentEncoding.encode(word(0...5, using: &generator))
            // Otherwise names are made to differ: botocore keeps one value of each when it presigns.
            let name = PercentEncoding.encode(word(1...2, using: &generator)) + (repeatingNames ? "" : "\(index)")
            parameters.append("\(name)=\(value)")
            if repeatingNames, Bool.random(using: &generator) { parameters.append("\(name)=again") }
        }
        return parameters.joined(separator: "&")
    }

    private static func headers(using generator: inout RepeatableGenerator) -> [String] {
        var headers: [String] = []
        if Bool.random(using: &generator) { headers += ["Content-Type", "application/x-amz-json-1.0"] }
        if Bool.random(using: &generator) { headers += ["X-Amz-Target", "DynamoDB_20120810.PutItem"] }
        if Bool.random(using: &generator) { headers += ["x-custom", "  several   spaces\tand tabs  "] }
        if Bool.random(using: &generator) { headers += ["X-Twice", "b", "X-Twice", "a"] }
        if Bool.random(using: &generator) { headers += ["User-Agent", "not signed", "Expect", "100-continue"] }
        return headers
    }
}
