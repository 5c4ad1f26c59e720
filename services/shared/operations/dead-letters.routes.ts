import { decodeCursor, toPage } from '../http/cursor';
import { ok, RouteTable, type Route } from '../http/route';
import {
  handlerOf,
  listDeadLetters,
  readDeadLetter,
  type ListedDeadLetter,
} from '../messaging/dead-letter-queries';
import { Delivery } from '../messaging/delivery';
import {
  discardDeadLetter,
  replayDeadLetter,
  replayDeadLetters,
  type DeadLetterDesk,
} from '../messaging/resolve-dead-letters';
import type { Subscription } from '../messaging/subscription';
import type { Database } from '../db/data-source';
import type { Parts } from '../runtime/parts';
import * as schemas from './dead-letters.schemas';
import { routesOf, serviceParams } from './own-service';
import { deadLetterPolicies } from './policies';

const tag = 'operations';

function presenterOf(subscriptions: readonly Subscription[]) {
  return <Letter extends ListedDeadLetter>(letter: Letter) => {
    const handler = handlerOf(subscriptions, letter);
    return {
      ...letter,
      firstSeenAt: letter.firstSeenAt.toISOString(),
      lastSeenAt: letter.lastSeenAt.toISOString(),
      resolvedAt: letter.resolvedAt?.toISOString() ?? null,
      replayable: typeof handler === 'string' ? { not: handler } : (true as const),
    };
  };
}

/** Removes the payload, which a list and the answer to a replay do not show. */
function withoutPayload<Letter extends ListedDeadLetter & { payload?: string }>(
  letter: Letter,
): Omit<Letter, 'payload'> {
  const { payload: _, ...rest } = letter;
  return rest;
}

/** Returns the routes of a service's dead letters: list, read, replay and discard. */
export function deadLettersRoutes(
  { name, logger, metrics }: Parts,
  database: Database,
  subscriptions: readonly Subscription[],
): Route[] {
  const delivery = new Delivery({ consumer: name, database, logger, metrics });
  const desk: DeadLetterDesk = { consumer: name, database, subscriptions, delivery };
  const present = presenterOf(subscriptions);
  const table = new RouteTable(deadLetterPolicies)
    .on('GET /operations/{service}/dead-letters', {
      summary: 'Events that could not be handled, newest first, without their payload',
      tag,
      params: serviceParams,
      query: schemas.deadLettersQuery,
      answers: { 200: schemas.deadLettersPage },
      handle: async ({ query: { cursor, limit, ...filter } }) => {
        const after = decodeCursor(cursor, schemas.deadLetterPlace)?.id ?? null;
        const page = { ...filter, after, limit: limit + 1 };
        const rows = await listDeadLetters(database, name, page);
        return ok(toPage(rows, limit, present, ({ id }) => ({ id })));
      },
    })
    .on('GET /operations/{service}/dead-letters/{id}', {
      summary: 'One of them, with its whole payload',
      tag,
      params: schemas.letterParams,
      answers: { 200: schemas.wholeDeadLetterView },
      handle: async ({ params }) => ok(present(await readDeadLetter(database, name, params.id))),
    })
    .on('POST /operations/{service}/dead-letters/replay', {
      summary: 'Replay the open ones of a type; a call does a part and says how many are left',
      tag,
      params: serviceParams,
      body: schemas.replayAllBody,
      answers: { 200: schemas.replayedAllView },
      handle: async ({ caller, body }) => ok(await replayDeadLetters(desk, caller.id, body.type)),
    })
    .on('POST /operations/{service}/dead-letters/{id}/replay', {
      summary: 'Handle the event again, under its own id',
      tag,
      params: schemas.letterParams,
      answers: { 200: schemas.replayedView },
      handle: async ({ caller, params }) => {
        const { outcome, letter } = await replayDeadLetter(desk, caller.id, params.id);
        return ok({ outcome, deadLetter: present(withoutPayload(letter)) });
      },
    })
    .on('POST /operations/{service}/dead-letters/{id}/discard', {
      summary: 'Discard it: its effect will never happen',
      tag,
      params: schemas.letterParams,
      body: schemas.discardBody,
      answers: { 200: schemas.deadLetterView },
      handle: async ({ caller, params, body }) => {
        const discarded = { id: params.id, reason: body.reason };
        return ok(present(withoutPayload(await discardDeadLetter(desk, caller.id, discarded))));
      },
    });
  return routesOf(name, table);
}
