CREATE TABLE "customer" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_customer" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL
);


CREATE TABLE "event_head" (
    "customer_id" INTEGER NOT NULL CONSTRAINT "PK_event_head" PRIMARY KEY,
    "position" INTEGER NOT NULL,
    CONSTRAINT "FK_event_head_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT
);


CREATE TABLE "site" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_site" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "AK_site_customer_id_id" UNIQUE ("customer_id", "id"),
    CONSTRAINT "FK_site_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT
);


CREATE TABLE "counter" (
    "site_id" INTEGER NOT NULL,
    "sequence" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "value" INTEGER NOT NULL,
    CONSTRAINT "PK_counter" PRIMARY KEY ("site_id", "sequence"),
    CONSTRAINT "FK_counter_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "event" (
    "customer_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "site_id" INTEGER NULL,
    "type" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "request_id" TEXT NULL,
    "cause_position" INTEGER NULL,
    "at" INTEGER NOT NULL,
    "reason" TEXT NULL,
    "changes" TEXT NOT NULL,
    CONSTRAINT "PK_event" PRIMARY KEY ("customer_id", "position"),
    CONSTRAINT "FK_event_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_event_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE INDEX "IX_event_customer_id_subject_type_subject_id_position" ON "event" ("customer_id", "subject_type", "subject_id", "position");


CREATE UNIQUE INDEX "IX_site_customer_id_code" ON "site" ("customer_id", "code");
