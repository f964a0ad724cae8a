@echo off
rem Opens the course by a double click (Windows): the README's first command, run in the project's folder.
cd /d "%~dp0..\..\.."
py -c "import sys; sys.exit(sys.version_info < (3, 11))"
if errorlevel 1 (
  echo Python 3.11 or newer is missing. Install it from python.org, then double-click this file again.
  pause
  exit /b 1
)
py -m pip install uv && py -m uv run jupyter lab && exit /b 0
echo The course did not open. The README says what to do on a managed machine, or without a network.
pause
