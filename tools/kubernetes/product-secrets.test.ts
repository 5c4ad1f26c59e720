import { madeAnew, productSecrets, type SecretValues } from './product-secrets';

const nothing = new Map<string, SecretValues>();
const elsewhere = {
  postgres: 'postgres://boss:s3cret@db.example:6432/postgres',
  redis: 'rediss://events:hush@redis.example:6380/2',
  smtp: 'smtps://mailer:hush@mail.example',
};

describe('the secrets of the product', () => {
  it('lead each role into its own database, with a password of its own', () => {
    const { owner, app } = productSecrets(nothing, {}).get('database.board')!;
    expect(owner).toMatch(/^postgres:\/\/board_owner:\w{48}@postgres:5432\/board$/);
    expect(app).toMatch(/^postgres:\/\/board_app:\w{48}@postgres:5432\/board$/);
    expect(new URL(owner!).password).not.toBe(new URL(app!).password);
  });

  it('say the same of the state store twice: to daprd and to the Job that makes it', () => {
    const secrets = productSecrets(nothing, {});
    expect(secrets.get('statestore')!.connectionString).toBe(secrets.get('database.dapr')!.app);
  });

  it('keep what is there, and fit to it what is missing', () => {
    const first = productSecrets(nothing, {});
    const there = new Map([...first].filter(([name]) => name !== 'statestore'));
    expect(productSecrets(there, {})).toEqual(first);
  });

  it('name servers elsewhere, where there is neither a sandbox bank nor a demo company', () => {
    const secrets = productSecrets(nothing, elsewhere);
    expect(new URL(secrets.get('database.user')!.app!).host).toBe('db.example:6432');
    expect(secrets.get('redis')).toEqual({
      host: 'redis.example:6380',
      username: 'events',
      password: 'hush',
      database: '2',
      tls: 'true',
    });
    expect(secrets.get('mail')).toEqual({ url: elsewhere.smtp });
    expect([...secrets.keys()]).not.toContain('administrator');
    expect([...secrets.keys()]).not.toContain('database.bank');
  });
});

describe('a secret made anew', () => {
  const there = productSecrets(nothing, {});

  it('is one token, and no other', () => {
    const changed = madeAnew('board.api-token', there);
    expect([...changed.keys()]).toEqual(['board.api-token']);
    expect(changed.get('board.api-token')).not.toEqual(there.get('board.api-token'));
  });

  it('changes passwords of a database and nothing else of its urls', () => {
    const [before, after] = [there, madeAnew('database.user', there)].map(
      (secrets) => new URL(secrets.get('database.user')!.app!),
    );
    expect(after!.password).not.toBe(before!.password);
    after!.password = before!.password;
    expect(after!.href).toBe(before!.href);
  });

  it('takes the secret along that repeats it', () => {
    const changed = madeAnew('database.dapr', there);
    expect(changed.get('statestore')!.connectionString).toBe(changed.get('database.dapr')!.app);
  });

  it('is the password of Redis, and nothing else of it', () => {
    const [before, after] = [there.get('redis')!, madeAnew('redis', there).get('redis')!];
    expect(after.password).not.toBe(before.password);
    expect({ ...after, password: before.password }).toEqual(before);
  });

  it.each(['postgres', 'administrator', 'unheard-of'])('is never %s', (name) => {
    expect(() => madeAnew(name, there)).toThrow();
  });
});
