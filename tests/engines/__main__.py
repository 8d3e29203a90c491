"""``python -m tests.engines``: leave a real Neo4j running with the shipped seeds in it."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.engines.neo4j_server import CURRENT, LTS, Missing, Neo4jServer


def main() -> int:
    """Start, load, print the settings; stay until Ctrl-C, or go at once with ``--detach``."""
    parser = argparse.ArgumentParser(prog="python -m tests.engines", description=__doc__)
    parser.add_argument("--release", choices=("lts", "current"), default="lts")
    parser.add_argument("--detach", action="store_true", help="return and leave it running")
    parser.add_argument("--empty", action="store_true", help="load nothing")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="ecosystem-neo4j-"))
    server = Neo4jServer({"lts": LTS, "current": CURRENT}[options.release], home)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(f"Starting Neo4j {server.release.version} ...", file=sys.stderr)
    try:
        process = server.start(detached=options.detach)
        if not options.empty:
            load = [sys.executable, "-m", "ecosystem", "load"]
            subprocess.run(load, env={**os.environ, **server.environment()}, check=True, stdout=2)
        for name, value in server.environment().items():
            print(f"export {name}={value}", flush=True)
        if options.detach:
            print(f"It runs in {home}; 'kill {process}' ends it.", file=sys.stderr)
            return 0
        print("Ctrl-C ends it.", file=sys.stderr)
        signal.pause()
    except Missing as missing:
        print(f"{missing.what}. Install it with: {missing.command}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    except BaseException:
        server.stop()
        raise
    server.stop()
    shutil.rmtree(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
