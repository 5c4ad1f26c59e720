import type { access } from './en/access';
import type { accounts } from './en/accounts';
import type { analytics } from './en/analytics';
import type { board } from './en/board';
import type { common } from './en/common';
import type { distribution } from './en/distribution';
import type { errors } from './en/errors';
import type { files } from './en/files';
import type { finder } from './en/finder';
import type { operations } from './en/operations';
import type { payouts } from './en/payouts';
import type { people } from './en/people';
import type { prices } from './en/prices';
import type { task } from './en/task';
import type { money } from './en/money';
import type { bankAccount } from './en/bankAccount';
import type { settings } from './en/settings';
import type { statement } from './en/statement';
import type { tasks } from './en/tasks';

/** Texts by feature: English is the source. */
export interface Texts {
  common: typeof common;
  access: typeof access;
  accounts: typeof accounts;
  analytics: typeof analytics;
  board: typeof board;
  distribution: typeof distribution;
  errors: typeof errors;
  files: typeof files;
  finder: typeof finder;
  operations: typeof operations;
  payouts: typeof payouts;
  people: typeof people;
  prices: typeof prices;
  task: typeof task;
  money: typeof money;
  bankAccount: typeof bankAccount;
  settings: typeof settings;
  statement: typeof statement;
  tasks: typeof tasks;
}

/** Forms that Russian plurals have beside those of English (CLDR). */
type MoreForms<T> = {
  [
    Key in keyof T as Key extends `${string}_ordinal_other`
      ? never
      : Key extends `${infer Base}_other`
        ? `${Base}_${'few' | 'many'}`
        : never
  ]: string;
};

/** English ordinals have forms (1st, 2nd, 3rd) that Russian ones have not. */
type EnglishForm = `${string}_ordinal_${'one' | 'two' | 'few'}`;

/** The same keys in Russian, with all forms of its plurals: a missing one does not compile. */
export type Translated<T> = {
  [Key in keyof T as Key extends EnglishForm ? never : Key]: T[Key] extends string
    ? string
    : Translated<T[Key]>;
} & MoreForms<T>;
