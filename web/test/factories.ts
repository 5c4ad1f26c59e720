import type { Schemas } from '../src/api/client';

let made = 0;

/** Returns a new id. */
export const newId = (): string =>
  `0192c5a4-7b1e-7cc3-9d7e-${String((made += 1)).padStart(12, '0')}`;

export const usd = (amount: number): Schemas['Money'] => ({
  amount: String(amount),
  currency: 'USD',
});

export function someUser(more: Partial<Schemas['User']> = {}): Schemas['User'] {
  return {
    id: newId(),
    nickname: 'kea',
    email: 'kea@popug.test',
    role: 'employee',
    locale: 'en',
    status: 'active',
    managerId: null,
    permissions: [],
    version: 1,
    ...more,
  };
}

export function someTask(more: Partial<Schemas['Task']> = {}): Schemas['Task'] {
  return {
    id: newId(),
    title: 'Change the button',
    jiraId: 'POPUG-144',
    description: null,
    status: 'open',
    assigneeId: null,
    assignedAt: null,
    assignmentNumber: 0,
    createdBy: newId(),
    price: usd(2_682),
    fee: usd(1_341),
    reward: usd(2_682),
    createdAt: '2026-11-25T08:00:00.000Z',
    finishedAt: null,
    version: 1,
    ...more,
  };
}

export function someAccount(more: Partial<Schemas['Account']> = {}): Schemas['Account'] {
  return {
    userId: newId(),
    nickname: 'kea',
    balance: usd(-13_444),
    today: usd(-2_557),
    underWay: usd(0),
    forecast: usd(0),
    openDay: {
      day: '2026-11-26',
      from: '2026-11-25T15:00:00.000Z',
      cutOffAt: '2026-11-26T15:00:00.000Z',
    },
    bankAccount: '•••• 0011',
    fullName: null,
    payoutsHeld: null,
    version: 1,
    ...more,
  };
}

export function someSettings(more: Partial<Schemas['Settings']> = {}): Schemas['Settings'] {
  return {
    currency: 'USD',
    businessTimeZone: 'Europe/Moscow',
    cutOff: '18:00',
    now: '2026-11-26T08:00:00.000Z',
    languages: ['en', 'ru'],
    signUpEnabled: true,
    jiraUrl: null,
    version: '1.0.0',
    ...more,
  };
}

export function somePerson(more: Partial<Schemas['Person']> = {}): Schemas['Person'] {
  return { id: newId(), nickname: 'kea', role: 'employee', status: 'active', ...more };
}
