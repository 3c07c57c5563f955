CREATE TABLE kept_answer (
    customer_id bigint NOT NULL,
    credential text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    ordinal integer NOT NULL,
    fingerprint bytea NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    field bytea NOT NULL,
    errors bytea NOT NULL,
    CONSTRAINT "PK_kept_answer" PRIMARY KEY (customer_id, credential, key, ordinal),
    CONSTRAINT "FK_kept_answer_customer_customer_id" FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT
);


CREATE INDEX "IX_kept_answer_kept_at" ON kept_answer (kept_at);
