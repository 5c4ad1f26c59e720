import { spawn } from 'node:child_process';
import { kubectl } from '../../../tools/kubernetes/kubectl';
import { ourEnvironment } from '../../../tools/stack/environment';
import { rolledOut, soon, workloads } from '../cluster';
import { logInEverybody } from '../people';
import { moneyIsInOrder } from '../money';
import type { Report } from '../report';

const READY_MS = 300_000;

function run(command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${code}`));
    });
  });
}

async function countTasks(): Promise<number> {
  const admin = (await logInEverybody()).get('admin')!;
  let count = 0;
  for (let cursor = ''; ;) {
    const { body } = await admin.get(`/tasks?view=all&limit=100${cursor}`);
    count += (body.items as unknown[]).length;
    if (body.next === null || body.next === undefined) return count;
    cursor = `&cursor=${encodeURIComponent(body.next as string)}`;
  }
}

/** Scene 7: restarts the node with the operator's command RESTART_NODE. */
export async function node(report: Report): Promise<void> {
  report.begin('7 node restart');
  const { restartNode } = ourEnvironment;
  if (restartNode === undefined) {
    return report.check('RESTART_NODE says no command: nothing was tried', false);
  }
  const before = await countTasks();
  const startedAt = Date.now();
  await run(restartNode);
  await report.attempt('all comes back by itself', async () => {
    await soon('the API server', READY_MS, async () => {
      return (await kubectl(['get', '--raw', '/readyz'])) === 'ok';
    });
    await rolledOut(await workloads(), READY_MS);
    await soon('people to log in', READY_MS, async () => (await countTasks()) > 0);
    return `after ${Math.round((Date.now() - startedAt) / 1_000)} s`;
  });
  await report.attempt('with all data', async () => {
    const after = await countTasks();
    if (after !== before) throw new Error(`${before} tasks before, ${after} after`);
    return `${after} tasks`;
  });
  await report.attempt('every cent is where it belongs', moneyIsInOrder);
}
