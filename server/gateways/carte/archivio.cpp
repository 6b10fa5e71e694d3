#include "server/gateways/carte/archivio.h"

#include "server/gateways/carte/openssl.h"
#include "server/sha256.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace sdc::gateways::carte {
namespace {

namespace fs = std::filesystem;

/// Each is fetched anew several times a day.
constexpr std::size_t kMostPoints = 200;

std::optional<std::string> read(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(stream), {}};
}

std::string bytesOf(X509* certificate)
{
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(std::max(size, 0)));
    OPENSSL_free(bytes);
    return der;
}

void addFrom(const std::string& pem, std::vector<std::string>& all)
{
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> text{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                             &BIO_free_all};
    while (const Certificato certificate{PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr), &X509_free}) {
        std::string der = bytesOf(certificate.get());
        if (std::find(all.begin(), all.end(), der) == all.end())
            all.push_back(std::move(der));
    }
    ERR_clear_error();
}

std::string pemOf(const std::vector<std::string>& autorita)
{
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> text{BIO_new(BIO_s_mem()), &BIO_free_all};
    for (const std::string& der : autorita)
        PEM_write_bio_X509(text.get(), certificatoFromDer(der).get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(text.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string stampOf(const fs::path& file)
{
    std::error_code ignored;
    const auto when = fs::last_write_time(file, ignored).time_since_epoch().count();
    const auto size = fs::is_regular_file(file, ignored) ? fs::file_size(file, ignored) : 0;
    return file.filename().string() + ":" + std::to_string(when) + ":" + std::to_string(size) + "\n";
}

std::string stampsIn(const fs::path& path)
{
    std::vector<std::string> stamps{stampOf(path)};
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(path, ignored))
        stamps.push_back(stampOf(entry.path()));
    std::sort(stamps.begin(), stamps.end());
    std::string all;
    for (const std::string& stamp : stamps)
        all += stamp;
    return all;
}

}

std::vector<std::string> Archivio::readAutorita(const fs::path& path)
{
    std::vector<fs::path> files{path};
    if (fs::is_directory(path)) {
        files.clear();
        for (const auto& entry : fs::directory_iterator(path))
            files.push_back(entry.path());
        std::sort(files.begin(), files.end());
    }
    std::vector<std::string> all;
    for (const fs::path& file : files) {
        const auto pem = read(file);
        if (!pem)
            throw std::runtime_error("le autorità delle carte in " + file.string() + " non si possono leggere");
        addFrom(*pem, all);
    }
    return all;
}

std::optional<Archivio::Elenco> Archivio::elenco() const
{
    const auto text = read(folder_ / "elenco.pem");
    if (!text)
        return std::nullopt;
    Elenco elenco;
    std::ifstream stream(folder_ / "elenco.pem");
    std::string word;
    std::string prossimo;
    stream >> word >> elenco.numero >> prossimo;
    elenco.prossimo = instantFromIso(prossimo).value_or(Instant{});
    addFrom(*text, elenco.autorita);
    return elenco;
}

void Archivio::save(const Elenco& elenco) const
{
    write(folder_ / "elenco.pem",
          "elenco " + std::to_string(elenco.numero) + " " + toIso(elenco.prossimo) + "\n" + pemOf(elenco.autorita));
}

fs::path Archivio::revocheOf(const std::string& url) const
{
    Sha256 name;
    name.update(url.data(), url.size());
    return folder_ / "revoche" / (name.hex() + ".crl");
}

std::optional<std::string> Archivio::revoche(const std::string& url) const
{
    return read(revocheOf(url));
}

std::vector<std::string> Archivio::everyRevoche() const
{
    std::vector<std::string> all;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder_ / "revoche", ignored)) {
        auto bytes = entry.path().extension() == ".crl" ? read(entry.path()) : std::nullopt;
        if (bytes)
            all.push_back(*std::move(bytes));
    }
    return all;
}

void Archivio::saveRevoche(const std::string& url, const std::string& der) const
{
    write(revocheOf(url), der);
}

std::vector<std::string> Archivio::punti() const
{
    std::vector<std::string> all;
    std::ifstream stream(folder_ / "punti.txt");
    for (std::string line; all.size() < kMostPoints && std::getline(stream, line);)
        all.push_back(line);
    return all;
}

bool Archivio::addPunto(const std::string& url) const
{
    std::vector<std::string> all = punti();
    if (all.size() >= kMostPoints || std::find(all.begin(), all.end(), url) != all.end())
        return false;
    std::string text;
    for (const std::string& one : all)
        text += one + "\n";
    write(folder_ / "punti.txt", text + url + "\n");
    return true;
}

std::string Archivio::versione(const fs::path& other) const
{
    return stampsIn(folder_) + stampsIn(folder_ / "revoche") + stampsIn(other);
}

void Archivio::write(const fs::path& file, const std::string& bytes) const
{
    fs::create_directories(file.parent_path());
    const fs::path partial = file.string() + "." + std::to_string(::getpid()) + ".parte";
    {
        std::ofstream stream(partial, std::ios::binary | std::ios::trunc);
        stream << bytes;
        stream.flush();
        if (!stream)
            throw std::runtime_error("il file " + file.string() + " non si può scrivere");
    }
    fs::rename(partial, file);
}

}
