import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, invalidate } from '../../../api/client';
import { toProblem } from '../../../api/problems';
import { Menu } from '../../../ui/menu';
import { useRowTabIndex } from '../../../ui/row-focus';
import { sayFailed } from '../../../ui/toasts';
import { TOUCHED, type PaymentFile } from '../queries';
import { ConfirmFile, ReadStatus, RejectFile } from './bank-answer';
import { MoneyBack } from './money-back';
import classes from '../files.module.css';

const DIALOGS = {
  status: ReadStatus,
  confirm: ConfirmFile,
  reject: RejectFile,
  return: MoneyBack,
} as const;
type Answer = keyof typeof DIALOGS;

/** Returns what the bank may have done with a file since what is recorded. */
function answersTo({ state, transfers: { succeeded, returned } }: PaymentFile): Answer[] {
  return [
    ...(state === 'waiting' ? (['status', 'confirm', 'reject'] as const) : []),
    ...(succeeded > returned ? (['return'] as const) : []),
  ];
}

/** What can be done with a file: made, downloaded, and answered for by the bank. */
export function FileActions({ file, name }: { file: PaymentFile; name: string }) {
  const { t } = useTranslation('files');
  const tabIndex = useRowTabIndex();
  const [open, setOpen] = useState<Answer | null>(null);
  const Dialog = open && DIALOGS[open];
  const answers = answersTo(file);
  if (file.state === 'open') return <MakeFile file={file} name={name} />;
  return (
    <span className={classes['actions']}>
      <a href={`/api/v1/payment-files/${file.id}/file`} download tabIndex={tabIndex}>
        {t('download')}
      </a>
      {answers.length > 0 && (
        <Menu
          label={t('decide')}
          ariaLabel={t('menu', { name })}
          groups={[
            {
              items: answers.map((answer) => ({
                key: answer,
                label: t(answer),
                onChoose: () => setOpen(answer),
              })),
            },
          ]}
        />
      )}
      {Dialog && <Dialog file={file} name={name} onClose={() => setOpen(null)} />}
    </span>
  );
}

/**
 * Makes the file of what waits: the server makes it when it is first asked for, and keeps it so.
 * A refusal is shown here; as a download it would be a file with an error in it.
 */
function MakeFile({ file: { id }, name }: { file: PaymentFile; name: string }) {
  const { t } = useTranslation('files');
  const queries = useQueryClient();
  const tabIndex = useRowTabIndex();
  const make = useMutation({
    mutationFn: () =>
      api.GET('/api/v1/payment-files/{id}/file', { params: { path: { id } }, parseAs: 'text' }),
    onError: (error) =>
      sayFailed({
        what: t('notMade', { name }),
        problem: toProblem(error),
        onRetry: () => make.mutate(),
      }),
    onSettled: () => invalidate(queries, ...TOUCHED),
  });
  return (
    <Button
      variant="default"
      size="xs"
      tabIndex={tabIndex}
      loading={make.isPending}
      onClick={() => make.mutate()}
    >
      {t('make')}
    </Button>
  );
}
