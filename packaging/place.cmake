# At install time: the unit and the configuration, where the prefix given then says, which may be another than the one at
# configure time. An administrator's configuration stays as it is.
set(root "${CMAKE_INSTALL_PREFIX}")
if(root STREQUAL "/usr")
    set(root "/")  # /usr/etc is nowhere
endif()
foreach(dir IN ITEMS BIN DOC)
    cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_${dir}DIR BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" NORMALIZE
               OUTPUT_VARIABLE CMAKE_INSTALL_FULL_${dir}DIR)
endforeach()
cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_SYSCONFDIR BASE_DIRECTORY "${root}" NORMALIZE OUTPUT_VARIABLE etc)
set(CTICONNECTOR_CONFIG_DIR "${etc}/cticonnector")

configure_file("${SOURCES}/packaging/cticonnector.service.in" "${BINARIES}/cticonnector.service" @ONLY)
file(INSTALL "${BINARIES}/cticonnector.service" DESTINATION "${CMAKE_INSTALL_PREFIX}/lib/systemd/system")

if(EXISTS "$ENV{DESTDIR}${CTICONNECTOR_CONFIG_DIR}/cticonnector.ini")
    message(STATUS "Kept as it is: $ENV{DESTDIR}${CTICONNECTOR_CONFIG_DIR}/cticonnector.ini")
else()
    file(INSTALL "${SOURCES}/config/cticonnector.ini" DESTINATION "${CTICONNECTOR_CONFIG_DIR}")
endif()
