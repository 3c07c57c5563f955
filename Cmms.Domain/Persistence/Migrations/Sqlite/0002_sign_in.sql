CREATE TABLE "user_identity" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_user_identity" PRIMARY KEY AUTOINCREMENT,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "AK_user_identity_customer_id_id" UNIQUE ("customer_id", "id"),
    CONSTRAINT "FK_user_identity_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_user_identity_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE RESTRICT
);

CREATE INDEX "IX_user_identity_customer_id_user_id" ON "user_identity" ("customer_id", "user_id");
CREATE UNIQUE INDEX "IX_user_identity_customer_id_user_id_issuer" ON "user_identity" ("customer_id", "user_id", "issuer");
CREATE UNIQUE INDEX "IX_user_identity_issuer_subject" ON "user_identity" ("issuer", "subject");

CREATE TABLE "login_session" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_login_session" PRIMARY KEY AUTOINCREMENT,
    "hash" TEXT NOT NULL,
    "ends_at" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "AK_login_session_customer_id_id" UNIQUE ("customer_id", "id"),
    CONSTRAINT "FK_login_session_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_login_session_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE RESTRICT
);

CREATE INDEX "IX_login_session_customer_id_user_id" ON "login_session" ("customer_id", "user_id");
CREATE INDEX "IX_login_session_ends_at" ON "login_session" ("ends_at");
CREATE UNIQUE INDEX "IX_login_session_hash" ON "login_session" ("hash");

CREATE INDEX "IX_user_email" ON "user" ("email");
