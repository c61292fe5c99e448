import JSON

/// What one revision changed of an event: how much of it attendees must get who have the revision before.
package struct EventChange: Sendable, Equatable {
    package enum Scope: Sendable, Equatable {
        case whole
        /// These instances of a series, by their original start in epoch seconds; the rest stays as it was.
        case instances(changed: Set<Int64>, cancelled: Set<Int64>)
    }

    package var revision: Int
    package var scope: Scope

    package init(revision: Int, scope: Scope) {
        self.revision = revision
        self.scope = scope
    }

    /// Changes an event remembers. Who missed more gets the whole event.
    package static let limit = 8
    /// Instances a change names; with more, the whole series says it shorter.
    static let instanceLimit = 50

    package var json: JSON {
        func keys(_ instances: Set<Int64>) -> JSON { .array(instances.sorted().map { .int($0) }) }
        var object: JSONObject = ["revision": .int(revision)]
        if case .instances(let changed, let cancelled) = scope {
            object["changed"] = keys(changed)
            object["cancelled"] = keys(cancelled)
        }
        return .object(object)
    }

    package init?(json: JSON) {
        guard let revision = json["revision"]?.int else { return nil }
        self.revision = revision
        func keys(_ name: String) -> Set<Int64>? {
            json[name]?.array.map { Set($0.compactMap { $0.int.map(Int64.init) }) }
        }
        if let changed = keys("changed"), let cancelled = keys("cancelled") {
            scope = .instances(changed: changed, cancelled: cancelled)
        } else {
            scope = .whole
        }
    }
}
