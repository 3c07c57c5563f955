-- Counts of requests, which may be lost with the server that had them: no commit waits for a disk.
CREATE UNLOGGED TABLE rate_bucket (
    name text COLLATE "C" NOT NULL,
    requests bigint NOT NULL,
    cost double precision NOT NULL,
    resets_at timestamp with time zone NOT NULL,
    CONSTRAINT "PK_rate_bucket" PRIMARY KEY (name)
);
