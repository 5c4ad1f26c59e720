import { randomUUID } from 'node:crypto';
import { CommunicationProtocolEnum, DaprClient, HttpMethod, LogLevel } from '@dapr/dapr';
import { Client } from 'pg';
import type { ServiceName } from '../../services/catalogue';
import { taskAssigned } from '../../services/shared/contracts/events/tasks';
import { cloudEventOf } from '../../services/shared/testing/cloud-events';
import { eventually } from '../../services/shared/testing/eventually';
import { startExchange, type Exchange } from './support/exchange';
import { balanceOf, expectMoneyInOrder } from './support/money';

let exchange: Exchange;
const clients: DaprClient[] = [];

beforeAll(async () => {
  exchange = await startExchange();
}, 120_000);
afterAll(async () => {
  await Promise.all(clients.map((client) => client.stop()));
  await exchange.stop();
});

/** Silences the SDK, which logs the errors that it also returns. */
const silent = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  verbose: () => undefined,
  debug: () => undefined,
};

/** Dapr's SDK, connected to the sidecar of a service. */
function sdkOf(service: ServiceName): DaprClient {
  const { ports, daprApiToken } = exchange.stack.service(service);
  const client = new DaprClient({
    daprHost: '127.0.0.1',
    daprPort: String(ports.daprHttp),
    communicationProtocol: CommunicationProtocolEnum.HTTP,
    daprApiToken,
    logger: { level: LogLevel.Warn, service: silent },
  });
  clients.push(client);
  return client;
}

async function deadLetters(): Promise<{ event_id: string; error: string }[]> {
  const connectionString = exchange.stack.databases.administratorUrl('account');
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT event_id, error FROM dead_letters');
    return rows as { event_id: string; error: string }[];
  } finally {
    await client.end();
  }
}

describe('the broker', () => {
  it('delivers a poison event to the dead letters and its neighbours to the ledger', async () => {
    const worker = await exchange.hire('worker');
    const poison = cloudEventOf(taskAssigned, { taskId: 'nobody knows' } as never, randomUUID());
    const sdk = sdkOf('board');
    const [, { body: before }, , { body: after }] = await Promise.all([
      sdk.pubsub.publish('pubsub', 'tasks', poison),
      exchange.admin.post('/tasks', { title: '[DAPR-1] Before', deal: true }),
      sdk.pubsub.publish('pubsub', 'tasks', { ...poison, id: randomUUID(), data: null }),
      exchange.admin.post('/tasks', { title: '[DAPR-2] After', deal: true }),
    ]);
    const fees = BigInt(before.fee.amount) + BigInt(after.fee.amount);
    await eventually('both fees', async () => (await balanceOf(worker)) === -fees);
    const letters = await eventually('dead letters', async () => {
      const found = await deadLetters();
      return found.length === 2 && found;
    });
    for (const { error } of letters) expect(error).toContain('not a TaskAssigned.v1');
    await expectMoneyInOrder(exchange.stack);
  });

  it('takes an event only from the service that owns its topic', async () => {
    const event = cloudEventOf(taskAssigned, taskAssigned.example);
    for (const service of ['user', 'account'] as const) {
      // Over HTTP the SDK resolves with the error instead of rejecting.
      const answer = await sdkOf(service).pubsub.publish('pubsub', 'tasks', event);
      expect(answer.error?.message).toContain('not allowed');
    }
  });
});

describe('a sidecar', () => {
  it('answers nobody without its token', async () => {
    const { daprUrl, appApiToken } = exchange.stack.service('account');
    for (const token of ['', appApiToken]) {
      const headers = { 'dapr-api-token': token };
      const answer = await fetch(`${daprUrl}/v1.0/invoke/auth/method/jwks`, { headers });
      expect(answer.status).toBe(401);
    }
  });

  it.each<[ServiceName, string, string, HttpMethod]>([
    ['notify', 'account', 'prices', HttpMethod.POST],
    ['gateway', 'account', 'prices', HttpMethod.POST],
    ['board', 'payment', `bank-transfers/${randomUUID()}`, HttpMethod.GET],
    ['payment', 'user', 'active-employee-ids', HttpMethod.GET],
    ['board', 'notify', `letters/${randomUUID()}`, HttpMethod.PUT],
  ])('of %s calls nothing of %s that is not meant for it: %s', async (from, to, path, method) => {
    const body = method === HttpMethod.GET ? undefined : {};
    await expect(sdkOf(from).invoker.invoke(to, path, method, body)).rejects.toThrow('404');
  });
});
