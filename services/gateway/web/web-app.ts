import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type Router from '@koa/router';
import { send } from '@koa/send';
import type { Context, Middleware } from 'koa';
import { exactRouter } from '../../shared/http/router';
import { NO_STORE } from '../../shared/http/no-transform';
import { pageSecurityHeaders } from '../../shared/http/security-headers';
import { sessionIdOf } from '../sessions/session-cookie';

/** Written by the build into the page, beside every style and script (web/vite.config.ts). */
const NONCE_PLACEHOLDER = /__NONCE__/g;
const SESSION_PLACEHOLDER = '__SESSION__';
const NONCE_BYTES = 16;
/** Files with a name of their own; those of `assets` have a hash of their content in the name. */
const NAMED_FILES = ['/theme.js', '/icon.svg'];
const ASSETS = 'assets';
const API_PAGE = '/api/docs';
const API_FILES = 'api-docs';
const COMPRESSED = /\.(br|gz)$/;
const FOREVER = 'public, max-age=31536000, immutable';
const SHORT = 'public, max-age=300';

interface BuiltApp {
  page: string;
  addresses: readonly string[];
}

/** Reads the built application. Throws when the directory holds none. */
function readBuilt(directory: string): BuiltApp {
  const pages = join(directory, 'pages.json');
  if (!existsSync(pages)) {
    throw new Error(`WEB_DIRECTORY ${directory} holds no application: npm run build makes it`);
  }
  return {
    page: readFileSync(join(directory, 'index.html'), 'utf8'),
    addresses: JSON.parse(readFileSync(pages, 'utf8')) as string[],
  };
}

/**
 * Answers an address of a page: the policy names a nonce of this answer alone, which style elements
 * of the page carry. The page learns whether a session cookie came: without one it asks nothing in
 * vain.
 */
async function answerPage(ctx: Context, page: string): Promise<void> {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  const styleSrc = ["'self'", `'nonce-${nonce}'`];
  await pageSecurityHeaders({ styleSrc })(ctx, () => Promise.resolve());
  ctx.type = 'html';
  ctx.set('cache-control', NO_STORE);
  const session = sessionIdOf(ctx.get('cookie')) === null ? 'none' : 'kept';
  ctx.body = page.replace(NONCE_PLACEHOLDER, nonce).replace(SESSION_PLACEHOLDER, session);
}

/** Serves a file of the build, compressed as the build made it. */
function serveFile(router: Router, at: string, path: string, from: Served): void {
  router.get(at, ...from.before, async (ctx) => {
    ctx.set('cache-control', from.cacheControl);
    ctx.vary('accept-encoding');
    await send(ctx, path, { root: from.directory });
  });
}

interface Served {
  directory: string;
  cacheControl: string;
  before: Middleware[];
}

function namesIn(directory: string): string[] {
  return readdirSync(directory).filter((name) => !COMPRESSED.test(name));
}

/**
 * Serves the built web application: `index.html` at the addresses of pages, and only there; files
 * by name, and the API page. Everything else stays what it is. Throws when the directory holds
 * none.
 */
export function webApp(directory: string): Router {
  const { page, addresses } = readBuilt(directory);
  const router = exactRouter();
  for (const address of addresses) router.get(address, (ctx) => answerPage(ctx, page));
  const named: Served = { directory, cacheControl: SHORT, before: [] };
  for (const path of NAMED_FILES) serveFile(router, path, path, named);
  const hashed: Served = { ...named, cacheControl: FOREVER };
  for (const name of namesIn(join(directory, ASSETS))) {
    serveFile(router, `/${ASSETS}/${name}`, `/${ASSETS}/${name}`, hashed);
  }
  // The API page shows pictures as data urls.
  const docs: Served = { ...named, before: [pageSecurityHeaders({ imgSrc: ["'self'", 'data:'] })] };
  serveFile(router, API_PAGE, `/${API_FILES}/index.html`, docs);
  for (const name of namesIn(join(directory, API_FILES))) {
    serveFile(router, `${API_PAGE}/${name}`, `/${API_FILES}/${name}`, docs);
  }
  return router;
}
