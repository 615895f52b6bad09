# SPDX-License-Identifier: Apache-2.0
# On Windows, in a developer prompt of Visual Studio 2022, with vcpkg (VCPKG_ROOT) and NSIS or WiX: NOT TRIED, see ../README.md.
param([ValidateSet('NSIS', 'WIX')] [string] $Generator = 'NSIS')
$ErrorActionPreference = 'Stop'
$root = Resolve-Path "$PSScriptRoot/../.."
$build = "$root/build/windows"
cmake -S $root -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF `
    "-DCMAKE_TOOLCHAIN_FILE=$env:VCPKG_ROOT/scripts/buildsystems/vcpkg.cmake" "-DVCPKG_MANIFEST_DIR=$PSScriptRoot"
if ($LASTEXITCODE) { throw 'The configuration failed.' }
cmake --build $build
if ($LASTEXITCODE) { throw 'The build failed.' }
# Qt's libraries and plugins beside the programs, where the installer's rules pick them up.
windeployqt --release --no-translations --no-system-d3d-compiler --dir "$build/deploy" "$build/bin/mailoscope.exe" "$build/bin/mailoscope-cli.exe"
Push-Location $build
cpack -G $Generator -D "CPACK_INSTALLED_DIRECTORIES=$build/deploy;bin"
Pop-Location
