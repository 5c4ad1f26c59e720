import { toProblem } from './problems';

describe('an error that reached the edge', () => {
  it.each([
    ['two transactions in each other’s way', '40P01'],
    ['a lock that was not to be had', '55P03'],
    ['the database going down', '57P01'],
  ])('%s: come again, it may work then', (_, code) => {
    const problem = toProblem(Object.assign(new Error('from the database'), { code }));
    expect(problem).toMatchObject({ status: 503, id: 'unavailable', retryAfterSeconds: 1 });
  });

  it('anything unknown: hidden', () => {
    const problem = toProblem(new Error('the password is 42'));
    expect(problem).toMatchObject({ status: 500, id: 'internal-error' });
    expect(problem.message).not.toContain('42');
  });
});
