import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useChange } from '../../api/change';
import type { Problem } from '../../api/problems';
import { becomeSession, readSession } from '../../api/session';
import { forgetPending } from './pending';
import { useCountdown } from './use-countdown';

/** Refusals that the form says in its own way. */
export const WRONG = 'wrong-credentials';
export const NOT_ACTIVE = 'not-active-yet';

const TOO_MANY = 429;
const AGAIN_MS = 1_000;
const SECOND_MS = 1_000;

interface Credentials {
  login: string;
  beakShape: string;
}

/** Logging in. */
export interface LogIn {
  send(credentials: Credentials): void;
  isBusy: boolean;
  problem: Problem | null;
  /** Seconds until the server listens again. */
  wait: number;
  /** The session was made, and this browser keeps no cookie of it. */
  hasNoCookie: boolean;
}

/** Logs in; tries again by itself while the account is being opened. */
export function useLogIn(onIn: () => void): LogIn {
  const queries = useQueryClient();
  const [hasNoCookie, setNoCookie] = useState(false);
  const [wait, startWait] = useCountdown();
  const said = useRef<Credentials | null>(null);
  const logIn = useChange('post', '/api/v1/session', {
    touches: [],
    async onDone() {
      // A browser that keeps no cookie is told from a wrong beak shape here.
      const kept = await readSession();
      if (kept === null) return setNoCookie(true);
      forgetPending();
      becomeSession(queries, kept);
      onIn();
    },
    onRefused({ status, retryAfterMs }) {
      if (status === TOO_MANY) startWait(Math.ceil((retryAfterMs ?? 0) / SECOND_MS));
    },
  });
  const { problem, send } = logIn;
  useEffect(() => {
    if (problem?.type !== NOT_ACTIVE) return;
    const timer = setTimeout(() => said.current && send({ body: said.current }), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [problem, send]);
  return {
    send(credentials) {
      said.current = credentials;
      send({ body: credentials });
    },
    isBusy: logIn.isBusy,
    problem,
    wait,
    hasNoCookie,
  };
}
