-- 0017_usage.sql. Why: how runs went is told of a hundred thousand of them as fast as of ten, and also of those that are
-- no longer kept: what they used outlives them, and so does what it was used for.

-- Added to when a run ends, in the transaction that ends it, and taken back where it goes on.
CREATE TABLE run_use (
    day INTEGER NOT NULL,
    owner TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    pipeline_id TEXT NOT NULL,
    succeeded INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    -- How many of the runs that succeeded took so many milliseconds, as an object. From 100 on two to three digits of a
    -- duration are kept, so that there are few of them.
    durations TEXT NOT NULL,
    PRIMARY KEY (day, owner, pipeline, pipeline_id)
) WITHOUT ROWID;

INSERT INTO run_use (day, owner, pipeline, pipeline_id, succeeded, failed, cancelled, durations)
    SELECT day, owner, pipeline, pipeline_id, sum(succeeded), sum(failed), sum(cancelled),
        coalesce(json_group_object(duration, succeeded) FILTER (WHERE duration IS NOT NULL), '{}')
    FROM (SELECT day, owner, pipeline, pipeline_id, duration, sum(status = 'succeeded') AS succeeded,
            sum(status = 'failed') AS failed, sum(status = 'cancelled') AS cancelled
        FROM (SELECT day, owner, pipeline, pipeline_id, status, CASE
            WHEN took < 100 THEN took
            WHEN took < 200 THEN (took + 1) / 2 * 2
            WHEN took < 500 THEN (took + 2) / 5 * 5
            WHEN took < 1000 THEN (took + 5) / 10 * 10
            WHEN took < 2000 THEN (took + 10) / 20 * 20
            WHEN took < 5000 THEN (took + 25) / 50 * 50
            WHEN took < 10000 THEN (took + 50) / 100 * 100
            WHEN took < 20000 THEN (took + 100) / 200 * 200
            WHEN took < 50000 THEN (took + 250) / 500 * 500
            WHEN took < 100000 THEN (took + 500) / 1000 * 1000
            WHEN took < 200000 THEN (took + 1000) / 2000 * 2000
            WHEN took < 500000 THEN (took + 2500) / 5000 * 5000
            WHEN took < 1000000 THEN (took + 5000) / 10000 * 10000
            WHEN took < 2000000 THEN (took + 10000) / 20000 * 20000
            WHEN took < 5000000 THEN (took + 25000) / 50000 * 50000
            WHEN took < 10000000 THEN (took + 50000) / 100000 * 100000
            WHEN took < 20000000 THEN (took + 100000) / 200000 * 200000
            WHEN took < 50000000 THEN (took + 250000) / 500000 * 500000
            WHEN took < 100000000 THEN (took + 500000) / 1000000 * 1000000
            WHEN took < 200000000 THEN (took + 1000000) / 2000000 * 2000000
            WHEN took < 500000000 THEN (took + 2500000) / 5000000 * 5000000
            WHEN took < 1000000000 THEN (took + 5000000) / 10000000 * 10000000
            WHEN took < 2000000000 THEN (took + 10000000) / 20000000 * 20000000
            WHEN took < 5000000000 THEN (took + 25000000) / 50000000 * 50000000
            WHEN took < 10000000000 THEN (took + 50000000) / 100000000 * 100000000
            ELSE (took + 5000000000) / 10000000000 * 10000000000 END AS duration
            FROM (SELECT finished_ms / 86400000 AS day, owner, pipeline, coalesce(pipeline_id, '') AS pipeline_id,
                    status, CASE WHEN status = 'succeeded' AND started_ms <= finished_ms
                        THEN finished_ms - started_ms END AS took
                FROM run WHERE finished_ms IS NOT NULL AND only_step IS NULL))
        GROUP BY day, owner, pipeline, pipeline_id, duration)
    GROUP BY day, owner, pipeline, pipeline_id;
