import { setTimeout as sleep } from 'node:timers/promises';
import Router from '@koa/router';
import type Koa from 'koa';
import type { Context, Middleware, Next } from 'koa';
import { z } from 'zod';
import type { Database } from '../../../shared/db/data-source';
import { createKoa } from '../../../shared/http/app';
import { BODY_LIMIT, jsonBody } from '../../../shared/http/body';
import { ownOriginOnly } from '../../../shared/http/own-origin';
import { checked } from '../../../shared/http/request-checks';
import { securityHeaders } from '../../../shared/http/security-headers';
import { Problem, conflict } from '../../../shared/kernel/errors';
import { createLogger } from '../../../shared/observability/logger';
import { createMetrics } from '../../../shared/observability/metrics';
import { bankReferenceOf, book, find, statement, type BookedTransfer } from './book';
import { returnSchema } from './form';
import { pageRoutes } from './page-routes';
import { giveBack, returnsAfter, type BookedReturn } from './returns';
import { addStatement } from './statement';
import { Switchboard, switchesSchema, type Switches } from './switches';

const CREATED = 201;
const NOT_FOUND = 404;
const REJECTED = 422;
const STATEMENT_LINES = 1_000;
const RETURN_LINES = 100;
const REJECTION = 'The account number is not known';
const RETURN_REASON = 'The account is closed';
const BROKEN_PAGE = '<html><body><h1>Bad gateway</h1></body></html>';

const referenceSchema = z.string().regex(/^[0-9a-zA-Z]{1,35}$/);
const orderSchema = z.strictObject({
  amount: z.string().regex(/^[1-9]\d{0,17}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  account: z.string().regex(/^[0-9A-Z/]{5,34}$/),
});
const statementSchema = z.strictObject({
  from: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0'),
  account: z.string().optional(),
});

const returnsSchema = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0'),
});

function present(transfer: BookedTransfer): object {
  const { position: _, ...fields } = transfer;
  const bankReference = transfer.status === 'executed' ? bankReferenceOf(transfer) : null;
  return { ...fields, bankReference };
}

function referenceOf(ctx: Context): string {
  return checked(referenceSchema, ctx['params'].reference, 'params') as string;
}

/** Sandbox bank: makes the faults that its switches name. */
export class SandboxBank {
  private readonly switchboard = new Switchboard();

  constructor(
    private readonly database: Database,
    private readonly logLevel: string = 'info',
    private readonly lettersUrl: string | null = null,
  ) {}

  /** Switches faults on for the next answers; a switch that is left out is off. */
  misbehave(switches: Partial<Switches>): void {
    this.switchboard.set(switchesSchema.parse(switches));
  }

  /** Builds the HTTP application. */
  app(): Koa {
    const router = new Router();
    router.get('/health/live', (ctx) => void (ctx.body = { status: 'ok' }));
    router.get('/switches', (ctx) => void (ctx.body = this.switchboard.read()));
    router.put('/switches', (ctx) => {
      this.switchboard.set(checked(switchesSchema, ctx.request.body, '') as Switches);
      ctx.body = this.switchboard.read();
    });
    router.get('/transfers', (ctx) => this.state(ctx));
    addStatement(router, this.database);
    const trouble: Middleware = (ctx, next) => this.trouble(ctx, next);
    router.get('/transfers/:reference', trouble, (ctx) => this.tell(ctx));
    router.put('/transfers/:reference', trouble, (ctx) => this.execute(ctx));
    router.post('/transfers/:reference/return', (ctx) => this.giveBack(ctx));
    router.get('/returns', trouble, (ctx) => this.tellReturns(ctx));
    const { database, switchboard, lettersUrl } = this;
    return createKoa({
      logger: createLogger('sandbox-bank', this.logLevel),
      metrics: createMetrics('sandbox-bank'),
      middleware: [
        securityHeaders(),
        ownOriginOnly(),
        pageRoutes({ database, switchboard, lettersUrl }),
        jsonBody(BODY_LIMIT),
        router.routes() as Middleware,
      ],
    });
  }

