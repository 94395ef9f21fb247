#!/usr/bin/env python3
"""completion.py PERFIDY: what bash, fish and zsh offer after some words, one line each."""
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

perfidy = sys.argv[1]
LINES = ["sc", "scan --for", "scan --format js", "scan --min-confidence ", "why-not a.cpp:1 que",
         "explain unb", "completion ", "link --no-s"]

with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    for shell, file in (("bash", "perfidy.bash"), ("fish", "perfidy.fish"), ("zsh", "_perfidy")):
        text = subprocess.run([perfidy, "completion", shell], check=True, capture_output=True).stdout
        (folder / file).write_bytes(text)

    def ask(*command):
        result = subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False,
                                env={**os.environ, "HOME": name})
        if result.stderr:
            sys.exit(result.stderr)
        return " ".join(sorted(re.sub(r"\t.*", "", result.stdout).split()))

    for line in LINES:
        words = " ".join(f"'{word}'" for word in ["perfidy", *line.split(" ")])
        print(f"bash {line}: " + ask("bash", "--norc", "-c", f"""
            source ./perfidy.bash
            COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _perfidy
            echo "${{COMPREPLY[@]}}" """))
        print(f"fish {line}: " + ask(
            "fish", "--no-config", "-c", f"source perfidy.fish; complete -C 'perfidy {line}'"))

    # zsh completes only for somebody who types: in a terminal, with a tab.
    def zsh(line):
        script = (f"fpath=({name} $fpath); autoload -Uz compinit; compinit -u -D; PS1='READY>'; "
                  "zstyle ':completion:*' list-colors ''; bindkey '^I' expand-or-complete; "
                  "zle-line() { print -r -- \"<$BUFFER>\"; exit }; zle -N zle-line; "
                  "bindkey '^X' zle-line")
        (folder / ".zshrc").write_text(script + "\n")
        child, terminal = pty.fork()
        if child == 0:
            os.environ.update(ZDOTDIR=name, HOME=name, TERM="dumb")
            os.execvp("zsh", ["zsh", "-i"])
        seen = ""
        while "READY>" not in seen:
            seen += os.read(terminal, 4096).decode(errors="replace")
        os.write(terminal, f"perfidy {line}\t\x18".encode())
        seen = ""
        while not re.search(r"<.*>", seen):
            seen += os.read(terminal, 4096).decode(errors="replace")
        os.close(terminal)
        os.waitpid(child, 0)
        return re.search(r"<(.*)>", seen)[1].strip()

    for line in ("sc", "scan --form", "scan --format js", "explain unb", "why-not a.cpp:1 que"):
        print(f"zsh {line}: {zsh(line)}")
