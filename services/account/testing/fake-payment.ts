import { putLetter, type LetterContent } from '../../shared/contracts/calls/notify';
import {
  BANK_TRANSFER_UNKNOWN,
  getBankTransfer,
  getReturnedTransfers,
  putBankTransfer,
  withdrawBankTransfer,
  type BankTransferState,
} from '../../shared/contracts/calls/payment';
import { userEmail } from '../../shared/contracts/calls/user';
import type { NeighbourAnswer, Neighbours } from '../../shared/testing/neighbours';

/** Payment's behaviour at an order. */
export type Behaviour =
  | 'succeed'
  | 'refuse'
  /** Accepts the order and finishes the transfer after the first question. */
  | 'in-progress'
  /** Accepts the order; an operator tells the outcome, see `decide`. */
  | 'wait'
  /** Executes the order; the answer is lost. */
  | 'lose-done'
  /** Never receives the order. */
  | 'lose-undone'
  /** Executes the order; the answer breaks the contract. */
  | 'garble-done'
  /** Does not execute the order; answers, also to questions, break the contract. */
  | 'garble-always';

/** Executed transfer. */
export interface CarriedOut {
  key: string;
  amount: string;
  bankAccount: string;
}

/** Transfer whose money the bank sent back. */
export interface Returned {
  position: string;
  key: string;
  amount: string;
  currency: string;
  reason: string;
  returnedAt: string;
}

const AWAY = { refuse: 503 };
const GARBLED = { garble: '<html><body>Bad Gateway</body></html>' };
const IN_PROGRESS = { outcome: 'in_progress', bankReference: null, reason: null } as const;
const WAITING = { ...IN_PROGRESS, waitingFor: 'operator' } as const;
const WITHDRAWN = { outcome: 'withdrawn', bankReference: null, reason: null } as const;
const REFUSED = { outcome: 'refused', bankReference: null, reason: 'no such number' } as const;

/** Fake of Payment, User and Notify, as the worker calls them; keeps or breaks the contract. */
export class FakePayment {
  /** Executed transfers, in order: a key twice means money paid twice. */
  readonly carriedOut: CarriedOut[] = [];
  readonly letters: { key: string; to: string; letter: LetterContent }[] = [];
  /** Whether User and Notify answer. */
  isMailUp = true;
  /** Whether Payment answers. */
  isUp = true;
  /** Transfers that the bank sent back, in the order of their positions. */
  readonly returned: Returned[] = [];
  /** Transfers in one answer about returns. */
  pageOfReturns = 100;
  /** Chooses the behaviour by key; called at each order until the key has a state. */
  behave: (key: string) => Behaviour = () => 'succeed';
  private readonly states = new Map<string, BankTransferState>();
  private readonly garbled = new Set<string>();

  constructor(neighbours: Neighbours) {
    neighbours.answer(putBankTransfer, ({ params, body }) =>
      this.isUp ? this.put(params['key']!, body) : AWAY,
    );
    neighbours.answer(getBankTransfer, ({ params }) =>
      this.isUp ? this.get(params['key']!) : AWAY,
    );
    neighbours.answer(withdrawBankTransfer, ({ params }) =>
      this.isUp ? this.withdraw(params['key']!) : AWAY,
    );
    neighbours.answer(getReturnedTransfers, ({ params }) => {
      if (!this.isUp) return AWAY;
      const after = Number(params['after']);
      const later = this.returned.filter(({ position }) => Number(position) > after);
      return { items: later.slice(0, this.pageOfReturns) };
    });
    neighbours.answer(userEmail, ({ params }) => {
      if (!this.isMailUp) return AWAY;
      return { email: `${params['id']}@popug.example`, nickname: 'kesha', locale: 'en' };
    });
    neighbours.answer(putLetter, ({ params, body }) => {
      if (!this.isMailUp) return AWAY;
      const key = params['key']!;
      const alreadySent = this.letters.some((letter) => letter.key === key);
      if (!alreadySent) this.letters.push({ key, to: body.to, letter: body.letter });
      return { sent: !alreadySent, alreadySent };
    });
  }

  /**
   * Makes every later answer keep the contract; orders answered by `garble-always` count as never
   * arrived.
   */
  heal(): void {
    this.garbled.clear();
    this.behave = () => 'succeed';
  }

  /** Sets a key in progress. */
  progress(key: string): void {
    this.states.set(key, IN_PROGRESS);
  }

  /** Settles a key, as the bank's decision does. */
  decide(key: string, outcome: 'succeeded' | 'refused'): void {
    this.garbled.delete(key);
    this.settle(key, outcome === 'succeeded' ? succeeded(key) : REFUSED);
  }

  /** Sends the money of a transfer back, as the bank does; changes can make the return wrong. */
  sendBack(key: string, amountCents: bigint, changes: Partial<Returned> = {}): void {
    this.returned.push({
      position: String(this.returned.length + 1),
      key,
      amount: amountCents.toString(),
      currency: 'USD',
      reason: 'account closed',
      returnedAt: '2026-03-02T16:00:00.000Z',
      ...changes,
    });
  }

  private put(
    key: string,
    body: { amount: string; bankAccount: string },
  ): NeighbourAnswer<BankTransferState> {
    const known = this.states.get(key);
    if (known) return known;
    const order = { key, amount: body.amount, bankAccount: body.bankAccount };
    switch (this.behave(key)) {
      case 'succeed':
        return this.carryOut(order);
      case 'refuse':
        return this.settle(key, REFUSED);
      case 'in-progress':
        this.carriedOut.push(order);
        return this.settle(key, IN_PROGRESS);
      case 'wait':
        return this.settle(key, WAITING);
      case 'lose-done':
        this.carryOut(order);
        return AWAY;
      case 'lose-undone':
        return AWAY;
      case 'garble-done':
        this.carryOut(order);
        return GARBLED;
      case 'garble-always':
        this.garbled.add(key);
        return GARBLED;
    }
  }

  private get(key: string): NeighbourAnswer<BankTransferState> {
    if (this.garbled.has(key)) return GARBLED;
    const state = this.states.get(key);
    if (!state) return { refuse: 404, type: BANK_TRANSFER_UNKNOWN };
    if (state === IN_PROGRESS) this.settle(key, succeeded(key));
    return state;
  }

  private withdraw(key: string): NeighbourAnswer<BankTransferState> {
    if (this.garbled.has(key)) return GARBLED;
    return this.states.get(key) ?? this.settle(key, WITHDRAWN);
  }

  private carryOut(order: CarriedOut): BankTransferState {
    this.carriedOut.push(order);
    return this.settle(order.key, succeeded(order.key));
  }

  private settle(key: string, state: BankTransferState): BankTransferState {
    this.states.set(key, state);
    return state;
  }
}

function succeeded(key: string): BankTransferState {
  return { outcome: 'succeeded', bankReference: `SB-${key.slice(0, 8)}`, reason: null };
}
