import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The gateway serves the console at its root and forwards to this server in dev mode.
  server: { host: '127.0.0.1', port: Number(process.env['QUARKUS_QUINOA_DEV_SERVER_PORT'] ?? 5199), strictPort: true },
  build: { target: 'es2022', cssMinify: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
