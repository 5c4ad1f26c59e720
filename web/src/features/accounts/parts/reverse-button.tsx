import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRowTabIndex } from '../../../ui/row-focus';
import type { Entry } from '../queries';

const REVERSIBLE: readonly Entry['kind'][] = ['fee', 'reward', 'reversal'];

/** Button of a line that can be taken back. */
export function ReverseButton({
  entry,
  onPress,
}: {
  entry: Entry;
  onPress: (entry: Entry) => void;
}) {
  const { t } = useTranslation('accounts');
  const tabIndex = useRowTabIndex();
  if (entry.reversedById !== null || !REVERSIBLE.includes(entry.kind)) return null;
  return (
    <Button variant="default" size="xs" tabIndex={tabIndex} onClick={() => onPress(entry)}>
      {t('reverse.open')}
    </Button>
  );
}
