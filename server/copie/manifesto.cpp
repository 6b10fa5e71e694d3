#include "server/copie/manifesto.h"

#include "core/ente/ente.h"
#include "server/copie/disco.h"
#include "server/store/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace sdc::copie {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormato = 1;
/// A province has a few hundred enti, of some thousand bytes each.
constexpr std::uintmax_t kLargest = 16U << 20U;
constexpr int kDeepest = 8;

Json toJson(const Parte& parte)
{
    return {{"nome", parte.nome}, {"byte", parte.byte}, {"sha256", parte.sha256}};
}

Parte parteFrom(const Json& json)
{
    return {json.at("nome"), json.at("byte"), json.at("sha256")};
}

Json toJson(const CopiaEnte& ente)
{
    Json numeri = Json::array();
    for (const auto& [anno, ultimo] : ente.protocollo)
        numeri.push_back({{"anno", anno}, {"ultimo", ultimo}});
    Json parti = Json::array();
    for (const Parte& parte : ente.parti)
        parti.push_back(toJson(parte));
    return {{"slug", ente.slug},
            {"nome", ente.nome},
            {"istante", toIso(ente.istante)},
            {"migrazione", ente.migrazione},
            {"righe", ente.righe},
            {"protocollo", numeri},
            {"attivita", {{"numero", ente.attivita}, {"hash", ente.catena}}},
            {"file", {{"numero", ente.file}, {"byte", ente.byteFile}, {"mancanti", ente.mancanti}}},
            {"parti", parti}};
}

Instant instantFrom(const Json& json)
{
    const auto instant = instantFromIso(json.get<std::string>());
    if (!instant)
        throw std::runtime_error("data non valida");
    return *instant;
}

CopiaEnte enteFrom(const Json& json)
{
    CopiaEnte ente;
    ente.slug = json.at("slug");
    // It becomes the name of a folder.
    if (!isSlug(ente.slug))
        throw std::runtime_error("slug non valido");
    ente.nome = json.at("nome");
    ente.istante = instantFrom(json.at("istante"));
    ente.migrazione = json.at("migrazione");
    ente.righe = json.at("righe").get<std::map<std::string, long long>>();
    for (const Json& numero : json.at("protocollo"))
        ente.protocollo[numero.at("anno").get<int>()] = numero.at("ultimo");
    ente.attivita = json.at("attivita").at("numero");
    ente.catena = json.at("attivita").at("hash");
    ente.file = json.at("file").at("numero");
    ente.byteFile = json.at("file").at("byte");
    ente.mancanti = json.at("file").at("mancanti");
    for (const Json& parte : json.at("parti"))
        ente.parti.push_back(parteFrom(parte));
    if (ente.parti.size() != 2 || ente.parti[0].nome != kTabelle || ente.parti[1].nome != kElenco)
        throw std::runtime_error("parti diverse da quelle attese");
    return ente;
}

Manifesto manifestoFrom(const Json& json)
{
    if (json.at("formato") != kFormato)
        throw std::runtime_error("formato " + json.at("formato").dump() + ", che questo programma non conosce");
    Manifesto manifesto;
    manifesto.programma = json.at("programma");
    manifesto.creata = instantFrom(json.at("creata"));
    manifesto.origine = json.at("origine");
    manifesto.migrazioneCatalogo = json.at("catalogo").at("migrazione");
    manifesto.catalogo = parteFrom(json.at("catalogo").at("parte"));
    if (manifesto.catalogo.nome != kCatalogo)
        throw std::runtime_error("parti diverse da quelle attese");
    std::set<std::string> slugs;
    for (const Json& ente : json.at("enti")) {
        manifesto.enti.push_back(enteFrom(ente));
        if (!slugs.insert(manifesto.enti.back().slug).second)
            throw std::runtime_error("un ente compare due volte");
    }
    // Backups of before this was written had all or were not made.
    for (const Json& escluso : json.value("esclusi", Json::array()))
        manifesto.esclusi.push_back({escluso.at("slug"), escluso.at("causa")});
    return manifesto;
}

std::string readAll(const std::filesystem::path& file)
{
    if (std::filesystem::symlink_status(file).type() != std::filesystem::file_type::regular ||
        std::filesystem::file_size(file) > kLargest)
        throw std::runtime_error(file.parent_path().string() + " non è una copia di sicurezza: manca " +
                                 file.filename().string());
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}

std::filesystem::path folderOf(const std::filesystem::path& root, const std::string& slug)
{
    return root / "enti" / slug;
}

Parte parteOf(const std::filesystem::path& file)
{
    return {file.filename().string(), static_cast<long long>(std::filesystem::file_size(file)),
            store::sha256OfFile(file)};
}

void writeManifesto(const std::filesystem::path& copia, const Manifesto& manifesto)
{
    Json enti = Json::array();
    for (const CopiaEnte& ente : manifesto.enti)
        enti.push_back(toJson(ente));
    Json esclusi = Json::array();
    for (const Escluso& escluso : manifesto.esclusi)
        esclusi.push_back({{"slug", escluso.slug}, {"causa", escluso.causa}});
    const Json json{{"formato", kFormato},
                    {"programma", manifesto.programma},
                    {"creata", toIso(manifesto.creata)},
                    {"origine", manifesto.origine},
                    {"catalogo", {{"migrazione", manifesto.migrazioneCatalogo}, {"parte", toJson(manifesto.catalogo)}}},
                    {"enti", enti},
                    {"esclusi", esclusi}};
    const std::string text = json.dump(1) + "\n";
    writeNew(copia / kManifesto, text);
    // In the form of sha256sum(1), so that it can be checked without this program.
    writeNew(copia / kManifestoSha, store::sha256OfText(text) + "  " + kManifesto + "\n");
}

Manifesto readManifesto(const std::filesystem::path& copia)
{
    const std::string text = readAll(copia / kManifesto);
    if (readAll(copia / kManifestoSha) != store::sha256OfText(text) + "  " + kManifesto + "\n")
        throw std::runtime_error("il manifesto della copia è incompleto o alterato");
    try {
        const auto shallow = [](int depth, Json::parse_event_t, Json&) {
            if (depth > kDeepest)
                throw std::runtime_error("troppi livelli");
            return true;
        };
        return manifestoFrom(Json::parse(text, shallow));
    } catch (const std::exception& error) {
        throw std::runtime_error(std::string{"il manifesto della copia non è valido: "} + error.what());
    }
}

}
