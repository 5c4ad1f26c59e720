/** `npm run doctor`: checks that everything that `npm start` and `npm test` need is installed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../services/shared/runtime/run-program';
import { PUBLIC_PORT, catalogue } from '../../services/catalogue';
import { CHROMIUM_ADVICE, findChromium } from './chromium';
import { daprVersion, findDaprd } from './daprd';
import { GO_ADVICE, findGo } from './daprd-build';
import { contentProblem, mayWrite } from './data-directory';
import { checkEmbeddedPostgres } from './embedded-postgres';
import { DATA_DIRECTORY, DIST, ROOT } from './folders';
import { servicePorts, supportPorts, takenPorts } from './ports';
import { findPostgres } from './postgres';
import { OPEN_REDIS, findRedis, redisServerProgram, takesNoPassword } from './redis';
import { findRunningStack } from './running';
import { Secrets } from './secrets';

const MINIMAL_NODE = [20, 19] as const;
const FAILED = 1;
const NAME_WIDTH = 12;

interface Finding {
  name: string;
  isGood: boolean;
  /** What was found, or what is missing. */
  text: string;
  /** The command that helps. */
  advice?: string;
  /** A problem that does not stop the product. */
  warning?: string;
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = MINIMAL_NODE;
  const isGood = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  const advice = `install Node.js ${MINIMAL_NODE.join('.')} or newer: https://nodejs.org`;
  return { name: 'Node.js', isGood, text: process.version, advice };
}

function checkPackages(): Finding {
  const isGood = existsSync(join(ROOT, 'node_modules', '.package-lock.json'));
  return { name: 'packages', isGood, text: isGood ? 'installed' : 'missing', advice: 'npm ci' };
}

/** Folders that the start writes to: checkout, compiled output, caches, data of earlier starts. */
async function checkFolders(): Promise<Finding> {
  const name = 'folders';
  const inside = [DIST, join(ROOT, '.cache')].filter((path) => existsSync(path));
  const closed = [ROOT, ...inside].find((path) => !mayWrite(path));
  const text = closed ? `${closed} can't be written by us` : contentProblem(DATA_DIRECTORY);
  if (text) return { name, isGood: false, text, advice: 'sudo chown -R "$(id -u)" .' };
  try {
    findRunningStack();
    await Secrets.open(join(DATA_DIRECTORY, 'secrets.json'));
  } catch (error) {
    const [broken] = (error as Error).message.split('\n');
    return { name, isGood: false, text: broken!, advice: 'npm run reset' };
  }
  return { name, isGood: true, text: 'ours' };
}

async function checkPostgres(): Promise<Finding> {
  const name = 'PostgreSQL';
  try {
    const found = await findPostgres();
    if (found) return { name, isGood: true, text: found.source };
  } catch (error) {
    return { name, isGood: false, text: (error as Error).message, advice: 'correct DATABASE_URL' };
  }
  try {
    await checkEmbeddedPostgres();
    return { name, isGood: true, text: 'embedded (npm)' };
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const text = `the embedded one can't run: ${(stderr || message).trim()}`;
    const advice = 'npm ci; install the library that is named; or set DATABASE_URL';
    return { name, isGood: false, text, advice };
  }
}

async function checkRedis(): Promise<Finding[]> {
  const name = 'Redis';
  const program = redisServerProgram();
  const advice = 'apt-get install redis-server, or brew install redis';
  // Tests kill and restart their own Redis, so they need the program, not just a running server.
  const own = program ?? 'missing: the end-to-end tests start their own';
  const forTests = { name: 'redis-server', isGood: Boolean(program), text: own, advice };
  try {
    const found = await findRedis();
    const text = found?.source ?? (program ? 'none running: one of our own' : 'missing');
    const warning = found && (await takesNoPassword(found.url)) ? OPEN_REDIS : undefined;
    return [{ name, isGood: Boolean(found ?? program), text, advice, warning }, forTests];
  } catch (error) {
    const text = (error as Error).message;
    return [{ name, isGood: false, text, advice: 'correct REDIS_URL' }, forTests];
  }
}

async function checkDaprd(): Promise<Finding> {
  const name = 'daprd';
  try {
    const found = await findDaprd();
    if (found) return { name, isGood: true, text: `${found.file} (${found.source})` };
  } catch (error) {
    return { name, isGood: false, text: (error as Error).message, advice: 'correct DAPRD' };
  }
  const go = findGo();
  const version = await daprVersion();
  const text = go
    ? `not here yet: ${version} is downloaded, or built with ${go} (minutes, once)`
    : `not here: ${version} is downloaded if that is possible; there is no Go to build it`;
  return { name, isGood: Boolean(go), text, advice: GO_ADVICE };
}

/** The tests of the pages drive a browser; the product needs none. */
function checkChromium(): Finding {
  const found = findChromium();
  const text = found ?? 'missing: the tests of the pages drive a browser';
  return { name: 'Chromium', isGood: Boolean(found), text, advice: CHROMIUM_ADVICE };
}

async function checkPorts(): Promise<Finding> {
  const name = 'ports';
  const running = findRunningStack();
  if (running)
    return { name, isGood: true, text: `in use by the running product (${running.pid})` };
  const taken = await takenPorts([
    { port: PUBLIC_PORT, owner: 'the gateway' },
    ...Object.entries(supportPorts(0)).map(([owner, port]) => ({ port, owner })),
    ...catalogue.flatMap((service) =>
      Object.values(servicePorts(service, 0)).map((port) => ({ port, owner: service.name })),
    ),
  ]);
  const text = taken.map(({ port, owner }) => `${port} (${owner})`).join(', ');
  const isGood = taken.length === 0;
  return { name, isGood, text: isGood ? 'free' : `taken: ${text}`, advice: 'stop who listens' };
}

async function main(): Promise<number> {
  const findings = [
    checkNode(),
    checkPackages(),
    await checkFolders(),
    await checkPostgres(),
    ...(await checkRedis()),
    await checkDaprd(),
    checkChromium(),
    await checkPorts(),
  ];
  for (const { name, isGood, text, advice, warning } of findings) {
    process.stdout.write(`${isGood ? 'ok     ' : 'MISSING'} ${name.padEnd(NAME_WIDTH)} ${text}\n`);
    if (warning) process.stdout.write(`        ${warning}\n`);
    if (!isGood && advice) process.stdout.write(`        → ${advice}\n`);
  }
  return findings.every(({ isGood }) => isGood) ? 0 : FAILED;
}

runProgram(main);
