"""Makes sure of the programs that tests drive and pip cannot bring: Chromium, Redis, PostgreSQL."""

import os
import shutil
import subprocess
import sys
from glob import glob

_PACKAGES = {"chromium": "chromium", "redis-server": "redis-server", "postgres": "postgresql"}


def _has(program: str) -> bool:
    return bool(shutil.which(program) or glob(f"/usr/lib/postgresql/*/bin/{program}"))


def main() -> None:
    missing = [package for program, package in _PACKAGES.items() if not _has(program)]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"The tests need {', '.join(missing)}. Install with: sudo apt-get install {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        subprocess.run(["apt-get", *command], check=True, env=environment)


if __name__ == "__main__":
    main()
