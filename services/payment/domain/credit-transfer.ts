import { bankAccountKind, russianParts } from '../../shared/kernel/bank-account';
import { cutTo, toSepaLatin } from '../../shared/kernel/bank-text';
import { toDecimal } from '../../shared/kernel/money';

/**
 * Customer credit transfer initiation, ISO 20022 `pain.001.001.09`: the message as a tree whose
 * keys are in the order that the message demands.
 */

/** Element: its text, its children in order, or a list of elements with the same name. */
export type XmlTree = string | XmlTree[] | { [name: string]: XmlTree };

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
/** ISO 20022 external code of the Russian clearing system, whose members have a BIK. */
const RUSSIAN_CLEARING = 'RUCBC';
const MAX_NAME = 70;
const MAX_REMITTANCE = 140;

/** The debtor: the company that pays. */
export interface Company {
  name: string;
  /** IBAN or Russian number, canonical. */
  bankAccount: string;
  /** BIC of the company's bank (ISO 9362). */
  bic: string;
}

/** One transfer of a file. */
export interface FiledTransfer {
  /** Identifies the transfer end to end, at most 35 characters. */
  reference: string;
  amountCents: bigint;
  bankAccount: string;
  creditorName: string;
}

/** Content of a payment file. */
export interface CreditTransferFile {
  /** At most 35 characters. A bank takes a message id once. */
  messageId: string;
  createdAt: Date;
  /** Day on which the bank shall execute the transfers, `YYYY-MM-DD`. */
  executionDay: string;
  businessDay: string;
  /** ISO 4217. */
  currency: string;
  company: Company;
  transfers: readonly FiledTransfer[];
}

/** Returns the sum of the transfers in minor units. */
export function totalOf(transfers: readonly { amountCents: bigint }[]): bigint {
  return transfers.reduce((sum, { amountCents }) => sum + amountCents, 0n);
}

/** Returns the message with one payment information block that holds all transfers. */
export function creditTransferMessage(file: CreditTransferFile): XmlTree {
  const { messageId, createdAt, executionDay, currency, company, transfers } = file;
  const sums = {
    NbOfTxs: String(transfers.length),
    CtrlSum: toDecimal(totalOf(transfers), currency),
  };
  const debtor = { Nm: nameFor(company.bankAccount, company.name) };
  return {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Document: {
      '@xmlns': NAMESPACE,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: messageId,
          CreDtTm: createdAt.toISOString(),
          ...sums,
          InitgPty: debtor,
        },
        PmtInf: {
          PmtInfId: messageId,
          PmtMtd: 'TRF',
          ...sums,
          ReqdExctnDt: { Dt: executionDay },
          Dbtr: debtor,
          DbtrAcct: accountOf(company.bankAccount),
          DbtrAgt: { FinInstnId: { BICFI: company.bic, ...memberOf(company.bankAccount) } },
          CdtTrfTxInf: transfers.map((transfer) => transaction(transfer, file)),
        },
      },
    },
  };
}

function transaction(
  { reference, amountCents, bankAccount, creditorName }: FiledTransfer,
  { currency, businessDay }: CreditTransferFile,
): XmlTree {
  const member = memberOf(bankAccount);
  const purpose = cutTo(`Payout for ${businessDay}`, MAX_REMITTANCE);
  return {
    PmtId: { InstrId: reference, EndToEndId: reference },
    Amt: { InstdAmt: { '@Ccy': currency, '#text': toDecimal(amountCents, currency) } },
    // An IBAN names the creditor's bank by itself (EPC132-08, AT-23 is optional).
    ...(member && { CdtrAgt: { FinInstnId: member } }),
    Cdtr: { Nm: nameFor(bankAccount, creditorName) },
    CdtrAcct: accountOf(bankAccount),
    RmtInf: { Ustrd: purpose },
  };
}

function accountOf(bankAccount: string): XmlTree {
  const russian = russianParts(bankAccount);
  return { Id: russian ? { Othr: { Id: russian.account } } : { IBAN: bankAccount } };
}

/** Returns the bank as a member of the Russian clearing system; null without BIK. */
function memberOf(bankAccount: string): { ClrSysMmbId: XmlTree } | null {
  const bik = russianParts(bankAccount)?.bik ?? null;
  if (bik === null) return null;
  return { ClrSysMmbId: { ClrSysId: { Cd: RUSSIAN_CLEARING }, MmbId: bik } };
}

/**
 * Returns the name as the holder's bank compares it: banks with Russian accounts keep Cyrillic
 * names, banks of SEPA take Latin letters only.
 */
function nameFor(bankAccount: string, name: string): string {
  const written = bankAccountKind(bankAccount) === 'ru' ? name : toSepaLatin(name);
  return cutTo(written, MAX_NAME);
}
