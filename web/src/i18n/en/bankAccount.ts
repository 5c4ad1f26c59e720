/** Texts of one's own bank account. */
export const bankAccount = {
  title: 'Bank account',
  none: 'There is none: payouts fail until you enter one.',
  show: 'Show',
  hide: 'Hide',
  enter: 'Enter…',
  change: 'Change…',
  dialog: 'Your bank account',
  why: 'Used from the next attempt on; we send you a letter.',
  now: 'Now',
  new: 'New bank account',
  fullName: 'Full name of the holder',
  fullNameWhy: 'As the bank knows it; needed where payments go by file',
  action: 'Change the bank account',
  done: 'Your bank account is changed',
} as const;
