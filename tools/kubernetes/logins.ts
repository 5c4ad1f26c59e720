/** `npm run k8s:logins`: prints the logins of the demo company in the cluster, and its url. */
import { runProgram } from '../../services/shared/runtime/run-program';
import { demoLogins } from '../../operations/company/seed-company';
import { ourEnvironment } from '../stack/environment';
import { kubectlHere } from './kubectl';

const DEMO = 'app.kubernetes.io/component=demo';

interface Jobs {
  items: { status: { succeeded?: number } }[];
}

async function main(): Promise<void> {
  const jobs = JSON.parse(await kubectlHere(['get', 'jobs', '-l', DEMO, '-o', 'json'])) as Jobs;
  if (jobs.items.length === 0) throw new Error('This cluster has no demo data');
  const isDone = jobs.items.some(({ status }) => (status.succeeded ?? 0) > 0);
  if (!isDone) throw new Error('The demo data is not there yet: look at its Job, and ask again');
  console.log(`${ourEnvironment.ingressUrl}/api/docs, or wherever your ingress answers\n`);
  for (const { role, login, beakShape } of demoLogins('en')) {
    console.log(`${role.padEnd(12)} ${login.padEnd(10)} ${beakShape}`);
  }
}

runProgram(main);
