"""What the operator is given to run it by fits the program: units, image, compose file."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.cli.main import THEMES
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
SYSTEMD = ROOT / "deploy" / "systemd"
CONTAINER = ROOT / "deploy" / "container"
COMMAND = ROOT / "deploy" / "tanggap"
CONTAINERFILE = (CONTAINER / "Containerfile").read_text()
UNITS = sorted(path.name for path in SYSTEMD.iterdir())
KNOWN = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def run_by(text):
    """Return the commands of ours that stand in a text."""
    return set(re.findall(r"bin/tanggap ([a-z]+)", text))


def test_every_command_and_every_setting_that_is_named_is_there():
    for path in (*SYSTEMD.iterdir(), *CONTAINER.iterdir(), COMMAND):
        text = path.read_text()
        assert run_by(text) <= THEMES.keys(), path
        assert set(re.findall(rf"\b{PREFIX}[A-Z_]+", text)) <= KNOWN, path


@pytest.mark.parametrize(
    ("unit", "ports"), [("web", {"HTTP_PORT", "SMTP_PORT"}), ("workers", {"WATCH_PORT"})]
)
def test_the_port_of_a_unit_is_its_own_whatever_the_file_of_settings_says(unit, ports):
    """`EnvironmentFile=` wins over `Environment=`."""
    text = (SYSTEMD / f"tanggap-{unit}@.service").read_text()
    (started,) = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
    assert set(re.findall(rf"{PREFIX}(\w+)=2?%i", started)) == ports
    assert "%i" not in "".join(re.findall(r"^Environment=(.+)$", text, re.MULTILINE))


def test_a_command_has_what_the_service_has():
    service, command = (SYSTEMD / "tanggap.service").read_text(), COMMAND.read_text()
    for name in ("WorkingDirectory", "EnvironmentFile"):
        (value,) = re.findall(rf"^{name}=(\S+)$", service, re.MULTILINE)
        assert f"--property={name}={value} " in command
    for option, name in (("uid", "User"), ("gid", "Group")):
        (value,) = re.findall(rf"^{name}=(\S+)$", service, re.MULTILINE)
        assert f"--{option}={value} " in command
    folder = re.search(r"TANGGAP_DATA_DIR=\S+", service)[0]
    assert f"--setenv={folder} " in command


@pytest.fixture
def staged(tmp_path):
    """A root in which everything is that the units name."""
    for program in ("srv/tanggap/.venv/bin/tanggap", "bin/sh", "usr/bin/env", "usr/bin/find"):
        (tmp_path / program).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy("/bin/true", tmp_path / program)
    units = tmp_path / "etc" / "systemd" / "system"
    shutil.copytree(SYSTEMD, units)
    shared = Path("/usr/lib/systemd/system")
    shutil.copytree(
        shared,
        tmp_path / "usr/lib/systemd/system",
        ignore=shutil.ignore_patterns("*.d", "*.wants"),
        symlinks=True,
    )
    for template in units.glob("*@.service"):
        shutil.copy(template, units / template.name.replace("@", "@8001"))
    return tmp_path


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_finds_no_mistake_in_a_unit_and_little_exposed(staged, unit):
    name = unit.replace("@", "@8001")

    def analyze(*words):
        return subprocess.run(
            ["systemd-analyze", *words, f"--root={staged}", name], capture_output=True, text=True, check=False
        )  # fmt: skip

    verified = analyze("verify", "--man=no")
    assert (verified.returncode, verified.stderr) == (0, "")
    if unit.endswith(".service"):
        exposed = analyze("security", "--offline=true", "--threshold=20")
        assert exposed.returncode == 0, exposed.stdout


def test_the_image_is_built_from_locked_hashes_and_runs_as_nobody_in_particular():
    text = CONTAINERFILE
    assert "--require-hashes -r requirements.lock" in text
    assert re.findall(r"^USER (.+)$", text, re.MULTILINE) == ["10001:10001"]
    assert re.search(r"^HEALTHCHECK ", text, re.MULTILINE)
    packages = re.search(r"packages = \[(.*?)\]", (ROOT / "pyproject.toml").read_text())[1]
    copied = set(re.findall(r"^COPY (\w+) \w+$", text, re.MULTILINE))
    assert copied == {*re.findall(r'"(\w+)"', packages), "desks"}
    ignored = (ROOT / ".dockerignore").read_text()
    assert all(f"!{each}\n" in ignored for each in copied)


def test_the_compose_file_names_what_it_has():
    compose = YAML(typ="safe").load(CONTAINER / "compose.yaml")
    services = compose["services"]
    for service in services.values():
        waits_for = service.get("depends_on", ())
        assert set(waits_for) <= services.keys()
        # podman starts no container whose dependency has one, unless that happens to run
        assert not any("depends_on" in services[each] for each in waits_for)
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            if not source.startswith(("$", ".")):
                assert source in compose["volumes"]
    asked = set(re.findall(r"\$\{(\w+):\?", (CONTAINER / "compose.yaml").read_text()))
    offered = set(re.findall(r"^(\w+)=", (CONTAINER / "env.example").read_text(), re.MULTILINE))
    assert asked <= offered
    assert {services[name]["command"][-1] for name in ("web", "workers")} == {"web", "workers"}
    ours = [each for each in services.values() if each["image"].startswith("tanggap:")]
    assert [each.get("pull_policy") for each in ours if "build" not in each] == [
        "never"
    ]  # the other builds it
    (asked_of_the_image,) = re.findall(r"^ +CMD (\[.*\])$", CONTAINERFILE, re.MULTILINE)
    for name in ("web", "workers"):
        assert services[name]["healthcheck"]["test"] == ["CMD", *json.loads(asked_of_the_image)]
    assert (CONTAINER / "Caddyfile").is_file()
