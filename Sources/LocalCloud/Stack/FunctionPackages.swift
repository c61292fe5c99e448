import Foundation
import SigV4

/// The functions' executables in a build folder, packed as Lambda takes them: a ZIP archive with `bootstrap` in it.
struct FunctionPackages: Sendable {
    struct Package: Sendable {
        /// Logical id in the template, which is the executable's name.
        let function: String
        let archive: [UInt8]

        /// Changes with the content, so that CloudFormation sees new code.
        var key: String { "\(function)-\(SHA256.hex(archive).prefix(16)).zip" }
    }

    /// Of the build, such as `.build/release`.
    let directory: URL

    func package(_ function: String) throws -> Package {
        let executable = directory.appendingPathComponent(function)
        guard FileManager.default.isExecutableFile(atPath: executable.path) else {
            throw DeploymentError.notBuilt(executable)
        }
        let content = [UInt8](try Data(contentsOf: executable, options: .alwaysMapped))
        return Package(function: function, archive: ZipArchive.executable(content, name: "bootstrap"))
    }
}
