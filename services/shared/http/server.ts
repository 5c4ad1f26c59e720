import { createServer, type RequestListener, type Server } from 'node:http';

/** As long as a request may take at most, and less than a service is given to stop. */
const LAST_ANSWERS_MS = 10_000;

/** Requests are small: who takes longer to send one holds a connection for its own sake. */
const SENDING_MS = 30_000;
/** A connection on which nothing moves for longer than any answer takes: nobody reads there. */
const SILENCE_MS = 90_000;
/**
 * A proxy in front of us sends on a connection that it believes open: it must be the first to
 * close one. nginx and load balancers do so after 60 s, Traefik and Go's clients after 90 s.
 */
const KEPT_ALIVE_MS = 100_000;

/**
 * A server that listens and cuts off whoever sends or reads for ever. Throws when the port is
 * taken. Once it is being closed, an answer is the last one on its connection: a neighbour that
 * never rests would keep it open for ever.
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

/** Takes no new connections, answers what was asked, and cuts off what is left in the end. */
export function closeServer(server: Server, lastAnswersMs = LAST_ANSWERS_MS): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
  });
}
