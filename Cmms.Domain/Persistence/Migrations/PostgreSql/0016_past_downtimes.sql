-- Downtimes of before they were kept: what the history of status says. Assets whose clocks ran backwards are left out.
INSERT INTO downtime ("asset_id", "kind", "origin", "started_at", "ended_at", "status_change_id", "work_order_id", "version", "created_at", "updated_at", "created_by", "updated_by", "customer_id", "site_id")
SELECT c.asset_id,
    CASE WHEN c.maintenance_kind IN ('Corrective', 'Emergency') OR (c.maintenance_kind IS NULL AND c."to" = 'OutOfService') THEN 'Unplanned' ELSE 'Planned' END,
    'Status', c.changed_at,
    (SELECT next.changed_at FROM status_change next WHERE next.site_id = c.site_id AND next.asset_id = c.asset_id AND next.id > c.id ORDER BY next.id LIMIT 1),
    c.id, c.work_order_id, 1, c.changed_at, c.changed_at, c.changed_by, c.changed_by, c.customer_id, c.site_id
FROM status_change c
WHERE c."to" <> 'Operational'
  AND NOT EXISTS (SELECT 1 FROM downtime d WHERE d.site_id = c.site_id AND d.asset_id = c.asset_id)
  AND NOT EXISTS (
    SELECT 1 FROM status_change one JOIN status_change later ON later.site_id = one.site_id AND later.asset_id = one.asset_id AND later.id > one.id AND later.changed_at < one.changed_at
    WHERE one.site_id = c.site_id AND one.asset_id = c.asset_id)
ORDER BY c.id;
