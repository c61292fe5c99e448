import HTTPTransport
import JSON

/// An error response taken apart: JSON 1.0 and 1.1, REST JSON, and S3's XML.
struct AWSErrorAnswer {
    var code: String
    var message = ""
    var requestID: String?
    var json: JSON?

    init(_ response: HTTPResponse, format: AWSService.ErrorFormat) {
        code = "HTTP\(response.status)"
        requestID =
            response.header("x-amzn-requestid") ?? response.header("x-amz-request-id")
            ?? response.header("x-amzn-request-id")
        switch format {
        case .json: readJSON(response)
        case .xml: readXML(response)
        }
    }

    private mutating func readJSON(_ response: HTTPResponse) {
        json = try? JSON(parsing: response.body)
        let written =
            response.header("x-amzn-errortype") ?? json?["__type"]?.string ?? json?["code"]?.string
            ?? json?["Code"]?.string
        if let written {
            // `com.amazonaws.dynamodb.v20120810#ValidationException`, `NotFoundException:http://…`
            let name = written.prefix { $0 != ":" }.split(separator: "#").last ?? ""
            if !name.isEmpty { code = String(name) }
        }
        message = json?["message"]?.string ?? json?["Message"]?.string ?? ""
    }

    private mutating func readXML(_ response: HTTPResponse) {
        guard let root = try? XMLElement(parsing: response.body) else { return }
        // S3 answers `<Error>`; the query protocol wraps it in `<ErrorResponse>`.
        let error = root["Error"] ?? root
        if let text = error["Code"]?.text, !text.isEmpty { code = text }
        message = error["Message"]?.text ?? ""
        requestID = requestID ?? error["RequestId"]?.text ?? root["RequestId"]?.text
    }

    func kind(status: Int) -> AWSError.Kind {
        if AWSErrorCodes.conditionFailed.contains(code) || status == 412 {
            return .conditionFailed(item: (json?["Item"]).flatMap { DynamoDB.Item(wire: $0) })
        }
        if code == "TransactionCanceledException" {
            let reasons = json?["CancellationReasons"]?.array ?? []
            return .transactionCanceled(reasons.map { DynamoDB.CancellationReason(wire: $0) })
        }
        if AWSErrorCodes.throttling.contains(code) || status == 429 { return .throttled }
        if AWSErrorCodes.transient.contains(code) || status == 503 { return .transient }
        return status >= 500 ? .unknownOutcome : .client
    }
}
