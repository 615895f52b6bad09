# SPDX-License-Identifier: Apache-2.0
# Read by CPack for each generator, after the options of Packages.cmake.
if(CPACK_GENERATOR MATCHES "DEB|RPM")
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
endif()
