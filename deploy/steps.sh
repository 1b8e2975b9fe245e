# shellcheck shell=bash
# What install and update have in common. Each is a step that may be done twice.
#
# With --root DIR everything is laid under DIR instead of the machine, as whoever calls it: what only a real machine
# can do (packages, users, services) is left out, and each time a line says so.

root="" environment="" archive="" version=""
opt() { echo "$root/opt/byname"; }
lib() { echo "$root/var/lib/byname"; }
etc() { echo "$root/etc/byname"; }

say() { echo "$*"; }
refuse() {
  echo "$*" >&2
  exit 2
}

# On a real machine do it; in a scratch root say that it was left out.
machine() {
  if [ -z "$root" ]; then "$@"; else say "not run in a scratch root: $*"; fi
}

# Take any command of Byname as the desk's user.
byname() { BYNAME_ROOT=$root "$(opt)/current/deploy/byname" "$@"; }

require_root() {
  [ -n "$root" ] || [ "$(id -u)" = 0 ] || refuse "This changes the whole machine and needs root: sudo $0 ..."
}

require_debian() {
  local id version
  id=$(sed -n 's/^ID=//p' "$root/etc/os-release" 2>/dev/null || true)
  version=$(sed -n 's/^VERSION_ID="\(.*\)"/\1/p' "$root/etc/os-release" 2>/dev/null || true)
  case "$id $version" in
    "debian 12" | "debian 13") ;;
    *) refuse "Byname installs itself on Debian 12 or 13 alone; this is ${id:-unknown} $version. Elsewhere: the container (deploy/compose.yaml)." ;;
  esac
}

# The archive must be what SHA256SUMS beside it says.
check_archive() {
  local archive=$1 sums
  sums=$(dirname "$archive")/SHA256SUMS
  [ -f "$archive" ] || refuse "There is no archive $archive. Name it: --archive FILE"
  [ -f "$sums" ] || refuse "Beside $archive lies no SHA256SUMS. Fetch it from where the archive came from."
  (cd "$(dirname "$archive")" && grep -F " $(basename "$archive")" SHA256SUMS | sha256sum --check --status --strict) ||
    refuse "$archive is not what SHA256SUMS says. Fetch both again, and ask the campaign's people if it stays so."
}

# By default it lies beside the unpacked folder that this script stands in. byname-0.3.0.tar.gz is version 0.3.0.
find_archive() {
  archive=$(realpath -m "${archive:-$(realpath "$(dirname "$0")/..").tar.gz}")
  check_archive "$archive"
  version=$(basename "$archive" .tar.gz | sed -n 's/^byname-\([0-9][0-9A-Za-z.+-]*\)$/\1/p')
  [ -n "$version" ] || refuse "$archive is not named as a release is: byname-VERSION.tar.gz"
}

installed_version() { readlink "$(opt)/current" 2>/dev/null | sed 's,^releases/,,' || true; }

# Unpack a release and build its environment from the production lock, beside the one that runs.
lay_release() {
  local folder sum
  folder=$(opt)/releases/$version
  sum=$(sha256sum <"$archive")
  if [ "$(cat "$folder/.complete" 2>/dev/null)" = "$sum" ]; then
    say "Release $version is there already."
    return
  fi
  rm -rf "$folder"
  mkdir -p "$folder"
  tar -xzf "$archive" -C "$folder" --strip-components 1 --no-same-owner --no-same-permissions
  if [ -n "$environment" ]; then
    ln -s "$environment" "$folder/.venv"
  else
    say "Building its environment from requirements.txt (a minute or two)."
    python3 -m venv "$folder/.venv"
    "$folder/.venv/bin/pip" install --quiet --disable-pip-version-check --no-cache-dir --require-hashes --no-deps \
      --only-binary :all: -r "$folder/requirements.txt"
    # Nobody but root writes here, so Python can't keep what it compiles later.
    "$folder/.venv/bin/python" -m compileall -q "$folder/campaign" "$folder/migrations" "$folder/app.py"
  fi
  chmod -R go+rX,go-w "$folder"
  # A build that was broken off, or another archive of this name, is laid anew.
  echo "$sum" >"$folder/.complete"
  say "Release $version laid in $folder."
}

# From now on `current` is this release: one rename, so there is always one.
use_release() {
  ln -sfn "releases/$1" "$(opt)/next"
  mv -T "$(opt)/next" "$(opt)/current"
}

