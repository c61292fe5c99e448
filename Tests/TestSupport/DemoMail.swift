import Foundation

/// The demo's invitations, as the three clients write them.
package enum DemoMail: String, CaseIterable, Sendable {
    /// Ann Lee, every Wednesday for eight weeks, Europe/Berlin.
    case google = "google-weekly"
    /// Bob Ortega, `Pacific Standard Time`, with VALARM and Microsoft's own properties.
    case outlook = "outlook-zoned"
    /// Carla Núñez, two whole days.
    case apple = "apple-all-day"

    package var bytes: [UInt8] {
        get throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            return [UInt8](try Data(contentsOf: root.appending(path: "Events/mail/\(rawValue).eml")))
        }
    }
}
