import { serviceNamed, type ServiceName } from '../../services/catalogue';
import { serviceEnvironment } from './environment';

const around = (name: ServiceName, databaseUrl: string | null = null) => {
  const service = serviceNamed(name);
  const tokens = { daprApiToken: 'to-sidecar', appApiToken: 'from-sidecar' };
  return serviceEnvironment(service, {
    ports: service.ports,
    portOffset: 0,
    databaseUrl,
    ...tokens,
  });
};

it('tells a service its ports, both tokens and its database', () => {
  const { ports } = serviceNamed('board');
  expect(around('board', 'postgres://board')).toMatchObject({
    HOST: '127.0.0.1',
    PORT: String(ports.app),
    METRICS_PORT: String(ports.metrics),
    DAPR_HTTP_PORT: String(ports.daprHttp),
    DAPR_API_TOKEN: 'to-sidecar',
    APP_API_TOKEN: 'from-sidecar',
    DATABASE_URL: 'postgres://board',
  });
});

it('gives no database to a service without one, whatever our own environment says', () => {
  const environment = jest.replaceProperty(process, 'env', { DATABASE_URL: 'postgres://admin' });
  expect(around('gateway')).not.toHaveProperty('DATABASE_URL');
  environment.restore();
});

it('tells account, its worker and board the same business day, and nobody else', () => {
  const days = (['account', 'account-worker', 'board', 'user'] as const).map(
    (name) => around(name).CUT_OFF,
  );
  expect(days).toEqual(['18:00', '18:00', '18:00', undefined]);
});
