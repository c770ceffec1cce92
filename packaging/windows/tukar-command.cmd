@echo off
rem Tukar on the command line: the version that current.txt names.
set /p TUKAR_VERSION=<"%~dp0current.txt"
"%~dp0versions\%TUKAR_VERSION%\python.exe" -m tukar %*
