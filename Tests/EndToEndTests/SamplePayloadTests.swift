import Foundation
import HTTPTransport
import JSON
import LocalCloud
import Testing

@Suite("Sample payloads in Events", .enabled(if: Project.isReady, "\(Project.hint)"))
struct SamplePayloadTests {
    @Test("each function answers its own sample, alone, on an empty stack", .timeLimit(.minutes(3)))
    func samples() async throws {
        try await TestStack.with { test in
            let lambda = test.stack.state.lambda(transport: HTTPTransport())
            func invoke(_ function: String) async throws -> InvocationText {
                let sample = Project.root.appendingPathComponent("Events/\(function).json")
                let name = try #require(test.stack.state.resources[function])
                let payload = [UInt8](try Data(contentsOf: sample))
                switch try await lambda.invoke(name, payload: payload, timeout: .seconds(30)) {
                case .answered(let answer): return .answered(try JSON(parsing: answer))
                case .failed(let error): return .failed(try JSON(parsing: error))
                case .throttled, .timedOut: return .failed(.null)
                }
            }
            // No mail lies under the sample's message id: SES has not stored it yet, so Lambda is to try again.
            for (function, type) in [
                ("ReceiveEventMail", "EventIntakeFailure"), ("ReceiveReplyMail", "ReplyIntakeFailure"),
                ("ReceiveBulkMail", "BulkIntakeFailure"),
            ] {
                guard case .failed(let error) = try await invoke(function) else {
                    Issue.record("\(function) answered")
                    continue
                }
                #expect(error["errorType"]?.string == "Function.\(type)")
                #expect(error["errorMessage"]?.string?.contains("mailNotStored") == true)
            }
            // A campaign that does not exist: nothing to import, and nothing that could be sent.
            let retry: JSON = ["batchItemFailures": [["itemIdentifier": "19dd0b57-b21e-4ac1-bd88-01bbb068cb78"]]]
            #expect(try await invoke("ImportSegment") == .answered(["batchItemFailures": []]))
            #expect(try await invoke("SendInvites") == .answered(retry))
            #expect(try await invoke("StageAttendees") == .answered(retry), "its event is not there")
            #expect(try await invoke("NotifyOrganizer") == .answered(["batchItemFailures": []]))
            #expect(try test.sentMails(to: "ann@acme.example").count == 1)
            #expect(try await invoke("NotifyOrganizer") == .answered(["batchItemFailures": []]))
            #expect(try test.sentMails(to: "ann@acme.example").count == 1, "the same notice is sent once")
            // Its attendee is not there; the address is suppressed all the same.
            #expect(try await invoke("ProcessFeedback") == .answered(["batchItemFailures": []]))
            #expect(try await invoke("AggregateStatistics") == .answered(["state": [:]]))
            // The sample's event is not there.
            guard case .answered(let invite) = try await invoke("InviteAPI") else {
                Issue.record("InviteAPI failed")
                return
            }
            #expect(invite["statusCode"] == 404)
            // The sample's signature is made with another key.
            guard case .answered(let order) = try await invoke("OrderAPI") else {
                Issue.record("OrderAPI failed")
                return
            }
            #expect(order["statusCode"] == 401)
            // The samples' key is a placeholder.
            for function in ["EventAPI", "OrganizerAPI", "SystemAPI"] {
                guard case .answered(let answer) = try await invoke(function) else {
                    Issue.record("\(function) failed")
                    continue
                }
                #expect(answer["statusCode"] == 403)
                #expect(answer["body"]?.string?.contains("unknown_key") == true)
            }
        }
    }

    private enum InvocationText: Equatable {
        case answered(JSON)
        case failed(JSON)
    }
}
