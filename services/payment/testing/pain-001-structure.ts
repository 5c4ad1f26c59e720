import type { Rule } from './message-structure';

/** Data types of ISO 20022, as the schema of `pain.001.001.09` restricts them. */
const text = (max: number): RegExp => new RegExp(`^[^]{1,${max}}$`, 'u');
const MAX_35 = text(35);
const MAX_70 = text(70);
const MAX_140 = text(140);
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const COUNT = /^\d{1,15}$/;
const DECIMAL = /^(?=[\d.]{1,19}$)\d+(\.\d{1,17})?$/;
const AMOUNT = /^(?=[\d.]{1,19}$)\d+(\.\d{1,5})?$/;
const IBAN = /^[A-Z]{2}\d{2}[a-zA-Z0-9]{1,30}$/;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;
const CURRENCY = /^[A-Z]{3}$/;
const NOTHING = /^(?!)/;

const one = (name: string, type: RegExp): Rule => ({ name, min: 1, max: 1, type });
const maybe = (name: string, type: RegExp = NOTHING): Rule => ({ name, min: 0, max: 1, type });
const group = (name: string, children: Rule[], min = 1, max = 1): Rule => {
  return { name, min, max, children };
};
const choice = (name: string, children: Rule[], min = 1): Rule => {
  return { name, min, max: 1, children, isChoice: true };
};

const party = (name: string): Rule =>
  group(name, [maybe('Nm', MAX_140), maybe('PstlAdr'), maybe('Id'), maybe('CtryOfRes')]);
const account = (name: string): Rule =>
  group(name, [
    choice('Id', [
      one('IBAN', IBAN),
      group('Othr', [one('Id', text(34)), maybe('SchmeNm'), maybe('Issr', MAX_35)]),
    ]),
    maybe('Tp'),
    maybe('Ccy', CURRENCY),
    maybe('Nm', MAX_70),
  ]);
const agent = (name: string, min: number): Rule =>
  group(
    name,
    [
      group('FinInstnId', [
        maybe('BICFI', BIC),
        group(
          'ClrSysMmbId',
          [choice('ClrSysId', [one('Cd', text(5)), one('Prtry', MAX_35)], 0), one('MmbId', MAX_35)],
          0,
        ),
        maybe('LEI'),
        maybe('Nm', MAX_140),
      ]),
    ],
    min,
  );

const transaction = group(
  'CdtTrfTxInf',
  [
    group('PmtId', [maybe('InstrId', MAX_35), one('EndToEndId', MAX_35), maybe('UETR')]),
    maybe('PmtTpInf'),
    choice('Amt', [{ ...one('InstdAmt', AMOUNT), attributes: { Ccy: CURRENCY } }]),
    maybe('XchgRateInf'),
    maybe('ChrgBr'),
    maybe('UltmtDbtr'),
    agent('CdtrAgt', 0),
    party('Cdtr'),
    account('CdtrAcct'),
    maybe('UltmtCdtr'),
    maybe('Purp'),
    group('RmtInf', [{ name: 'Ustrd', min: 0, max: Infinity, type: MAX_140 }], 0),
  ],
  1,
  Infinity,
);

/** Elements of `pain.001.001.09` that our files may use, in the order of the message definition. */
export const pain001: Rule = {
  ...group('Document', [
    group('CstmrCdtTrfInitn', [
      group('GrpHdr', [
        one('MsgId', MAX_35),
        one('CreDtTm', DATE_TIME),
        maybe('Authstn'),
        one('NbOfTxs', COUNT),
        maybe('CtrlSum', DECIMAL),
        party('InitgPty'),
      ]),
      group(
        'PmtInf',
        [
          one('PmtInfId', MAX_35),
          one('PmtMtd', /^(CHK|TRF|TRA)$/),
          maybe('BtchBookg'),
          maybe('NbOfTxs', COUNT),
          maybe('CtrlSum', DECIMAL),
          maybe('PmtTpInf'),
          choice('ReqdExctnDt', [one('Dt', DATE), one('DtTm', DATE_TIME)]),
          maybe('PoolgAdjstmntDt'),
          party('Dbtr'),
          account('DbtrAcct'),
          agent('DbtrAgt', 1),
          maybe('ChrgBr'),
          transaction,
        ],
        1,
        Infinity,
      ),
    ]),
  ]),
  attributes: { xmlns: /^urn:iso:std:iso:20022:tech:xsd:pain\.001\.001\.09$/ },
};
