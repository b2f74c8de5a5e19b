# cticonnector_codec(NAMESPACE DESCRIPTION file [PROVISIONAL file] CODEC file BASE file PARTS n SOURCES a.cpp ...)
# declares the layer protocol_NAMESPACE: SOURCES and what the generator makes of the description files.
set(CTICONNECTOR_CODECGEN ${CMAKE_CURRENT_LIST_DIR})

function(cticonnector_codec namespace)
    cmake_parse_arguments(codec "" "DESCRIPTION;PROVISIONAL;CODEC;BASE;PARTS" "SOURCES" ${ARGN})
    set(out ${CMAKE_CURRENT_BINARY_DIR}/generated)
    set(public ${out}/include/cticonnector/protocol/${namespace})
    set(headers ${public}/enums.hpp ${public}/messages.hpp ${public}/struct_list.hpp ${out}/tables.hpp)
    set(sources ${out}/enums.cpp ${out}/protocol.cpp)
    foreach(part RANGE 1 ${codec_PARTS})
        list(APPEND sources ${out}/tables_${part}.cpp ${out}/bindings_${part}.cpp)
    endforeach()
    set(arguments --namespace ${namespace} --description ${codec_DESCRIPTION} --codec ${codec_CODEC} --base
                  ${codec_BASE} --parts ${codec_PARTS} --out ${out}
    )
    if(codec_PROVISIONAL)
        list(APPEND arguments --provisional ${codec_PROVISIONAL})
    endif()
    # The stamp carries the time; a generated file whose text is the same keeps its own.
    add_custom_command(
        OUTPUT ${out}/stamp
        BYPRODUCTS ${headers} ${sources}
        COMMAND ${Python3_EXECUTABLE} -B ${CTICONNECTOR_CODECGEN} ${arguments}
        COMMAND ${CMAKE_COMMAND} -E touch ${out}/stamp
        DEPENDS ${codec_DESCRIPTION} ${codec_PROVISIONAL} ${codec_CODEC} ${codec_BASE}
                ${CTICONNECTOR_CODECGEN}/__main__.py ${CTICONNECTOR_CODECGEN}/model.py
                ${CTICONNECTOR_CODECGEN}/emit.py
        WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
        COMMENT "Generating the ${namespace} codec"
        VERBATIM
    )
    add_custom_target(cticonnector_${namespace}_codec DEPENDS ${out}/stamp)
    set_source_files_properties(${headers} ${sources} PROPERTIES GENERATED TRUE)
    cticonnector_layer(protocol_${namespace} SOURCES ${codec_SOURCES} ${sources} LINKS cticonnector::protocol_wire)
    target_include_directories(cticonnector_protocol_${namespace} PUBLIC ${out}/include PRIVATE ${out})
    add_dependencies(cticonnector_protocol_${namespace} cticonnector_${namespace}_codec)
endfunction()
