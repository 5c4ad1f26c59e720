import { setTimeout as sleep } from 'node:timers/promises';
import type { Operator } from './operator';

const POLL_MS = 500;
const TIMEOUT_MS = 600_000;
const FAILED = 1;

interface Result {
  name: string;
  missing: number;
  missingIds: string[];
  error: string | null;
}

interface Run {
  service: string;
  reachable: boolean;
  results?: Result[];
}

/**
 * `reconcile`: compares everything that is kept between all services, waits and prints. Returns the
 * exit code: 1 when something is missing, or was not compared. Throws after ten minutes.
 */
export async function reconcile(
  operator: Operator,
  say: (line: string) => void = console.log,
): Promise<number> {
  const path = '/operations/reconciliations';
  const { body: started } = await operator.must('POST', path);
  const deadline = Date.now() + TIMEOUT_MS;
  let { body } = await operator.must('GET', `${path}/${started.id}`);
  const isOver = (): boolean => body.state === 'done' || (started.notStarted as []).length > 0;
  while (!isOver()) {
    if (Date.now() > deadline) throw new Error(`Reconciliation ${started.id} does not end`);
    await sleep(POLL_MS);
    ({ body } = await operator.must('GET', `${path}/${started.id}`));
  }
  let isRight = true;
  for (const service of started.notStarted as string[]) {
    say(`${service}: away`);
    isRight = false;
  }
  for (const { service, results = [] } of body.services as Run[]) {
    for (const { name, missing, missingIds, error } of results) {
      const found = missing === 0 ? 'nothing is missing' : `${missing} missing: `;
      say(`${service} ${name}: ${error ?? found + missingIds.join(' ')}`);
      isRight &&= missing === 0 && error === null;
    }
  }
  return isRight ? 0 : FAILED;
}
