-- The systems that work with this ente by the API, and the certificates that they show. No password opens nothing.
CREATE TABLE partner (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    nome TEXT NOT NULL,
    ruolo TEXT NOT NULL,
    password TEXT NOT NULL,
    attivo BIGINT NOT NULL
);

CREATE TABLE certificati_partner (
    impronta TEXT PRIMARY KEY,
    partner TEXT NOT NULL REFERENCES partner (id),
    soggetto TEXT NOT NULL,
    da TEXT NOT NULL,
    scade TEXT NOT NULL
);
CREATE INDEX certificati_partner_partner ON certificati_partner (partner);
