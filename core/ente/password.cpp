#include "core/ente/password.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sdc {
namespace {

constexpr std::size_t kShortest = 10;
constexpr std::size_t kMostBytes = 1000;

// Of ten characters and more, since shorter ones are refused anyway: the heads of the published lists, what Italian
// ones have of their own, and the words of this service.
constexpr std::array<std::string_view, 96> kCommon = {
    "1234567890",      "12345678910",   "0123456789",         "0987654321",           "9876543210",
    "123456789a",      "a123456789",    "1234567891",         "1234512345",           "123123123123",
    "1122334455",      "1029384756",    "147258369a",         "q1w2e3r4t5",           "1q2w3e4r5t",
    "1qaz2wsx3edc",    "1q2w3e4r5t6y",  "qwertyuiop",         "qwertyuiop123",        "qwerty123456",
    "qwerty12345",     "qwerty1234",    "qwertyuiop1",        "qwer1234qwer",         "asdfghjkl1",
    "asdfghjkl123",    "asdfghjkl;",    "zxcvbnm123",         "zxcvbnm,./",           "abcdefghij",
    "abcd123456",      "abc1234567",    "abcdefg123",         "aaaaaaaaaa",           "passwordpassword",
    "password123",     "password1234",  "password12",         "password01",           "password2024",
    "password2025",    "password2026",  "password1!",         "passw0rd123",          "p@ssw0rd123",
    "p@ssword123",     "passwordnuova", "nuovapassword",      "miapassword",          "lamiapassword",
    "changeme123",     "administrator", "administrator1",     "amministratore",       "amministratore1",
    "amministrazione", "admin12345",    "admin123456",        "adminadmin",           "administrador",
    "welcome123",      "welcome1234",   "letmein123",         "iloveyou123",          "iloveyou12",
    "benvenuto1",      "benvenuto123",  "buongiorno",         "buongiorno1",          "ciaociaociao",
    "ciaociao123",     "tiamotanto",    "tiamo12345",         "amoremio123",          "francesco1",
    "alessandro",      "alessandro1",   "alessandra",         "giovanni123",          "giuseppe123",
    "andrea12345",     "juventus1897",  "juventus123",        "forzajuve1",           "forzanapoli",
    "forzamilan1",     "forzainter1",   "interisti1908",      "napoli1926",           "operatore1",
    "operatore123",    "operatori123",  "stanzadelcittadino", "lastanzadelcittadino", "municipio1",
    "comune12345"};

std::string asciiLower(std::string_view text)
{
    std::string all{text};
    std::transform(all.begin(), all.end(), all.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return all;
}

/// One piece over and over, "abcabcabcabc", or each character the next of the one before, "efghijklmnop".
bool isPattern(const std::string& text)
{
    for (std::size_t period = 1; period <= 3; ++period) {
        bool repeats = true;
        for (std::size_t i = period; i < text.size() && repeats; ++i)
            repeats = text[i] == text[i - period];
        if (repeats)
            return true;
    }
    const int step = text.size() < 2 ? 0 : text[1] - text[0];
    bool runs = step == 1 || step == -1;
    for (std::size_t i = 1; i < text.size() && runs; ++i)
        runs = text[i] - text[i - 1] == step;
    return runs;
}

/// The words that everybody who knows the operator tries.
bool isAboutThem(const std::string& password, const Operatore& operatore)
{
    const std::string typed = fold(password);
    const std::string mailbox = operatore.email.substr(0, operatore.email.find('@'));
    for (const std::string& word : {operatore.username, operatore.email, mailbox, operatore.nome + operatore.cognome,
                                    operatore.nome + " " + operatore.cognome, operatore.cognome + operatore.nome,
                                    operatore.cognome + " " + operatore.nome, operatore.nome + "." + operatore.cognome,
                                    operatore.nome, operatore.cognome})
    {
        const std::string folded = fold(word);
        if (folded.empty() || !typed.starts_with(folded))
            continue;
        // The year of birth behind one's name is tried next.
        const std::string rest = typed.substr(folded.size());
        if (rest.size() <= 4 && std::all_of(rest.begin(), rest.end(), [](char c) { return c < 'a' || c > 'z'; }))
            return true;
    }
    return false;
}

}

bool isCommonPassword(const std::string& password)
{
    const std::string typed = asciiLower(password);
    return isPattern(typed) || std::find(kCommon.begin(), kCommon.end(), typed) != kCommon.end();
}

std::string passwordFault(const std::string& password, const Operatore& operatore)
{
    if (!isCleanUtf8(password))
        return "La password contiene caratteri non validi.";
    if (codePoints(password) < kShortest)
        return "La password deve avere almeno " + std::to_string(kShortest) + " caratteri.";
    if (password.size() > kMostBytes)
        return "La password è troppo lunga.";
    if (isAboutThem(password, operatore))
        return "La password non può essere il nome, il nome utente o l'indirizzo email: scegline una più difficile da "
               "indovinare.";
    if (isCommonPassword(password))
        return "Questa password è tra le più usate: scegline una più difficile da indovinare.";
    return {};
}

}
