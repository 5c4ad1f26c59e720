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
import { bankReferenceOf, book, find, latest, statement, type BookedTransfer } from './book';
import { BOOK_STYLE, STYLE_PATH, bookPage } from './page';
import { Switchboard, switchesSchema, type Switches } from './switches';

const CREATED = 201;
const NOT_FOUND = 404;
const REJECTED = 422;
const STATEMENT_LINES = 1_000;
const PAGE_LINES = 200;
const REJECTION = 'The account number is not known';
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
  ) {}

  /** Switches faults on for the next answers; a switch that is left out is off. */
  misbehave(switches: Partial<Switches>): void {
    this.switchboard.set(switchesSchema.parse(switches));
  }

  /** Builds the HTTP application. */
  app(): Koa {
    const router = new Router();
    router.get('/', async (ctx) => {
      ctx.type = 'html';
      ctx.body = bookPage(await latest(this.database, PAGE_LINES));
    });
    router.get(STYLE_PATH, (ctx) => {
      ctx.type = 'css';
      ctx.body = BOOK_STYLE;
    });
    router.get('/health/live', (ctx) => void (ctx.body = { status: 'ok' }));
    router.get('/switches', (ctx) => void (ctx.body = this.switchboard.read()));
    router.put('/switches', (ctx) => {
      this.switchboard.set(checked(switchesSchema, ctx.request.body, '') as Switches);
      ctx.body = this.switchboard.read();
    });
    router.get('/transfers', (ctx) => this.state(ctx));
    const trouble: Middleware = (ctx, next) => this.trouble(ctx, next);
    router.get('/transfers/:reference', trouble, (ctx) => this.tell(ctx));
    router.put('/transfers/:reference', trouble, (ctx) => this.execute(ctx));
    return createKoa({
      logger: createLogger('sandbox-bank', this.logLevel),
      metrics: createMetrics('sandbox-bank'),
      middleware: [
        securityHeaders(),
        ownOriginOnly(),
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
    if (loss === 'done') return hangUp(ctx);
    if (!isSameOrder(booked, order)) throw conflict('reference-used', 'The reference was used');
    ctx.status = booked.status === 'executed' ? CREATED : REJECTED;
    ctx.body = this.answer(booked);
  }

  private answer(transfer: BookedTransfer): object {
    const amount = this.switchboard.liesAboutAmount()
      ? (BigInt(transfer.amount) + 1n).toString()
      : transfer.amount;
    return present({ ...transfer, amount });
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
