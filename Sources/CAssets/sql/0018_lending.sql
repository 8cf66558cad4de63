-- 0018_lending.sql. Why: the owner of a pipeline can let runs of others use their secrets and models.

-- Whose secrets and variables it uses, where they are not its owner's.
ALTER TABLE run ADD COLUMN lender TEXT;
-- Words with blanks between.
ALTER TABLE pipeline_share ADD COLUMN allows TEXT NOT NULL DEFAULT '';
ALTER TABLE pipeline_share_link ADD COLUMN allows TEXT NOT NULL DEFAULT '';
