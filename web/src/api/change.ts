import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { PathsWithMethod } from 'openapi-typescript-helpers';
import { useRef } from 'react';
import { api, invalidate, type Paths } from './client';
import { toProblem, type Problem } from './problems';

type Method = 'post' | 'put' | 'patch' | 'delete';
type Path<M extends Method> = PathsWithMethod<Paths, M>;
type InitOf<M extends Method, P extends Path<M>> = MaybeOptionalInit<Paths[P], M>;
type Answer<M extends Method, P extends Path<M>> = FetchResponse<
  Paths[P][M] & Record<string | number, unknown>,
  InitOf<M, P>,
  'application/json'
>['data'];

interface ChangeOptions<Init, Data> {
  /** Path prefixes of what differs afterwards: fetched again after every answer. */
  touches: readonly string[];
  /** Shows the change before the answer; returns what takes it back after a refusal. */
  onSend?: (init: Init) => (() => void) | void;
  onDone?: (data: Data, init: Init) => void | Promise<void>;
  onRefused?: (problem: Problem, init: Init) => void;
}

/** A change of something on the server. */
export interface Change<Init, Data> {
  send(init: Init): void;
  isBusy: boolean;
  problem: Problem | null;
  data: Data | undefined;
  /** Forgets answer and refusal. */
  reset(): void;
}

/** Keys of unanswered changes that a page keeps at most. */
const KEPT_KEYS = 50;

/**
 * Idempotency keys of a change, one for each input: kept over retries, so that a change whose
 * answer was lost takes effect once; new after an answer that a retry cannot change.
 */
function useKeys(): { keyFor(input: unknown): string; answered(key: string | null): void } {
  const kept = useRef(new Map<string, string>());
  return {
    keyFor(input) {
      const text = JSON.stringify(input);
      const key = kept.current.get(text) ?? crypto.randomUUID();
      kept.current.set(text, key);
      if (kept.current.size > KEPT_KEYS) kept.current.delete([...kept.current.keys()][0]!);
      return key;
    },
    answered(key) {
      for (const [text, each] of kept.current) if (each === key) kept.current.delete(text);
    },
  };
}

const KEY_HEADER = 'Idempotency-Key';

function withKey<Init>(init: Init, key: string): Init {
  const { params = {} } = init as { params?: { header?: object } };
  return { ...init, params: { ...params, header: { ...params.header, [KEY_HEADER]: key } } };
}

function keyOf(init: unknown): string | null {
  const { params } = init as { params?: { header?: Record<string, string> } };
  return params?.header?.[KEY_HEADER] ?? null;
}

/**
 * Returns a change through the API. POSTs carry an idempotency key; a request without answer is
 * sent again under the same key, three times.
 */
export function useChange<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  options: ChangeOptions<InitOf<M, P>, Answer<M, P>>,
): Change<InitOf<M, P>, Answer<M, P>> {
  type Init = InitOf<M, P>;
  type Data = Answer<M, P>;
  const queries = useQueryClient();
  const { keyFor, answered } = useKeys();
  const mutation = useMutation<Data, unknown, Init, (() => void) | void>({
    mutationFn: async (init) => {
      const { data } = await api.request(method as never, path as never, init as never);
      return data as Data;
    },
    onMutate: (init) => options.onSend?.(init),
    onSuccess(data, init) {
      answered(keyOf(init));
      return options.onDone?.(data, init);
    },
    onError(error, init, takeBack) {
      const problem = toProblem(error);
      if (!problem.isAway && !problem.isRunning) answered(keyOf(init));
      takeBack?.();
      options.onRefused?.(problem, init);
    },
    onSettled: () => invalidate(queries, ...options.touches),
  });
  return {
    send(init) {
      mutation.mutate(method === 'post' ? withKey(init, keyFor(init)) : init);
    },
    isBusy: mutation.isPending,
    problem: mutation.error === null ? null : toProblem(mutation.error),
    data: mutation.data,
    reset: mutation.reset,
  };
}

/** Header that names the version of what was read, for PATCH. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}

/**
 * Names the version that a change is based on, where the document does not list the header: PUT and
 * DELETE of rights and groups heed it when it is there.
 */
export function basedOn<Init extends object>(init: Init, version: number): Init {
  const { params = {} } = init as { params?: { header?: object } };
  return { ...init, params: { ...params, header: { ...params.header, ...ifMatch(version) } } };
}
