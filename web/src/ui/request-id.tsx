import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problems';

/** Id of a failed request, to quote when asking for help. */
export function RequestId({ problem: { requestId } }: { problem: Problem }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  if (requestId === null) return null;
  return (
    <p className="quiet">
      {t('failure.requestId', { id: requestId })}{' '}
      <Button
        variant="subtle"
        size="compact-xs"
        onClick={() => void navigator.clipboard.writeText(requestId).then(() => setCopied(true))}
      >
        {t(isCopied ? 'actions.copied' : 'actions.copy')}
      </Button>
    </p>
  );
}
