/// The members of a JSON object in the order they were written, each name once.
package struct JSONObject: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        package let name: String
        package var value: JSON
    }

    package private(set) var members: [Member]

    package init() { members = [] }

    /// For the parser, which has already refused repeated names.
    init(uniqueMembers: [Member]) { members = uniqueMembers }

    package var isEmpty: Bool { members.isEmpty }

    /// Reads are linear: objects of this product have a few dozen members at most. Setting nil removes the member.
    package subscript(name: String) -> JSON? {
        get { members.first { $0.name == name }?.value }
        set {
            if let index = members.firstIndex(where: { $0.name == name }) {
                if let newValue {
                    members[index].value = newValue
                } else {
                    members.remove(at: index)
                }
            } else if let newValue {
                members.append(Member(name: name, value: newValue))
            }
        }
    }

    /// Two objects are equal when they have the same members in any order (RFC 8259 section 4).
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count && left.members.allSatisfy { right[$0.name] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        // Order must not matter, so the members' hashes are summed.
        hasher.combine(members.reduce(0) { $0 &+ $1.hashValue })
    }
}

extension JSONObject: Sequence {
    package func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self.init()
        for (name, value) in elements { self[name] = value }
    }
}
