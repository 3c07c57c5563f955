-- A policy asks a vendor for several parts in one request: what a line was raised for, and why, goes with the line.
ALTER TABLE "purchase_line" ADD COLUMN "explanation" TEXT NULL;
ALTER TABLE "purchase_line" ADD COLUMN "claim_key" TEXT NULL;
UPDATE "purchase_line" SET
    "explanation" = (SELECT r."explanation" FROM "purchase_request" r WHERE r."id" = "purchase_line"."purchase_request_id"),
    "claim_key" = (SELECT r."claim_key" FROM "purchase_request" r WHERE r."id" = "purchase_line"."purchase_request_id" AND "purchase_line"."received" < "purchase_line"."quantity");
CREATE UNIQUE INDEX "IX_purchase_line_site_id_claim_key" ON "purchase_line" ("site_id", "claim_key") WHERE "claim_key" IS NOT NULL;
DROP INDEX "IX_purchase_request_site_id_claim_key";
ALTER TABLE "purchase_request" DROP COLUMN "claim_key";
