import { z } from 'zod';
import { canonicalBankAccount } from '../kernel/bank-account';
import { FIRST_DAY, LAST_DAY } from '../kernel/business-day';
import { canonicalEmail } from '../kernel/email';
import { isUuid } from '../kernel/ids';
import { prepareSecret } from '../kernel/secret';
import { hidesSomething, isVisible, lengthOf } from '../kernel/text';

const MAX_TEXT = 10_000;

/** Returns a refusal of a schema: text for people, and a stable code for programs. */
function refusal(code: string, message: string, params: object = {}) {
  return { message, params: { code, ...params } };
}

/** Returns whether PostgreSQL can store the text: no NUL, no lone surrogate. */
function isStorable(value: string): boolean {
  return !value.includes('\0') && value.isWellFormed();
}

/** Limits the length in code points, the unit of JSON Schema's `maxLength` and of PostgreSQL. */
const atMost = (text: z.ZodString, max: number): z.ZodString =>
  text
    .refine(
      (value) => lengthOf(value) <= max,
      refusal('too-long', `at most ${max} characters`, { maximum: max }),
    )
    .meta({ maxLength: max });

const storable = (text: z.ZodString): z.ZodString =>
  text.refine(isStorable, refusal('not-storable', 'must not contain NUL or half a character'));

/** Text stored exactly as sent: no NUL, no lone surrogate. */
export const storableText = (max: number = MAX_TEXT): z.ZodString =>
  atMost(storable(z.string()), max);

/**
 * Text for people: normalised to NFC, trimmed, with a visible character. `max` counts the result.
 */
export const visibleText = (max: number = MAX_TEXT): z.ZodString =>
  atMost(
    storable(z.string().normalize('NFC').trim()).refine(
      isVisible,
      refusal('blank', 'must not be blank'),
    ),
    max,
  ).meta({ minLength: 1 });

/** Search term, normalised to NFC like the stored texts. */
export const searchText = (max: number): z.ZodString =>
  atMost(storable(z.string().normalize('NFC')), max);

/** A uuid in canonical lower-case form. */
export const uuid = z
  .string()
  .refine(isUuid, refusal('not-a-uuid', 'must be a uuid in lower case with dashes'))
  .meta({ format: 'uuid', example: '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e' });

/** Money on the wire: minor units as a signed decimal string. */
export const money = z
  .object({
    amount: z.string().regex(/^-?\d{1,18}$/),
    currency: z.string().regex(/^[A-Z]{3}$/),
  })
  .meta({ id: 'Money', example: { amount: '1250', currency: 'USD' } });

const MAX_MOMENT = '2026-03-02T15:00:00.000000000Z'.length;

/**
 * Returns whether PostgreSQL can store a date or moment: from year 1 to `LAST_DAY`, to the
 * nanosecond. Dates of four-digit years compare as text.
 */
function isStorableTime(value: string): boolean {
  const date = value.slice(0, LAST_DAY.length);
  return date >= FIRST_DAY && date <= LAST_DAY && value.length <= MAX_MOMENT;
}

const YEARS = `from year 1 to ${LAST_DAY}`;

/** A moment: ISO 8601, UTC. */
export const moment = z.iso
  .datetime()
  .refine(isStorableTime, refusal('out-of-range', `must be ${YEARS}, to the nanosecond`))
  .meta({ example: '2026-03-02T15:00:00.000Z' });

/** A business day, `YYYY-MM-DD`. */
export const day = z.iso
  .date()
  .refine(isStorableTime, refusal('out-of-range', `must be ${YEARS}`))
  .meta({ example: '2026-03-02' });

/** Text converted to its canonical form, as stored and compared; refused when it has none. */
const canonicalText = (
  canonical: (text: string) => string | null,
  { message, params }: ReturnType<typeof refusal>,
  max: number,
) =>
  z
    .string()
    .max(max)
    .transform((text, context) => {
      const value = canonical(text);
      if (value !== null) return value;
      context.issues.push({ code: 'custom', message, params, input: text });
      return z.NEVER;
    });

/** Letters, each with up to four combining marks (UTS 39, 5.4), digits and three signs. */
const NICKNAME = /^(?!.*[\p{Mn}\p{Mc}]{5})[\p{L}\p{Nd}._-][\p{L}\p{Mn}\p{Mc}\p{Nd}._-]{1,31}$/u;

/**
 * Nickname, shown to others and stored in NFC. Unique without case and without confusables (names
 * that look alike); never shaped like a uuid, so that a login is unambiguous.
 */
