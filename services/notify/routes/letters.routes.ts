import { z } from 'zod';
import { putLetter } from '../../shared/contracts/calls/notify';
import { uuid } from '../../shared/contracts/fields';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { sendLetter } from '../commands/send-letter';
import type { NotifyContext } from '../context';
import { policies } from '../policies';

/** Returns the routes of letters. */
export function lettersRoutes(context: NotifyContext): readonly Route[] {
  return new RouteTable(policies).on('PUT /letters/{key}', {
    summary: 'Send a letter, once per key',
    tag: 'letters',
    params: z.strictObject({ key: uuid }),
    body: putLetter.request,
    answers: { 200: putLetter.response },
    handle: async ({ params: { key }, body }) => ok(await sendLetter(context, { key, ...body })),
  }).routes;
}
