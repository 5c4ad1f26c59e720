import { startReconciliation as contract } from '../../shared/contracts/calls/operations';
import { Sidecar } from '../../shared/dapr/sidecar';
import { newId } from '../../shared/kernel/ids';
import { Neighbours } from '../../shared/testing/neighbours';
import { startReconciliation } from './start-reconciliation';

const neighbours = new Neighbours();
let sidecar: Sidecar;
beforeAll(async () => {
  sidecar = new Sidecar({ port: await neighbours.start(), token: 'test' });
});
afterAll(async () => {
  await sidecar.close();
  await neighbours.stop();
});

it('starts one run at every service that answers, twice the same one', async () => {
  const context = { sidecar, observed: [], reconciled: ['account', 'user', 'away'] };
  const started: string[] = [];
  for (const app of ['account', 'user']) {
    neighbours.answer(contract(app), ({ body: { id } }) => {
      started.push(`${app} ${id}`);
      return { id };
    });
  }
  const id = newId();
  expect(await startReconciliation(context, id)).toEqual(['away']);
  expect(await startReconciliation(context, id)).toEqual(['away']);
  expect(new Set(started)).toEqual(new Set([`account ${id}`, `user ${id}`]));
});
