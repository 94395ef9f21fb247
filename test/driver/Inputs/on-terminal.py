#!/usr/bin/env python3
"""on-terminal.py COMMAND...: runs it with a terminal as stdout, and prints
what it says there, ESC for the sign that begins escape sequences."""
import os
import pty
import subprocess
import sys

leader, follower = pty.openpty()
process = subprocess.Popen(sys.argv[1:], stdout=follower, stderr=subprocess.DEVNULL)
os.close(follower)
try:
    while data := os.read(leader, 65536):
        sys.stdout.buffer.write(data.replace(b"\r\n", b"\n").replace(b"\x1b", b"ESC"))
except OSError:  # how Linux says that nobody writes any more
    pass
sys.exit(process.wait())
