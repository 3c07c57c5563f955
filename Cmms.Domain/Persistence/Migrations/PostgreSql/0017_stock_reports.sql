-- When what was bought and used last, without reading the whole ledger.
CREATE INDEX "IX_stock_transaction_site_id_part_id_kind_created_at" ON stock_transaction (site_id, part_id, kind, created_at);
CREATE INDEX "IX_stock_transaction_site_id_kind_created_at" ON stock_transaction (site_id, kind, created_at);

-- Few parts are low: an index of those alone is small, and planners know that it is.
DROP INDEX "IX_part_site_id_is_low";
CREATE INDEX ix_part_low ON part (site_id, id) WHERE is_low;
