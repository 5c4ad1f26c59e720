import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRowTabIndex } from '../../../ui/row-focus';
import type { Account, Entry } from '../queries';
import { Reverse } from './reverse';

const REVERSIBLE: readonly Entry['kind'][] = ['fee', 'reward', 'reversal'];

/** Button of a line that can be taken back, and its dialog. */
export function ReverseButton({
  entry,
  account,
  name,
}: {
  entry: Entry;
  account: Account;
  name: string;
}) {
  const { t } = useTranslation('accounts');
  const tabIndex = useRowTabIndex();
  const [isAsked, ask] = useState(false);
  if (entry.reversedById !== null || !REVERSIBLE.includes(entry.kind)) return null;
  return (
    <>
      <Button variant="default" size="xs" tabIndex={tabIndex} onClick={() => ask(true)}>
        {t('reverse.open')}
      </Button>
      {isAsked && <Reverse {...{ entry, account, name }} onClose={() => ask(false)} />}
    </>
  );
}
