/// A small page that needs no script: made for a phone first, in the reader's light or dark scheme.
package struct Page: Sendable {
    package var title: String
    package var body: HTML
    /// Has more to show than a question.
    var isWide = false

    package init(title: String, body: HTML) {
        self.title = title
        self.body = body
    }

    /// The whole document.
    package var text: String {
        let document: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>\(title)</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            \(isWide ? "<main class=\"wide\">" : "<main>" as HTML)
            \(body)
            </main>
            </body>
            </html>

            """
        return document.text
    }

    private static let style: HTML = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;--back:#f3f5f7;--line:#d0d7de;--deep:#1a56b0;--on:#fff}
        @media(prefers-color-scheme:dark){:root{--ink:#e6eaee;--soft:#9aa4af;--paper:#1c2128;--back:#12161b;--line:#3a424c;--deep:#7db1ff;--on:#0b1522}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--back);color:var(--ink);font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
        main{max-width:30rem;margin:6vh auto;padding:2rem;background:var(--paper);border:1px solid var(--line);border-radius:12px}
        main.wide{max-width:40rem}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .text{white-space:pre-line;margin-bottom:1.5rem}
        .after{margin-top:1rem}
        a{color:var(--deep)}
        .months{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin-bottom:.75rem}
        .month{width:100%;border-collapse:collapse;table-layout:fixed;margin-bottom:1.5rem;text-align:center;font-variant-numeric:tabular-nums}
        .month th{font-weight:400;font-size:.85rem;color:var(--soft)}
        .month td{height:2.6rem;border:1px solid var(--line)}
        .month .has{padding:0}
        .month .has a{display:flex;align-items:center;justify-content:center;height:100%;background:var(--deep);color:var(--on);font-weight:600;text-decoration:none}
        fieldset{border:0;margin:0 0 1.25rem;padding:0;min-width:0;scroll-margin-top:1rem}
        legend{font-weight:600;padding:0;margin-bottom:.4rem}
        .choice{display:flex;gap:.75rem;align-items:flex-start;padding:.6rem 0;border-top:1px solid var(--line);font-weight:400;margin:0;overflow-wrap:anywhere}
        .choice input{width:1.25rem;height:1.25rem;margin:.15rem 0 0;flex:none}
        .choice span{min-width:0}
        h1{font-size:1.45rem;line-height:1.25;margin:0 0 1rem;overflow-wrap:anywhere}
        p{margin:0 0 1rem;overflow-wrap:anywhere}
        dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 1.5rem}
        dt{color:var(--soft)}
        dd{margin:0;overflow-wrap:anywhere}
        label{display:block;margin:0 0 .25rem;font-weight:600}
        input{width:100%;margin:0 0 1rem;padding:.65rem .75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--soft);border-radius:8px}
        .row{display:flex;flex-wrap:wrap;gap:.75rem}
        button{flex:1;min-height:3rem;min-width:6rem;padding:.5rem 1.25rem;font:inherit;font-weight:600;color:var(--deep);background:transparent;border:2px solid var(--deep);border-radius:8px;cursor:pointer}
        button.main{color:var(--on);background:var(--deep)}
        :focus-visible{outline:3px solid var(--deep);outline-offset:3px}
        .soft{color:var(--soft);font-size:.9rem}
        p:last-child,form:last-child .row{margin-bottom:0}
        @media(max-width:34rem){main{margin:0;max-width:none;min-height:100vh;border:0;border-radius:0;padding:1.5rem}}
        """
}

extension EventDescription {
    /// Title and facts, as pages show them.
    var card: HTML {
        var rows: [HTML] = []
        if !when.isEmpty { rows.append("<dt>When</dt><dd>\(when)</dd>") }
        if !location.isEmpty { rows.append("<dt>Where</dt><dd>\(location)</dd>") }
        rows.append("<dt>Organizer</dt><dd>\(organizer)</dd>")
        return "<h1>\(title)</h1>\n<dl>\(HTML.joined(rows))</dl>"
    }
}
