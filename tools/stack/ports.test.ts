import { createServer } from 'node:net';
import { catalogue } from '../../services/catalogue';
import { LOOPBACK, isFree, publicPort, servicePorts, supportPorts, takenPorts } from './ports';

const REPLICAS = 3;

it('gives every process of a stack, with replicas, ports that nobody else has', () => {
  const ports = [
    publicPort(0),
    ...Object.values(supportPorts(0)),
    ...catalogue.flatMap((service) =>
      Array.from({ length: REPLICAS }, (_, replica) => servicePorts(service, 0, replica)).flatMap(
        (each) => Object.values(each) as number[],
      ),
    ),
  ];
  expect(new Set(ports).size).toBe(ports.length);
});

it('names the one taken port and its owner', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, () => resolve()));
  const { port } = server.address() as { port: number };
  try {
    expect(await isFree(port)).toBe(false);
    const taken = await takenPorts([{ port, owner: 'board (app)' }]);
    expect(taken).toEqual([{ port, owner: 'board (app)' }]);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  expect(await isFree(port)).toBe(true);
});
