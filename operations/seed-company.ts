/** A Job: loads the demo data once the first administrator can log in. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { readEnv } from '../services/shared/config/env';
import { locale } from '../services/shared/contracts/fields';
import { runProgram } from '../services/shared/runtime/run-program';
import { Api } from './client/api';
import type { DemoPerson } from './company/people';
import { seedCompany } from './company/seed-company';
import { givenDatabases } from './environment';

const ADMIN_TIMEOUT_MS = 600_000;
const POLL_MS = 1_000;

/** Waits until the administrator, whom another Job creates, can log in. Throws after 10 minutes. */
async function adminCanLogIn(api: Api, { nickname, beakShape }: DemoPerson): Promise<void> {
  const deadline = Date.now() + ADMIN_TIMEOUT_MS;
  const request = { body: { login: nickname, beakShape } };
  for (;;) {
    const answer = await api.send('POST', '/tokens', request).catch((error: unknown) => error);
    if (answer !== null && typeof answer === 'object' && 'status' in answer) {
      if ((answer.status as number) < 300) return;
    }
    if (Date.now() > deadline) throw new Error(`${nickname} can't log in`, { cause: answer });
    await sleep(POLL_MS);
  }
}

async function main(): Promise<void> {
  const env = readEnv({
    GATEWAY_URL: z.url(),
    BANK_URL: z.url(),
    DEMO_LOCALE: locale.default('en'),
    BUSINESS_TIME_ZONE: z.string(),
    CUT_OFF: z.string(),
  });
  const databases = givenDatabases();
  const product = {
    gatewayUrl: env.GATEWAY_URL,
    bankUrl: env.BANK_URL,
    urlOf: (name: string) => databases.get(name)!.owner!,
    calendar: { timeZone: env.BUSINESS_TIME_ZONE, cutOff: env.CUT_OFF },
    makeAdmin: (admin: DemoPerson) => adminCanLogIn(new Api(env.GATEWAY_URL), admin),
  };
  const isNew = await seedCompany(product, env.DEMO_LOCALE);
  console.log(isNew ? 'the demo data is there' : 'the demo data was there already');
}

runProgram(main);
