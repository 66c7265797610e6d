import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.{test,spec}.ts'],
    exclude: ['node_modules/**', '.rounds/**'],
    // Nothing is measured by these: a machine may be slow and busy.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Continuous integration reads the totals from a file.
    reporters: process.env.TEST_REPORT ? ['default', ['json', { outputFile: process.env.TEST_REPORT }]] : ['default'],
  },
});
