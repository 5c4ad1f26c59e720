import { QueryFailedError } from 'typeorm';
import { createLogger } from './logger';

const NUMBER = '40817810099910004312';

/** Returns the log line for `fields`. */
function logged(fields: object): Record<string, unknown> {
  const lines: string[] = [];
  const logger = createLogger('tester', 'info', { write: (line) => void lines.push(line) });
  logger.error(fields, 'said');
  expect(lines.join()).not.toContain(NUMBER);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
}

/** Returns an error as TypeORM and pg throw it. */
function refusedRow(): Error {
  const refused = Object.assign(new Error('violates check constraint "users_status"'), {
    code: '23514',
    constraint: 'users_status',
    detail: `Failing row contains (kesha, ${NUMBER})`,
  });
  return new QueryFailedError('INSERT INTO users VALUES ($1, $2)', ['kesha', NUMBER], refused);
}

describe('the log', () => {
  it('says what the database refused and why, without the values', () => {
    expect(logged({ err: refusedRow() })['err']).toEqual({
      type: 'QueryFailedError',
      message: 'violates check constraint "users_status"',
      stack: expect.stringContaining('logger.test') as string,
      code: '23514',
      constraint: 'users_status',
    });
  });

  it('names the cause of an error, without its values either', () => {
    const { stack } = logged({ err: new Error('away', { cause: refusedRow() }) })['err'] as {
      stack: string;
    };
    expect(stack).toContain('caused by: QueryFailedError');
  });

  it('tells each of several errors, without its values either', () => {
    const several = new AggregateError([refusedRow(), new Error('late')], 'not settled');
    expect(logged({ err: several })['err']).toMatchObject({
      message: 'not settled',
      errors: [{ type: 'QueryFailedError', code: '23514' }, { message: 'late' }],
    });
  });

  it.each([
    { bankAccount: NUMBER },
    { account: { bankAccount: NUMBER } },
    { body: { account: { bankAccount: NUMBER } } },
    { token: NUMBER },
    { headers: { authorization: NUMBER } },
    { body: { refreshToken: NUMBER } },
    { beakShape: NUMBER },
  ])('blots the secret out of %j', (fields) => {
    expect(JSON.stringify(logged(fields))).toContain('[Redacted]');
  });
});
