import { useTranslation } from 'react-i18next';
import { Textarea } from './fields';

const MAX_REASON = 500;
const ROWS = 3;

/** Whether a reason says anything: the API refuses an empty one. */
export function isReason(reason: string): boolean {
  return reason.trim() !== '';
}

/** Field for why something is decided: 1 to 500 characters. */
export function ReasonField({
  why,
  value,
  onChange,
  error,
  isFirst = false,
}: {
  /** Who will read it, where that is not plain. */
  why?: string;
  value: string;
  onChange: (reason: string) => void;
  error: string | undefined;
  /** Whether it has the focus when the dialog opens. */
  isFirst?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('reason.label')}
      description={why ?? t('reason.length')}
      required
      rows={ROWS}
      resize="vertical"
      maxLength={MAX_REASON}
      value={value}
      error={error}
      data-autofocus={isFirst || undefined}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
