#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sdc {

/// A person asked for what cannot be. The text is Italian and may be shown to them.
class Refusal : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// What was asked for does not exist, or not for this person (HTTP 404).
class NotFound : public Refusal
{
public:
    NotFound() : Refusal("La risorsa richiesta non esiste.") {}
    using Refusal::Refusal;
};

/// The person is known but may not do this (HTTP 403).
class Forbidden : public Refusal
{
public:
    using Refusal::Refusal;
};

/// Somebody else changed it first, or it is no longer in a state that allows this (HTTP 409).
class Conflict : public Refusal
{
public:
    using Refusal::Refusal;
};

/// One field's fault: the field's name as it is posted, and a sentence on how to mend it.
struct FieldError
{
    std::string field;
    std::string message;

    bool operator==(const FieldError&) const = default;
};

/// What was sent is not valid (HTTP 422); says which fields, when it is about fields.
class Invalid : public Refusal
{
public:
    explicit Invalid(const std::string& message, std::vector<FieldError> fields = {})
        : Refusal(message),
          fields_(std::move(fields))
    {
    }

    const std::vector<FieldError>& fields() const { return fields_; }

private:
    std::vector<FieldError> fields_;
};

}
