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
    "description" TEXT NULL,
    "address" TEXT NULL,
    "time_zone" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "date_time_format" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "code_folded" TEXT NOT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "AK_site_customer_id_id" UNIQUE ("customer_id", "id"),
    CONSTRAINT "FK_site_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT
);


CREATE TABLE "user" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_user" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "surname" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone_number" TEXT NULL,
    "job_title" TEXT NULL,
    "status" TEXT NOT NULL,
    "can_be_assigned_to_work_orders" INTEGER NOT NULL,
    "regular_rate" INTEGER NULL,
    "overtime_rate1" INTEGER NULL,
    "overtime_rate2" INTEGER NULL,
    "customer_role" TEXT NOT NULL,
    "invitation_sent_at" INTEGER NULL,
    "invitation_accepted_at" INTEGER NULL,
    "email_folded" TEXT NOT NULL,
    "full_name_folded" TEXT NOT NULL,
    "job_title_folded" TEXT NULL,
    "name_folded" TEXT NOT NULL,
    "surname_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "AK_user_customer_id_id" UNIQUE ("customer_id", "id"),
    CONSTRAINT "FK_user_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT
);


CREATE TABLE "asset_type" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_asset_type" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_asset_type_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_asset_type_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
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


CREATE TABLE "location" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_location" PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NULL,
    "description" TEXT NULL,
    "address" TEXT NULL,
    "qr_code" TEXT NULL,
    "address_folded" TEXT NULL,
    "code_folded" TEXT NULL,
    "description_folded" TEXT NULL,
    "name_folded" TEXT NOT NULL,
    "path_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "depth" INTEGER NOT NULL,
    "parent_id" INTEGER NULL,
    "root_id" INTEGER NULL,
    "is_archived" INTEGER NOT NULL,
    CONSTRAINT "AK_location_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_location_location_site_id_parent_id" FOREIGN KEY ("site_id", "parent_id") REFERENCES "location" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_location_location_site_id_root_id" FOREIGN KEY ("site_id", "root_id") REFERENCES "location" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_location_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "measurement_unit" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_measurement_unit" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_measurement_unit_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_measurement_unit_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "non_working_date" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_non_working_date" PRIMARY KEY AUTOINCREMENT,
    "date" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_non_working_date_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_non_working_date_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "part_type" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_part_type" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_part_type_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_part_type_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "partner" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_partner" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "tax_id" TEXT NULL,
    "contact_name" TEXT NULL,
    "contact_phone" TEXT NULL,
    "archived_at" INTEGER NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_partner_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_partner_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "policy_firing" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_policy_firing" PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "epoch" TEXT NOT NULL,
    "explanation" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_policy_firing_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_policy_firing_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "policy_run" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_policy_run" PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "started_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "decisions" INTEGER NOT NULL,
    "applied" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_policy_run_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_policy_run_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "policy_setting" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_policy_setting" PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "enabled" INTEGER NOT NULL,
    "schedule" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_policy_setting_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_policy_setting_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "vendor" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_vendor" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "is_active" INTEGER NOT NULL,
    "assign_to_work_orders" INTEGER NOT NULL,
    "parts_supplier" INTEGER NOT NULL,
    "tax_id" TEXT NULL,
    "address" TEXT NULL,
    "rating" INTEGER NULL,
    "hourly_rate" INTEGER NULL,
    "description_folded" TEXT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_vendor_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_vendor_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "work_order_status" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_work_order_status" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "is_custom" INTEGER NOT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_work_order_status_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_work_order_status_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "working_hours" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_working_hours" PRIMARY KEY AUTOINCREMENT,
    "weekday" INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_working_hours_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_working_hours_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "api_key" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_api_key" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "expires_at" INTEGER NULL,
    "last_used_at" INTEGER NULL,
    "revoked_at" INTEGER NULL,
    "user_id" INTEGER NOT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "AK_api_key_customer_id_id" UNIQUE ("customer_id", "id"),
    CONSTRAINT "FK_api_key_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_api_key_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "notification" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_notification" PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "severity" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "read_at" INTEGER NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_notification_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_notification_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_notification_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "notification_preference" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_notification_preference" PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "enabled" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_notification_preference_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_notification_preference_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_notification_preference_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "user_role" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_user_role" PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "AK_user_role_customer_id_id" UNIQUE ("customer_id", "id"),
    CONSTRAINT "FK_user_role_customer_customer_id" FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE RESTRICT,
    CONSTRAINT "FK_user_role_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_user_role_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "asset" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_asset" PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NULL,
    "description" TEXT NULL,
    "model" TEXT NULL,
    "manufacturer" TEXT NULL,
    "serial_number" TEXT NULL,
    "purchase_date" TEXT NULL,
    "warranty_expiration_date" TEXT NULL,
    "warranty_notice_days" INTEGER NOT NULL,
    "life_expectancy_months" INTEGER NULL,
    "purchase_cost" INTEGER NULL,
    "replacement_cost" INTEGER NULL,
    "salvage_value" INTEGER NULL,
    "theoretical_capacity" INTEGER NULL,
    "capacity_unit" TEXT NULL,
    "qr_code" TEXT NULL,
    "status" TEXT NOT NULL,
    "status_changed_at" INTEGER NOT NULL,
    "condition" TEXT NOT NULL,
    "rental_status" TEXT NOT NULL,
    "location_id" INTEGER NULL,
    "code_folded" TEXT NULL,
    "description_folded" TEXT NULL,
    "manufacturer_folded" TEXT NULL,
    "model_folded" TEXT NULL,
    "name_folded" TEXT NOT NULL,
    "path_folded" TEXT NOT NULL,
    "serial_number_folded" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "depth" INTEGER NOT NULL,
    "parent_id" INTEGER NULL,
    "root_id" INTEGER NULL,
    "is_archived" INTEGER NOT NULL,
    CONSTRAINT "AK_asset_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_asset_asset_site_id_parent_id" FOREIGN KEY ("site_id", "parent_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_asset_asset_site_id_root_id" FOREIGN KEY ("site_id", "root_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_asset_location_site_id_location_id" FOREIGN KEY ("site_id", "location_id") REFERENCES "location" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_asset_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "pm_schedule" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_pm_schedule" PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "catch_up" TEXT NOT NULL,
    "recurrence" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "suspension_reason" TEXT NULL,
    "time_to_complete" INTEGER NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NULL,
    "priority" INTEGER NOT NULL,
    "location_id" INTEGER NULL,
    "last_scheduled_for" TEXT NULL,
    "next_scheduled_for" TEXT NULL,
    "next_order_at" INTEGER NULL,
    "next_due_at" INTEGER NULL,
    "archived_at" INTEGER NULL,
    "code_folded" TEXT NOT NULL,
    "title_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_pm_schedule_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_pm_schedule_location_site_id_location_id" FOREIGN KEY ("site_id", "location_id") REFERENCES "location" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_pm_schedule_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "storeroom" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_storeroom" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "is_default" INTEGER NOT NULL,
    "location_id" INTEGER NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_storeroom_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_storeroom_location_site_id_location_id" FOREIGN KEY ("site_id", "location_id") REFERENCES "location" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_storeroom_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "project" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_project" PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "partner_id" INTEGER NULL,
    "location" TEXT NULL,
    "cardinal_point" TEXT NULL,
    "contact_name" TEXT NULL,
    "contact_phone" TEXT NULL,
    "start_date" TEXT NOT NULL,
    "end_date" TEXT NULL,
    "is_closed" INTEGER NOT NULL,
    "closed_at" INTEGER NULL,
    "code_folded" TEXT NOT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_project_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_project_partner_site_id_partner_id" FOREIGN KEY ("site_id", "partner_id") REFERENCES "partner" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_project_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "purchase_request" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_purchase_request" PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "vendor_id" INTEGER NULL,
    "status" TEXT NOT NULL,
    "need_by_date" TEXT NULL,
    "note" TEXT NULL,
    "explanation" TEXT NULL,
    "claim_key" TEXT NULL,
    "approved_by" TEXT NULL,
    "approved_at" INTEGER NULL,
    "closed_at" INTEGER NULL,
    "code_folded" TEXT NOT NULL,
    "note_folded" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_purchase_request_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_purchase_request_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_purchase_request_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "vendor_contact" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_vendor_contact" PRIMARY KEY AUTOINCREMENT,
    "vendor_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NULL,
    "email" TEXT NULL,
    "phone" TEXT NULL,
    "extension" TEXT NULL,
    "is_primary" INTEGER NOT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_vendor_contact_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_vendor_contact_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_vendor_contact_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "vendor_location" (
    "site_id" INTEGER NOT NULL,
    "vendor_id" INTEGER NOT NULL,
    "location_id" INTEGER NOT NULL,
    CONSTRAINT "PK_vendor_location" PRIMARY KEY ("site_id", "vendor_id", "location_id"),
    CONSTRAINT "FK_vendor_location_location_site_id_location_id" FOREIGN KEY ("site_id", "location_id") REFERENCES "location" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_vendor_location_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "asset_asset_type" (
    "site_id" INTEGER NOT NULL,
    "asset_id" INTEGER NOT NULL,
    "asset_type_id" INTEGER NOT NULL,
    CONSTRAINT "PK_asset_asset_type" PRIMARY KEY ("site_id", "asset_id", "asset_type_id"),
    CONSTRAINT "FK_asset_asset_type_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_asset_asset_type_asset_type_site_id_asset_type_id" FOREIGN KEY ("site_id", "asset_type_id") REFERENCES "asset_type" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "asset_technician" (
    "site_id" INTEGER NOT NULL,
    "asset_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "PK_asset_technician" PRIMARY KEY ("site_id", "asset_id", "user_id"),
    CONSTRAINT "FK_asset_technician_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_asset_technician_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_asset_technician_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE CASCADE
);


CREATE TABLE "asset_vendor" (
    "site_id" INTEGER NOT NULL,
    "asset_id" INTEGER NOT NULL,
    "vendor_id" INTEGER NOT NULL,
    CONSTRAINT "PK_asset_vendor" PRIMARY KEY ("site_id", "asset_id", "vendor_id"),
    CONSTRAINT "FK_asset_vendor_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_asset_vendor_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "moved_occurrence" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_moved_occurrence" PRIMARY KEY AUTOINCREMENT,
    "pm_schedule_id" INTEGER NOT NULL,
    "scheduled_for" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "reason" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_moved_occurrence_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_moved_occurrence_pm_schedule_site_id_pm_schedule_id" FOREIGN KEY ("site_id", "pm_schedule_id") REFERENCES "pm_schedule" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_moved_occurrence_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "pm_checklist_item" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_pm_checklist_item" PRIMARY KEY AUTOINCREMENT,
    "pm_schedule_id" INTEGER NOT NULL,
    "order" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_pm_checklist_item_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_pm_checklist_item_pm_schedule_site_id_pm_schedule_id" FOREIGN KEY ("site_id", "pm_schedule_id") REFERENCES "pm_schedule" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_pm_checklist_item_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "pm_schedule_asset" (
    "site_id" INTEGER NOT NULL,
    "pm_schedule_id" INTEGER NOT NULL,
    "asset_id" INTEGER NOT NULL,
    CONSTRAINT "PK_pm_schedule_asset" PRIMARY KEY ("site_id", "pm_schedule_id", "asset_id"),
    CONSTRAINT "FK_pm_schedule_asset_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_pm_schedule_asset_pm_schedule_site_id_pm_schedule_id" FOREIGN KEY ("site_id", "pm_schedule_id") REFERENCES "pm_schedule" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "pm_schedule_technician" (
    "site_id" INTEGER NOT NULL,
    "pm_schedule_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "PK_pm_schedule_technician" PRIMARY KEY ("site_id", "pm_schedule_id", "user_id"),
    CONSTRAINT "FK_pm_schedule_technician_pm_schedule_site_id_pm_schedule_id" FOREIGN KEY ("site_id", "pm_schedule_id") REFERENCES "pm_schedule" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_pm_schedule_technician_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_pm_schedule_technician_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE CASCADE
);


CREATE TABLE "pm_schedule_vendor" (
    "site_id" INTEGER NOT NULL,
    "pm_schedule_id" INTEGER NOT NULL,
    "vendor_id" INTEGER NOT NULL,
    CONSTRAINT "PK_pm_schedule_vendor" PRIMARY KEY ("site_id", "pm_schedule_id", "vendor_id"),
    CONSTRAINT "FK_pm_schedule_vendor_pm_schedule_site_id_pm_schedule_id" FOREIGN KEY ("site_id", "pm_schedule_id") REFERENCES "pm_schedule" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_pm_schedule_vendor_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "work_order" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_work_order" PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NULL,
    "notes" TEXT NULL,
    "type" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "status_id" INTEGER NOT NULL,
    "phase" TEXT NOT NULL,
    "due_at" INTEGER NULL,
    "scheduled_start_at" INTEGER NULL,
    "scheduled_end_at" INTEGER NULL,
    "actual_start_at" INTEGER NULL,
    "actual_end_at" INTEGER NULL,
    "completed_at" INTEGER NULL,
    "finished_at" INTEGER NULL,
    "archived_at" INTEGER NULL,
    "location_id" INTEGER NULL,
    "asset_id" INTEGER NULL,
    "opened_under_warranty" INTEGER NOT NULL,
    "pm_schedule_id" INTEGER NULL,
    "pm_scheduled_for" TEXT NULL,
    "split_from_id" INTEGER NULL,
    "merged_into_id" INTEGER NULL,
    "code_folded" TEXT NOT NULL,
    "description_folded" TEXT NULL,
    "title_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_work_order_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_work_order_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_location_site_id_location_id" FOREIGN KEY ("site_id", "location_id") REFERENCES "location" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_pm_schedule_site_id_pm_schedule_id" FOREIGN KEY ("site_id", "pm_schedule_id") REFERENCES "pm_schedule" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_work_order_site_id_merged_into_id" FOREIGN KEY ("site_id", "merged_into_id") REFERENCES "work_order" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_work_order_site_id_split_from_id" FOREIGN KEY ("site_id", "split_from_id") REFERENCES "work_order" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_work_order_status_site_id_status_id" FOREIGN KEY ("site_id", "status_id") REFERENCES "work_order_status" ("site_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "part" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_part" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "description" TEXT NULL,
    "number" TEXT NULL,
    "area" TEXT NULL,
    "is_non_stock" INTEGER NOT NULL,
    "lead_time" INTEGER NULL,
    "qr_code" TEXT NULL,
    "is_archived" INTEGER NOT NULL,
    "minimum" INTEGER NULL,
    "desired" INTEGER NULL,
    "on_hand" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL,
    "available" INTEGER NOT NULL,
    "on_order" INTEGER NOT NULL,
    "shortage" INTEGER NOT NULL,
    "total_used" INTEGER NOT NULL,
    "unit_cost" INTEGER NOT NULL,
    "average_unit_cost" INTEGER NOT NULL,
    "stock_value" INTEGER NOT NULL,
    "is_low" INTEGER NOT NULL,
    "low_stock_epoch" INTEGER NOT NULL,
    "part_type_id" INTEGER NULL,
    "storeroom_id" INTEGER NULL,
    "measurement_unit_id" INTEGER NULL,
    "area_folded" TEXT NULL,
    "description_folded" TEXT NULL,
    "name_folded" TEXT NOT NULL,
    "number_folded" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_part_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "ck_part_available" CHECK (available = on_hand - reserved),
    CONSTRAINT "ck_part_on_hand" CHECK (on_hand >= 0),
    CONSTRAINT "ck_part_on_order" CHECK (on_order >= 0),
    CONSTRAINT "ck_part_reserved" CHECK (reserved >= 0),
    CONSTRAINT "ck_part_shortage" CHECK (shortage >= 0),
    CONSTRAINT "ck_part_stock_value" CHECK (stock_value >= 0),
    CONSTRAINT "FK_part_measurement_unit_site_id_measurement_unit_id" FOREIGN KEY ("site_id", "measurement_unit_id") REFERENCES "measurement_unit" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_part_part_type_site_id_part_type_id" FOREIGN KEY ("site_id", "part_type_id") REFERENCES "part_type" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_part_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_part_storeroom_site_id_storeroom_id" FOREIGN KEY ("site_id", "storeroom_id") REFERENCES "storeroom" ("site_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "resource" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_resource" PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NULL,
    "asset_id" INTEGER NULL,
    "base_location" TEXT NULL,
    "current_location" TEXT NULL,
    "current_project_id" INTEGER NULL,
    "commitment_date" TEXT NULL,
    "archived_at" INTEGER NULL,
    "code_folded" TEXT NOT NULL,
    "name_folded" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_resource_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_resource_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_resource_project_site_id_current_project_id" FOREIGN KEY ("site_id", "current_project_id") REFERENCES "project" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_resource_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "checklist_item" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_checklist_item" PRIMARY KEY AUTOINCREMENT,
    "work_order_id" INTEGER NOT NULL,
    "order" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "is_checked" INTEGER NOT NULL,
    "checked_at" INTEGER NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_checklist_item_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_checklist_item_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_checklist_item_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "dated_occurrence" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_dated_occurrence" PRIMARY KEY AUTOINCREMENT,
    "pm_schedule_id" INTEGER NOT NULL,
    "scheduled_for" TEXT NOT NULL,
    "asset_id" INTEGER NULL,
    "asset_key" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "work_order_id" INTEGER NULL,
    "reason" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_dated_occurrence_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_dated_occurrence_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_dated_occurrence_pm_schedule_site_id_pm_schedule_id" FOREIGN KEY ("site_id", "pm_schedule_id") REFERENCES "pm_schedule" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_dated_occurrence_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_dated_occurrence_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "status_change" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_status_change" PRIMARY KEY AUTOINCREMENT,
    "asset_id" INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" INTEGER NOT NULL,
    "maintenance_kind" TEXT NULL,
    "failure_description" TEXT NULL,
    "work_performed" TEXT NULL,
    "expected_return_at" INTEGER NULL,
    "work_order_id" INTEGER NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_status_change_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_status_change_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_status_change_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_status_change_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "work_order_asset" (
    "site_id" INTEGER NOT NULL,
    "work_order_id" INTEGER NOT NULL,
    "asset_id" INTEGER NOT NULL,
    CONSTRAINT "PK_work_order_asset" PRIMARY KEY ("site_id", "work_order_id", "asset_id"),
    CONSTRAINT "FK_work_order_asset_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_work_order_asset_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "work_order_technician" (
    "site_id" INTEGER NOT NULL,
    "work_order_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "customer_id" INTEGER NOT NULL,
    CONSTRAINT "PK_work_order_technician" PRIMARY KEY ("site_id", "work_order_id", "user_id"),
    CONSTRAINT "FK_work_order_technician_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_technician_user_customer_id_user_id" FOREIGN KEY ("customer_id", "user_id") REFERENCES "user" ("customer_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_work_order_technician_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "work_order_vendor" (
    "site_id" INTEGER NOT NULL,
    "work_order_id" INTEGER NOT NULL,
    "vendor_id" INTEGER NOT NULL,
    CONSTRAINT "PK_work_order_vendor" PRIMARY KEY ("site_id", "work_order_id", "vendor_id"),
    CONSTRAINT "FK_work_order_vendor_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_work_order_vendor_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "asset_part" (
    "site_id" INTEGER NOT NULL,
    "asset_id" INTEGER NOT NULL,
    "part_id" INTEGER NOT NULL,
    CONSTRAINT "PK_asset_part" PRIMARY KEY ("site_id", "asset_id", "part_id"),
    CONSTRAINT "FK_asset_part_asset_site_id_asset_id" FOREIGN KEY ("site_id", "asset_id") REFERENCES "asset" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_asset_part_part_site_id_part_id" FOREIGN KEY ("site_id", "part_id") REFERENCES "part" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "pm_part" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_pm_part" PRIMARY KEY AUTOINCREMENT,
    "pm_schedule_id" INTEGER NOT NULL,
    "part_id" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_pm_part_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_pm_part_part_site_id_part_id" FOREIGN KEY ("site_id", "part_id") REFERENCES "part" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_pm_part_pm_schedule_site_id_pm_schedule_id" FOREIGN KEY ("site_id", "pm_schedule_id") REFERENCES "pm_schedule" ("site_id", "id") ON DELETE CASCADE,
    CONSTRAINT "FK_pm_part_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "purchase_line" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_purchase_line" PRIMARY KEY AUTOINCREMENT,
    "purchase_request_id" INTEGER NOT NULL,
    "part_id" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,
    "received" INTEGER NOT NULL,
    "unit_cost" INTEGER NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_purchase_line_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "ck_purchase_line_received" CHECK (received >= 0 AND received <= quantity),
    CONSTRAINT "FK_purchase_line_part_site_id_part_id" FOREIGN KEY ("site_id", "part_id") REFERENCES "part" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_purchase_line_purchase_request_site_id_purchase_request_id" FOREIGN KEY ("site_id", "purchase_request_id") REFERENCES "purchase_request" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_purchase_line_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "stock_level" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_stock_level" PRIMARY KEY AUTOINCREMENT,
    "part_id" INTEGER NOT NULL,
    "storeroom_id" INTEGER NOT NULL,
    "on_hand" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL,
    "available" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_stock_level_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "ck_stock_level_available" CHECK (available = on_hand - reserved),
    CONSTRAINT "ck_stock_level_on_hand" CHECK (on_hand >= 0),
    CONSTRAINT "ck_stock_level_reserved" CHECK (reserved >= 0),
    CONSTRAINT "FK_stock_level_part_site_id_part_id" FOREIGN KEY ("site_id", "part_id") REFERENCES "part" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_stock_level_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_stock_level_storeroom_site_id_storeroom_id" FOREIGN KEY ("site_id", "storeroom_id") REFERENCES "storeroom" ("site_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "stock_transaction" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_stock_transaction" PRIMARY KEY AUTOINCREMENT,
    "part_id" INTEGER NOT NULL,
    "storeroom_id" INTEGER NULL,
    "kind" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_cost" INTEGER NOT NULL,
    "total_cost" INTEGER NOT NULL,
    "on_hand_change" INTEGER NOT NULL,
    "reserved_change" INTEGER NOT NULL,
    "value_change" INTEGER NOT NULL,
    "on_hand_after" INTEGER NOT NULL,
    "reserved_after" INTEGER NOT NULL,
    "stock_value_after" INTEGER NOT NULL,
    "note" TEXT NULL,
    "work_order_id" INTEGER NULL,
    "purchase_request_id" INTEGER NULL,
    "note_folded" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_stock_transaction_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_stock_transaction_part_site_id_part_id" FOREIGN KEY ("site_id", "part_id") REFERENCES "part" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_stock_transaction_purchase_request_site_id_purchase_request_id" FOREIGN KEY ("site_id", "purchase_request_id") REFERENCES "purchase_request" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_stock_transaction_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_stock_transaction_storeroom_site_id_storeroom_id" FOREIGN KEY ("site_id", "storeroom_id") REFERENCES "storeroom" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_stock_transaction_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "vendor_part" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_vendor_part" PRIMARY KEY AUTOINCREMENT,
    "part_id" INTEGER NOT NULL,
    "vendor_id" INTEGER NOT NULL,
    "vendor_part_number" TEXT NULL,
    "is_preferred" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_vendor_part_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_vendor_part_part_site_id_part_id" FOREIGN KEY ("site_id", "part_id") REFERENCES "part" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_vendor_part_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_vendor_part_vendor_site_id_vendor_id" FOREIGN KEY ("site_id", "vendor_id") REFERENCES "vendor" ("site_id", "id") ON DELETE RESTRICT
);


CREATE TABLE "work_order_part" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_work_order_part" PRIMARY KEY AUTOINCREMENT,
    "work_order_id" INTEGER NOT NULL,
    "part_id" INTEGER NOT NULL,
    "storeroom_id" INTEGER NULL,
    "quantity" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL,
    "used" INTEGER NOT NULL,
    "total_cost" INTEGER NOT NULL,
    "is_non_stock" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_work_order_part_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_work_order_part_part_site_id_part_id" FOREIGN KEY ("site_id", "part_id") REFERENCES "part" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_part_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_part_storeroom_site_id_storeroom_id" FOREIGN KEY ("site_id", "storeroom_id") REFERENCES "storeroom" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_work_order_part_work_order_site_id_work_order_id" FOREIGN KEY ("site_id", "work_order_id") REFERENCES "work_order" ("site_id", "id") ON DELETE CASCADE
);


CREATE TABLE "resource_assignment" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_resource_assignment" PRIMARY KEY AUTOINCREMENT,
    "project_id" INTEGER NOT NULL,
    "resource_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "cost" INTEGER NOT NULL,
    "recurrence" TEXT NOT NULL,
    "operation_start_date" TEXT NOT NULL,
    "operation_end_date" TEXT NULL,
    "commitment_date" TEXT NULL,
    "equipment_assignment_id" INTEGER NULL,
    "is_retired" INTEGER NOT NULL,
    "retirement_date" TEXT NULL,
    "retirement_reason" TEXT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    CONSTRAINT "AK_resource_assignment_site_id_id" UNIQUE ("site_id", "id"),
    CONSTRAINT "FK_resource_assignment_project_site_id_project_id" FOREIGN KEY ("site_id", "project_id") REFERENCES "project" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_resource_assignment_resource_assignment_site_id_equipment_assignment_id" FOREIGN KEY ("site_id", "equipment_assignment_id") REFERENCES "resource_assignment" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_resource_assignment_resource_site_id_resource_id" FOREIGN KEY ("site_id", "resource_id") REFERENCES "resource" ("site_id", "id") ON DELETE RESTRICT,
    CONSTRAINT "FK_resource_assignment_site_customer_id_site_id" FOREIGN KEY ("customer_id", "site_id") REFERENCES "site" ("customer_id", "id") ON DELETE RESTRICT
);


CREATE INDEX "IX_api_key_customer_id_user_id" ON "api_key" ("customer_id", "user_id");


CREATE UNIQUE INDEX "IX_api_key_hash" ON "api_key" ("hash");


CREATE UNIQUE INDEX "IX_asset_customer_id_qr_code" ON "asset" ("customer_id", "qr_code") WHERE "qr_code" IS NOT NULL;


CREATE UNIQUE INDEX "IX_asset_site_id_code" ON "asset" ("site_id", "code") WHERE "code" IS NOT NULL;


CREATE INDEX "IX_asset_site_id_location_id" ON "asset" ("site_id", "location_id");


CREATE INDEX "IX_asset_site_id_parent_id" ON "asset" ("site_id", "parent_id");


CREATE INDEX "IX_asset_site_id_root_id" ON "asset" ("site_id", "root_id");


CREATE INDEX "IX_asset_site_id_status" ON "asset" ("site_id", "status");


CREATE INDEX "IX_asset_site_id_warranty_expiration_date" ON "asset" ("site_id", "warranty_expiration_date");


CREATE INDEX "IX_asset_asset_type_site_id_asset_type_id" ON "asset_asset_type" ("site_id", "asset_type_id");


CREATE INDEX "IX_asset_part_site_id_part_id" ON "asset_part" ("site_id", "part_id");


CREATE INDEX "IX_asset_technician_customer_id_user_id" ON "asset_technician" ("customer_id", "user_id");


CREATE UNIQUE INDEX "IX_asset_type_site_id_name_folded" ON "asset_type" ("site_id", "name_folded");


CREATE INDEX "IX_asset_vendor_site_id_vendor_id" ON "asset_vendor" ("site_id", "vendor_id");


CREATE INDEX "IX_checklist_item_site_id_work_order_id" ON "checklist_item" ("site_id", "work_order_id");


CREATE UNIQUE INDEX "IX_customer_slug" ON "customer" ("slug");


CREATE INDEX "IX_dated_occurrence_site_id_asset_id" ON "dated_occurrence" ("site_id", "asset_id");


CREATE INDEX "IX_dated_occurrence_site_id_pm_schedule_id" ON "dated_occurrence" ("site_id", "pm_schedule_id");


CREATE UNIQUE INDEX "IX_dated_occurrence_site_id_pm_schedule_id_scheduled_for_asset_key" ON "dated_occurrence" ("site_id", "pm_schedule_id", "scheduled_for", "asset_key");


CREATE INDEX "IX_dated_occurrence_site_id_work_order_id" ON "dated_occurrence" ("site_id", "work_order_id");


CREATE INDEX "IX_event_customer_id_subject_type_subject_id_position" ON "event" ("customer_id", "subject_type", "subject_id", "position");


CREATE UNIQUE INDEX "IX_location_customer_id_qr_code" ON "location" ("customer_id", "qr_code") WHERE "qr_code" IS NOT NULL;


CREATE UNIQUE INDEX "IX_location_site_id_code" ON "location" ("site_id", "code") WHERE "code" IS NOT NULL;


CREATE INDEX "IX_location_site_id_parent_id" ON "location" ("site_id", "parent_id");


CREATE INDEX "IX_location_site_id_root_id" ON "location" ("site_id", "root_id");


CREATE UNIQUE INDEX "IX_measurement_unit_site_id_name_folded" ON "measurement_unit" ("site_id", "name_folded");


CREATE INDEX "IX_moved_occurrence_site_id_pm_schedule_id" ON "moved_occurrence" ("site_id", "pm_schedule_id");


CREATE UNIQUE INDEX "IX_moved_occurrence_site_id_pm_schedule_id_scheduled_for" ON "moved_occurrence" ("site_id", "pm_schedule_id", "scheduled_for");


CREATE UNIQUE INDEX "IX_non_working_date_site_id_date" ON "non_working_date" ("site_id", "date");


CREATE INDEX "IX_notification_customer_id_user_id" ON "notification" ("customer_id", "user_id");


CREATE UNIQUE INDEX "IX_notification_site_id_user_id_key" ON "notification" ("site_id", "user_id", "key");


CREATE INDEX "IX_notification_site_id_user_id_read_at" ON "notification" ("site_id", "user_id", "read_at");


CREATE INDEX "IX_notification_preference_customer_id_user_id" ON "notification_preference" ("customer_id", "user_id");


CREATE UNIQUE INDEX "IX_notification_preference_site_id_user_id_event_channel" ON "notification_preference" ("site_id", "user_id", "event", "channel");


CREATE UNIQUE INDEX "IX_part_customer_id_qr_code" ON "part" ("customer_id", "qr_code") WHERE "qr_code" IS NOT NULL;


CREATE INDEX "IX_part_site_id_is_low" ON "part" ("site_id", "is_low");


CREATE INDEX "IX_part_site_id_measurement_unit_id" ON "part" ("site_id", "measurement_unit_id");


CREATE UNIQUE INDEX "IX_part_site_id_number" ON "part" ("site_id", "number") WHERE "number" IS NOT NULL;


CREATE INDEX "IX_part_site_id_part_type_id" ON "part" ("site_id", "part_type_id");


CREATE INDEX "IX_part_site_id_storeroom_id" ON "part" ("site_id", "storeroom_id");


CREATE UNIQUE INDEX "IX_part_type_site_id_name_folded" ON "part_type" ("site_id", "name_folded");


CREATE UNIQUE INDEX "IX_partner_site_id_name_folded" ON "partner" ("site_id", "name_folded");


CREATE INDEX "IX_pm_checklist_item_site_id_pm_schedule_id" ON "pm_checklist_item" ("site_id", "pm_schedule_id");


CREATE INDEX "IX_pm_part_site_id_part_id" ON "pm_part" ("site_id", "part_id");


CREATE INDEX "IX_pm_part_site_id_pm_schedule_id" ON "pm_part" ("site_id", "pm_schedule_id");


CREATE UNIQUE INDEX "IX_pm_part_site_id_pm_schedule_id_part_id" ON "pm_part" ("site_id", "pm_schedule_id", "part_id");


CREATE UNIQUE INDEX "IX_pm_schedule_site_id_code" ON "pm_schedule" ("site_id", "code");


CREATE INDEX "IX_pm_schedule_site_id_location_id" ON "pm_schedule" ("site_id", "location_id");


CREATE INDEX "IX_pm_schedule_site_id_status_next_order_at" ON "pm_schedule" ("site_id", "status", "next_order_at");


CREATE INDEX "IX_pm_schedule_asset_site_id_asset_id" ON "pm_schedule_asset" ("site_id", "asset_id");


CREATE INDEX "IX_pm_schedule_technician_customer_id_user_id" ON "pm_schedule_technician" ("customer_id", "user_id");


CREATE INDEX "IX_pm_schedule_vendor_site_id_vendor_id" ON "pm_schedule_vendor" ("site_id", "vendor_id");


CREATE UNIQUE INDEX "IX_policy_firing_site_id_key_subject_type_subject_id_epoch" ON "policy_firing" ("site_id", "key", "subject_type", "subject_id", "epoch");


CREATE INDEX "IX_policy_run_site_id_key_started_at" ON "policy_run" ("site_id", "key", "started_at");


CREATE UNIQUE INDEX "IX_policy_setting_site_id_key" ON "policy_setting" ("site_id", "key");


CREATE UNIQUE INDEX "IX_project_site_id_code" ON "project" ("site_id", "code");


CREATE INDEX "IX_project_site_id_partner_id" ON "project" ("site_id", "partner_id");


CREATE INDEX "IX_purchase_line_site_id_part_id" ON "purchase_line" ("site_id", "part_id");


CREATE INDEX "IX_purchase_line_site_id_purchase_request_id" ON "purchase_line" ("site_id", "purchase_request_id");


CREATE UNIQUE INDEX "IX_purchase_line_site_id_purchase_request_id_part_id" ON "purchase_line" ("site_id", "purchase_request_id", "part_id");


CREATE UNIQUE INDEX "IX_purchase_request_site_id_claim_key" ON "purchase_request" ("site_id", "claim_key") WHERE "claim_key" IS NOT NULL;


CREATE UNIQUE INDEX "IX_purchase_request_site_id_code" ON "purchase_request" ("site_id", "code");


CREATE INDEX "IX_purchase_request_site_id_status" ON "purchase_request" ("site_id", "status");


CREATE INDEX "IX_purchase_request_site_id_vendor_id" ON "purchase_request" ("site_id", "vendor_id");


CREATE UNIQUE INDEX "IX_resource_site_id_asset_id" ON "resource" ("site_id", "asset_id") WHERE "asset_id" IS NOT NULL;


CREATE UNIQUE INDEX "IX_resource_site_id_code" ON "resource" ("site_id", "code");


CREATE INDEX "IX_resource_site_id_current_project_id" ON "resource" ("site_id", "current_project_id");


CREATE UNIQUE INDEX "ix_one_project_at_a_time" ON "resource_assignment" ("site_id", "resource_id") WHERE "kind" = 'Equipment' AND NOT "is_retired";


CREATE INDEX "IX_resource_assignment_site_id_equipment_assignment_id" ON "resource_assignment" ("site_id", "equipment_assignment_id");


CREATE INDEX "IX_resource_assignment_site_id_project_id" ON "resource_assignment" ("site_id", "project_id");


CREATE INDEX "IX_resource_assignment_site_id_resource_id" ON "resource_assignment" ("site_id", "resource_id");


CREATE UNIQUE INDEX "IX_site_customer_id_code_folded" ON "site" ("customer_id", "code_folded");


CREATE INDEX "IX_status_change_site_id_asset_id" ON "status_change" ("site_id", "asset_id");


CREATE INDEX "IX_status_change_site_id_work_order_id" ON "status_change" ("site_id", "work_order_id");


CREATE INDEX "IX_stock_level_site_id_part_id" ON "stock_level" ("site_id", "part_id");


CREATE UNIQUE INDEX "IX_stock_level_site_id_part_id_storeroom_id" ON "stock_level" ("site_id", "part_id", "storeroom_id");


CREATE INDEX "IX_stock_level_site_id_storeroom_id" ON "stock_level" ("site_id", "storeroom_id");


CREATE INDEX "IX_stock_transaction_site_id_part_id" ON "stock_transaction" ("site_id", "part_id");


CREATE INDEX "IX_stock_transaction_site_id_purchase_request_id" ON "stock_transaction" ("site_id", "purchase_request_id");


CREATE INDEX "IX_stock_transaction_site_id_storeroom_id" ON "stock_transaction" ("site_id", "storeroom_id");


CREATE INDEX "IX_stock_transaction_site_id_work_order_id" ON "stock_transaction" ("site_id", "work_order_id");


CREATE INDEX "IX_storeroom_site_id_location_id" ON "storeroom" ("site_id", "location_id");


CREATE UNIQUE INDEX "IX_storeroom_site_id_name_folded" ON "storeroom" ("site_id", "name_folded");


CREATE UNIQUE INDEX "ux_storeroom_is_default" ON "storeroom" ("site_id") WHERE is_default;


CREATE UNIQUE INDEX "IX_user_customer_id_email" ON "user" ("customer_id", "email");


CREATE INDEX "IX_user_role_customer_id_site_id" ON "user_role" ("customer_id", "site_id");


CREATE INDEX "IX_user_role_customer_id_user_id" ON "user_role" ("customer_id", "user_id");


CREATE UNIQUE INDEX "IX_user_role_customer_id_user_id_site_id" ON "user_role" ("customer_id", "user_id", "site_id");


CREATE INDEX "IX_vendor_contact_site_id_vendor_id" ON "vendor_contact" ("site_id", "vendor_id");


CREATE UNIQUE INDEX "ux_vendorcontact_is_primary" ON "vendor_contact" ("site_id", "vendor_id") WHERE is_primary;


CREATE INDEX "IX_vendor_location_site_id_location_id" ON "vendor_location" ("site_id", "location_id");


CREATE INDEX "IX_vendor_part_site_id_part_id" ON "vendor_part" ("site_id", "part_id");


CREATE UNIQUE INDEX "IX_vendor_part_site_id_part_id_vendor_id" ON "vendor_part" ("site_id", "part_id", "vendor_id");


CREATE INDEX "IX_vendor_part_site_id_vendor_id" ON "vendor_part" ("site_id", "vendor_id");


CREATE UNIQUE INDEX "ux_vendorpart_is_preferred" ON "vendor_part" ("site_id", "part_id") WHERE is_preferred;


CREATE INDEX "IX_work_order_site_id_asset_id" ON "work_order" ("site_id", "asset_id");


CREATE UNIQUE INDEX "IX_work_order_site_id_code" ON "work_order" ("site_id", "code");


CREATE INDEX "IX_work_order_site_id_created_at" ON "work_order" ("site_id", "created_at");


CREATE INDEX "IX_work_order_site_id_location_id" ON "work_order" ("site_id", "location_id");


CREATE INDEX "IX_work_order_site_id_merged_into_id" ON "work_order" ("site_id", "merged_into_id");


CREATE INDEX "IX_work_order_site_id_phase_due_at" ON "work_order" ("site_id", "phase", "due_at");


CREATE INDEX "IX_work_order_site_id_pm_schedule_id" ON "work_order" ("site_id", "pm_schedule_id");


CREATE INDEX "IX_work_order_site_id_split_from_id" ON "work_order" ("site_id", "split_from_id");


CREATE INDEX "IX_work_order_site_id_status_id" ON "work_order" ("site_id", "status_id");


CREATE INDEX "IX_work_order_asset_site_id_asset_id" ON "work_order_asset" ("site_id", "asset_id");


CREATE INDEX "IX_work_order_part_site_id_part_id" ON "work_order_part" ("site_id", "part_id");


CREATE INDEX "IX_work_order_part_site_id_storeroom_id" ON "work_order_part" ("site_id", "storeroom_id");


CREATE INDEX "IX_work_order_part_site_id_work_order_id" ON "work_order_part" ("site_id", "work_order_id");


CREATE UNIQUE INDEX "IX_work_order_part_site_id_work_order_id_part_id" ON "work_order_part" ("site_id", "work_order_id", "part_id");


CREATE UNIQUE INDEX "IX_work_order_status_site_id_name_folded" ON "work_order_status" ("site_id", "name_folded");


CREATE INDEX "IX_work_order_technician_customer_id_user_id" ON "work_order_technician" ("customer_id", "user_id");


CREATE INDEX "IX_work_order_vendor_site_id_vendor_id" ON "work_order_vendor" ("site_id", "vendor_id");


CREATE UNIQUE INDEX "IX_working_hours_site_id_weekday_from" ON "working_hours" ("site_id", "weekday", "from");
