"""The recipes of docs/guide that are marked as run, as they stand there, each in a folder of its own."""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

GUIDE = pathlib.Path(__file__).parents[2] / "docs/guide"
PATIENCE_SECONDS = 60


def recipe(page, name):
    """The text of the block below the mark `<!-- run: name -->`."""
    text = (GUIDE / page).read_text(encoding="utf-8")
    found = re.search(rf"<!-- run: {re.escape(name)} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    if not found:
        raise AssertionError(f"{page} has no recipe that is marked `run: {name}`")
    return found[1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Recipes(unittest.TestCase):
    def setUp(self):
        self.ports = {}
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="eroom-recipe-"))
        self.addCleanup(shutil.rmtree, self.folder)
        programs = self.folder / "bin"
        programs.mkdir()
        (programs / "eroom").symlink_to(os.environ["EROOM_TEST_BINARY"])
        self.env = {name: value for name, value in os.environ.items() if name.lower() not in ("no_proxy", "https_proxy")}
        self.env["PATH"] = f"{programs}{os.pathsep}{self.env['PATH']}"

    def run_it(self, *command):
        done = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        self.assertEqual(done.returncode, 0, f"{done.stdout}\n{done.stderr}")
        return done.stdout + done.stderr

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path.name

    def shell(self, page, name):
        """Runs a recipe in a shell, with ports that are free now in place of those of the page."""
        text = re.sub(r"\b8\d{3}\b", lambda found: self.ports.setdefault(found[0], free_port()), recipe(page, name))
        return self.run_it("sh", "-ec", text)

    def sandbox(self):
        """A sandbox with every way in, as docs/guide/sandbox.md tells to start it."""
        self.ports = {name: free_port() for name in ("8081", "8443", "8444")}
        ways = ["--port", self.ports["8081"], "--proxy-port", self.ports["8443"], "--tls-port", self.ports["8444"]]
        command = ["eroom", "sandbox", *ways, "--ca-out", "zoom-ca.pem", "--json"]
        started = subprocess.Popen(command, cwd=self.folder, env=self.env, stdout=subprocess.PIPE, text=True)
        self.addCleanup(started.stdout.close)
        self.addCleanup(started.wait, 20)
        self.addCleanup(started.terminate)
        zoom = json.loads(started.stdout.readline())["zoom"]
        self.env |= {name.upper(): zoom[name] for name in ("account_id", "client_id", "client_secret")}

    def test_ci_with_shell(self):
        self.assertIn('"topic":"Made in CI"', self.shell("ci.md", "shell"))

    def test_curl_by_each_way_in(self):
        self.sandbox()
        told = self.shell("sandbox.md", "curl by addresses")
        self.env["TOKEN"] = re.search(r'"access_token":"([^"]+)"', told)[1]
        by_proxy = self.shell("sandbox.md", "curl by proxy")
        self.assertIn('"api_url":"https://api.zoom.us"', by_proxy)
        self.assertIn('"email":"ada@northlight.example"', by_proxy)
        self.assertIn("access_token", self.shell("sandbox.md", "curl by tls"))

    def test_node_by_its_addresses_and_by_proxy(self):
        self.sandbox()
        for name in ("zoom.mjs", "proxy.mjs"):
            self.write(name, recipe("sandbox.md", name))
        (self.folder / "node_modules").symlink_to(pathlib.Path(__file__).parent / "node_modules")
        for way in ("node by addresses", "node by proxy"):
            self.assertIn("ada@northlight.example", self.shell("sandbox.md", way))

    def test_ci_with_python(self):
        self.write("test_ci.py", recipe("ci.md", "python"))
        self.assertIn("Ran 1 test", self.run_it(sys.executable, "-m", "unittest"))

    def test_ci_with_node(self):
        self.write("ci.test.mjs", recipe("ci.md", "node"))
        self.assertIn("pass 1", self.run_it("node", "--test", "--test-reporter=spec"))


if __name__ == "__main__":
    unittest.main()
