-- Lists that cost the same with ten thousand pratiche and with a million. Each pratica has a number in order of birth
-- and stands in one fila: 'gestire:' and the operator who has it, 'assegnare', 'concluse', 'altre', or none for a draft.
DROP INDEX pratiche_per_data;
DROP INDEX pratiche_per_protocollo;
DROP INDEX pratiche_per_richiedente;
DROP INDEX pratiche_per_servizio;
DROP INDEX pratiche_per_categoria;
DROP INDEX pratiche_per_stato;
DROP INDEX pratiche_in_mano;

ALTER TABLE pratiche ADD COLUMN numero BIGINT NOT NULL DEFAULT 0;
ALTER TABLE pratiche ADD COLUMN fila TEXT NOT NULL DEFAULT '';
ALTER TABLE pratiche ADD COLUMN chiave_stato TEXT NOT NULL DEFAULT '';
UPDATE pratiche SET numero = r.posizione
FROM (SELECT id AS quale, ROW_NUMBER() OVER (ORDER BY creata, id) AS posizione FROM pratiche) r
WHERE r.quale = pratiche.id;
UPDATE pratiche SET fila = CASE elenco WHEN 'gestire' THEN 'gestire:' || operatore ELSE elenco END,
                    chiave_stato = SUBSTR('00000', 1, 5 - LENGTH(CAST(stato AS TEXT))) || CAST(stato AS TEXT);
ALTER TABLE pratiche DROP COLUMN elenco;
INSERT INTO contatori (nome, valore) SELECT 'pratiche', COALESCE(MAX(numero), 0) FROM pratiche;

-- The order of bytes, as on SQLite: the ranges of fasce rest on it.
/* only: postgresql */
ALTER TABLE pratiche ALTER COLUMN creata TYPE TEXT COLLATE "C",
                     ALTER COLUMN chiave_protocollo TYPE TEXT COLLATE "C",
                     ALTER COLUMN chiave_richiedente TYPE TEXT COLLATE "C",
                     ALTER COLUMN chiave_servizio TYPE TEXT COLLATE "C",
                     ALTER COLUMN chiave_categoria TYPE TEXT COLLATE "C",
                     ALTER COLUMN chiave_stato TYPE TEXT COLLATE "C";

CREATE UNIQUE INDEX pratiche_numero ON pratiche (numero);
CREATE INDEX pratiche_fila_data ON pratiche (fila, creata, numero, servizio);
CREATE INDEX pratiche_fila_protocollo ON pratiche (fila, chiave_protocollo, numero, servizio);
CREATE INDEX pratiche_fila_richiedente ON pratiche (fila, chiave_richiedente, numero, servizio);
CREATE INDEX pratiche_fila_servizio ON pratiche (fila, chiave_servizio, numero, servizio);
CREATE INDEX pratiche_fila_categoria ON pratiche (fila, chiave_categoria, numero, servizio);
CREATE INDEX pratiche_fila_stato ON pratiche (fila, chiave_stato, numero, servizio);
CREATE INDEX pratiche_tutte_data ON pratiche (creata, numero, servizio) WHERE fila <> '';
CREATE INDEX pratiche_tutte_protocollo ON pratiche (chiave_protocollo, numero, servizio) WHERE fila <> '';
CREATE INDEX pratiche_tutte_richiedente ON pratiche (chiave_richiedente, numero, servizio) WHERE fila <> '';
CREATE INDEX pratiche_tutte_servizio ON pratiche (chiave_servizio, numero, servizio) WHERE fila <> '';
CREATE INDEX pratiche_tutte_categoria ON pratiche (chiave_categoria, numero, servizio) WHERE fila <> '';
CREATE INDEX pratiche_tutte_stato ON pratiche (chiave_stato, numero, servizio) WHERE fila <> '';

-- How many of each service stand in each fila, and in 'tutte'.
DROP TABLE conteggi;
CREATE TABLE conteggi (
    fila TEXT NOT NULL,
    servizio TEXT NOT NULL,
    numero BIGINT NOT NULL,
    PRIMARY KEY (fila, servizio)
);
CREATE TABLE pratiche_per_anno (
    anno BIGINT NOT NULL,
    servizio TEXT NOT NULL,
    numero BIGINT NOT NULL,
    PRIMARY KEY (anno, servizio)
);

-- How many stand in each range of each order, so that a jump counts ranges and not rows.
CREATE TABLE fasce (
    ordine TEXT NOT NULL,
    fila TEXT NOT NULL,
    chiave TEXT NOT NULL,
    blocco BIGINT NOT NULL,
    servizio TEXT NOT NULL,
    numero BIGINT NOT NULL,
    PRIMARY KEY (ordine, fila, chiave, blocco, servizio)
);
/* only: postgresql */
ALTER TABLE fasce ALTER COLUMN chiave TYPE TEXT COLLATE "C";

-- The words of each pratica that stands in a fila, for the search.
-- On SQLite the rowid is the number of the pratica below zero, so that the newest come first, each beginning of a word is
-- a word of the index, and the words themselves are kept in pratiche alone.
/* only: sqlite */
CREATE VIRTUAL TABLE ricerche USING fts5 (parole, content = '', detail = none, tokenize = 'ascii');
/* only: postgresql */
CREATE TABLE ricerche (
    numero BIGINT PRIMARY KEY,
    parole TSVECTOR NOT NULL
);
/* only: postgresql */
CREATE INDEX ricerche_parole ON ricerche USING GIN (parole);
