"""A webhook receiver as Zoom's guide describes it: on loopback, it answers the validation and checks every signature."""

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_SECONDS = 15


class Receiver:
    def __init__(self, secret):
        self.secret = secret.encode()
        self.events = []
        self.wrong = []
        self.news = threading.Condition()
        receiver = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                answer = receiver.take(self.headers, body)
                self.send_response(200 if answer is not None else 401)
                self.send_header("content-type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}/zoom"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def hash(self, text):
        return hmac.new(self.secret, text, hashlib.sha256).hexdigest()

    def take(self, headers, body):
        """The answer to a delivery; None for one that Zoom cannot have signed."""
        stamp = headers.get("x-zm-request-timestamp", "")
        expected = "v0=" + self.hash(b"v0:" + stamp.encode() + b":" + body)
        if not hmac.compare_digest(expected, headers.get("x-zm-signature", "")):
            with self.news:
                self.wrong.append(body)
                self.news.notify_all()
            return None
        event = json.loads(body)
        if event["event"] == "endpoint.url_validation":
            plain = event["payload"]["plainToken"]
            return {"plainToken": plain, "encryptedToken": self.hash(plain.encode())}
        with self.news:
            self.events.append(event)
            self.news.notify_all()
        return {}

    def find(self, name, about):
        for event in self.events:
            told = event["payload"].get("object", {})
            if event["event"] == name and all(told.get(key) == value for key, value in about.items()):
                return event
        return None

    def wait_for(self, name, about):
        end = time.monotonic() + PATIENCE_SECONDS
        with self.news:
            while True:
                if self.wrong:
                    raise AssertionError(f"a signature was wrong: {self.wrong}")
                event = self.find(name, about)
                if event:
                    return event
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{name} about {about} was not heard, but {json.dumps(self.events, indent=1)}")
                self.news.wait(left)
