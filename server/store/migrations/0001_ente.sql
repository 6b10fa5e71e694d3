CREATE TABLE definizioni (
    id TEXT PRIMARY KEY,
    servizio TEXT NOT NULL,
    numero BIGINT NOT NULL,
    json TEXT NOT NULL,
    creata TEXT NOT NULL,
    UNIQUE (servizio, numero)
);

-- The names repeat those of the current definition, so that lists read no definition.
CREATE TABLE servizi (
    slug TEXT PRIMARY KEY,
    definizione TEXT NOT NULL REFERENCES definizioni (id),
    nome TEXT NOT NULL,
    categoria TEXT NOT NULL,
    descrizione_breve TEXT NOT NULL,
    ricerca TEXT NOT NULL,
    eventi_della_vita TEXT NOT NULL,
    pubblico TEXT NOT NULL,
    attivazione BIGINT NOT NULL,
    in_primo_piano BIGINT NOT NULL,
    ordine BIGINT NOT NULL,
    modificato TEXT NOT NULL
);

CREATE TABLE cittadini (
    id TEXT PRIMARY KEY,
    codice_fiscale TEXT NOT NULL UNIQUE,
    nome TEXT NOT NULL,
    cognome TEXT NOT NULL,
    luogo_nascita TEXT NOT NULL,
    data_nascita TEXT,
    email TEXT NOT NULL,
    cellulare TEXT NOT NULL,
    residenza_via TEXT NOT NULL,
    residenza_cap TEXT NOT NULL,
    residenza_citta TEXT NOT NULL,
    residenza_provincia TEXT NOT NULL,
    residenza_stato TEXT NOT NULL,
    domicilio_via TEXT NOT NULL,
    domicilio_cap TEXT NOT NULL,
    domicilio_citta TEXT NOT NULL,
    domicilio_provincia TEXT NOT NULL,
    domicilio_stato TEXT NOT NULL,
    confermato TEXT,
    versione BIGINT NOT NULL
);

CREATE TABLE termini (
    id TEXT PRIMARY KEY,
    chiave TEXT NOT NULL,
    versione BIGINT NOT NULL,
    ordine BIGINT NOT NULL,
    titolo TEXT NOT NULL,
    testo TEXT NOT NULL,
    obbligatorio BIGINT NOT NULL,
    dal TEXT NOT NULL,
    UNIQUE (chiave, versione)
);

CREATE TABLE accettazioni (
    cittadino TEXT NOT NULL REFERENCES cittadini (id),
    termine TEXT NOT NULL REFERENCES termini (id),
    quando TEXT NOT NULL,
    PRIMARY KEY (cittadino, termine)
);

CREATE TABLE operatori (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    nome TEXT NOT NULL,
    cognome TEXT NOT NULL,
    email TEXT NOT NULL,
    password TEXT NOT NULL,
    amministratore BIGINT NOT NULL,
    attivo BIGINT NOT NULL,
    tutti_servizi BIGINT NOT NULL
);

CREATE TABLE abilitazioni (
    operatore TEXT NOT NULL REFERENCES operatori (id),
    servizio TEXT NOT NULL,
    PRIMARY KEY (operatore, servizio)
);

-- Only the hash of a token is kept: who reads this table cannot use a session.
CREATE TABLE sessioni (
    hash TEXT PRIMARY KEY,
    tipo TEXT NOT NULL,
    soggetto TEXT NOT NULL,
    creata TEXT NOT NULL,
    vista TEXT NOT NULL,
    scade TEXT NOT NULL
);
CREATE INDEX sessioni_scade ON sessioni (scade);

-- Forms posted with an expired session, sealed with a key that only the browser's cookie holds.
CREATE TABLE parcheggi (
    id TEXT PRIMARY KEY,
    sigillo TEXT NOT NULL,
    scade TEXT NOT NULL
);

