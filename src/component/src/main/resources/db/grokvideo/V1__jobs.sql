-- The jobs of camel-grokvideo. The same for H2 and PostgreSQL.
-- Each file may be run again: an earlier run may have ended half way, and H2 commits each statement that changes a table.

-- Which of these files were run: the last statement of each adds its row.
CREATE TABLE IF NOT EXISTS grokvideo_schema (
    version      INT NOT NULL PRIMARY KEY,
    installed_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- What is searched for has a column; the job itself is the JSON text. Keys that are too long for an index are stored as their SHA-256.
CREATE TABLE IF NOT EXISTS grokvideo_job (
    id         VARCHAR(200) NOT NULL PRIMARY KEY,
    account    VARCHAR(200) NOT NULL,
    provider   VARCHAR(200) NOT NULL,
    job_key    VARCHAR(300),
    task_id    VARCHAR(300),
    state      VARCHAR(20)  NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    video_at   TIMESTAMP WITH TIME ZONE,
    ended_at   TIMESTAMP WITH TIME ZONE,
    revision   BIGINT       NOT NULL,
    job        VARCHAR      NOT NULL
);

CREATE UNIQUE INDEX IF NOT EXISTS grokvideo_job_key ON grokvideo_job (account, job_key);
CREATE INDEX IF NOT EXISTS grokvideo_job_task ON grokvideo_job (account, task_id);
CREATE INDEX IF NOT EXISTS grokvideo_job_open ON grokvideo_job (account, state);
CREATE INDEX IF NOT EXISTS grokvideo_job_video ON grokvideo_job (state, video_at);
CREATE INDEX IF NOT EXISTS grokvideo_job_ended ON grokvideo_job (ended_at);

INSERT INTO grokvideo_schema (version, installed_at)
    SELECT 1, CURRENT_TIMESTAMP WHERE NOT EXISTS (SELECT 1 FROM grokvideo_schema WHERE version = 1);
