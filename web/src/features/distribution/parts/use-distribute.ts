import { useCallback, useRef, useState } from 'react';
import { useChange } from '../../../api/change';
import type { Problem } from '../../../api/problems';
import { useHints } from '../../../app/live-context';
import type { Distribution, Preview } from '../queries';

/** Something that was sent and is not answered: its id stays until it is. */
type Sent = Pick<Distribution, 'id' | 'scope'>;

/** The button of a distribution. */
export interface Distributing {
  press(preview: Preview): void;
  isBusy: boolean;
  /** Why the last press did nothing, or got no answer. */
  problem: Problem | null;
  done: Distribution | null;
  /** Somebody distributed since this page was opened, and the preview is that of afterwards. */
  isRefreshed: (previewAt: number) => boolean;
  again(): void;
}

/**
 * Sends a distribution, never shown as done before the answer. One without answer keeps its id:
 * pressed again it is done once, and when the history has it, it is done.
 */
export function useDistribute(history: readonly Distribution[] | undefined): Distributing {
  const [sent, setSent] = useState<Sent | null>(null);
  const [done, setDone] = useState<Distribution | null>(null);
  const others = useOthers();
  const change = useChange('post', '/api/v1/distributions', {
    touches: ['/api/v1/distributions', '/api/v1/tasks', '/api/v1/accounts'],
    onDone(distribution) {
      setSent(null);
      if (distribution) setDone(distribution);
    },
    onRefused(problem) {
      if (!problem.isAway && !problem.isRunning) setSent(null);
    },
  });
  const found = change.isBusy ? undefined : history?.find(({ id }) => id === sent?.id);
  return {
    press({ scope, last }) {
      const id = sent?.scope === scope ? sent.id : crypto.randomUUID();
      setSent({ id, scope });
      others.expect(id);
      change.send({ body: { id, scope, after: last?.id ?? null } });
    },
    isBusy: change.isBusy,
    problem: found ? null : change.problem,
    done: done ?? found ?? null,
    isRefreshed: others.isRefreshed,
    again() {
      setSent(null);
      setDone(null);
      change.reset();
    },
  };
}

/** Hears of distributions of others. */
function useOthers() {
  const own = useRef(new Set<string>());
  const [heardAt, setHeardAt] = useState<number | null>(null);
  useHints(
    useCallback(({ topic, ids }) => {
      const isOwn = ids?.every((id) => own.current.has(id)) ?? false;
      if (topic === 'distribution' && !isOwn) setHeardAt(Date.now());
    }, []),
  );
  return {
    /** The hint of one's own distribution is no news. */
    expect(id: string) {
      own.current.add(id);
      setHeardAt(null);
    },
    isRefreshed: (previewAt: number) => heardAt !== null && previewAt >= heardAt,
  };
}
