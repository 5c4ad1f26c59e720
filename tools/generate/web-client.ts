import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { toolEnvironment } from '../stack/environment';
import type { GeneratedFile } from './generated-file';

const MAX_BYTES = 16 * 1024 * 1024;

/** Returns the types of the web application's client, made from the API document. */
export function webClientFile({ text }: GeneratedFile): GeneratedFile {
  const program = join(dirname(require.resolve('openapi-typescript/package.json')), 'bin/cli.js');
  const types = execFileSync(process.execPath, [program], {
    input: text,
    encoding: 'utf8',
    env: toolEnvironment({}),
    maxBuffer: MAX_BYTES,
  });
  return { path: 'web/src/api/schema.d.ts', text: types };
}
