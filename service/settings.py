"""Every setting of the service, with its default: from the environment, from a file, or as it comes.

The environment (`QUALITYCHECK_PORT=9000`) goes before the file (`port = 9000` in `qualitycheck-service.toml`, or in the
file that `QUALITYCHECK_SETTINGS` names). docs/settings.md is made from this file.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from qualitycheck.errors import BadSetting
from qualitycheck.service.access.who import Role
from qualitycheck.service.wrong_settings import sentence

FILE_NAME = "qualitycheck-service.toml"
PREFIX = "QUALITYCHECK_"
WHERE = "QUALITYCHECK_SETTINGS"
FOR_TESTS = "QUALITYCHECK_TEST_"
LOOPBACK = ("127.0.0.1", "::1", "localhost")

Days = Annotated[int, Field(ge=1, le=36_500)]
Share = Annotated[int, Field(ge=1, le=64)]


def _web_address(value: str) -> str:
    wrong = ValueError("must be a web address such as https://reports.example.org")
    try:
        parts = urlsplit(value)
    except ValueError:
        raise wrong from None
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise wrong
    return value.rstrip("/")


def _without_path(value: str) -> str:
    if urlsplit(value).path:
        raise ValueError("must be an address without a path, such as https://reports.example.org")
    return value


def _from_list(value: object) -> object:
    """A list as one writes it in the environment: with commas between, or JSON."""
    if not isinstance(value, str):
        return value
    if not value.lstrip().startswith("["):
        return [part.strip() for part in value.split(",") if part.strip()]
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError('must be a list such as ["127.0.0.1"]') from None


def _networks(value: tuple[str, ...]) -> tuple[str, ...]:
    for one in value:
        try:
            ip_network(one)
        except ValueError:
            raise ValueError('must list addresses or networks, such as ["127.0.0.1", "10.0.0.0/8"]') from None
    return value


def _from_table(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError('must be a table in JSON, such as {"team-leads": "manager"}') from None


WebAddress = Annotated[str, AfterValidator(_web_address)]
Origin = Annotated[WebAddress, AfterValidator(_without_path)]
# NoDecode: what cannot be read is then refused in our own words, like any other value.
Networks = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_from_list), AfterValidator(_networks)]
RoleOf = Annotated[dict[str, Role], NoDecode, BeforeValidator(_from_table)]


class Settings(BaseSettings):
    """What may be set. A wrong one stops the start with one sentence (`load_settings`)."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    # Where it runs
    mode: Literal["own-machine", "office"] = Field(
        "own-machine",
        description="`own-machine`: one person, this computer only, no accounts. `office`: accounts and roles.",
    )
    host: str = Field(
        "127.0.0.1", description="The address it listens on; on one's own machine always this computer's own."
    )
    port: int = Field(8765, ge=0, le=65535, description="The port it listens on; 0: any that is free.")
    public_address: Origin = Field(
        "", description="How people reach it in an office, such as https://reports.example.org; must be https."
    )
    trusted_proxies: Networks = Field(
        (), description="Addresses of the web servers in front whose `X-Forwarded-For` and `-Proto` are believed."
    )
    data_folder: Path = Field(
        default_factory=lambda: user_data_path("qualitycheck", appauthor=False),
        description="Where the store and the keys lie unless told otherwise.",
    )
    configuration: Path | None = Field(None, description="The `qualitycheck.toml` of rules and levels that checks use.")

    # Checking
    workers: Share = Field(
        default_factory=lambda: max(1, min(4, os.cpu_count() or 1)), description="Processes that check."
    )
    queue: int = Field(
        20, ge=0, le=10_000, description="Reports that may wait for a worker; beyond it the answer is 429."
    )
    check_seconds: float = Field(60, gt=0, le=3600, description="The most time one report may take.")
    check_mib: int = Field(1536, ge=64, description="The most memory one report may take in its worker, in MiB.")
    upload_mib: int = Field(64, ge=1, le=1024, description="The largest file that is taken, in MiB.")
    uploads_mib: int = Field(
        512,
        ge=2,
        description="The most memory for what is arriving, all together, in MiB; beyond it the answer is 429.",
    )
    upload_seconds: float = Field(300, gt=0, le=3600, description="The most time that a file may take to arrive.")
    hold_minutes: float = Field(
        30, gt=0, le=720, description="How long a check that is not kept stays in memory after it was last looked at."
    )
    hold_mib: int = Field(512, ge=16, description="The most memory for checks that are held; the oldest go first.")

    # What is kept
    database_url: SecretStr = Field(
        SecretStr(""), description="The store: empty for a file in the data folder, or `postgresql+psycopg://…`."
    )
    key_file: Path | None = Field(
        None, description="The file of the master key; by default `master.key` in the data folder."
    )
    key: SecretStr = Field(
        SecretStr(""), description="The master key itself, instead of a file (newest first, comma between)."
    )
    keyring: Path | None = Field(
        None, description="The folder of the cases' keys; by default `keyring` in the data folder."
    )
    keyring_copy: Path | None = Field(
        None,
        description="A second folder, on another disk, that every case's key is written to and destroyed in as well.",
    )
    draft_days: Days = Field(180, description="Days after its newest draft, decision or reading that a case is kept.")
    reading_days: Days = Field(
        730, description="Days that the figures of a reading are kept; the reading itself goes with its case."
    )
    sample_days: Days = Field(730, description="Days after its last change that an inspector's sample is kept.")
    false_alarm_days: Days = Field(365, description="Days that a reported false alarm is kept.")
    audit_days: Days = Field(2190, description="Days that the audit log is kept.")
    purge_hours: float = Field(24, gt=0, description="Hours between two scheduled purges.")

    # Reading before court
    readers_judge_first: bool = Field(
        False, description="Whether a reader sees what the checker says only after they have judged for themselves."
    )
    expected_reading_share: int | None = Field(
        None,
        ge=0,
        le=100,
        description="Of a hundred reports, how many are to be read before court; said beside how many were. "
        "Unset: none.",
    )

    # Sampling
    inspectors_see_authors: bool = Field(
        False, description="Whether an inspector may see who wrote the reports of a sample."
    )
    frames_folder: Path | None = Field(
        None,
        description="In an office, the folder whose subfolders of reports an inspector may draw samples from; "
        "on one's own machine any folder may be.",
    )

    # Signing in (in an office)
    local_accounts: bool = Field(True, description="Whether people may sign in with a password of this service's own.")
    oidc_issuer: WebAddress = Field("", description="The OpenID Connect provider's address; empty: none.")
    oidc_client_id: str = Field("", description="This service's name at the provider.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="This service's secret at the provider.")
    oidc_name: str = Field("your organisation", description="What the button says: Sign in with …")
    oidc_roles_claim: str = Field(
        "", description="The claim that lists a person's roles or groups; empty: an administrator gives roles."
    )
    oidc_roles: RoleOf = Field(default_factory=dict, description="Which value of that claim is which role.")
    oidc_teams_claim: str = Field(
        "", description="The claim that lists a person's teams; empty: an administrator gives teams."
    )
    session_minutes: float = Field(30, gt=0, description="Minutes without use after which a person is signed out.")
    session_hours: float = Field(12, gt=0, description="Hours after which a person is signed out in any case.")
    sign_in_tries: int = Field(
        10,
        ge=1,
        description="Wrong passwords for one account in 15 minutes; from one address, ten times as many.",
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.mode == "own-machine" and self.host not in LOOPBACK:
            raise ValueError(
                f"host is {self.host}: on one's own machine it listens on 127.0.0.1 only; set mode to office"
            )
        if self.mode == "office":
            if urlsplit(self.public_address).scheme != "https":
                raise ValueError("public_address must be set in an office, and begin with https://")
            if not (self.local_accounts or self.oidc_issuer):
                raise ValueError("nobody could sign in: set oidc_issuer, or local_accounts to true")
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret.get_secret_value()):
            raise ValueError("oidc_issuer needs oidc_client_id and oidc_client_secret")
        if not self.oidc_issuer and (self.oidc_client_id or self.oidc_client_secret.get_secret_value()):
            raise ValueError("oidc_client_id and oidc_client_secret need oidc_issuer, the provider's address")
        if self.uploads_mib <= self.upload_mib:
            raise ValueError(f"uploads_mib must be more than upload_mib, {self.upload_mib}: no such file could arrive")
        if self.key_file and self.key.get_secret_value():
            raise ValueError("key and key_file are both set: keep one")
        return self

    @property
    def is_office(self) -> bool:
        return self.mode == "office"

    @property
    def database(self) -> str:
        """The store's address for SQLAlchemy."""
        return self.database_url.get_secret_value() or f"sqlite:///{(self.data_folder / 'store.db').as_posix()}"

    @property
    def keys_folder(self) -> Path:
        return self.keyring or self.data_folder / "keyring"

    @property
    def held_for(self) -> timedelta:
        return timedelta(minutes=self.hold_minutes)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = Path(os.environ.get(WHERE, FILE_NAME))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)


def load_settings(**given: object) -> Settings:
    """The settings, `given` before all else; raises BadSetting that names the setting, and never shows a secret."""
    named = os.environ.get(WHERE)
    if named and not Path(named).is_file():
        raise BadSetting(f"{WHERE} names {named}, which is not there")
    _refuse_unknown_variables()
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise BadSetting(sentence(error, Settings.model_fields)) from None
    except (ValueError, OSError) as error:  # a file that is not TOML
        raise BadSetting(f"the file of settings {named or FILE_NAME} cannot be read: {error}") from None


def _refuse_unknown_variables() -> None:
    known = {WHERE} | {PREFIX + name.upper() for name in Settings.model_fields}
    for variable in sorted(os.environ):
        name = variable.upper()
        if name.startswith(PREFIX) and not name.startswith(FOR_TESTS) and name not in known:
            raise BadSetting(f"{variable} is no setting of the service: docs/settings.md lists them")
