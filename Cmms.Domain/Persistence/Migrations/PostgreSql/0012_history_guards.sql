-- What happened stays as it was, and an asset stands still once at a time: for everybody who writes here, by whatever way.
CREATE FUNCTION history_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'history is neither changed nor removed' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER status_change_stays BEFORE UPDATE OR DELETE ON status_change FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER downtime_is_not_removed BEFORE DELETE ON downtime FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER downtime_keeps_its_time BEFORE UPDATE ON downtime FOR EACH ROW
WHEN (NEW.asset_id <> OLD.asset_id OR NEW.started_at <> OLD.started_at OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at))
EXECUTE FUNCTION history_stays();
-- Ranges of one number stand for equality: so no extension is needed.
ALTER TABLE downtime ADD CONSTRAINT ex_downtime_overlap EXCLUDE USING gist (int8range(asset_id, asset_id, '[]') WITH &&, tstzrange(started_at, ended_at) WITH &&);
