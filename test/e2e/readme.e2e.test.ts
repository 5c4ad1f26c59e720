import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Person } from '../../operations/client/api';
import { ROOT } from '../../tools/stack/folders';
import { expectMoneyInOrder } from './support/money';
import { startExchange, type Exchange } from './support/exchange';

const run = promisify(execFile);
let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
  for (const [index, [nickname, role]] of DEMO.entries()) {
    const bankAccount = `4081781050000000000${index}`;
    const email = `${nickname}@popug.example`;
    const beak = `beak-of-${nickname}`;
    await exchange.hireAs(
      role,
      new Person(exchange.api, randomUUID(), nickname, email, beak, bankAccount),
    );
  }
}, 120_000);
afterAll(() => exchange.stop());

/** People of the demo data that the README names. */
const DEMO = [
  ['macaw', 'manager'],
  ['grey', 'accountant'],
  ['admin', 'admin'],
] as const;

/** The README's block marked as the tour. */
function tour(): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return /```sh tour\n(.*?)```/s.exec(readme)![1]!;
}

it('leads through one day by curl alone, as the README says', async () => {
  const { stack } = exchange;
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', tour()], {
    env: {
      PATH: process.env['PATH'],
      API: `${stack.gatewayUrl}/api/v1`,
      BANK: stack.bankUrl,
      MAIL: stack.mailUrl,
    },
    timeout: 60_000,
  });
  expect(stdout).toContain('"status":"inactive"');
  expect(stdout).toContain('{"status":"active","awaitsApproval":false}');
  expect(stdout).toContain('"jiraId":"UBERPOP-42"');
  expect(stdout).toMatch(/It landed on (polly|grey)/);
  expect(stdout).toContain('"kind":"fee"');
  expect(stdout).toContain('"kind":"reward"');
  expect(stdout).toContain('"state":"closed"');
  expect(stdout).toContain('"state":"paid"');
  expect(stdout).toMatch(/"subject":"Paid: /);
  expect(stdout).toContain('"count":0');
  await expectMoneyInOrder(stack);
});
