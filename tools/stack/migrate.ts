import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Unusable } from './data-directory';
import type { Databases } from './databases';
import { baseEnvironment } from './environment';
import { DIST, ROOT } from './folders';

const run = promisify(execFile);

/** Runs one service's migrations as the database's owner. Throws with their output. */
export async function migrate(folder: string, databases: Databases): Promise<void> {
  const program = join(DIST, 'services', folder, 'migrate.js');
  const env = {
    ...baseEnvironment(),
    LOG_LEVEL: 'warn',
    DATABASE_URL: databases.url(folder, 'owner'),
  };
  try {
    await run(process.execPath, [program], { cwd: ROOT, env });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Unusable(`The migrations of ${folder} failed:\n${stdout}${stderr}`, error);
  }
}
