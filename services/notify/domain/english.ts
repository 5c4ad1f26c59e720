import { formatChange, formatDay, formatSum } from './format';
import type { Language } from './language';

const LOCALE = 'en';

const NOT_YOU =
  'If this was not you, tell an administrator at once: somebody else may be using your account.';

const ENTRIES = { fee: 'fee', reward: 'reward', reversal: 'correction' };

/** The letters in English. */
export const english: Language = {
  greeting: (nickname) => `Hello ${nickname},`,
  signature: 'Popug',
  templates: {
    'payout-paid': ({ day, amount }) => ({
      subject: `Paid: ${formatSum(amount, LOCALE)} for ${formatDay(day, LOCALE)}`,
      paragraphs: [
        `We sent ${formatSum(amount, LOCALE)} to your bank account: ` +
          `your earnings up to and including the business day of ${formatDay(day, LOCALE)}.`,
        'Your statement in Popug shows every task this sum comes from.',
      ],
    }),
    'payout-refused': ({ day, amount, reason }) => ({
      subject: `Please check your bank account number: ${formatSum(amount, LOCALE)} not paid`,
      paragraphs: [
        `The ${formatSum(amount, LOCALE)} for the business day of ${formatDay(day, LOCALE)} ` +
          'could not be sent to your bank account.' +
          (reason === '' ? '' : ` The reason: “${reason}”`),
        'Nothing is lost: the money stays yours, on your balance in Popug.',
        'Please check the bank account number in Popug and correct it if it is wrong. ' +
          'Then an accountant will send the money again.',
      ],
    }),
    'payout-returned': ({ day, amount, reason }) => ({
      subject: `Please check your bank account number: ${formatSum(amount, LOCALE)} came back`,
      paragraphs: [
        `The bank sent back the ${formatSum(amount, LOCALE)} that we had paid you for ` +
          `the business day of ${formatDay(day, LOCALE)}.` +
          (reason === '' ? '' : ` The reason: “${reason}”`),
        'Nothing is lost: the money is on your balance in Popug again, ' +
          'and belongs to your next payout.',
        'Please check the bank account number in Popug and correct it if it is wrong.',
      ],
    }),
    'entry-reversed': ({ kind, day, amount, reason }) => ({
      subject: `Your balance was corrected by ${formatChange(amount, LOCALE)}`,
      paragraphs: [
        `An accountant corrected a ${ENTRIES[kind]} of the business day of ` +
          `${formatDay(day, LOCALE)}. Your balance changed by ${formatChange(amount, LOCALE)}.`,
        `The reason: “${reason}”`,
        'Your statement in Popug shows both entries. If you have a question, ask an accountant.',
      ],
    }),
    'bank-account-changed': ({ bankAccount }) => ({
      subject: 'Your bank account number was changed',
      paragraphs: [`From now on you are paid to the bank account ${bankAccount}.`, NOT_YOU],
    }),
    'beak-shape-changed': () => ({
      subject: 'Your beak shape was changed',
      paragraphs: [
        'From now on you log in with your new beak shape. You were logged out everywhere.',
        NOT_YOU,
      ],
    }),
    'beak-shape-reset': ({ nickname, by }) => ({
      subject: `The beak shape of ${nickname} was reset`,
      paragraphs: [
        `${by} asked for a new beak shape for ${nickname}, who decides about money in Popug.`,
        'If you did not expect this, ask both of them, and look at the audit log.',
      ],
    }),
    'email-changed': ({ newEmail }) => ({
      subject: 'Your email address was changed',
      paragraphs: [
        `From now on your letters go to ${newEmail}; this is the last one here.`,
        NOT_YOU,
      ],
    }),
  },
};
