#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/pratica/stato.h"
#include "core/protocollo/numero_protocollo.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sdc {

struct Cittadino;
struct Operatore;
struct Definizione;

enum class Decisione { Approva, Rigetta };

/// What the office decided, and why.
struct Esito
{
    Decisione decisione = Decisione::Approva;
    std::string motivazione;

    bool operator==(const Esito&) const = default;
};

/// One step of the iter: the state reached, when, and by whom.
struct Passaggio
{
    Stato stato = Stato::Bozza;
    Instant quando;
    Causa causa = Causa::Sistema;
    /// The id of the citizen, operator or partner; empty where the system acted.
    std::string attore;

    bool operator==(const Passaggio&) const = default;
};

/// A citizen's request and its course. Its verbs keep the iter: each does what it says, or throws a Refusal and
/// changes nothing.
class Pratica
{
public:
    /// What a pratica is made of, as the store keeps it.
    struct Fields
    {
        Id<Pratica> id;
        std::string servizio;
        Id<Definizione> definizione;
        Id<Cittadino> cittadino;
        Stato stato = Stato::Bozza;
        int versione = 0;
        Instant creata;
        std::optional<Instant> inviata;
        Instant modificata;
        Id<Operatore> operatore;
        /// Key of the furthest step reached by the filling in.
        std::string passo;
        std::optional<NumeroProtocollo> protocollo;
        std::optional<NumeroProtocollo> protocolloRisposta;
        std::optional<Esito> esito;
    };

    /// A new draft; its first passaggio is "Bozza".
    static Pratica start(Fields fields);
    /// A pratica as it was stored.
    static Pratica restore(Fields fields) { return Pratica{std::move(fields)}; }

    const Fields& fields() const { return fields_; }
    const Id<Pratica>& id() const { return fields_.id; }
    Stato stato() const { return fields_.stato; }
    int versione() const { return fields_.versione; }
    /// What happened since it was loaded, in order.
    const std::vector<Passaggio>& news() const { return news_; }

    /// Still in the citizen's hands: may be filled in, moved to a newer definition, deleted.
    bool isDraft() const { return stato() == Stato::Bozza; }
    /// Throws Conflict unless it is a draft.
    void requireDraft() const;
    void reachPasso(const std::string& passo, Instant when);
    void moveTo(const Id<Definizione>& definizione, Instant when);

    /// 1000 to 2000: sent by its citizen.
    void submit(Instant when);
    /// 2000 to 3000, with the number in hand.
    void assignProtocollo(const NumeroProtocollo& numero, Instant when);

    /// Whether an operator may take it now: nobody has it, it has its number and it is not yet decided.
    bool canBeTaken() const;
    /// Gives it to `operatore`: 3000 to 4000; one released earlier keeps its state.
    void takeCharge(const Id<Operatore>& operatore, Instant when);
    /// Whether `operatore` has it in charge and it is not yet decided.
    bool isWorkedBy(const Id<Operatore>& operatore) const;
    /// Throws Conflict where it is decided, Forbidden where somebody else has it in charge, or nobody.
    void requireWorkedBy(const Id<Operatore>& operatore) const;
    /// Back under "Pratiche da assegnare"; the state stays.
    void release(const Id<Operatore>& operatore, Instant when);

    /// To 6000 or 8000, by the operator who has it in charge; rejecting needs a motivazione (L. 241/1990 art. 3).
    void decide(const Id<Operatore>& operatore, const Esito& esito, Instant when);
    /// 6000 to 7000, 8000 to 9000, with the number of the response in hand.
    void assignProtocolloRisposta(const NumeroProtocollo& numero, Instant when);

private:
    explicit Pratica(Fields fields) : fields_(std::move(fields)) {}

    /// Changes the state if the iter allows it, and records the passaggio; else throws Conflict.
    void become(Stato stato, Passaggio passaggio);

    Fields fields_;
    std::vector<Passaggio> news_;
};

/// The longest motivazione, in code points.
inline constexpr std::size_t kMaxMotivazione = 10000;

}
