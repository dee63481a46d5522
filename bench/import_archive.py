"""How long an archive takes to come in, and how much memory: one JSON object a line (make bench-import).

The sample goes through the whole product (upload, worker, report page); the large archive through the
command line, so that its process's peak memory can be told.
"""

import http.cookiejar
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAKER = ROOT / "tests" / "data" / "make_archive.py"
SAMPLE = ROOT / "kith" / "archive" / "sample" / "sample-archive.zip"
PORT = "8197"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        environment = os.environ | {"KITH_DATA": str(folder / "data"), "PORT": PORT}
        kith = subprocess.Popen(
            [sys.executable, "-m", "kith", "up"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            link = _wait_for_link(kith)
            print(json.dumps(_sample(link)), flush=True)
            print(json.dumps(_large(folder, environment)), flush=True)
        finally:
            kith.send_signal(signal.SIGINT)
            kith.wait(20)


def _wait_for_link(kith: subprocess.Popen[str]) -> str:
    assert kith.stdout
    for line in kith.stdout:
        if found := re.search(r"http://\S+/link/\S+", line):
            return found.group(0)
    raise SystemExit("Kith did not come up.")


def _sample(link: str) -> dict[str, object]:
    """From the press on upload to the drawn report."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    origin = link.split("/link/")[0]
    _post(browser, link, {})
    time.sleep(8)  # the demo's own sample is out of the way by then
    began = time.monotonic()
    page, address = _upload(browser, f"{origin}/bring-in/")
    while "/start/" not in page:
        time.sleep(0.1)
        page = browser.open(address).read().decode()
    previewed = time.monotonic()
    page = _post(browser, address + "start/", {"mine": "on", "headline": "on", "place": "on"}, page=page)
    while "/take-back/" not in page:
        time.sleep(0.1)
        page = browser.open(address).read().decode()
    imported = time.monotonic()
    browser.open(f"{origin}/report/").read()
    done = time.monotonic()
    return {
        "what": "sample, from upload to report",
        "preview_s": round(previewed - began, 2),
        "import_s": round(imported - previewed, 2),
        "report_s": round(done - imported, 2),
        "seconds": round(done - began, 2),
        "goal_s": 8,
    }


def _large(folder: Path, environment: dict[str, str]) -> dict[str, object]:
    """30,000 connections with 25,000 messages, by the command line."""
    archive = folder / "large.zip"
    making = [sys.executable, MAKER, "--connections", "30000", "--messages", "25000", "--out", archive]
    subprocess.run(making, check=True, stdout=subprocess.DEVNULL)
    member = [sys.executable, "-m", "kith", "member", "add", "large@example.org", "--name", "Large Book"]
    subprocess.run(member, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    began = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "kith",
        "import-archive",
        archive,
        "--member",
        "large@example.org",
        "--json",
    ]
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return {
        "what": "30,000 connections, 25,000 messages",
        "exit": child.returncode,
        "seconds": round(time.monotonic() - began, 2),
        "goal_s": 60,
        "peak_mb": round(used.ru_maxrss / 1024),
        "goal_mb": 300,
    }


def _post(
    browser: urllib.request.OpenerDirector, address: str, fields: dict[str, str], page: str = ""
) -> str:
    token = _token(page or browser.open(address).read().decode())
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
    return browser.open(address, body).read().decode()


def _upload(browser: urllib.request.OpenerDirector, address: str) -> tuple[str, str]:
    token = _token(browser.open(address).read().decode())
    edge = uuid.uuid4().hex
    body = (
        (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="archive"; filename="a.zip"\r\n\r\n'
        ).encode()
        + SAMPLE.read_bytes()
        + f"\r\n--{edge}--\r\n".encode()
    )
    request = urllib.request.Request(address, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})
    answer = browser.open(request)
    return answer.read().decode(), answer.url


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "no form on the page"
    return found.group(1)


if __name__ == "__main__":
    main()
