CREATE TABLE "claims" (
	"message_id" text NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"verdict" text NOT NULL,
	"citations" jsonb NOT NULL,
	"checks" jsonb NOT NULL,
	CONSTRAINT "claims_message_id_position_pk" PRIMARY KEY("message_id","position")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"thread_id" text NOT NULL,
	"position" integer NOT NULL,
	"role" text NOT NULL,
	"text" text NOT NULL,
	"status" text,
	"error" text,
	"evidence" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"ms" integer,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox_history" (
	"resource_type" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"last_updated" timestamp with time zone NOT NULL,
	"content" json NOT NULL,
	CONSTRAINT "sandbox_history_resource_type_id_version_pk" PRIMARY KEY("resource_type","id","version")
);
--> statement-breakpoint
CREATE TABLE "sandbox_resources" (
	"resource_type" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"last_updated" timestamp with time zone NOT NULL,
	"patient_ids" text[] DEFAULT '{}'::text[] NOT NULL,
	"content" json NOT NULL,
	"digest" text NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "sandbox_resources_resource_type_id_pk" PRIMARY KEY("resource_type","id")
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" text PRIMARY KEY NOT NULL,
	"patient_id" text NOT NULL,
	"title" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_in_thread" ON "messages" USING btree ("thread_id","position");--> statement-breakpoint
CREATE INDEX "sandbox_by_patient" ON "sandbox_resources" USING gin ("patient_ids");--> statement-breakpoint
CREATE INDEX "threads_by_patient" ON "threads" USING btree ("patient_id","updated_at");