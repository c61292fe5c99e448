import JSON
import Scheduling

/// The stored form of a proposed time: JSON.
enum ProposalAttribute {
    static func encode(_ proposal: Proposal) -> String {
        let object: JSON = [
            "start": .int(Int(proposal.start)), "end": proposal.end.map { .int(Int($0)) } ?? .null,
            "when": .string(proposal.when),
        ]
        return object.text
    }

    /// nil when it is none.
    static func decode(_ text: String) -> Proposal? {
        guard let json = try? JSON(parsing: text), let start = json["start"]?.int, let when = json["when"]?.string
        else { return nil }
        return Proposal(start: Int64(start), end: json["end"]?.int.map(Int64.init), when: when)
    }
}
