// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// Everything in `shipped` goes into the Lambda functions and is free of Foundation.
// A target lists all it imports, and imports only targets listed before it.
let shipped: [Target] = [
    .systemLibrary(name: "CCurl", path: "Sources/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CCrypto", path: "Sources/CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "JSON", swiftSettings: strict),
    .target(name: "HTTPTransport", dependencies: ["CCurl"], swiftSettings: strict),
    .target(name: "SigV4", dependencies: ["CCrypto"], swiftSettings: strict),
    .target(name: "AWSClients", dependencies: ["JSON", "HTTPTransport", "SigV4"], swiftSettings: strict),
    .target(name: "LambdaRuntime", dependencies: ["JSON", "HTTPTransport"], swiftSettings: strict),
    .target(name: "LambdaEvents", dependencies: ["JSON"], swiftSettings: strict),
    .target(name: "ICalendar", swiftSettings: strict),
    .target(name: "MailMessage", swiftSettings: strict),
    .target(name: "Scheduling", dependencies: ["ICalendar", "MailMessage"], swiftSettings: strict),
    .target(name: "Audience", dependencies: ["CZlib", "JSON", "MailMessage"], swiftSettings: strict),
    .target(
        name: "InviteService",
        dependencies: ["JSON", "SigV4", "ICalendar", "MailMessage", "Scheduling", "Audience"],
        swiftSettings: strict),
    .target(
        name: "Store",
        dependencies: ["JSON", "HTTPTransport", "AWSClients", "Audience", "MailMessage", "InviteService"],
        swiftSettings: strict),
    .target(
        name: "Handlers",
        dependencies: ["JSON", "AWSClients", "LambdaRuntime", "LambdaEvents", "MailMessage", "InviteService", "Store"],
        swiftSettings: strict),
]

let functions: [Target] = [
    "AggregateStatistics", "EventAPI", "ImportSegment", "NotifyOrganizer", "ReceiveEventMail", "ReceiveReplyMail",
    "SendInvites",
].map {
    .executableTarget(name: $0, dependencies: ["Handlers"], path: "Functions/\($0)", swiftSettings: strict)
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
        dependencies: [
            "JSON", "HTTPTransport", "AWSClients", "ICalendar", "MailMessage", "Scheduling", "InviteService", "Store",
            "LocalCloud", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: strict),
]

// Run by Scripts/bench.
let bench = Target.executableTarget(
    name: "Bench", dependencies: ["ICalendar", "MailMessage", "Scheduling", "Audience", "InviteService"],
    path: "Tests/Bench", exclude: ["Peers"], swiftSettings: strict)

let testSupport = Target.target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict)

let tests: [Target] =
    [
        "JSON", "HTTPTransport", "SigV4", "AWSClients", "LambdaRuntime", "LambdaEvents", "ICalendar", "MailMessage",
        "Scheduling", "Audience", "InviteService", "Store", "Handlers", "LocalCloud",
    ].map {
        .testTarget(
            name: "\($0)Tests", dependencies: [.byName(name: $0), "TestSupport"],
            exclude: $0 == "Scheduling" ? ["Conversations"] : [], swiftSettings: strict)
    } + [
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "JSON", "HTTPTransport", "AWSClients", "MailMessage", "InviteService", "Store", "LocalCloud",
            ],
            swiftSettings: strict)
    ]

let package = Package(
    name: "calendar-invite-server",
    dependencies: [
        // Host only: nothing a function ships may depend on these.
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.0")),
        .package(url: "https://github.com/swhitty/FlyingFox", .upToNextMinor(from: "0.27.1")),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: shipped + functions + host + [bench, testSupport] + tests)
