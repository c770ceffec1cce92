#!/bin/sh
# Puts Tukar @VERSION@ into place for this user alone, without root; run it again to repair. Bills and settings lie
# elsewhere (~/.local/share/tukar) and are not touched. `install.sh --remove` takes the program away again.
set -e

here=$(cd "$(dirname "$0")" && pwd)
home=${TUKAR_HOME:-$HOME/.local/opt/tukar}
bin=$HOME/.local/bin
share=${XDG_DATA_HOME:-$HOME/.local/share}

if [ "$1" = --remove ]; then
    rm -rf "$home"
    rm -f "$bin/tukar" "$share/applications/tukar.desktop" "$share/icons/hicolor/scalable/apps/tukar.svg"
    echo "Tukar is removed. The till's own data stays in $share/tukar."
    exit 0
fi

mkdir -p "$home/versions" "$bin" "$share/applications" "$share/icons/hicolor/scalable/apps"
fresh=$home/versions/.@VERSION@.new
rm -rf "$fresh"
cp -R "$here/program" "$fresh"
rm -rf "$home/versions/@VERSION@"
mv "$fresh" "$home/versions/@VERSION@"
# One rename: at every moment the link leads to a whole program.
ln -sfn "versions/@VERSION@" "$home/.current.new"
mv -T "$home/.current.new" "$home/current"
ln -sfn "$home/current/tukar" "$bin/tukar"
sed "s|^Exec=tukar|Exec=$bin/tukar|" "$here/tukar.desktop" > "$share/applications/tukar.desktop"
cp "$here/tukar.svg" "$share/icons/hicolor/scalable/apps/tukar.svg"
echo "Tukar @VERSION@ is installed: $bin/tukar"