export const nickname = z
  .string()
  .normalize('NFC')
  .regex(NICKNAME, '2 to 32 letters, digits, ".", "_" or "-"')
  .refine(
    (value) => !isUuid(value.toLowerCase()),
    refusal('looks-like-a-uuid', 'must not look like a uuid'),
  )
  .refine(
    (value) => !hidesSomething(value),
    refusal('hides-something', 'must not contain what nobody sees'),
  )
  .meta({ example: 'kesha' });

/** Returns the key by which nicknames are compared: NFKC in lower case. */
export function nicknameKey(value: string): string {
  return value.normalize('NFKC').toLowerCase();
}

/** ISO 20022 `Max70Text`, its limit for names of account holders. */
const MAX_FULL_NAME = 70;
const BREAKS_A_LINE = /\p{Cc}|\p{Zl}|\p{Zp}/u;

/** Full name of a person, as the bank knows the holder of the bank account. */
export const fullName = visibleText(MAX_FULL_NAME)
  .refine((value) => !BREAKS_A_LINE.test(value), refusal('not-one-line', 'must be one line'))
  .meta({ example: 'Innokenty Popugayev' });

const MAX_EMAIL = 254;

/** Email address in canonical form: lower case, domain in Punycode. */
export const email = canonicalText(
  canonicalEmail,
  refusal('no-email', 'must be an email address'),
  MAX_EMAIL,
).meta({
  format: 'email',
  example: 'kesha@popug.example',
});

/** Returns the key by which emails are compared: canonical form, else the text in lower case. */
export function emailKey(value: string): string {
  return canonicalEmail(value) ?? value.toLowerCase();
}

/** Email address accepted earlier, maybe by older rules: letters still go there. */
export const storedEmail = z
  .string()
  .max(MAX_EMAIL)
  .regex(/^[^\s<>@]+@[^\s<>@]+$/)
  .meta({ example: 'kesha@popug.example' });

const MIN_SECRET = 8;
const MAX_SECRET = 256;
/** Decomposed letters (NFD) are much longer than the NFC that is kept. */
const MAX_SHOWN_SECRET = 1_024;

function isSecret(value: string): boolean {
  const length = lengthOf(prepareSecret(value) ?? '');
  return length >= MIN_SECRET && length <= MAX_SECRET;
}

/**
 * New beak shape: a secret of 8 to 256 characters as `prepareSecret` counts, without control
 * characters. Passed on unprepared: the hasher prepares it.
 */
export const beakShape = storable(z.string())
  .refine(
    isSecret,
    refusal(
      'unfit-secret',
      `${MIN_SECRET} to ${MAX_SECRET} characters, none of them a control character`,
      { minimum: MIN_SECRET, maximum: MAX_SECRET },
    ),
  )
  .meta({
    description: `${MIN_SECRET} to ${MAX_SECRET} characters after OpaqueString (RFC 8265)`,
    example: 'curved-yellow-42',
  });

/** Beak shape compared with the stored one; an invalid one is wrong, not refused. */
export const shownBeakShape = storableText(MAX_SHOWN_SECRET)
  .min(1)
  .meta({ example: 'curved-yellow-42' });

/** Room for the longest IBAN with spaces between all characters. */
const MAX_PRINTED_ACCOUNT = 70;

/** New bank account number in canonical form, see `canonicalBankAccount`. */
export const bankAccount = canonicalText(
  canonicalBankAccount,
  refusal('no-bank-account', 'must be an IBAN, 20 digits or BIK/account'),
  MAX_PRINTED_ACCOUNT,
).meta({ example: '40817810099910004312' });

/** Bank account number accepted earlier, maybe by older rules: payouts still go there. */
export const storedBankAccount = z
  .string()
  .regex(/^[0-9A-Z/]{5,34}$/)
  .meta({ example: '40817810099910004312' });

export const locale = z.enum(['en', 'ru']);
export type Locale = z.infer<typeof locale>;

export const role = z.enum(['employee', 'manager', 'accountant', 'admin']);
export type Role = z.infer<typeof role>;

export const userStatus = z.enum(['inactive', 'active', 'deactivated']);
export type UserStatus = z.infer<typeof userStatus>;

export const permission = z.enum([
  'tasks.distribute',
  'tasks.view-all',
  'accounting.view-all',
  'accounting.correct',
  'payouts.manage',
  'prices.configure',
  'analytics.view',
  'users.manage',
  'operations.manage',
]);
export type Permission = z.infer<typeof permission>;

/** Permissions of each role; personal grants add to them. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  employee: [],
  manager: ['tasks.distribute', 'tasks.view-all'],
  accountant: ['accounting.view-all', 'accounting.correct', 'payouts.manage'],
  admin: permission.options,
};
