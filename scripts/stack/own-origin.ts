import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

const FORBIDDEN = 403;
const REFUSAL = 'Only for pages of this server and programs of this machine';
/** Names under which only this machine can be meant. */
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request comes from a page of the server itself, from the address line or from a
 * program that is no browser. Refused: another name (DNS rebinding), a foreign `Origin` (forms and
 * scripts of other sites), and what other sites load or frame (fetch metadata). A link to the page
 * may be followed. https://www.w3.org/TR/fetch-metadata/
 */
export function isOwnRequest(headers: IncomingHttpHeaders): boolean {
  const { host, origin } = headers;
  if (!host || !OWN_NAMES.has(host.toLowerCase().replace(/:\d+$/, ''))) return false;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return false;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || site === 'same-origin') return true;
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/**
 * Lets only such requests reach those who listen on this server now, web sockets included. For
 * servers of others that have no such check; call it before the server listens.
 */
export function refuseForeignRequests(server: Server): void {
  guard(server, 'request', (reply: ServerResponse) => {
    reply.writeHead(FORBIDDEN, { 'content-type': 'text/plain' }).end(REFUSAL);
  });
  guard(server, 'upgrade', (socket: Duplex) => {
    socket.end(`HTTP/1.1 ${FORBIDDEN} Forbidden\r\nconnection: close\r\n\r\n`);
  });
}

function guard<Reply>(server: Server, event: string, refuse: (reply: Reply) => void): void {
  const listeners = server.listeners(event);
  server.removeAllListeners(event);
  server.on(event, (request: IncomingMessage, reply: Reply, ...rest: unknown[]) => {
    if (!isOwnRequest(request.headers)) return refuse(reply);
    for (const listener of listeners) listener.call(server, request, reply, ...rest);
  });
}