make_users_and_folders() {
  local here
  here=$(opt)/releases/$1/deploy
  install -d "$root/usr/lib/sysusers.d" "$root/usr/lib/tmpfiles.d" "$root/usr/local/sbin"
  install -m 0644 "$here/byname.sysusers" "$root/usr/lib/sysusers.d/byname.conf"
  install -m 0644 "$here/byname.tmpfiles" "$root/usr/lib/tmpfiles.d/byname.conf"
  install -m 0755 "$here/byname" "$root/usr/local/sbin/byname"
  machine systemd-sysusers byname.conf
  machine systemd-tmpfiles --create byname.conf
  # The same folders for whoever plays it.
  [ -z "$root" ] || sed -n 's/^d \(\S*\) *\(\S*\) .*/\1 \2/p' "$here/byname.tmpfiles" |
    while read -r folder mode; do install -d -m "$mode" "$root$folder"; done
}

install_units() {
  local here=$root/etc/systemd/system
  install -d "$here/byname-.service.d"
  install -m 0644 "$(opt)"/current/deploy/units/byname*.{service,target,timer} "$here/"
  install -m 0644 "$(opt)"/current/deploy/units/byname-.service.d/*.conf "$here/byname-.service.d/"
  # Releases before the public site had a file of its own on SQLite run it as the desk's user there.
  if uses_sqlite && [ -f "$(opt)/current/deploy/units/one-user.conf" ]; then
    install -d "$here/byname-public.service.d"
    install -m 0644 "$(opt)/current/deploy/units/one-user.conf" "$here/byname-public.service.d/"
  else
    rm -f "$here/byname-public.service.d/one-user.conf"
  fi
  machine systemctl daemon-reload
}

# What the public site reads is laid out for it: settings of an earlier release say so from here on.
raise_wall() {
  local file group=byname-public
  # In a play there is no such group: that of whoever plays it.
  [ -z "$root" ] || group=$(id -gn)
  for file in desk.env public.env; do
    add_setting "$file" CAMPAIGN_MEDIA "$(lib)/shown/media"
    add_setting "$file" CAMPAIGN_PUBLIC_GROUP "$group"
  done
  if uses_sqlite; then
    add_setting desk.env CAMPAIGN_PUBLIC_DATABASE "$(lib)/shown/public.sqlite"
    grep -q "^CAMPAIGN_DATABASE_URL=\"sqlite:///$(lib)/shown/" "$(etc)/public.env" ||
      sed -i "s,^CAMPAIGN_DATABASE_URL=.*,CAMPAIGN_DATABASE_URL=\"sqlite:///$(lib)/shown/public.sqlite\",
        s,^CAMPAIGN_HOME=.*,CAMPAIGN_HOME=\"$(lib)/public\"," "$(etc)/public.env"
  fi
}

# A line of a file of settings, where it has none of this name.
add_setting() { grep -q "^$2=" "$(etc)/$1" || echo "$2=\"$3\"" >>"$(etc)/$1"; }

# Who asks from outside is told to come again; who runs this may still ask on this machine.
close_door() { touch "$(lib)/door/closed"; }
open_door() { rm -f "$(lib)/door/closed"; }

uses_sqlite() { ! grep -q '^CAMPAIGN_DATABASE_URL="\?postgres' "$(etc)/desk.env"; }

# What the public site may read, and nothing else: the public tables of the release that runs.
grant_public() { uses_sqlite || machine byname database grant-public byname-public --apply; }

as_postgres() { (cd / && runuser -u postgres -- "$@"); }

# The desk and the site answer on this machine, both chains hold.
check_health() {
  # In a play there is no server of a database to ask.
  [ -z "$root" ] || uses_sqlite || { say "not run in a scratch root: the checks"; return; }
  byname ledger verify
  byname audit verify
  machine wait_for 5000 "$(setting CAMPAIGN_STAFF_HOST)" /staff/sign-in
  machine wait_for 5001 "$(setting CAMPAIGN_ADDRESS | sed 's,^https\?://,,; s,/.*,,')" /
}

setting() { sed -n "s/^$1=\"\?\([^\"]*\)\"\?\$/\1/p" "$(etc)/desk.env"; }

# A page is asked for as the proxy asks, for half a minute.
wait_for() {
  local port=$1 host=$2 path=$3 answer=""
  for _ in $(seq 60); do
    answer=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 \
      --header "Host: $host" "http://127.0.0.1:$port$path" || true)
    [ "$answer" != 200 ] || return 0
    sleep 0.5
  done
  echo "Port $port answers $answer for $host$path. Read: journalctl --unit 'byname-*' --since -10min" >&2
  return 1
}
