import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { query, type Database } from '../../shared/db/data-source';
import type { Clocks } from '../../shared/db/database-clock';
import { newId } from '../../shared/kernel/ids';
import { createLogger } from '../../shared/observability/logger';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import { AccountNumberRail } from '../clients/account-number.rail';
import type { PaymentContext } from '../context';
import { createPaymentDatabase } from '../data-source';
import { referenceOf } from '../domain/attempt';
import { settleTransfersJob } from '../jobs/settle-transfers.job';
import type { TransferOrder } from '../queries/same-order';
import { SandboxBank } from './sandbox-bank/app';
import { createBankDatabase, type BookedTransfer } from './sandbox-bank/book';

const ACCOUNT_DIGITS = 20;
const HOUR_MS = 3_600_000;

/** Listens on a free port; the url to reach it. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Payment on a database of its own beside a sandbox bank with its own, and a clock to set. */
export class PaymentLab {
  private constructor(
    readonly payment: TestDatabase,
    readonly bank: SandboxBank,
    readonly bankUrl: string,
    private readonly book: Database,
    private readonly bankDatabase: TestDatabase,
    private readonly server: Server,
  ) {}

  private nowMs = Date.parse('2026-03-02T15:00:00Z');
  private readonly rails: AccountNumberRail[] = [];

  /** Makes both databases and lets the bank listen. */
  static async start(): Promise<PaymentLab> {
    const payment = await createTestDatabase(createPaymentDatabase);
    const bankDatabase = await createTestDatabase(createBankDatabase);
    const book = await createBankDatabase(bankDatabase.ownerUrl).initialize();
    const bank = new SandboxBank(book, 'silent');
    const handle = bank.app().callback();
    const server = createServer((request, response) => void handle(request, response));
    const url = await listen(server);
    return new PaymentLab(payment, bank, url, book, bankDatabase, server);
  }

  /** Lets go of everything. */
  async stop(): Promise<void> {
    await Promise.all(this.rails.map((rail) => rail.close()));
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.book.destroy();
    await this.bankDatabase.drop();
    await this.payment.drop();
  }

  /** A Payment process as it starts: it knows nothing but what the database says. */
  process(bankUrl: string = this.bankUrl): PaymentContext {
    const rail = new AccountNumberRail(bankUrl);
    this.rails.push(rail);
    const { database } = this.payment;
    const countContradiction = (): void => void (this.contradictions += 1);
    const logger = createLogger('payment', 'silent');
    return { ...this.clocks, database, rail, logger, countContradiction };
  }

  /** How often the bank has contradicted what is recorded for good. */
  contradictions = 0;

  readonly clock = (): Date => new Date(this.nowMs);

  /** The database's clock and the process's, which agree. */
  readonly clocks: Clocks = { clock: this.clock, now: () => Promise.resolve(this.clock()) };

  /** Lets time pass: as much as any lease or delay, unless told. */
  pass(ms: number = HOUR_MS): void {
    this.nowMs += ms;
  }

  /** One run of the job, an hour later. */
  async nextRun(context: PaymentContext): Promise<void> {
    this.pass();
    await settleTransfersJob(context).run();
  }

  /** The bank's lines for that key. */
  booked(key: string): Promise<BookedTransfer[]> {
    const sql = 'SELECT * FROM transfers WHERE reference = $1';
    return query<BookedTransfer>(this.book, sql, [referenceOf(key)]);
  }
}

/** An order of its own: new key, new account number. */
export function someOrder(given: Partial<TransferOrder> = {}): TransferOrder {
  const bankAccount = BigInt(`0x${newId().replaceAll('-', '')}`)
    .toString()
    .slice(-ACCOUNT_DIGITS);
  return { key: newId(), amountCents: 4_250n, currency: 'USD', bankAccount, ...given };
}
