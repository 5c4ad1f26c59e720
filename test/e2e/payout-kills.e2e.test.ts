import type { CrashPoint } from '../../services/shared/runtime/crash-point';
import { eventually } from '../../services/shared/testing/eventually';
import {
  SETTLE_MS,
  WORKERS,
  closeDay,
  earn,
  exchange,
  expectLetters,
  expectPaidOnce,
  fireCron,
} from './support/evening';

describe('the evening', () => {
  it('pays once when the cron fires ten times at once on three workers', async () => {
    const owed = await earn();
    await closeDay();
    await fireCron(10);
    await expectPaidOnce(owed);
    await expectLetters(1);
  });

  it.each<CrashPoint>([
    'payout:claimed',
    'payout:transferred',
    'payout:recorded',
    'payout:letter-sent',
  ])('pays once when the worker is killed at %s', async (point) => {
    const owed = await earn();
    for (const name of WORKERS.slice(1)) await exchange.stack.kill(name);
    await exchange.stack.restart(WORKERS[0]!, { CRASH_AT: point });
    await exchange.stack.ready(WORKERS[0]!);
    await closeDay();
    await eventually(
      `died at ${point}`,
      () => exchange.stack.pid(WORKERS[0]!) === undefined,
      SETTLE_MS,
    );
    for (const name of WORKERS) await exchange.stack.restart(name, { CRASH_AT: '' });
    await exchange.stack.ready(...WORKERS);
    await expectPaidOnce(owed);
    await expectLetters(1);
  });

  it('closes once when the one who closes by hand is killed', async () => {
    const owed = await earn();
    await exchange.stack.restart('account', { CRASH_AT: 'payout:closed' });
    await exchange.stack.ready('account');
    await expect(closeDay()).rejects.toThrow('503');
    await eventually('account died', () => exchange.stack.pid('account') === undefined);
    await exchange.stack.restart('account', { CRASH_AT: '' });
    await exchange.stack.ready('account');
    await expectPaidOnce(owed);
    await expectLetters(1);
  });
});
