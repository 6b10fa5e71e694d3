-- Outcomes that operators are still writing: each operator's own, gone when the pratica is decided or released.
CREATE TABLE bozze_esito (
    pratica TEXT NOT NULL REFERENCES pratiche (id),
    operatore TEXT NOT NULL REFERENCES operatori (id),
    esito TEXT NOT NULL,
    motivazione TEXT NOT NULL,
    passo BIGINT NOT NULL,
    salvata TEXT NOT NULL,
    PRIMARY KEY (pratica, operatore)
);
