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

!include FileFunc.nsh

LoadLanguageFile "${NSISDIR}/Contrib/Language files/English.nlf"
LangString NOT_WHOLE ${LANG_ENGLISH} "Tukar is not whole. Install it again; bills and settings stay."
LoadLanguageFile "${NSISDIR}/Contrib/Language files/Indonesian.nlf"
LangString NOT_WHOLE ${LANG_INDONESIAN} "Tukar tidak lengkap. Pasang lagi; struk dan pengaturan tetap ada."

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "Tukar"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "Tukar"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "The Tukar authors, Apache-2.0"

Section
    ClearErrors
    FileOpen $0 "$EXEDIR\current.txt" r
    FileRead $0 $1
    FileClose $0
    IfErrors 0 +3
        MessageBox MB_OK|MB_ICONSTOP "$(NOT_WHOLE)"
        Quit
    ${GetParameters} $2
    Exec '"$EXEDIR\versions\$1\pythonw.exe" -m tukar $2'
SectionEnd
