import { generatePath } from 'react-router';
import { addresses } from '../../src/app/addresses';
import { Stage } from './support/stage';
import type { Visit } from './support/visitor';

/** Short pages, long words, small window: both languages and widths come once for each theme. */
const VISITS: readonly Visit[] = [
  { width: 1280, language: 'ru', theme: 'light', hands: 'pointer' },
  { width: 360, language: 'en', theme: 'dark', hands: 'pointer' },
];
/** These lead elsewhere for somebody who is signed in. */
const PUBLIC: readonly string[] = [addresses.logIn, addresses.signUp, addresses.registration];

let stage: Stage;
/** What the addresses name. */
let ids: Record<string, string>;
beforeAll(async () => {
  stage = await Stage.build();
  const { exchange } = stage;
  const employee = await exchange.hire();
  await exchange.admin.post('/tasks', { title: '[POPUG-144] Speed up the swing', deal: true });
  const { body: list } = await exchange.admin.get('/tasks?view=all');
  const { body: days } = await exchange.admin.get('/business-days');
  ids = { id: list.items[0].id, userId: employee.id, day: days.items[0].day };
});
afterAll(() => stage.close());

/** A page that names something which is not there says so, and breaks no rule either. */
const NOT_FOUND = /console: .*status of 404/;

it.each(VISITS)('each page, at $width px in $language, $theme', async (visit) => {
  const visitor = await stage.enter(stage.exchange.admin, visit);
  const { page } = visitor;
  for (const address of Object.values(addresses)) {
    if (PUBLIC.includes(address)) continue;
    await page.goto(generatePath(address, ids));
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('networkidle');
    await visitor.checkAccess(address);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect([address, overflow]).toEqual([address, 0]);
  }
  const faults = await stage.clear();
  expect(faults.filter((fault) => !NOT_FOUND.test(fault))).toEqual([]);
});
