# SPDX-License-Identifier: Apache-2.0
# What every target of the project shares: the language, the warnings, the sanitizers.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(mailoscope_options INTERFACE)
target_compile_options(mailoscope_options INTERFACE
    $<$<NOT:$<CXX_COMPILER_ID:MSVC>>:-Wall -Wextra -Wpedantic -Wconversion -Wswitch-enum>
    # GCC 12 takes an engaged std::optional for uninitialized memory, and sees overlaps in joining std::strings.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-restrict>
    $<$<AND:$<BOOL:${MAILOSCOPE_WERROR}>,$<NOT:$<CXX_COMPILER_ID:MSVC>>>:-Werror>)
if(MAILOSCOPE_ASSERTIONS)
    target_compile_definitions(mailoscope_options INTERFACE _GLIBCXX_ASSERTIONS)
    string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
endif()
if(MAILOSCOPE_SANITIZE)
    set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(mailoscope_options INTERFACE ${sanitizers})
    target_link_options(mailoscope_options INTERFACE ${sanitizers})
endif()
if(MAILOSCOPE_HARDENING AND NOT MSVC)
    # What Debian asks of its packages, and no path of the machine that builds in what it builds.
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
    target_compile_options(mailoscope_options INTERFACE
        -fstack-protector-strong -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.
        $<$<AND:$<PLATFORM_ID:Linux>,$<COMPILE_LANG_AND_ID:CXX,GNU>>:-fstack-clash-protection>
        $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
    target_link_options(mailoscope_options INTERFACE $<$<PLATFORM_ID:Linux>:-pie -Wl,-z,relro,-z,now,--as-needed>)
endif()
if(MAILOSCOPE_FUZZ)
    # The core tells libFuzzer which ways an input took.
    target_compile_options(mailoscope_options INTERFACE -fsanitize=fuzzer-no-link)
    target_link_options(mailoscope_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# What every target that uses Qt shares.
add_library(mailoscope_qt_options INTERFACE)
target_compile_definitions(mailoscope_qt_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH)
target_link_libraries(mailoscope_qt_options INTERFACE mailoscope_options)

# Headers of others that nearly every source reads, read once a target. Only where a build asks for it: without them (preset
# release) a source that forgets one of its own includes does not compile.
set(mailoscope_std_headers
    <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map>
    <utility> <variant> <vector> <nlohmann/json.hpp>)
set(mailoscope_qt_headers <QObject> <QString> <QStringList> <QTimer> <QPointer> <QList> <QHash> <QVariant>)
set(mailoscope_widget_headers <QtWidgets>)
set(mailoscope_test_headers <QTest> <QSignalSpy> <QCoreApplication> <QFile> <QTemporaryDir> <QElapsedTimer>)

function(mailoscope_precompile target)
    if(MAILOSCOPE_PCH)
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()
