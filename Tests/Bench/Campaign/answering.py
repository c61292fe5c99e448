"""A request handler that answers at once."""
from http.server import BaseHTTPRequestHandler


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Otherwise headers and body go out apart, and the second waits for the client's delayed acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def answer(self, status, content=b"{}", headers=()):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass
