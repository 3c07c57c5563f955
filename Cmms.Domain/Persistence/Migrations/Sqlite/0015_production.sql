-- What machines make, in which steps and shifts; and which orders stop their machines.
CREATE TABLE "process" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_process" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "code" TEXT NULL,
    "description" TEXT NULL,
    "position" INTEGER NOT NULL,
    "is_archived" INTEGER NOT NULL,
    "name_folded" TEXT NOT NULL,
    "code_folded" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_process_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_process_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);

CREATE TABLE "production_order" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_production_order" PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "produced" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "notes" TEXT NULL,
    "due_at" INTEGER NULL,
    "status" TEXT NOT NULL,
    "started_at" INTEGER NULL,
    "finished_at" INTEGER NULL,
    "process_id" INTEGER NULL,
    "asset_id" INTEGER NULL,
    "code_folded" TEXT NOT NULL,
    "product_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_production_order_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_production_order_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_production_order_process_site_id_process_id" FOREIGN KEY ("site_id", "process_id") REFERENCES "process" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_production_order_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);

CREATE TABLE "production_record" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_production_record" PRIMARY KEY AUTOINCREMENT,
    "asset_id" INTEGER NOT NULL,
    "production_order_id" INTEGER NULL,
    "quantity" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "unit" TEXT NULL,
    "started_at" INTEGER NOT NULL,
    "ended_at" INTEGER NOT NULL,
    "note" TEXT NULL,
    "note_folded" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_production_record_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_production_record_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_production_record_production_order_site_id_production_order_id" FOREIGN KEY ("site_id", "production_order_id") REFERENCES "production_order" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_production_record_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);

CREATE TABLE "shift" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_shift" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "weekdays" TEXT NOT NULL,
    "is_archived" INTEGER NOT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_shift_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_shift_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);

CREATE UNIQUE INDEX "IX_process_site_id_name_folded" ON "process" ("site_id", "name_folded");
CREATE UNIQUE INDEX "IX_process_site_id_code" ON "process" ("site_id", "code") WHERE "code" IS NOT NULL;
CREATE INDEX "IX_production_order_site_id_asset_id" ON "production_order" ("site_id", "asset_id");
CREATE UNIQUE INDEX "IX_production_order_site_id_code" ON "production_order" ("site_id", "code");
CREATE INDEX "IX_production_order_site_id_created_at" ON "production_order" ("site_id", "created_at");
CREATE INDEX "IX_production_order_site_id_process_id" ON "production_order" ("site_id", "process_id");
CREATE INDEX "IX_production_order_site_id_status_due_at" ON "production_order" ("site_id", "status", "due_at");
CREATE INDEX "IX_production_record_site_id_asset_id" ON "production_record" ("site_id", "asset_id");
CREATE INDEX "IX_production_record_site_id_asset_id_ended_at" ON "production_record" ("site_id", "asset_id", "ended_at");
CREATE INDEX "IX_production_record_site_id_ended_at" ON "production_record" ("site_id", "ended_at");
CREATE INDEX "IX_production_record_site_id_production_order_id" ON "production_record" ("site_id", "production_order_id");
CREATE UNIQUE INDEX "IX_shift_site_id_name_folded" ON "shift" ("site_id", "name_folded");

