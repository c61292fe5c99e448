import Foundation

/// Signs with botocore, in one Python process for all requests.
enum BotocoreOracle {
    struct Request: Codable {
        var form: String
        var service: String
        var region: String
        var epochSeconds: Int
        var accessKeyID: String
        var secretAccessKey: String
        var sessionToken: String?
        var method: String
        var url: String
        /// Names and values by turns.
        var headers: [String]
        var bodyHex: String
        var signsPayload: Bool
        var expiresAfter: Int
    }

    struct Failure: Error { var message: String }

    static let python: String? = {
        let environment = ProcessInfo.processInfo.environment
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = environment["CALINVITE_PYTHON"] ?? root.appendingPathComponent(".venv/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        let check = Process()
        check.executableURL = URL(fileURLWithPath: path)
        check.arguments = ["-c", "import botocore"]
        check.standardError = FileHandle.nullDevice
        guard (try? check.run()) != nil else { return nil }
        check.waitUntilExit()
        return check.terminationStatus == 0 ? path : nil
    }()

    /// The signature of each request, in order.
    static func signatures(of requests: [Request]) throws -> [String] {
        guard let python else { throw Failure(message: "no python") }
        let process = Process()
        let input = Pipe()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", program]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // The program reads all of its input before it writes, so neither side can wait for the other for ever.
        try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(requests))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(message: "python ended with an error") }
        return try JSONDecoder().decode([String].self, from: answer)
    }

    private static let program = """
        import datetime, json, re, sys
        import botocore.auth as auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        def signature(case):
            moment = datetime.datetime.fromtimestamp(case["epochSeconds"], datetime.timezone.utc)
            auth.get_current_datetime = lambda *_, **__: moment
            request = AWSRequest(method=case["method"], url=case["url"], data=bytes.fromhex(case["bodyHex"]))
            names, values = case["headers"][::2], case["headers"][1::2]
            for name, value in zip(names, values):
                request.headers.add_header(name, value)
            keys = Credentials(case["accessKeyID"], case["secretAccessKey"], case.get("sessionToken"))
            s3, query = case["service"] == "s3", case["form"] == "query"
            kind = {
                (False, False): auth.SigV4Auth, (True, False): auth.S3SigV4Auth,
                (False, True): auth.SigV4QueryAuth, (True, True): auth.S3SigV4QueryAuth,
            }[s3, query]
            more = {"expires": case["expiresAfter"]} if query else {}
            signer = kind(keys, case["service"], case["region"], **more)
            if not case["signsPayload"]:
                signer.payload = lambda request: "UNSIGNED-PAYLOAD"
            signer.add_auth(request)
            text = request.url if query else request.headers["Authorization"]
            return re.search("Signature=([0-9a-f]{64})", text).group(1)

        print(json.dumps([signature(case) for case in json.load(sys.stdin)]))
        """
}
