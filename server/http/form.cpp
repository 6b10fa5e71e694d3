#include "server/http/form.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/unavailable.h"

#include <Poco/Crypto/DigestEngine.h>
#include <Poco/DigestEngine.h>
#include <Poco/Net/HTMLForm.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/PartHandler.h>
#include <Poco/URI.h>

#include <array>
#include <fstream>
#include <istream>

namespace sdc::http {
namespace {

constexpr int kMostFields = 2000;
constexpr int kLongestValue = 256 * 1024;
constexpr std::size_t kMostFiles = 20;
constexpr std::size_t kFirstBytes = 4096;
/// What people type into one form, all fields together; files are counted apart, give or take what is under way.
constexpr std::int64_t kLongestForm = 1024 * 1024;
constexpr std::int64_t kUnderWay = 128 * 1024;

/// Passes a stream on and counts what goes through; ends it where the fields, which stay in memory, are too long.
class CountingBuffer : public std::streambuf
{
public:
    CountingBuffer(std::istream& source, std::atomic<std::int64_t>& count) : source_(source), count_(count) {}

    /// So many bytes of what went through were a file's, on the disk or thrown away.
    void wentBy(std::int64_t bytes) { ofFiles_ += bytes; }
    bool exceeded() const { return count_ - ofFiles_ > kLongestForm + kUnderWay; }

protected:
    int_type underflow() override
    {
        if (exceeded())
            return traits_type::eof();
        source_.read(buffer_.data(), 1);
        std::streamsize size = source_.gcount();
        if (size == 1)
            size += source_.readsome(buffer_.data() + 1, static_cast<std::streamsize>(buffer_.size()) - 1);
        if (size <= 0)
            return traits_type::eof();
        count_ += size;
        setg(buffer_.data(), buffer_.data(), buffer_.data() + size);
        return traits_type::to_int_type(*gptr());
    }

private:
    std::istream& source_;
    std::atomic<std::int64_t>& count_;
    std::int64_t ofFiles_ = 0;
    std::array<char, 16384> buffer_{};
};

/// Writes each file part to disk as it comes, with its hash; of who may send none only the names are taken.
class FileParts : public Poco::Net::PartHandler
{
public:
    FileParts(Request& request, const Context& context, CountingBuffer& buffer, Carries carries,
              const Poco::Net::HTMLForm& form)
        : request_(request),
          context_(context),
          buffer_(buffer),
          keeps_(carries == Carries::Files || carries == Carries::Passo),
          form_(form)
    {
    }
    /// The word that must have come before any file.
    void require(std::string csrf) { csrf_ = std::move(csrf); }

    void handlePart(const Poco::Net::MessageHeader& header, std::istream& stream) override
    {
        // The word comes first: nobody else's page fills our disk.
        if (!csrf_.empty() && form_.get("csrf", "") != csrf_)
            throw Forbidden("La pagina da cui arriva il file non è più valida: ricaricala e riprova.");
        std::string disposition;
        Poco::Net::NameValueCollection values;
        Poco::Net::MessageHeader::splitParameters(header.get("Content-Disposition", ""), disposition, values);
        Upload upload;
        upload.field = values.get("name", "");
        upload.fileName = values.get("filename", "");
        if (upload.fileName.empty())
            return drain(stream);
        if (request_.uploads.size() >= kMostFiles)
            throw Invalid("Troppi file in una sola richiesta.");
        if (keeps_)
            store(stream, upload);
        else
            drain(stream);
        request_.uploads.push_back(std::move(upload));
    }

private:
    void drain(std::istream& stream)
    {
        std::array<char, 4096> buffer{};
        while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0)
            buffer_.wentBy(stream.gcount());
    }

    void store(std::istream& stream, Upload& upload)
    {
        upload.file = TempFile{context_.files().temporary()};
        std::ofstream file(upload.file.path(), std::ios::binary);
        Poco::Crypto::DigestEngine digest("SHA256");
        std::array<char, 65536> buffer{};
        while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0) {
            const auto size = static_cast<std::size_t>(stream.gcount());
            digest.update(buffer.data(), size);
            file.write(buffer.data(), static_cast<std::streamsize>(size));
            if (upload.firstBytes.size() < kFirstBytes)
                upload.firstBytes.append(buffer.data(), std::min(size, kFirstBytes - upload.firstBytes.size()));
            upload.size += static_cast<std::int64_t>(size);
            buffer_.wentBy(static_cast<std::int64_t>(size));
        }
        file.close();
        if (!file)
            throw Unavailable("file caricato non scritto: disco pieno?");
        upload.sha256 = Poco::DigestEngine::digestToHex(digest.digest());
    }

