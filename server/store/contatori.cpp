#include "server/store/contatori.h"

#include "server/store/sql.h"

#include <stdexcept>

namespace sdc::store {

long long nextValue(Transaction& transaction, const char* counter)
{
    long long value = 0;
    Sql sql(transaction, "UPDATE contatori SET valore = valore + 1 WHERE nome = :nome RETURNING valore");
    sql.use("nome", counter).into(value);
    if (!sql.next())
        throw std::runtime_error("contatore sconosciuto");
    return value;
}

}
