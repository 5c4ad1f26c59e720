import { expectMoneyInOrder } from '../../../test/e2e/support/money';
import { administratorsRound } from './scenes/administrators-round';
import { finish } from './scenes/finish';
import { signUp } from './scenes/sign-up';
import { twoManagers } from './scenes/two-managers';
import { Stage } from './support/stage';
import { VISITS } from './support/visitor';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
});
afterAll(() => stage.close());

/** A change that came too late is refused with 409: that is what the third scene is about. */
const OVERTAKEN = /console: .*status of 409/;
let expected: readonly RegExp[] = [];
beforeEach(() => {
  expected = [];
});
afterEach(async () => {
  const faults = await stage.clear();
  expect(faults.filter((fault) => !expected.some((known) => known.test(fault)))).toEqual([]);
  await expectMoneyInOrder(stage.exchange.stack);
});

describe.each(VISITS)('at $width px in $language, $theme, by $hands', (visit) => {
  it('1: from sign-up to active, without a reload', () => signUp(stage, visit));

  it('2: a task is finished within ten seconds', () => finish(stage, visit));

  it('3: two managers press at once, and one distribution happens', async () => {
    expected = [OVERTAKEN];
    await twoManagers(stage, visit);
  });

  it('5: the administrator’s round', () => administratorsRound(stage, visit));
});

it('the API page shows the operations under the strict policy', async () => {
  const visitor = await stage.arrive(VISITS[0]!);
  await visitor.page.goto('/api/docs');
  await visitor.page.getByText('Finish my task: the reward is mine').first().waitFor({
    state: 'attached',
  });
});
