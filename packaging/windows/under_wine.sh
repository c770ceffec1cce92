#!/bin/sh
# Installs silently under wine, and over itself, plays the journeys, uninstalls. Wine is not Windows: what passes here is no proof there.
# usage: under_wine.sh SETUP.exe DIR
#
# Debian's wine 8 lacks four things that Windows 10 has, and only this script makes up for them: icuuc.dll, of which
# Qt asks a few functions it can do without; an export of mscms.dll; bcryptprimitives.dll; and a working WMI behind Python's _wmi.pyd.
set -e
exec < /dev/null

setup=$(readlink -f "$1")
mkdir -p "$2"
dir=$(readlink -f "$2")
export WINEPREFIX="$dir/prefix" WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=;icuuc,mscms,bcryptprimitives=n,b"
export QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES="*=false"
gcc=x86_64-w64-mingw32-gcc
command -v "$gcc" > /dev/null || { echo "$gcc is missing: apt-get install gcc-mingw-w64-x86-64"; exit 1; }

say() { echo "$1"; }
home='C:\Tukar'
drive="$WINEPREFIX/drive_c/Tukar"

wineboot --init > /dev/null 2>&1
wine "$setup" /S /CurrentUser "/D=$home"
# Once more over itself, as a repair does it.
wine "$setup" /S /CurrentUser "/D=$home"
version=$(cat "$drive/current.txt")
program="$drive/versions/$version"
[ -f "$program/python.exe" ] || { echo "nothing was installed"; exit 1; }
[ -z "$(find "$drive/versions" -maxdepth 1 -name '.*' ! -name .)" ] || { echo "the second time left something behind"; exit 1; }
say "installed $version"

# Stand-ins that answer every function with 0, under the names that the Qt libraries ask for.
for library in icuuc mscms; do
    names=$(x86_64-w64-mingw32-objdump -p "$program"/packages/PySide6/Qt6*.dll "$program"/packages/PySide6/plugins/*/*.dll \
        | awk -v dll="$library.dll" 'tolower($3) == dll {on = 1; next} /DLL Name/ {on = 0}
            on && NF >= 3 && $1 ~ /^[0-9a-f]+$/ && $NF ~ /^[A-Za-z_]/ {print $NF}' | sort -u)
    [ -n "$names" ] || continue
    for name in $names; do echo "__declspec(dllexport) long long $name(void) { return 0; }"; done > "$dir/$library.c"
    "$gcc" -shared -nostdlib -Wl,--entry=0 -fno-builtin -w -o "$program/packages/PySide6/$library.dll" "$dir/$library.c"
    cp "$program/packages/PySide6/$library.dll" "$program/$library.dll"
done
rm -f "$program/_wmi.pyd"
# Rust's random numbers come from a library that wine 8 has not; this one hands them on from where wine has them.
cat > "$dir/prng.c" << 'END'
unsigned char __stdcall SystemFunction036(void *, unsigned long);
__declspec(dllexport) int ProcessPrng(unsigned char *to, unsigned long long size) {
    return SystemFunction036(to, (unsigned long)size) ? 1 : 0;
}
END
"$gcc" -shared -nostdlib -Wl,--entry=0 -w -o "$program/bcryptprimitives.dll" "$dir/prng.c" -ladvapi32

# Wine's console programs want a pipe to write to; how they ended is seen in what they left behind.
tukar() { wine "$program/python.exe" -m tukar "$@" 2>&1 | cat; }
tukar --version | grep -q "$version"
tukar demo --offscreen --tour "Z:$dir/tour"
grep -q '"ok": true' "$dir/tour/tour.json"
if grep -q '"ok": false' "$dir/tour/tour.json"; then
    echo "a journey did not end as it should: $(grep '"trouble"' "$dir/tour/tour.json")"
    exit 1
fi
say "played $(grep -c '"ok"' "$dir/tour/tour.json") journeys"

wine "$drive/Uninstall.exe" /CurrentUser /S "_?=$home"
[ ! -e "$program" ] || { echo "the program is still there"; exit 1; }
wineserver --wait
say "installed, sold and removed $version under $(wine --version)"
