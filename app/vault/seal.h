#pragma once

#include <QByteArray>

#include <optional>

namespace sdc::app {

/// Seals values (XChaCha20-Poly1305) and hides their names (keyed BLAKE2b), both under one key of 32 bytes.
class Seal
{
public:
    /// `key` as makeKey() gives it.
    explicit Seal(const QByteArray& key);
    ~Seal();
    Seal(const Seal&) = delete;
    Seal& operator=(const Seal&) = delete;

    static QByteArray makeKey();
    static bool isKey(const QByteArray& key);

    QByteArray hidden(const QByteArray& name) const;
    /// Bound to its name: under another one it does not open.
    QByteArray close(const QByteArray& value, const QByteArray& name) const;
    std::optional<QByteArray> open(const QByteArray& sealed, const QByteArray& name) const;

private:
    QByteArray names_;
    QByteArray values_;
};

}
