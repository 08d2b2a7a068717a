"""zoomus with Zoom's own addresses in it: the sandbox comes to it through a proxy and a certificate to trust."""

import json
import os
import pathlib
import socket
import ssl
import subprocess
import tempfile
import unittest
from unittest import mock

import requests
from zoomus import ZoomClient


class Unmodified(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        ca = pathlib.Path(cls.folder.name, "ca.pem")
        command = [os.environ["EROOM_TEST_BINARY"], "sandbox", "--port", "0", "--proxy", "--ca-out", str(ca), "--json"]
        cls.sandbox = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cls.ready = json.loads(cls.sandbox.stdout.readline())
        # What an operator sets; nothing else tells the client that this is not Zoom.
        proxied = {"HTTPS_PROXY": cls.ready["proxy"], "https_proxy": cls.ready["proxy"], "REQUESTS_CA_BUNDLE": str(ca)}
        cls.environment = mock.patch.dict(os.environ, proxied)
        cls.environment.start()
        os.environ.pop("NO_PROXY", None)
        os.environ.pop("no_proxy", None)
        zoom = cls.ready["zoom"]
        cls.client = ZoomClient(zoom["client_id"], zoom["client_secret"], zoom["account_id"])

    @classmethod
    def tearDownClass(cls):
        cls.environment.stop()
        cls.sandbox.terminate()
        cls.sandbox.wait(timeout=20)
        cls.sandbox.stdout.close()
        cls.folder.cleanup()

    def test_a_meeting_is_made_read_and_deleted_at_zooms_own_addresses(self):
        self.assertEqual(self.client.config["base_uri"], "https://api.zoom.us/v2")
        users = self.client.user.list()
        self.assertEqual(users.status_code, 200, users.text)
        self.assertTrue(users.url.startswith("https://api.zoom.us/v2/users"), users.url)
        user = users.json()["users"][0]
        made = self.client.meeting.create(user_id=user["id"], topic="Made from afar", type=2, duration=30)
        self.assertEqual(made.status_code, 201, made.text)
        number = made.json()["id"]
        self.assertTrue(made.json()["join_url"].startswith(self.ready["sandbox"]), "links for people stay here")
        self.assertEqual(self.client.meeting.get(id=number).json()["topic"], "Made from afar")
        self.assertEqual(self.client.meeting.delete(id=number).status_code, 204)

    def test_no_other_host_is_reached_through_the_proxy(self):
        with self.assertRaises(requests.exceptions.ProxyError) as refused:
            requests.get("https://example.org/", timeout=10)
        self.assertIn("403", str(refused.exception))

    def test_the_certificate_is_what_strict_checks_ask_for(self):
        trusted = ssl.create_default_context(cafile=os.environ["REQUESTS_CA_BUNDLE"])
        trusted.verify_flags |= ssl.VERIFY_X509_STRICT
        host, port = self.ready["tls"].rsplit(":", 1)
        for name in ("zoom.us", "api.zoom.us", "api-eu.zoom.us", "marketplace.zoom.us"):
            with socket.create_connection((host, int(port)), timeout=10) as line:
                with trusted.wrap_socket(line, server_hostname=name) as spoken:
                    self.assertEqual(spoken.getpeercert()["subject"][0][0], ("commonName", "zoom.us"))


if __name__ == "__main__":
    unittest.main()
