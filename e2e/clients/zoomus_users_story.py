"""zoomus, unchanged: people come to an account, get a role, change, and go."""

import unittest

from sandbox import Story


class Users(Story):
    def make(self, email, first_name, last_name, action="custCreate", kind=2):
        info = {"email": email, "type": kind, "first_name": first_name, "last_name": last_name}
        return self.client.user.create(action=action, user_info=info)

    def emails(self, **asked):
        return [user["email"] for user in self.done(self.client.user.list(**asked), 200)["users"]]

    def test_the_app_knows_who_made_it(self):
        me = self.done(self.client.user.me(), 200)
        self.assertEqual(me["email"], self.host["email"])
        self.assertEqual(self.done(self.client.user.get(id=me["email"]), 200)["id"], me["id"])

    def test_a_teacher_comes_changes_and_goes(self):
        email = "wanda@example.org"
        self.assertFalse(self.done(self.client.user.check_email(email=email), 200)["existed_email"])
        made = self.done(self.make(email, "Wanda", "Wiesel"), 201)
        self.assertEqual((made["email"], made["type"]), (email, 2))
        self.assertEqual(self.heard("user.created", id=made["id"])["email"], email)
        self.assertTrue(self.done(self.client.user.check_email(email=email), 200)["existed_email"])
        self.refused(self.make(email, "Wanda", "Again"), 409, 1005)

        self.assertIsNone(self.done(self.client.user.update(id=made["id"], last_name="Wolf", dept="Physics"), 204))
        self.assertEqual(self.heard("user.updated", id=made["id"])["last_name"], "Wolf")
        read = self.done(self.client.user.get(id=made["id"]), 200)
        self.assertEqual((read["first_name"], read["last_name"], read["dept"]), ("Wanda", "Wolf", "Physics"))

        self.done(self.client.user.update_status(id=made["id"], action="deactivate"), 204)
        self.heard("user.deactivated", id=made["id"])
        self.assertNotIn(email, self.emails())
        self.assertIn(email, self.emails(status="inactive"))
        self.done(self.client.user.update_status(id=made["id"], action="activate"), 204)
        self.heard("user.activated", id=made["id"])
        self.assertIn(email, self.emails(status="active"))

        self.done(self.client.user.delete(id=made["id"], action="delete"), 204)
        self.heard("user.deleted", id=made["id"])
        self.refused(self.client.user.get(id=made["id"]), 404, 1001)
        self.assertNotIn(email, self.emails())

    def test_who_is_invited_is_pending_until_they_come(self):
        made = self.done(self.make("ines@example.org", "Ines", "Invited", action="create"), 201)
        self.assertNotIn("ines@example.org", self.emails())
        self.assertIn("ines@example.org", self.emails(status="pending"))
        self.assertEqual(self.heard("user.created", id=made["id"])["email"], "ines@example.org")

    def test_a_long_list_comes_page_by_page(self):
        invited = [f"pupil{number}@example.org" for number in range(5)]
        for email in invited:
            self.done(self.make(email, "Pupil", email[5], kind=1), 201)
        found, token = [], ""
        while True:
            page = self.done(self.client.user.list(page_size=2, next_page_token=token), 200)
            self.assertLessEqual(len(page["users"]), 2)
            found += [user["email"] for user in page["users"]]
            token = page["next_page_token"]
            if not token:
                break
        self.assertEqual(len(found), page["total_records"])
        self.assertEqual(len(set(found)), len(found), "nobody is listed twice")
        self.assertLessEqual(set(invited), set(found))
        second = self.done(self.client.user.list(page_size=2, page_number=2), 200)
        self.assertEqual([user["email"] for user in second["users"]], found[2:4])

    def test_a_role_is_made_given_and_taken_away(self):
        role = self.client.role
        rights = ["User:Read", "User:Edit"]
        made = self.done(role.create(name="Head of science", description="Knows people", privileges=rights), 200)
        self.assertIn(made["id"], [one["id"] for one in self.done(role.list(), 200)["roles"]])
        self.assertEqual(self.done(role.get(id=made["id"]), 200)["name"], "Head of science")
        user = self.done(self.make("hedda@example.org", "Hedda", "Head"), 201)
        self.done(role.assign(id=made["id"], members=[{"id": user["id"]}]), 201)
        members = self.done(role.get_members(id=made["id"]), 200)["members"]
        self.assertEqual([one["email"] for one in members], ["hedda@example.org"])
        self.done(role.unassign(id=made["id"], member=user["id"]), 204)
        self.assertEqual(self.done(role.get_members(id=made["id"]), 200)["members"], [])
        self.done(role.delete(id=made["id"]), 200)
        self.refused(role.get(id=made["id"]), 400, 1034)

    def test_what_is_wrong_is_refused_as_zoom_refuses_it(self):
        self.refused(self.client.user.get(id="nobody@example.org"), 404, 1001)
        self.refused(self.client.user.create(action="invent", user_info={"email": "x@example.org", "type": 1}), 400, 300)
        self.refused(self.client.user.update_status(id=self.host["id"], action="dance"), 400, 300)


if __name__ == "__main__":
    unittest.main()
