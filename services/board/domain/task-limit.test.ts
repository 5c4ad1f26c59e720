import fc from 'fast-check';
import { tooManyTasks, windowAround } from './task-limit';

const moscow = { timeZone: 'Europe/Moscow', cutOff: '18:00' };

describe('windowAround', () => {
  it.each([
    ['2026-03-02T14:59:59.999Z', '2026-03-01T15:00:00.000Z', '2026-03-02T15:00:00.000Z'],
    ['2026-03-02T15:00:00.000Z', '2026-03-02T15:00:00.000Z', '2026-03-03T15:00:00.000Z'],
  ])('of %s is from cut-off to cut-off', (moment, from, to) => {
    expect(windowAround(new Date(moment), moscow)).toEqual({
      from: new Date(from),
      to: new Date(to),
    });
  });

  it('holds its moment, in every zone and at every cut-off', () => {
    const zones = fc.constantFrom('Europe/Moscow', 'America/New_York', 'Asia/Kolkata', 'UTC');
    const years = { min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true };
    const cutOffs = fc.constantFrom('00:00', '02:30', '18:00', '23:59');
    fc.assert(
      fc.property(fc.date(years), zones, cutOffs, (moment, timeZone, cutOff) => {
        const { from, to } = windowAround(moment, { timeZone, cutOff });
        expect(from.getTime()).toBeLessThanOrEqual(moment.getTime());
        expect(to.getTime()).toBeGreaterThan(moment.getTime());
      }),
    );
  });
});

it('tooManyTasks says until when, and how many seconds that is', () => {
  const moment = new Date('2026-03-02T14:58:59.500Z');
  expect(tooManyTasks(7, moment, windowAround(moment, moscow))).toMatchObject({
    status: 429,
    id: 'too-many-tasks',
    detail: 'One person creates at most 7 until 2026-03-02T15:00:00.000Z; go on after that',
    retryAfterSeconds: 61,
  });
});