CREATE TABLE tentativi (
    chiave TEXT NOT NULL,
    quando TEXT NOT NULL
);
CREATE INDEX tentativi_chiave ON tentativi (chiave, quando);

-- What the lists show and how they sort; what they do not show lies in other tables.
CREATE TABLE pratiche (
    id TEXT PRIMARY KEY,
    servizio TEXT NOT NULL,
    servizio_nome TEXT NOT NULL,
    categoria TEXT NOT NULL,
    definizione TEXT NOT NULL REFERENCES definizioni (id),
    cittadino TEXT NOT NULL REFERENCES cittadini (id),
    stato BIGINT NOT NULL,
    versione BIGINT NOT NULL,
    creata TEXT NOT NULL,
    inviata TEXT,
    modificata TEXT NOT NULL,
    operatore TEXT NOT NULL,
    passo TEXT NOT NULL,
    protocollo TEXT,
    protocollo_quando TEXT,
    protocollo_risposta TEXT,
    protocollo_risposta_quando TEXT,
    accettata BIGINT,
    richiedente TEXT NOT NULL,
    elenco TEXT NOT NULL,
    chiave_protocollo TEXT NOT NULL,
    chiave_richiedente TEXT NOT NULL,
    chiave_servizio TEXT NOT NULL,
    chiave_categoria TEXT NOT NULL,
    ricerca TEXT NOT NULL
);
CREATE INDEX pratiche_cittadino ON pratiche (cittadino, stato, creata);
CREATE INDEX pratiche_per_data ON pratiche (creata, id, elenco, operatore, servizio);
CREATE INDEX pratiche_per_protocollo ON pratiche (chiave_protocollo, id, elenco, operatore, servizio);
CREATE INDEX pratiche_per_richiedente ON pratiche (chiave_richiedente, id, elenco, operatore, servizio);
CREATE INDEX pratiche_per_servizio ON pratiche (chiave_servizio, id, elenco, operatore, servizio);
CREATE INDEX pratiche_per_categoria ON pratiche (chiave_categoria, id, elenco, operatore, servizio);
CREATE INDEX pratiche_per_stato ON pratiche (stato, id, elenco, operatore, servizio);
CREATE INDEX pratiche_in_mano ON pratiche (operatore, elenco, creata);

CREATE TABLE bozze_uniche (
    cittadino TEXT NOT NULL,
    servizio TEXT NOT NULL,
    pratica TEXT NOT NULL UNIQUE,
    PRIMARY KEY (cittadino, servizio)
);

CREATE TABLE risposte (
    pratica TEXT PRIMARY KEY REFERENCES pratiche (id),
    json TEXT NOT NULL
);

-- The applicant's data as they were at sending.
CREATE TABLE richiedenti (
    pratica TEXT PRIMARY KEY REFERENCES pratiche (id),
    json TEXT NOT NULL
);

CREATE TABLE esiti (
    pratica TEXT PRIMARY KEY REFERENCES pratiche (id),
    motivazione TEXT NOT NULL,
    chiave TEXT NOT NULL UNIQUE
);

-- The citizen's own note: no query of operators, partners or exports joins this table.
CREATE TABLE note_private (
    pratica TEXT PRIMARY KEY REFERENCES pratiche (id),
    testo TEXT NOT NULL
);

CREATE TABLE passaggi (
    pratica TEXT NOT NULL REFERENCES pratiche (id),
    numero BIGINT NOT NULL,
    stato BIGINT NOT NULL,
    quando TEXT NOT NULL,
    PRIMARY KEY (pratica, numero)
);

-- Who made each passaggio: apart, so that no page for the citizen can show it.
CREATE TABLE passaggi_autori (
    pratica TEXT NOT NULL,
    numero BIGINT NOT NULL,
    causa TEXT NOT NULL,
    attore TEXT NOT NULL,
    PRIMARY KEY (pratica, numero)
);

