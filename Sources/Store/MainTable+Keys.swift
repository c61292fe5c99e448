import AWSClients
import InviteService
import MailMessage

/// API keys: one item found by the key's hash, and beside it one in the holder's partition by which they are listed.
extension MainTable {
    package func readKey(_ hash: String) async throws -> APIKey? {
        try await dynamoDB.getItem(table: name, key: Key.apiKey(hash)).map(APIKeyItem.decode)
    }

    package func writeKey(_ stored: StoredKey) async throws {
        let held = Key.heldKey(stored.hash, of: stored.key.scope)
        try await dynamoDB.transactWrite([
            .put(DynamoDB.PutItem(table: name, item: APIKeyItem.encode(stored))),
            .put(DynamoDB.PutItem(table: name, item: held)),
        ])
    }

    /// Does nothing for a key that was revoked meanwhile, or whose use somebody else has noted since.
    package func recordKeyUse(_ hash: String, now: Int64) async throws {
        let request = DynamoDB.UpdateItem(
            table: name, key: Key.apiKey(hash), update: "SET lastUsed = :now",
            condition: "attribute_exists(pk) AND (attribute_not_exists(lastUsed) OR lastUsed < :now)",
            values: [":now": .int(now)])
        do {
            try await dynamoDB.updateItem(request)
        } catch let error {
            guard case .conditionFailed = error.kind else { throw error }
        }
    }

    package func listKeys(of holder: APIKey.Scope) async throws -> [StoredKey] {
        var hashes: [String] = []
        let query = DynamoDB.Query(
            table: name, keyCondition: "pk = :pk AND begins_with(sk, :prefix)", projection: "sk",
            values: [":pk": .s(Key.holderPartition(holder)), ":prefix": .s("key#")], consistent: true)
        for try await page in dynamoDB.pages(query) {
            hashes += page.items.compactMap { $0["sk"]?.string.map { String($0.dropFirst("key#".count)) } }
        }
        guard !hashes.isEmpty else { return [] }
        let items = try await dynamoDB.batchGet(table: name, keys: hashes.map(Key.apiKey), consistent: true)
        return try items.map { item in
            let hash = try ItemReader(item, kind: "key").string("pk").dropFirst("key#".count)
            return StoredKey(hash: String(hash), key: try APIKeyItem.decode(item))
        }
    }

    package func deleteKey(_ stored: StoredKey) async throws {
        let keys = [Key.apiKey(stored.hash), Key.heldKey(stored.hash, of: stored.key.scope)]
        try await dynamoDB.transactWrite(keys.map { .delete(DynamoDB.DeleteItem(table: name, key: $0)) })
    }
}

enum APIKeyItem {
    static func encode(_ stored: StoredKey) -> DynamoDB.Item {
        var item = Key.apiKey(stored.hash)
        if case .organizer(let organizer) = stored.key.scope { item["organizer"] = .s(organizer.description) }
        item["name"] = stored.key.name.map { .s($0) }
        item["created"] = .int(stored.key.created)
        item["lastUsed"] = stored.key.lastUsed.map { .int($0) }
        return item
    }

    static func decode(_ item: DynamoDB.Item) throws(ItemError) -> APIKey {
        let reader = ItemReader(item, kind: "key")
        let scope: APIKey.Scope = item["organizer"] == nil ? .owner : .organizer(try reader.address("organizer"))
        return APIKey(
            scope: scope, name: item["name"]?.string, created: try reader.time("created"),
            lastUsed: item["lastUsed"]?.int.map(Int64.init))
    }
}
