import { z } from 'zod';

const MAX_DELAY_MS = 60_000;
const FIRST_ERROR = 400;
const LAST_ERROR = 599;

/** Number of answers that the fault spoils; null: all, until the fault is switched off. */
const times = z.number().int().min(0).nullable().default(null);

/** Faults of the sandbox bank. A switch that is left out of a PUT is off: `{}` ends all faults. */
export const switchesSchema = z.strictObject({
  /** Transfers to these account numbers are rejected. */
  rejectAccounts: z.array(z.string()).default([]),
  /** The money of transfers to these account numbers comes back at once after the execution. */
  returnAccounts: z.array(z.string()).default([]),
  /** Answers this status and does nothing else. */
  failWith: z.number().int().min(FIRST_ERROR).max(LAST_ERROR).nullable().default(null),
  failTimes: times,
  /** Delay before the request is handled, in milliseconds. */
  delayMs: z.number().int().min(0).max(MAX_DELAY_MS).default(0),
  /** Closes the connection after (`done`) or instead of (`not-done`) executing the order. */
  loseAnswer: z.enum(['done', 'not-done']).nullable().default(null),
  loseTimes: times,
  /** Handles the request, but answers another amount. */
  wrongAmount: z.boolean().default(false),
  wrongAmountTimes: times,
  /** Handles the request, but answers an HTML page. */
  html: z.boolean().default(false),
  htmlTimes: times,
});
export type Switches = z.infer<typeof switchesSchema>;

type Counter = 'failTimes' | 'loseTimes' | 'wrongAmountTimes' | 'htmlTimes';

/** Current switches. */
export class Switchboard {
  private current: Switches = switchesSchema.parse({});

  /** Returns the switches with the remaining counts. */
  read(): Switches {
    return this.current;
  }

  /** Replaces all switches. */
  set(switches: Switches): void {
    this.current = switches;
  }

  /** Returns the status to fail with this time, or null. */
  failure(): number | null {
    return this.current.failWith !== null && this.uses('failTimes') ? this.current.failWith : null;
  }

  /** Returns how to lose the answer to this order, or null. */
  loss(): 'done' | 'not-done' | null {
    return this.current.loseAnswer !== null && this.uses('loseTimes')
      ? this.current.loseAnswer
      : null;
  }

  /** Returns true when this answer must name another amount. */
  liesAboutAmount(): boolean {
    return this.current.wrongAmount && this.uses('wrongAmountTimes');
  }

  /** Returns true when this answer must be an HTML page. */
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
