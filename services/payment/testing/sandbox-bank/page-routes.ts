import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { Database } from '../../../shared/db/data-source';
import { documentBody } from '../../../shared/http/body';
import { checked } from '../../../shared/http/request-checks';
import { badRequest } from '../../../shared/kernel/errors';
import { latest } from './book';
import { formOfSwitches, returnSchema, switchesOfForm, type FormFields } from './form';
import { bookPage, notices, STYLE_PATH } from './page';
import { BOOK_STYLE } from './page-style';
import { giveBack, returnsOf } from './returns';
import { switchesSchema, type Switchboard } from './switches';

const PAGE_LINES = 200;
const BAD_REQUEST = 400;
const SEE_OTHER = 303;
const FORM_LIMIT_BYTES = 64 * 1_024;
const FORM = { type: 'application/x-www-form-urlencoded', limitBytes: FORM_LIMIT_BYTES };

/** What the page shows and changes. */
export interface PageParts {
  database: Database;
  switchboard: Switchboard;
  /** Page of the letters that the product sent; null without one. */
  lettersUrl: string | null;
}

/** Returns the fields of a form. Throws 400 when one is sent twice. */
function fieldsOf(ctx: Context): FormFields {
  const pairs = [...new URLSearchParams(ctx.request.body as string)];
  const fields = Object.fromEntries(pairs);
  if (Object.keys(fields).length !== pairs.length) throw badRequest('A field was sent twice');
  return fields;
}

/** Answers a form with the page (POST, redirect, GET): a reload sends nothing again. */
function showNotice(ctx: Context, notice: string): void {
  ctx.redirect(`/?notice=${notice}`);
  ctx.status = SEE_OTHER;
}

/** Builds the routes of the page, for people: the book, and every switch as a control. */
export function pageRoutes({ database, switchboard, lettersUrl }: PageParts): Middleware {
  const show = async (ctx: Context, fields: FormFields, faults: readonly string[]) => {
    const transfers = await latest(database, PAGE_LINES);
    const references = transfers.map(({ reference }) => reference);
    const returns = await returnsOf(database, references);
    const notice = notices[String(ctx.query['notice'])] ?? null;
    // Browsers send forms of pages without any referrer as from nowhere (Fetch, `Origin: null`).
    ctx.set('referrer-policy', 'same-origin');
    ctx.type = 'html';
    ctx.body = bookPage({ transfers, returns, fields, faults, notice, lettersUrl });
  };
  const router = new Router();
  router.get('/', (ctx) => show(ctx, formOfSwitches(switchboard.read()), []));
  router.get(STYLE_PATH, (ctx) => {
    ctx.type = 'css';
    ctx.body = BOOK_STYLE;
  });
  router.post('/page/switches', documentBody(FORM), async (ctx) => {
    const fields = fieldsOf(ctx);
    const switches = switchesOfForm(fields);
    if ('faults' in switches) {
      ctx.status = BAD_REQUEST;
      return show(ctx, fields, switches.faults);
    }
    switchboard.set(switches);
    showNotice(ctx, 'switched');
  });
  router.post('/page/switches/off', (ctx) => {
    switchboard.set(switchesSchema.parse({}));
    showNotice(ctx, 'off');
  });
  router.post('/page/returns', documentBody(FORM), async (ctx) => {
    const { reference = '', ...rest } = fieldsOf(ctx);
    await giveBack(database, reference, checked(returnSchema, rest, '').reason);
    showNotice(ctx, 'returned');
  });
  return router.routes() as Middleware;
}
