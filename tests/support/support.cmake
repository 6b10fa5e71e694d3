# What tests of the server share; each room that needs it includes this file.
include_guard(GLOBAL)

add_library(test_support STATIC ${CMAKE_SOURCE_DIR}/tests/support/scratch.cpp
            ${CMAKE_SOURCE_DIR}/tests/support/rows.cpp ${CMAKE_SOURCE_DIR}/tests/support/world.cpp)
target_link_libraries(test_support PUBLIC server autorita_carte Qt6::Test PRIVATE sdc_options)
target_compile_definitions(test_support PRIVATE SDC_SHARE_DIR="${CMAKE_BINARY_DIR}/share/stanza")
add_dependencies(test_support resources)
