import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problems';
import classes from './confirm.module.css';
import { Dialog } from './dialog';
import { RequestId } from './request-id';
import { useProblemText } from './use-problem-text';

/**
 * Dialog that asks before a change: says what happens, shows why it was refused, and stays busy
 * until the answer. The focus is on Cancel for what cannot be undone, else on the first field.
 */
export function Confirm({
  title,
  action,
  dismiss,
  isDangerous = false,
  isBusy,
  isDisabled = false,
  isTouched = false,
  problem,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  /** What the button says: a verb with its object. */
  action: string;
  /** What the other button says, where "Cancel" would be unclear. */
  dismiss?: string;
  isDangerous?: boolean;
  isBusy: boolean;
  isDisabled?: boolean;
  isTouched?: boolean;
  problem: Problem | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const text = useProblemText();
  return (
    <Dialog title={title} onClose={onClose} isTouched={isTouched}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        {children}
        {problem && (
          <div role="alert" className={classes['problem']}>
            <p>{text(problem)}</p>
            <RequestId problem={problem} />
          </div>
        )}
        <div className={classes['buttons']}>
          <Button variant="default" onClick={onClose} data-autofocus={isDangerous || undefined}>
            {dismiss ?? t('actions.cancel')}
          </Button>
          <Button
            type="submit"
            color={isDangerous ? 'red.9' : undefined}
            loading={isBusy}
            disabled={isDisabled}
          >
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
