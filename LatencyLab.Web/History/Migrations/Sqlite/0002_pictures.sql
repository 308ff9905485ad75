-- Empty unless LatencyLab:History:KeepPictures.
CREATE TABLE history_picture (
    run_id     TEXT NOT NULL PRIMARY KEY REFERENCES history_run (id) ON DELETE CASCADE,
    format     TEXT NOT NULL,
    kept_at    TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    encoded    BLOB NOT NULL
);
CREATE INDEX history_picture_kept_at ON history_picture (kept_at);
