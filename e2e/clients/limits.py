"""zoomus, unchanged, doing what `cargo xtask bench limits` has our client do: sixteen at a time, and whoever is refused
for being too many waits a second and asks again. What to do comes as JSON in LIMITS; the figures go out as JSON."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

from zoomus import ZoomClient

wish = json.loads(os.environ["LIMITS"])
client = ZoomClient(
    wish["client_id"], wish["client_secret"], wish["account_id"], base_uri=wish["api"], oauth_uri=wish["oauth"]
)


def ask(call):
    """The answer, and how often it was refused before."""
    refused = 0
    while True:
        answer = call()
        if answer.status_code != 429:
            answer.raise_for_status()
            return answer.json(), refused
        refused += 1
        time.sleep(1)


def create(number):
    host = wish["hosts"][number % len(wish["hosts"])]
    made, refused = ask(lambda: client.meeting.create(user_id=host, topic=f"Meeting {number}", type=2))
    return 1, refused, 1 if made["id"] else 0


def read(number):
    host, token, calls, refused, brought = wish["hosts"][number % len(wish["hosts"])], "", 0, 0, 0
    while True:
        page, again = ask(lambda: client.meeting.list(user_id=host, page_size=300, next_page_token=token))
        calls, refused, brought = calls + 1, refused + again, brought + len(page["meetings"])
        token = page.get("next_page_token")
        if not token:
            return calls, refused, brought


def timed(one, times):
    began = time.monotonic()
    with ThreadPoolExecutor(16) as crowd:
        done = list(crowd.map(one, range(times)))
    calls, limited, brought = (sum(column) for column in zip(*done)) if done else (0, 0, 0)
    return {"seconds": time.monotonic() - began, "calls": calls, "limited": limited, "brought": brought}


print(json.dumps({"creates": timed(create, wish["creates"]), "lists": timed(read, wish["lists"])}))
