import {
  amountColumn,
  currencyColumn,
  momentColumn,
  plainColumn,
  textColumn,
  type CsvColumn,
} from '../../../shared/http/csv/columns';
import { maskBankAccount } from '../../../shared/kernel/bank-account';
import type { ExportedPayout } from '../queries/exported-payouts';

const payee: readonly CsvColumn<ExportedPayout>[] = [
  textColumn({ en: 'Nickname', ru: 'Ник' }, ({ nickname }) => nickname),
  plainColumn({ en: 'User id', ru: 'Id пользователя' }, ({ userId }) => userId),
];

const whatHappened = (
  reason: (payout: ExportedPayout) => string | null,
): CsvColumn<ExportedPayout>[] => [
  plainColumn({ en: 'Business day', ru: 'Бизнес-день' }, ({ day }) => day),
  amountColumn({ en: 'Amount', ru: 'Сумма' }, ({ amountCents }) => amountCents),
  currencyColumn(),
  plainColumn({ en: 'State', ru: 'Состояние' }, ({ state }) => state),
  textColumn({ en: 'Reason', ru: 'Причина' }, reason),
  plainColumn({ en: 'Attempts', ru: 'Попытки' }, ({ attempts }) => attempts),
  plainColumn(
    { en: 'Bank account', ru: 'Банковский счёт' },
    ({ bankAccount }) => bankAccount && maskBankAccount(bankAccount),
  ),
  textColumn({ en: 'Bank reference', ru: 'Номер операции банка' }, (row) => row.bankReference),
  momentColumn({ en: 'Planned', ru: 'Запланирована' }, ({ plannedAt }) => plannedAt),
  momentColumn({ en: 'Answered', ru: 'Ответ получен' }, ({ settledAt }) => settledAt),
  momentColumn({ en: 'Letter sent', ru: 'Письмо отправлено' }, (row) => row.letterSentAt),
  plainColumn({ en: 'Payout id', ru: 'Id выплаты' }, ({ id }) => id),
];

/** Columns of a file of payouts, for accountants. */
export const payoutColumns = [...payee, ...whatHappened(({ reason }) => reason)];

/** Columns of a file of one's own payouts: the only reason is that of a refusal. */
export const ownPayoutColumns = whatHappened(({ state, refusal }) =>
  state === 'failed' ? refusal : null,
);