CREATE TABLE allegati (
    id TEXT PRIMARY KEY,
    cittadino TEXT NOT NULL REFERENCES cittadini (id),
    nome TEXT NOT NULL,
    descrizione TEXT NOT NULL,
    tipo TEXT NOT NULL,
    dimensione BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    caricato TEXT NOT NULL
);
CREATE INDEX allegati_cittadino ON allegati (cittadino, caricato);
CREATE INDEX allegati_sha256 ON allegati (sha256);

-- Which files a pratica was sent with, in order.
CREATE TABLE allegati_pratica (
    pratica TEXT NOT NULL REFERENCES pratiche (id),
    posizione BIGINT NOT NULL,
    allegato TEXT NOT NULL REFERENCES allegati (id),
    descrizione TEXT NOT NULL,
    PRIMARY KEY (pratica, posizione)
);
CREATE INDEX allegati_pratica_allegato ON allegati_pratica (allegato);

-- Documents of the ente about a pratica: the compiled form, the response, the operator's file.
CREATE TABLE documenti (
    id TEXT PRIMARY KEY,
    pratica TEXT NOT NULL REFERENCES pratiche (id),
    genere TEXT NOT NULL,
    nome TEXT NOT NULL,
    tipo TEXT NOT NULL,
    dimensione BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    creato TEXT NOT NULL,
    UNIQUE (pratica, genere)
);
CREATE INDEX documenti_sha256 ON documenti (sha256);

CREATE TABLE registro (
    anno BIGINT NOT NULL,
    numero BIGINT NOT NULL,
    chiave TEXT NOT NULL UNIQUE,
    quando TEXT NOT NULL,
    verso TEXT NOT NULL,
    pratica TEXT NOT NULL,
    corrispondente TEXT NOT NULL,
    oggetto TEXT NOT NULL,
    documenti TEXT NOT NULL,
    PRIMARY KEY (anno, numero)
);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    genere TEXT NOT NULL,
    chiave TEXT NOT NULL UNIQUE,
    coda TEXT NOT NULL,
    numero BIGINT NOT NULL,
    pratica TEXT NOT NULL,
    dati TEXT NOT NULL,
    stato TEXT NOT NULL,
    tentativi BIGINT NOT NULL,
    prossimo TEXT NOT NULL,
    preso_da TEXT NOT NULL,
    preso_fino TEXT,
    causa TEXT NOT NULL,
    errore TEXT NOT NULL,
    creato TEXT NOT NULL,
    finito TEXT
);
CREATE INDEX jobs_da_fare ON jobs (stato, prossimo, numero);
CREATE INDEX jobs_coda ON jobs (coda, numero);
CREATE INDEX jobs_pratica ON jobs (pratica);

CREATE TABLE contatori (
    nome TEXT PRIMARY KEY,
    valore BIGINT NOT NULL
);
INSERT INTO contatori (nome, valore) VALUES ('cambiamenti', 0);
INSERT INTO contatori (nome, valore) VALUES ('jobs', 0);
INSERT INTO contatori (nome, valore) VALUES ('attivita', 0);

CREATE TABLE conteggi (
    elenco TEXT NOT NULL,
    operatore TEXT NOT NULL,
    servizio TEXT NOT NULL,
    anno BIGINT NOT NULL,
    numero BIGINT NOT NULL,
    PRIMARY KEY (elenco, operatore, servizio, anno)
);

CREATE TABLE cambiamenti (
    numero BIGINT PRIMARY KEY,
    pratica TEXT NOT NULL,
    quando TEXT NOT NULL
);

-- Who did what: append-only, each row with the hash of the row before.
CREATE TABLE attivita (
    numero BIGINT PRIMARY KEY,
    quando TEXT NOT NULL,
    tipo_attore TEXT NOT NULL,
    attore TEXT NOT NULL,
    azione TEXT NOT NULL,
    oggetto TEXT NOT NULL,
    dettaglio TEXT NOT NULL,
    precedente TEXT NOT NULL,
    hash TEXT NOT NULL
);
