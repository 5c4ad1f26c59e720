import type { Api, Person } from '../../../operations/client/api';

/** A browser's cookie session. */
export interface Browser {
  /** Sends a request with the cookie; does not throw for any status. */
  get(path: string): Promise<number>;
}

/** Logs in by `POST /session`, as the web application does; throws unless a cookie is set. */
export async function openBrowser(
  api: Api,
  { nickname, beakShape }: Pick<Person, 'nickname' | 'beakShape'>,
): Promise<Browser> {
  const csrf = { 'x-popug-csrf': '1' };
  const body = { login: nickname, beakShape };
  const { headers } = await api.must('POST', '/session', { body, headers: csrf });
  const cookies = headers.getSetCookie().map((line) => line.split(';')[0]!);
  if (!cookies.some((each) => each.startsWith('__Host-'))) throw new Error('No cookie was set');
  const cookie = cookies.join('; ');
  return {
    async get(path) {
      return (await api.send('GET', path, { headers: { ...csrf, cookie } })).status;
    },
  };
}
