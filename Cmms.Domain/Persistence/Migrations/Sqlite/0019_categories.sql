-- What work is sorted into, and what vendors are for.
CREATE TABLE "category" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_category" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "is_archived" INTEGER NOT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_category_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_category_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);

CREATE TABLE "vendor_category" (
    "site_id" INTEGER NOT NULL,
    "vendor_id" INTEGER NOT NULL,
    "category_id" INTEGER NOT NULL,
    CONSTRAINT "PK_vendor_category" PRIMARY KEY ("site_id", "vendor_id", "category_id"),
    CONSTRAINT "FK_vendor_category_category_site_id_category_id" FOREIGN KEY ("site_id", "category_id") REFERENCES "category" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_vendor_category_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_category_site_id_name_folded" ON "category" ("site_id", "name_folded");
CREATE INDEX "IX_vendor_category_site_id_category_id" ON "vendor_category" ("site_id", "category_id");
