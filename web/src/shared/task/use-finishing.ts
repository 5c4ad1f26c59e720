import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/change';
import { $api } from '../../api/client';
import { useSettings } from '../../api/session';
import { formatMoney } from '../../lib/money';
import { dayIn, formatDay } from '../../lib/time';
import { sayDone, sayFailed } from '../../ui/toasts';
import { useLanguage } from '../../ui/use-language';
import type { Task } from './queries';

/** A finish cannot be taken back: the second press within this time sends it. */
const ARMED_MS = 5_000;
/** Latest rewards among which those of the tasks are looked for. */
const LATEST = 20;
const ACCOUNT = ['get', '/api/v1/accounts/me'] as const;

/** `armed`: pressed once. `sent`: shown as finished. `booked`: the reward is in the balance. */
export type FinishState = 'idle' | 'armed' | 'sent' | 'booked';

/** Finishing of the tasks on a page. */
export interface Finishing {
  stateOf(task: Task): FinishState;
  /** First arms, then sends; `where` is a note of the page's own. */
  press(task: Task, where?: string): void;
  /** Returns whether something was armed. */
  disarm(): boolean;
  /** Tasks that were sent since the page opened, with the page's notes. */
  sent: readonly Sent[];
}

interface Sent {
  task: Task;
  where: string;
  isAnswered: boolean;
}

/** Finishes tasks in two presses; shown before the answer, taken back by a refusal. */
export function useFinishing(): Finishing {
  const { t } = useTranslation('task');
  const toastOf = useToast();
  const pressed = useRef(new Map<string, Omit<Sent, 'isAnswered'>>());
  const [armed, setArmed] = useArmed();
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const finish = useChange('post', '/api/v1/tasks/{id}/finish', {
    touches: ['/api/v1/tasks', '/api/v1/accounts/me/entries'],
    onDone(_, { params: { path } }) {
      setSent((all) => all.map((one) => (one.task.id === path.id ? answered(one) : one)));
      const task = pressed.current.get(path.id)?.task;
      if (task) sayDone(toastOf(task));
    },
    onRefused(problem, { params: { path } }) {
      setSent((all) => all.filter(({ task }) => task.id !== path.id));
      const what = t('finish.refused', { title: pressed.current.get(path.id)?.task.title ?? '' });
      const onRetry = (): void => send(path.id);
      sayFailed({ what, problem, ...(problem.isAway && { onRetry }) });
    },
  });
  // Sent again with the same input, it has the same idempotency key.
  const send = (id: string): void => {
    const one = pressed.current.get(id);
    if (!one) return;
    setSent((all) => [...all, { ...one, isAnswered: false }]);
    finish.send({ params: { path: { id } } });
  };
  const booked = useBooked(sent.filter(({ isAnswered }) => isAnswered).map(({ task }) => task.id));
  return {
    sent,
    stateOf({ id }) {
      if (booked.has(id)) return 'booked';
      if (sent.some(({ task }) => task.id === id)) return 'sent';
      return armed === id ? 'armed' : 'idle';
    },
    press(task, where = '') {
      if (sent.some(({ task: { id } }) => id === task.id)) return;
      if (armed !== task.id) return setArmed(task.id);
      setArmed(null);
      pressed.current.set(task.id, { task, where });
      send(task.id);
    },
    disarm() {
      setArmed(null);
      return armed !== null;
    },
  };
}

const answered = (one: Sent): Sent => ({ ...one, isAnswered: true });

/** Id of the task that was pressed once; forgotten by itself. */
function useArmed(): [string | null, (id: string | null) => void] {
  const [armed, setArmed] = useState<string | null>(null);
  useEffect(() => {
    if (armed === null) return;
    const timer = setTimeout(() => setArmed(null), ARMED_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  return [armed, setArmed];
}

/** Returns those of the tasks whose rewards are in the balance. */
function useBooked(ids: readonly string[]): ReadonlySet<string> {
  const queries = useQueryClient();
  const [booked, setBooked] = useState<ReadonlySet<string>>(new Set());
  const waiting = ids.filter((id) => !booked.has(id));
  const { data: rewards } = $api.useQuery(
    'get',
    '/api/v1/accounts/me/entries',
    { params: { query: { kind: ['reward'], limit: LATEST } } },
    { enabled: waiting.length > 0 },
  );
  const seen = waiting.filter((id) => rewards?.items.some(({ taskId }) => taskId === id));
  const seenIds = seen.join(' ');
  useEffect(() => {
    if (seenIds === '') return;
    setBooked((before) => new Set([...before, ...seenIds.split(' ')]));
    void queries.invalidateQueries({ queryKey: ACCOUNT });
  }, [seenIds, queries]);
  return booked;
}

/** Sentence of a finish; says for which business day the reward counts when that is not today. */
function useToast(): (task: Task) => string {
  const { t } = useTranslation('task');
  const language = useLanguage();
  const zone = useSettings().data?.businessTimeZone;
  const openDay = $api.useQuery('get', '/api/v1/accounts/me', {}).data?.openDay;
  return ({ reward: amount }) => {
    const reward = formatMoney(amount, language, 'always');
    const today = zone && dayIn(new Date().toISOString(), zone);
    if (!openDay || openDay.day === today) return t('finish.sent', { reward });
    return t('finish.sentFor', { reward, day: formatDay(openDay.day, language) });
  };
}
