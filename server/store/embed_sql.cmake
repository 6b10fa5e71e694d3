# Writes each SQL file as a string constant named after it.
set(text "#pragma once\n\n#include <string_view>\n\nnamespace sdc::store::sql {\n\n")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} sql)
  # Comments go: they may hold what ends a statement.
  string(REGEX REPLACE "--[^\n]*\n" "\n" sql "${sql}")
  string(APPEND text "inline constexpr std::string_view k${name} = R\"~(${sql})~\";\n\n")
endforeach()
string(APPEND text "}\n")
file(WRITE ${OUTPUT} "${text}")
