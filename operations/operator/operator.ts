import { Api, type ApiAnswer } from '../client/api';

/** Somebody with `operations.manage` who is logged in. */
export class Operator {
  private constructor(
    private readonly api: Api,
    private readonly token: string,
  ) {}

  /** Logs in. Throws when the login or the beak shape is wrong. */
  static async logIn(gatewayUrl: string, login: string, beakShape: string): Promise<Operator> {
    const api = new Api(gatewayUrl);
    const { body } = await api.must('POST', '/tokens', { body: { login, beakShape } });
    return new Operator(api, body.token as string);
  }

  /** Sends a request. Throws with status and body for anything but 2xx. */
  must(method: string, path: string, body?: object): Promise<ApiAnswer> {
    return this.api.must(method, path, { token: this.token, body });
  }
}
