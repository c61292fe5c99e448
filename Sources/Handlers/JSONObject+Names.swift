import JSON

extension JSONObject {
    /// A misspelt name would otherwise look like a success, whatever it was to change.
    ///
    /// - Parameter path: what stands before the names in the error, such as `limits.`
    func refuseOthers(than names: Set<String>, _ path: String = "") throws(APIError) {
        if let other = first(where: { !names.contains($0.name) }) {
            throw .badRequest(
                "\"\(path)\(other.name.prefix(40))\" is none of \(names.sorted().joined(separator: ", ")).")
        }
    }
}
