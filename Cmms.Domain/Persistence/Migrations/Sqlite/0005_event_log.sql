ALTER TABLE "customer" ADD COLUMN "event_retention_days" INTEGER NULL;

ALTER TABLE "customer" ADD COLUMN "events_kept_since" INTEGER NULL;

ALTER TABLE "event" ADD COLUMN "key_id" INTEGER NULL;

ALTER TABLE "event" ADD COLUMN "reason_folded" TEXT NULL;

-- Reasons of before are found by their letters alone; accents are folded from now on.
UPDATE "event" SET "reason_folded" = lower("reason") WHERE "reason" IS NOT NULL;

-- What concerns one site alone is told by that site's log.
UPDATE "event" SET "site_id" = "subject_id" WHERE "subject_type" = 'Site' AND "site_id" IS NULL;

UPDATE "event" SET "site_id" = (SELECT r."site_id" FROM "user_role" r WHERE r."id" = "event"."subject_id")
WHERE "subject_type" = 'UserRole' AND "site_id" IS NULL;

CREATE INDEX "IX_event_customer_id_type_position" ON "event" ("customer_id", "type", "position");

CREATE INDEX "IX_event_customer_id_actor_position" ON "event" ("customer_id", "actor", "position");

CREATE INDEX "IX_event_customer_id_at_position" ON "event" ("customer_id", "at", "position");

CREATE INDEX "IX_event_customer_id_request_id_position" ON "event" ("customer_id", "request_id", "position") WHERE "request_id" IS NOT NULL;

CREATE INDEX "IX_event_customer_id_cause_position_position" ON "event" ("customer_id", "cause_position", "position") WHERE "cause_position" IS NOT NULL;
