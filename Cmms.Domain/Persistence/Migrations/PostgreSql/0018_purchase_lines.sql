-- A policy asks a vendor for several parts in one request: what a line was raised for, and why, goes with the line.
ALTER TABLE purchase_line ADD COLUMN explanation text COLLATE "C";
ALTER TABLE purchase_line ADD COLUMN claim_key text COLLATE "C";
UPDATE purchase_line SET explanation = r.explanation, claim_key = CASE WHEN received < quantity THEN r.claim_key END FROM purchase_request r WHERE r.id = purchase_request_id;
CREATE UNIQUE INDEX "IX_purchase_line_site_id_claim_key" ON purchase_line (site_id, claim_key) WHERE "claim_key" IS NOT NULL;
DROP INDEX "IX_purchase_request_site_id_claim_key";
ALTER TABLE purchase_request DROP COLUMN claim_key;
