import { z } from 'zod';
import { switchesSchema, type Switches } from './switches';

/** Fields of the form as a browser sends them: text, or nothing for a box without a tick. */
export type FormFields = Readonly<Record<string, string>>;

const LINE_BREAK = /[\s,;]+/;
const FAULTS: Readonly<Record<string, string>> = {
  delayMs: 'Slow: a whole number of milliseconds, from 0 to 60000',
  failWith: 'Down: an HTTP status from 400 to 599, or nothing',
  failTimes: 'Down, how often: a whole number, or nothing',
  loseAnswer: 'Lost answer: choose one of the three',
  loseTimes: 'Lost answer, how often: a whole number, or nothing',
  wrongAmountTimes: 'Wrong amount, how often: a whole number, or nothing',
  htmlTimes: 'HTML, how often: a whole number, or nothing',
};

const accounts = (text = ''): string[] => text.split(LINE_BREAK).filter((part) => part !== '');
const numberOrNull = (text = ''): number | null => (text.trim() === '' ? null : Number(text));

/** Reads switches from the form; or the faults of its fields, in words. */
export function switchesOfForm(fields: FormFields): Switches | { faults: string[] } {
  const parsed = switchesSchema.safeParse({
    rejectAccounts: accounts(fields['rejectAccounts']),
    returnAccounts: accounts(fields['returnAccounts']),
    failWith: numberOrNull(fields['failWith']),
    failTimes: numberOrNull(fields['failTimes']),
    delayMs: Number(fields['delayMs'] ?? '0'),
    loseAnswer: fields['loseAnswer'] === 'no' ? null : (fields['loseAnswer'] ?? null),
    loseTimes: numberOrNull(fields['loseTimes']),
    wrongAmount: fields['wrongAmount'] === 'on',
    wrongAmountTimes: numberOrNull(fields['wrongAmountTimes']),
    html: fields['html'] === 'on',
    htmlTimes: numberOrNull(fields['htmlTimes']),
  });
  if (parsed.success) return parsed.data;
  const names = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  return { faults: [...names].map((name) => FAULTS[name] ?? name) };
}

/** Fields of the form that show the switches. */
export function formOfSwitches(switches: Switches): FormFields {
  const text = (value: number | null): string => value?.toString() ?? '';
  return {
    rejectAccounts: switches.rejectAccounts.join('\n'),
    returnAccounts: switches.returnAccounts.join('\n'),
    failWith: text(switches.failWith),
    failTimes: text(switches.failTimes),
    delayMs: text(switches.delayMs),
    loseAnswer: switches.loseAnswer ?? 'no',
    loseTimes: text(switches.loseTimes),
    wrongAmount: switches.wrongAmount ? 'on' : '',
    wrongAmountTimes: text(switches.wrongAmountTimes),
    html: switches.html ? 'on' : '',
    htmlTimes: text(switches.htmlTimes),
  };
}

const MAX_REASON = 200;

/** Fields of a return. */
export const returnSchema = z.strictObject({
  reason: z.string().trim().min(1).max(MAX_REASON),
});
