#!/usr/bin/env bash
# install-container-tools.sh: installs what the tests of the container image and of transparent mode run with: podman with
# runc, network namespaces, packet filters; and what the image's libraries and authorities are taken from. From Debian or
# Ubuntu, as root. Where that can't be done it says so and ends with 0: those tests then say that they were not run.
set -uo pipefail
packages=(podman runc conmon iproute2 iptables util-linux ca-certificates)
commands=(podman runc conmon ip iptables ip6tables setpriv)

missing() {
  local command
  for command in "${commands[@]}"; do
    command -v "$command" >/dev/null || printf '%s ' "$command"
  done
  [ -d /usr/share/ca-certificates/mozilla ] || printf 'ca-certificates '
}

notice() {
  printf 'NOTICE: the image and transparent mode are not tested here: %s\n' "$1"
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
