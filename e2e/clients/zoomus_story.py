"""zoomus, unchanged, works against the sandbox as it does against Zoom."""

import json
import os
import subprocess
import unittest

from zoomus import ZoomClient


class Zoomus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        command = [os.environ["EROOM_TEST_BINARY"], "sandbox", "--port", "0", "--json"]
        cls.sandbox = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        ready = json.loads(cls.sandbox.stdout.readline())
        zoom = ready["zoom"]
        cls.client = ZoomClient(
            zoom["client_id"],
            zoom["client_secret"],
            zoom["account_id"],
            base_uri=ready["api"],
            oauth_uri=ready["oauth"],
        )

    @classmethod
    def tearDownClass(cls):
        cls.sandbox.terminate()
        cls.sandbox.wait(timeout=20)
        cls.sandbox.stdout.close()

    def first_user(self):
        answer = self.client.user.list()
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()["users"][0]

    def test_it_gets_a_token_and_lists_the_users(self):
        user = self.first_user()
        self.assertIn("@", user["email"])
        self.assertEqual(self.client.user.get(id=user["id"]).json()["email"], user["email"])

    def test_a_meeting_is_made_read_listed_and_deleted(self):
        user = self.first_user()
        made = self.client.meeting.create(user_id=user["id"], topic="Made by zoomus", type=2, duration=30)
        self.assertEqual(made.status_code, 201, made.text)
        number = made.json()["id"]
        self.assertEqual(self.client.meeting.get(id=number).json()["topic"], "Made by zoomus")
        listed = self.client.meeting.list(user_id=user["id"]).json()["meetings"]
        self.assertIn(number, [meeting["id"] for meeting in listed])
        self.assertEqual(self.client.meeting.delete(id=number).status_code, 204)
        gone = self.client.meeting.get(id=number)
        self.assertEqual((gone.status_code, gone.json()["code"]), (404, 3001))

    def test_a_wrong_field_is_refused_as_zoom_refuses_it(self):
        user = self.first_user()
        refused = self.client.meeting.create(user_id=user["id"], topic="x" * 201, type=2)
        self.assertEqual((refused.status_code, refused.json()["code"]), (400, 300), refused.text)
        self.assertEqual(refused.json()["errors"][0]["field"], "topic")


if __name__ == "__main__":
    unittest.main()
