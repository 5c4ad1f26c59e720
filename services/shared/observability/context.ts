import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** Context of one piece of work; each of its log lines carries the ids. */
export interface WorkContext {
  requestId?: string;
  /** W3C Trace Context header, `version-traceId-parentId-flags`. */
  traceparent?: string;
  userId?: string;
  eventId?: string;
}

const storage = new AsyncLocalStorage<WorkContext>();
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;

/** Runs `work` with the context that its log lines, calls and events carry. */
export function withContext<T>(context: WorkContext, work: () => T): T {
  return storage.run(context, work);
}

/** Returns the context of the current work; empty outside of any. */
export function currentContext(): WorkContext {
  return storage.getStore() ?? {};
}

/** Returns the trace id of a `traceparent`; undefined when that is malformed. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent === undefined ? undefined : TRACEPARENT.exec(traceparent)?.[1];
}

/** Returns the given `traceparent` when it is well formed, otherwise that of a new trace. */
export function traceparentOrNew(traceparent: string | undefined): string {
  if (traceparent !== undefined && TRACEPARENT.test(traceparent)) return traceparent;
  const id = (bytes: number): string => randomBytes(bytes).toString('hex');
  return `00-${id(TRACE_ID_BYTES)}-${id(SPAN_ID_BYTES)}-01`;
}
