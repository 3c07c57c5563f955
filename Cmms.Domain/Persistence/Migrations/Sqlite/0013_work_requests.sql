-- Requests for maintenance, and how long a site lets an outage wait before one is made.
ALTER TABLE "site" ADD COLUMN "unattended_outage_hours" INTEGER NOT NULL DEFAULT 24;

CREATE TABLE "work_request" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_work_request" PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NULL,
    "priority" INTEGER NOT NULL,
    "due_at" INTEGER NULL,
    "notify" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "status_reason" TEXT NULL,
    "requester_id" INTEGER NULL,
    "asset_id" INTEGER NULL,
    "location_id" INTEGER NULL,
    "work_order_id" INTEGER NULL,
    "archived_at" INTEGER NULL,
    "code_folded" TEXT NOT NULL,
    "title_folded" TEXT NOT NULL,
    "description_folded" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_work_request_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_work_request_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_request_location_site_id_location_id" FOREIGN KEY ("site_id", "location_id") REFERENCES "location" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_request_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_request_user_customer_id_requester_id" FOREIGN KEY ("customer_id", "requester_id") REFERENCES "user" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_request_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE RESTRICT
);

CREATE TABLE "work_request_technician" (
    "site_id" INTEGER NOT NULL,
    "work_request_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "PK_work_request_technician" PRIMARY KEY ("site_id", "work_request_id", "user_id"),
    CONSTRAINT "FK_work_request_technician_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_request_technician_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_work_request_technician_work_request_site_id_work_request_id" FOREIGN KEY ("site_id", "work_request_id") REFERENCES "work_request" ("site_id", "id") ON DELETE CASCADE
);

CREATE TABLE "work_request_vendor" (
    "site_id" INTEGER NOT NULL,
    "work_request_id" INTEGER NOT NULL,
    "vendor_id" INTEGER NOT NULL,
    CONSTRAINT "PK_work_request_vendor" PRIMARY KEY ("site_id", "work_request_id", "vendor_id"),
    CONSTRAINT "FK_work_request_vendor_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_work_request_vendor_work_request_site_id_work_request_id" FOREIGN KEY ("site_id", "work_request_id") REFERENCES "work_request" ("site_id", "id") ON DELETE CASCADE
);

CREATE INDEX "IX_work_request_technician_customer_id_user_id" ON "work_request_technician" ("customer_id", "user_id");
CREATE INDEX "IX_work_request_vendor_site_id_vendor_id" ON "work_request_vendor" ("site_id", "vendor_id");
CREATE INDEX "IX_work_request_site_id_asset_id" ON "work_request" ("site_id", "asset_id");
CREATE UNIQUE INDEX "IX_work_request_site_id_code" ON "work_request" ("site_id", "code");
CREATE INDEX "IX_work_request_site_id_created_at" ON "work_request" ("site_id", "created_at");
CREATE INDEX "IX_work_request_site_id_location_id" ON "work_request" ("site_id", "location_id");
CREATE INDEX "IX_work_request_customer_id_requester_id" ON "work_request" ("customer_id", "requester_id");
CREATE INDEX "IX_work_request_site_id_status" ON "work_request" ("site_id", "status");
CREATE INDEX "IX_work_request_site_id_work_order_id" ON "work_request" ("site_id", "work_order_id");
