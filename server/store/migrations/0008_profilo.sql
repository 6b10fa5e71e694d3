-- Citizens' sessions: how one came in, and with what kind of browser, in a few words.
ALTER TABLE sessioni ADD COLUMN metodo TEXT NOT NULL DEFAULT '';
ALTER TABLE sessioni ADD COLUMN livello BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessioni ADD COLUMN dispositivo TEXT NOT NULL DEFAULT '';
CREATE INDEX sessioni_soggetto ON sessioni (soggetto, tipo, creata);

-- A text that is asked for no more; a consent that was taken back (of texts that are not mandatory).
ALTER TABLE termini ADD COLUMN ritirato TEXT;
ALTER TABLE accettazioni ADD COLUMN revocata TEXT;

-- The address that a citizen last showed to be theirs.
CREATE TABLE email_confermate (
    cittadino TEXT PRIMARY KEY REFERENCES cittadini (id),
    email TEXT NOT NULL,
    quando TEXT NOT NULL
);

-- The newest link sent to a citizen to confirm an address, by the hash of its token.
CREATE TABLE conferme_email (
    cittadino TEXT PRIMARY KEY REFERENCES cittadini (id),
    hash TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    creata TEXT NOT NULL,
    scade TEXT NOT NULL,
    respinta BIGINT NOT NULL
);

CREATE INDEX jobs_profilo ON jobs (prossimo, numero) WHERE stato = 'pronto' AND genere = 'avvisa_profilo';
