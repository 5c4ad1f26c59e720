import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { query, type Database } from '../../shared/db/data-source';
import type { Clocks } from '../../shared/db/database-clock';
import { newId } from '../../shared/kernel/ids';
import { createLogger } from '../../shared/observability/logger';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import { createRails, type RailChoice, type Rails } from '../clients/rails';
import { downloadPaymentFile } from '../commands/download-payment-file';
import { putBankTransfer } from '../commands/put-bank-transfer';
import type { PaymentContext } from '../context';
import { createPaymentDatabase } from '../data-source';
import { referenceOf } from '../domain/attempt';
import type { Company } from '../domain/credit-transfer';
import { settleTransfersJob } from '../jobs/settle-transfers.job';
import { listPaymentFiles } from '../queries/payment-files';
import type { TransferOrder } from '../queries/same-order';
import { SandboxBank } from './sandbox-bank/app';
import { createBankDatabase, type BookedTransfer } from './sandbox-bank/book';
import { giveBack } from './sandbox-bank/returns';

const ACCOUNT_DIGITS = 20;
const HOUR_MS = 3_600_000;
const BY_BANK: RailChoice = { ru: 'bank', iban: 'bank' };
/** Every transfer waits for an operator. */
export const BY_FILE: RailChoice = { ru: 'file', iban: 'file' };

export const TEST_COMPANY: Company = {
  name: 'ООО «Попуг»',
  bankAccount: '044525225/40702810338110014312',
  bic: 'SABRRUMM',
};

/** Listens on a free port; returns the URL. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Payment and a sandbox bank, each with its own database, and a clock that tests set. */
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
  private readonly rails: Rails[] = [];

  /** Creates both databases and starts the bank. */
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

  /** Closes all connections and drops both databases. */
  async stop(): Promise<void> {
    await Promise.all(this.rails.map((rails) => rails.close()));
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.book.destroy();
    await this.bankDatabase.drop();
    await this.payment.drop();
  }

  /** Creates the context of a new Payment process; all its state is in the database. */
  process(bankUrl: string = this.bankUrl, choice: RailChoice = BY_BANK): PaymentContext {
    const rails = createRails({ bankUrl }, choice);
    this.rails.push(rails);
    const { database } = this.payment;
    const countContradiction = (): void => void (this.contradictions += 1);
    const logger = createLogger('payment', 'silent');
    const company = TEST_COMPANY;
    const own = { rails, company, timeZone: 'Europe/Moscow' };
    return { ...this.clocks, ...own, database, logger, countContradiction };
  }

  /** Number of answers that contradicted a recorded outcome. */
  contradictions = 0;

  readonly clock = (): Date => new Date(this.nowMs);

  /** Clocks of database and process, which agree. */
  readonly clocks: Clocks = { clock: this.clock, now: () => Promise.resolve(this.clock()) };

  /** Advances the clock; by default, further than any lease or delay lasts. */
  pass(ms: number = HOUR_MS): void {
    this.nowMs += ms;
  }

  /** Runs the job once, an hour later. */
  async nextRun(context: PaymentContext): Promise<void> {
    this.pass();
    await settleTransfersJob(context).run();
  }

  /** Makes a file of two transfers of a day; `context` has file rails. */
  async file(context: PaymentContext, day: string): Promise<{ id: string; keys: string[] }> {
    const bankAccount = '044525225/40817810538091310419';
    const orders = [1, 2].map(() => someOrder({ bankAccount, businessDay: day }));
    for (const order of orders) await putBankTransfer(context, order);
    const files = await listPaymentFiles(context.database, { after: null, limit: 100 });
    const { id } = files.find(({ businessDay }) => businessDay === day)!;
    await downloadPaymentFile(context, id, newId());
    return { id, keys: orders.map(({ key }) => key) };
  }

  /** The bank sends the money of the key's transfer back. */
  async giveBack(key: string, reason = 'account closed'): Promise<void> {
    await giveBack(this.book, referenceOf(key), reason);
  }

  /** Returns the last position of the bank's statement of returns; 0 for an empty one. */
  async lastReturn(): Promise<bigint> {
    const sql = 'SELECT coalesce(max(position), 0)::bigint AS last FROM returns';
    const [row] = await query<{ last: bigint }>(this.book, sql);
    return row!.last;
  }

  /** Returns the bank's lines for the key. */
  booked(key: string): Promise<BookedTransfer[]> {
    const sql = 'SELECT * FROM transfers WHERE reference = $1';
    return query<BookedTransfer>(this.book, sql, [referenceOf(key)]);
  }
}

/** Returns an order with a new key and a new account number. */
export function someOrder(given: Partial<TransferOrder> = {}): TransferOrder {
  const bankAccount = BigInt(`0x${newId().replaceAll('-', '')}`)
    .toString()
    .slice(-ACCOUNT_DIGITS);
  const described = { businessDay: '2026-03-02', creditorName: 'Innokenty Popugayev' };
  const paid = { amountCents: 4_250n, currency: 'USD', bankAccount };
  return { key: newId(), ...paid, ...described, ...given };
}
