#!/bin/sh
# Babel 2.18.0 and 2.19.0 disagree on how many decimal digits some currencies have.
#
# get_currency_precision() answers from CLDR, which tells how many digits are usual, not from ISO 4217, which
# tells what the minor unit is. Money kept in minor units and formatted by it is off by a factor of a hundred
# for whoever upgrades: format_currency(1234.5, "HUF") is "HUF1,234.50" in one release and "HUF1,234" in the next.
#
# Seen on Python 3.11 (ISO 4217 says 2 for all four):
#   2.18.0 HUF=2 IDR=2 COP=2 RSD=0 HUF1,234.50
#   2.19.0 HUF=0 IDR=0 COP=0 RSD=2 HUF1,234
#
# Exits with 1 when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

ask() {
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/pip" install --quiet --disable-pip-version-check "babel==$1"
    "$folder/$1/bin/python" - <<'PYTHON'
import babel
from babel.numbers import format_currency, get_currency_precision

digits = " ".join(f"{code}={get_currency_precision(code)}" for code in ("HUF", "IDR", "COP", "RSD"))
print(babel.__version__, digits, format_currency(1234.5, "HUF", locale="en_US"))
PYTHON
}

seen="$(ask 2.18.0)
$(ask 2.19.0)"
echo "$seen"
[ "$seen" = "2.18.0 HUF=2 IDR=2 COP=2 RSD=0 HUF1,234.50
2.19.0 HUF=0 IDR=0 COP=0 RSD=2 HUF1,234" ]
