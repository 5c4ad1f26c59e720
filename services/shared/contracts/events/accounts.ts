import { z } from 'zod';
import { defineEvent } from '../event';
import { uuid } from '../fields';

/** Fact: the user's account is open, User may activate the user. Repeated on `UserCreated`. */
export const accountCreated = defineEvent({
  type: 'AccountCreated.v1',
  topic: 'accounts',
  schema: z.object({ userId: uuid }),
  example: { userId: '0192c5a4-0000-7cc3-9d7e-2f4a6b8c0d1e' },
});
