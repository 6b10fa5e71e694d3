-- What a service asks of who uses it, as its definition says. Those of before ask what was the rule.
ALTER TABLE servizi ADD COLUMN livello_accesso BIGINT NOT NULL DEFAULT 2;
ALTER TABLE servizi ADD COLUMN eta_minima BIGINT NOT NULL DEFAULT 0;

-- Whether the day of birth is the citizen's word.
ALTER TABLE cittadini ADD COLUMN nascita_dichiarata BIGINT NOT NULL DEFAULT 0;
