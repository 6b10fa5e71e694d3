CREATE TABLE enti (
    slug TEXT PRIMARY KEY,
    nome TEXT NOT NULL,
    appartenenza TEXT NOT NULL,
    codice_ipa TEXT NOT NULL,
    codice_meccanografico TEXT NOT NULL,
    indirizzo TEXT NOT NULL,
    telefono TEXT NOT NULL,
    fax TEXT NOT NULL,
    codice_fiscale TEXT NOT NULL,
    email TEXT NOT NULL,
    pec TEXT NOT NULL,
    stemma TEXT NOT NULL,
    creato TEXT NOT NULL
);
