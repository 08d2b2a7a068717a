"""A sandbox for the length of a class of stories, and zoomus brought to it by its addresses."""

import json
import os
import subprocess
import unittest

import requests
from zoomus import ZoomClient

from receiver import Receiver


class Story(unittest.TestCase):
    """Each class has a sandbox of its own and a receiver that hears its webhooks."""

    # Somebody reading a failure wants to see both sides of it.
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        command = [os.environ["EROOM_TEST_BINARY"], "sandbox", "--port", "0", "--json"]
        cls.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cls.addClassCleanup(cls.end)
        ready = json.loads(cls.process.stdout.readline())
        zoom = ready["zoom"]
        cls.controls = ready["sandbox"].rstrip("/") + "/sandbox/v1/"
        cls.client = ZoomClient(
            zoom["client_id"],
            zoom["client_secret"],
            zoom["account_id"],
            base_uri=ready["api"],
            oauth_uri=ready["oauth"],
        )
        # The stories are about what is answered; how many fit into a second depends on the machine.
        cls.control("PUT", "limits", enforced=False)
        cls.receiver = Receiver(zoom["webhook_secret"])
        cls.addClassCleanup(cls.receiver.close)
        cls.control("PUT", "webhooks", url=cls.receiver.url)
        cls.host = cls.client.user.list().json()["users"][0]

    @classmethod
    def end(cls):
        cls.process.terminate()
        cls.process.wait(timeout=20)
        cls.process.stdout.close()

    @classmethod
    def control(cls, method, path, **body):
        """One of the sandbox's own controls, which are no part of Zoom."""
        answer = requests.request(method, cls.controls + path, json=body or None, timeout=10)
        if not answer.ok:
            raise AssertionError(f"{method} {path} answered {answer.status_code}: {answer.text}")
        return answer.json() if answer.content else None

    def done(self, answer, status):
        """The body of an answer that must have this status; None where there is none."""
        self.assertEqual(answer.status_code, status, f"{answer.request.method} {answer.url}: {answer.text}")
        return answer.json() if answer.content else None

    def refused(self, answer, status, code):
        """The message of a refusal in Zoom's shape."""
        body = self.done(answer, status)
        self.assertEqual(body["code"], code, body)
        return body["message"]

    def heard(self, event, **about):
        """Waits for a webhook about an object with these fields; what it said of the object."""
        return self.receiver.wait_for(event, about)["payload"]["object"]
