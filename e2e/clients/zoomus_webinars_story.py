"""zoomus, unchanged: a webinar from its announcement to its end, with those who speak and those who listen."""

import datetime
import unittest

from sandbox import Story


class Webinars(Story):
    def start(self, days=2):
        now = self.control("GET", "clock")["now"]
        return (datetime.datetime.fromisoformat(now[:19]) + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def make(self, **fields):
        answer = self.client.webinar.create(user_id=self.host["id"], duration=60, **{"start_time": self.start(), **fields})
        return self.done(answer, 201)

    def test_a_webinar_is_announced_changed_listed_and_called_off(self):
        number = self.make(topic="Stars", type=5, agenda="What is up there")["id"]
        self.assertEqual(self.heard("webinar.created", id=number)["topic"], "Stars")
        self.done(self.client.webinar.update(id=number, topic="Stars and planets"), 204)
        self.heard("webinar.updated", id=number)
        self.assertEqual(self.done(self.client.webinar.get(id=number), 200)["topic"], "Stars and planets")
        listed = self.done(self.client.webinar.list(user_id=self.host["id"]), 200)["webinars"]
        self.assertIn((number, "Stars and planets"), [(one["id"], one["topic"]) for one in listed])
        self.done(self.client.webinar.delete(id=number), 204)
        self.heard("webinar.deleted", id=number)
        self.refused(self.client.webinar.get(id=number), 404, 3001)

    def test_panelists_are_asked_and_thanked(self):
        webinar = self.client.webinar
        number = self.make(topic="Panel", type=5)["id"]
        people = [{"name": "Pia", "email": "pia@example.org"}, {"name": "Poul", "email": "poul@example.org"}]
        self.done(webinar.add_panelists(id=number, panelists=people), 201)
        listed = self.done(webinar.list_panelists(id=number), 200)
        self.assertEqual(listed["total_records"], 2)
        self.assertEqual({one["email"] for one in listed["panelists"]}, {"pia@example.org", "poul@example.org"})
        self.assertTrue(all(one["join_url"] for one in listed["panelists"]))
        self.done(webinar.remove_panelists(id=number), 204)
        self.assertEqual(self.done(webinar.list_panelists(id=number), 200)["panelists"], [])

    def test_people_register_and_it_is_held_and_ended(self):
        webinar = self.client.webinar
        number = self.make(topic="Evening", type=5, start_time=self.start(0), settings={"approval_type": 0})["id"]
        for name in ("Ida", "Jon"):
            email = f"{name.lower()}@example.org"
            one = self.done(webinar.register(id=number, email=email, first_name=name, last_name="Guest"), 201)
            self.assertIn("tk=", one["join_url"])
        self.assertEqual(self.heard("webinar.registration_created", id=number)["registrant"]["email"], "ida@example.org")
        listed = self.done(webinar.get_registrants(id=number), 200)["registrants"]
        self.assertEqual({one["first_name"] for one in listed}, {"Ida", "Jon"})
        self.control("POST", f"meetings/{number}/simulate", names=["Kim"])
        self.heard("webinar.started", id=str(number))
        # zoomus still says it with the older word: {"status": "end"}.
        self.done(webinar.end(id=number), 200)
        self.heard("webinar.ended", id=str(number))

    def test_a_monthly_webinar_has_its_occurrences(self):
        rule = {"type": 3, "repeat_interval": 1, "monthly_day": 15, "end_times": 3}
        series = self.make(topic="Monthly", type=9, timezone="UTC", recurrence=rule)
        self.assertEqual([one["start_time"][8:10] for one in series["occurrences"]], ["15", "15", "15"])
        first = series["occurrences"][0]["occurrence_id"]
        self.done(self.client.webinar.delete(id=series["id"], occurrence_id=first), 204)
        read = self.done(self.client.webinar.get(id=series["id"]), 200)["occurrences"]
        self.assertEqual([one["occurrence_id"] for one in read if one["status"] == "available"], [one["occurrence_id"] for one in series["occurrences"][1:]])


if __name__ == "__main__":
    unittest.main()
