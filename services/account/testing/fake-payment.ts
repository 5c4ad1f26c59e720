import { putLetter, type LetterContent } from '../../shared/contracts/calls/notify';
import {
  BANK_TRANSFER_UNKNOWN,
  getBankTransfer,
  putBankTransfer,
  withdrawBankTransfer,
  type BankTransferState,
} from '../../shared/contracts/calls/payment';
import { userEmail } from '../../shared/contracts/calls/user';
import type { NeighbourAnswer, Neighbours } from '../../shared/testing/neighbours';

/** How Payment behaves the next time it is asked to transfer something. */
export type Behaviour =
  | 'succeed'
  | 'refuse'
  /** Takes the order and finishes it after the first question. */
  | 'in-progress'
  /** Does it, but the answer gets lost. */
  | 'lose-done'
  /** Never gets to see it. */
  | 'lose-undone'
  /** Does it and answers something nobody agreed on. */
  | 'garble-done'
  /** Answers something nobody agreed on, to questions too. */
  | 'garble-always';

/** A transfer that Payment has carried out. */
export interface CarriedOut {
  key: string;
  amount: string;
  bankAccount: string;
}

const AWAY = { refuse: 503 };
const GARBLED = { garble: '<html><body>Bad Gateway</body></html>' };
const IN_PROGRESS = { outcome: 'in_progress', bankReference: null, reason: null } as const;
const WITHDRAWN = { outcome: 'withdrawn', bankReference: null, reason: null } as const;
const REFUSED = { outcome: 'refused', bankReference: null, reason: 'no such number' } as const;

/** Payment, User and Notify as the worker meets them: they keep the contract, or break it. */
export class FakePayment {
  /** What left, in order: a key twice would be money lost. */
  readonly carriedOut: CarriedOut[] = [];
  readonly letters: { key: string; to: string; letter: LetterContent }[] = [];
  /** Whether User and Notify answer. */
  isMailUp = true;
  /** Whether Payment answers at all. */
  isUp = true;
  /** Decides about each order; every repeat of a key is asked about again until it is final. */
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

  /** From now on every answer makes sense; what was garbled until now never arrived. */
  heal(): void {
    this.garbled.clear();
    this.behave = () => 'succeed';
  }

  /** Payment has that key in progress, and will have for now. */
  progress(key: string): void {
    this.states.set(key, IN_PROGRESS);
  }

  /** The bank has decided about a key meanwhile. */
  decide(key: string, outcome: 'succeeded' | 'refused'): void {
    this.garbled.delete(key);
    this.settle(key, outcome === 'succeeded' ? succeeded(key) : REFUSED);
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
    if (state.outcome === 'in_progress') this.settle(key, succeeded(key));
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
