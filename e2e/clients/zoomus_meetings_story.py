"""zoomus, unchanged: meetings once and again, who registers for them, and what is left when they are over."""

import datetime
import unittest

from sandbox import Story


class Meetings(Story):
    def make(self, **fields):
        return self.done(self.client.meeting.create(user_id=self.host["id"], **fields), 201)

    def read(self, number, **asked):
        return self.done(self.client.meeting.get(id=number, **asked), 200)

    def in_days(self, days):
        now = self.control("GET", "clock")["now"]
        return datetime.datetime.fromisoformat(now[:19]) + datetime.timedelta(days=days)

    def test_a_meeting_is_made_read_changed_listed_and_deleted(self):
        start = self.in_days(3)
        made = self.make(topic="Made by zoomus", type=2, duration=30, start_time=start, timezone="Europe/Berlin")
        number = made["id"]
        self.assertEqual(self.heard("meeting.created", id=number)["topic"], "Made by zoomus")
        self.assertEqual(made["start_time"], start.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self.done(self.client.meeting.update(id=number, topic="Changed", start_time=self.in_days(4), agenda="One, two"), 204)
        self.heard("meeting.updated", id=number)
        read = self.read(number)
        self.assertEqual((read["topic"], read["agenda"], read["duration"]), ("Changed", "One, two", 30))
        listed = self.done(self.client.meeting.list(user_id=self.host["id"], type="upcoming"), 200)["meetings"]
        self.assertIn((number, "Changed"), [(one["id"], one["topic"]) for one in listed])
        self.done(self.client.meeting.delete(id=number), 204)
        self.heard("meeting.deleted", id=number)
        self.refused(self.client.meeting.get(id=number), 404, 3001)

    def test_a_weekly_seminar_loses_one_sitting_and_keeps_the_others(self):
        rule = {"type": 2, "repeat_interval": 1, "weekly_days": "3", "end_times": 4}
        series = self.make(topic="Seminar", type=8, start_time=self.in_days(2), duration=90, timezone="America/New_York", recurrence=rule)
        sittings = series["occurrences"]
        self.assertEqual(len(sittings), 4)
        starts = [datetime.datetime.fromisoformat(one["start_time"][:19]) for one in sittings]
        self.assertTrue(all(later - earlier in WEEK_ACROSS_CLOCK_CHANGES for earlier, later in zip(starts, starts[1:])), starts)
        second = sittings[1]["occurrence_id"]
        alone = self.read(series["id"], occurrence_id=second)
        self.assertEqual(alone["start_time"], sittings[1]["start_time"])
        self.done(self.client.meeting.delete(id=series["id"], occurrence_id=second), 204)
        left = [one for one in self.read(series["id"])["occurrences"] if one["status"] == "available"]
        self.assertEqual([one["occurrence_id"] for one in left], [sittings[place]["occurrence_id"] for place in (0, 2, 3)])
        self.assertEqual(self.heard("meeting.deleted", id=series["id"])["occurrences"][0]["occurrence_id"], second)
        self.done(self.client.meeting.delete(id=series["id"]), 204)
        self.refused(self.client.meeting.get(id=series["id"]), 404, 3001)

    def test_who_registers_waits_until_the_host_says_yes(self):
        number = self.make(topic="By approval", type=2, start_time=self.in_days(5), settings={"approval_type": 1})["id"]
        people = [("Ann", "ann@example.org"), ("Ben", "ben@example.org"), ("Cem", "cem@example.org")]
        ids = {}
        for name, email in people:
            one = self.done(self.client.meeting.add_registrant(id=number, email=email, first_name=name, last_name="Guest"), 201)
            ids[name] = one["registrant_id"]
            self.assertNotIn("tk=", one.get("join_url", ""), "nobody gets in before the host agrees")
        self.heard("meeting.registration_created", id=number)
        self.assertEqual(self.registered(number, "pending"), {"Ann", "Ben", "Cem"})
        self.decide(number, "approve", ids["Ann"], "ann@example.org")
        self.decide(number, "deny", ids["Ben"], "ben@example.org")
        self.assertEqual(self.heard("meeting.registration_approved", id=number)["registrant"]["email"], "ann@example.org")
        self.assertEqual(self.heard("meeting.registration_denied", id=number)["registrant"]["email"], "ben@example.org")
        self.assertEqual([self.registered(number, status) for status in ("approved", "denied", "pending")], [{"Ann"}, {"Ben"}, {"Cem"}])
        listed = self.done(self.client.meeting.list_registrants(id=number, status="approved"), 200)["registrants"]
        self.assertIn("tk=", listed[0]["join_url"])
        self.decide(number, "cancel", ids["Ann"], "ann@example.org")
        self.heard("meeting.registration_cancelled", id=number)
        self.assertEqual(self.registered(number, "approved"), set())

    def registered(self, number, status):
        listed = self.done(self.client.meeting.list_registrants(id=number, status=status), 200)
        self.assertEqual(listed["total_records"], len(listed["registrants"]))
        return {one["first_name"] for one in listed["registrants"]}

    def decide(self, number, action, registrant, email):
        one = {"id": registrant, "email": email}
        self.done(self.client.meeting.update_registrant_status(id=number, action=action, registrants=[one]), 204)

    def test_a_call_is_held_ended_and_remembered_whatever_its_uuid_looks_like(self):
        awkward = set()
        for attempt in range(40):
            if {"slash first", "two slashes"} <= awkward:
                break
            number = self.make(topic=f"Held {attempt}", type=2, start_time=self.in_days(0), duration=20)["id"]
            uuid = self.hold(number)
            awkward |= {kind for kind, is_so in (("slash first", uuid[0] == "/"), ("two slashes", "//" in uuid)) if is_so}
        self.assertEqual(awkward, {"slash first", "two slashes"}, "no awkward UUID in forty calls")

    def hold(self, number):
        """Two people come and the host ends it; answers the UUID of what is past."""
        self.control("POST", f"meetings/{number}/simulate", names=["Maya", "Noor"])
        self.heard("meeting.started", id=str(number))
        self.assertEqual(self.read(number)["status"], "started")
        self.done(self.client.meeting.update_status(id=number, action="end"), 204)
        uuid = self.heard("meeting.ended", id=str(number))["uuid"]
        past = self.client.past_meeting
        self.assertEqual([one["uuid"] for one in self.done(past.list(meeting_id=str(number)), 200)["meetings"]], [uuid])
        told = self.done(past.get(meeting_id=uuid), 200)
        self.assertEqual((told["id"], told["participants_count"]), (number, 2))
        came = self.done(past.get_participants(meeting_id=uuid), 200)["participants"]
        self.assertEqual({one["name"] for one in came}, {"Maya", "Noor"})
        return uuid

    def test_reports_tell_of_a_call_by_day_host_and_participant(self):
        made = self.make(topic="Reported", type=2, start_time=self.in_days(0), duration=20)
        self.hold(made["id"])
        today = datetime.datetime.now(datetime.timezone.utc)
        reports = self.client.report
        came = self.done(reports.get_meeting_participants_report(id=made["id"]), 200)["participants"]
        self.assertEqual({one["name"] for one in came}, {"Maya", "Noor"})
        days = self.done(reports.get_daily_report(year=today.year, month=today.month), 200)["dates"]
        used = next(one for one in days if one["date"] == today.strftime("%Y-%m-%d"))
        self.assertGreaterEqual((used["meetings"], used["participants"]), (1, 2))
        span = {"start_time": today - datetime.timedelta(days=2), "end_time": today}
        held = self.done(reports.get_user_report(user_id=self.host["id"], **span), 200)["meetings"]
        self.assertIn((made["id"], "Reported", 2), [(one["id"], one["topic"], one["participants_count"]) for one in held])
        hosts = self.done(reports.get_account_report(**span), 200)
        active = {one["email"]: one["meetings"] for one in hosts["users"]}
        self.assertGreaterEqual(active[self.host["email"]], 1)
        self.assertEqual(hosts["total_meetings"], sum(active.values()))
        self.refused(reports.get_meeting_participants_report(id=123), 404, 3001)

    def test_what_is_wrong_is_refused_as_zoom_refuses_it(self):
        refused = self.client.meeting.create(user_id=self.host["id"], topic="x" * 201, type=2)
        self.refused(refused, 400, 300)
        self.assertEqual(refused.json()["errors"][0]["field"], "topic")
        self.refused(self.client.meeting.create(user_id="nobody@example.org", topic="x", type=2), 404, 1001)
        self.refused(self.client.past_meeting.get(meeting_id="AAAAAAAAAAAAAAAAAAAAAA=="), 404, 3001)
        number = self.make(topic="Open to all", type=2)["id"]
        self.refused(self.client.meeting.add_registrant(id=number, email="a@example.org", first_name="A"), 400, 300)


# On the clocks of New York a week is seven days, also where they were changed within it.
WEEK_ACROSS_CLOCK_CHANGES = [datetime.timedelta(days=7, hours=hours) for hours in (-1, 0, 1)]


if __name__ == "__main__":
    unittest.main()
