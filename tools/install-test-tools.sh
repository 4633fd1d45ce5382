#!/usr/bin/env bash
# install-test-tools.sh: installs the programs that some tests run and npm has not: podman with runc, network namespaces
# and packet filters for the container image and transparent mode; Chromium for the live page; curl and botocore, which
# sign by themselves. From Debian or Ubuntu, as root. Where that can't be done it says so and ends with 0: those
# tests then say that they were not run.
set -uo pipefail
packages=(podman runc conmon iproute2 iptables util-linux ca-certificates chromium curl python3-botocore)
commands=(podman runc conmon ip iptables ip6tables setpriv chromium curl)

missing() {
  local command
  for command in "${commands[@]}"; do
    command -v "$command" >/dev/null || printf '%s ' "$command"
  done
  [ -d /usr/share/ca-certificates/mozilla ] || printf 'ca-certificates '
  /usr/bin/python3 -c 'import botocore' 2>/dev/null || printf 'python3-botocore '
}

notice() {
  printf 'NOTICE: some tests will not be run here: %s\n' "$1"
  exit 0
}

[ -z "$(missing)" ] && exit 0
[ "$(uname -s)" = Linux ] || notice 'not Linux'
[ "$(id -u)" = 0 ] || notice "not root, and there is no $(missing)"
command -v apt-get >/dev/null || notice "no apt-get, and there is no $(missing)"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq </dev/null || notice 'apt-get update fails'
apt-get install -y -qq --no-install-recommends "${packages[@]}" </dev/null >/dev/null || notice 'apt-get install fails'
[ -z "$(missing)" ] || notice "installed, but there is still no $(missing)"
