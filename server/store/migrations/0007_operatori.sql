-- Logins of operators that did not succeed: by the name as typed (its hash) and the network they came from (a keyed
-- hash). Whether the name is anybody's is not said here.
CREATE TABLE accessi_falliti (
    id TEXT PRIMARY KEY,
    nome TEXT NOT NULL,
    rete TEXT NOT NULL,
    quando TEXT NOT NULL
);
CREATE INDEX accessi_falliti_nome ON accessi_falliti (nome, rete, quando);

-- Networks from which a name's owner entered well.
CREATE TABLE reti_note (
    nome TEXT NOT NULL,
    rete TEXT NOT NULL,
    vista TEXT NOT NULL,
    PRIMARY KEY (nome, rete)
);

-- Tries to enter take turns here, so that none is made before the one before it counts.
INSERT INTO contatori (nome, valore) VALUES ('accessi', 0);

-- The one link that sets an operator's password, by its hash. It stays, used, until a newer one is asked for.
CREATE TABLE nuove_password (
    operatore TEXT PRIMARY KEY REFERENCES operatori (id),
    hash TEXT NOT NULL UNIQUE,
    creata TEXT NOT NULL,
    scade TEXT NOT NULL,
    usata BIGINT NOT NULL
);

-- Second factors (RFC 6238): the secret sealed, the last time step whose code was used. One that is not active waits for
-- its first code.
CREATE TABLE secondi_fattori (
    operatore TEXT PRIMARY KEY REFERENCES operatori (id),
    sigillo TEXT NOT NULL,
    attivo BIGINT NOT NULL,
    ultimo_passo BIGINT NOT NULL
);

CREATE TABLE codici_recupero (
    operatore TEXT NOT NULL REFERENCES operatori (id),
    hash TEXT NOT NULL,
    PRIMARY KEY (operatore, hash)
);
