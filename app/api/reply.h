#pragma once

#include <QList>
#include <QString>

#include <functional>
#include <utility>
#include <variant>

namespace sdc::app {

/// What kind of failure it was, for those who must act on it.
enum class Failure {
    Offline,    ///< no answer from the server
    Insecure,   ///< the certificate or the address is not to be trusted
    Expired,    ///< the session is over: who may go on is asked again
    Refused,    ///< the server understood and said no
    Conflict,   ///< somebody else was first
    Invalid,    ///< a field is wrong
    Unreadable, ///< the answer is not what the API promises
    Cancelled,  ///< the person gave up
    Local,      ///< a file or a folder of this computer
};

/// A field's fault, by the name it is posted with.
struct FieldProblem
{
    QString field;
    QString sentence;
};

/// Why a request did not succeed: a sentence for people, never a code alone.
struct Error
{
    Failure kind = Failure::Offline;
    QString sentence;
    QList<FieldProblem> fields;
    int status = 0;
    /// The second factor's code is to be sent with the password.
    bool serveCodice = false;
    /// Who asks is to confirm who they are (Client::confirmIdentita), and to ask again.
    bool serveConferma = false;
};

/// What came back: a value or an Error.
template <class T>
class Reply
{
public:
    Reply(T value) : content_(std::move(value)) {}
    Reply(Error error) : content_(std::move(error)) {}

    bool ok() const { return std::holds_alternative<T>(content_); }
    const T& value() const { return std::get<T>(content_); }
    const Error& error() const { return std::get<Error>(content_); }

private:
    std::variant<T, Error> content_;
};

/// The value of an answer without content.
struct Nothing
{
};

template <class T>
using Then = std::function<void(const Reply<T>&)>;

}
