-- 0019_forks.sql. Why: a run may go on from a step of another, with what that had until there.

-- May be gone: what the run took over from there is its own.
ALTER TABLE run ADD COLUMN forked_from TEXT;
