import { eventually } from '../../shared/testing/eventually';

/** Message of a stream of server-sent events. */
export interface LiveMessage {
  id?: string;
  event?: string;
  data?: string;
}

/** Client of `GET /live`, like a browser's EventSource that does not reconnect. */
export interface LiveClient {
  /** Messages so far, without comments. */
  messages: LiveMessage[];
  /** Returns the hints so far. */
  hints(): unknown[];
  /** Returns the number of heartbeats so far. */
  heartbeats(): number;
  /** Waits until the server ends the stream. */
  ended(): Promise<void>;
  close(): void;
}

function messageOf(block: string): LiveMessage {
  const fields = block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2));
  return Object.fromEntries(fields) as LiveMessage;
}

/** Opens the stream and waits for its first line. Throws with the status of a refusal. */
export async function listenLive(
  url: string,
  headers: Record<string, string>,
): Promise<LiveClient> {
  const abort = new AbortController();
  const answer = await fetch(`${url}/api/v1/live`, { headers, signal: abort.signal });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  const messages: LiveMessage[] = [];
  let heartbeats = 0;
  let hasBegun = false;
  let hasEnded = false;
  const read = async (): Promise<void> => {
    let text = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop()!;
      hasBegun ||= blocks.length > 0;
      heartbeats += blocks.filter((block) => block.startsWith(':')).length;
      messages.push(...blocks.map(messageOf).filter(({ event }) => event !== undefined));
    }
  };
  void Promise.allSettled([read()]).then(() => (hasEnded = true));
  await eventually('the stream begins', () => hasBegun);
  return {
    messages,
    hints: () =>
      messages
        .filter(({ event }) => event === 'hint')
        .map(({ data }): unknown => JSON.parse(data!)),
    heartbeats: () => heartbeats,
    async ended() {
      await eventually('the server ends the stream', () => hasEnded, 5_000);
    },
    close: () => abort.abort(),
  };
}
