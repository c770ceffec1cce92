; Tukar.exe: starts the version that current.txt names, with whatever was typed after it, and without a console.

Unicode true
Target amd64-unicode
SetCompressor lzma
Name "Tukar"
OutFile "${OUT}"
Icon "${ICON}"
RequestExecutionLevel user
SilentInstall silent
SetDateSave off
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Tukar"
VIAddVersionKey "FileDescription" "Tukar"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The Tukar authors, Apache-2.0"

!include FileFunc.nsh

Section
    ClearErrors
    FileOpen $0 "$EXEDIR\current.txt" r
    FileRead $0 $1
    FileClose $0
    IfErrors 0 +3
        MessageBox MB_OK|MB_ICONSTOP "Tukar is not whole. Install it again; bills and settings stay."
        Quit
    ${GetParameters} $2
    Exec '"$EXEDIR\versions\$1\pythonw.exe" -m tukar $2'
SectionEnd
