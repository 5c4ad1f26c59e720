import { parseArgs } from 'node:util';
import type { Operator } from './operator';

const USAGE = `dead-letters list [--service <name>] [--state <state>] [--type <type>]
dead-letters show <service> <id>
dead-letters replay <service> <id>
dead-letters replay <service> --type <type>
dead-letters replay --all
dead-letters discard <service> <id> --reason <reason>`;

const FAILED = 1;
const LIMIT = '100';
const SHOWN_ERROR = 120;

type Say = (line: string) => void;

interface Letter {
  id: string;
  type: string | null;
  state: string;
  error: string;
  timesSeen: number;
  lastSeenAt: string;
  replayable: true | { not: string };
}

interface Options {
  service?: string | undefined;
  state?: string | undefined;
  type?: string | undefined;
  reason?: string | undefined;
  all?: boolean | undefined;
}

interface Search {
  state: string;
  type?: string | undefined;
}

const pathOf = (service: string, ...rest: string[]): string =>
  ['/operations', service, 'dead-letters', ...rest].join('/');

/** Names of the services that keep dead letters and answer. Says which do not answer. */
async function servicesOf(operator: Operator, say: Say): Promise<string[]> {
  interface Status {
    service: string;
    reachable: boolean;
    deadLetters?: object | null;
  }
  const { body } = await operator.must('GET', '/operations/status');
  const services = body.services as Status[];
  for (const { service, reachable } of services) if (!reachable) say(`${service} is away`);
  return services.filter(({ deadLetters }) => deadLetters).map(({ service }) => service);
}

/** Reads the dead letters of a service, page by page. */
async function* lettersOf(
  operator: Operator,
  service: string,
  { state, type }: Search,
): AsyncGenerator<Letter> {
  let cursor: string | null = null;
  do {
    const search = new URLSearchParams({ limit: LIMIT, state, ...(type && { type }) });
    if (cursor !== null) search.set('cursor', cursor);
    const { body } = await operator.must('GET', `${pathOf(service)}?${search.toString()}`);
    yield* body.items as Letter[];
    cursor = body.next as string | null;
  } while (cursor !== null);
}

/** Prints dead letters of one service or of all; returns an exit code. */
async function list(operator: Operator, options: Options, say: Say): Promise<number> {
  const { service, state = 'open', type } = options;
  const services = service === undefined ? await servicesOf(operator, say) : [service];
  let count = 0;
  for (const name of services) {
    for await (const letter of lettersOf(operator, name, { state, type })) {
      say(lineOf(name, letter));
      count += 1;
    }
  }
  say(`${count} ${state} dead letters`);
  return 0;
}

function lineOf(service: string, letter: Letter): string {
  const { id, type, timesSeen, lastSeenAt, replayable } = letter;
  const note = replayable === true ? '' : ` (${replayable.not})`;
  const error = letter.error.replaceAll(/\s+/g, ' ').slice(0, SHOWN_ERROR);
  const seen = `seen ${timesSeen}x, ${lastSeenAt}`;
  return `${service} ${id} ${type ?? 'unreadable'}${note} ${seen}: ${error}`;
}

async function replay(
  operator: Operator,
  [service, id]: readonly string[],
  { type, all }: Options,
  say: Say,
): Promise<number> {
  if (all) return replayAll(operator, say);
  if (service === undefined) return usage(say);
  if (id !== undefined) {
    const { body } = await operator.must('POST', pathOf(service, id, 'replay'));
    const error = (body.deadLetter as Letter).error;
    say(body.outcome === 'refused' ? `refused: ${error}` : String(body.outcome));
    return body.outcome === 'done' ? 0 : FAILED;
  }
  if (type === undefined) return usage(say);
  return told(await replayType(operator, service, type), say);
}

interface Replayed {
  done: number;
  left: number;
}

/** Replays the open ones of a type, part by part, until a part has no effect. */
async function replayType(operator: Operator, service: string, type: string): Promise<Replayed> {
  const total: Replayed = { done: 0, left: 0 };
  let isGettingOn = true;
  while (isGettingOn) {
    const { body } = await operator.must('POST', pathOf(service, 'replay'), { type });
    total.done += body.done as number;
    total.left = body.left as number;
    isGettingOn = total.left > 0 && body.done > 0;
  }
  return total;
}

/** Replays all open ones of all services; those that can't be replayed are left. */
async function replayAll(operator: Operator, say: Say): Promise<number> {
  const total: Replayed = { done: 0, left: 0 };
  for (const service of await servicesOf(operator, say)) {
    const types = new Set<string>();
    for await (const { type, replayable } of lettersOf(operator, service, { state: 'open' })) {
      if (replayable === true && type !== null) types.add(type);
      else total.left += 1;
    }
    for (const type of types) {
      const { done, left } = await replayType(operator, service, type);
      total.done += done;
      total.left += left;
    }
  }
  return told(total, say);
}

function told({ done, left }: Replayed, say: Say): number {
  say(`${done} replayed, ${left} left`);
  return left === 0 ? 0 : FAILED;
}

function usage(say: Say): number {
  say(USAGE);
  return FAILED;
}

/**
 * `dead-letters list|show|replay|discard`: resolves dead letters through the API, so that every
 * decision is recorded under the operator's name. Returns the exit code: 1 when something is left.
 */
export async function deadLetters(
  operator: Operator,
  args: readonly string[],
  say: Say = console.log,
): Promise<number> {
  const text = { type: 'string' } as const;
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { service: text, state: text, type: text, reason: text, all: { type: 'boolean' } },
  });
  const [deed, ...rest] = positionals;
  const [service, id] = rest;
  if (deed === 'list') return list(operator, values, say);
  if (deed === 'replay') return replay(operator, rest, values, say);
  if (service === undefined || id === undefined) return usage(say);
  if (deed === 'show') {
    const { body } = await operator.must('GET', pathOf(service, id));
    say(JSON.stringify(body, null, 2));
    return 0;
  }
  if (deed !== 'discard' || values.reason === undefined) return usage(say);
  const { reason } = values;
  const { body } = await operator.must('POST', pathOf(service, id, 'discard'), { reason });
  say(String(body.state));
  return 0;
}
