/**
 * Closes the open business day of a running demo company, as its accountant:
 * `INGRESS_URL=http://localhost:8080 node --import tsx tools/kubernetes/close-day.ts`.
 */
import { runProgram } from '../../services/shared/runtime/run-program';
import { Api } from '../../operations/client/api';
import { demoLogins } from '../../operations/company/seed-company';
import { ourEnvironment } from '../stack/environment';

interface Day {
  day: string;
  state: string;
}

async function closeDay(): Promise<void> {
  const { login, beakShape } = demoLogins('en').find(({ role }) => role === 'accountant')!;
  const api = new Api(ourEnvironment.ingressUrl);
  const { token } = (await api.must('POST', '/tokens', { body: { login, beakShape } })).body;
  const days = (await api.must('GET', '/business-days', { token })).body.items as Day[];
  const open = days.find(({ state }) => state === 'open');
  if (!open) throw new Error('No business day is open');
  const closed = await api.must('POST', `/business-days/${open.day}/close`, { token });
  console.log(JSON.stringify(closed.body, null, 2));
}

runProgram(closeDay);
