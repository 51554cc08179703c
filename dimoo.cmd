@echo off
rem DiMOO's command line on Windows: finds a JDK 25, builds on first use and after changes, runs.
rem `dimoo --help` tells the rest. What ./dimoo does elsewhere: DIMOO_JAVA_OPTS and DIMOO_PROFILES
rem mean the same here, but that an empty variable is none in Windows: remove app\target\dist to build
rem without the profiles of the last build.
setlocal EnableExtensions DisableDelayedExpansion

set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "LIB=%ROOT%\app\target\dist\lib"
set "STAMP=%ROOT%\app\target\dist\stamp"

rem JAVA_HOME, the PATH, then the places where installers put JDKs; the file `release` tells the version
set "JDK="
call :try_jdk "%JAVA_HOME%"
for %%P in (java.exe) do if not "%%~$PATH:P"=="" call :try_jdk "%%~dp$PATH:P.."
for %%P in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%USERPROFILE%\.jdks" "%LOCALAPPDATA%\Programs\Eclipse Adoptium") do (
  if exist "%%~P\" for /d %%J in ("%%~P\*") do call :try_jdk "%%~J"
)
if not defined JDK (
  echo dimoo: no JDK 25 was found: install one, for example with `winget install EclipseAdoptium.Temurin.25.JDK`, or set JAVA_HOME to it. 1>&2
  exit /b 3
)
set "JAVA_HOME=%JDK%"

rem built if there is no stamp, or a source is newer than it, or other profiles are wanted
set "BUILT="
if exist "%STAMP%" call :read_profiles
if defined DIMOO_PROFILES (set "PROFILES=%DIMOO_PROFILES%") else (set "PROFILES=%BUILT%")
set "WHY="
if not exist "%STAMP%" (set "WHY=first use") else if not "%PROFILES%"=="%BUILT%" (set "WHY=profiles changed") else call :look_for_changes
if defined WHY call :build || exit /b 3

rem LibTorch's threads sleep soon instead of spinning while they wait
if not defined OMP_WAIT_POLICY if not defined GOMP_SPINCOUNT set "GOMP_SPINCOUNT=1000"

rem these make a picture or an answer and end: what C2 compiles comes too late, see bin/brief-runs
set "COMPILING="
for %%C in (generate inpaint outpaint retouch edit ask) do if "%~1"=="%%C" set "COMPILING=-XX:TieredStopAtLevel=1"

rem the models lie outside the Java heap, and JavaCPP would otherwise refuse memory beyond four heaps
"%JAVA_HOME%\bin\java.exe" -cp "%LIB%\*" -Xmx2g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dorg.bytedeco.javacpp.maxphysicalbytes=0 "-Ddimoo.home=%ROOT%" %COMPILING% %DIMOO_JAVA_OPTS% ai.dimoo.app.Main %*
exit /b %ERRORLEVEL%

:try_jdk
if defined JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "VERSION=0"
for /f tokens^=2^ delims^=^=.^" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "VERSION=%%V"
if 1%VERSION% geq 125 set "JDK=%~1"
exit /b 0

:read_profiles
set /p BUILT=<"%STAMP%"
exit /b 0

:look_for_changes
powershell -NoProfile -NonInteractive -Command "$built = (Get-Item -LiteralPath $env:STAMP).LastWriteTimeUtc; $files = @(Get-Item -LiteralPath (Join-Path $env:ROOT 'pom.xml')) + @(Get-ChildItem -Path (Join-Path $env:ROOT '*\pom.xml')) + @(Get-ChildItem -Path (Join-Path $env:ROOT '*\src\main') -Recurse); if ($files | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1) { exit 1 }"
if errorlevel 1 set "WHY=sources changed"
exit /b 0

:build
echo Building DiMOO (%WHY%)... 1>&2
set "WITH="
if defined PROFILES set "WITH=-P%PROFILES%"
if not exist "%ROOT%\app\target" mkdir "%ROOT%\app\target"
rem the time of the stamp is that of the start, so that a source saved meanwhile is built next time
>"%ROOT%\app\target\stamp.new" echo(%PROFILES%
rem jars of another version would stay
if exist "%ROOT%\app\target\dist" rmdir /s /q "%ROOT%\app\target\dist"
pushd "%ROOT%"
call mvnw.cmd -q -B package -DskipTests -pl app -am %WITH% >"%ROOT%\app\target\build.log" 2>&1 <nul
set "STATUS=%ERRORLEVEL%"
popd
if not "%STATUS%"=="0" (
  type "%ROOT%\app\target\build.log" 1>&2
  echo dimoo: the build failed; the whole log is in %ROOT%\app\target\build.log 1>&2
  exit /b 3
)
move /y "%ROOT%\app\target\stamp.new" "%STAMP%" >nul
exit /b 0
