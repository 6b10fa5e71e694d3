#include "server/http/line.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace sdc::http {
namespace {

std::string peerOf(SSL* tls)
{
    const std::unique_ptr<X509, decltype(&X509_free)> certificate{SSL_get1_peer_certificate(tls), &X509_free};
    unsigned char* bytes = nullptr;
    const int size = certificate ? i2d_X509(certificate.get(), &bytes) : 0;
    std::string der;
    if (size > 0)
        der.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

}

Line::Line(Descriptor socket, const Tls* tls)
    : socket_(std::move(socket)),
      tls_(tls == nullptr ? nullptr : tls->accept(socket_.get())),
      open_(tls_ == nullptr)
{
}

Line::~Line()
{
    if (tls_ && open_ && !broken_ && socket_) {
        ERR_clear_error();
        SSL_shutdown(tls_.get());
    }
    ERR_clear_error();
}

Awaits Line::afterFailure(int result)
{
    const int error = SSL_get_error(tls_.get(), result);
    ERR_clear_error();
    if (error == SSL_ERROR_WANT_READ)
        return Awaits::Input;
    if (error == SSL_ERROR_WANT_WRITE)
        return Awaits::Output;
    broken_ = error != SSL_ERROR_ZERO_RETURN;
    return Awaits::Nothing;
}

std::optional<Awaits> Line::greet()
{
    ERR_clear_error();
    const int result = SSL_accept(tls_.get());
    if (result != 1)
        return afterFailure(result);
    certificato_ = peerOf(tls_.get());
    open_ = true;
    return std::nullopt;
}

bool Line::isGreeting() const
{
    const OSSL_HANDSHAKE_STATE state = SSL_get_state(tls_.get());
    return state != TLS_ST_BEFORE && state != TLS_ST_SR_CLNT_HELLO;
}

Line::Received Line::receive(std::int64_t most)
{
    thread_local std::array<char, 65536> buffer;
    const std::size_t size = std::min<std::size_t>(buffer.size(), static_cast<std::size_t>(most));
    if (tls_) {
        ERR_clear_error();
        const int count = SSL_read(tls_.get(), buffer.data(), static_cast<int>(size));
        return count > 0 ? Received{{buffer.data(), static_cast<std::size_t>(count)}}
                         : Received{{}, afterFailure(count)};
    }
    ssize_t count = -1;
    do
        count = ::recv(socket_.get(), buffer.data(), size, 0);
    while (count < 0 && errno == EINTR);
    if (count > 0)
        return {{buffer.data(), static_cast<std::size_t>(count)}};
    const bool wait = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    return {{}, wait ? Awaits::Input : Awaits::Nothing};
}

bool Line::holdsMore() const
{
    return tls_ && SSL_pending(tls_.get()) > 0;
}

Line::Sent Line::sendSealed(std::string_view bytes)
{
    ERR_clear_error();
    const int count = SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
    return count > 0 ? Sent{static_cast<std::size_t>(count)} : Sent{0, afterFailure(count)};
}

bool Line::sendAtOnce(std::string_view text)
{
    if (tls_)
        return sendSealed(text).count == text.size();
    return ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

void Line::endSending()
{
    if (tls_ && open_ && !broken_) {
        ERR_clear_error();
        SSL_shutdown(tls_.get());
        ERR_clear_error();
    }
    ::shutdown(socket_.get(), SHUT_WR);
}

}
