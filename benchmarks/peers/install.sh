#!/usr/bin/env bash
# Installs what the mail intake is measured beside (Debian 12, as root): django-helpdesk from PyPI, Redmine and Request
# Tracker from Debian's packages. Each has its own folder and database below the folder given; what is there stays.
# None of it is ever part of the product.
set -euo pipefail
peers=${1:-/tmp/tanggap-peers}
mkdir -p "$peers"

if [ ! -x "$peers/django/bin/python" ]; then
    python3 -m venv "$peers/django"
    "$peers/django/bin/pip" install --quiet 'django-helpdesk>=2.6,<3'
fi

export DEBIAN_FRONTEND=noninteractive
debconf-set-selections <<'SAID'
redmine redmine/instances/default/dbconfig-install boolean false
request-tracker5 request-tracker5/dbconfig-install boolean false
request-tracker5 request-tracker5/rtname string peer
SAID
apt-get install --yes --quiet --no-install-recommends redmine redmine-sqlite request-tracker5 rt5-db-sqlite

if [ ! -f "$peers/redmine/ready" ]; then
    mkdir -p "$peers"/redmine/{config,files,log,tmp}
    printf 'production:\n  adapter: sqlite3\n  database: %s/redmine/redmine.db\n' "$peers" >"$peers/redmine/config/database.yml"
    head -c 40 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$peers/redmine/config/secret_key.txt"
    (
        cd /usr/share/redmine
        # an instance of Debian's Redmine is a folder below its own, and may be somewhere else this way
        export X_DEBIAN_SITEID="../../../..$peers/redmine" RAILS_ENV=production REDMINE_LANG=en SCHEMA="$peers/redmine/schema.rb"
        rake db:migrate >/dev/null
        rake redmine:load_default_data
    )
    touch "$peers/redmine/ready"
fi

if [ ! -f "$peers/rt/ready" ]; then
    mkdir -p "$peers/rt/none"
    cat >"$peers/rt/RT_SiteConfig.pm" <<SITE
Set(\$rtname, 'peer'); Set(\$Organization, 'peer'); Set(\$WebDomain, 'localhost');
Set(\$DatabaseType, 'SQLite'); Set(\$DatabaseName, '$peers/rt/rt.db');
Set(\$MailCommand, 'testfile'); Set(\$LogToSyslog, undef); Set(\$LogToSTDERR, 'error');
1;
SITE
    RT_SITE_CONFIG="$peers/rt/RT_SiteConfig.pm" RT_SITE_CONFIG_DIR="$peers/rt/none" \
        rt-setup-database-5 --action init --skip-create </dev/null >/dev/null
    touch "$peers/rt/ready"
fi
