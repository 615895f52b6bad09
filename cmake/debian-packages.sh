# SPDX-License-Identifier: Apache-2.0
# The Debian packages that Mailoscope is built, run and tested with: the one list of them, valid on Debian 12 and 13.
# Sourced by app/run and tests/run; POSIX shell. `a|b` means the first of them that the system's Debian has.

packages_to_build='
cmake g++ ninja-build pkg-config
qt6-base-dev qt6-svg-dev|libqt6svg6-dev qt6-svg-plugins|libqt6svg6 fonts-dejavu-core
libc-ares-dev libidn2-dev libpsl-dev libpugixml-dev libqpdf-dev libssl-dev zlib1g-dev nlohmann-json3-dev'

packages_to_test='
libyaml-cpp-dev libspf2-dev nsd unbound python3 python3-jsonschema
bind9 bind9-dnsutils bind9-utils python3-yaml
appstream desktop-file-utils shared-mime-info man-db mandoc fish zsh
poppler-utils qpdf'

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Prints those of the packages named that are missing, with their alternatives.
missing_packages() {
    for wanted in "$@"; do
        found=
        for package in $(echo "$wanted" | tr '|' ' '); do
            if is_installed "$package"; then
                found=1
                break
            fi
        done
        [ -n "$found" ] || echo "$wanted"
    done
}

# The first alternative that apt knows.
choose_package() {
    for package in $(echo "$1" | tr '|' ' '); do
        if apt-cache show "$package" >/dev/null 2>&1; then
            echo "$package"
            return
        fi
    done
    echo "Debian has none of: $1" >&2
    return 1
}

# Installs what is missing of the packages named, as root or through sudo, and says what.
install_packages() {
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "These packages are missing, and there is no apt-get to install them with:" $missing >&2
        return 1
    fi
    as_root=
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "These packages are missing; install them as root:" $missing >&2
            return 1
        fi
        as_root=sudo
    fi
    echo "Installing the packages that are missing:" $missing >&2
    $as_root apt-get update -qq >&2 || return 1
    chosen=
    for wanted in $missing; do
        chosen="$chosen $(choose_package "$wanted")" || return 1
    done
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $chosen >&2
}
