/**
 * Stands where a service of ours would run, so that a test can look at its sidecar alone: is
 * always healthy, repeats what it was sent, refuses below `/refuse/` and never answers `/hang`.
 */
const { createServer } = require('node:http');

const PROBLEM = 'application/problem+json';
const OUR_OWN = /^\/health\//;

function answer(request, response, body) {
  const path = request.url;
  if (OUR_OWN.test(path)) return response.writeHead(204).end();
  if (path === '/hang') return undefined;
  const isRefusal = path.startsWith('/refuse/');
  const content = isRefusal
    ? { type: 'out-of-crackers', title: 'No crackers', detail: 'Ask again tomorrow' }
    : { path, method: request.method, body };
  const headers = { 'content-type': isRefusal ? PROBLEM : 'application/json' };
  response.writeHead(isRefusal ? Number(path.split('/').at(-1)) : 200, headers);
  return response.end(JSON.stringify(content));
}

for (const variable of ['PORT', 'PUBLIC_PORT']) {
  if (!process.env[variable]) continue;
  createServer(async (request, response) => {
    const chunks = await request.toArray();
    answer(request, response, Buffer.concat(chunks).toString('utf8'));
  }).listen(Number(process.env[variable]), '127.0.0.1');
}
