-- Since when and until when assets are in service. Of what was put away before, its last change is the best that is known.
ALTER TABLE "asset" ADD COLUMN "in_service_at" INTEGER NULL;
ALTER TABLE "asset" ADD COLUMN "archived_at" INTEGER NULL;
ALTER TABLE "location" ADD COLUMN "archived_at" INTEGER NULL;
UPDATE "asset" SET "archived_at" = "updated_at" WHERE "is_archived";
UPDATE "location" SET "archived_at" = "updated_at" WHERE "is_archived";
