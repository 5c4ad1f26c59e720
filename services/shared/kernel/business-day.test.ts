import {
  addDays,
  businessDayOf,
  cutOffOf,
  daysBegunSince,
  periodAround,
  type BusinessCalendar,
} from './business-day';
import { InvariantViolation } from './invariant';

const HOUR_MS = 3_600_000;
const moscow = { timeZone: 'Europe/Moscow', cutOff: '18:00' };
const berlin = { timeZone: 'Europe/Berlin', cutOff: '18:00' };

function hoursOf(day: string, calendar: BusinessCalendar): number {
  const end = cutOffOf(day, calendar).getTime();
  return (end - cutOffOf(addDays(day, -1), calendar).getTime()) / HOUR_MS;
}

describe('days', () => {
  it.each([
    ['9999-12-31', 1],
    ['0000-01-01', -1],
  ])('%s and %d more is none: a loop over days would never end', (day, days) => {
    expect(() => addDays(day, days)).toThrow(InvariantViolation);
  });

  it.each(['0099-12-31', '0100-02-28', '1899-12-31'])('%s ends in its own year', (day) => {
    const { timeZone } = moscow;
    const ended = cutOffOf(day, { timeZone, cutOff: '12:00' });
    expect(ended.toISOString().slice(0, 'YYYY-MM-DD'.length)).toBe(day);
  });
});

describe('cutOffOf', () => {
  it.each([
    ['Europe/Moscow', '18:00', '2026-03-02', '2026-03-02T15:00:00.000Z'],
    ['UTC', '00:00', '2026-03-02', '2026-03-02T00:00:00.000Z'],
    ['Asia/Kolkata', '18:00', '2026-03-02', '2026-03-02T12:30:00.000Z'],
    ['Pacific/Kiritimati', '18:00', '2026-03-02', '2026-03-02T04:00:00.000Z'],
    ['Pacific/Pago_Pago', '18:00', '2026-03-02', '2026-03-03T05:00:00.000Z'],
    ['America/St_Johns', '23:59', '2026-01-01', '2026-01-02T03:29:00.000Z'],
  ])('in %s at %s ends %s at %s', (timeZone, cutOff, day, expected) => {
    expect(cutOffOf(day, { timeZone, cutOff }).toISOString()).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', '18:00', '2026-03-29', 23],
    ['Europe/Berlin', '18:00', '2026-10-25', 25],
    ['America/New_York', '18:00', '2026-03-08', 23],
    ['America/New_York', '18:00', '2026-11-01', 25],
    ['Australia/Lord_Howe', '18:00', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '18:00', '2026-10-04', 23.5],
    ['Europe/Moscow', '18:00', '2026-03-29', 24],
  ])('in %s at %s makes %s a day of %d hours', (timeZone, cutOff, day, hours) => {
    expect(hoursOf(day, { timeZone, cutOff })).toBe(hours);
  });

  it('moves a time that the clocks skip as far as they jump', () => {
    const calendar = { timeZone: 'Europe/Berlin', cutOff: '02:30' };
    expect(cutOffOf('2026-03-29', calendar).toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('takes a time that comes twice the first time', () => {
    const calendar = { timeZone: 'Europe/Berlin', cutOff: '02:30' };
    expect(cutOffOf('2026-10-25', calendar).toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });
});

describe('businessDayOf', () => {
  it.each([
    ['2026-03-02T14:59:59.999Z', '2026-03-02'],
    ['2026-03-02T15:00:00.000Z', '2026-03-03'],
    ['2026-12-31T15:00:00.000Z', '2027-01-01'],
  ])('in Moscow names %s after %s', (moment, day) => {
    expect(businessDayOf(new Date(moment), moscow)).toBe(day);
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin', 'Australia/Lord_Howe'])(
    'in %s gives every moment of a year to the one day around it',
    (timeZone) => {
      for (const cutOff of ['00:00', '02:30', '18:00', '23:59']) {
        const calendar = { timeZone, cutOff };
        const start = Date.parse('2026-01-01T00:00:00Z');
        for (let hour = 0; hour < 366 * 24; hour += 5) {
          const moment = new Date(start + hour * HOUR_MS);
          const day = businessDayOf(moment, calendar);
          expect(cutOffOf(day, calendar) > moment).toBe(true);
          expect(cutOffOf(addDays(day, -1), calendar) <= moment).toBe(true);
        }
      }
    },
  );
});

describe('daysBegunSince', () => {
  const noon = new Date('2026-03-02T09:00:00Z');

  it('opens the day of now when no day is known', () => {
    expect(daysBegunSince(null, noon, moscow)).toEqual([
      { day: '2026-03-02', cutOffAt: new Date('2026-03-02T15:00:00Z') },
    ]);
  });

  it('opens nothing while the newest day lasts', () => {
    const newest = { day: '2026-03-02', cutOffAt: new Date('2026-03-02T15:00:00Z') };
    expect(daysBegunSince(newest, noon, moscow)).toEqual([]);
  });

  it('opens the next day at the very cut-off', () => {
    const newest = { day: '2026-03-02', cutOffAt: noon };
    expect(daysBegunSince(newest, noon, moscow)).toEqual([
      { day: '2026-03-03', cutOffAt: new Date('2026-03-03T15:00:00Z') },
    ]);
  });

  it('leaves no gap after days of silence', () => {
    const newest = { day: '2026-03-27', cutOffAt: new Date('2026-03-27T17:00:00Z') };
    const now = new Date('2026-03-30T16:00:00Z');
    expect(daysBegunSince(newest, now, berlin)).toEqual([
      { day: '2026-03-28', cutOffAt: new Date('2026-03-28T17:00:00Z') },
      { day: '2026-03-29', cutOffAt: new Date('2026-03-29T16:00:00Z') },
      { day: '2026-03-30', cutOffAt: new Date('2026-03-30T16:00:00Z') },
      { day: '2026-03-31', cutOffAt: new Date('2026-03-31T16:00:00Z') },
    ]);
  });
});

describe('periodAround', () => {
  it.each([
    ['2026-03-02', 'day', '2026-03-02', '2026-03-02'],
    ['2026-03-02', 'week', '2026-03-02', '2026-03-08'],
    ['2026-03-08', 'week', '2026-03-02', '2026-03-08'],
    ['2026-01-01', 'week', '2025-12-29', '2026-01-04'],
    ['2028-02-14', 'month', '2028-02-01', '2028-02-29'],
    ['2026-12-31', 'month', '2026-12-01', '2026-12-31'],
  ] as const)('around %s a %s runs from %s to %s', (day, period, from, to) => {
    expect(periodAround(day, period)).toEqual({ from, to });
  });
});
