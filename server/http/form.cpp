#include "server/http/form.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/sha256.h"
#include "server/unavailable.h"

#include <Poco/Net/HTMLForm.h>
#include <Poco/Net/HTTPRequest.h>
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

/// The bytes of a body as a stream that counts them; ends where the fields, which stay in memory, are too long.
class BodyBuffer : public std::streambuf
{
public:
    explicit BodyBuffer(const Spool& spool) : spool_(spool) {}

    /// So many bytes of what went through were a file's, on the disk or thrown away.
    void wentBy(std::int64_t bytes) { ofFiles_ += bytes; }
    bool exceeded() const { return count_ - ofFiles_ > kLongestForm + kUnderWay; }

protected:
    int_type underflow() override
    {
        if (exceeded())
            return traits_type::eof();
        const std::size_t size = spool_.read(count_, buffer_.data(), buffer_.size());
        if (size == 0)
            return traits_type::eof();
        count_ += static_cast<std::int64_t>(size);
        setg(buffer_.data(), buffer_.data(), buffer_.data() + size);
        return traits_type::to_int_type(*gptr());
    }

private:
    const Spool& spool_;
    std::int64_t count_ = 0;
    std::int64_t ofFiles_ = 0;
    std::array<char, 16384> buffer_{};
};

/// Writes each file part to disk as it comes, with its hash; of who may send none only the names are taken.
class FileParts : public Poco::Net::PartHandler
{
public:
    FileParts(Request& request, const Context& context, BodyBuffer& buffer, Carries carries,
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
        Sha256 digest;
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
        upload.sha256 = digest.hex();
    }

    Request& request_;
    const Context& context_;
    BodyBuffer& buffer_;
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

bool isMultipart(const std::string& contentType)
{
    return contentType.starts_with("multipart/form-data");
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

void readForm(const Expected& expected, BodyBuffer& buffer, Request& request, const Context& context)
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
}

}

void SpooledBody::read(Request& request, Carries carries, const Context& context, const std::string& csrf)
{
    if (length_ == 0)
        return;
    if (!spool_.failure().empty())
        throw Unavailable(spool_.failure());
    if (spool_.size() < length_)
        throw BodyAwaited{};
    if (carries == Carries::Json) {
        request.body.resize(static_cast<std::size_t>(length_));
        spool_.read(0, request.body.data(), request.body.size());
        return;
    }
    if (!isMultipart(contentType_) && !contentType_.starts_with("application/x-www-form-urlencoded"))
        throw Invalid("La richiesta non è un modulo.");
    if (isMultipart(contentType_) && context.room == nullptr)
        throw Invalid("La richiesta non può contenere file.");
    BodyBuffer buffer(spool_);
    readForm({contentType_, carries, csrf}, buffer, request, context);
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
