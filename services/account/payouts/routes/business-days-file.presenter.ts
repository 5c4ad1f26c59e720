import {
  amountColumn,
  currencyColumn,
  momentColumn,
  plainColumn,
  type CsvColumn,
} from '../../../shared/http/csv/columns';
import { payoutStates } from '../domain/payout';
import type { DayFigures } from '../queries/day-figures';

const countColumns = payoutStates.map((state) =>
  plainColumn<DayFigures>(
    { en: `Payouts ${state}`, ru: `Выплаты ${state}` },
    ({ payouts }) => payouts[state] ?? 0,
  ),
);

/** Columns of a file of business days. */
export const dayColumns: readonly CsvColumn<DayFigures>[] = [
  plainColumn({ en: 'Business day', ru: 'Бизнес-день' }, ({ day }) => day),
  plainColumn({ en: 'State', ru: 'Состояние' }, ({ state }) => state),
  momentColumn({ en: 'From', ru: 'С' }, ({ from }) => from),
  momentColumn({ en: 'Cut-off', ru: 'Отсечка' }, ({ cutOffAt }) => cutOffAt),
  momentColumn({ en: 'Closed', ru: 'Закрыт' }, ({ closedAt }) => closedAt),
  plainColumn({ en: 'Closed by', ru: 'Кем закрыт' }, ({ closedBy }) => closedBy),
  amountColumn({ en: 'Fees', ru: 'Списания' }, ({ feesCents }) => feesCents),
  amountColumn({ en: 'Rewards', ru: 'Начисления' }, ({ rewardsCents }) => rewardsCents),
  amountColumn({ en: 'Corrections', ru: 'Корректировки' }, (row) => row.correctionsCents),
  amountColumn({ en: 'Earned', ru: 'Заработано' }, ({ earnedCents }) => earnedCents),
  amountColumn({ en: 'Returned', ru: 'Возвращено банком' }, ({ returnedCents }) => returnedCents),
  amountColumn({ en: 'Payouts', ru: 'Выплаты' }, ({ payoutTotalCents }) => payoutTotalCents),
  amountColumn({ en: 'Carried over', ru: 'Перенесено' }, ({ carried }) => carried.cents),
  amountColumn({ en: 'On hold', ru: 'Приостановлено' }, ({ held }) => held.cents),
  currencyColumn(),
  ...countColumns,
];
