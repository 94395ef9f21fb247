"""A small client of the language server protocol: what the tests of perfidy-clangd share.

Diagnostics are those of the version of a document that was sent last; who asks
for them waits for them, and fails after a minute without.
"""
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

PATIENCE = 60  # seconds for one answer, on a busy machine


class Server:
    """perfidy-clangd as a process. Its log is in `log`, what it sent out of turn in `notes`."""

    def __init__(self, command, folder, capabilities=None, environment=None):
        self.folder = Path(folder)
        self.log_file = self.folder / "server.log"
        # Nothing of the user who runs the tests.
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=open(self.log_file, "wb"), cwd=self.folder,
            env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"),
                 "XDG_CACHE_HOME": str(home / ".cache"), **(environment or {})})
        self.answers, self.published, self.versions, self.requests = {}, {}, {}, 0
        self.news = threading.Condition()
        self.broken = None
        threading.Thread(target=self._read, daemon=True).start()
        self.started = self.ask("initialize", {
            "processId": None, "rootUri": uri(self.folder),
            "capabilities": capabilities or {"textDocument": {
                "publishDiagnostics": {"relatedInformation": True,
                                       "codeDescriptionSupport": True,
                                       "versionSupport": True},
                "codeAction": {"codeActionLiteralSupport": {
                    "codeActionKind": {"valueSet": ["quickfix"]}}}}}})
        self.tell("initialized", {})

    # The protocol.

    def _read(self):
        stream = self.process.stdout
        while True:
            length = None
            while (line := stream.readline().strip()):
                if not line.lower().startswith(b"content-length:"):
                    self.broken = f"not a header of the protocol: {line}"
                    break
                length = int(line.split(b":")[1])
            if length is None or self.broken:
                break
            message = json.loads(stream.read(length))
            with self.news:
                if "id" in message and "method" not in message:
                    self.answers[message["id"]] = message
                elif message.get("method") == "textDocument/publishDiagnostics":
                    what = message["params"]
                    self.published[what["uri"]] = (what.get("version", -1), what["diagnostics"])
                self.news.notify_all()
        with self.news:
            self.broken = self.broken or "the server has closed its output"
            self.news.notify_all()

    def raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))

    def tell(self, method, parameters):
        self.send({"method": method, "params": parameters})

    def wait(self, what, ready):
        with self.news:
            if not self.news.wait_for(lambda: ready() or self.broken, PATIENCE) or not ready():
                sys.exit(f"{what}: {self.broken or 'no answer'}\n{self.log}")

    def ask(self, method, parameters):
        """The whole answer, with `result` or `error`."""
        self.requests += 1
        number = self.requests
        self.send({"id": number, "method": method, "params": parameters})
        self.wait(method, lambda: number in self.answers)
        return self.answers.pop(number)

    # What an editor does.

    def open(self, path, text=None, language="cpp"):
        text = Path(path).read_text() if text is None else text
        self.versions[uri(path)] = 0
        self.tell("textDocument/didOpen", {"textDocument": {
            "uri": uri(path), "languageId": language, "version": 0, "text": text}})

    def change(self, path, text):
        self.versions[uri(path)] += 1
        self.tell("textDocument/didChange", {
            "textDocument": {"uri": uri(path), "version": self.versions[uri(path)]},
            "wantDiagnostics": True, "contentChanges": [{"text": text}]})

    def close(self, path):
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri(path)}})

    def diagnostics(self, path):
        name = uri(path)
        self.wait(f"diagnostics of {path}", lambda:
                  self.published.get(name, (None,))[0] == self.versions[name])
        return self.published[name][1]

    def findings(self, path):
        """Those of perfidy."""
        return [each for each in self.diagnostics(path)
                if str(each.get("code", "")).startswith("perfidy-")]

    def fixes(self, path, diagnostic):
        return self.ask("textDocument/codeAction", {
            "textDocument": {"uri": uri(path)}, "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic], "only": ["quickfix"]}})["result"]

    @property
    def log(self):
        return self.log_file.read_text(errors="replace")

    def stop(self):
        """Ends it as an editor does; demands that it ends well."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        if self.process.wait(PATIENCE) != 0:
            sys.exit(f"perfidy-clangd ended with {self.process.returncode}\n{self.log}")


def fresh(folder):
    """An empty folder that is a project of its own: clangd looks above for flags."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "compile_flags.txt").write_text("-xc++\n-std=c++17\n")


def uri(path):
    return "file://" + quote(str(path))


def apply(text, edits):
    """The text after some TextEdits, which do not overlap."""
    lines = text.split("\n")

    def offset(position):
        return sum(len(line) + 1 for line in lines[:position["line"]]) + position["character"]

    for edit in sorted(edits, key=lambda each: -offset(each["range"]["start"])):
        text = (text[:offset(edit["range"]["start"])] + edit["newText"] +
                text[offset(edit["range"]["end"]):])
    return text
