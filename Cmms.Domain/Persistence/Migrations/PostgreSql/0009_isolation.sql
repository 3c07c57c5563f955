-- A label is one thing's within its site: that another site has the code is nobody's business here.
DROP INDEX "IX_asset_customer_id_qr_code";
CREATE UNIQUE INDEX "IX_asset_site_id_qr_code" ON asset (site_id, qr_code) WHERE "qr_code" IS NOT NULL;
DROP INDEX "IX_location_customer_id_qr_code";
CREATE UNIQUE INDEX "IX_location_site_id_qr_code" ON location (site_id, qr_code) WHERE "qr_code" IS NOT NULL;
DROP INDEX "IX_part_customer_id_qr_code";
CREATE UNIQUE INDEX "IX_part_site_id_qr_code" ON part (site_id, qr_code) WHERE "qr_code" IS NOT NULL;

-- What happened to a site, or to the roles on it, goes with that site and no longer with all of the customer's.
UPDATE event SET site_id = subject_id WHERE subject_type = 'Site';
UPDATE event SET site_id = (
    SELECT coalesce(told.changes::jsonb -> 'site' ->> 1, told.changes::jsonb -> 'site' ->> 0)::bigint
    FROM event told
    WHERE told.customer_id = event.customer_id AND told.subject_type = 'UserRole' AND told.subject_id = event.subject_id
      AND told.type IN ('UserRoleCreated', 'UserRoleDeleted')
    ORDER BY told.position LIMIT 1)
WHERE subject_type = 'UserRole';
