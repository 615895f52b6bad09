# SPDX-License-Identifier: Apache-2.0
# What CPack makes of an installed tree: `cpack -G DEB` (or RPM, TGZ, NSIS, WIX, DragNDrop) in the build folder.
set(MAILOSCOPE_MAINTAINER "Mailoscope maintainers <maintainers@mailoscope.org>" CACHE STRING "Who packages name as their maintainer")
set(MAILOSCOPE_PACKAGE_REVISION 1 CACHE STRING "The revision of the package, counted from 1 for each version")

set(CPACK_PACKAGE_NAME mailoscope)
set(CPACK_PACKAGE_VENDOR Mailoscope)
set(CPACK_PACKAGE_CONTACT "${MAILOSCOPE_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "inspector of SPF, DMARC, DKIM and MTA-STS of mail domains")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL cli window)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# Two packages: a server that only checks domains needs no window. What each depends on is read from what it links, so that
# the command line takes Qt Gui along only where it links it.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${MAILOSCOPE_PACKAGE_REVISION})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_CLI_PACKAGE_NAME mailoscope-cli)
set(CPACK_DEBIAN_CLI_PACKAGE_SECTION net)
set(CPACK_DEBIAN_CLI_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_CLI_DESCRIPTION "Mailoscope shows who may send mail in a domain's name, whether anyone can
forge it, and why. It reads SPF, DMARC, DKIM, BIMI, MTA-STS, TLS-RPT, MX,
STARTTLS, DANE, DNSSEC and CAA, and says so where something could not be seen.
.
This package holds the command line, for scripts, servers and pipelines:
reports as text, JSON and SARIF, check_host() of RFC 7208 step by step, SPF
records compared and flattened, and records made from options.")
set(CPACK_DEBIAN_WINDOW_PACKAGE_NAME mailoscope)
set(CPACK_DEBIAN_WINDOW_PACKAGE_SECTION net)
# The platform plugin for X11 and the engine for SVG icons are loaded at run time, so that no linker names them. The plugin
# is part of libqt6gui6 in both Debians; the icon engine moved into a package of its own.
set(CPACK_DEBIAN_WINDOW_PACKAGE_DEPENDS "qt6-svg-plugins | libqt6svg6 (<< 6.5)")
set(CPACK_DEBIAN_WINDOW_PACKAGE_RECOMMENDS "ca-certificates, qt6-wayland, mailoscope-cli")
set(CPACK_DEBIAN_WINDOW_DESCRIPTION "Mailoscope shows who may send mail in a domain's name, whether anyone can
forge it, and why. It reads SPF, DMARC, DKIM, BIMI, MTA-STS, TLS-RPT, MX,
STARTTLS, DANE, DNSSEC and CAA, and says so where something could not be seen.
.
This package holds the window: the include tree with its look-ups, the budget,
an address walked through the record, findings with fixes that are proven by
evaluating the domain again, and edits of records tried before they are
published. Nothing is uploaded anywhere.")

set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "Apache-2.0 AND MIT")
set(CPACK_RPM_PACKAGE_RELEASE ${MAILOSCOPE_PACKAGE_REVISION})
set(CPACK_RPM_CLI_PACKAGE_NAME mailoscope-cli)
set(CPACK_RPM_WINDOW_PACKAGE_NAME mailoscope)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/share/applications /usr/share/metainfo /usr/share/mime /usr/share/mime/packages /usr/share/icons /usr/share/icons/hicolor
    /usr/share/icons/hicolor/scalable /usr/share/icons/hicolor/scalable/apps /usr/share/icons/hicolor/scalable/mimetypes
    /usr/share/man /usr/share/man/man1 /usr/share/bash-completion /usr/share/bash-completion/completions
    /usr/share/zsh /usr/share/zsh/vendor-completions /usr/share/fish /usr/share/fish/vendor_completions.d)

set(CPACK_WIX_UPGRADE_GUID 6A0E3B8C-3C0B-4E55-9B39-0B1B6A3C7D52)
set(CPACK_NSIS_DISPLAY_NAME Mailoscope)
set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
set(CPACK_NSIS_INSTALLED_ICON_NAME bin/mailoscope.exe)
set(CPACK_PACKAGE_EXECUTABLES mailoscope Mailoscope)
set(CPACK_PACKAGE_INSTALL_DIRECTORY Mailoscope)
set(CPACK_DMG_VOLUME_NAME Mailoscope)

set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_SOURCE_DIR}/package_options.cmake)
set(CPACK_MAILOSCOPE_INSTALLER ${CMAKE_CURRENT_SOURCE_DIR})
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/debian/finish.cmake)
include(CPack)
cpack_add_component(cli DISPLAY_NAME "Command line" DESCRIPTION "mailoscope-cli, for scripts and servers" REQUIRED)
cpack_add_component(window DISPLAY_NAME "Window" DESCRIPTION "mailoscope, the desktop program")
