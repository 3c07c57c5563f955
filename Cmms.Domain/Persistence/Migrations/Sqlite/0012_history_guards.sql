-- What happened stays as it was, and an asset stands still once at a time: for everybody who writes here, by whatever way.
CREATE TRIGGER status_change_is_not_changed BEFORE UPDATE ON status_change BEGIN SELECT RAISE(ABORT, 'history is neither changed nor removed'); END;
CREATE TRIGGER status_change_is_not_removed BEFORE DELETE ON status_change BEGIN SELECT RAISE(ABORT, 'history is neither changed nor removed'); END;
CREATE TRIGGER downtime_is_not_removed BEFORE DELETE ON downtime BEGIN SELECT RAISE(ABORT, 'history is neither changed nor removed'); END;
CREATE TRIGGER downtime_keeps_its_time BEFORE UPDATE ON downtime
WHEN NEW.asset_id <> OLD.asset_id OR NEW.started_at <> OLD.started_at OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS NOT OLD.ended_at)
BEGIN SELECT RAISE(ABORT, 'history is neither changed nor removed'); END;
CREATE TRIGGER downtime_does_not_overlap BEFORE INSERT ON downtime
WHEN NEW.ended_at IS NOT NEW.started_at AND EXISTS (
    SELECT 1 FROM downtime other
    WHERE other.site_id = NEW.site_id AND other.asset_id = NEW.asset_id AND other.ended_at IS NOT other.started_at
      AND (NEW.ended_at IS NULL OR other.started_at < NEW.ended_at) AND (other.ended_at IS NULL OR other.ended_at > NEW.started_at))
BEGIN SELECT RAISE(ABORT, 'overlapping downtime'); END;
