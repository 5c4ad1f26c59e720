import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../../ui/empty';

/** Nothing matches; filters that can be cleared are. */
export function NoMatch({ onClear }: { onClear: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <Empty
      title={t('list.noMatch')}
      action={
        onClear && (
          <Button variant="default" onClick={onClear}>
            {t('actions.clearFilters')}
          </Button>
        )
      }
    />
  );
}
