; The installer for Windows. Each version gets a folder of its own; current.txt names the one in force.
;
; Silent: Tukar-setup.exe /S [/AllUsers | /CurrentUser] [/D=C:\folder without quotes]
; Remove: Uninstall.exe /S keeps the till's data; with /PURGE it goes too, of the user who runs it.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
Name "Tukar"
OutFile "${OUT}"
BrandingText "Tukar ${VERSION}"
SetDateSave off

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Tukar"
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "Tukar"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "Software\Tukar"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "Folder"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "Software\Tukar"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "Folder"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"

!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include x64.nsh

!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Indonesian"

LangString WRONG_WINDOWS ${LANG_ENGLISH} "Tukar needs Windows 10 or 11 with 64 bits."
LangString WRONG_WINDOWS ${LANG_INDONESIAN} "Tukar memerlukan Windows 10 atau 11 dengan 64 bit."
LangString IN_USE ${LANG_ENGLISH} "Tukar is open. Close it, then install again. Nothing was changed."
LangString IN_USE ${LANG_INDONESIAN} "Tukar sedang terbuka. Tutup dulu, lalu pasang lagi. Tidak ada yang berubah."
LangString ALSO_DATA ${LANG_ENGLISH} "Remove this user's bills and settings too? They cannot be brought back without a back-up."
LangString ALSO_DATA ${LANG_INDONESIAN} "Hapus juga struk dan pengaturan pengguna ini? Tanpa cadangan semuanya tidak dapat dikembalikan."
LangString DEMO ${LANG_ENGLISH} "Tukar demo shop"
LangString DEMO ${LANG_INDONESIAN} "Toko contoh Tukar"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "Tukar"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "Installs the till Tukar"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "The Tukar authors, Apache-2.0"

Function .onInit
    ${IfNot} ${RunningX64}
        MessageBox MB_OK|MB_ICONSTOP "$(WRONG_WINDOWS)" /SD IDOK
        SetErrorLevel 3
        Abort
    ${EndIf}
    ; What follows /D is in $INSTDIR already, and choosing the mode would put the usual folder over it.
    StrCpy $R9 $INSTDIR
    !insertmacro MULTIUSER_INIT
    ${If} $R9 != ""
        StrCpy $INSTDIR $R9
    ${EndIf}
FunctionEnd

Function un.onInit
    StrCpy $R9 $INSTDIR
    !insertmacro MULTIUSER_UNINIT
    StrCpy $INSTDIR $R9
FunctionEnd

Section
    ; A version that was broken off before goes; one that is in force is written beside itself first.
    RMDir /r "$INSTDIR\versions\.${VERSION}.new"
    SetOutPath "$INSTDIR\versions\.${VERSION}.new"
    File /r "${TREE}\*.*"
    SetOutPath "$INSTDIR"
    ; The same version over itself: it goes aside in one step, or, while its till is open, not at all.
    RMDir /r "$INSTDIR\versions\.${VERSION}.old"
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\versions\${VERSION}\*.*"
        Rename "$INSTDIR\versions\${VERSION}" "$INSTDIR\versions\.${VERSION}.old"
    ${EndIf}
    ${IfNot} ${Errors}
        Rename "$INSTDIR\versions\.${VERSION}.new" "$INSTDIR\versions\${VERSION}"
    ${EndIf}
    ${If} ${Errors}
        RMDir /r "$INSTDIR\versions\.${VERSION}.new"
        MessageBox MB_OK|MB_ICONSTOP "$(IN_USE)" /SD IDOK
        SetErrorLevel 2
        Abort
    ${EndIf}
    RMDir /r "$INSTDIR\versions\.${VERSION}.old"
    File "/oname=Tukar.exe" "${LAUNCHER}"
    File "/oname=tukar-command.cmd" "${COMMAND}"
    File "/oname=tukar.ico" "${ICON}"
    ; Whoever is signed in may not write here later, so what Python makes of its sources is made now.
    nsExec::Exec '"$INSTDIR\versions\${VERSION}\python.exe" -m compileall -q "$INSTDIR\versions\${VERSION}\packages"'
    Pop $0

    FileOpen $0 "$INSTDIR\current.txt.new" w
    FileWrite $0 "${VERSION}"
    FileClose $0
    Delete "$INSTDIR\current.txt"
    Rename "$INSTDIR\current.txt.new" "$INSTDIR\current.txt"

    CreateShortcut "$SMPROGRAMS\Tukar.lnk" "$INSTDIR\Tukar.exe" "" "$INSTDIR\tukar.ico"
    CreateShortcut "$SMPROGRAMS\$(DEMO).lnk" "$INSTDIR\Tukar.exe" "demo" "$INSTDIR\tukar.ico"
    WriteUninstaller "$INSTDIR\Uninstall.exe"
    WriteRegStr SHCTX "Software\Tukar" "Folder" "$INSTDIR"
    WriteRegStr SHCTX "${KEY}" "DisplayName" "Tukar"
    WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\tukar.ico"
    WriteRegStr SHCTX "${KEY}" "Publisher" "The Tukar authors"
    WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe" /$MultiUser.InstallMode'
    WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /$MultiUser.InstallMode /S'
    WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
    WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    IntFmt $0 "0x%08X" $0
    WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
    RMDir /r "$INSTDIR\versions"
    Delete "$INSTDIR\current.txt"
    Delete "$INSTDIR\Tukar.exe"
    Delete "$INSTDIR\tukar-command.cmd"
    Delete "$INSTDIR\tukar.ico"
    Delete "$INSTDIR\Uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\Tukar.lnk"
    Delete "$SMPROGRAMS\$(DEMO).lnk"
    DeleteRegKey SHCTX "${KEY}"
    DeleteRegKey SHCTX "Software\Tukar"

    SetShellVarContext current
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/PURGE" $R1
    ${IfNot} ${Errors}
        RMDir /r "$LOCALAPPDATA\tukar"
    ${ElseIfNot} ${Silent}
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(ALSO_DATA)" IDNO keep
        RMDir /r "$LOCALAPPDATA\tukar"
        keep:
    ${EndIf}
SectionEnd
