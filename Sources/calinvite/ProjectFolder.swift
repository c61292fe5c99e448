import Foundation

/// The checkout this tool works on: the nearest folder with a `template.yaml`, seen from where it was called, else from
/// where it was built.
struct ProjectFolder {
    let url: URL

    init() {
        let candidates = [FileManager.default.currentDirectoryPath, ProjectFolder.builtProducts.path]
        url =
            candidates.lazy.compactMap { ProjectFolder.root(above: URL(fileURLWithPath: $0)) }.first
            ?? URL(fileURLWithPath: candidates[0])
    }

    /// Where this tool is, and with it the functions of the same build.
    static let builtProducts: URL =
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    private static func root(above folder: URL) -> URL? {
        var folder = folder.standardizedFileURL
        while true {
            let template = folder.appendingPathComponent("template.yaml")
            if FileManager.default.fileExists(atPath: template.path) { return folder }
            guard folder.path != "/" else { return nil }
            folder.deleteLastPathComponent()
        }
    }
}
