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
import classes from '../files.module.css';

const DIALOGS = { status: ReadStatus, confirm: ConfirmFile, reject: RejectFile } as const;
const ANSWERS = ['status', 'confirm', 'reject'] as const;

/** What can be done with a file: made, downloaded, and answered for by the bank. */
export function FileActions({ file, name }: { file: PaymentFile; name: string }) {
  const { t } = useTranslation('files');
  const tabIndex = useRowTabIndex();
  const [open, setOpen] = useState<(typeof ANSWERS)[number] | null>(null);
  const Dialog = open && DIALOGS[open];
  if (file.state === 'open') return <MakeFile file={file} name={name} />;
  return (
    <span className={classes['actions']}>
      <a href={`/api/v1/payment-files/${file.id}/file`} download tabIndex={tabIndex}>
        {t('download')}
      </a>
      {file.state === 'waiting' && (
        <Menu
          label={t('decide')}
          ariaLabel={t('menu', { name })}
          groups={[
            {
              items: ANSWERS.map((answer) => ({
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
