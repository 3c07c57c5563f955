ALTER TABLE "user" ADD COLUMN "auth_type" TEXT NOT NULL DEFAULT 'ApiKey';
ALTER TABLE "user" ADD COLUMN "unconfirmed_email" TEXT NULL;
ALTER TABLE "user" ADD COLUMN "avatar_changed_at" INTEGER NULL;
ALTER TABLE "user" ADD COLUMN "last_login_at" INTEGER NULL;
ALTER TABLE "user" ADD COLUMN "login_count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "user" ADD COLUMN "invitation_hash" TEXT NULL;
ALTER TABLE "user" ADD COLUMN "email_confirmation_hash" TEXT NULL;
ALTER TABLE "user" ADD COLUMN "email_confirmation_sent_at" INTEGER NULL;

CREATE UNIQUE INDEX "IX_user_invitation_hash" ON "user" ("invitation_hash");
CREATE UNIQUE INDEX "IX_user_email_confirmation_hash" ON "user" ("email_confirmation_hash");

CREATE TABLE "user_avatar" (
    "user_id" INTEGER NOT NULL CONSTRAINT "PK_user_avatar" PRIMARY KEY,
    "customer_id" INTEGER NOT NULL,
    "content_type" TEXT NOT NULL,
    "key" BLOB NOT NULL,
    "content" BLOB NOT NULL,
    CONSTRAINT "FK_user_avatar_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE RESTRICT
);

CREATE INDEX "IX_user_avatar_customer_id_user_id" ON "user_avatar" ("customer_id", "user_id");
