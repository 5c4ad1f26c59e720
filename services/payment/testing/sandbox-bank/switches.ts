import { z } from 'zod';

const MAX_DELAY_MS = 60_000;
const FIRST_ERROR = 400;
const LAST_ERROR = 599;

/** How many of the next answers a fault spoils; null = all, until it is switched off. */
const times = z.number().int().min(0).nullable().default(null);

/** What can be made to go wrong. Whatever is left out of a PUT is off: `{}` heals everything. */
export const switchesSchema = z.strictObject({
  /** Transfers to these account numbers are rejected. */
  rejectAccounts: z.array(z.string()).default([]),
  /** Answers this status, and does nothing. */
  failWith: z.number().int().min(FIRST_ERROR).max(LAST_ERROR).nullable().default(null),
  failTimes: times,
  /** Before anything is done. */
  delayMs: z.number().int().min(0).max(MAX_DELAY_MS).default(0),
  /** Cuts the connection of an order after (`done`) or instead of (`not-done`) executing it. */
  loseAnswer: z.enum(['done', 'not-done']).nullable().default(null),
  loseTimes: times,
  /** Does the right thing, but names another amount. */
  wrongAmount: z.boolean().default(false),
  wrongAmountTimes: times,
  /** Does the right thing, but answers with a page for people. */
  html: z.boolean().default(false),
  htmlTimes: times,
});
export type Switches = z.infer<typeof switchesSchema>;

type Counter = 'failTimes' | 'loseTimes' | 'wrongAmountTimes' | 'htmlTimes';

/** The switches as they stand now. */
export class Switchboard {
  private current: Switches = switchesSchema.parse({});

  /** The switches with what is left of their counts. */
  read(): Switches {
    return this.current;
  }

  /** Sets all of them. */
  set(switches: Switches): void {
    this.current = switches;
  }

  /** The status to fail with this time, or null. */
  failure(): number | null {
    return this.current.failWith !== null && this.uses('failTimes') ? this.current.failWith : null;
  }

  /** How to lose the answer to this order, or null. */
  loss(): 'done' | 'not-done' | null {
    return this.current.loseAnswer !== null && this.uses('loseTimes')
      ? this.current.loseAnswer
      : null;
  }

  /** True when this answer shall name another amount. */
  liesAboutAmount(): boolean {
    return this.current.wrongAmount && this.uses('wrongAmountTimes');
  }

  /** True when this answer shall be a page. */
  answersHtml(): boolean {
    return this.current.html && this.uses('htmlTimes');
  }

  private uses(counter: Counter): boolean {
    const left = this.current[counter];
    if (left === null) return true;
    if (left === 0) return false;
    this.current = { ...this.current, [counter]: left - 1 };
    return true;
  }
}
