import {
  amountColumn,
  currencyColumn,
  momentColumn,
  plainColumn,
  textColumn,
  type CsvColumn,
} from '../../../shared/http/csv/columns';
import type { ExportedAccount } from '../queries/exported-accounts';
import type { EntryRecord } from '../queries/statement';
import { shownNumber, type Viewer } from './accounts.presenter';

/** Returns the columns of a file of accounts; numbers are masked unless the viewer may see them. */
export function accountColumns(viewer: Viewer): CsvColumn<ExportedAccount>[] {
  return [
    textColumn({ en: 'Nickname', ru: 'Ник' }, (row) => row.nickname),
    amountColumn({ en: 'Balance', ru: 'Остаток' }, (row) => row.balanceCents),
    amountColumn({ en: 'Business day', ru: 'Бизнес-день' }, (row) => row.todayCents),
    amountColumn({ en: 'Under way', ru: 'В пути' }, (row) => row.underWayCents),
    amountColumn({ en: 'Tonight', ru: 'Сегодня к выплате' }, (row) => row.forecastCents),
    currencyColumn(),
    plainColumn({ en: 'Bank account', ru: 'Банковский счёт' }, (row) =>
      shownNumber(row.bankAccount, viewer),
    ),
    textColumn({ en: 'On hold', ru: 'Приостановлено' }, (row) => row.heldReason),
    momentColumn({ en: 'On hold since', ru: 'Приостановлено с' }, (row) => row.heldAt),
    momentColumn({ en: 'Opened', ru: 'Открыт' }, (row) => row.openedAt),
    plainColumn({ en: 'User id', ru: 'Id пользователя' }, (row) => row.userId),
  ];
}

/** Columns of a file of entries. */
export const entryColumns: readonly CsvColumn<EntryRecord>[] = [
  plainColumn({ en: 'Business day', ru: 'Бизнес-день' }, (row) => row.day),
  momentColumn({ en: 'Happened', ru: 'Произошло' }, (row) => row.at),
  momentColumn({ en: 'Booked', ru: 'Проведено' }, (row) => row.bookedAt),
  plainColumn({ en: 'Kind', ru: 'Вид' }, (row) => row.kind),
  textColumn({ en: 'Jira id', ru: 'Jira id' }, (row) => row.task?.jiraId),
  textColumn({ en: 'Task', ru: 'Задача' }, (row) => row.task?.title),
  plainColumn({ en: 'Assignment', ru: 'Назначение' }, (row) => row.assignmentNumber),
  amountColumn({ en: 'Amount', ru: 'Сумма' }, (row) => row.amountCents),
  amountColumn({ en: 'Balance after', ru: 'Остаток после' }, (row) => row.balanceAfterCents),
  currencyColumn(),
  amountColumn({ en: 'Price', ru: 'Цена' }, (row) => row.basis?.priceCents ?? null),
  plainColumn({ en: 'Rate', ru: 'Ставка' }, (row) => row.basis?.rate ?? null),
  textColumn({ en: 'Reason', ru: 'Причина' }, (row) => row.reason),
  plainColumn({ en: 'Author id', ru: 'Id автора' }, (row) => row.by),
  plainColumn({ en: 'Entry id', ru: 'Id операции' }, (row) => row.id),
  plainColumn({ en: 'Task id', ru: 'Id задачи' }, (row) => row.taskId),
  plainColumn({ en: 'Payout id', ru: 'Id выплаты' }, (row) => row.payoutId),
  plainColumn({ en: 'Takes back', ru: 'Сторнирует' }, (row) => row.reversesId),
  plainColumn({ en: 'Taken back by', ru: 'Сторнирована' }, (row) => row.reversedById),
];
