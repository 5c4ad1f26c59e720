import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guardian } from './guardian';
import { ManagedProcess } from './managed-process';
import { LOOPBACK, isFree } from './ports';
import { writePrivate } from './put-in-place';
import { redisAnswers, redisConfiguration, redisServerProgram, takesNoPassword } from './redis';
import { until } from './wait';

const FIRST_PORT = 26_379;
const READY_MS = 20_000;
const PERMISSIONS = 0o777;
const OWNER_ONLY = 0o600;

let folder: string;
let guardian: Guardian;
let server: ManagedProcess;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'popug redis-'));
  guardian = new Guardian();
});
afterEach(async () => {
  await server.stop();
  guardian.close();
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  for (let port = FIRST_PORT; ; port += 1) if (await isFree(port)) return port;
}

async function start(args: string[], url: string): Promise<void> {
  const spec = { name: 'redis', command: redisServerProgram()!, args, cwd: folder };
  const logFile = join(folder, 'redis.log');
  server = new ManagedProcess(
    { ...spec, env: {}, logFile, respawn: false },
    guardian,
    () => undefined,
  );
  server.start();
  await until({ what: 'Redis', timeoutMs: READY_MS }, () => {
    if (!server.isHopeful) throw new Error(server.lastLines());
    return redisAnswers(url);
  });
}

it('a Redis of our own lets in only who knows the password, which no argument shows', async () => {
  const port = await freePort();
  const file = join(folder, 'redis.conf');
  const password = 'a-password';
  await writePrivate(file, redisConfiguration({ port, directory: folder, password }));
  const url = `redis://:${password}@${LOOPBACK}:${port}/0`;
  await start([file], url);
  expect(await redisAnswers(`redis://${LOOPBACK}:${port}`)).toBe(false);
  expect(await takesNoPassword(url)).toBe(false);
  expect((await stat(file)).mode & PERMISSIONS).toBe(OWNER_ONLY);
});

it('a Redis without password is known as such, even when we were given one', async () => {
  const port = await freePort();
  const url = `redis://${LOOPBACK}:${port}`;
  await start(['--port', String(port), '--bind', LOOPBACK, '--save', ''], url);
  expect(await takesNoPassword(url)).toBe(true);
  expect(await takesNoPassword(`redis://:a-password@${LOOPBACK}:${port}`)).toBe(true);
});
