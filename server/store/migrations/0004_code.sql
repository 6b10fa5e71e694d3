-- The works that wait, in the order in which they are due: taking the next one costs the same however many there are.
CREATE INDEX jobs_iter ON jobs (prossimo, numero) WHERE stato = 'pronto' AND genere <> 'avvisa';
CREATE INDEX jobs_posta ON jobs (prossimo, numero) WHERE stato = 'pronto' AND genere = 'avvisa';

-- A citizen's own, newest first, with what their lists count.
DROP INDEX pratiche_cittadino;
CREATE INDEX pratiche_cittadino ON pratiche (cittadino, creata, id, stato);
