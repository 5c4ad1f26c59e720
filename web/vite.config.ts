import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { firstLoad } from './first-load';
import { addresses } from './src/app/addresses';

/** Replaced by the gateway in each answer; services/gateway/web/web-app.ts knows it too. */
const NONCE_PLACEHOLDER = '__NONCE__';
const PORT = 5_173;
const GATEWAY = process.env['POPUG_GATEWAY'] ?? 'http://localhost:8080';
const BEST = 11;
/**
 * What the first paint needs is one file: split further by what else uses a part, the parts
 * together are larger, and each is a request.
 */
const START = { name: 'start', tags: ['$initial' as const] };

/** Writes the addresses of pages beside them, for the gateway. */
const pages: Plugin = {
  name: 'pages',
  generateBundle() {
    const source = JSON.stringify(Object.values(addresses));
    this.emitFile({ type: 'asset', fileName: 'pages.json', source });
  },
};

/** Writes the files of the API page, which no page of the application loads. */
const apiDocs: Plugin = {
  name: 'api-docs',
  generateBundle() {
    const { resolve } = createRequire(import.meta.url);
    for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
      const source = readFileSync(resolve(`swagger-ui-dist/${name}`));
      this.emitFile({ type: 'asset', fileName: `api-docs/${name}`, source });
    }
  },
};

export default defineConfig({
  plugins: [
    react(),
    pages,
    apiDocs,
    firstLoad,
    compression({
      include: /\.(js|css|svg)$/,
      threshold: 1_024,
      algorithms: [
        ['gzip', { level: 9 }],
        ['brotliCompress', { params: { [constants.BROTLI_PARAM_QUALITY]: BEST } }],
      ],
    }),
  ],
  html: { cspNonce: NONCE_PLACEHOLDER },
  server: { port: PORT, strictPort: true, proxy: { '/api': GATEWAY } },
  build: {
    target: 'es2022',
    // Data urls are foreign to the policy.
    assetsInlineLimit: 0,
    // Vite's own preload of styles would add elements that the policy forbids to be inline.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [START] } } },
  },
});
