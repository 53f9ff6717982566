"""A browser's profile on the disk: does it hold a word after signing out, or after a crash?

    .venv/bin/python -m tools.trials.browser_profile

A real Chromium with a profile of its own writes in a draft, leaves the page, searches, has a form
refused, loses its session with words in a box, and reads a book. Then its worker signs out, or
somebody kills it. Every file of the profile is searched for what was typed, searched and read, as
UTF-8 and as UTF-16. The trial does so with scripts and without, and prints what it finds.
"""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, BrowserType, Error, Page, sync_playwright

from tests.journeys.demo import Demo

TYPED, SEARCHED, REFUSED, LATE = "qzheron", "qzkestrel", "qzwagtail", "qzfieldfare"
WRITTEN_WITHIN: Final = 12.0  # seconds: Chromium writes what a session was after 2 to 10 of them
PATIENCE: Final = 10_000  # milliseconds
SAYS: Final = "it is there"  # what must be found, or the trial looks in the wrong place


@dataclass(frozen=True)
class Visit:
    """Where to go: the server, a draft of the worker's, a book, and a name that stands in it."""

    url: str
    draft: str
    book: str
    name: str

    def words(self) -> Mapping[str, str]:
        """Return what must not be found, by what it is."""
        return {
            "typed": TYPED,
            "searched": SEARCHED,
            "typed in a form that was refused": REFUSED,
            "typed when the session was over": LATE,
            "a child's name": self.name,
        }


def work(page: Page, visit: Visit) -> None:
    """Write, search, be refused, lose the session while writing, and read."""
    box = page.get_by_label("Your words").first
    page.goto(visit.url + visit.draft)
    box.fill(f"He saw the {TYPED}.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**saved=1**")
    page.goto(f"{visit.url}/search/")
    page.get_by_label("Words to look for").fill(SEARCHED)
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**again=**")
    page.goto(f"{visit.url}/search/")
    page.get_by_label("Words to look for").fill(REFUSED * 40)  # longer than a search may be
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**again=**")
    _lose_session(page, visit)
    page.goto(visit.url + visit.book)


def _lose_session(page: Page, visit: Visit) -> None:
    """Save words after the session has ended, and take the session up again."""
    page.goto(visit.url + visit.draft)
    page.get_by_label("Your words").first.fill(f"And the {LATE}.")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Nothing you typed is lost").or_(page.get_by_text("you are signed out")).or_(
        page.get_by_text("Not saved")
    ).first.wait_for()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gave itself


def sign_out(page: Page, visit: Visit) -> None:
    """Sign out as people do."""
    page.goto(f"{visit.url}/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "sign-out" not in address)


def kill(profile: Path) -> None:
    """Kill the browser of a profile, with all that belongs to it."""
    mark = f"--user-data-dir={profile}".encode()
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and mark in _command(process):
            os.kill(int(process.name), signal.SIGKILL)


def _command(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


@contextmanager
def profiled(browser: BrowserType, profile: Path, *, scripts: bool) -> Iterator[BrowserContext]:
    """Start a Chromium whose profile is in a folder."""
    context = browser.launch_persistent_context(
        profile,
        executable_path=_chromium(),
        args=[] if os.geteuid() else ["--no-sandbox"],
        java_script_enabled=scripts,
        locale="en-GB",
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield context
    finally:
        with suppress(Error):  # it was killed
            context.close()


def _chromium() -> str:
    return next(
        path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()
    )


def found(profile: Path, words: Mapping[str, str]) -> list[str]:
    """Return what stands in the files of a profile, and where."""
    places = []
    for path in sorted(profile.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        places += [
            f"{what}: {path.relative_to(profile)}"
            for what, word in words.items()
            for kind in ("utf-8", "utf-16-le")
            if word.encode(kind) in content
        ]
    return places


def written(profile: Path, visit: Visit) -> bool:
    """Say whether the browser has put its session on the disk, which is where to look."""
    until = time.monotonic() + WRITTEN_WITHIN
    where = {SAYS: visit.url + visit.book}
    while not any("Session" in place for place in found(profile, where)):
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def main() -> int:
    """Print what is found; 1 if a word is."""
    left = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        Demo(Path(folder) / "demo", days=1) as demo,
        sync_playwright() as playwright,
    ):
        for scripts, end in product((True, False), ("signing out", "a kill")):
            profile = Path(folder) / f"{scripts}-{end}".replace(" ", "-")
            places = _tried(playwright.chromium, profile, demo.url, scripts=scripts, end=end)
            left += len(places)
            how = "with" if scripts else "without"
            print(f"{how} scripts, after {end}: {len(places)} places", *places, sep="\n  ")
    return int(left > 0)


def _tried(browser: BrowserType, profile: Path, url: str, *, scripts: bool, end: str) -> list[str]:
    with profiled(browser, profile, scripts=scripts) as context:
        page = context.pages[0]
        page.goto(f"{url}/demo/")
        page.get_by_role("button", name="Bethan Colley").click()
        page.get_by_role("button", name="Write daily log for Maisie").click()
        page.wait_for_url("**/drafts/**")
        draft = page.url.removeprefix(url)
        page.goto(url)
        book = page.get_by_role("link", name="Maisie").first.get_attribute("href") or ""
        visit = Visit(url, draft, book, "Maisie")
        work(page, visit)
        if not written(profile, visit):
            raise RuntimeError("this Chromium puts no session on the disk: nothing was tried")
        if end == "a kill":
            kill(profile)
            return found(profile, visit.words())
        sign_out(page, visit)
    return found(profile, visit.words())


if __name__ == "__main__":
    sys.exit(main())
