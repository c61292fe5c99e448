import Foundation
import JSON

/// What has to be mended in the state that MiniStack saved before it is loaded again.
enum SavedState {
    /// MiniStack saves how far event sources have read the tables' streams, but not the streams: after a restart they
    /// begin again at zero, and as many new records would be skipped as were read before. Without the positions every
    /// source starts at the beginning of the empty stream. (Nothing is lost: a clean stop waits until the streams have
    /// been read.)
    static func forgetStreamPositions(in directory: URL) throws {
        let file = directory.appendingPathComponent("state/lambda.json")
        guard let content = try? Data(contentsOf: file) else { return }
        var state = try JSON(parsing: [UInt8](content))
        guard var object = state.object, var payload = object["payload"]?.object else { return }
        payload["dynamodb_stream_positions"] = nil
        object["payload"] = .object(payload)
        state = .object(object)
        try Data(state.bytes).write(to: file, options: .atomic)
    }
}
