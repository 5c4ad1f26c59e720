import { badRequest } from '../../shared/kernel/errors';
import { toDecimal } from '../../shared/kernel/money';
import { totalOf } from './credit-transfer';
import { demandInFile, enumerate, type FiledState, type FileVerdict } from './file-verdict';
import { reasonText } from './reason-codes';

/** Status of a group, payment or transaction; null where the level names none. */
export interface ReportedStatus {
  /** Code of ISO 20022's `ExternalPaymentTransactionStatus1Code`. */
  status: string | null;
  /** Code of the reason, if any, and the bank's words, if any. */
  reason: { code: string | null; words: readonly string[] };
}

/** Status of one transaction. */
export interface ReportedTransaction extends ReportedStatus {
  /** `OrgnlEndToEndId`. */
  reference: string;
  /** The bank's own reference, `AcctSvcrRef`. */
  bankReference: string | null;
  /** The original amount, when the bank repeats it. */
  amount: { currency: string; value: string } | null;
}

/** Customer payment status report, ISO 20022 `pain.002.001.10`: the parts that decide. */
export interface StatusReport extends ReportedStatus {
  originalMessageId: string;
  /** Count and control sum of the original message, when the bank repeats them. */
  count: string | null;
  controlSum: string | null;
  payments: readonly (ReportedStatus & {
    originalPaymentId: string;
    transactions: readonly ReportedTransaction[];
  })[];
}

/** The payment file that a report is about. */
export interface ReportedFile {
  messageId: string;
  currency: string;
  transfers: readonly FiledState[];
}

/** The bank has the money booked out (ACSC), or the creditor has it (ACCC): final. */
const EXECUTED = ['ACSC', 'ACCC'];
/** Final, too. Any other status (ACTC, ACCP, ACSP, PDNG, RCVD, PART …) is a step on the way. */
const REFUSED = 'RJCT';
const NO_REASON = 'The bank refused the transfer';
const DECIMAL = /^(\d+)(?:\.(\d+))?$/;

/**
 * Returns the verdicts of a report: a transaction's status counts before its payment's, and that
 * before the group's. Throws 400, before anything is applied, when the report is about another
 * message, other amounts, or transactions that the file does not hold.
 */
export function verdictsOf(report: StatusReport, file: ReportedFile): FileVerdict[] {
  demandSameMessage(report, file);
  const transactions = report.payments.flatMap((payment) =>
    payment.transactions.map((one) => {
      const { status, reason } = firstStatus(one, payment, report);
      return { ...one, status, reason };
    }),
  );
  const references = new Set(file.transfers.map(({ reference }) => reference));
  demandInFile(
    transactions.map(({ reference }) => reference),
    references,
  );
  const named = byReference(transactions);
  demandSameAmounts(named, file);
  const unique = uniqueReferences(transactions);
  const [payment] = report.payments;
  const rest = payment ? firstStatus(payment, report) : report;
  return file.transfers.flatMap(({ key, reference }) => {
    const one = named.get(reference);
    const given = one?.bankReference ?? null;
    const bankReference = given !== null && unique.has(given) ? given : null;
    const about = { key, isNamed: one !== undefined, reference, bankReference };
    return verdictOf(one ?? rest, about);
  });
}

function verdictOf(
  { status, reason }: ReportedStatus,
  about: { key: string; isNamed: boolean; reference: string; bankReference: string | null },
): FileVerdict[] {
  const { reference, bankReference, ...which } = about;
  if (status === REFUSED) {
    const words = reasonText(reason) ?? NO_REASON;
    return [{ ...which, outcome: 'refused', bankReference, reason: words }];
  }
  if (status === null || !EXECUTED.includes(status)) return [];
  return [{ ...which, outcome: 'succeeded', bankReference: bankReference ?? reference }];
}

/** Returns the status of the first level that names one; its reason belongs to that level. */
function firstStatus(...levels: readonly ReportedStatus[]): ReportedStatus {
  return levels.find(({ status }) => status !== null) ?? levels[0]!;
}

function demandSameMessage(report: StatusReport, { messageId, ...file }: ReportedFile): void {
  const { originalMessageId, count, controlSum, payments } = report;
  const ids = [originalMessageId, ...payments.map(({ originalPaymentId }) => originalPaymentId)];
  const other = ids.find((id) => id !== messageId);
  if (other !== undefined) throw badRequest(`The report is about ${other}, not ${messageId}`);
  const total = toDecimal(totalOf(file.transfers), file.currency);
  const isCountWrong = count !== null && !isSameNumber(count, String(file.transfers.length));
  if (isCountWrong || (controlSum !== null && !isSameNumber(controlSum, total))) {
    throw badRequest('The report has another number or sum of transactions than the file');
  }
}

/** Throws 400 when one transaction has two statuses. */
function byReference(
  transactions: readonly ReportedTransaction[],
): Map<string, ReportedTransaction> {
  const named = new Map<string, ReportedTransaction>();
  for (const one of transactions) {
    const { status = one.status } = named.get(one.reference) ?? {};
    if (status !== one.status) throw badRequest(`${one.reference} has two statuses`);
    named.set(one.reference, one);
  }
  return named;
}

function demandSameAmounts(
  named: ReadonlyMap<string, ReportedTransaction>,
  { currency, transfers }: ReportedFile,
): void {
  const wrong = transfers.filter(({ reference, amountCents }) => {
    const amount = named.get(reference)?.amount ?? null;
    if (amount === null) return false;
    const ordered = toDecimal(amountCents, currency);
    return amount.currency !== currency || !isSameNumber(amount.value, ordered);
  });
  if (wrong.length === 0) return;
  const references = enumerate(wrong.map(({ reference }) => reference));
  throw badRequest(`The report has other amounts than the file, of ${references}`);
}

/** Returns the bank's references that only one transaction has: a batch may share one. */
function uniqueReferences(transactions: readonly ReportedTransaction[]): ReadonlySet<string> {
  const owners = new Map<string, Set<string>>();
  for (const { bankReference, reference } of transactions) {
    if (bankReference === null) continue;
    owners.set(bankReference, (owners.get(bankReference) ?? new Set()).add(reference));
  }
  return new Set([...owners].filter(([, of]) => of.size === 1).map(([given]) => given));
}

/** Compares decimal numbers as text, without a limit of digits: `1`, `1.0` and `01` are equal. */
function isSameNumber(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => {
    const [, whole, places = ''] = DECIMAL.exec(text) ?? [];
    return whole === undefined ? null : `${BigInt(whole)}.${places.replace(/0+$/, '')}`;
  });
  return left !== null && left === right;
}
