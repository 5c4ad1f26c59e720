import { newId } from '../../shared/kernel/ids';
import { createParts } from '../../shared/runtime/parts';
import type { ServiceApp } from '../../shared/runtime/service';
import { readEnv, serviceEnv, tokenEnv } from '../../shared/config/env';
import {
  testClient,
  testEnv,
  testVerifier,
  type TestRequester,
} from '../../shared/testing/test-service';
import { createPayment } from '../app';
import { readPaymentEnv } from '../config';
import { PaymentLab } from './lab';

export const XML = 'application/xml';
const RUSSIAN = '044525225/40817810538091310419';

/** Payment with file rails, as its callers see it. */
export interface FilesUnderTest {
  lab: PaymentLab;
  app: ServiceApp;
  worker: TestRequester;
  accountant: TestRequester;
  accountantId: string;
  /** Orders transfers of a day; returns their keys, oldest first. */
  order(day: string, count?: number, given?: object): Promise<string[]>;
  /** Downloads the newest open collection of a day, and returns the file's id. */
  makeFile(day: string): Promise<string>;
  stateOf(key: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts Payment with both rails set to files. */
export async function filesUnderTest(): Promise<FilesUnderTest> {
  const lab = await PaymentLab.start();
  const own = {
    DATABASE_URL: lab.payment.url,
    BANK_URL: lab.bankUrl,
    RAIL_RU: 'file',
    RAIL_IBAN: 'file',
    COMPANY_NAME: 'ООО «Попуг»',
    COMPANY_BANK_ACCOUNT: '40702810000000000001',
    COMPANY_BIC: 'SABRRUMM',
  };
  const common = readEnv({ ...serviceEnv, ...tokenEnv }, testEnv(1));
  const parts = { ...createParts('payment', common), verifier: testVerifier() };
  const app = createPayment(readPaymentEnv({ ...testEnv(1), ...own }), parts, lab.clocks);
  await app.database!.initialize();
  const client = testClient(app);
  const worker = client.service('account-worker');
  const accountantId = newId();
  const accountant = client.as({ id: accountantId, role: 'accountant' });

  const order = async (businessDay: string, count = 1, given: object = {}): Promise<string[]> => {
    const keys: string[] = [];
    for (let at = 0; at < count; at += 1) {
      lab.pass(1);
      const paid = { amount: String(1_000 + at), currency: 'USD', bankAccount: RUSSIAN };
      const body = { ...paid, businessDay, creditorName: 'Попугаев Иннокентий', ...given };
      const key = newId();
      await worker.put(`/bank-transfers/${key}`).send(body).expect(202);
      keys.push(key);
    }
    return keys;
  };
  return {
    lab,
    app,
    worker,
    accountant,
    accountantId,
    order,
    async makeFile(day) {
      const { body } = await accountant.get('/payment-files?limit=100').expect(200);
      const open = (one: { businessDay: string; state: string }) =>
        one.businessDay === day && one.state === 'open';
      const { id } = body.items.find(open);
      await accountant.get(`/payment-files/${id}/file`).expect(200);
      return id as string;
    },
    async stateOf(key) {
      return (await worker.get(`/bank-transfers/${key}`)).body.outcome as string;
    },
    async stop() {
      await app.close!();
      await app.parts.sidecar.close();
      await app.database!.destroy();
      await lab.stop();
    },
  };
}

/** Returns the reference of a transfer, as files and reports name it. */
export const referenceOf = (key: string): string => key.replaceAll('-', '');

interface ReportContent {
  messageId: string;
  group?: string;
  /** XML inside of the group. */
  inGroup?: string;
  payment?: string;
  paymentId?: string;
  transactions?: string;
}

/** Returns a status report about a file (pain.002.001.10). */
export function statusReport(content: ReportContent): string {
  const { messageId, group, inGroup = '', payment, transactions = '' } = content;
  const { paymentId = messageId } = content;
  const id = `<OrgnlPmtInfId>${paymentId}</OrgnlPmtInfId>`;
  const inPayment = (payment ? `<PmtInfSts>${payment}</PmtInfSts>` : '') + transactions;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-03-03T09:00:00Z</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId>
<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
${group ? `<GrpSts>${group}</GrpSts>` : ''}${inGroup}</OrgnlGrpInfAndSts>
${inPayment ? `<OrgnlPmtInfAndSts>${id}${inPayment}</OrgnlPmtInfAndSts>` : ''}
</CstmrPmtStsRpt></Document>`;
}

/** Returns the status of one transaction. */
export function transactionStatus(key: string, status: string, rest = ''): string {
  return `<TxInfAndSts><OrgnlEndToEndId>${referenceOf(key)}</OrgnlEndToEndId>
<TxSts>${status}</TxSts>${rest}</TxInfAndSts>`;
}
