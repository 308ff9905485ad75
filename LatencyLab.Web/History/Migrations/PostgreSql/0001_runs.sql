-- Times are UTC in ISO 8601 with seven decimals, so that their order as text is their order in time.
CREATE TABLE history_run (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind          TEXT NOT NULL,
    title         TEXT NOT NULL,
    created_at    TEXT COLLATE "C" NOT NULL,
    finished_at   TEXT COLLATE "C" NULL,
    status        TEXT NOT NULL CHECK (status IN ('running', 'completed', 'interrupted', 'failed')),
    message       TEXT NULL,
    owner         TEXT NULL,
    machine       TEXT NOT NULL,
    machine_facts TEXT NOT NULL,
    model_ids     TEXT NOT NULL,
    variant_ids   TEXT NOT NULL,
    headline      TEXT NOT NULL,
    search_text   TEXT NOT NULL,
    payload       TEXT NULL
);
CREATE INDEX history_run_created_at ON history_run (created_at, id);
CREATE INDEX history_run_status ON history_run (status);
