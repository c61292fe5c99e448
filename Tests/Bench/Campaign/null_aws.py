"""An AWS that takes everything: nginx answers what comes once per invitation with fixed bodies and keeps objects as
files; what comes once per chunk is answered here, where the items of heads and marks and the queues are kept.
"""
import collections
import json
import os
import pathlib
import shutil
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from http.server import ThreadingHTTPServer

from answering import Answering
from ports import free_ports

# The second DynamoDB keeps what is updated as well: an import goes on from what it wrote of its campaign.
SERVICES = ("dynamodb", "dynamodb-kept", "s3", "sqs", "sesv2", "secretsmanager")

CONFIGURATION = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log error;
events {{ worker_connections 4096; }}
http {{
    log_format line '$server_port $http_x_amz_target $request_method $status';
    access_log {folder}/requests.log line buffer=1m flush=1s;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/unused;
    uwsgi_temp_path {folder}/unused;
    scgi_temp_path {folder}/unused;
    client_max_body_size 64m;
    client_body_buffer_size 1m;
    keepalive_requests 1000000000;
    default_type application/x-amz-json-1.0;
    upstream kept {{ server 127.0.0.1:{kept}; keepalive 16; }}
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header X-Service $server_port;
    # Written once per invitation; the rest is kept.
    map $http_x_amz_target $fixed {{
        ~\\.UpdateItem$ '{{}}';
        default '';
    }}
    server {{
        listen 127.0.0.1:{dynamodb} backlog=1024;
        location / {{
            if ($fixed = '') {{ return 418; }}
            return 200 $fixed;
        }}
        error_page 418 = @kept;
        location @kept {{ proxy_pass http://kept; }}
    }}
    server {{ listen 127.0.0.1:{dynamodb-kept}; location / {{ proxy_pass http://kept; }} }}
    server {{
        listen 127.0.0.1:{s3} backlog=1024;
        root {folder}/s3;
        location / {{
            if ($args ~ list-type) {{ return 418; }}
            dav_methods PUT DELETE;
            create_full_put_path on;
        }}
        error_page 418 = @kept;
        location @kept {{ proxy_pass http://kept; }}
    }}
    server {{
        listen 127.0.0.1:{sesv2} backlog=1024;
        location /v2/email/outbound-emails {{ return 200 '{{"MessageId":"0100019aa0000000-00000000-0000-0000-0000-000000000000-000000"}}'; }}
        location /v2/email/account {{ return 200 '{{"SendingEnabled":true,"ProductionAccessEnabled":true,"SendQuota":{{"Max24HourSend":-1,"MaxSendRate":1000000,"SentLast24Hours":0}}}}'; }}
    }}
    server {{ listen 127.0.0.1:{sqs}; location / {{ proxy_pass http://kept; }} }}
    server {{ listen 127.0.0.1:{secretsmanager}; location / {{ proxy_pass http://kept; }} }}
}}
"""


class NullAWS:
    """Runs until `stop`. `items` are those that GetItem finds, by (pk, sk); `sent` the message bodies by queue."""

    def __init__(self, folder, secret):
        self.folder = pathlib.Path(folder)
        self.secret = secret
        self.items = {}
        self.batch_units = 0.0  # read units of BatchGetItem
        self.transaction_units = 0  # write units of TransactWriteItems
        self.sent = collections.defaultdict(list)
        self.changed = threading.Condition()
        kept, *ports = free_ports(1 + len(SERVICES))
        self.ports = dict(zip(SERVICES, ports))
        (self.folder / "s3").mkdir(parents=True)
        self.server = ThreadingHTTPServer(("127.0.0.1", kept), handler(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        configuration = self.folder / "nginx.conf"
        # Root's workers would become another user, who may not read the folder.
        user = "user root;" if os.getuid() == 0 else ""
        configuration.write_text(CONFIGURATION.format(
            user=user, folder=self.folder, kept=kept, **self.ports))
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        self.nginx = subprocess.Popen([nginx, "-p", str(self.folder), "-c", str(configuration)])
        until = time.monotonic() + 10
        while True:
            try:
                urllib.request.urlopen(f"{self.endpoint('sesv2')}/v2/email/account", timeout=1)
                return
            except OSError:
                if self.nginx.poll() is not None or time.monotonic() > until:
                    raise SystemExit("bench: nginx does not start; see " + str(self.folder / "nginx-error.log"))
                time.sleep(0.05)

    def stop(self):
        self.nginx.terminate()
        self.nginx.wait()
        self.server.shutdown()

    def endpoint(self, service):
        return f"http://127.0.0.1:{self.ports[service]}"

    @property
    def environment(self):
        names = {"dynamodb": "DYNAMODB", "s3": "S3", "sqs": "SQS", "sesv2": "SESV2", "secretsmanager": "SECRETS_MANAGER"}
        return {f"AWS_ENDPOINT_URL_{names[service]}": self.endpoint(service) for service in names}

    def object(self, bucket, key):
        path = self.folder / "s3" / bucket / key
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def requests(self):
        """Counts of requests by service and operation, as nginx saw them."""
        time.sleep(1.5)  # nginx writes its log out every second
        services = {str(port): service.removesuffix("-kept") for service, port in self.ports.items()}
        counts = collections.Counter()
        with open(self.folder / "requests.log") as log:
            for line in log:
                port, target, method, status = line.split()
                counts[services[port], method if target == "-" else target.rsplit(".", 1)[-1], int(status) // 100] += 1
        return counts

    # What the handler below answers.

    def dynamodb(self, operation, body):
        if operation == "GetItem":
            item = self.items.get(identity(body["Key"]))
            return {"Item": item} if item else {}
        if operation == "PutItem":
            self.items[identity(body["Item"])] = body["Item"]
            return {}
        if operation == "UpdateItem":
            item = self.items.setdefault(identity(body["Key"]), dict(body["Key"]))
            names, values = body.get("ExpressionAttributeNames", {}), body["ExpressionAttributeValues"]
            for assignment in body["UpdateExpression"].removeprefix("SET ").split(", "):
                name, value = assignment.split(" = ")
                item[names.get(name, name)] = values[value]
            return {}
        if operation == "BatchGetItem":
            [(table, wanted)] = body["RequestItems"].items()
            with self.changed:
                self.batch_units += len(wanted["Keys"]) * (1 if wanted.get("ConsistentRead") else 0.5)
            found = [self.items[key] for key in map(identity, wanted["Keys"]) if key in self.items]
            return {"Responses": {table: found}, "UnprocessedKeys": {}}
        if operation == "TransactWriteItems":
            with self.changed:
                self.transaction_units += 2 * len(body["TransactItems"])
            return {}
        if operation == "Query":
            return {"Items": [], "Count": 0, "ScannedCount": 0}
        return {}

    def sqs(self, operation, body):
        with self.changed:
            queue = body["QueueUrl"].rsplit("/", 1)[-1]
            self.sent[queue] += [entry["MessageBody"] for entry in body["Entries"]]
            self.changed.notify_all()
        return {"Successful": [{"Id": entry["Id"], "MessageId": "0", "MD5OfMessageBody": ""} for entry in body["Entries"]]}

    def secretsmanager(self, operation, body):
        return {"ARN": body["SecretId"], "Name": "secret", "VersionId": "0", "SecretString": self.secret}

    def listing(self, path, query):
        bucket = path.strip("/").split("/")[0]
        prefix = urllib.parse.parse_qs(query).get("prefix", [""])[0]
        root = self.folder / "s3" / bucket
        found = sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())

        def content(key):
            status = (root / key).stat()
            # As nginx makes it, which compares it with If-Match.
            etag = f"{int(status.st_mtime):x}-{status.st_size:x}"
            return (
                f"<Contents><Key>{key}</Key><Size>{status.st_size}</Size><ETag>&quot;{etag}&quot;</ETag>"
                "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>")

        contents = "".join(content(key) for key in found if key.startswith(prefix))
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>"


def identity(item):
    return item["pk"]["S"], item["sk"]["S"]


def handler(aws):
    services = {str(port): service.removesuffix("-kept") for service, port in aws.ports.items()}

    class Handler(Answering):
        def do_GET(self):
            path, _, query = self.path.partition("?")
            self.answer(200, aws.listing(path, query).encode())

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            operation = self.headers["X-Amz-Target"].rsplit(".", 1)[-1]
            answer = getattr(aws, services[self.headers["X-Service"]])(operation, body)
            self.answer(200, json.dumps(answer).encode())

    return Handler
