# SPDX-License-Identifier: Apache-2.0
# mailoscope_embed_resource(TARGET FUNCTION FILE) compiles FILE into TARGET; `std::string_view FUNCTION()` in
# namespace mailoscope gives its octets. They become an array of numbers and not a string literal: MSVC ends
# literals at 64 KiB, joined ones included.
#
# The same file is the script that writes the source at build time (cmake -P).
if(CMAKE_SCRIPT_MODE_FILE)
    file(READ "${INPUT}" octets HEX)
    string(REGEX REPLACE "(................................................................)" "\\1\n" octets "${octets}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," octets "${octets}")
    get_filename_component(name "${INPUT}" NAME)
    file(WRITE "${OUTPUT}" "// Made from ${name} by EmbedResource.cmake.
#include <string_view>

namespace mailoscope {

std::string_view ${FUNCTION}();

namespace {
// clang-format off
const unsigned char Octets[] = {
${octets}
};
// clang-format on
} // namespace

std::string_view ${FUNCTION}()
{
    return {reinterpret_cast<const char *>(Octets), sizeof Octets};
}

} // namespace mailoscope
")
    return()
endif()

set(MAILOSCOPE_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(mailoscope_embed_resource target function file)
    get_filename_component(input ${file} ABSOLUTE)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded/${function}.cpp)
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -D INPUT=${input} -D OUTPUT=${output} -D FUNCTION=${function}
                -P ${MAILOSCOPE_EMBED_SCRIPT}
        DEPENDS ${input} ${MAILOSCOPE_EMBED_SCRIPT}
        VERBATIM)
    target_sources(${target} PRIVATE ${output})
endfunction()
