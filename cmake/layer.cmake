# One place for the flags of every target, and one way to declare a layer.

add_library(cticonnector_flags INTERFACE)
target_compile_features(cticonnector_flags INTERFACE cxx_std_20)
# Boost asserts about what peers send, too, and not always rightly: Beast 1.81 ends the process over a last chunk of which
# three bytes came first, and otherwise reads it as it should
target_compile_definitions(cticonnector_flags INTERFACE BOOST_DISABLE_ASSERTS)
target_compile_options(cticonnector_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
# a designated initializer leaves the other members at their defaults on purpose
target_compile_options(cticonnector_flags INTERFACE -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # reported on correct code: an empty std::optional, the alternatives that a std::variant does not hold, members that the
    # sanitizers hide
    target_compile_options(cticonnector_flags INTERFACE -Wno-maybe-uninitialized)
    if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        target_compile_options(cticonnector_flags INTERFACE -Wno-restrict)  # std::string
    endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # where sources are compiled as one unit, a class of one source looks as if every unit had it, and its names stand above
    # all others; the build that compiles each source by itself looks at both
    set(one_unit $<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>)
    target_compile_options(cticonnector_flags INTERFACE $<${one_unit}:-Wno-subobject-linkage> $<${one_unit}:-Wno-shadow>)
endif()
if(CTICONNECTOR_WERROR)
    target_compile_options(cticonnector_flags INTERFACE -Werror)
endif()
if(CTICONNECTOR_SANITIZE)
    # vptr opens a pipe to see whether memory can be read, and tests take all file handles away
    target_compile_options(cticonnector_flags INTERFACE -fsanitize=${CTICONNECTOR_SANITIZE} -fno-sanitize=vptr
                           -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(cticonnector_flags INTERFACE -fsanitize=${CTICONNECTOR_SANITIZE})
    if(CTICONNECTOR_SANITIZE STREQUAL "thread")
        # the sanitizer knows no fences; Asio's mutexes order what they order
        target_compile_definitions(cticonnector_flags INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
    endif()
endif()

if(CTICONNECTOR_FUZZ)
    target_compile_options(cticonnector_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# cticonnector_layer(NAME SOURCES a.cpp ... [LINKS target ...])
# declares the library cticonnector_NAME (alias cticonnector::NAME). LINKS are the layers below it, public. Every layer may
# use results of Boost.System, so each gets the directory of the Boost that was found.
function(cticonnector_layer name)
    cmake_parse_arguments(layer "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(cticonnector_${name} STATIC ${layer_SOURCES})
    add_library(cticonnector::${name} ALIAS cticonnector_${name})
    target_include_directories(cticonnector_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include)
    target_include_directories(cticonnector_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(cticonnector_${name} PUBLIC ${layer_LINKS} Boost::headers
                          PRIVATE cticonnector_flags ${layer_PRIVATE_LINKS})
endfunction()

# What every test includes, read once. Test code itself is not optimized: it is compiled more often than run.
function(cticonnector_test_headers name)
    target_compile_options(${name} PRIVATE -O0)
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(${name} PRIVATE CTICONNECTOR_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                               CTICONNECTOR_BINARY_DIR="${CMAKE_BINARY_DIR}")
    target_link_libraries(${name} PRIVATE cticonnector_flags GTest::gmock)
    if(NOT name STREQUAL "cticonnector_test_pch")
        target_precompile_headers(${name} REUSE_FROM cticonnector_test_pch)
    endif()
endfunction()

# cticonnector_test(NAME SOURCES a_test.cpp ... LINKS target ... [LABEL unit|slow|app|sim|shell|threads])
# declares one GoogleTest program; every TEST in it becomes one CTest entry. `unit` is for what knows no socket below
# app, `slow` for what walks long: these run without sanitizers; `threads` for what meets another thread: these run once
# more under the thread sanitizer.
function(cticonnector_test name)
    cmake_parse_arguments(test "" "LABEL" "SOURCES;LINKS" ${ARGN})
    if(NOT test_LABEL)
        set(test_LABEL unit)
    endif()
    add_executable(${name} ${test_SOURCES})
    cticonnector_test_headers(${name})
    target_link_libraries(${name} PRIVATE ${test_LINKS} GTest::gtest_main)
    gtest_discover_tests(${name} NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60 PROPERTIES LABELS ${test_LABEL} TIMEOUT 900)
    if(test_LABEL MATCHES "^(threads|slow)$")
        add_dependencies(${test_LABEL}_tests ${name})
    endif()
endfunction()
