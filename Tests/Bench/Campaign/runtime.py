"""A Runtime API that gives events to any number of processes of one function, and what those processes cost."""
import json
import os
import queue
import subprocess
import threading
import time
import uuid
from http.server import ThreadingHTTPServer

from answering import Answering

TICKS = os.sysconf("SC_CLK_TCK")


class Function:
    """Started processes of one executable. `run` gives them events until all are answered."""

    def __init__(self, executable, environment, processes, log, timeout=60):
        self.name = executable.name
        self.timeout = timeout
        # Events are made no faster than they are taken: those of a million invitations are gigabytes.
        self.waiting = queue.Queue(maxsize=64)
        self.finished = queue.Queue()
        self.busy = 0.0
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        server.daemon_threads = True
        server.request_queue_size = 128
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.server = server
        environment = dict(
            environment, AWS_LAMBDA_RUNTIME_API=f"127.0.0.1:{server.server_port}", AWS_LAMBDA_FUNCTION_NAME=self.name,
            AWS_LAMBDA_FUNCTION_MEMORY_SIZE="256", PATH=os.environ["PATH"])
        self.log = open(log, "ab")
        self.processes = [
            subprocess.Popen([executable], env=environment, stdout=self.log, stderr=self.log) for _ in range(processes)]

    def run(self, events, progress=lambda done: None):
        """Until every event is answered. A function that fails or dies ends the program: nothing is hidden."""
        given, broken, answered = None, [], 0

        def feed():
            nonlocal given
            count = 0
            try:
                for event in events:
                    self.waiting.put(event)
                    count += 1
                given = count
            except BaseException as error:
                broken.append(error)

        threading.Thread(target=feed, daemon=True).start()
        while given is None or answered < given:
            if broken:
                raise broken[0]
            try:
                answer = self.finished.get(timeout=0.2)
            except queue.Empty:
                if any(process.poll() is not None for process in self.processes):
                    raise SystemExit(f"bench: {self.name} ended; see {self.log.name}")
                continue
            if isinstance(answer, Failed) or answer.get("batchItemFailures"):
                raise SystemExit(f"bench: {self.name} failed: {answer}; see {self.log.name}")
            answered += 1
            progress(answered)

    def cpu(self):
        """Seconds of CPU of all processes so far: (in the program, in the kernel)."""
        fields = [
            open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split() for process in self.processes]
        return tuple(sum(int(field[position]) for field in fields) / TICKS for position in (11, 12))

    def peak_memory(self):
        """Megabytes (2**20) of the largest process, at its peak (VmHWM)."""
        return max(
            int(line.split()[1]) for process in self.processes
            for line in open(f"/proc/{process.pid}/status") if line.startswith("VmHWM")) / 1024

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()
        self.server.shutdown()


class Failed(str):
    pass


def queue_event(bodies):
    """What Lambda hands over from an SQS queue."""
    return {
        "Records": [
            {
                "messageId": str(uuid.uuid4()), "receiptHandle": "0", "body": body, "messageAttributes": {},
                "attributes": {
                    "ApproximateReceiveCount": "1", "SentTimestamp": "0", "SenderId": "0",
                    "ApproximateFirstReceiveTimestamp": "0"},
                "md5OfBody": "", "eventSource": "aws:sqs", "awsRegion": "us-east-1",
                "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:Queue",
            }
            for body in bodies
        ]
    }


def handler(function):
    class Handler(Answering):
        def do_GET(self):
            event = function.waiting.get()
            self.answer(200, event if isinstance(event, bytes) else json.dumps(event).encode(), [
                ("Lambda-Runtime-Aws-Request-Id", str(uuid.uuid4())),
                ("Lambda-Runtime-Deadline-Ms", str(int((time.time() + function.timeout) * 1000))),
                ("Lambda-Runtime-Invoked-Function-Arn", f"arn:aws:lambda:us-east-1:000000000000:function:{function.name}"),
            ])

        def do_POST(self):
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path.endswith("/response"):
                function.finished.put(json.loads(content or b"null") or {})
            else:
                function.finished.put(Failed(content.decode()))
            self.answer(202)

    return Handler
