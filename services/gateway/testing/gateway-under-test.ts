import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import supertest from 'supertest';
import type { z } from 'zod';
import type { sessionState } from '../../shared/contracts/calls/auth';
import { PROBLEM_TYPE } from '../../shared/kernel/errors';
import { createParts } from '../../shared/runtime/parts';
import { koaOf } from '../../shared/runtime/service';
import { Neighbours } from '../../shared/testing/neighbours';
import {
  testClient,
  testEnv,
  testVerifier,
  type TestClient,
} from '../../shared/testing/test-service';
import { createGateway } from '../app';
import { readGatewayEnv } from '../config';
import type { RateLimits } from '../proxy/rate-limits';

const INVOCATIONS = /^\/v1\.0\/invoke\//;
const QUESTIONS = /^\/v1\.0\/invoke\/auth\/method\/sessions\/([\w-]+)$/;

/** Request as the service received it. */
export interface SeenRequest {
  method: string;
  /** `/v1.0/invoke/<service>/method/<path>`. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Handler of the service behind the gateway. */
export type ServiceAnswer = (request: SeenRequest, response: ServerResponse) => void;

/** Gateway on its own port, between a test and one service that answers every request. */
export interface GatewayUnderTest extends Running {
  neighbours: Neighbours;
  /** Requests that the service received. */
  seen: SeenRequest[];
  /** Ids of sessions that Auth was asked about. */
  asked: string[];
  /** Sets Auth's answer about every session; active at first. */
  sessionsAre(state: SessionState | number): void;
  /** Sets the service's answer. */
  answerWith(answer: ServiceAnswer): void;
  /** Starts another gateway with the same state store and services, and further settings. */
  replica(more?: Settings): Promise<Running>;
}

type SessionState = z.infer<typeof sessionState.response>;
/** Active session without other rights than the token's. */
export const alive: SessionState = { active: true, userId: null, rights: null };

/** Answers 200 with `{}`. */
export const answerOk: ServiceAnswer = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
};

/** Gateway on a free port. */
export interface Running {
  url: string;
  client: ReturnType<typeof supertest>;
  /** Sends requests to the port for the sidecar. */
  internal: TestClient;
  /** Port for the sidecar and for other replicas. */
  internalPort: number;
  stop(): Promise<void>;
}

function portOf(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function run(daprPort: number, settings: Settings, limits?: RateLimits): Promise<Running> {
  const env = readGatewayEnv({ ...testEnv(daprPort), PUBLIC_PORT: '1', ...settings });
  const parts = { ...createParts('gateway', env), verifier: testVerifier() };
  const health = { isReady: () => Promise.resolve(true), canConsume: () => true };
  const app = createGateway(env, parts, limits);
  const servers = [app.listeners![0]!.handler(health), koaOf(app, health).callback()].map(
    (handler) => createServer(handler),
  );
  const [port, internalPort] = await Promise.all(servers.map(portOf));
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    client: supertest(url),
    internal: testClient(app),
    internalPort: internalPort!,
    async stop() {
      await Promise.all((app.runs ?? []).map((running) => running.stop()));
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await app.close?.();
      await parts.sidecar.close();
    },
  };
}

type Settings = Record<string, string>;

/** Starts a gateway; `settings` are added to its environment. */
export async function startGateway(
  settings: Settings = {},
  limits?: RateLimits,
): Promise<GatewayUnderTest> {
  const neighbours = new Neighbours();
  const seen: SeenRequest[] = [];
  const asked: string[] = [];
  let answer = answerOk;
  let state: SessionState | number = alive;
  neighbours.takeOver(INVOCATIONS, (request, response) => {
    const session = QUESTIONS.exec(request.url ?? '')?.[1];
    if (session !== undefined && request.method === 'GET') {
      asked.push(session);
      const type = typeof state === 'number' ? PROBLEM_TYPE : 'application/json';
      response.writeHead(typeof state === 'number' ? state : 200, { 'content-type': type });
      return void response.end(JSON.stringify(typeof state === 'number' ? {} : state));
    }
    void text(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const received = { method, url, headers, body };
      seen.push(received);
      answer(received, response);
    });
  });
  const daprPort = await neighbours.start();
  const gateway = await run(daprPort, settings, limits);
  return {
    ...gateway,
    neighbours,
    seen,
    asked,
    sessionsAre: (next) => (state = next),
    answerWith: (next) => (answer = next),
    replica: (more = {}) => run(daprPort, { ...settings, ...more }),
    async stop() {
      await gateway.stop();
      await neighbours.stop();
    },
  };
}
