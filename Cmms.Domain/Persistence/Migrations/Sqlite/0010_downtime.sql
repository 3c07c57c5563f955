-- When assets stood still.
ALTER TABLE "asset" ADD COLUMN "downtime_cost_per_hour" INTEGER NULL;

CREATE TABLE "downtime" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_downtime" PRIMARY KEY AUTOINCREMENT,
    "asset_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "started_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "cause" TEXT NULL,
    "description" TEXT NULL,
    "cost_per_hour" INTEGER NULL,
    "status_change_id" INTEGER NULL,
    "work_order_id" INTEGER NULL,
    "cause_folded" TEXT NULL,
    "description_folded" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_downtime_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "ck_downtime_order" CHECK (ended_at >= started_at),
    CONSTRAINT "FK_downtime_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_downtime_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_downtime_status_change_site_id_status_change_id" FOREIGN KEY ("site_id", "status_change_id") REFERENCES "status_change" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_downtime_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE RESTRICT
);

CREATE INDEX "IX_downtime_site_id_asset_id" ON "downtime" ("site_id", "asset_id");
CREATE INDEX "IX_downtime_site_id_asset_id_started_at_ended_at_kind" ON "downtime" ("site_id", "asset_id", "started_at", "ended_at", "kind");
CREATE INDEX "IX_downtime_site_id_started_at" ON "downtime" ("site_id", "started_at");
CREATE INDEX "IX_downtime_site_id_status_change_id" ON "downtime" ("site_id", "status_change_id");
CREATE INDEX "IX_downtime_site_id_work_order_id" ON "downtime" ("site_id", "work_order_id");
CREATE UNIQUE INDEX "ux_downtime_open" ON "downtime" ("site_id", "asset_id") WHERE ended_at IS NULL;
