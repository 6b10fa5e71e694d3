-- What was said to identity providers and by them (DPCM 24-10-2014, art. 13, c. 2). Sealed: soggetto, xml, motivo.
CREATE TABLE tracce_spid (
    numero BIGINT PRIMARY KEY,
    quando TEXT NOT NULL,
    genere TEXT NOT NULL,
    richiesta_id TEXT NOT NULL,
    richiesta_ora TEXT NOT NULL,
    risposta_id TEXT NOT NULL,
    risposta_ora TEXT NOT NULL,
    emittente TEXT NOT NULL,
    asserzione_id TEXT NOT NULL,
    soggetto TEXT NOT NULL,
    soggetto_qualificatore TEXT NOT NULL,
    xml TEXT NOT NULL,
    certificato TEXT NOT NULL,
    motivo TEXT NOT NULL,
    precedente TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX tracce_spid_richiesta ON tracce_spid (richiesta_id, numero);
INSERT INTO contatori (nome, valore) VALUES ('tracce_spid', 0);

-- Where each chain begins since its oldest rows were deleted.
CREATE TABLE punti_fermi (
    catena TEXT PRIMARY KEY,
    numero BIGINT NOT NULL,
    hash TEXT NOT NULL,
    quando TEXT NOT NULL,
    tolte BIGINT NOT NULL,
    firma TEXT NOT NULL,
    chiave TEXT NOT NULL
);
