import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney, sum } from '../../../lib/money';
import { useLanguage } from '../../../ui/use-language';
import type { Task } from '../queries';

/** Tasks that land within this time are told together. */
const GATHER_MS = 2_000;

/** A task dealt again is another landing: it takes its fee again. */
const landingOf = ({ id, assignmentNumber }: Task): string => `${id} ${assignmentNumber}`;
const dealtAt = ({ assignedAt }: Task): string => assignedAt ?? '';

/** What landed while the page was open. */
export interface Landed {
  isNew(task: Task): boolean;
  /** One sentence for all that landed lately; empty for nothing. */
  announcement: string;
}

/**
 * Notices tasks that land while their list is on screen: those dealt later than the latest that was
 * there at first. `list` names the list: another one begins anew.
 */
export function useLanded(list: string, tasks: readonly Task[] | undefined): Landed {
  const latest = useRef<{ list: string; at: string } | null>(null);
  const [landed, setLanded] = useState<readonly Task[]>([]);
  const [announcement, tell] = useAnnouncement();
  useEffect(() => {
    if (tasks === undefined) return;
    const at = tasks.map(dealtAt).reduce((last, each) => (each > last ? each : last), '');
    const before = latest.current;
    const isSameList = before?.list === list;
    latest.current = { list, at: isSameList && before.at > at ? before.at : at };
    if (!isSameList) return setLanded([]);
    const more = tasks.filter((task) => dealtAt(task) > before.at);
    if (more.length === 0) return;
    setLanded((all) => [...all, ...more]);
    tell(more);
  }, [list, tasks, tell]);
  const keys = new Set(landed.map(landingOf));
  return { isNew: (task) => keys.has(landingOf(task)), announcement };
}

/** Gathers what landed to one sentence. */
function useAnnouncement(): [string, (tasks: readonly Task[]) => void] {
  const { t } = useTranslation('tasks');
  const language = useLanguage();
  const [untold, setUntold] = useState<readonly Task[]>([]);
  const [announcement, setAnnouncement] = useState('');
  const isWaiting = untold.length > 0;
  const say = useRef<() => void>(() => undefined);
  useEffect(() => {
    say.current = () => {
      const fees = sum(untold.map(({ fee }) => fee));
      if (!fees) return;
      const { length: count } = untold;
      setAnnouncement(t('landed', { count, fees: formatMoney(fees, language) }));
      setUntold([]);
    };
  });
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => say.current(), GATHER_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  const tell = useRef((tasks: readonly Task[]) => setUntold((before) => [...before, ...tasks]));
  return [announcement, tell.current];
}
