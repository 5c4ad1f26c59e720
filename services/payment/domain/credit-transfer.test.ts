import { writeXml } from '../clients/xml';
import { elementsOf, faultsOf } from '../testing/message-structure';
import { pain001 } from '../testing/pain-001-structure';
import { creditTransferMessage, type CreditTransferFile } from './credit-transfer';

const russian = {
  reference: '0192c5a400005cc39d7e2f4a6b8c0d1e',
  amountCents: 4_250n,
  bankAccount: '044525225/40817810538091310419',
  creditorName: 'Попугаев Иннокентий',
};
const european = {
  reference: '0192c5a400005cc39d7e2f4a6b8c0d1f',
  amountCents: 100_005n,
  bankAccount: 'DE89370400440532013000',
  creditorName: 'Ünsal & <Попугаев>',
};

const file: CreditTransferFile = {
  messageId: '0192c5a400005cc39d7e2f4a6b8c0d00',
  createdAt: new Date('2026-03-02T15:00:00.123Z'),
  executionDay: '2026-03-03',
  businessDay: '2026-03-02',
  currency: 'EUR',
  company: { name: 'ООО «Попуг»', bankAccount: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  transfers: [russian, european],
};

const write = (given: Partial<CreditTransferFile> = {}): string =>
  writeXml(creditTransferMessage({ ...file, ...given }));

const faults = (document: string): string[] => {
  const [root, ...others] = elementsOf(document);
  expect(others).toEqual([]);
  return faultsOf(root!, pain001);
};

it('has the structure of pain.001.001.09', () => {
  expect(faults(write())).toEqual([]);
});

it.each([
  ['longest texts', { company: { ...file.company, name: 'Щ'.repeat(70) } }],
  ['the longest name', { transfers: [{ ...european, creditorName: 'щ'.repeat(70) }] }],
  ['the largest amount', { transfers: [{ ...russian, amountCents: 999_999_999_999_999_999n }] }],
  ['a yen', { currency: 'JPY', transfers: [russian] }],
  ['a dinar', { currency: 'KWD', transfers: [russian] }],
])('keeps the structure with %s', (_, given) => {
  expect(faults(write(given))).toEqual([]);
});

it('the check of the structure finds what is wrong', () => {
  const wrong = [
    write({ messageId: 'x'.repeat(36) }),
    write().replace('<PmtMtd>TRF</PmtMtd>', ''),
    write().replace(/(<MsgId>.*<\/MsgId>)\s*(<CreDtTm>.*<\/CreDtTm>)/, '$2$1'),
    write().replace(' Ccy="EUR"', ''),
    write().replaceAll('pain.001.001.09', 'pain.001.001.03'),
    write().replaceAll('Ustrd', 'Strd'),
  ];
  for (const document of wrong) expect(faults(document)).not.toEqual([]);
});

it('count and control sum stand at the group and at the payment', () => {
  const document = write();
  expect(document.match(/<NbOfTxs>2<\/NbOfTxs>/g)).toHaveLength(2);
  expect(document.match(/<CtrlSum>1042.55<\/CtrlSum>/g)).toHaveLength(2);
});

it.each([
  ['EUR', '42.50'],
  ['JPY', '4250'],
  ['KWD', '4.250'],
])('writes the decimal places of %s', (currency, amount) => {
  const document = write({ currency, transfers: [russian] });
  expect(document).toContain(`<InstdAmt Ccy="${currency}">${amount}</InstdAmt>`);
});

it('a Russian account has its BIK as member of the clearing system, and no IBAN', () => {
  const document = write({ transfers: [russian] });
  const text = document.replace(/\s+/g, '');
  expect(text).toContain(
    '<CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>RUCBC</Cd></ClrSysId>' +
      '<MmbId>044525225</MmbId></ClrSysMmbId></FinInstnId></CdtrAgt>',
  );
  expect(text).toContain('<Othr><Id>40817810538091310419</Id></Othr>');
});

it('an IBAN stands as IBAN, without the bank of the payee', () => {
  const text = write({ transfers: [european] }).replace(/\s+/g, '');
  expect(text).toContain('<CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct>');
  expect(text).not.toContain('CdtrAgt');
});

it('a Russian bank gets names as they are, a bank of SEPA in Latin letters', () => {
  const document = write();
  expect(document).toContain('<Nm>Попугаев Иннокентий</Nm>');
  expect(document).toContain('<Nm>Unsal . .Popugaev.</Nm>');
  expect(document).toContain('<Nm>OOO .Popug.</Nm>');
});

it('a Russian company has BIC and BIK', () => {
  const company = { ...file.company, bankAccount: '044525225/40702810938000060473' };
  const document = write({ company });
  expect(faults(document)).toEqual([]);
  expect(document).toContain('<Nm>ООО «Попуг»</Nm>');
  expect(document.replace(/\s+/g, '')).toContain(
    '<DbtrAgt><FinInstnId><BICFI>COBADEFFXXX</BICFI><ClrSysMmbId>',
  );
});
