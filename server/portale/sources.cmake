# The citizens' pages.
target_sources(server PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/accessi.cpp
  ${CMAKE_CURRENT_LIST_DIR}/accesso.cpp
  ${CMAKE_CURRENT_LIST_DIR}/allegati.cpp
  ${CMAKE_CURRENT_LIST_DIR}/bozze.cpp
  ${CMAKE_CURRENT_LIST_DIR}/campi.cpp
  ${CMAKE_CURRENT_LIST_DIR}/compilazione.cpp
  ${CMAKE_CURRENT_LIST_DIR}/condizioni.cpp
  ${CMAKE_CURRENT_LIST_DIR}/conferma_email.cpp
  ${CMAKE_CURRENT_LIST_DIR}/dati.cpp
  ${CMAKE_CURRENT_LIST_DIR}/enti.cpp
  ${CMAKE_CURRENT_LIST_DIR}/frame.cpp
  ${CMAKE_CURRENT_LIST_DIR}/invio.cpp
  ${CMAKE_CURRENT_LIST_DIR}/pagine.cpp
  ${CMAKE_CURRENT_LIST_DIR}/passo_pagina.cpp
  ${CMAKE_CURRENT_LIST_DIR}/pratica.cpp
  ${CMAKE_CURRENT_LIST_DIR}/pratiche.cpp
  ${CMAKE_CURRENT_LIST_DIR}/profilo.cpp
  ${CMAKE_CURRENT_LIST_DIR}/righe.cpp
  ${CMAKE_CURRENT_LIST_DIR}/ripresa.cpp
  ${CMAKE_CURRENT_LIST_DIR}/servizi.cpp
  ${CMAKE_CURRENT_LIST_DIR}/stanza.cpp
  ${CMAKE_CURRENT_LIST_DIR}/termini.cpp
  ${CMAKE_CURRENT_LIST_DIR}/testi.cpp)
