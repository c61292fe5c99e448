// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// Everything in `shipped` goes into the Lambda functions and is free of Foundation.
// A target names what it imports, and imports only targets named before it.
//
// SwiftPM rebuilds a target when one of its own dependencies has changed, not when the layout of what those are made
// of has: a stale function then crashes. So each target depends on everything below what it imports as well.
let shipped: [Target] = {
    var below: [String: [String]] = ["CCurl": [], "CCrypto": [], "CZlib": []]
    func library(_ name: String, _ imports: [String] = []) -> Target {
        var dependencies: [String] = []
        for target in imports.flatMap({ [$0] + (below[$0] ?? []) }) where !dependencies.contains(target) {
            dependencies.append(target)
        }
        below[name] = dependencies
        return .target(name: name, dependencies: dependencies.map { .byName(name: $0) }, swiftSettings: strict)
    }
    return [
        .systemLibrary(name: "CCurl", path: "Sources/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CCrypto", path: "Sources/CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
        library("JSON"),
        library("HTTPTransport", ["CCurl"]),
        library("SigV4", ["CCrypto"]),
        library("AWSClients", ["JSON", "HTTPTransport", "SigV4"]),
        library("LambdaRuntime", ["JSON", "HTTPTransport"]),
        library("LambdaEvents", ["JSON"]),
        library("ICalendar"),
        library("MailMessage"),
        library("Scheduling", ["ICalendar", "MailMessage"]),
        library("Audience", ["CZlib", "JSON", "MailMessage"]),
        library("InviteService", ["JSON", "SigV4", "ICalendar", "MailMessage", "Scheduling", "Audience"]),
        library(
            "Store",
            ["JSON", "HTTPTransport", "AWSClients", "MailMessage", "Scheduling", "Audience", "InviteService"]),
        library(
            "Handlers",
            [
                "JSON", "AWSClients", "LambdaRuntime", "LambdaEvents", "ICalendar", "MailMessage", "Scheduling",
                "Audience", "InviteService", "Store",
            ]),
    ]
}()

/// For targets at the top: all that ships.
let allShipped: [Target.Dependency] = shipped.map { .byName(name: $0.name) }

let functions: [Target] = [
    "AggregateStatistics", "EventAPI", "ImportSegment", "InviteAPI", "NotifyOrganizer", "OrderAPI", "OrganizerAPI",
    "ProcessFeedback", "ReceiveBulkMail", "ReceiveEventMail", "ReceiveReplyMail", "SendInvites", "StageAttendees",
    "SystemAPI",
].map {
    .executableTarget(name: $0, dependencies: allShipped, path: "Functions/\($0)", swiftSettings: strict)
}

let host: [Target] = [
    .target(
        name: "LocalCloud",
        dependencies: [
            "CZlib", "JSON", "HTTPTransport", "SigV4", .product(name: "FlyingFox", package: "FlyingFox"), "Yams",
        ],
        swiftSettings: strict),
    .executableTarget(
        name: "calinvite",
        dependencies: allShipped + [
            "LocalCloud", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: strict),
]

// Run by Scripts/bench.
let bench = Target.executableTarget(
    name: "Bench", dependencies: allShipped,
    path: "Tests/Bench", exclude: ["Peers"], swiftSettings: strict)

let testSupport = Target.target(
    name: "TestSupport", dependencies: ["CZlib"], path: "Tests/TestSupport", swiftSettings: strict)

// Run by Scripts/fuzz, which sets the variable; libFuzzer brings the entry point. The tests run the stored cases.
let fuzzing: [Target] =
    [
        .target(
            name: "FuzzTargets", dependencies: ["JSON", "ICalendar", "MailMessage", "Scheduling"],
            path: "Tests/Fuzz/Targets",
            swiftSettings: strict),
        .testTarget(
            name: "FuzzTests", dependencies: ["JSON", "ICalendar", "MailMessage", "Scheduling", "FuzzTargets"],
            path: "Tests/Fuzz/Regression", swiftSettings: strict),
    ]
    + (Context.environment["CALINVITE_FUZZ"] == nil
        ? []
        : [
            .executableTarget(
                name: "Fuzz", dependencies: ["JSON", "ICalendar", "MailMessage", "Scheduling", "FuzzTargets"],
                path: "Tests/Fuzz/Entry",
                swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
        ])

let tests: [Target] =
    [
        "JSON", "HTTPTransport", "SigV4", "AWSClients", "LambdaRuntime", "LambdaEvents", "ICalendar", "MailMessage",
        "Scheduling", "Audience", "InviteService", "Store", "Handlers", "LocalCloud",
    ].map {
        .testTarget(
            name: "\($0)Tests", dependencies: allShipped + ["TestSupport"] + ($0 == "LocalCloud" ? ["LocalCloud"] : []),
            exclude: $0 == "Scheduling" ? ["Conversations"] : [], swiftSettings: strict)
    } + [
        .testTarget(
            name: "EndToEndTests",
            dependencies: allShipped + ["LocalCloud", "TestSupport"], swiftSettings: strict)
    ]

let package = Package(
    name: "calendar-invite-server",
    dependencies: [
        // Host only: nothing a function ships may depend on these.
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.0")),
        .package(url: "https://github.com/swhitty/FlyingFox", .upToNextMinor(from: "0.27.1")),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: shipped + functions + host + [bench, testSupport] + fuzzing + tests)
