-- The ente as identity providers know it: one row. The metadata are kept as they were made, byte by byte, for the
-- federations register them; the key is sealed with the server's own.
CREATE TABLE service_provider (
    numero BIGINT PRIMARY KEY,
    entity_id TEXT NOT NULL,
    chiave TEXT NOT NULL,
    certificato TEXT NOT NULL,
    metadata_spid TEXT NOT NULL,
    metadata_cie TEXT NOT NULL,
    creato TEXT NOT NULL
);

-- Requests to identity providers that wait for their answer; `browser` is the hash of the word in the cookie of who
-- asked, `sessione` the hash of the session that this browser had, `messaggio` what was sent, kept with its answer.
CREATE TABLE richieste_idp (
    id TEXT PRIMARY KEY,
    genere TEXT NOT NULL,
    dati TEXT NOT NULL,
    browser TEXT NOT NULL,
    relay_state TEXT NOT NULL,
    ritorno TEXT NOT NULL,
    sessione TEXT NOT NULL,
    messaggio TEXT NOT NULL,
    scade TEXT NOT NULL
);
CREATE INDEX richieste_idp_scade ON richieste_idp (scade);

-- Assertions that let somebody in, until they would not any more.
CREATE TABLE asserzioni_usate (
    idp TEXT NOT NULL,
    id TEXT NOT NULL,
    scade TEXT NOT NULL,
    PRIMARY KEY (idp, id)
);
CREATE INDEX asserzioni_usate_scade ON asserzioni_usate (scade);

-- What the identity provider calls a session of ours: by this it ends it, and we ask to end its own.
CREATE TABLE sessioni_idp (
    sessione TEXT PRIMARY KEY,
    idp TEXT NOT NULL,
    name_id TEXT NOT NULL,
    name_qualifier TEXT NOT NULL,
    session_index TEXT NOT NULL
);
CREATE INDEX sessioni_idp_soggetto ON sessioni_idp (idp, name_id);