-- A reference of two columns needs the table anew.
CREATE TABLE "asset_new" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_asset" PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NULL,
    "description" TEXT NULL,
    "model" TEXT NULL,
    "manufacturer" TEXT NULL,
    "serial_number" TEXT NULL,
    "purchase_date" TEXT NULL,
    "warranty_expiration_date" TEXT NULL,
    "warranty_notice_days" INTEGER NOT NULL,
    "life_expectancy_months" INTEGER NULL,
    "purchase_cost" INTEGER NULL,
    "replacement_cost" INTEGER NULL,
    "salvage_value" INTEGER NULL,
    "theoretical_capacity" INTEGER NULL,
    "capacity_unit" TEXT NULL,
    "qr_code" TEXT NULL,
    "status" TEXT NOT NULL,
    "status_changed_at" INTEGER NOT NULL,
    "condition" TEXT NOT NULL,
    "rental_status" TEXT NOT NULL,
    "location_id" INTEGER NULL,
    "code_folded" TEXT NULL,
    "description_folded" TEXT NULL,
    "manufacturer_folded" TEXT NULL,
    "model_folded" TEXT NULL,
    "name_folded" TEXT NOT NULL,
    "path_folded" TEXT NOT NULL,
    "serial_number_folded" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "depth" INTEGER NOT NULL,
    "parent_id" INTEGER NULL,
    "root_id" INTEGER NULL,
    "is_archived" INTEGER NOT NULL,
    "downtime_cost_per_hour" INTEGER NULL,
    "in_service_at" INTEGER NULL,
    "archived_at" INTEGER NULL,
    "process_id" INTEGER NULL,
    CONSTRAINT "AK_asset_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_asset_asset_site_id_parent_id" FOREIGN KEY ("site_id", "parent_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_asset_asset_site_id_root_id" FOREIGN KEY ("site_id", "root_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_asset_location_site_id_location_id" FOREIGN KEY ("site_id", "location_id") REFERENCES "location" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_asset_process_site_id_process_id" FOREIGN KEY ("site_id", "process_id") REFERENCES "process" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_asset_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);
INSERT INTO "asset_new" ("id", "code", "description", "model", "manufacturer", "serial_number", "purchase_date", "warranty_expiration_date", "warranty_notice_days", "life_expectancy_months", "purchase_cost", "replacement_cost", "salvage_value", "theoretical_capacity", "capacity_unit", "qr_code", "status", "status_changed_at", "condition", "rental_status", "location_id", "code_folded", "description_folded", "manufacturer_folded", "model_folded", "name_folded", "path_folded", "serial_number_folded", "version", "created_at", "updated_at", "created_by", "updated_by", "customer_id", "site_id", "name", "path", "depth", "parent_id", "root_id", "is_archived", "downtime_cost_per_hour", "in_service_at", "archived_at")
SELECT "id", "code", "description", "model", "manufacturer", "serial_number", "purchase_date", "warranty_expiration_date", "warranty_notice_days", "life_expectancy_months", "purchase_cost", "replacement_cost", "salvage_value", "theoretical_capacity", "capacity_unit", "qr_code", "status", "status_changed_at", "condition", "rental_status", "location_id", "code_folded", "description_folded", "manufacturer_folded", "model_folded", "name_folded", "path_folded", "serial_number_folded", "version", "created_at", "updated_at", "created_by", "updated_by", "customer_id", "site_id", "name", "path", "depth", "parent_id", "root_id", "is_archived", "downtime_cost_per_hour", "in_service_at", "archived_at" FROM "asset";
DROP TABLE "asset";
ALTER TABLE "asset_new" RENAME TO "asset";
CREATE INDEX "IX_asset_site_id_location_id" ON "asset" ("site_id", "location_id");
CREATE INDEX "IX_asset_site_id_parent_id" ON "asset" ("site_id", "parent_id");
CREATE INDEX "IX_asset_site_id_process_id" ON "asset" ("site_id", "process_id");
CREATE INDEX "IX_asset_site_id_root_id" ON "asset" ("site_id", "root_id");
CREATE INDEX "IX_asset_site_id_status" ON "asset" ("site_id", "status");
CREATE INDEX "IX_asset_site_id_warranty_expiration_date" ON "asset" ("site_id", "warranty_expiration_date");
CREATE UNIQUE INDEX "IX_asset_site_id_code" ON "asset" ("site_id", "code") WHERE "code" IS NOT NULL;
CREATE UNIQUE INDEX "IX_asset_site_id_qr_code" ON "asset" ("site_id", "qr_code") WHERE "qr_code" IS NOT NULL;

ALTER TABLE "work_order" ADD COLUMN "stops_assets" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "pm_schedule" ADD COLUMN "stops_assets" INTEGER NOT NULL DEFAULT 0;
