import { checkMoney } from '../../operations/money/check';
import { startExchange } from '../../test/e2e/support/exchange';
import { closeDay, createTasks, deal, finishTasks } from './day';
import { Killer } from './killer';
import { seededRandom } from './random';
import { runProgram } from '../../services/shared/runtime/run-program';

const TASKS = 10_000;
const WORKERS = 12;
const MANAGERS = 8;
/** Longer than `processingTimeout`, after which deliveries of a killed sidecar come again. */
const REST_MS = 300_000;

const seed = Number(process.argv[2] ?? Date.now() % 100_000);
const startedAt = Date.now();

function say(line: string): void {
  console.log(`${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
}

/**
 * One day of ten thousand tasks while services and sidecars are killed at random: tasks created and
 * dealt, half of them finished, the day closed. Then every invariant of the money is checked.
 */
async function main(): Promise<void> {
  say(`seed ${seed}`);
  const exchange = await startExchange();
  const killer = new Killer(exchange.stack, seededRandom(seed));
  try {
    const people = async (count: number, role?: 'manager'): Promise<(typeof exchange.admin)[]> => {
      const hired = [];
      for (let index = 0; index < count; index += 1) {
        hired.push(await (role ? exchange.hireAs(role) : exchange.hire()));
      }
      return hired;
    };
    const [workers, managers] = [await people(WORKERS), await people(MANAGERS, 'manager')];
    killer.start();
    say('the storm begins');
    await createTasks(managers, TASKS);
    say(`${TASKS} tasks created`);
    say(`${await deal(managers[0]!)} tasks dealt`);
    await finishTasks(workers, TASKS / 2);
    say('half of them finished');
    say(`${await closeDay(exchange.admin)} closed`);
    await killer.stop();
    await exchange.stack.ready();
    say('the storm is over');
    const { unsettled, results } = await checkMoney(
      (name) => exchange.stack.databases.administratorUrl(name),
      REST_MS,
    );
    say('at rest');
    console.table(Object.fromEntries([...killer.kills].map(([name, kills]) => [name, { kills }])));
    for (const { name, broken } of results) {
      say(`${broken.length === 0 ? '✓' : '✗'} ${name} ${broken.slice(0, 5).join('; ')}`);
    }
    const isRight = unsettled.length === 0 && results.every(({ broken }) => broken.length === 0);
    if (!isRight) throw new Error(`Not in order: ${unsettled.join('; ')}`);
  } finally {
    await killer.stop();
    await exchange.stop();
  }
}

runProgram(main);
