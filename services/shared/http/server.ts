import { createServer, type RequestListener, type Server } from 'node:http';

/** Wait for the last answers of a stopping server, within a pod's termination grace period. */
const LAST_ANSWERS_MS = 10_000;

/** Time to receive a whole request: requests are small, slow clients hold connections. */
const SENDING_MS = 30_000;
/** Socket inactivity longer than any answer takes: nobody reads at the other end. */
const SILENCE_MS = 90_000;
/**
 * Keep-alive timeout. A proxy must close idle connections first, or it sends on one that we just
 * closed. nginx and load balancers close after 60 s, Traefik and Go's clients after 90 s.
 */
const KEPT_ALIVE_MS = 100_000;

/**
 * Starts a server that cuts off clients that send or read for ever. Throws when the port is taken.
 * While the server closes, each answer is the last on its connection: a keep-alive client that
 * never pauses would keep it open for ever.
 */
export function listen(handler: RequestListener, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ requestTimeout: SENDING_MS, keepAliveTimeout: KEPT_ALIVE_MS });
    server.timeout = SILENCE_MS;
    server.on('request', ({ socket }, response) => {
      response.shouldKeepAlive &&= server.listening;
      response.once('close', () => {
        if (!server.listening) socket.destroySoon();
      });
    });
    server.on('request', handler);
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

/** Accepts no new connections, answers pending requests, and cuts off what is left in the end. */
export function closeServer(server: Server, lastAnswersMs = LAST_ANSWERS_MS): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
  });
}
