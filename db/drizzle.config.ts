import { defineConfig } from 'drizzle-kit';

/** For `npx drizzle-kit generate --config db/drizzle.config.ts` after a change of the schema. */
export default defineConfig({ dialect: 'postgresql', schema: './db/schema.ts', out: './db/migrations' });
