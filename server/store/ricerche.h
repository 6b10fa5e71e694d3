#pragma once

#include "server/store/conteggi.h"
#include "server/store/database.h"
#include "server/store/snapshot.h"

#include <string>
#include <vector>

namespace sdc::store {

/// The words of a text as the search compares them: folded, and cut at all that is neither letter nor digit; each once.
std::vector<std::string> paroleOf(const std::string& text);
/// The same, as column ricerca keeps them.
std::string ricercaOf(const std::string& text);

/// Which pratiche a search looks among.
struct Ricerca
{
    std::vector<std::string> parole;
    /// One fila, or "" for all.
    std::string fila;
    /// Only these services, unless all.
    bool tuttiServizi = true;
    std::vector<std::string> servizi;
};

/// A statement that gives the numbers, as `trovata`, of pratiche that hold every word, or a longer one that begins with
/// it, newest first; its values are :parole and :piu_recenti.
const char* ricercaSql(Kind kind);

/// Has what this snapshot searches planned for its words: of a common one the newest rows are read, of a rare one the
/// index. PostgreSQL's one plan for all words reads a whole million rows for a rare one.
void planForWords(Snapshot& snapshot);
/// What to bind as :parole.
std::string interrogazione(Kind kind, const Ricerca& ricerca);

/// Puts a pratica where the search finds it, moves it or takes it away, as its places before and after say.
void reindex(Transaction& transaction, const Posto& before, const Posto& after);
/// Indexes all pratiche anew.
void rebuildRicerche(Transaction& transaction);

}