  private async trouble(ctx: Context, next: Next): Promise<void> {
    await sleep(this.switchboard.read().delayMs, undefined, { ref: false });
    const failure = this.switchboard.failure();
    if (failure !== null) throw new Problem(failure, 'switched-on', 'Trouble was switched on');
    await next();
    if (this.switchboard.answersHtml()) {
      ctx.status = 200;
      ctx.type = 'html';
      ctx.body = BROKEN_PAGE;
    }
  }

  private async state(ctx: Context): Promise<void> {
    const query = checked(statementSchema, { ...ctx.query }, 'query');
    const { from, account } = query as z.infer<typeof statementSchema>;
    const limit = STATEMENT_LINES + 1;
    const found = await statement(this.database, BigInt(from), account ?? null, limit);
    const items = found.slice(0, STATEMENT_LINES).map(present);
    ctx.body = { items, next: found[STATEMENT_LINES]?.position.toString() ?? null };
  }

  private async tell(ctx: Context): Promise<void> {
    const reference = referenceOf(ctx);
    const known = await find(this.database, reference);
    ctx.status = known ? 200 : NOT_FOUND;
    ctx.body = known ? this.answer(known) : { reference, status: 'unknown' };
  }

  private async execute(ctx: Context): Promise<void> {
    const order = checked(orderSchema, ctx.request.body, '') as z.infer<typeof orderSchema>;
    const reference = referenceOf(ctx);
    const loss = this.switchboard.loss();
    if (loss === 'not-done') return hangUp(ctx);
    const isRejected = this.switchboard.read().rejectAccounts.includes(order.account);
    const rejection = isRejected ? REJECTION : null;
    const booked = await book(this.database, { reference, ...order }, rejection);
    const comesBack = this.switchboard.read().returnAccounts.includes(order.account);
    if (comesBack && !isRejected) await giveBack(this.database, reference, RETURN_REASON);
    if (loss === 'done') return hangUp(ctx);
    if (!isSameOrder(booked, order)) throw conflict('reference-used', 'The reference was used');
    ctx.status = booked.status === 'executed' ? CREATED : REJECTED;
    ctx.body = this.answer(booked);
  }

  private async giveBack(ctx: Context): Promise<void> {
    const { reason } = checked(returnSchema, ctx.request.body, '');
    ctx.body = this.returnLine(await giveBack(this.database, referenceOf(ctx), reason));
  }

  /** The statement of returns: lines after a position, oldest first, at most 100. */
  private async tellReturns(ctx: Context): Promise<void> {
    const { after } = checked(returnsSchema, { ...ctx.query }, 'query');
    const lines = await returnsAfter(this.database, BigInt(after), RETURN_LINES);
    ctx.body = { items: lines.map((line) => this.returnLine(line)) };
  }

  private returnLine({ transferPosition, position, amount, ...line }: BookedReturn): object {
    const bankReference = bankReferenceOf({ position: transferPosition });
    return { ...line, bankReference, position: position.toString(), amount: this.told(amount) };
  }

  /** Returns the amount to name, which a switch makes wrong. */
  private told(amount: string): string {
    return this.switchboard.liesAboutAmount() ? (BigInt(amount) + 1n).toString() : amount;
  }

  private answer(transfer: BookedTransfer): object {
    return present({ ...transfer, amount: this.told(transfer.amount) });
  }
}

function isSameOrder(booked: BookedTransfer, order: z.infer<typeof orderSchema>): boolean {
  return (
    booked.amount === order.amount &&
    booked.currency === order.currency &&
    booked.account === order.account
  );
}

/** Closes the connection without an answer. */
function hangUp(ctx: Context): void {
  ctx.respond = false;
  ctx.status = 200;
  ctx.req.socket.destroy();
}
