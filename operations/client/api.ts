import { randomUUID } from 'node:crypto';

/** An answer of the product. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  // Bodies have any shape; tests read into them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface ApiRequest {
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Client of the product's public HTTP API, through the gateway. */
export class Api {
  constructor(readonly gatewayUrl: string) {}

  /** Sends one request; does not throw for any status. */
  async send(method: string, path: string, request: ApiRequest = {}): Promise<ApiAnswer> {
    const answer = await fetch(`${this.gatewayUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: parse(text) };
  }

  /** As `send`, but throws with status and body for anything but 2xx. */
  async must(method: string, path: string, request: ApiRequest = {}): Promise<ApiAnswer> {
    const answer = await this.send(method, path, request);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer;
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** Access tokens live five minutes; renewed after four. */
const TOKEN_USED_MS = 240_000;

/** A person who signs up, logs in and uses the API. */
export class Person {
  token = '';
  private tokenFrom = 0;

  constructor(
    readonly api: Api,
    readonly id: string,
    readonly nickname: string,
    readonly email: string,
    readonly beakShape: string,
    readonly bankAccount: string,
  ) {}

  /** Logs in; later requests use the token and renew it before it expires. */
  async logIn(): Promise<void> {
    const body = { login: this.nickname, beakShape: this.beakShape };
    this.token = (await this.api.must('POST', '/tokens', { body })).body.token as string;
    this.tokenFrom = Date.now();
  }

  get(path: string): Promise<ApiAnswer> {
    return this.must('GET', path);
  }

  post(path: string, body?: object, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.must('POST', path, body, headers);
  }

  put(path: string, body?: object): Promise<ApiAnswer> {
    return this.must('PUT', path, body);
  }

  /** As the methods above, but does not throw for any status. */
  async send(method: string, path: string, body?: object): Promise<ApiAnswer> {
    return this.api.send(method, path, { token: await this.freshToken(), body });
  }

  private async must(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    return this.api.must(method, path, { token: await this.freshToken(), body, headers });
  }

  private async freshToken(): Promise<string> {
    if (this.token !== '' && Date.now() - this.tokenFrom > TOKEN_USED_MS) await this.logIn();
    return this.token;
  }
}

let people = 0;

/** A person with a unique nickname, email and bank account, not signed up yet. */
export function newPerson(api: Api, nickname = 'popug'): Person {
  people += 1;
  const unique = `${nickname}-${people}-${randomUUID().slice(0, 6)}`;
  const serial = String(Date.now() % 10 ** 8).padStart(8, '0') + String(people).padStart(4, '0');
  const bankAccount = `40817810${serial}`;
  const email = `${unique}@popug.example`;
  return new Person(api, randomUUID(), unique, email, `beak-of-${unique}`, bankAccount);
}
