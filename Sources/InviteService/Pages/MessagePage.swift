/// A page that only says something.
package enum MessagePage {
    package static func page(title: String, message: String) -> Page {
        Page(title: title, body: "<h1>\(title)</h1>\n<p>\(message)</p>")
    }
}
