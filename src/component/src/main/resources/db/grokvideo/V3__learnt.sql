-- How long jobs take, learnt from those that ended: a row for each kind of job. The same for H2 and PostgreSQL.
CREATE TABLE IF NOT EXISTS grokvideo_learnt (
    kind       VARCHAR(400) NOT NULL PRIMARY KEY,
    content    VARCHAR      NOT NULL,
    revision   BIGINT       NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL
);

INSERT INTO grokvideo_schema (version, installed_at)
    SELECT 3, CURRENT_TIMESTAMP WHERE NOT EXISTS (SELECT 1 FROM grokvideo_schema WHERE version = 3);
