import { putBankTransfer } from '../commands/put-bank-transfer';
import { PaymentLab, someOrder } from '../testing/lab';
import type { Order, Outcome, Rail } from './rail';
import { Rails } from './rails';

/** A rail of a test: all that a new rail needs is this class, and a line in the list of rails. */
class PigeonRail implements Rail {
  readonly letters: Order[] = [];
  private isBack = false;

  /** The pigeon comes back with the receipt. */
  comeBack(): void {
    this.isBack = true;
  }

  ask(order: Order): Promise<Outcome> {
    const receipt = { kind: 'executed', bankReference: `PP-${order.reference}` } as const;
    const away = { kind: 'unclear', why: 'the pigeon is on its way', isNonsense: false } as const;
    return Promise.resolve(this.isBack ? receipt : away);
  }

  send(order: Order): Promise<Outcome> {
    this.letters.push(order);
    return this.ask(order);
  }

  async close(): Promise<void> {}
}

let lab: PaymentLab;
beforeAll(async () => {
  lab = await PaymentLab.start();
});
afterAll(() => lab.stop());

it('a third rail takes orders, is asked, and settles them, with the same callers', async () => {
  const pigeon = new PigeonRail();
  const process = lab.process();
  const byName = { ...process.rails.byName, pigeon };
  const rails = new Rails<string>(byName, { ru: 'bank', iban: 'pigeon' });
  const context = { ...process, rails };
  const order = someOrder({ bankAccount: 'DE89370400440532013000' });

  expect(await putBankTransfer(context, order)).toMatchObject({ state: 'in_progress' });
  pigeon.comeBack();
  await lab.nextRun(context);
  const settled = await putBankTransfer(context, order);
  expect(settled).toMatchObject({ state: 'succeeded', rail: 'pigeon' });
  expect(pigeon.letters).toHaveLength(1);
  expect(await lab.booked(order.key)).toEqual([]);
});

it('an order keeps its rail when the setting changes', async () => {
  const order = someOrder();
  lab.bank.misbehave({ loseAnswer: 'not-done', loseTimes: 1 });
  await putBankTransfer(lab.process(), order);
  await lab.nextRun(lab.process(undefined, { ru: 'file', iban: 'file' }));
  expect(await lab.booked(order.key)).toHaveLength(1);
});
