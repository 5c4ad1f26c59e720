import { ConfigurationError } from '../shared/config/env';
import { testEnv } from '../shared/testing/test-service';
import { companyOf, readPaymentEnv } from './config';

const environment = {
  ...testEnv(1),
  DATABASE_URL: 'postgres://payment_app@127.0.0.1/payment',
  BANK_URL: 'http://bank',
};
const company = {
  COMPANY_NAME: 'Popug Ltd',
  COMPANY_BANK_ACCOUNT: 'DE89 3704 0044 0532 0130 00',
  COMPANY_BIC: 'COBADEFFXXX',
};

it('goes by the bank where nothing else is said, and needs no company for that', () => {
  const env = readPaymentEnv(environment);
  expect(env).toMatchObject({ RAIL_RU: 'bank', RAIL_IBAN: 'bank' });
  expect(companyOf(env)).toBeNull();
});

it('a rail by file needs the whole company, and names what is missing', () => {
  const given = { ...environment, RAIL_RU: 'file', COMPANY_NAME: 'Popug Ltd' };
  const read = (): unknown => readPaymentEnv(given);
  expect(read).toThrow(ConfigurationError);
  expect(read).toThrow(/COMPANY_BANK_ACCOUNT, COMPANY_BIC/);
  const env = readPaymentEnv({ ...given, ...company });
  expect(companyOf(env)).toEqual({
    name: 'Popug Ltd',
    bankAccount: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
  });
});

it.each([
  ['a rail that does not exist', { RAIL_IBAN: 'pigeon' }],
  ['a bank account that does not exist', { ...company, COMPANY_BANK_ACCOUNT: '1' }],
  ['a BIC of nine letters', { ...company, COMPANY_BIC: 'COBADEFFX' }],
  ['a name of two lines', { ...company, COMPANY_NAME: 'Popug\nLtd' }],
])('refuses %s', (_, wrong) => {
  expect(() => readPaymentEnv({ ...environment, ...wrong })).toThrow(ConfigurationError);
});
