import { z } from 'zod';
import { storableText } from '../../shared/contracts/fields';
import { readXml } from './xml';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10';
const ORIGINAL = /^pain\.001(\.|$)/;
/** Lengths of ISO 20022's data types. */
const MAX_35 = 35;
const MAX_105 = 105;
const MAX_CODE = 4;
const MAX_NUMBER = 19;

/** Text of an element, also of one with attributes. */
const text = (max: number): z.ZodType<string> =>
  z
    .union([z.string(), z.object({ '#text': z.string() }).transform((one) => one['#text'])])
    .pipe(storableText(max).min(1));

/** An element that may be missing, stand once, or repeat. */
const many = <T extends z.ZodType>(one: T): z.ZodType<z.infer<T>[]> =>
  z
    .unknown()
    .optional()
    .transform((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]))
    .pipe(z.array(one)) as z.ZodType<z.infer<T>[]>;

const reasonInformation = many(
  z.looseObject({
    Rsn: z
      .looseObject({ Cd: text(MAX_CODE).optional(), Prtry: text(MAX_35).optional() })
      .optional(),
    AddtlInf: many(text(MAX_105)),
  }),
);

const transaction = z.looseObject({
  OrgnlEndToEndId: text(MAX_35),
  TxSts: text(MAX_CODE).optional(),
  StsRsnInf: reasonInformation,
  AcctSvcrRef: text(MAX_35).optional(),
  OrgnlTxRef: z
    .looseObject({
      Amt: z
        .looseObject({
          InstdAmt: z.object({ '@Ccy': z.string(), '#text': z.string().max(MAX_NUMBER) }),
        })
        .optional(),
    })
    .optional(),
});

const payment = z.looseObject({
  OrgnlPmtInfId: text(MAX_35),
  PmtInfSts: text(MAX_CODE).optional(),
  StsRsnInf: reasonInformation,
  TxInfAndSts: many(transaction),
});

const report = z.looseObject({
  Document: z.looseObject({
    CstmrPmtStsRpt: z.looseObject({
      OrgnlGrpInfAndSts: z.looseObject({
        OrgnlMsgId: text(MAX_35),
        OrgnlMsgNmId: text(MAX_35).refine((name) => ORIGINAL.test(name), 'must be of pain.001'),
        OrgnlNbOfTxs: text(MAX_NUMBER).optional(),
        OrgnlCtrlSum: text(MAX_NUMBER).optional(),
        GrpSts: text(MAX_CODE).optional(),
        StsRsnInf: reasonInformation,
      }),
      OrgnlPmtInfAndSts: many(payment),
    }),
  }),
});

/** Reason of a status: the bank's code, and its words. */
interface GivenReason {
  code: string | null;
  words: string[];
}

type Reasons = z.infer<typeof reasonInformation>;

function reasonOf(given: Reasons): GivenReason {
  const { Cd, Prtry } = given.find(({ Rsn }) => Rsn !== undefined)?.Rsn ?? {};
  return { code: Cd ?? Prtry ?? null, words: given.flatMap(({ AddtlInf }) => AddtlInf) };
}

function transactionOf(one: z.infer<typeof transaction>) {
  const amount = one.OrgnlTxRef?.Amt?.InstdAmt;
  return {
    reference: one.OrgnlEndToEndId,
    status: one.TxSts ?? null,
    reason: reasonOf(one.StsRsnInf),
    bankReference: one.AcctSvcrRef ?? null,
    amount: amount ? { currency: amount['@Ccy'], value: amount['#text'] } : null,
  };
}

/**
 * Reads a customer payment status report (`pain.002.001.10`). Returns null for any other document,
 * and for XML that `readXml` refuses.
 */
export function readStatusReport(document: string) {
  const parsed = report.safeParse(readXml(document));
  if (!parsed.success) return null;
  const { Document } = parsed.data;
  if (!Object.values(Document).includes(NAMESPACE)) return null;
  const { OrgnlGrpInfAndSts: group, OrgnlPmtInfAndSts: payments } = Document.CstmrPmtStsRpt;
  return {
    originalMessageId: group.OrgnlMsgId,
    count: group.OrgnlNbOfTxs ?? null,
    controlSum: group.OrgnlCtrlSum ?? null,
    status: group.GrpSts ?? null,
    reason: reasonOf(group.StsRsnInf),
    payments: payments.map((one) => ({
      originalPaymentId: one.OrgnlPmtInfId,
      status: one.PmtInfSts ?? null,
      reason: reasonOf(one.StsRsnInf),
      transactions: one.TxInfAndSts.map(transactionOf),
    })),
  };
}
