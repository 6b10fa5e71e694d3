-- Logins by card under way, for a few minutes: of the tokens only hashes are kept, and what the card said is sealed with
-- the server's own key until its browser comes for it.
CREATE TABLE accessi_carta (
    richiesta TEXT PRIMARY KEY,
    browser TEXT NOT NULL,
    ritorno TEXT NOT NULL,
    scade TEXT NOT NULL,
    gettone TEXT,
    identita TEXT
);
CREATE UNIQUE INDEX accessi_carta_gettone ON accessi_carta (gettone);
CREATE INDEX accessi_carta_scade ON accessi_carta (scade);
