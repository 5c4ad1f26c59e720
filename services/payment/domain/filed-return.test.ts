import { Problem } from '../../shared/kernel/errors';
import { filedTransferStates, newReturns } from './filed-return';

/** One transfer of each state; the state is its key. */
const transfers = filedTransferStates.map((state) => ({ key: state, state }));

it('a return is new for a succeeded transfer, and none for a returned one', () => {
  const named = newReturns(transfers, ['returned', 'succeeded', 'succeeded']);
  expect(named.map(({ key }) => key)).toEqual(['succeeded']);
});

it.each([
  [409, 'waiting'],
  [409, 'refused'],
  [400, 'elsewhere'],
])('a return is refused with %i for a transfer that is %s', (status, key) => {
  const refused = (): unknown => newReturns(transfers, ['succeeded', key]);
  expect(refused).toThrow(Problem);
  expect(refused).toThrow(
    expect.objectContaining({ status, detail: expect.stringContaining(key) }),
  );
});
