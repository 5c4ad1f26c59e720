import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isOwnRequest } from '../../services/shared/http/own-origin';

const FORBIDDEN = 403;
const REFUSAL = 'Only for pages of this server and programs of this machine';
/**
 * CSRF and DNS rebinding guard: only requests of the server's own pages and of programs
 * (`isOwnRequest`) reach its listeners, WebSocket upgrades included. For third-party servers
 * without such a check; call it when all listeners are registered and before the server listens.
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
