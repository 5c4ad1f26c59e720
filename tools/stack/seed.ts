/** `npm run seed [-- ru]`: loads the demo company into a running, empty product. */
import { z } from 'zod';
import { locale as localeSchema } from '../../services/shared/contracts/fields';
import { runProgram } from '../../services/shared/runtime/run-program';
import { demoLogins, seedCompany } from '../../operations/company/seed-company';
import { createAdmin } from './create-admin';
import { bookkeeping } from './environment';
import { LOGINS_FILE } from './local-file';
import { writePrivate } from './put-in-place';
import { runningStack } from './running';

async function seed(): Promise<void> {
  const locale = localeSchema.parse(z.string().default('en').parse(process.argv[2]));
  const stack = runningStack();
  const books = bookkeeping();
  const product = {
    gatewayUrl: stack.gatewayUrl,
    bankUrl: stack.bankUrl,
    urlOf: (name: string) => stack.databases[name]!.administratorUrl,
    calendar: { timeZone: books.BUSINESS_TIME_ZONE!, cutOff: books.CUT_OFF! },
    makeAdmin: (admin: Parameters<typeof createAdmin>[1]) => createAdmin(stack, admin),
  };
  await seedCompany(product, locale);
  await writePrivate(LOGINS_FILE, `${JSON.stringify(demoLogins(locale), null, 2)}\n`);
}

runProgram(seed);
