/** `npm run create-admin -- --nickname … --email … --bank-account …`, for a running product. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runProgram } from '../../services/shared/runtime/run-program';
import { baseEnvironment, ourEnvironment } from './environment';
import { DIST, ROOT } from './folders';
import { runningStack, type RunningStack } from './running';

const run = promisify(execFile);
const PROGRAM = join(DIST, 'services', 'user', 'create-admin.js');

/** The first administrator to create. */
export interface FirstAdmin {
  id?: string;
  nickname: string;
  email: string;
  beakShape: string;
  bankAccount: string;
}

async function makeAdmin(
  { databases, services }: Pick<RunningStack, 'databases' | 'services'>,
  args: readonly string[],
  beakShape: string,
): Promise<void> {
  const { daprUrl, daprApiToken } = services['user']!;
  const env = {
    ...baseEnvironment(),
    DATABASE_URL: databases['user']!.ownerUrl,
    DAPR_HTTP_PORT: new URL(daprUrl).port,
    DAPR_API_TOKEN: daprApiToken,
    ADMIN_BEAK_SHAPE: beakShape,
  };
  try {
    await run(process.execPath, ['--enable-source-maps', PROGRAM, ...args], { cwd: ROOT, env });
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string };
    throw new Error(`No administrator was made:\n${stdout}`, { cause: error });
  }
}

/** Creates the first administrator and waits until they are active. Throws when there is one. */
export async function createAdmin(
  stack: Pick<RunningStack, 'databases' | 'services'>,
  { id, nickname, email, beakShape, bankAccount }: FirstAdmin,
): Promise<void> {
  const named = { ...(id && { id }), nickname, email, 'bank-account': bankAccount };
  const args = Object.entries(named).map(([name, value]) => `--${name}=${value}`);
  await makeAdmin(stack, args, beakShape);
}

async function main(): Promise<void> {
  const { adminBeakShape } = ourEnvironment;
  if (!adminBeakShape) throw new Error('Set ADMIN_BEAK_SHAPE: what the beak scanner will read');
  await makeAdmin(runningStack(), process.argv.slice(2), adminBeakShape);
  process.stdout.write('The administrator is active\n');
}

if (require.main === module) {
  runProgram(main);
}
