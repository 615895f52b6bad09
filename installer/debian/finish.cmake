# SPDX-License-Identifier: Apache-2.0
# Run by CPack between installing and packing: what Debian's policy asks of a package and no other system does.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
    return()
endif()

find_program(GZIP gzip REQUIRED)
# Without name and time, so that the same files make the same package (policy sections 12.1 and 12.7).
function(compress)
    foreach(file IN LISTS ARGN)
        execute_process(COMMAND ${GZIP} -9nf ${file} COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
endfunction()

find_program(STRIP strip)
function(strip_wholly)
    foreach(file IN LISTS ARGN)
        execute_process(COMMAND ${STRIP} --strip-all --remove-section=.comment --remove-section=.note ${file} COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
endfunction()

# The date of the newest entry: that of the build, or the one that a reproducible build gives.
string(TIMESTAMP day "%a, %d %b %Y %H:%M:%S +0000" UTC)

foreach(part IN ITEMS "cli;mailoscope-cli" "window;mailoscope")
    list(GET part 0 component)
    list(GET part 1 package)
    set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}/usr)
    if(NOT IS_DIRECTORY ${root})
        continue()
    endif()
    set(docs ${root}/share/doc/${package})
    # The text of the licence is /usr/share/common-licenses/Apache-2.0 (policy section 12.5); the sample's stand in copyright.
    file(REMOVE ${docs}/LICENSE ${docs}/SAMPLE.md)
    file(RENAME ${docs}/CHANGELOG.md ${docs}/changelog)
    file(COPY ${CPACK_MAILOSCOPE_INSTALLER}/debian/copyright DESTINATION ${docs}
        FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
    file(WRITE ${docs}/changelog.Debian
"${package} (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * Release ${CPACK_PACKAGE_VERSION}: see changelog.gz beside this file.

 -- ${CPACK_PACKAGE_CONTACT}  ${day}
")
    file(GLOB programs ${root}/bin/*)
    strip_wholly(${programs})
    file(GLOB manuals ${root}/share/man/man1/*.1)
    compress(${docs}/changelog ${docs}/changelog.Debian ${manuals})
    file(READ ${CPACK_MAILOSCOPE_INSTALLER}/debian/lintian-overrides overrides)
    file(WRITE ${root}/share/lintian/overrides/${package} "${overrides}")
endforeach()
