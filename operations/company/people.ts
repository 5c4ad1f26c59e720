import type { Locale, Role } from '../../services/shared/contracts/fields';
import { derivedId } from '../../services/shared/kernel/ids';

/** A person of the demo company; id, name and bank account are the same for every seeding. */
export interface DemoPerson {
  id: string;
  nickname: string;
  email: string;
  beakShape: string;
  bankAccount: string;
  role: Role;
  manager: string | null;
  locale: Locale;
}

const BANK_PREFIX = '408178105';
const SERIAL_DIGITS = 11;

function person(
  serial: number,
  nickname: string,
  role: Role,
  manager: string | null,
  locale: Locale,
): DemoPerson {
  return {
    id: derivedId('demo', nickname),
    nickname,
    email: `${nickname}@popug.example`,
    beakShape: `beak-of-${nickname}`,
    bankAccount: BANK_PREFIX + String(serial).padStart(SERIAL_DIGITS, '0'),
    role,
    manager,
    locale,
  };
}

/** The demo company; the administrator, who creates all others, comes first. */
export function demoPeople(locale: Locale): readonly [DemoPerson, ...DemoPerson[]] {
  const red = ['ara', 'kea', 'lori', 'amazon', 'nestor', 'monk'];
  const green = ['kesha', 'gosha', 'rosella', 'corella', 'eclectus', 'senegal'];
  return [
    person(1, 'admin', 'admin', null, locale),
    person(2, 'macaw', 'manager', null, locale),
    person(3, 'cockatoo', 'manager', null, locale),
    person(4, 'grey', 'accountant', null, locale),
    ...red.map((name, index) => person(10 + index, name, 'employee', 'macaw', locale)),
    ...green.map((name, index) => person(20 + index, name, 'employee', 'cockatoo', locale)),
  ];
}

/** The sandbox bank refuses this person's bank account, so the demo has a failed payout. */
export const REFUSED_PERSON = 'senegal';
