import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'test/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    // Continuous integration adds the figures to those of the other runner.
    reporters: ['default', ['json', { outputFile: '../.cache/web-test-results.json' }]],
    // Typing letter by letter takes seconds on a busy machine.
    testTimeout: 20_000,
  },
});
