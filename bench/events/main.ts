import { mkdir, writeFile } from 'node:fs/promises';
import { checkMoney } from '../../operations/money/check';
import { startExchange } from '../../test/e2e/support/exchange';
import { Floor } from './floor';
import { Product } from './product';
import { runProgram } from '../../services/shared/runtime/run-program';

const ROUNDS = 7;
const TASKS = 10_000;
const PEOPLE = 10;
const RESULT = '.data/bench-events.json';

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

const perSecond = (ms: number): number => Math.round((TASKS / ms) * 1_000);

/**
 * Events per second from Board's commit to Account's ledger row; product and floor alternate on the
 * same PostgreSQL and Redis. The money is checked after every round.
 */
async function main(): Promise<void> {
  const exchange = await startExchange({ environment: {}, report: (line) => console.error(line) });
  const floor = new Floor(exchange.stack.databases.adminUrl, exchange.stack.redisUrl);
  const product = new Product(exchange);
  try {
    await product.prepare(TASKS, PEOPLE);
    await floor.prepare(TASKS, PEOPLE);
    const rounds: { product: number; floor: number }[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const measured = { product: await product.run(), floor: await floor.run() };
      const { unsettled, results } = await checkMoney((name) =>
        exchange.stack.databases.administratorUrl(name),
      );
      const broken = [...unsettled, ...results.flatMap((each) => each.broken)];
      if (broken.length > 0) throw new Error(`Fast and wrong: ${broken.slice(0, 5).join('; ')}`);
      const isWarmUp = round === 0;
      if (!isWarmUp) rounds.push(measured);
      const ratio = (measured.floor / measured.product).toFixed(2);
      console.log(
        `${isWarmUp ? 'warm-up' : `round ${round}`}: product ${perSecond(measured.product)}/s, ` +
          `floor ${perSecond(measured.floor)}/s, ratio ${ratio}`,
      );
    }
    const result = {
      events: TASKS,
      productPerSecond: perSecond(median(rounds.map((each) => each.product))),
      floorPerSecond: perSecond(median(rounds.map((each) => each.floor))),
      medianRatio: median(rounds.map((each) => each.floor / each.product)),
      rounds,
    };
    await mkdir('.data', { recursive: true });
    await writeFile(RESULT, JSON.stringify(result, null, 2));
    console.table([{ ...result, rounds: rounds.length }]);
  } finally {
    await floor.drop();
    await product.close();
    await exchange.stop();
  }
}

runProgram(main);
