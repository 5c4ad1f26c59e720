import { z } from 'zod';
import { putLetter, unsentLetters } from '../../shared/contracts/calls/notify';
import { uuid } from '../../shared/contracts/fields';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { sendLetter } from '../commands/send-letter';
import type { NotifyContext } from '../context';
import { policies } from '../policies';
import { findUnsent } from '../queries/find-unsent';

/** Returns the routes of letters. */
export function lettersRoutes(context: NotifyContext): readonly Route[] {
  return new RouteTable(policies)
    .on('PUT /letters/{key}', {
      summary: 'Send a letter, once per key',
      tag: 'letters',
      params: z.strictObject({ key: uuid }),
      body: putLetter.request,
      answers: { 200: putLetter.response },
      handle: async ({ params: { key }, body }) => ok(await sendLetter(context, { key, ...body })),
    })
    .on('POST /unsent-letters', {
      summary: 'Which of these letters are not known as sent',
      tag: 'letters',
      body: unsentLetters.request,
      answers: { 200: unsentLetters.response },
      handle: async ({ body }) => ok({ keys: await findUnsent(context, body.keys) }),
    }).routes;
}
