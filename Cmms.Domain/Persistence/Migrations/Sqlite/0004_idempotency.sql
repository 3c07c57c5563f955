CREATE TABLE "kept_answer" (
    "customer_id" INTEGER NOT NULL,
    "credential" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "fingerprint" BLOB NOT NULL,
    "kept_at" INTEGER NOT NULL,
    "field" BLOB NOT NULL,
    "errors" BLOB NOT NULL,
    CONSTRAINT "PK_kept_answer" PRIMARY KEY ("customer_id", "credential", "key", "ordinal"),
    CONSTRAINT "FK_kept_answer_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT
);


CREATE INDEX "IX_kept_answer_kept_at" ON "kept_answer" ("kept_at");
