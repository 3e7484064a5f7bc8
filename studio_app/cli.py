"""The command line: python -m studio_app.cli COMMAND. The Makefile gives each a target."""

import argparse
import secrets
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url, text

from services import catalog
from services.core import db, migrations
from services.core.access import SYSTEM
from services.core.config import settings
from services.core.embedded import database_url, program
from services.core.errors import DomainError
from services.core.logs import configure_logs

_EMPTY = "drop schema if exists jobs cascade; drop schema if exists public cascade; create schema public"
_ALL_OR_NOTHING = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--single-transaction", "--set=ON_ERROR_STOP=1")


def migrate(_: argparse.Namespace) -> None:
    _bring_up()
    print(f"The database is at revision {migrations.head()}.")


def prepare(_: argparse.Namespace) -> None:
    """Before every start: migrate, and in demo mode fill a database that nobody has used yet."""
    _bring_up()
    if settings().studio_demo and not _has_people():
        _fill_demo()


def demo(_: argparse.Namespace) -> None:
    if not settings().studio_demo:
        raise DomainError("This would replace all data. Set STUDIO_DEMO=true if this database is a demo.")
    with db.engine().begin() as connection:
        connection.execute(text(_EMPTY))
    migrations.upgrade()
    _fill_demo()


def admin(options: argparse.Namespace) -> None:
    from services import identity

    password = options.password or secrets.token_urlsafe(12)
    db.run(identity.create_admin, SYSTEM, options.email, options.name, password)
    print(f"{options.email} may sign in at {settings().public_url}/login")
    if not options.password:
        print(f"The password is {password}")


def backup(options: argparse.Namespace) -> None:
    _pg("pg_dump", "--format=custom", "--no-owner", f"--file={options.file}")
    print(f"The database is in {options.file}. Uploaded files live under {settings().studio_data}: copy them too.")


def restore(options: argparse.Namespace) -> None:
    """In one transaction. What is there goes as a whole: it may have tables that the backup knows nothing of."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "backup.sql"
        arguments = ("--clean", "--if-exists", "--no-owner", f"--file={script}", str(options.file))
        subprocess.run([program("pg_restore"), *arguments], check=True)
        _pg("psql", *_ALL_OR_NOTHING, f"--command={_EMPTY}", f"--file={script}")
    migrations.upgrade()
    print(f"The database is as {options.file} had it.")


def worker(_: argparse.Namespace) -> None:
    """Does the jobs until it is told to stop."""
    from services import jobs

    configure_logs()
    jobs.work_alone()


def health(_: argparse.Namespace) -> None:
    from services import jobs

    found = db.run(jobs.state)
    print(f"{found.workers} workers, {found.waiting} jobs waiting, {found.failed} failed.")
    if not found.is_well:
        raise DomainError("Nobody does the jobs, or one is stuck: look at the worker's log.")


def _bring_up() -> None:
    """The newest schema, and the first services, hours and settings where there are none yet."""
    migrations.upgrade()
    db.run(catalog.first_catalog)


def _has_people() -> bool:
    with db.engine().connect() as connection:
        return bool(connection.scalar(text('select exists (select from "user")')))


def _fill_demo() -> None:
    import demo

    demo.fill(print)


def _pg(tool: str, *arguments: str) -> None:
    url = make_url(database_url()).set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run([program(tool), f"--dbname={url}", *arguments], check=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m studio_app.cli", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(run: Callable[[argparse.Namespace], None], help: str) -> argparse.ArgumentParser:
        command = commands.add_parser(run.__name__, help=help)
        command.set_defaults(run=run)
        return command

    add(migrate, "bring the database to the newest schema")
    add(prepare, "migrate, and fill demo data at the first start in demo mode")
    add(demo, "throw the demo data away and make it anew")
    new_admin = add(admin, "create an administrator")
    new_admin.add_argument("--email", required=True)
    new_admin.add_argument("--name", default="Administrator")
    new_admin.add_argument("--password", default="", help="made up and printed when left out")
    add(worker, "do the jobs, as a process of its own")
    add(health, "say whether somebody does the jobs; fails where nobody does")
    add(backup, "write the database into FILE").add_argument("file", type=Path)
    add(restore, "replace the database by what FILE holds").add_argument("file", type=Path)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except DomainError as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failure:
        return failure.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
