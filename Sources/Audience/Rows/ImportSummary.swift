import JSON

/// What an import made of a list: `rows = accepted + all dropped`.
package struct ImportSummary: Sendable, Equatable {
    /// Something the list's owner can look up and mend.
    package struct Problem: Sendable, Equatable {
        /// The S3 key of the part.
        package var part: String
        package var line: Int?
        package var message: String

        package init(part: String, line: Int?, message: String) {
            self.part = part
            self.line = line
            self.message = message
        }
    }

    /// Problems kept beside the counts; more than these would say nothing new.
    package static let problemLimit = 20

    package var rows = 0
    package var accepted = 0
    package var dropped: [DropReason: Int] = [:]
    package var problems: [Problem] = []
    /// Masked addresses of the first people who would be invited; a trial run has them.
    package var sample: [String] = []

    package init() {}

    package mutating func drop(_ reason: DropReason, count: Int = 1) {
        if count > 0 { dropped[reason, default: 0] += count }
    }

    /// - Parameter affectsRest: the rows behind it were not read either. Such a problem takes the place of a row's when
    ///   there are too many, since it explains more.
    package mutating func add(_ problem: Problem, affectsRest: Bool = false) {
        if problems.count < Self.problemLimit {
            problems.append(problem)
        } else if affectsRest {
            problems[Self.problemLimit - 1] = problem
        }
    }

    package var json: JSON {
        var drops = JSONObject()
        for reason in DropReason.allCases { drops[reason.rawValue] = .int(dropped[reason] ?? 0) }
        var object: JSONObject = [
            "rows": .int(rows), "accepted": .int(accepted), "dropped": .object(drops),
            "problems": .array(
                problems.map { problem in
                    [
                        "part": .string(problem.part), "line": problem.line.map { .int($0) } ?? .null,
                        "message": .string(problem.message),
                    ]
                }),
        ]
        if !sample.isEmpty { object["sample"] = .array(sample.map { .string($0) }) }
        return .object(object)
    }

    package init(json: JSON) {
        rows = json["rows"]?.int ?? 0
        accepted = json["accepted"]?.int ?? 0
        for reason in DropReason.allCases {
            if let count = json["dropped"]?[reason.rawValue]?.int, count > 0 { dropped[reason] = count }
        }
        problems = (json["problems"]?.array ?? []).map {
            Problem(part: $0["part"]?.string ?? "", line: $0["line"]?.int, message: $0["message"]?.string ?? "")
        }
        sample = (json["sample"]?.array ?? []).compactMap(\.string)
    }
}
