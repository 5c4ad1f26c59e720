import { z } from 'zod';
import { moment, uuid } from '../contracts/fields';
import { pageOf, pageQuery } from '../contracts/paging';
import type { Database } from '../db/data-source';
import { decodeCursor, toPage } from '../http/cursor';
import { ok, RouteTable, type Route } from '../http/route';
import type { Parts } from '../runtime/parts';
import {
  listUnsentLetters,
  resendLetter,
  unsentStates,
  type UnsentLetter,
} from '../work/letters/resend-letter';
import { routesOf, serviceParams } from './own-service';
import { letterPolicies } from './policies';

const tag = 'operations';

const lettersQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(unsentStates).default('given-up'),
});

const letterView = z
  .object({
    id: uuid,
    userId: uuid,
    template: z.string(),
    to: z.string().nullable().meta({ description: 'null: asked from User at the sending' }),
    state: z.enum(unsentStates),
    dueAt: moment,
    nextTryAt: moment,
    tries: z.number().int(),
  })
  .meta({ id: 'UnsentLetter' });

const letterPlace = z.strictObject({ place: moment, id: uuid });

function present({ place: _, dueAt, nextTryAt, ...letter }: UnsentLetter): object {
  return { ...letter, dueAt: dueAt.toISOString(), nextTryAt: nextTryAt.toISOString() };
}

/** Returns the routes of a service's unsent letters; `wake` starts their sending. */
export function lettersRoutes(
  { name }: Pick<Parts, 'name'>,
  database: Database,
  wake: () => void = () => undefined,
): Route[] {
  const table = new RouteTable(letterPolicies)
    .on('GET /operations/{service}/letters', {
      summary: 'Letters that were given up, or that wait to be sent',
      tag,
      params: serviceParams,
      query: lettersQuery,
      answers: { 200: pageOf(letterView) },
      handle: async ({ query: { cursor, limit, state } }) => {
        const after = decodeCursor(cursor, letterPlace);
        const rows = await listUnsentLetters(database, state, { after, limit: limit + 1 });
        return ok(toPage(rows, limit, present, ({ place, id }) => ({ place, id })));
      },
    })
    .on('POST /operations/{service}/letters/{id}/resend', {
      summary: 'Try again for a day to send a letter that was given up',
      tag,
      params: serviceParams.extend({ id: uuid }),
      answers: { 200: letterView },
      handle: async ({ caller, params }) => {
        const letter = await resendLetter(database, caller.id, params.id);
        wake();
        return ok(present(letter));
      },
    });
  return routesOf(name, table);
}
