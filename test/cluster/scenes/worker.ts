import type { Person } from '../../../operations/client/api';
import { kubectlHere } from '../../../tools/kubernetes/kubectl';
import { getInside, pods, rolledOut, soon } from '../cluster';
import { logInEverybody } from '../people';
import { moneyIsInOrder } from '../money';
import type { Report } from '../report';

const WORKERS = 3;
const ROLLED_OUT_MS = 120_000;
const PAID_MS = 120_000;
const ROUTE = '/jobs/payouts';

interface BankTransfer {
  reference: string;
  account: string;
  status: string;
}

/** All transfers that the bank has executed. */
async function bankBook(): Promise<BankTransfer[]> {
  const lines: BankTransfer[] = [];
  for (let from: string | null = '0'; from !== null;) {
    const url = `http://127.0.0.1:3000/transfers?from=${from}`;
    const page = JSON.parse(await getInside('deployment/bank', 'bank', url)) as {
      items: BankTransfer[];
      next: string | null;
    };
    lines.push(...page.items);
    from = page.next;
  }
  return lines;
}

/** Finishes all open tasks, so that rewards are owed. */
async function finishEverything(people: Iterable<Person>): Promise<void> {
  for (const person of people) {
    const { body } = await person.get('/tasks?view=mine&status=open&limit=100');
    for (const { id } of body.items as { id: string }[]) await person.post(`/tasks/${id}/finish`);
  }
}

/** Scene 6: the cron binding fires on every replica, and each account is paid once. */
export async function worker(report: Report): Promise<void> {
  report.begin('6 three workers');
  await kubectlHere(['scale', 'deployment/account-worker', `--replicas=${WORKERS}`]);
  await rolledOut(['deployment/account-worker'], ROLLED_OUT_MS);
  await report.attempt('the schedule fires on each of them', async () => {
    const found = await pods('app.kubernetes.io/name=account-worker');
    for (const { metadata } of found) {
      await soon(`the schedule to fire on ${metadata.name}`, ROLLED_OUT_MS, async () =>
        (await kubectlHere(['logs', metadata.name, '-c', 'app'])).includes(ROUTE),
      );
    }
    return `${found.length} pods`;
  });
  await report.attempt('each account is paid once', async () => {
    const people = await logInEverybody();
    await finishEverything(people.values());
    const accountant = people.get('grey')!;
    const before = (await bankBook()).length;
    const { items } = (await accountant.get('/business-days')).body as {
      items: { day: string; state: string }[];
    };
    const { day } = items.find(({ state }) => state === 'open')!;
    await accountant.post(`/business-days/${day}/close`);
    interface Payout {
      id: string;
      state: string;
    }
    let payouts: Payout[] = [];
    await soon('all payouts of the day to be final', PAID_MS, async () => {
      payouts = (await accountant.get(`/payouts?day=${day}&limit=100`)).body.items as Payout[];
      return payouts.length > 0 && payouts.every(({ state }) => /^(paid|failed)$/.test(state));
    });
    const paid = payouts.filter(({ state }) => state === 'paid').length;
    const added = (await bankBook()).slice(before);
    const accounts = new Set(added.map(({ account }) => account));
    if (paid < 2 || added.length !== paid || accounts.size !== paid) {
      throw new Error(`${paid} payouts, ${added.length} transfers to ${accounts.size} accounts`);
    }
    return `${paid} payouts, ${added.length} transfers to as many accounts`;
  });
  await report.attempt('every cent is where it belongs', moneyIsInOrder);
  await kubectlHere(['scale', 'deployment/account-worker', '--replicas=1']);
}
