"""What of the desk file leads outside: the accounts on each channel, the directory, the webhooks; each with its fields.

A secret is a variable's name here: what the environment holds is not known to the pages, and what a file gives away
stays hidden.
"""

from console.settings.fields import Field, Kind, Rows
from console.settings.made_of import Group, Page, choice, flag, items, number, secret, some, text

TWILIO, CLOUD = "twilio", "cloud"
CSV, LDAP, HTTP = "csv", "ldap", "http"
_SHARED_WITH = some("shared_with", sample="unit-lain")
_API = text("api", sample="http://127.0.0.1:8081")

_WHATSAPP = Rows(
    path=("accounts", "whatsapp"),
    is_single=True,
    by="provider",
    fields=(
        choice("provider", choices=(TWILIO, CLOUD), usual=TWILIO),
        text("sender", sample="+62811223344"),
        text("account_sid", sample="${TWILIO_ACCOUNT_SID}", only=(TWILIO,)),
        secret("auth_token", sample="${TWILIO_AUTH_TOKEN}", only=(TWILIO,)),
        text("messaging_service_sid", only=(TWILIO,)),
        text("reopen_sid", only=(TWILIO,)),
        text("phone_number_id", sample="106540352242922", only=(CLOUD,)),
        text("business_account_id", sample="102290129340398", only=(CLOUD,)),
        secret("access_token", sample="${WHATSAPP_ACCESS_TOKEN}", only=(CLOUD,)),
        secret("app_secret", sample="${WHATSAPP_APP_SECRET}", only=(CLOUD,)),
        secret("verify_token", sample="${WHATSAPP_VERIFY_TOKEN}", only=(CLOUD,)),
        _SHARED_WITH,
        _API,
    ),
)
_TELEGRAM = Rows(
    path=("accounts", "telegram"),
    is_single=True,
    fields=(
        secret("token", sample="${TELEGRAM_TOKEN}"),
        some("agents_group", sample="-1001234567890"),
        number("group_calls_per_minute", sample="20"),
        secret("webhook_secret", sample="${TELEGRAM_WEBHOOK_SECRET}"),
        _SHARED_WITH,
        _API,
    ),
)
_EMAIL = Rows(
    path=("accounts", "email"),
    is_single=True,
    fields=(
        text("address", sample="bantuan@example.ac.id"),
        text("name"),
        secret("imap", sample="${IMAP_URL}"),
        secret("relay", sample="${SMTP_RELAY_URL}"),
        flag("plus_addresses", usual=False),
        flag("copy_participants", usual=False),
        text("trusted_results", sample="mx.example.ac.id"),
        text("oauth", sample="google"),
        text("oauth_client_id"),
        secret("oauth_client_secret", sample="${OAUTH_CLIENT_SECRET}"),
        secret("oauth_refresh_token", sample="${OAUTH_REFRESH_TOKEN}"),
        text("oauth_scope"),
    ),
)
_WEBCHAT = Rows(
    path=("accounts", "webchat"),
    is_single=True,
    is_bare=True,
    fields=(
        text("name"),
        some("allowed_origins", sample="https://lms.example.ac.id"),
        secret("identity_secret", sample="${WEBCHAT_IDENTITY_SECRET}"),
        text("identity_issuer", sample="https://lms.example.ac.id"),
    ),
)
ACCOUNTS = Page(
    key="accounts",
    keys=("accounts",),
    groups=tuple(
        Group(key=rows.path[-1], items=(rows,)) for rows in (_WHATSAPP, _TELEGRAM, _EMAIL, _WEBCHAT)
    ),
)
DIRECTORY = Page(
    key="directory",
    keys=("directory",),
    groups=(
        Group(
            key="directory",
            items=(
                Rows(
                    path=("directory",),
                    is_single=True,
                    most=1,
                    by="kind",
                    fields=(
                        choice("kind", choices=(CSV, LDAP, HTTP)),
                        text("path", sample="people.csv", only=(CSV,)),
                        text("url", only=(LDAP, HTTP)),
                        text("base", sample="ou=people,dc=example,dc=ac,dc=id", only=(LDAP,)),
                        text("bind_dn", sample="cn=reader,dc=example,dc=ac,dc=id", only=(LDAP,)),
                        secret("password", sample="${LDAP_PASSWORD}", only=(LDAP,)),
                        text("filter", sample="(objectClass=person)", only=(LDAP,)),
                        text("ca", sample="ca.pem", only=(LDAP,)),
                        text("email_url", sample="https://host/people?mail={email}", only=(HTTP,)),
                        text("entries", sample="data.items", only=(HTTP,)),
                        Field(
                            path=("headers",),
                            kind=Kind.PAIRS,
                            sample="Authorization: Bearer ${DIRECTORY_TOKEN}",
                            only=(HTTP,),
                        ),
                        *(text("fields", name) for name in ("number", "name", "email", "unit", "status")),
                    ),
                ),
            ),
        ),
    ),
)
WEBHOOKS = Page(
    key="webhooks",
    keys=("webhooks",),
    groups=(
        Group(
            key="webhooks",
            items=(
                Rows(
                    path=("webhooks",),
                    most=20,
                    fields=(
                        text("id", sample="lms"),
                        text("url", sample="https://lms.example.ac.id/tanggap"),
                        secret("secret", sample="${LMS_WEBHOOK_SECRET}"),
                        items("events", sample="ticket.*, message.received"),
                        choice("identity", choices=("masked", "full"), usual="masked"),
                    ),
                ),
            ),
        ),
    ),
)
