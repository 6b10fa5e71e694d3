-- Jobs by what is asked of them: the next one that waits, in the order in which they are due, costs the same however many
-- wait or are done. Each index holds those in its states alone.
DROP INDEX jobs_da_fare;
DROP INDEX jobs_coda;
CREATE INDEX jobs_iter ON jobs (prossimo, numero) WHERE stato = 'pronto' AND genere <> 'avvisa';
CREATE INDEX jobs_posta ON jobs (prossimo, numero) WHERE stato = 'pronto' AND genere = 'avvisa';
CREATE INDEX jobs_coda ON jobs (coda, numero) WHERE stato IN ('pronto', 'in_corso');
CREATE INDEX jobs_presi ON jobs (preso_fino) WHERE stato = 'in_corso';
CREATE INDEX jobs_non_fatti ON jobs (genere, stato, causa, creato) WHERE stato IN ('pronto', 'in_corso', 'fermo');
CREATE INDEX jobs_fatti ON jobs (prossimo, numero) WHERE stato = 'fatto';

-- A citizen's own, newest first, with what their lists count.
DROP INDEX pratiche_cittadino;
CREATE INDEX pratiche_cittadino ON pratiche (cittadino, creata, id, stato);
