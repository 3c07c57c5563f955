-- When what was bought and used last, without reading the whole ledger.
CREATE INDEX "IX_stock_transaction_site_id_part_id_kind_created_at" ON stock_transaction (site_id, part_id, kind, created_at);
CREATE INDEX "IX_stock_transaction_site_id_kind_created_at" ON stock_transaction (site_id, kind, created_at);
