import '@mantine/core/styles/CloseButton.css';
import { Button, CloseButton } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { toProblem } from '../../../api/problems';
import { usePeople } from '../../../api/people';
import { useMe } from '../../../api/session';
import { Fetched } from '../../../ui/fetched';
import { useKeys } from '../../../ui/use-keys';
import { isChangedBy, useTask, type Task } from '../queries';
import classes from '../task.module.css';
import type { Finishing } from '../use-finishing';
import { CancelTask } from './cancel-task';
import { EditForm } from './edit-form';
import { FinishButton } from './finish-button';
import { Story } from './story';
import { Sums } from './sums';
import { JiraId } from './task-name';
import { TaskState } from './task-state';
import { useEdit } from './use-edit';

const ROWS = 6;
/** An address that is no id names no task either. */
const MISSING = [400, 404];

interface PanelProps {
  id: string;
  /** A screen of its own: where there is no room beside the list. */
  isScreen: boolean;
  finishing: Finishing;
  onClose: () => void;
}

/** One task and its story: beside a list, or a screen of its own. */
export function TaskPanel({ id, isScreen, finishing, onClose }: PanelProps) {
  const { t } = useTranslation('task');
  const { t: common } = useTranslation();
  const task = useTask(id);
  const isMissing = task.error !== null && MISSING.includes(toProblem(task.error).status);
  useKeys(task.data && !isMissing ? {} : { Escape: onClose });
  return (
    <section
      className={isScreen ? classes['screen'] : classes['panel']}
      aria-label={common('pages.task')}
    >
      {isScreen ? (
        <Button variant="subtle" size="compact-md" className={classes['back']} onClick={onClose}>
          <span aria-hidden>←</span>&nbsp;{common('actions.back')}
        </Button>
      ) : (
        <CloseButton
          className={classes['close']}
          aria-label={common('actions.close')}
          onClick={onClose}
        />
      )}
      {isMissing ? (
        <Heading id={id} isScreen={isScreen}>
          {t('missing')}
        </Heading>
      ) : (
        <Fetched query={task} rows={ROWS}>
          {(found) => (
            <Whole task={found} isScreen={isScreen} finishing={finishing} onClose={onClose} />
          )}
        </Fetched>
      )}
    </section>
  );
}

function Whole({ task, isScreen, finishing, onClose }: { task: Task } & Omit<PanelProps, 'id'>) {
  const { t } = useTranslation('task');
  const edit = useEdit(task);
  const me = useMe();
  const location = useLocation();
  const mayChange = isChangedBy(task, me);
  const nameOf = usePeople([task.assigneeId]);
  const begin = (): void => {
    if (mayChange) edit.begin();
  };
  useKeys({
    e: begin,
    Escape() {
      // What was typed is dropped by its button only.
      if (!finishing.disarm() && !edit.isOpen) onClose();
    },
  });
  // Asked for by the key `e` on a row.
  const isAsked = (location.state as { edit?: boolean } | null)?.edit === true;
  const beginAsked = useEffectEvent(() => {
    if (isAsked) begin();
  });
  // Once, when the panel opens.
  useEffect(() => beginAsked(), []);
  const isForm = edit.isOpen && !edit.change.isBusy;
  const heading = useRef<HTMLHeadingElement>(null);
  useKeptFocus(heading, isForm, mayChange);
  return (
    <>
      <div className={classes['panelHead']}>
        <JiraId jiraId={task.jiraId} />
        <TaskState task={task} />
      </div>
      <Heading ref={heading} id={task.id} isScreen={isScreen}>
        {task.title}
      </Heading>
      {isForm ? (
        <EditForm task={task} edit={edit} />
      ) : (
        <>
          <p className={task.description ? classes['description'] : 'quiet'}>
            {task.description ?? t('noDescription')}
          </p>
          <div className={classes['buttons']}>
            <FinishButton task={task} finishing={finishing} />
            {mayChange && (
              <>
                <Button variant="default" loading={edit.change.isBusy} onClick={begin}>
                  {t('edit')}
                </Button>
                <CancelTask task={task} />
              </>
            )}
          </div>
        </>
      )}
      {task.assigneeId !== null && <p>{t('assignee', { name: nameOf(task.assigneeId) })}</p>}
      {task.assigneeId === null && task.status === 'open' && <p>{t('nobody')}</p>}
      <Sums task={task} />
      <Story task={task} />
    </>
  );
}

/** The heading has the focus when what had it is gone: a form that was sent, a button. */
function useKeptFocus(heading: RefObject<HTMLElement | null>, ...states: boolean[]): void {
  const isLater = useRef(false);
  const state = states.join();
  useEffect(() => {
    if (isLater.current && document.activeElement === document.body) heading.current?.focus();
    isLater.current = true;
  }, [heading, state]);
}

/** Title of the panel; has the focus when it opens, but on the first page of a visit. */
function Heading({
  ref,
  id,
  isScreen,
  children,
}: {
  ref?: RefObject<HTMLHeadingElement | null>;
  id: string;
  isScreen: boolean;
  children: ReactNode;
}) {
  const own = useRef<HTMLHeadingElement>(null);
  const heading = ref ?? own;
  const isFirst = useLocation().key === 'default';
  const focus = useEffectEvent(() => {
    if (isFirst) return;
    heading.current?.focus({ preventScroll: true });
    if (isScreen) window.scrollTo(0, 0);
  });
  // Once for each task: its data comes and goes.
  useEffect(() => focus(), [id]);
  const Level = isScreen ? 'h1' : 'h2';
  return (
    <Level ref={heading} tabIndex={-1} className={classes['heading']}>
      {children}
    </Level>
  );
}
