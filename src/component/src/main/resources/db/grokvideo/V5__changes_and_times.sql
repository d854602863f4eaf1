-- When each job was last changed, for consoles that follow the jobs, and where the time of finished videos went. The same for H2 and
-- PostgreSQL.
ALTER TABLE grokvideo_job ADD COLUMN IF NOT EXISTS changed_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL;
CREATE INDEX IF NOT EXISTS grokvideo_job_changed ON grokvideo_job (changed_at, revision);

-- Only in rows of kind TIMED, which have no amounts: one for each video, with the milliseconds of the parts of its wait.
ALTER TABLE grokvideo_ledger ADD COLUMN IF NOT EXISTS queue_millis BIGINT;
ALTER TABLE grokvideo_ledger ADD COLUMN IF NOT EXISTS render_millis BIGINT;
ALTER TABLE grokvideo_ledger ADD COLUMN IF NOT EXISTS lag_millis BIGINT;
ALTER TABLE grokvideo_ledger ADD COLUMN IF NOT EXISTS download_millis BIGINT;

INSERT INTO grokvideo_schema (version, installed_at)
    SELECT 5, CURRENT_TIMESTAMP WHERE NOT EXISTS (SELECT 1 FROM grokvideo_schema WHERE version = 5);
