-- The jobs of camel-grokvideo. The same for H2 and PostgreSQL.
-- What is looked for has a column; the job itself is the JSON text. Keys longer than an index takes are columns as their SHA-256.
CREATE TABLE grokvideo_job (
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

CREATE UNIQUE INDEX grokvideo_job_key ON grokvideo_job (account, job_key);
CREATE INDEX grokvideo_job_task ON grokvideo_job (account, task_id);
CREATE INDEX grokvideo_job_open ON grokvideo_job (account, state);
CREATE INDEX grokvideo_job_video ON grokvideo_job (state, video_at);
CREATE INDEX grokvideo_job_ended ON grokvideo_job (ended_at);
