import type { IncomingMessage } from 'node:http';
import { textOf } from '../../shared/http/utf8';
import { Problem, badRequest } from '../../shared/kernel/errors';

const TOO_LARGE = 413;
/** Time that a client who sends too much may go on sending, so that it can read the refusal. */
const LINGER_MS = 2_000;

function tooLarge(request: IncomingMessage, limitBytes: number): Problem {
  // A request whose connection ends with the answer is never closed: the process need not wait.
  const timer = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once('close', () => clearTimeout(timer));
  request.resume();
  const options = { detail: `The limit is ${limitBytes} bytes` };
  return new Problem(TOO_LARGE, 'too-large', 'The body is too large', options);
}

/** Returns true when the request announces a body. */
export function hasBody(request: IncomingMessage): boolean {
  const { headers } = request;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Reads the body, at most `limitBytes`, without parsing it; it is read completely before the
 * sidecar is called, so that a slow or endless sender holds no connection of the sidecar. Throws
 * 413 as soon as the limit is exceeded, 400 when the body is not UTF-8.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const body = await readBytes(request, limitBytes);
  textOf(body, 'The body');
  return body;
}

async function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    throw tooLarge(request, limitBytes);
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) return void chunks.push(chunk);
      request.removeAllListeners('data');
      reject(tooLarge(request, limitBytes));
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(badRequest('The body ended too early')));
  });
}
