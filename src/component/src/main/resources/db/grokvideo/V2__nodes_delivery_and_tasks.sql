-- Several nodes on one store, jobs without a waiting caller, and pages of jobs. The same for H2 and PostgreSQL.
-- Databases made before the first release have no such table yet.
CREATE TABLE IF NOT EXISTS grokvideo_schema (
    version      INT NOT NULL PRIMARY KEY,
    installed_at TIMESTAMP WITH TIME ZONE NOT NULL
);

ALTER TABLE grokvideo_job ADD COLUMN IF NOT EXISTS model VARCHAR(300);
ALTER TABLE grokvideo_job ADD COLUMN IF NOT EXISTS tag VARCHAR(300);
ALTER TABLE grokvideo_job ADD COLUMN IF NOT EXISTS node VARCHAR(200);
ALTER TABLE grokvideo_job ADD COLUMN IF NOT EXISTS delivery VARCHAR(20) DEFAULT 'ATTACHED' NOT NULL;
ALTER TABLE grokvideo_job ADD COLUMN IF NOT EXISTS deliver_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX IF NOT EXISTS grokvideo_job_node ON grokvideo_job (node);
CREATE INDEX IF NOT EXISTS grokvideo_job_offered ON grokvideo_job (delivery, deliver_at);
CREATE INDEX IF NOT EXISTS grokvideo_job_created ON grokvideo_job (created_at);

-- The open jobs of an earlier version, which ran as one process, are taken over like the jobs of a node that has ended.
UPDATE grokvideo_job SET node = 'before-nodes'
    WHERE state IN ('NEW', 'SUBMITTING', 'ACCEPTED', 'RUNNING', 'RENDERED', 'DOWNLOADED');

-- One row per running engine.
CREATE TABLE IF NOT EXISTS grokvideo_node (
    id             VARCHAR(200) NOT NULL PRIMARY KEY,
    holder         VARCHAR(200) NOT NULL,
    started_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    beat_at        TIMESTAMP WITH TIME ZONE NOT NULL,
    submit_seconds BIGINT       NOT NULL
);
INSERT INTO grokvideo_node (id, holder, started_at, beat_at, submit_seconds)
    SELECT 'before-nodes', 'before-nodes', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 60
    WHERE EXISTS (SELECT 1 FROM grokvideo_job WHERE node = 'before-nodes')
        AND NOT EXISTS (SELECT 1 FROM grokvideo_node WHERE id = 'before-nodes');

-- The table of db-scheduler, which schedules the jobs that no node owns. The instance is the job's id, there is no data.
CREATE TABLE IF NOT EXISTS grokvideo_tasks (
    task_name            VARCHAR(100) NOT NULL,
    task_instance        VARCHAR(200) NOT NULL,
    task_data            BYTEA,
    execution_time       TIMESTAMP WITH TIME ZONE NOT NULL,
    picked               BOOLEAN NOT NULL,
    picked_by            VARCHAR(200),
    last_success         TIMESTAMP WITH TIME ZONE,
    last_failure         TIMESTAMP WITH TIME ZONE,
    consecutive_failures INT,
    last_heartbeat       TIMESTAMP WITH TIME ZONE,
    version              BIGINT NOT NULL,
    priority             SMALLINT,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX IF NOT EXISTS grokvideo_tasks_due ON grokvideo_tasks (execution_time);
CREATE INDEX IF NOT EXISTS grokvideo_tasks_heartbeat ON grokvideo_tasks (last_heartbeat);

INSERT INTO grokvideo_schema (version, installed_at)
    SELECT 2, CURRENT_TIMESTAMP WHERE NOT EXISTS (SELECT 1 FROM grokvideo_schema WHERE version = 2);
