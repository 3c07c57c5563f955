-- Pictures and documents, and the files that hold them.
CREATE TABLE "stored_file" (
    "customer_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "stored_at" INTEGER NOT NULL,
    CONSTRAINT "PK_stored_file" PRIMARY KEY ("customer_id", "name"),
    CONSTRAINT "FK_stored_file_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT
);

CREATE TABLE "attachment" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_attachment" PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "file_name" TEXT NOT NULL,
    "asset_id" INTEGER NULL,
    "location_id" INTEGER NULL,
    "part_id" INTEGER NULL,
    "stock_transaction_id" INTEGER NULL,
    "vendor_id" INTEGER NULL,
    "work_request_id" INTEGER NULL,
    "work_order_id" INTEGER NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_attachment_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "ck_attachment_subject" CHECK (CASE WHEN asset_id IS NULL THEN 0 ELSE 1 END + CASE WHEN location_id IS NULL THEN 0 ELSE 1 END + CASE WHEN part_id IS NULL THEN 0 ELSE 1 END + CASE WHEN stock_transaction_id IS NULL THEN 0 ELSE 1 END + CASE WHEN vendor_id IS NULL THEN 0 ELSE 1 END + CASE WHEN work_request_id IS NULL THEN 0 ELSE 1 END + CASE WHEN work_order_id IS NULL THEN 0 ELSE 1 END = 1),
    CONSTRAINT "FK_attachment_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_attachment_location_site_id_location_id" FOREIGN KEY ("site_id", "location_id") REFERENCES "location" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_attachment_part_site_id_part_id" FOREIGN KEY ("site_id", "part_id") REFERENCES "part" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_attachment_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_attachment_stock_transaction_site_id_stock_transaction_id" FOREIGN KEY ("site_id", "stock_transaction_id") REFERENCES "stock_transaction" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_attachment_stored_file_customer_id_file_name" FOREIGN KEY ("customer_id", "file_name") REFERENCES "stored_file" ("customer_id", "name") ON DELETE RESTRICT,
    CONSTRAINT "FK_attachment_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_attachment_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_attachment_work_request_site_id_work_request_id" FOREIGN KEY ("site_id", "work_request_id") REFERENCES "work_request" ("site_id", "id") ON DELETE RESTRICT
);

CREATE INDEX "IX_attachment_customer_id_file_name" ON "attachment" ("customer_id", "file_name");
CREATE INDEX "IX_attachment_site_id_asset_id" ON "attachment" ("site_id", "asset_id");
CREATE INDEX "IX_attachment_site_id_location_id" ON "attachment" ("site_id", "location_id");
CREATE INDEX "IX_attachment_site_id_part_id" ON "attachment" ("site_id", "part_id");
CREATE INDEX "IX_attachment_site_id_stock_transaction_id" ON "attachment" ("site_id", "stock_transaction_id");
CREATE INDEX "IX_attachment_site_id_vendor_id" ON "attachment" ("site_id", "vendor_id");
CREATE INDEX "IX_attachment_site_id_work_order_id" ON "attachment" ("site_id", "work_order_id");
CREATE INDEX "IX_attachment_site_id_work_request_id" ON "attachment" ("site_id", "work_request_id");
CREATE INDEX "IX_stored_file_stored_at" ON "stored_file" ("stored_at");
