import type Router from '@koa/router';
import { exactRouter } from '../../shared/http/router';
import { escapeHtml } from '../../shared/kernel/html';
import { apiPageStyle } from './api-page-style';
import type { DocumentedOperation, OpenApiDocument } from './open-api';

const DOCUMENT_PATH = '/api/openapi.json';
const PAGE_PATH = '/api/docs';
const STYLE_PATH = '/api/docs.css';
const MAX_AGE = 'public, max-age=300';
const INDENT = 2;

/** Renders JSON as HTML text, with links in place of references to named schemas. */
function json(value: unknown): string {
  const text = escapeHtml(JSON.stringify(value, null, INDENT));
  return `<pre>${text.replace(
    /&quot;#\/components\/schemas\/(\w+)&quot;/g,
    '<a href="#schema-$1">$1</a>',
  )}</pre>`;
}

/** Renders parameters, request body and answers of an operation. */
function details(operation: DocumentedOperation): string {
  const { parameters, requestBody, responses } = operation;
  const parts = { parameters, 'request body': requestBody, answers: responses };
  return Object.entries(parts)
    .filter(([, part]) => part !== undefined)
    .map(([name, part]) => `<h4>${name}</h4>${json(part)}`)
    .join('');
}

interface Listed {
  method: string;
  path: string;
  operation: DocumentedOperation;
}

function operationHtml({ method, path, operation }: Listed): string {
  const { operationId, summary, description } = operation;
  return `<details id="${escapeHtml(operationId)}">
<summary><b>${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code>
${escapeHtml(summary)}</summary>
<p>${escapeHtml(description ?? '')}</p>${details(operation)}</details>`;
}

function pageOf({ info, paths, components }: OpenApiDocument): string {
  const operations: Listed[] = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const areas = tags.map((tag) => {
    const inside = operations.filter(({ operation }) => operation.tags.includes(tag));
    return `<h2>${escapeHtml(tag)}</h2>${inside.map(operationHtml).join('\n')}`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="schema-${escapeHtml(name)}" open><summary>${escapeHtml(name)}</summary>` +
      `${json(schema)}</details>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(info.title)} API</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="${STYLE_PATH}">
</head><body><h1>${escapeHtml(info.title)} API</h1><p>${escapeHtml(info.description ?? '')}</p>
<p>As a document: <a href="${DOCUMENT_PATH}">openapi.json</a></p>
${areas.join('\n')}
<h2>Schemas</h2>${schemas.join('\n')}</body></html>`;
}

/**
 * Serves the API for people (`/api/docs`) and for programs (`/api/openapi.json`). The page is
 * rendered once; it needs no script and loads nothing from other hosts.
 */
export function apiPage(document: OpenApiDocument): Router {
  const pages: Record<string, { type: string; body: string }> = {
    [PAGE_PATH]: { type: 'html', body: pageOf(document) },
    [STYLE_PATH]: { type: 'css', body: apiPageStyle },
    [DOCUMENT_PATH]: { type: 'json', body: JSON.stringify(document) },
  };
  const router = exactRouter();
  for (const [path, { type, body }] of Object.entries(pages)) {
    router.get(path, (ctx) => {
      ctx.type = type;
      ctx.body = body;
      ctx.set('cache-control', MAX_AGE);
    });
  }
  return router;
}
