# What a Windows machine runs on the installer that Linux built: install, sell, update in place, remove.
# usage: powershell -File ci.ps1 -Setup tukar-0.1.0-setup.exe
param([Parameter(Mandatory = $true)][string] $Setup)
$ErrorActionPreference = "Stop"

function Invoke-Whole([string] $File, [string[]] $Arguments) {
    $ended = Start-Process -FilePath $File -ArgumentList $Arguments -Wait -PassThru
    if ($ended.ExitCode -ne 0) { throw "$File ended with status $($ended.ExitCode)" }
}

function Find-Python {
    $version = Get-Content (Join-Path $place "current.txt")
    Join-Path $place "versions\$version\python.exe"
}

$place = Join-Path $env:LOCALAPPDATA "Programs\Tukar-check"
$work = Join-Path ([IO.Path]::GetTempPath()) "tukar-check"
New-Item -ItemType Directory -Force $work | Out-Null
$env:TUKAR_DATA = Join-Path $work "data"

Invoke-Whole $Setup @("/S", "/CurrentUser", "/D=$place")
$python = Find-Python
& $python -m tukar --version
if ($LASTEXITCODE) { throw "the program does not start" }

& $python -m tukar demo --offscreen --tour (Join-Path $work "tour")
if ($LASTEXITCODE) { throw "a journey did not end as it should" }
$journeys = (Get-Content (Join-Path $work "tour\tour.json") | ConvertFrom-Json).journeys
if (-not $journeys -or ($journeys | Where-Object { -not $_.ok })) { throw "a journey did not end as it should" }

# The same version over itself, as a repair and as an upgrade in place do it.
Invoke-Whole $Setup @("/S", "/CurrentUser", "/D=$place")
& (Find-Python) -m tukar doctor --data (Join-Path $work "nothing")
if ($LASTEXITCODE -ne 2) { throw "a folder without a till is refused with status 2" }

Invoke-Whole (Join-Path $place "Uninstall.exe") @("/CurrentUser", "/S", "_?=$place")
if (Test-Path (Join-Path $place "versions")) { throw "the program is still there" }
"$($journeys.Count) journeys, installed over itself and removed"