    Request& request_;
    const Context& context_;
    CountingBuffer& buffer_;
    bool keeps_;
    std::string csrf_;
    const Poco::Net::HTMLForm& form_;
};

void checkText(const std::string& text)
{
    if (!isCleanUtf8(text))
        throw Invalid("Un campo contiene caratteri non validi.");
}

void takeFields(const Poco::Net::HTMLForm& form, Request& request)
{
    for (const auto& [name, value] : form) {
        checkText(name);
        checkText(value);
        request.form.emplace_back(name, value);
    }
}

bool hasType(const Poco::Net::HTTPServerRequest& request, const std::string& type)
{
    return request.getContentType().substr(0, type.size()) == type;
}

/// Fills `form`; the address stays out, or Poco would take its query for fields.
void load(Poco::Net::HTMLForm& form, const std::string& contentType, std::istream& stream, FileParts& parts)
{
    Poco::Net::HTTPRequest plain(Poco::Net::HTTPRequest::HTTP_POST, "/");
    plain.setContentType(contentType);
    try {
        form.load(plain, stream, parts);
    } catch (const Poco::Net::NetException&) {
        throw Invalid("La richiesta non è leggibile.");
    } catch (const Poco::SyntaxException&) {
        throw Invalid("La richiesta non è leggibile.");
    } catch (const Poco::NotFoundException&) {
        // A part without a name, or the end of a body that broke off.
        throw Invalid("La richiesta non è leggibile.");
    } catch (const Poco::AssertionViolationException&) {
        // A boundary longer than Poco's buffer.
        throw Invalid("La richiesta non è leggibile.");
    }
}

/// What kind of form it is, and the word that must come before its files.
struct Expected
{
    std::string contentType;
    Carries carries;
    std::string csrf;
};

void readForm(const Expected& expected, CountingBuffer& buffer, Request& request, const Context& context)
{
    std::istream stream(&buffer);
    Poco::Net::HTMLForm form;
    form.setFieldLimit(kMostFields);
    form.setValueLengthLimit(kLongestValue);
    FileParts parts(request, context, buffer, expected.carries, form);
    parts.require(expected.csrf);
    try {
        load(form, expected.contentType, stream, parts);
    } catch (const Invalid&) {
        // Cut off by us, a form is not readable either.
        if (!buffer.exceeded())
            throw;
    }
    if (buffer.exceeded())
        throw Invalid("Il testo del modulo è troppo lungo: al massimo 1 MB in tutto.");
    takeFields(form, request);
    // What may follow the last part.
    if (!stream.eof())
        stream.ignore(largest(Carries::Files));
}

void readText(CountingBuffer& buffer, Request& request, std::int64_t length)
{
    std::istream stream(&buffer);
    request.body.resize(static_cast<std::size_t>(length));
    stream.read(request.body.data(), length);
    if (stream.gcount() != length)
        throw Invalid("La richiesta è arrivata incompleta.");
}

}

std::int64_t PocoBody::length() const
{
    if (request_.getChunkedTransferEncoding())
        return -1;
    return request_.hasContentLength() ? request_.getContentLength64() : 0;
}

void PocoBody::read(Request& request, Carries carries, const Context& context, const std::string& csrf)
{
    if (length() == 0)
        return;
    CountingBuffer buffer(request_.stream(), received_);
    if (carries == Carries::Json)
        return readText(buffer, request, length());
    const bool multipart = hasType(request_, "multipart/form-data");
    if (!multipart && !hasType(request_, "application/x-www-form-urlencoded"))
        throw Invalid("La richiesta non è un modulo.");
    if (multipart && context.room == nullptr)
        throw Invalid("La richiesta non può contenere file.");
    readForm({request_.getContentType(), carries, csrf}, buffer, request, context);
    // A line that broke half-way leaves a form that looks whole: it would empty the answers that did not arrive.
    if (!finished())
        throw Invalid("La richiesta è arrivata incompleta.");
}

Fields parseQuery(const std::string& text)
{
    Fields fields;
    if (!isCleanUtf8(text))
        throw Invalid("L'indirizzo contiene caratteri non validi.");
    Poco::URI uri;
    uri.setRawQuery(text);
    for (auto& [name, value] : uri.getQueryParameters()) {
        checkText(name);
        checkText(value);
        fields.emplace_back(name, value);
    }
    return fields;
}

}
