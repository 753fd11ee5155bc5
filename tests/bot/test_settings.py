"""The settings: their defaults, their mistakes, and what `.env.example` says of them."""

import re
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import PREFIX, Settings, SettingsError, load_settings

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / ".env.example"
PLACEHOLDER = re.compile(r"\$\{(\w+)\}")


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def names_of_settings():
    return {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def names_in_shipped_desks():
    files = [path for path in (ROOT / "desks").rglob("*.yaml") if path.is_file()]
    return {name for path in files for name in PLACEHOLDER.findall(path.read_text(encoding="utf-8"))}


def example(*, shown: bool = True) -> str:
    """Return the example; with `shown` as if whoever copied it had said the defaults as well."""
    text = EXAMPLE.read_text(encoding="utf-8")
    return re.sub(rf"^#(?={PREFIX})", "", text, flags=re.MULTILINE) if shown else text


def test_the_example_names_every_setting_and_every_secret_of_the_shipped_desks_and_nothing_else():
    named = set(dotenv_values(stream=StringIO(example())))
    assert named == names_of_settings() | names_in_shipped_desks()


def test_a_copy_of_the_example_says_nothing_over_what_a_unit_of_systemd_says():
    assert not any(dotenv_values(stream=StringIO(example(shown=False))).values())


def test_each_variable_of_the_example_stands_below_its_reason():
    lines = example().splitlines()
    unexplained = [
        line
        for above, line in zip(["", *lines], lines, strict=False)
        if re.match(r"\w+=", line) and not re.match(r"# |\w+=", above)
    ]
    assert unexplained == []


def test_the_example_as_it_stands_changes_no_default(tmp_path):
    untouched = load_settings()
    (tmp_path / ".env").write_text(example(), encoding="utf-8")
    assert load_settings() == untouched
    assert untouched.database_url == "sqlite:///var/tanggap.db"
    assert untouched.public_url == "http://127.0.0.1:8000"


def test_the_environment_wins_over_the_dotenv_file(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text(
        "TANGGAP_HTTP_PORT=9000\nTANGGAP_SMTP_PORT=9025\nTELEGRAM_TOKEN=1:file\nIMAP_URL=\n"
    )
    monkeypatch.setenv("TANGGAP_HTTP_PORT", "9001")
    settings = load_settings()
    assert (settings.http_port, settings.smtp_port) == (9001, 9025)
    assert settings.public_url == "http://127.0.0.1:9001"
    assert settings.environment["TELEGRAM_TOKEN"] == "1:file"
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:environment")
    assert load_settings().environment["TELEGRAM_TOKEN"] == "1:environment"


def test_database_and_files_follow_the_data_folder(monkeypatch):
    monkeypatch.setenv("TANGGAP_DATA_DIR", "/srv/tanggap")
    settings = load_settings()
    assert settings.database_url == "sqlite:////srv/tanggap/tanggap.db"
    assert settings.files == Path("/srv/tanggap/files")
    monkeypatch.setenv("TANGGAP_BLOBS_URL", "file:///mnt/files%20here")
    assert load_settings().files == Path("/mnt/files here")


@pytest.mark.parametrize(
    ("host", "url"), [("0.0.0.0", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000")]
)
def test_a_server_that_listens_elsewhere_is_reached_by_a_usable_url(monkeypatch, host, url):
    monkeypatch.setenv("TANGGAP_HTTP_HOST", host)
    assert load_settings().local_url == url


def test_the_desks_are_those_of_the_current_folder_or_else_those_that_came_with_the_program(
    tmp_path, monkeypatch
):
    assert (load_settings().desks_folder / "itb-care-center" / "desk.yaml").is_file()
    (tmp_path / "desks").mkdir()
    assert load_settings().desks_folder == Path("desks")
    monkeypatch.setenv("TANGGAP_DESKS", "elsewhere")
    assert load_settings().desks_folder == Path("elsewhere")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("HTTP_PORT", "eighty", 'TANGGAP_HTTP_PORT: expected a port from 1 to 65535, not "eighty".'),
        ("SMTP_PORT", "70000", 'TANGGAP_SMTP_PORT: expected a port from 1 to 65535, not "70000".'),
        (
            "SMTP_KEY",
            "/etc/key.pem",
            'TANGGAP_SMTP_KEY: expected a file in PEM, beside TANGGAP_SMTP_CERTIFICATE, not "/etc/key.pem".',
        ),
        ("SMTP_PROTOCOL", "uucp", 'TANGGAP_SMTP_PROTOCOL: expected smtp or lmtp, not "uucp".'),
        (
            "HTTP_HOST",
            "a b",
            'TANGGAP_HTTP_HOST: expected a host to listen on, such as 127.0.0.1, not "a b".',
        ),
        ("LOG_FORMAT", "xml", 'TANGGAP_LOG_FORMAT: expected console or json, not "xml".'),
        (
            "PUBLIC_URL",
            "desk.example.ac.id",
            'TANGGAP_PUBLIC_URL: expected the address under which others reach this, such as https://desk.example.ac.id, not "desk.example.ac.id".',
        ),
        (
            "DATABASE_URL",
            "mysql://root:geheim@host/x",
            "TANGGAP_DATABASE_URL: expected sqlite:///path or postgresql://user:password@host/database.",
        ),
        (
            "BLOBS_URL",
            "s3://key:geheim@bucket",
            "TANGGAP_BLOBS_URL: expected a folder such as file:///srv/tanggap/files, or s3://bucket/prefix.",
        ),
    ],
)
def test_a_mistake_is_one_clear_line_without_secrets(monkeypatch, name, value, expected):
    monkeypatch.setenv(f"TANGGAP_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == expected


def test_a_dotenv_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / ".env").write_bytes(b"TANGGAP_HTTP_PORT=\xff\xfe")
    with pytest.raises(SettingsError, match=r"^\.env is not a text in UTF-8\.$"):
        load_settings()


def test_desk_files_cannot_name_what_is_the_installations_own(monkeypatch):
    monkeypatch.setenv("TANGGAP_SECRET_KEY", "k" * 32)
    assert not [name for name in load_settings().environment if name.startswith("TANGGAP_")]


def test_a_misspelt_or_weak_setting_is_a_warning(monkeypatch):
    monkeypatch.setenv("TANGGAP_HTP_PORT", "1")
    monkeypatch.setenv("TANGGAP_SECRET_KEY", "short")
    settings = load_settings()
    assert settings.warnings == (
        "TANGGAP_HTP_PORT is no setting; did you mean TANGGAP_HTTP_PORT?",
        "TANGGAP_SECRET_KEY is short; take at least 32 random characters.",
    )
    assert "short" not in repr(settings)
