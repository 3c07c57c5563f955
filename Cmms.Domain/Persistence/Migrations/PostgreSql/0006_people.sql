ALTER TABLE "user"
    ADD COLUMN auth_type text COLLATE "C" NOT NULL DEFAULT 'ApiKey',
    ADD COLUMN unconfirmed_email text COLLATE "C",
    ADD COLUMN avatar_changed_at timestamp with time zone,
    ADD COLUMN last_login_at timestamp with time zone,
    ADD COLUMN login_count integer NOT NULL DEFAULT 0,
    ADD COLUMN invitation_hash text COLLATE "C",
    ADD COLUMN email_confirmation_hash text COLLATE "C",
    ADD COLUMN email_confirmation_sent_at timestamp with time zone;

CREATE UNIQUE INDEX "IX_user_invitation_hash" ON "user" (invitation_hash);
CREATE UNIQUE INDEX "IX_user_email_confirmation_hash" ON "user" (email_confirmation_hash);

CREATE TABLE user_avatar (
    user_id bigint NOT NULL,
    customer_id bigint NOT NULL,
    content_type text COLLATE "C" NOT NULL,
    key bytea NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT "PK_user_avatar" PRIMARY KEY (user_id),
    CONSTRAINT "FK_user_avatar_user_customer_id_user_id" FOREIGN KEY (customer_id, user_id) REFERENCES "user" (customer_id, id) ON DELETE RESTRICT
);

CREATE INDEX "IX_user_avatar_customer_id_user_id" ON user_avatar (customer_id, user_id);
